"""Files in a request: multipart bodies, sizes, and what a file turns out to be."""

from __future__ import annotations

import io
import json
import mimetypes
import re
from dataclasses import dataclass

from aiohttp import BodyPartReader, MultipartReader, web
from PIL import Image, UnidentifiedImageError

from tests.platforms.discord.basics import MEBIBYTE, Json, Refusal, invalid
from tests.platforms.discord.world import Attachment, Channel

REQUEST_LIMIT = 25 * MEBIBYTE
_PART = re.compile(r"files\[(\d+)\]")
Image.init()  # Its many plugins take most of a second: not while a request waits.
_DRAWN = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, or as a test hands it in: its name, bytes and alt text."""

    filename: str
    data: bytes
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The JSON of a request and the files beside it, by their number."""

    form: Json | list[Json]
    files: dict[int, Upload]
    size: int


async def read_body(request: web.Request) -> Body:
    """Read a body to its end; a form that is none is refused."""
    if request.content_type == "multipart/form-data":
        return await _read_parts(request)
    raw = await request.read()
    if not raw:
        return Body({}, {}, 0)
    if request.content_type != "application/json":
        raise Refusal(415, 50035, f'Expected "Content-Type" header to be one of {{application/json}}: {request.path}')
    return Body(_parse(raw), {}, len(raw))


def _parse(raw: bytes) -> Json | list[Json]:
    try:
        form = json.loads(raw)
    except ValueError as error:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from error
    if not isinstance(form, dict | list):
        raise Refusal(400, 50109, "The request body contains invalid JSON.")
    return form


async def _read_parts(request: web.Request) -> Body:
    form: Json | list[Json] = {}
    files: dict[int, Upload] = {}
    size = 0
    reader: MultipartReader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise Refusal(400, 50035, "Invalid Form Body")
        data = bytes(await part.read(decode=True))
        size += len(data)
        if part.name == "payload_json":
            form = _parse(data)
            continue
        number = _PART.fullmatch(part.name or "")
        if number is None or not part.filename:
            raise invalid("files", "UNKNOWN_PART", f"There is no part {part.name!r} in such a form.")
        files[int(number[1])] = Upload(part.filename, data)
    return Body(form, files, size)


def check_sizes(body: Body, limit: int) -> None:
    """Refuse files that are too large for the place: each, and all together."""
    if any(len(one.data) > limit for one in body.files.values()):
        raise Refusal(413, 40005, "Request entity too large")
    if body.size > max(REQUEST_LIMIT, limit):
        raise Refusal(413, 0, "<html><head><title>413 Request Entity Too Large</title></head></html>")


def described(form: Json, files: dict[int, Upload]) -> dict[int, Upload]:
    """Return the files with the alt texts and names that the form gives them."""
    if len(files) > 10:
        raise invalid("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    found = dict(files)
    for index, one in enumerate(form.get("attachments") or []):
        number = int(one["id"]) if str(one.get("id", "")).isdigit() else -1
        if number > 1 << 22:
            continue
        if number not in files:
            raise invalid(f"attachments.{index}.id", "ATTACHMENT_NOT_FOUND", "Attachment data not found")
        alt = one.get("description")
        if alt is not None and len(alt) > 1024:
            raise invalid(f"attachments.{index}.description", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer.")
        found[number] = Upload(one.get("filename") or files[number].filename, files[number].data, alt or None)
    return found


def kept(form: Json) -> set[int] | None:
    """The ids of attachments that an edit keeps; None when it does not say, so all."""
    listed = form.get("attachments")
    if listed is None:
        return None
    return {int(one["id"]) for one in listed if int(one["id"]) > 1 << 22}


def to_attachment(key: int, channel: Channel, upload: Upload) -> Attachment:
    """Store a file: a name that a URL can hold, and its kind and measures when it is a picture."""
    name = re.sub(r"[^\w.()-]", "_", upload.filename, flags=re.ASCII)[-256:] or "unknown"
    found = Attachment(key, channel.id, name, upload.data, upload.alt)
    found.content_type = mimetypes.guess_type(name)[0]
    try:
        with Image.open(io.BytesIO(upload.data)) as picture:
            drawn = _DRAWN.get(picture.format or "")
            if drawn is not None and found.content_type == drawn:
                found.width, found.height = picture.size
    except (UnidentifiedImageError, OSError):
        pass
    return found
