"""From an interaction (a command, a press, a form that was filled in) to what is to be done about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from adapters.discord import commands
from adapters.discord.incoming import plain_words
from adapters.discord.payload import JsonObject, sent_at, string, table, tables, whole
from adapters.discord.pictures import PLATFORM, attached, pictures_of
from adapters.discord.words import Words, language_of_client
from protocol import buttons
from protocol.commands import Ask, Command, Draw, Edit, Prefer
from protocol.messages import Address, ImageRef, Incoming

COMMAND, PRESS, SUGGESTION, FORM = 2, 3, 4, 5
SLASH, MENU = 1, 3
LABEL, TEXT_INPUT, PARAGRAPH = 18, 4, 2
LONGEST_EDIT = 2000
LEAST_FILE_LIMIT = 10 * 1024 * 1024
"""Bytes: what a file may have everywhere (the platforms page)."""

PICTURE = "picture:"
"""How the name of a form begins that was opened from a message's menu; the message's id follows."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """What every interaction says.

    `press`: Discord does not show by itself who is answered. `button`: it was pressed under a message of ours.
    `file_limit`: bytes that a file may have in an answer to it, which may be more than in the channel.
    """

    id: str
    token: str
    application: str
    lang: str
    press: bool
    button: bool = False
    file_limit: int = LEAST_FILE_LIMIT


@dataclass(frozen=True, slots=True)
class Take:
    """Something for the inbox. `discreet`: its answer concerns nobody else."""

    incoming: Incoming
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Ask for the words of an edit. `pictures`: what is to be edited, remembered under the form's name."""

    name: str
    pictures: tuple[ImageRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the person alone the words of this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Suggest:
    """Offer values for an option that is being typed. `model_id` is what was chosen before."""

    option: str
    typed: str
    model_id: str | None


Plan: TypeAlias = Take | Form | Tell | Suggest


def header(payload: JsonObject) -> Interaction:
    """What every interaction says."""
    return Interaction(
        id=string(payload, "id"),
        token=string(payload, "token"),
        application=string(payload, "application_id"),
        lang=language_of_client(string(payload, "locale")),
        press=payload.get("type") != COMMAND,
        button=payload.get("type") == PRESS,
        file_limit=whole(payload, "attachment_size_limit") or LEAST_FILE_LIMIT,
    )


def plan(payload: JsonObject, remembered: Mapping[str, tuple[ImageRef, ...]]) -> Plan | None:
    """What to do about an interaction; None for a kind that we never asked for."""
    data = table(payload, "data")
    match payload.get("type"):
        case 2:
            return _menu(payload, data) if data.get("type") == MENU else _command(payload, data)
        case 3:
            return _press(payload, string(data, "custom_id"))
        case 4:
            return _suggest(data)
        case 5:
            return _form(payload, data, remembered)
        case _:
            return None


def form(name: str, words: Mapping[str, str]) -> dict[str, object]:
    """The form that asks for the words of an edit."""
    field = {
        "type": TEXT_INPUT,
        "custom_id": "words",
        "style": PARAGRAPH,
        "min_length": 1,
        "max_length": LONGEST_EDIT,
        "required": True,
        "placeholder": words["discord.form.example"],
    }
    label = {"type": LABEL, "label": words["discord.form.label"], "component": field}
    return {"title": words["discord.form.title"], "custom_id": name, "components": [label]}


def _command(payload: JsonObject, data: JsonObject) -> Plan | None:
    options = {string(each, "name"): each.get("value") for each in tables(data, "options")}
    images: tuple[ImageRef, ...] = ()
    command: Command
    match string(data, "name"):
        case "draw":
            prompt = plain_words(str(options.get("prompt", "")), bot="", names=_names(data))
            command = Draw(
                prompt,
                model_id=commands.model_named(options.get("model")),
                size=commands.size_named(options.get("size")),
                aspect_ratio=commands.ratio_named(options.get("ratio")),
            )
            images = _chosen(data, options)
        case "preference":
            chosen = options.get("model")
            command = Ask("preference") if chosen is None else Prefer(commands.model_named(chosen))
        case "models":
            command = Ask("models")
        case "usage":
            command = Ask("usage")
        case "help":
            command = Ask("help")
        case _:
            return None
    text = command.prompt if isinstance(command, Draw) else ""
    return Take(_incoming(payload, text=text, images=images, command=command), discreet=not isinstance(command, Draw))


def _chosen(data: JsonObject, options: Mapping[str, object]) -> tuple[ImageRef, ...]:
    """The files of a command. They are in no message: only their address tells where they are."""
    files = table(table(data, "resolved"), "attachments")
    picked = (table(files, str(options[name])) for name in commands.PICTURES if name in options)
    found = (attached(each, "", "") for each in picked)
    return tuple(each for each in found if each is not None)


def _names(data: JsonObject) -> dict[str, str]:
    users = table(table(data, "resolved"), "users")
    return {key: string(table(users, key), "global_name") or string(table(users, key), "username") for key in users}


def _menu(payload: JsonObject, data: JsonObject) -> Plan:
    target = string(data, "target_id")
    message = table(table(table(data, "resolved"), "messages"), target)
    pictures = pictures_of(message, string(payload, "channel_id"))
    return Form(PICTURE + target, pictures) if pictures else Tell("discord.no_picture_there")


def _press(payload: JsonObject, value: str) -> Plan:
    """The form of an edit is for whom the picture was made; what others may do, the conversation knows."""
    user = string(table(table(payload, "member"), "user") or table(payload, "user"), "id")
    if _edited(value) is not None and _named(table(payload, "message")) in (None, user):
        return Form(value)
    return Take(_incoming(payload, press=value))


def _form(payload: JsonObject, data: JsonObject, remembered: Mapping[str, tuple[ImageRef, ...]]) -> Plan:
    name, text = string(data, "custom_id"), ""
    for row in tables(data, "components"):
        inside = (table(row, "component"), *tables(row, "components"))
        text = next((string(each, "value") for each in inside if string(each, "custom_id") == "words"), text)
    pictures = remembered.get(name) or pictures_of(table(payload, "message"), string(payload, "channel_id"))
    if not pictures:
        return Tell("discord.picture_forgotten")
    # One picture: what is under a menu or a button is what people mean, however many are in the message.
    images = pictures if name.startswith(PICTURE) else pictures[:1]
    edited = _edited(name)
    command = Draw(text) if edited is None else Edit(text, edited.job_id, edited.points)
    return Take(_incoming(payload, text=text, images=images, command=command))


def _edited(value: str) -> buttons.UseResult | None:
    """The edit button that has this value; None for any other."""
    pressed = buttons.decode(value)
    return pressed if isinstance(pressed, buttons.UseResult) and pressed.action == "edit" else None


def _named(message: JsonObject) -> str | None:
    """Whom a message of ours names as its asker; None where nobody needs to be named."""
    texts = [string(message, "content"), *(string(each, "content") for each in tables(message, "components"))]
    found = (re.match(r"<@!?(\d+)>", text) for text in texts)
    return next((each[1] for each in found if each is not None), None)


def _suggest(data: JsonObject) -> Plan | None:
    options = tables(data, "options")
    focused = next((each for each in options if each.get("focused") is True), None)
    if focused is None:
        return None
    model = next((each.get("value") for each in options if string(each, "name") == "model"), None)
    return Suggest(string(focused, "name"), str(focused.get("value", "")), commands.model_named(model))


def _incoming(
    payload: JsonObject,
    *,
    text: str = "",
    images: tuple[ImageRef, ...] = (),
    press: str | None = None,
    command: Command | None = None,
) -> Incoming:
    """The interaction's id is what makes it the one it is, as a message's id does."""
    user = table(table(payload, "member"), "user") or table(payload, "user")
    identity = string(payload, "id")
    return Incoming(
        address=Address(
            PLATFORM,
            string(payload, "channel_id"),
            string(user, "id"),
            identity,
            private=not string(payload, "guild_id"),
        ),
        text=text.strip(),
        sent_at=sent_at(identity),
        images=images,
        locale=language_of_client(string(payload, "locale")),
        press=press,
        command=command,
    )


def wording(words: Words, lang: str) -> Mapping[str, str]:
    """The words of a language; English where there are none of it."""
    return words.get(lang, words["en"])
