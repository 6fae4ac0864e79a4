"""Pictures over REST: upload, download of one's own, download of what somebody sent."""

from __future__ import annotations

import json

from tests.platforms.feishu.basics import Json, Options, Refusal, Violations
from tests.platforms.feishu.pictures import Pictures
from tests.platforms.feishu.rest import Binary, Call, Route
from tests.platforms.feishu.world import Message, World

_RESOURCE = frozenset({"im:resource", "im:resource:upload"})
_READ = frozenset({"im:message", "im:message:readonly", "im:message.history:readonly"})
_OFTEN = 3


class FileRoutes:
    """What is served for pictures."""

    def __init__(self, world: World, pictures: Pictures, options: Options, violations: Violations) -> None:
        self._world = world
        self._pictures = pictures
        self._options = options
        self._violations = violations
        self._served: dict[tuple[str, str], int] = {}

    def routes(self) -> list[Route]:
        """What to serve."""
        return [
            Route("POST", "/im/v1/images", self._upload, _RESOURCE),
            Route("GET", "/im/v1/images/{image_key}", self._own, frozenset({"im:resource"})),
            Route("GET", "/im/v1/messages/{message_id}/resources/{file_key}", self._resource, _READ),
        ]

    def _upload(self, call: Call) -> Json:
        if not self._options.bot_enabled:
            raise Refusal(234007, "App does not enable bot feature.")
        if set(call.body) != {"image_type"} or set(call.files) != {"image"}:
            self._violations.add("upload_without_file", f"{sorted(call.body)} {sorted(call.files)}")
            raise Refusal(234001, "Invalid request param.")
        if call.body["image_type"] != "message":
            self._violations.add("unexpected_image_type", str(call.body["image_type"]))
            raise Refusal(234001, "Invalid request param.")
        try:
            picture = self._pictures.upload(call.files["image"])
        except Refusal as refusal:
            self._violations.add("unfit_picture", refusal.message)
            raise
        return {"code": 0, "msg": "success", "data": {"image_key": picture.key}}

    def _own(self, call: Call) -> Binary:
        picture = self._world.pictures.get(call["image_key"])
        if picture is None:
            raise Refusal(234001, "Invalid request param.")
        if not picture.by_bot:
            self._violations.add("foreign_picture_asked", picture.key)
            raise Refusal(234008, "The app is not the resource sender.", 403)
        return Binary(picture.data, picture.content_type)

    def _resource(self, call: Call) -> Binary:
        if call.query.get("type") not in {"image", "file"}:
            raise Refusal(234001, "Invalid request param.")
        message = self._world.messages.get(call["message_id"])
        if message is None:
            raise Refusal(234001, "Invalid request param.")
        if not message.chat.bot_in or message.chat.dissolved:
            raise Refusal(234004, "The app is not in the chat.")
        if message.kind == "interactive":
            self._violations.add("card_picture_asked", message.id)
            raise Refusal(234043, "Unsupported message type.")
        picture = self._world.pictures.get(call["file_key"])
        if call.query["type"] != "image" or picture is None or picture.key not in keys_in(message):
            self._violations.add("picture_not_in_message", f"{call['file_key']} in {message.id}")
            raise Refusal(234003, "File not in msg.")
        if message.recalled:
            raise Refusal(234040, "The message is invisible to the operator.")
        if len(picture.data) > self._options.download_limit:
            raise Refusal(234037, "Downloaded file size exceeds limit.")
        self._count(message, picture.key)
        return Binary(picture.data, picture.content_type)

    def _count(self, message: Message, key: str) -> None:
        times = self._served.get((message.id, key), 0) + 1
        self._served[message.id, key] = times
        if times > _OFTEN:
            self._violations.add("needless_download", f"{key}, {times} times")


def keys_in(message: Message) -> list[str]:
    """The keys of the pictures that stand in a message as it travels."""
    body = json.loads(message.content)
    if message.kind == "image":
        return [str(body.get("image_key"))]
    if message.kind != "post":
        return []
    documents = [body] if "content" in body else list(body.values())
    return [
        str(element.get("image_key"))
        for document in documents
        for paragraph in document["content"]
        for element in paragraph
        if element.get("tag") == "img"
    ]
