"""The words round a span: where its clause begins and ends, and words that several finders look for there."""

from __future__ import annotations

import re

from protocol.intent.patterns import Pattern, one_of, word

_REACH = 40
_BREAKS = ",。!?;\n、|()（）…"

NEGATION = Pattern(
    one_of(
        "不要", "别", "别给我", "不要给我", "别出", "别来",
        "不用", "不需要", "别用", "不想要", "不必", "无需", "不是", "不想用", "不要用",
        "不要做成", "别做成", "别弄成",
        "不要弄成", "唔要", "唔好", "甭", "勿",
        word(
            "no", "not", "not in", "without", "don't want", "don't need", "don't use", "do not use",
            "don't make it", "dont make it", "do not make it", "dont want it", "don't want it", "not a",
            "no need for", "never", "nothing in", "dont use", "dont want", "dont need",
        ),
    ),
    r"\s*(?:any|an?|the|in)?\s*$",
)  # fmt: skip

PICTURE = Pattern(
    r"(?:的)?\s*[小大方新]?",
    one_of(
        "图", "照片", "相片", "壁纸", "桌布", "海报", "头像", "封面", "插画", "画", "相", "大片", "写真",
        word(
            "images?", "photos?", "photographs?", "wallpapers?", "posters?", "pictures?", "pics?", "avatars?",
            "renders?", "illustrations?",
            "artworks?", "art", "icons?", "portraits?", "banners?", "covers?", "shots?", "drawings?",
            "paintings?", "backgrounds?",
        ),
    ),
)  # fmt: skip


ENOUGH = Pattern(
    r"\s?(?:就(?:行|好|可以|够)了?|即可|也行|够了|吧|(?:is|would be|will be) (?:fine|enough|ok(?:ay)?|good"
    r"|plenty|great|all i need)\b"
    r"|(?:will|would) do\b|works(?: for me)?\b)(?=[\s,。.!;:\n…~]|$)"
)
"""What says no more than that a setting will do (512就行, "1K is fine")."""

_NEGATION_HINTS = ("不", "别", "无", "唔", "甭", "勿", "no", "do", "without", "never")


def refusal_in(clause: str) -> re.Match[str] | None:
    """The negation that ends a clause (不要, "no"), of which most clauses have no trace."""
    return NEGATION.search(clause) if any(hint in clause for hint in _NEGATION_HINTS) else None


def clause_before(text: str, position: int) -> str:
    """What stands before the position in its clause, at most forty characters."""
    window = text[max(0, position - _REACH) : position]
    for index in range(len(window) - 1, -1, -1):
        if window[index] in _BREAKS or (window[index] == "." and not window[index + 1 : index + 2].isdigit()):
            return window[index + 1 :]
    return window


def clause_after(text: str, position: int) -> str:
    """What stands after the position in its clause, at most forty characters."""
    window = text[position : position + _REACH]
    for index, char in enumerate(window):
        if char in _BREAKS or (char == "." and not window[index + 1 : index + 2].isdigit()):
            return window[:index]
    return window
