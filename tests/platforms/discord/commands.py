"""The application's commands: registered, listed, looked up."""

from __future__ import annotations

from tests.platforms.discord.access import Access
from tests.platforms.discord.basics import Ids, Json, Refusal
from tests.platforms.discord.command_rules import SLASH, check_command, check_commands
from tests.platforms.discord.rates import Rate
from tests.platforms.discord.rest import NOTHING, Answer, Call, Route
from tests.platforms.discord.world import World

_RATE = Rate(5, 20)
_EVERYWHERE = ""


class Commands:
    """Keeps them: those for everywhere, and those of a guild."""

    def __init__(self, world: World, access: Access, ids: Ids) -> None:
        self.written = 0
        self._world = world
        self._access = access
        self._ids = ids
        self._kept: dict[str, list[Json]] = {_EVERYWHERE: []}

    def all(self, guild: str = _EVERYWHERE) -> list[Json]:
        """What is registered for everywhere, or for a guild."""
        return list(self._kept.get(guild, []))

    def find(self, name: str, kind: int = SLASH) -> Json:
        """Return a command; LookupError when it was not registered."""
        for commands in self._kept.values():
            for command in commands:
                if command["name"] == name and command["type"] == kind:
                    return command
        raise LookupError(f"no command {name!r} of type {kind} is registered")

    def routes(self) -> list[Route]:
        """The table."""
        found: list[Route] = []
        for base in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
            many, one = base + "/commands", base + "/commands/{command_id}"
            found += [
                Route("GET", many, self._list, _RATE),
                Route("PUT", many, self._replace, _RATE),
                Route("POST", many, self._add, _RATE),
                Route("GET", one, self._get, _RATE),
                Route("PATCH", one, self._change, _RATE),
                Route("DELETE", one, self._remove, _RATE),
            ]
        return found

    def _scope(self, call: Call) -> str:
        if call["application_id"] != str(self._world.application):
            raise Refusal(403, 20012, "You are not authorized to perform this action on this application")
        guild = call.parameters.get("guild_id", _EVERYWHERE)
        if guild:
            self._access.guild(guild)
        return guild

    def _list(self, call: Call) -> Answer:
        return Answer(self.all(self._scope(call)))

    def _replace(self, call: Call) -> Answer:
        scope = self._scope(call)
        commands = call.body.form
        if not isinstance(commands, list):
            raise Refusal(400, 50035, "Invalid Form Body")
        check_commands(commands)
        old = {(one["type"], one["name"]): one for one in self.all(scope)}
        self._kept[scope] = [
            self._complete(one, scope, old.get((one.get("type", SLASH), one["name"]))) for one in commands
        ]
        self.written += 1
        return Answer(self.all(scope))

    def _complete(self, command: Json, scope: str, old: Json | None) -> Json:
        found: Json = {
            "type": SLASH,
            "description": "",
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            **command,
            "id": old["id"] if old else str(self._ids.next()),
            "application_id": str(self._world.application),
            "version": str(self._ids.next()),
        }
        return found | ({"guild_id": scope} if scope else {})

    def _add(self, call: Call) -> Answer:
        scope = self._scope(call)
        check_command("0", call.form)
        kept = [one for one in self.all(scope) if (one["type"], one["name"]) != _key(call.form)]
        check_commands([*kept, call.form])
        command = self._complete(call.form, scope, None)
        self._kept[scope] = [*kept, command]
        self.written += 1
        return Answer(command, 201)

    def _one(self, call: Call) -> Json:
        for command in self.all(self._scope(call)):
            if command["id"] == call["command_id"]:
                return command
        raise Refusal(404, 10063, "Unknown application command")

    def _get(self, call: Call) -> Answer:
        return Answer(self._one(call))

    def _change(self, call: Call) -> Answer:
        command = self._one(call)
        changed = command | call.form
        check_command("0", changed)
        self.written += 1
        command.update(changed)
        return Answer(command)

    def _remove(self, call: Call) -> Answer:
        command = self._one(call)
        self._kept[self._scope(call)].remove(command)
        self.written += 1
        return NOTHING


def _key(command: Json) -> tuple[int, str]:
    return command.get("type", SLASH), str(command.get("name"))
