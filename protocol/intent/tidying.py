"""The prompt: the text without what was consumed, tidied where something was cut and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from protocol.intent.spans import Span

_SPACE = " \t\u3000\u00a0\v"
_WEAK_MARKS = ",，、;；:："
_MARKS = _WEAK_MARKS + "。.!！~～"
_EDGE = _SPACE + "\r\n" + _WEAK_MARKS + "。|/+&"


def prompt_of(text: str, spans: Sequence[Span]) -> str:
    """What remains of the text. Characters away from a cut stay exactly as typed."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        if not span.consumed or span.end <= position:
            continue
        pieces.append(text[position : max(position, span.start)])
        pieces.append("\0" + span.replacement)
        position = span.end
    pieces.append(text[position:])
    joined = ""
    for piece in pieces:
        joined = (
            _join(joined, piece[1:])
            if piece.startswith("\0")
            else (joined + piece if not joined else _join(joined, piece))
        )
    return _trim(joined)


def _join(left: str, right: str) -> str:
    """Puts two parts together that a cut has separated: one separator between them, none doubled."""
    if not right:
        return left
    head, tail = left.rstrip(_SPACE), right.lstrip(_SPACE)
    if not head or not tail:
        return left + right
    spaced = head != left or tail != right
    if tail[0] in _MARKS:
        if head[-1] in _WEAK_MARKS or head[-1] == "\n":
            tail = tail[1:].lstrip(_SPACE)
            return head + (" " if tail and head[-1] in ",;:" else "") + tail
        if head[-1] in _MARKS:
            return head + tail[1:]
        return head + tail
    if head[-1] in "\n" or tail[0] == "\n":
        return head + tail
    if spaced or (head[-1].isascii() and head[-1].isalnum() and tail[0].isascii() and tail[0].isalnum()):
        return head + " " + tail
    return head + tail


def _trim(text: str) -> str:
    """White space and separators at both ends go."""
    stripped = text.strip(_SPACE + "\r\n")
    while stripped and stripped[0] in _MARKS + "|/+&-—)）":
        stripped = stripped[1:].lstrip(_SPACE + "\r\n")
    while stripped and stripped[-1] in _EDGE and not stripped.endswith("..."):
        stripped = stripped[:-1]
    return stripped
