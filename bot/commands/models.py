"""`imabot models`: the live models with their points."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.commands.shell import FAILED, OK, WRONG_USAGE, Surroundings, client, explained, shell_settings

if TYPE_CHECKING:
    from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--api-key", metavar="KEY", help="instead of IMA_API_KEY")
    parser.add_argument("--json", action="store_true", help="a JSON array instead of a table")


def main(arguments: argparse.Namespace) -> int:
    """Print them; 1 where they cannot be read, 2 for settings that are missing or wrong."""
    return run(arguments, Surroundings())


def run(arguments: argparse.Namespace, around: Surroundings) -> int:
    """As `main`, in given surroundings."""
    import asyncio

    from bot.settings import SettingsError
    from ima import ImaError

    try:
        settings = shell_settings(around, arguments.api_key)
        around.result(asyncio.run(_models(settings, around, json=arguments.json)))
    except SettingsError as error:
        for line in error.lines:
            around.say(line)
        return WRONG_USAGE
    except ImaError as error:
        around.say(explained(error))
        return FAILED
    return OK


async def _models(settings: Settings, around: Surroundings, *, json: bool) -> str:
    from bot.commands.listing import as_json, as_table, listed

    async with client(settings, around) as ima:
        models = await listed(ima, ("text_to_image", "image_to_image"))
    return as_json(models) if json else as_table(models)
