"""Payloads as Discord sends them, in their smallest form."""

from __future__ import annotations

from typing import Any

from locales import Locales

BOT, MEI, TOM = "1100", "2200", "3300"
CHANNEL, GUILD = "5500", "6600"
MESSAGE = "1574076209426333698"

WORDS = {language: Locales.load().words("discord.", language) for language in ("en", "zh")}


def user(identity: str, **more: Any) -> dict[str, Any]:
    return {"id": identity, "username": f"user{identity}", "global_name": None, "bot": identity == BOT, **more}


def attachment(identity: str = "77", **more: Any) -> dict[str, Any]:
    url = f"https://cdn.discordapp.com/attachments/{CHANNEL}/{identity}/cat.png?ex=1"
    return {"id": identity, "filename": "cat.png", "content_type": "image/png", "url": url, "size": 9, **more}


def message(content: str = "", *, author: str = MEI, mentions: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "id": MESSAGE,
        "type": 0,
        "channel_id": CHANNEL,
        "guild_id": GUILD,
        "author": user(author),
        "content": content,
        "mentions": [user(each) for each in mentions],
        "attachments": [],
        "embeds": [],
        "components": [],
        **more,
    }


def interaction(kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": MESSAGE,
        "application_id": BOT,
        "type": kind,
        "token": "a-token",
        "locale": "zh-TW",
        "channel_id": CHANNEL,
        "guild_id": GUILD,
        "member": {"user": user(MEI)},
        "attachment_size_limit": 10 * 1024 * 1024,
        "data": data,
        **more,
    }
