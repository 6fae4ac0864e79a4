"""What an admin decides about pictures: which are veiled, and whether any are drawn in age-restricted channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

AgeRestricted: TypeAlias = Literal["on", "spoiler", "off"]


@dataclass(frozen=True, slots=True)
class PictureRules:
    """`spoilers`: every picture is veiled until it is clicked.

    `age_restricted`: in such channels pictures are as anywhere else, veiled, or not drawn at all.
    """

    spoilers: bool = False
    age_restricted: AgeRestricted = "on"

    def veiled(self, *, age_restricted: bool) -> bool:
        """Whether a picture is sent as a spoiler."""
        return self.spoilers or (age_restricted and self.age_restricted == "spoiler")

    def closed(self, *, age_restricted: bool) -> bool:
        """Whether nothing is drawn there."""
        return age_restricted and self.age_restricted == "off"
