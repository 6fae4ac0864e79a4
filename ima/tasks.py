"""What a create says, and what a task's detail means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ima.answers import LONGEST_MESSAGE, says_unsafe
from ima.errors import BrokenAnswer, FailureKind
from ima.jsonvalue import Json, as_list, as_object, as_text
from ima.rules import Selection
from ima.secret import ApiKey


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture. Width and height are in pixels, None where IMA does not say."""

    task_id: str
    url: str
    cover_url: str
    width: int | None
    height: int | None
    format: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Not yet."""


@dataclass(frozen=True, slots=True)
class Ready:
    picture: Picture


@dataclass(frozen=True, slots=True)
class TaskFailed:
    """`kind`: "resource" for status 2, "status" for 1 and failed, "deleted" for 3, "prompt" where the
    words say that the prompt was blocked. `message` is IMA's, not for a user's eyes."""

    kind: FailureKind
    message: str


TaskStatus: TypeAlias = Pending | Ready | TaskFailed


def create_body(selection: Selection, prompt: str, image_urls: Sequence[str]) -> dict[str, Json]:
    """The create call's JSON. Raises ValueError where category and input pictures do not fit."""
    if (selection.category == "image_to_image") != bool(image_urls):
        raise ValueError(f"{selection.category} with {len(image_urls)} input pictures")
    inner: dict[str, Json] = {
        **selection.parameters,
        "prompt": prompt,
        "n": 1,
        "input_images": list(image_urls),
        "cast": {"points": selection.points, "attribute_id": selection.attribute_id},
    }
    return {
        "task_type": selection.category,
        "enable_multi_model": False,
        "src_img_url": list(image_urls),
        "parameters": [
            {
                "attribute_id": selection.attribute_id,
                "model_id": selection.model_id,
                "model_name": selection.model_name,
                "model_version": selection.model_version,
                "app": "ima",
                "platform": "web",
                "category": selection.category,
                "credit": selection.points,
                "parameters": inner,
            }
        ],
    }


def parse_created(data: Json) -> str:
    """The task id. Raises BrokenAnswer."""
    return as_text(as_object(data, "the data of a create").get("id"), "the task id")


def parse_detail(data: Json, task_id: str, key: ApiKey) -> TaskStatus:
    """The row of the status table (the API page: detail). Raises BrokenAnswer for what is in none."""
    detail = as_object(data, "the data of a detail")
    states = [
        _media(as_object(media, "a media"), task_id, key) for media in as_list(detail.get("medias"), "the medias")
    ]
    for state in states:
        if isinstance(state, TaskFailed):
            return state
    if not states:
        return Pending()
    return next((state for state in states if isinstance(state, Pending)), states[0])


def _media(media: Mapping[str, Json], task_id: str, key: ApiKey) -> TaskStatus:
    resource, status = media.get("resource_status"), media.get("status")
    match resource, status:
        case ((None | "" | 0 | "0"), _):
            return Pending()
        case ((1 | "1"), "success" | "completed"):
            return _picture(media, task_id)
        case ((1 | "1"), "failed"):
            return _failed("status", media, key)
        case ((2 | "2"), _):
            return _failed("resource", media, key)
        case ((3 | "3"), _):
            return _failed("deleted", media, key)
        case _:
            raise BrokenAnswer("a media has a status that the API does not have")


def _picture(media: Mapping[str, Json], task_id: str) -> TaskStatus:
    url = media.get("url")
    if url is None or url == "":
        return Pending()
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise BrokenAnswer("the picture's url is not one")
    return Ready(
        Picture(
            task_id=task_id,
            url=url,
            cover_url=_text(media.get("cover_url")),
            width=_edge(media.get("width")),
            height=_edge(media.get("height")),
            format=_text(media.get("format")),
        )
    )


def _failed(kind: FailureKind, media: Mapping[str, Json], key: ApiKey) -> TaskFailed:
    message = key.scrub(_text(media.get("error_msg")) or _text(media.get("remark")))[:LONGEST_MESSAGE]
    return TaskFailed("prompt" if says_unsafe(message) else kind, message)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _edge(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
