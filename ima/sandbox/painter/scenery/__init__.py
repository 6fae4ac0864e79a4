"""Every scenery that can be painted."""

from .country import SCENERIES as COUNTRY
from .indoors import SCENERIES as INDOORS
from .scene import Scenery, Stage

SCENERIES: tuple[Scenery, ...] = (*COUNTRY, *INDOORS)
BY_NAME = {scenery.name: scenery for scenery in SCENERIES}

__all__ = ["BY_NAME", "SCENERIES", "Scenery", "Stage"]
