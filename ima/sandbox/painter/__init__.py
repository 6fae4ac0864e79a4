"""Paints pictures from words, and changes pictures by words.

What the prompt names is looked up among the known subjects, sceneries, hours, seasons, weathers, colours and
styles; all that it leaves open is drawn by a chance that depends on the prompt alone. Everything is vector-like
(`pen`), painted larger than it is kept, so that a picture looks the same at every size.
"""

from .editing import transform
from .painting import paint

__all__ = ["paint", "transform"]
