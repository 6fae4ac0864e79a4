"""The prompt: the text without what was consumed, tidied where something was cut and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from protocol.intent.spans import Span

_SPACE = " \t\u3000\u00a0\v"
_BLANK = _SPACE + "\r\n"
_WEAK_MARKS = ",，、;；:："
_MARKS = _WEAK_MARKS + "。.!！~～"
_OPENING_STRAYS = _MARKS + "|/+&-—)）"
_CLOSING_STRAYS = _BLANK + _WEAK_MARKS + "。|/+&"


def prompt_of(text: str, spans: Sequence[Span]) -> str:
    """What remains of the text. Characters away from a cut stay exactly as typed."""
    cuts = [span for span in sorted(spans, key=lambda span: span.start) if span.consumed]
    if not cuts:
        return text.strip(_BLANK)
    prompt = ""
    position = 0
    for cut in cuts:
        prompt = _joined(prompt, text[position : max(position, cut.start)])
        prompt = _joined(prompt, cut.replacement)
        position = max(position, cut.end)
    rest = text[position:]
    prompt = _joined(prompt, rest)
    if not text[: cuts[0].start].strip(_BLANK + _MARKS):
        prompt = prompt.lstrip(_BLANK + _OPENING_STRAYS) if not cuts[0].replacement else prompt
    if not rest.strip(_BLANK + _MARKS):
        prompt = prompt.rstrip(_CLOSING_STRAYS)
    return prompt.strip(_BLANK)


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
    if tail[0] in _MARKS or head[-1] == "\n" or tail[0] == "\n":
        return head + tail
    spaced = head != left or tail != right
    latin = head[-1].isascii() and head[-1].isalnum() and tail[0].isascii() and tail[0].isalnum()
    return head + (" " if spaced or latin else "") + tail
