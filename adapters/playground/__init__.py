"""A chat page in the browser, on loopback only: the first platform, behind the same port as the others."""

from .adapter import Playground
from .store import StoreError

__all__ = ["Playground", "StoreError"]
