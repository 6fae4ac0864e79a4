"""Every subject that can be painted."""

from . import (
    airborne,
    aquatic,
    buildings,
    celestial,
    fantastic,
    food,
    objects,
    people,
    pets,
    plants,
    vehicles,
    wild,
)
from .subject import Head, Look, Place, Subject

FAMILIES: dict[str, tuple[Subject, ...]] = {
    "pets": pets.SUBJECTS,
    "wild animals": wild.SUBJECTS,
    "birds and insects": airborne.SUBJECTS,
    "water animals": aquatic.SUBJECTS,
    "fantastic": fantastic.SUBJECTS,
    "plants": plants.SUBJECTS,
    "buildings": buildings.SUBJECTS,
    "vehicles": vehicles.SUBJECTS,
    "food": food.SUBJECTS,
    "people": people.SUBJECTS,
    "sky": celestial.SUBJECTS,
    "things": objects.SUBJECTS,
}
SUBJECTS: tuple[Subject, ...] = tuple(subject for family in FAMILIES.values() for subject in family)

__all__ = ["FAMILIES", "SUBJECTS", "Head", "Look", "Place", "Subject"]
