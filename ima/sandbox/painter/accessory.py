"""The names of what can be worn."""

from enum import Enum


class Accessory(Enum):
    HAT = "hat"
    CROWN = "crown"
    SCARF = "scarf"
    GLASSES = "glasses"
    BOW = "bow"
