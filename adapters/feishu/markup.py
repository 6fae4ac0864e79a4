"""Words as Feishu shows them: nothing in them is taken for markup, for a mention, or for everybody's."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

ELLIPSIS = "…"
LONGEST_SHOWN_LINK = 60

_LINK = re.compile(r"https?://[^\s<>\"'）」，。]+")
_ANYWHERE = re.compile(r"[&<>*~_`\[\]\\$|]")
_EMOJI = re.compile(r":(?=\w+:)")
_AT_LINE_START = re.compile(r"^(\s*)([#+=]|-(?=-)|\d+(?=[.)]\s))", re.MULTILINE)
_TAG = re.compile(r"<(?=\s*/?\s*[A-Za-z!])")
_MASKED = re.compile(r"\](?=\()")


def in_a_card(text: str) -> str:
    """The text as markdown of a card that shows it as it is (the rich text page: special characters). Links work."""
    parts: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        parts += [_escaped(text[end : link.start()]), _linked(link[0])]
        end = link.end()
    return _AT_LINE_START.sub(_line_start, "".join([*parts, _escaped(text[end:])]))


def noted(text: str, note: str) -> str:
    """A caption with a note in it: it ends with the picture's link, and a note comes before that."""
    lines = text.splitlines()
    at = len(lines) - 1 if lines and _LINK.search(lines[-1]) else len(lines)
    return "\n".join([*lines[:at], note, *lines[at:]])


def in_a_text(text: str) -> str:
    """The text for a message of plain text: tags and masked links in it are none any more."""
    return _MASKED.sub("] ", _TAG.sub("＜", text))


def links_apart(line: str) -> list[tuple[str, bool]]:
    """The pieces of a line, and whether each is a link."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for link in _LINK.finditer(line):
        pieces += [(line[end : link.start()], False), (link[0], True)]
        end = link.end()
    pieces.append((line[end:], False))
    return [(piece, link) for piece, link in pieces if piece]


def cut(text: str, most: int) -> str:
    """The text in at most so many characters: whole lines as long as they fit, then whole words, then `…`."""
    if len(text) <= most:
        return text
    head = text[: most - len(ELLIPSIS)]
    for gap in ("\n", " "):
        at = head.rfind(gap)
        if at > len(head) // 2:
            return head[:at].rstrip() + ELLIPSIS
    return head.rstrip() + ELLIPSIS


def _escaped(text: str) -> str:
    return _EMOJI.sub("&#58;", _ANYWHERE.sub(lambda found: f"&#{ord(found[0])};", text))


def _line_start(match: re.Match[str]) -> str:
    if match[2].isdigit():
        return f"{match[1]}{match[2]}&#8203;"
    return f"{match[1]}&#{ord(match[2])};"


def _linked(url: str) -> str:
    """A link that is clicked: its address whole, what is shown of it short."""
    target = url.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D").replace("\\", "%5C")
    shown = url if len(url) <= LONGEST_SHOWN_LINK else f"{urlsplit(url).netloc}/{ELLIPSIS}"
    return f"[{_escaped(shown)}]({target})"
