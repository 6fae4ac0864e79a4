"""What the guide for admins says of Discord is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from adapters.discord.permissions import INVITED, USED
from bot.settings.values import NAMES

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")
_CODE = re.compile(r"`([^`\n]+)`")


def rows(heading: str) -> list[str]:
    """The first cells of the table under a heading."""
    after = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in after.splitlines() if line.startswith("|")][2:]
    return [line.split("|")[1].strip() for line in lines]


def test_the_address_of_the_invitation_asks_for_what_is_used() -> None:
    assert re.findall(r"permissions=(\d+)", GUIDE) == [str(INVITED)]
    asked_for = "\n".join(rows("2. Invite it"))
    for permission in USED:
        assert permission.label in asked_for.replace("View Channels", "View Channel")


def test_every_line_that_it_explains_is_said_somewhere() -> None:
    said = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "adapters" / "discord").glob("*.py")))
    explained = [line for cell in rows("What may go wrong") for line in _CODE.findall(cell) if " " in line]
    assert len(explained) > 6
    assert [line for line in explained if line not in said] == []


def test_every_setting_that_it_names_exists() -> None:
    named = {name for code in _CODE.findall(GUIDE) for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b|\bADMINS\b", code)}
    assert named - {"APPLICATION_ID"} <= set(NAMES)
    assert {name for name in NAMES if name.startswith("DISCORD_")} - named <= {"DISCORD_API_URL"}
