"""Messages as Discord would show them, as a page, drawn from what the strict local Discord recorded.

Only what decides how our messages read is imitated: who speaks, what is quoted, markup, pictures, buttons, who alone
can see it. The page needs nothing from the network.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from tests.platforms.discord.basics import Json
from tests.platforms.discord.world import Attachment, Channel, Message, User, World

ROW, BUTTON, TEXT, GALLERY = 1, 2, 10, 12
PRIMARY = 1

STYLE = """
* { box-sizing: border-box; margin: 0; }
body { background: #313338; color: #dbdee1; font: 16px/1.375 "Noto Sans", "Noto Sans CJK SC", sans-serif; }
header { padding: 12px 16px; font-weight: 600; border-bottom: 1px solid #26282c; color: #f2f3f5; }
header::before { content: attr(data-sign); color: #80848e; margin-right: 8px; }
article { position: relative; padding: 2px 16px 2px 72px; }
article.first { margin-top: 17px; }
article.mentioned { background: #44402e; box-shadow: inset 2px 0 #f0b132; }
article:last-of-type { margin-bottom: 20px; }
.face { position: absolute; left: 16px; top: 4px; width: 40px; height: 40px; border-radius: 50%; font-weight: 600;
  color: #fff; display: grid; place-items: center; }
.quotes .face { top: 28px; }
.name { font-weight: 500; color: #f2f3f5; margin-right: 6px; }
.app { background: #5865f2; color: #fff; border-radius: 4px; font-size: 10px; padding: 1px 5px; vertical-align: 2px;
  margin-right: 6px; }
time { color: #949ba4; font-size: 12px; }
.quoted { color: #b5bac1; font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.quoted::before { content: "╭─ "; color: #4e5058; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
.mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; font-weight: 500; }
a { color: #00a8fc; text-decoration: none; }
img { display: block; max-width: 400px; max-height: 300px; border-radius: 8px; margin: 4px 0; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 4px; }
button { background: #4e5058; color: #fff; border: 0; border-radius: 8px; padding: 7px 16px; font: 500 14px inherit;
  font-family: inherit; }
button.primary { background: #5865f2; }
.alone { color: #949ba4; font-size: 12px; margin-top: 4px; }
"""

FACES = ("#23a55a", "#f0b132", "#eb459e", "#3ba5c4")


def page(world: World, channel: Channel, sees: User) -> str:
    """The channel from its beginning, as that person sees it."""
    messages = [each for each in channel.messages.values() if not each.deleted and each.only_for in (None, sees)]
    direct = channel.recipient is not None
    title = world.bot.name if direct else channel.name
    articles = "".join(_articles(world, messages, sees))
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>'
        f'<header data-sign="{"@" if direct else "#"}">{html.escape(title)}</header>{articles}'
    )


def _articles(world: World, messages: Iterable[Message], sees: User) -> Iterable[str]:
    before: Message | None = None
    for each in messages:
        command = each.interaction if each.kind == 20 else None
        first = before is None or before.author is not each.author or each.replied_to is not None or command is not None
        classes = [
            *(["first"] if first else []),
            *(["quotes"] if each.replied_to is not None or command is not None else []),
            *(["mentioned"] if sees in each.mentions else []),
        ]
        inside = f"{_above(world, each)}{_head(each, first)}{_body(world, each)}"
        yield f'<article class="{" ".join(classes)}">{inside}</article>'
        before = each


def _above(world: World, message: Message) -> str:
    if message.kind == 20 and message.interaction is not None:
        name, command = message.interaction["user"]["username"], message.interaction["name"]
        return f'<div class="quoted"><b>{html.escape(name)}</b> used <a>/{html.escape(command)}</a></div>'
    if message.replied_to is None:
        return ""
    quoted = message.replied_to
    quoted_name = f"@{quoted.author.name}"
    return f'<div class="quoted"><b>{html.escape(quoted_name)}</b> {_marked(world, quoted.content)}</div>'


def _head(message: Message, first: bool) -> str:
    if not first:
        return ""
    author = message.author
    colour = "#5865f2" if author.bot else FACES[author.id % len(FACES)]
    app = '<span class="app">APP</span>' if author.bot else ""
    at = datetime.fromtimestamp(message.at, UTC).strftime("%H:%M")
    return (
        f'<span class="face" style="background:{colour}">{html.escape(author.name[0].upper())}</span>'
        f'<span class="name">{html.escape(author.name)}</span>{app}<time>{at}</time>'
    )


def _body(world: World, message: Message) -> str:
    parts = [f'<div class="words">{_marked(world, message.content)}</div>'] if message.content else []
    if not any(each.get("type") == GALLERY for each in message.components):
        parts += [_picture(each) for each in message.attachments]
    parts += [_component(world, message, each) for each in message.components]
    if message.only_for is not None:
        parts.append('<div class="alone">👁 Only you can see this</div>')
    return "".join(parts)


def _component(world: World, message: Message, component: Json) -> str:
    kind = component["type"]
    if kind == ROW:
        return f'<div class="row">{"".join(_component(world, message, each) for each in component["components"])}</div>'
    if kind == BUTTON:
        style = "primary" if component["style"] == PRIMARY else ""
        return f'<button class="{style}">{html.escape(component["label"])}</button>'
    if kind == TEXT:
        return f'<div class="words">{_marked(world, component["content"])}</div>'
    if kind == GALLERY:
        return "".join(_picture(each) for each in message.attachments)
    raise ValueError(f"a component of type {kind} is not drawn")


def _picture(attachment: Attachment) -> str:
    data = base64.b64encode(attachment.data).decode()
    alt = html.escape(attachment.alt or "", quote=True)
    return f'<img alt="{alt}" src="data:{attachment.content_type};base64,{data}">'


_TOKEN = re.compile(r"\\(?P<plain>[^\w\s])|<@(?P<user>\d+)>|<(?P<quiet>https?://[^\s<>]+)>|(?P<link>https?://[^\s<>]+)")


def _marked(world: World, text: str) -> str:
    """The text with Discord's markup, as far as we use it."""
    found, end = [], 0
    for token in _TOKEN.finditer(text):
        found.append(html.escape(text[end : token.start()]))
        end = token.end()
        link = token["quiet"] or token["link"]
        if token["plain"]:
            found.append(html.escape(token["plain"]))
        elif token["user"]:
            found.append(f'<span class="mention">@{html.escape(world.users[int(token["user"])].name)}</span>')
        elif link:
            plain = re.sub(r"\\(.)", r"\1", link)
            found.append(f'<a href="#">{html.escape(plain)}</a>')
    return "".join([*found, html.escape(text[end:])])
