"""Where attachments are fetched: under signed URLs that end."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import quote

from aiohttp import web

from tests.platforms.discord.basics import Options, Violations
from tests.platforms.discord.world import Attachment


class Cdn:
    """Keeps the files and signs their URLs."""

    def __init__(self, options: Options, violations: Violations) -> None:
        self.base = ""
        self.fetches: list[str] = []
        self._options = options
        self._violations = violations
        self._key = secrets.token_bytes(16)
        self._files: dict[int, Attachment] = {}
        self._given: set[str] = set()
        self._ended: set[str] = set()
        self._round = 0

    def keep(self, attachment: Attachment) -> None:
        """Take a file in."""
        self._files[attachment.id] = attachment

    def url(self, attachment: Attachment, host: str = "cdn") -> str:
        """Return a URL that works from now on for a while."""
        now = int(self._options.clock())
        path = f"/{host}/attachments/{attachment.channel_id}/{attachment.id}/{quote(attachment.filename)}"
        expires, issued = f"{now + int(self._options.url_seconds) + self._round:x}", f"{now:x}"
        signature = self._sign(path, expires, issued)
        self._given.add(signature)
        return f"{self.base}{path}?ex={expires}&is={issued}&hm={signature}&"

    def end_all(self) -> None:
        """Let every URL that was given so far end now, as a day would; new ones are others."""
        self._ended |= self._given
        self._round += 1

    def _sign(self, path: str, expires: str, issued: str) -> str:
        return hmac.new(self._key, f"{path}|{expires}|{issued}".encode(), hashlib.sha256).hexdigest()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a GET: the file, or the words for one that is no longer there."""
        self.fetches.append(request.rel_url.raw_path)
        if "User-Agent" not in request.headers:
            self._violations.add("no_user_agent", f"GET {request.path}")
        if request.headers.get("Authorization"):
            self._violations.add("token_sent_to_cdn", f"GET {request.path}")
        query = request.query
        expires, issued = query.get("ex", ""), query.get("is", "")
        right = self._sign(request.rel_url.raw_path, expires, issued)
        attachment = self._files.get(int(request.match_info["attachment"]))
        if attachment is None or not hmac.compare_digest(right, query.get("hm", "")):
            self._violations.add("unsigned_attachment_url", request.path)
            return web.Response(status=404, text="This content is no longer available.")
        if int(expires, 16) <= self._options.clock() or right in self._ended:
            self._violations.add("expired_attachment_url", request.path)
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(
            body=attachment.data,
            content_type=attachment.content_type or "application/octet-stream",
            headers={"Cache-Control": "public, max-age=31536000"},
        )
