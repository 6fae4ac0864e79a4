"""The HTTP side: the page, its files, a small JSON API, the live stream."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from .guard import Guard, origin_of, policy
from .live import Live
from .people import BOT, CONVERSATIONS, GROUP, PEOPLE
from .pictures import LARGEST_PICTURE, NotAPicture, Pictures, TooLarge, media_type
from .posts import LONGEST_TEXT, MOST_PICTURES, BadPost, Post, Press, parse_post, parse_press
from .records import JsonObject, Message
from .store import Store, StoreError, UnknownMessage

LARGEST_BODY = 128 * 1024
HISTORY = 60

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class NotAccepted(Exception):
    """The message could not be recorded; the person may try again."""


class Platform(Protocol):
    """What the page asks of the adapter."""

    async def take_post(self, post: Post) -> Message:
        """A person says something. Raises `NotAccepted`, `BadPost`."""

    async def take_press(self, press: Press) -> Message:
        """A person presses a button. Raises `NotAccepted`, `BadPost`, `UnknownMessage`."""

    async def show(self, messages: list[Message]) -> list[JsonObject]:
        """Messages as the page gets them."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, held in memory."""

    content: bytes
    media_type: str
    etag: str


def load_assets() -> Mapping[str, Asset]:
    """All static files by name."""
    return {
        path.name: Asset(content, _TYPES[path.suffix], f'"{sha256(content).hexdigest()[:20]}"')
        for path in sorted(_STATIC.iterdir())
        if path.suffix in _TYPES
        for content in (path.read_bytes(),)
    }


class Site:
    """The routes of the page."""

    def __init__(
        self,
        platform: Platform,
        store: Store,
        pictures: Pictures,
        live: Live,
        words: Mapping[str, Mapping[str, str]],
        provoke_url: str | None,
    ) -> None:
        self._platform = platform
        self._store = store
        self._pictures = pictures
        self._live = live
        self._words = words
        self._provoke_url = provoke_url
        self._assets = load_assets()

    def routes(self) -> list[BaseRoute]:
        """To be mounted at the root of the service's app."""
        middleware = [Middleware(Guard, policy=policy(origin_of(self._provoke_url) if self._provoke_url else None))]
        return [
            Route("/", self._page, middleware=middleware),
            Route("/static/{name}", self._asset, middleware=middleware),
            Route("/pictures/{name}", self._picture, middleware=middleware),
            Route("/api/setup", self._setup, middleware=middleware),
            Route("/api/history", self._history, middleware=middleware),
            Route("/api/events", self._events, middleware=middleware),
            Route("/api/pictures", self._upload, methods=["POST"], middleware=middleware),
            Route("/api/messages", self._post, methods=["POST"], middleware=middleware),
            Route("/api/presses", self._press, methods=["POST"], middleware=middleware),
        ]

    async def _page(self, request: Request) -> Response:
        """The one page. Its title and the line for a browser without JavaScript are filled in here."""
        language = preferred(request.headers.get("accept-language", ""), self._words)
        content = self._assets["index.html"].content.decode().replace("{{language}}", language)
        for key in ("page.title", "page.needs_script"):
            content = content.replace("{{" + key + "}}", html.escape(self._words[language][key]))
        return Response(content, headers={"Cache-Control": "no-cache", "Content-Type": _TYPES[".html"]})

    async def _asset(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "no-cache", "ETag": asset.etag, "Content-Type": asset.media_type}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, headers=headers)

    async def _picture(self, request: Request) -> Response:
        name = request.path_params["name"]
        path = self._pictures.path(name)
        if path is None or not path.is_file():
            raise HTTPException(404)
        headers = {
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return FileResponse(path, media_type=media_type(name), headers=headers)

    async def _setup(self, request: Request) -> Response:
        return JSONResponse(
            {
                "words": self._words,
                "language": preferred(request.headers.get("accept-language", ""), self._words),
                "people": [{"id": person.id, "private": person.private} for person in PEOPLE],
                "bot": BOT,
                "group": GROUP,
                "provoke_url": self._provoke_url,
                "largest_picture": LARGEST_PICTURE,
                "most_pictures": MOST_PICTURES,
                "longest_text": LONGEST_TEXT,
            }
        )

    async def _history(self, request: Request) -> Response:
        """The last messages of every conversation; or earlier ones of one, before a position."""
        conversation, before = request.query_params.get("conversation"), request.query_params.get("before", "")
        if conversation is not None:
            if conversation not in CONVERSATIONS or not before.isascii() or not before.isdecimal() or len(before) > 15:
                raise HTTPException(400)
            found = await self._store.history(conversation, int(before), HISTORY)
            return JSONResponse({"messages": await self._platform.show(found), "more": len(found) == HISTORY})
        change = await self._store.last_change()
        conversations = {}
        for name in CONVERSATIONS:
            found = await self._store.history(name, None, HISTORY)
            conversations[name] = {
                "messages": await self._platform.show(found),
                "more": len(found) == HISTORY,
            }
        return JSONResponse({"cursor": self._live.cursor(change).token(), "conversations": conversations})

    async def _events(self, request: Request) -> Response:
        if self._live.closed:
            return Response(status_code=503)
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return StreamingResponse(
            self._live.stream(self._live.resume(seen)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _upload(self, request: Request) -> Response:
        declared = request.headers.get("content-length", "")
        if declared.isascii() and declared.isdecimal() and int(declared) > LARGEST_PICTURE:
            raise HTTPException(413)
        try:
            name = await self._pictures.receive(request.stream())
        except NotAPicture as error:
            raise HTTPException(415) from error
        except TooLarge as error:
            raise HTTPException(413) from error
        except ClientDisconnect as error:
            raise HTTPException(400) from error
        except OSError as error:
            raise HTTPException(507) from error
        return JSONResponse({"name": name})

    async def _post(self, request: Request) -> Response:
        try:
            message = await self._platform.take_post(parse_post(await _body(request)))
        except BadPost as error:
            raise HTTPException(400, str(error)) from error
        except (NotAccepted, StoreError) as error:
            raise HTTPException(503) from error
        return JSONResponse((await self._platform.show([message]))[0])

    async def _press(self, request: Request) -> Response:
        try:
            message = await self._platform.take_press(parse_press(await _body(request)))
        except (BadPost, UnknownMessage) as error:
            raise HTTPException(400, str(error)) from error
        except (NotAccepted, StoreError) as error:
            raise HTTPException(503) from error
        return JSONResponse((await self._platform.show([message]))[0])


def preferred(accepted: str, words: Mapping[str, object]) -> str:
    """The first language of an Accept-Language header that the page has words in; else the first it has."""
    for part in accepted.split(","):
        language = part.split(";")[0].strip().lower().split("-")[0]
        if language in words:
            return language
    return next(iter(words))


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    chunks: AsyncIterator[bytes] = request.stream()
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    return bytes(body)
