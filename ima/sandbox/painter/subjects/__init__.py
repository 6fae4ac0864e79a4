"""Every subject that can be painted."""

from .pets import SUBJECTS as PETS
from .subject import Head, Look, Place, Subject

SUBJECTS: tuple[Subject, ...] = (*PETS,)

__all__ = ["SUBJECTS", "Head", "Look", "Place", "Subject"]
