"""Chance that is the same for the same words, in every process and on every machine."""

import hashlib
from random import Random


def dice(text: str) -> Random:
    """A random source seeded by ``text`` (the built-in hash differs from process to process)."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Random(int.from_bytes(digest, "big"))  # noqa: S311  (pictures, not secrets)
