"""What kind of picture some bytes are, by how they begin."""

from __future__ import annotations


def content_type_of(data: bytes) -> str:
    """The content type of a picture's bytes. Raises ValueError for what begins like none that is known."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"BM"):
        return "image/bmp"
    raise ValueError("these bytes are not a picture of a known kind (PNG, JPEG, WebP, GIF, BMP)")
