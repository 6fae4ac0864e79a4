"""Every scenery that can be painted."""

from .country import SCENERIES as COUNTRY
from .indoors import SCENERIES as INDOORS
from .scene import Scenery, Stage
from .town import SCENERIES as TOWN
from .waters import SCENERIES as WATERS

SCENERIES: tuple[Scenery, ...] = (*COUNTRY, *WATERS, *TOWN, *INDOORS)
BY_NAME = {scenery.name: scenery for scenery in SCENERIES}

__all__ = ["BY_NAME", "SCENERIES", "Scenery", "Stage"]
