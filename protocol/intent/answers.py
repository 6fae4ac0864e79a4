"""Answers to an open offer, and the words that change a repeated request (the intent page: the rest)."""

from __future__ import annotations

from protocol.intent.patterns import Pattern

_CHANGE = Pattern(
    r"^(?:再|重新|请|帮我|给我|麻烦|那|就|能不能|可以)*(?:再|重|换|另)(?:给我|帮我)?(?:来|画|出|生成"
    r"|做|换|要)?(?:一|1)?(?:张|个|幅|版|次|遍)(?:图|一样的|同样的|类似的|差不多的)?[,。;\s]*(?:但是?"
    r"|不过|只是|可是|然而|这次|这回|这一次|只不过|,|。|;|(?=\s(?:背景|颜色|天空|风格|换|改|变|加|去掉"
    r"|把|更|再|要|不要|别)))[,\s]*(?P<zh>\S.*)$"
    r"|^(?:(?:please|can you|could you|give me|do|make|try|draw|generate|ok|let'?s have|let'?s do"
    r"|i want|gimme|show me)\s+){0,3}(?:another(?: one| version| picture| image| try)?|one more|again"
    r"|the same(?: one| thing| again| picture| image)|same(?: one| thing| again| picture| image)"
    r"|once more|do it again|try again|retry)(?:\s?[,;.]\s?|\s)(?:but|except|only|just|this time"
    r"|(?=with\b))\b\s?(?P<en>\S.*)$"
)
_AFFIRM = Pattern(
    r"(?:好的?|好[呀啊滴嘞哒哇吧嘅]|要的?|可以的?|行的?|嗯+|是的?|对的?|对啊|没问题|当然|中|得|得咧"
    r"|冇问题|成|来吧|试试看?|就这个|就这样|确认|同意|必须的?|安排|要要要|好好好?|行行行?|可|okk*|okay"
    r"|okey|ye[sapu]h?|yep|yup|yea|sure(?: thing)?|of course|go ahead|go for it|do it|sounds good"
    r"|absolutely|definitely|alright|fine|k|y|why not|let'?s (?:do it|go)|confirm|yessir|perfect|great"
    r"|1)"
)
_AFFIRM_AROUND = Pattern(
    r"[\s,.。!~…]+|吧|啊|呀|哦|啦|呢|的|嘛|哈|谢谢|那就|那|就|please|pls|thanks|thank you|it|that|then"
    r"|好|要|可以|行|试试|来吧|do it|go ahead|我要|我"
)
_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
}
_PICK = Pattern(
    r"(?:第(?P<zh>[一二两三四五1-5])(?:个|种|项|款|条|张)?|(?<![\d.])(?P<digit>[1-5])(?:号"
    r"|个)?(?![\d.:])|(?:方案|选项|选|option|number|no\.?|#)\s?(?P<choice>[一二三四五]|one|two|three)"
    r"|\bthe (?P<en>first|second|third|fourth|1st|2nd|3rd)\b|^(?P<alone>first|second|third|1st|2nd|3rd"
    r"|[一二三])\b)"
)
_PICK_AROUND = Pattern(
    r"[\s,.。!~…#()]+|我|选择?|要|用|就|那|试试|换|还是|来|走|吧|方案|选项|模型|个|的|好|号|谢谢|帮|给"
    r"|\b(?:i'?ll take|let'?s|go with|go|with|i|choose|pick|select|try|use|take|want|give|me|option"
    r"|number|no|please|the|one|alternative|choice|model|do|i'd like|how about|thanks|ok|yes|yeah)\b"
)
_LONGEST = 48
_LONGEST_CHANGE = 400


def change_in(bare: str) -> tuple[int, int] | None:
    """Where the words are that change a repeated request (再来一张但是白天的), in the bare text."""
    if len(bare) > _LONGEST_CHANGE:
        return None
    match = _CHANGE.match(bare)
    if match is None:
        return None
    return match.span("zh") if match["zh"] else match.span("en")


def affirms(bare: str) -> bool:
    """Whether the message is a yes."""
    if not bare or len(bare) > _LONGEST:
        return False
    match = _AFFIRM.match(bare)
    return match is not None and not _AFFIRM_AROUND.remove(bare[match.end() :])


def picked(bare: str) -> int | None:
    """Which alternative the message picks, counted from 1."""
    if not bare or len(bare) > _LONGEST:
        return None
    match = _PICK.search(bare)
    if match is None or _PICK_AROUND.remove(bare[: match.start()] + " " + bare[match.end() :]):
        return None
    said = match["zh"] or match["digit"] or match["choice"] or match["en"] or match["alone"]
    return int(said) if said.isdigit() else _NUMBERS[said]
