"""The message's bare words: politeness, emoji and closing marks taken off, since they decide nothing."""

from __future__ import annotations

import re

from protocol.intent.patterns import Pattern, one_of

_ORNAMENT = Pattern(
    r"[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2600-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe00-\ufe0f\u200d\u20e3"
    r"\U0001f000-\U0001faff\U000e0000-\U000e007f]+"
)
_EMOJI_CODE = Pattern(r"<a?:\w{1,40}:\d{1,24}>|(?<!\w):[a-z][a-z0-9_+]{1,30}:(?!\w)")
_OPENING = Pattern(
    r"(?:[\s,.!。;:~、…]+|"
    + one_of(
        "麻烦(?:你(?!们)|您|了)?", "请(?!假|客|柬|教|勿|问)(?:你(?!们)|您)?", "请问", "拜托(?:你|您|了)?",
        "劳驾", "辛苦(?:你|您|了)?",
        "谢谢(?:你|您)?", "多谢", "有劳", "唔该", "亲爱的", "宝子", "亲(?=[,\\s])", "大佬", "大神", "哈喽",
        "哈啰", "你好(?=[\\s,.!。~呀啊]|帮|请|麻烦|能|可以|我|给|画|来|想|生成|做|$)", "您好", "嗨",
        "嘿", "喂(?![食养猫狗])", "那个(?=[,\\s])", "那么", "那(?=[,\\s])", "好的?(?=[,。\\s!])",
        "嗯+(?=[,。\\s!])", "啊(?=[,\\s])", "哎", "诶", "欸",
        "机器人(?=[,\\s:])", "不好意思", "打扰(?:了|一下)?",
        r"\b(?:please|pls|plz|kindly|hey|hi|hello|yo|thanks|thank you|thx|ok|okay|so|well|um+|uh+"
        r"|alright|bot|sorry|excuse me"
        r"|dear|guys|now|and|then)\b(?![\w'-])(?!\s*-\w)",
    )
    + r")"
)  # fmt: skip
_CLOSING_WORDS = (
    "谢谢(?:你|您|啦|了|哦|呀|大佬|哈)*", "多谢(?:啦|了|你|您)?", "感谢(?:啦|了|你|您)?", "谢啦", "谢了",
    "蟹蟹", "3q", "唔该(?:晒)?",
    "拜托(?:了|啦|你|您)?", "辛苦(?:了|啦|你|您)*", "麻烦(?:了|啦|你|您)*", "求求(?:你|您|了)*",
    r"\b(?:please|pls|plz|thanks|thanks a lot|thank you(?: so much| very much)?|thx|ty|tysm"
    r"|many thanks|cheers|if possible"
    r"|if you can|if you don't mind)\b",
)  # fmt: skip
_PARTICLES = (
    "吧", "呗", "啦", "呀", "哦", "喔", "噢", "哈", "哈哈+", "嘿嘿+", "嘛", "咯", "啊", "呐", "哟", "耶",
    "嘻+", "(?<!没)好吗", "好不好", "可以吗",
    "行吗", "行不行", "可不可以", "可以不", "好么", "行么",
    r"\b(?:lol|haha+|hehe+|lmao|xd|would you|will you|ok|okay|alright|right now|now|asap|for me|mate"
    r"|bro|dude|man|buddy)\b",
)  # fmt: skip
_POLITE_END = Pattern(r"(?:[\s,.!。~、…;]|", one_of(*_CLOSING_WORDS), r")+$")
_END = Pattern(r"(?:[\s,.!。?~、…;:]|", one_of(*_CLOSING_WORDS, *_PARTICLES), r")+$")
_MARKS = " \n,.!。?~、…;:"
_READ = 1000
_TAIL = 40


def without_ornaments(folded: str) -> str:
    """The text with a space for each character of an emoji or emoji code: they decide nothing."""
    plain = _ORNAMENT.compiled.sub(_spaces, folded)
    return _EMOJI_CODE.compiled.sub(_spaces, plain) if ":" in plain else plain


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def without_politeness(seen: str) -> str:
    """The text with spaces for the politeness at both ends, of the same length.

    A message that is nothing but politeness stays as it is.
    """
    start = _after_opening(seen)
    tail = max(start, len(seen) - _TAIL)
    end = len(seen)
    while (found := _POLITE_END.search(seen[tail:end])) and found.end() > found.start():
        end = tail + found.start()
        tail = max(start, end - _TAIL)
    if not seen[start:end].strip(" \n\v"):
        return seen
    return " " * start + seen[start:end] + " " * (len(seen) - end)


def bare(seen: str) -> str:
    """The words that can decide: no politeness or particle at either end, no closing marks, single spaces.

    Of a long message only the beginning: what is decided by the bare words is short.
    """
    text = " ".join(seen[:_READ].split())
    text = text[_after_opening(text) :]
    while (found := _END.search(text[-_TAIL:])) and found.end() > found.start():
        text = text[: len(text) - min(_TAIL, len(text)) + found.start()]
    return text or " ".join(seen[:_READ].split()).strip(_MARKS)


def _after_opening(text: str) -> int:
    position = 0
    while position < _READ and (match := _OPENING.match(text, position)) and match.end() > position:
        position = match.end()
    return position


_TAG = Pattern(r"[\s,](?:ok|okay|k|alright|yeah|cool|deal|please|pls)\s*\?+$")
"""What is hung on an order and asks nothing ("from now on use NB2, ok?")."""


def asks(folded: str) -> bool:
    """Whether the last thing said ends in a question mark."""
    tail = folded[-120:].rstrip(" \n\v,.!。~…)")
    return not _TAG.search(tail) and without_politeness(tail).rstrip(" \n\v,.!。~…)").endswith("?")
