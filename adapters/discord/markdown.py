"""Words as Discord shows them: nothing in them is taken for markup, and none is cut in the middle."""

from __future__ import annotations

import itertools
import re

_LINK = re.compile(r"https?://(?:(?!__)[^\s<>|*`~\\\[\]/?#])+(?:[/?#][^\s<>]*)?")
# What hides words or makes them bold may begin inside a link as well: there it is written in the link's own way, which
# means the same (RFC 3986: percent-encoding), so that the link stays whole.
_IN_LINK = re.compile(r"[*|`\\\[\]]|_(?=_)|(?<=_)_|~(?=~)|(?<=~)~")
_WRAPPED = re.compile(r"[*|`_~]+$")
_ANYWHERE = re.compile(r"([\\*_`\[\]<]|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\|)")
_AT_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]\s))", re.MULTILINE)
ELLIPSIS = "…"


def escaped(text: str) -> str:
    """The text so that it is shown as it is: no bold, no heading, no mention, no masked link. Links stay links."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        before, link = text[end : found.start()], found[0]
        marks = _WRAPPED.search(before)
        if marks is not None:
            # Somebody wrote `**link**`: the second half belongs to the first.
            link = link.removesuffix(marks[0][::-1])
        parts += [_escaped(before), _IN_LINK.sub(_percent, link)]
        end = found.start() + len(link)
    return _AT_LINE_START.sub(_line_start, "".join([*parts, _escaped(text[end:])]))


def _percent(mark: re.Match[str]) -> str:
    return f"%{ord(mark[0]):02X}"


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(r"\\\1", text)


def _line_start(match: re.Match[str]) -> str:
    if match[2].isdigit():
        return f"{match[1]}{match[2]}\\"
    # A dash is how our own lists begin: it stays a list, and `-#` would be small print.
    listed = match[2] == "-" and not match.string.startswith("#", match.end())
    return match[0] if listed else f"{match[1]}\\{match[2]}"


def cut(text: str, most: int) -> str:
    """The text in at most so many characters: whole lines as long as they fit, then whole words, then `…`.

    Characters beyond the basic plane (most emoji) count twice: the longer way that Discord may count.
    """
    if _length(text) <= most:
        return text
    room = most - len(ELLIPSIS)
    sums = itertools.accumulate(_length(character) for character in text)
    end = next((number for number, so_far in enumerate(sums) if so_far > room), len(text))
    head = text[:end]
    for gap in ("\n", " "):
        at = head.rfind(gap)
        if at > end // 2:
            return head[:at].rstrip("\\ \n") + ELLIPSIS
    return head.rstrip("\\ \n") + ELLIPSIS


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
