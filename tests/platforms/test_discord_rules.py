"""The local Discord's forms: commands, components, modals, permissions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.platforms.discord.basics import Refusal
from tests.platforms.discord.command_rules import check_commands
from tests.platforms.discord.component_rules import check_components, check_modal
from tests.platforms.discord.permissions import EVERYONE, bit, bits, in_channel
from tests.platforms.discord.views import unfurling
from tests.platforms.discord.world import Channel, Guild, Member, Overwrite, Role, User

Json = dict[str, Any]


def command(**more: Any) -> Json:
    """A slash command."""
    return {"name": "draw", "description": "Draw", **more}


def option(**more: Any) -> Json:
    """An option of one."""
    return {"type": 3, "name": "prompt", "description": "What", **more}


LONG = [{"name": f"{number:0100}", "value": f"{number:0100}"} for number in range(25)]


@pytest.mark.parametrize(
    "commands",
    [
        [],
        [command(), {"name": "Edit this picture", "type": 3}, {"name": "draw", "type": 3}],
        [command(name="画", name_localizations={"zh-CN": "画图", "zh-TW": "畫圖"})],
        [command(options=[option(required=True), option(name="b", autocomplete=True)])],
        [command(options=[option(choices=[{"name": "1K (4 points)", "value": "1k"}])])],
    ],
)
def test_good_commands_pass(commands: list[Json]) -> None:
    """In any script, with menus beside."""
    check_commands(commands)


@pytest.mark.parametrize(
    "commands",
    [
        [command(name="Draw")],
        [command(name="draw it")],
        [command(name="d" * 33)],
        [command(description="")],
        [command(description="d" * 101)],
        [command(), command()],
        [command(name_localizations={"zh": "画"})],
        [command(name_localizations={"zh-CN": "画 图"})],
        [command(description_localizations={"zh-CN": "画" * 101})],
        [command(options=[option(), option()])],
        [command(options=[option(name_localizations={"zh-CN": "b"}), option(name="b")])],
        [command(options=[option(), option(name="b", required=True)])],
        [command(options=[option(name=f"o{number}") for number in range(26)])],
        [command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "a"}])])],
        [command(options=[option(type=11, autocomplete=True)])],
        [command(options=[option(choices=[{"name": "a", "value": 1}])])],
        [command(options=[option(choices=[{"name": "a", "value": "a"}] * 2)])],
        [command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])],
        [command(options=[option(name=f"o{number}", choices=LONG) for number in range(4)])],
        [{"name": "Edit", "type": 3, "description": "no"}],
        [{"name": f"menu {number}", "type": 3} for number in range(6)],
        [command(name=f"c{number}") for number in range(101)],
    ],
)
def test_bad_commands_are_refused(commands: list[Json]) -> None:
    """Each for one reason."""
    with pytest.raises(Refusal) as caught:
        check_commands(commands)
    assert caught.value.code == 50035


def button(**more: Any) -> Json:
    """A button."""
    return {"type": 2, "style": 1, "label": "Again", "custom_id": "again", **more}


def row(*inside: Json) -> Json:
    """A row of components."""
    return {"type": 1, "components": list(inside)}


def rows(number: int, width: int = 1) -> list[Json]:
    """Rows of buttons."""
    return [row(*(button(custom_id=f"{y}:{x}") for x in range(width))) for y in range(number)]


def test_five_rows_of_five_buttons_pass() -> None:
    """The most that there can be."""
    check_components(rows(5, 5), v2=False)
    check_components([row(button(style=5, custom_id=None, url="https://example.org"))], v2=False)
    check_components([row(button(label=None, emoji={"name": "🎨"}))], v2=False)


@pytest.mark.parametrize(
    "components",
    [
        rows(6),
        rows(1, 6),
        [row()],
        [button()],
        [row(button(), button())],
        [row(button(label="x" * 81))],
        [row(button(label=None))],
        [row(button(custom_id="x" * 101))],
        [row(button(custom_id=None))],
        [row(button(url="https://example.org"))],
        [row(button(style=5, url="https://example.org"))],
        [row(button(style=9))],
        [row({"type": 4, "custom_id": "a", "label": "a", "style": 1})],
        [row({"type": 3, "custom_id": "s", "options": []})],
        [row({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]}, button())],
        [{"type": 10, "content": "text"}],
    ],
)
def test_bad_components_are_refused(components: list[Json]) -> None:
    """Too many, too long, doubled, or in the wrong place."""
    with pytest.raises(Refusal):
        check_components(components, v2=False)


def test_the_newer_components_have_limits_of_their_own() -> None:
    """40 in all, 4,000 characters of text."""
    text = {"type": 10, "content": "x" * 2000}
    check_components([{"type": 17, "components": [text, row(button())]}], v2=True)
    with pytest.raises(Refusal):
        check_components([{"type": 17, "components": [text] * 3}], v2=True)
    with pytest.raises(Refusal):
        check_components([{"type": 17, "components": [{"type": 14}] * 40}], v2=True)


def field(**more: Any) -> Json:
    """A field of a modal."""
    return {"type": 4, "custom_id": "how", "label": "How?", "style": 1, **more}


@pytest.mark.parametrize(
    "modal",
    [
        {"title": "", "custom_id": "m", "components": [row(field())]},
        {"title": "t" * 46, "custom_id": "m", "components": [row(field())]},
        {"title": "t", "custom_id": "m", "components": []},
        {"title": "t", "custom_id": "m", "components": [row(field())] * 6},
        {"title": "t", "custom_id": "m", "components": [row(field(), field(custom_id="b"))]},
        {"title": "t", "custom_id": "m", "components": [row(field()), row(field())]},
        {"title": "t", "custom_id": "m", "components": [row(field(label="l" * 46))]},
        {"title": "t", "custom_id": "m", "components": [row(field(value="abc", max_length=2))]},
        {"title": "t", "custom_id": "m", "components": [row(field(placeholder="p" * 101))]},
        {"title": "t", "custom_id": "m", "components": [row(button())]},
    ],
)
def test_bad_modals_are_refused(modal: Json) -> None:
    """Title, number of fields, labels, values."""
    with pytest.raises(Refusal):
        check_modal(modal)


def test_a_good_modal_passes() -> None:
    """In the older form and in the newer."""
    check_modal({"title": "t", "custom_id": "m", "components": [row(field())]})
    labelled = {"type": 18, "label": "How?", "component": field(label=None)}
    check_modal({"title": "t", "custom_id": "m", "components": [labelled]})


def test_permissions_come_from_roles_and_then_from_the_channel() -> None:
    """Everybody's overwrite, then the roles', then the member's own; without seeing there is nothing."""
    owner, ann = User(1, "owner"), User(2, "ann")
    guild = Guild(10, "g", owner, {10: Role(10, "@everyone", EVERYONE), 11: Role(11, "r", 0)})
    member = Member(ann, "", [11])
    channel = Channel(20, 0, "c", guild)
    assert in_channel(channel, member) == EVERYONE
    assert in_channel(channel, Member(owner, "")) & bit("manage_guild")
    channel.overwrites[10] = Overwrite(of_member=False, deny=bits(["attach_files", "send_messages"]))
    assert not in_channel(channel, member) & bit("attach_files")
    channel.overwrites[11] = Overwrite(of_member=False, allow=bits(["send_messages"]))
    assert in_channel(channel, member) & bit("send_messages")
    channel.overwrites[2] = Overwrite(of_member=True, deny=bits(["view_channel"]))
    assert in_channel(channel, member) == 0


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/x.png.", ("https://a.example/x.png",)),
        ("[here](https://a.example)", ("https://a.example",)),
        ("<https://a.example> `https://a.example` ```https://a.example```", ()),
        ("[here](<https://a.example>)", ()),
    ],
)
def test_links_unfurl_unless_they_are_wrapped(text: str, links: tuple[str, ...]) -> None:
    """As clients show them."""
    assert unfurling(text) == links
