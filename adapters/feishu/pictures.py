"""The word by which a picture in a message is found again."""

from __future__ import annotations

import json
from dataclasses import dataclass

PLATFORM = "feishu"


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource of a message: only the two together name it (the message resource page). `kind`: image or file."""

    message: str
    key: str
    kind: str

    def encode(self) -> str:
        """As `AttachedImage.reference`."""
        return json.dumps([self.message, self.key, self.kind])

    @classmethod
    def decode(cls, reference: str) -> Reference:
        """Raises ValueError for a reference that is none of ours."""
        try:
            message, key, kind = json.loads(reference)
        except (TypeError, ValueError) as error:
            raise ValueError("not a reference to a picture") from error
        return cls(str(message), str(key), str(kind))
