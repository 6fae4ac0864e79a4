"""The message's bare words: politeness, emoji and closing marks taken off, since they decide nothing."""

from __future__ import annotations

import re

from protocol.intent.patterns import Pattern, one_of

_ORNAMENT = Pattern(
    r"<a?:\w+:\d+>|(?<!\w):[a-z][a-z0-9_+]{1,30}:(?!\w)|\[(?:[\u4e00-\u9fff]{1,4})\](?=\s*$)"
    r"|[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2600-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe00-\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0000-\U000e007f]+"
)
_OPENING = Pattern(
    r"(?:[\s,.!。;:~、…]|@\S+\s|"
    + one_of(
        "麻烦(?:你|您|了)?", "请(?!假|客|柬|教)(?:你|您)?", "拜托(?:你|您|了)?", "劳驾", "辛苦(?:你|您|了)?", "谢谢(?:你|您)?", "多谢", "有劳", "唔该", "亲爱的", "宝子", "亲", "大佬", "大神",
        "哈喽", "哈啰", "你好", "您好", "嗨", "嘿", "喂", "那个", "那么", "那", "好的?(?=[,。\\s!])", "嗯+(?=[,。\\s!])?", "啊(?=[,\\s])", "哎", "诶", "欸", "机器人(?=[,\\s:])", "不好意思", "打扰(?:了|一下)?",
        r"\b(?:please|pls|plz|plss*|kindly|hey|hi|hello|yo|thanks|thank you|thx|ok|okay|so|well|um+|uh+|alright|bot|sorry|excuse me|dear|guys|now|and|then)\b(?![\w'-])(?!\s*-\w)",
    )
    + r")"
)  # fmt: skip
_CLOSING = Pattern(
    r"(?:[\s,.!。?~、…;:]|"
    + one_of(
        "谢谢(?:你|您|啦|了|哦|呀|大佬|哈)*", "多谢(?:啦|了|你|您)?", "感谢(?:啦|了|你|您)?", "谢啦", "谢了", "蟹蟹", "3q", "唔该(?:晒)?", "拜托(?:了|啦|你|您)?", "辛苦(?:了|啦|你|您)*", "麻烦(?:了|啦|你|您)*",
        "吧", "呗", "啦", "呀", "哦", "喔", "噢", "哈", "哈哈+", "嘿嘿+", "嘛", "咯", "啊", "呐", "哟", "耶", "嘻+", "求求(?:你|您|了)*", "好吗", "好不好", "可以吗", "行吗", "行不行", "可不可以", "可以不", "好么", "行么",
        r"\b(?:please|pls|plz|thanks|thank you(?: so much| very much)?|thx|ty|tysm|many thanks|cheers|lol|haha+|hehe+|lmao|xd|if you can|if possible|if you don't mind|would you|will you|ok|okay|alright|right now|now|asap|for me|mate|bro|dude|man|buddy)\b",
    )
    + r")"
)  # fmt: skip

_READ = 1000


def without_ornaments(seen: str) -> str:
    """The text with emoji and emoji codes blanked, and white space made plain."""
    if seen.isascii() and ":" not in seen:
        return seen
    return _ORNAMENT.blank(seen)


def bare(seen: str) -> str:
    """The words that can decide: no emoji, no politeness at either end, no closing marks, single spaces.

    Of a long message only the beginning: what is decided by the bare words is short.
    """
    text = " ".join(without_ornaments(seen[:_READ]).split())
    position = 0
    while (match := _OPENING.match(text, position)) and match.end() > position:
        position = match.end()
    text = text[position:]
    while True:
        shorter = _without_closing(text)
        if shorter == text:
            return text
        text = shorter


def _without_closing(text: str) -> str:
    window = text[-24:]
    last: re.Match[str] | None = None
    for start in range(len(window)):
        found = _CLOSING.match(window, start)
        if found and found.end() == len(window):
            last = found
            break
    if last is None:
        return text
    return text[: len(text) - len(window) + last.start()]


def asks(seen: str) -> bool:
    """Whether the last thing said ends in a question mark."""
    return without_ornaments(seen[-120:]).rstrip(" \n\v,.!。~…)").endswith("?")
