"""What must never stand in a log: secrets, whatever looks like one, and people's words.

Words are taken out by the name of their field; secrets by their look and value, in the fields and once more in the
rendered line, so that they are found in messages and tracebacks too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus

from structlog.typing import EventDict

HIDDEN = "[hidden]"

# People's own words: a length says enough.
WORDS = frozenset({"prompt", "text", "caption", "content", "words"})

# Shorter values would blank out half of every line, and are none.
SHORTEST_SECRET = 4

# A field beyond this is somebody else's page or body: its beginning says enough.
LONGEST_FIELD = 32_768

_LOOKS_SECRET: tuple[tuple[re.Pattern[str], str], ...] = (
    # Addresses: a query may be a signature, what stands before an @ a password.
    (re.compile(r"((?:https?|wss?)://[^\s?#\"'<>\\]{1,2000})\?[^\s\"'<>\\)]*", re.IGNORECASE), rf"\1?{HIDDEN}"),
    (re.compile(r"(?<=://)[^/\s:@\"']*:[^/\s@\"']+(?=@)"), HIDDEN),
    # What a database driver quotes of a statement's values.
    (re.compile(r"\[parameters: .*\]"), f"[parameters: {HIDDEN}]"),
    (
        re.compile(r"\b(bearer|bot)(\s+)(?=[\w.~+/=-]{0,60}\d)[\w.~+/=-]{8,}", re.IGNORECASE | re.ASCII),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"\bima_(?=[\w-]{0,60}\d)[\w-]{8,}", re.ASCII), HIDDEN),
    # Discord's bot tokens and Feishu's access tokens.
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII), HIDDEN),
    (re.compile(r"\b[tua]-(?=[\w.-]{0,60}\d)[\w.-]{20,}", re.ASCII), HIDDEN),
)


class Redaction:
    """Takes known secrets, and what looks like one, out of a text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {
            form
            for secret in secrets
            if len(secret) >= SHORTEST_SECRET
            for form in (
                secret,
                quote(secret, safe=""),
                quote_plus(secret),
                json.dumps(secret)[1:-1],
                repr(secret)[1:-1],
            )
        }
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        for pattern, replacement in _LOOKS_SECRET:
            text = pattern.sub(replacement, text)
        return text


class CleanFields:
    """A structlog processor: `prompt="a cat"` becomes `prompt_length=5`, and no field keeps a secret, at any depth.

    The rendered line is looked at once more; but quoted twice (JSON in a repr), a secret has forms without end.
    """

    def __init__(self, redact: Redaction) -> None:
        self._redact = redact

    def __call__(self, _: object, __: str, event: EventDict) -> EventDict:
        for name in list(event):
            if name in WORDS:
                event[f"{name}_length"] = _length(event.pop(name))
            elif name not in {"exc_info", "_record"}:
                event[name] = self._cleaned(event[name])
        return event

    def _cleaned(self, value: object) -> object:
        match value:
            case str():
                redacted = self._redact(value)
                return redacted if len(redacted) <= LONGEST_FIELD else f"{redacted[:LONGEST_FIELD]}… (cut)"
            case bytes():
                return self._cleaned(value.decode("utf-8", "replace"))
            case Mapping():
                return {
                    f"{name}_length" if name in WORDS else name: _length(each) if name in WORDS else self._cleaned(each)
                    for name, each in value.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self._cleaned(each) for each in value]
            case _:
                return value


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, bytes)) else len(repr(value))
