"""The prompt: the text without what was consumed, tidied where something was cut and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from protocol.intent.patterns import Pattern
from protocol.intent.spans import Span

_SPACE = " \t\u3000\u00a0\v"
_BLANK = _SPACE + "\r\n"
_WEAK_MARKS = ",，、;；:："
_MARKS = _WEAK_MARKS + "。.!！~～"
_OPENING_STRAYS = _MARKS + "|/+&-—)）"
_REACH = 40
_CLOSING_STRAYS = _BLANK + _WEAK_MARKS + "。|/+&"

_SETTING = Pattern(
    r"(?:^|(?<=[,，.。;；!！\n\v]))[ \u3000]*(?:(?:请|再|然后|顺便|最后|并且?|and |then |please |also )*"
    r"(?:改成|改为|换成|换为|设成|设为|调成|做成|弄成|变成|转成|make it|make this|set it to|set to|change it to))"
    r"[ \u3000]*$"
)
"""The words that lead to a size or ratio and say nothing without it (改成16:9，…)."""

_SETTINGS = ("size", "ratio", "model", "preference", "negated")
_SEPARATES = Pattern(r"[ \u3000]*(?:[、,，+&/|]|and|和)[ \u3000]*")
"""What stands between two settings, and goes with them."""

_ALSO = Pattern(
    r"[ ,]*\band\s+(?=(?P<order>(?:add|remove|change|turn|put|make|crop|blur|draw|paint|replace|give|fix|keep"
    r"|use|swap"
    r"|erase|delete|set)\b)|\w)"
)


def prompt_of(text: str, spans: Sequence[Span]) -> str:
    """What remains of the text. Characters away from a cut stay exactly as typed."""
    cuts = [span for span in sorted(spans, key=lambda span: span.start) if span.consumed]
    if not cuts:
        return text.strip(_BLANK)
    prompt = ""
    position = 0
    before: Span | None = None
    for cut in cuts:
        start, end = _bounds(text, cut)
        between = text[position : max(position, start)]
        settings = before is not None and before.meaning in _SETTINGS and cut.meaning in _SETTINGS
        before = cut
        if not (settings and _SEPARATES.fullmatch(between)):
            prompt = _joined(prompt, between)
        if text[start:end].rstrip(_SPACE).endswith("的"):
            prompt = prompt.rstrip(_SPACE)
        prompt = _joined(prompt, cut.replacement)
        position = max(position, end)
    rest = text[position:]
    prompt = _joined(prompt, rest)
    if not text[: _bounds(text, cuts[0])[0]].strip(_BLANK + _MARKS):
        prompt = prompt.lstrip(_BLANK + _OPENING_STRAYS) if not cuts[0].replacement else prompt
    if not rest.strip(_BLANK + _MARKS):
        prompt = prompt.rstrip(_CLOSING_STRAYS)
    return prompt.strip(_BLANK)


def _bounds(text: str, cut: Span) -> tuple[int, int]:
    """What to cut: with the words that only led to a size or ratio, or with the "and" that would be left behind."""
    if cut.meaning not in ("size", "ratio"):
        return cut.start, cut.end
    lead = _SETTING.search(text[max(0, cut.start - _REACH) : cut.start].lower())
    if lead is None:
        return cut.start, cut.end
    if also := _ALSO.match(text[cut.end : cut.end + _REACH].lower()):
        return cut.start - len(lead.group()) if also["order"] else cut.start, cut.end + also.end()
    following = text[cut.end :].lstrip(_SPACE)[:1]
    alone = following == "" or following in _MARKS + "\r\n"
    return cut.start - len(lead.group()) if alone else cut.start, cut.end


def _joined(left: str, right: str) -> str:
    """Two parts that a cut has separated, with one separator between them and none doubled."""
    if not left or not right:
        return left + right
    head, tail = left.rstrip(_SPACE), right.lstrip(_SPACE)
    if not head or not tail:
        return left + right
    if tail[0] in _MARKS and head[-1] in _MARKS + "\n":
        if head[-1] in _WEAK_MARKS + "\n":
            following = tail[1:].lstrip(_SPACE)
            return head + (" " if following and head[-1] in ",;:" else "") + following
        return head + tail[1:]
    if head[-1] == "\n" == tail[0]:
        return head + tail[1:]
    if tail[0] in _MARKS or head[-1] == "\n" or tail[0] == "\n":
        return head + tail
    spaced = head != left or tail != right
    latin = head[-1].isascii() and head[-1].isalnum() and tail[0].isascii() and tail[0].isalnum()
    return head + (" " if spaced or latin else "") + tail
