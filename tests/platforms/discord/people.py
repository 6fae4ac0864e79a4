"""What people do with their clients: press, choose, fill in. A client lets nobody do the impossible."""

from __future__ import annotations

from collections.abc import Mapping

from tests.platforms.discord.basics import Ids, Json
from tests.platforms.discord.command_rules import (
    ATTACHMENT,
    BOOLEAN,
    INTEGER,
    MESSAGE_MENU,
    NUMBER,
    STRING,
)
from tests.platforms.discord.commands import Commands
from tests.platforms.discord.component_rules import BUTTON, TEXT_INPUT, walk
from tests.platforms.discord.files import Upload
from tests.platforms.discord.interactions import Interaction, Interactions
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.world import Channel, Message, User

Value = str | int | float | bool | Upload
_TYPES: Mapping[int, type | tuple[type, ...]] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    NUMBER: (int, float),
    ATTACHMENT: Upload,
}


class Impossible(AssertionError):
    """The client would not have let anybody do this."""


class Hands:
    """Makes the interactions that clients make."""

    def __init__(
        self, commands: Commands, interactions: Interactions, payloads: Payloads, posting: Posting, ids: Ids
    ) -> None:
        self._commands = commands
        self._interactions = interactions
        self._payloads = payloads
        self._posting = posting
        self._ids = ids

    def press(self, user: User, message: Message, button: str) -> Interaction:
        """Press the button with this custom id or label."""
        if message.deleted or (message.only_for is not None and message.only_for is not user):
            raise Impossible("the message is not there")
        found = [
            one
            for one in walk(message.components)
            if one.get("type") == BUTTON and button in {one.get("custom_id"), one.get("label")}
        ]
        if len(found) != 1:
            raise Impossible(f"{len(found)} buttons {button!r} in {message.components}")
        if found[0].get("disabled") or found[0].get("url"):
            raise Impossible(f"the button {button!r} cannot be pressed")
        data: Json = {"component_type": BUTTON, "custom_id": found[0]["custom_id"], "id": found[0].get("id", 1)}
        return self._interactions.start("button", user, message.channel, data, source=message)

    def slash(
        self, user: User, channel: Channel, name: str, options: Mapping[str, Value], locale: str | None
    ) -> Interaction:
        """Send a slash command."""
        command = self._commands.find(name)
        data = self._command_data(command)
        given = dict(options)
        resolved: Json = {}
        for option in command.get("options") or []:
            if option["name"] not in given:
                if option.get("required"):
                    raise Impossible(f"{name} needs {option['name']}")
                continue
            value = _fitting(option, given.pop(option["name"]))
            if isinstance(value, Upload):
                file = self._posting.store(channel, value)
                resolved.setdefault("attachments", {})[str(file.id)] = self._payloads.attachment(file)
                value = str(file.id)
            data["options"].append({"name": option["name"], "type": option["type"], "value": value})
        if given:
            raise Impossible(f"{name} has no option {sorted(given)}")
        if resolved:
            data["resolved"] = resolved
        return self._interactions.start("slash", user, channel, data, locale=locale)

    def _command_data(self, command: Json) -> Json:
        data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        return data | ({"options": []} if command["type"] == 1 else {})

    def type_option(self, user: User, channel: Channel, name: str, option: str, typed: str) -> Interaction:
        """Type into an option that completes itself."""
        command = self._commands.find(name)
        found = next((one for one in command.get("options") or [] if one["name"] == option), None)
        if found is None or not found.get("autocomplete"):
            raise Impossible(f"{name} has no option {option} that completes itself")
        data = self._command_data(command)
        data["options"] = [{"name": option, "type": found["type"], "value": typed, "focused": True}]
        return self._interactions.start("autocomplete", user, channel, data)

    def menu(self, user: User, message: Message, name: str, locale: str | None) -> Interaction:
        """Choose an entry of a message's menu."""
        command = self._commands.find(name, MESSAGE_MENU)
        data = self._command_data(command)
        data["target_id"] = str(message.id)
        data["resolved"] = {"messages": {str(message.id): self._payloads.message(message, content=True)}}
        return self._interactions.start("menu", user, message.channel, data, locale=locale)

    def submit(self, opened: Interaction, values: Mapping[str, str]) -> Interaction:
        """Send off the modal that an interaction opened."""
        modal = opened.modal
        if modal is None:
            raise Impossible("no modal was opened")
        given = dict(values)
        components = [self._filled(row, given) for row in modal["components"]]
        if given:
            raise Impossible(f"the modal has no field {sorted(given)}")
        data: Json = {"custom_id": modal["custom_id"], "components": components}
        return self._interactions.start("modal", opened.user, opened.channel, data, source=opened.source)

    def _filled(self, row: Json, given: dict[str, str]) -> Json:
        filled: Json = {"type": row["type"], "id": row.get("id") or 1}
        for field in walk([row]):
            if field.get("type") != TEXT_INPUT:
                continue
            text = given.pop(field["custom_id"], field.get("value") or "")
            least = field.get("min_length") or (1 if field.get("required", True) else 0)
            if not (not text and not field.get("required", True)) and not (
                least <= len(text) <= (field.get("max_length") or 4000)
            ):
                raise Impossible(f"{len(text)} characters in {field['custom_id']}")
            answer = {"type": TEXT_INPUT, "id": field.get("id") or 2, "custom_id": field["custom_id"], "value": text}
            filled |= {"component": answer} if row["type"] == 18 else {"components": [answer]}
        return filled


def _fitting(option: Json, value: Value) -> Value:
    if not isinstance(value, _TYPES[option["type"]]):
        raise Impossible(f"{option['name']} cannot be {value!r}")
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise Impossible(f"{option['name']} has no choice {value!r}")
    if isinstance(value, str):
        least, most = option.get("min_length") or 0, option.get("max_length") or 6000
        if not least <= len(value) <= most:
            raise Impossible(f"{option['name']} cannot have {len(value)} characters")
    return value
