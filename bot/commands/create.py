"""`imabot create`: one picture from the shell, with the options and the result of the skill document's script."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.shell import (
    FAILED,
    INTERRUPTED,
    OK,
    WRONG_USAGE,
    Failed,
    Surroundings,
    WrongUsage,
    client,
    explained,
    shell_settings,
)

if TYPE_CHECKING:
    from bot.commands.wish import Wish
    from bot.logs import Logs
    from bot.openclaw import Preferences
    from bot.settings import Settings
    from ima import GeneratedPicture, Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--api-key", metavar="KEY", help="instead of IMA_API_KEY (which other users cannot see)")
    parser.add_argument("--task-type", choices=("text_to_image", "image_to_image"), help="default: what fits")
    parser.add_argument("--model-id", metavar="ID", help="default: what --user-id had last, else Nano Banana2")
    parser.add_argument("--prompt", metavar="TEXT", help="what to draw, or what to do with the picture")
    parser.add_argument("--size", metavar="SIZE", help="512px, 1K, 2K or 4K")
    parser.add_argument("--aspect-ratio", metavar="RATIO", help="1:1, 16:9, 9:16, 4:3 or 3:4")
    parser.add_argument("--input-images", nargs="+", metavar="IMAGE", help="https links or local files")
    parser.add_argument("--user-id", metavar="ID", help="whose preference it is; it stays on this machine")
    parser.add_argument("--output-json", action="store_true", help="print the result as JSON")
    parser.add_argument("--list-models", action="store_true", help="list the models with their points, and end")


def main(arguments: argparse.Namespace) -> int:
    """Make the picture: 0 made, 1 failed, 2 wrong usage or settings, 130 interrupted."""
    return run(arguments, Surroundings())


@dataclass(slots=True)
class Stage:
    """How far it is: what has to be said when somebody presses Ctrl-C."""

    task_id: str | None = None
    paying: bool = False
    points: int = 0
    created_at: float | None = None
    logging: bool = False

    def log(self, event: str, **fields: object) -> None:
        """A line in the log file, once there is one."""
        if self.logging:
            import structlog

            structlog.get_logger("create").info(event, task_id=self.task_id, points=self.points, **fields)


def run(arguments: argparse.Namespace, around: Surroundings) -> int:
    """As `main`, in given surroundings."""
    import asyncio

    from bot.settings import SettingsError
    from ima import ImaError

    stage = Stage()
    logs: Logs | None = None
    try:
        settings = shell_settings(around, arguments.api_key)
        logs = _logs(settings, around)
        stage.logging = True
        asyncio.run(_run(arguments, settings, around, stage))
    except SettingsError as error:
        for line in error.lines:
            around.say(line)
        return WRONG_USAGE
    except WrongUsage as error:
        around.say(str(error))
        return WRONG_USAGE
    except Failed as error:
        around.say(str(error))
        return FAILED
    except ImaError as error:
        around.say(explained(error))
        stage.log("failed", why=str(error), charged=error.charged)
        return FAILED
    except KeyboardInterrupt:
        around.say(_interrupted(stage))
        stage.log("interrupted", paying=stage.paying)
        return INTERRUPTED
    finally:
        if logs is not None:
            logs.close()
    return OK


def _interrupted(stage: Stage) -> str:
    if stage.task_id is not None:
        return f"stopped waiting. Task {stage.task_id} goes on without you: {stage.points} points were charged for it."
    if stage.paying:
        return f"stopped before a confirmation came: {stage.points} points may have been charged."
    return "stopped; nothing was charged."


async def _run(arguments: argparse.Namespace, settings: Settings, around: Surroundings, stage: Stage) -> None:
    from bot.commands.listing import as_json, as_table, listed
    from bot.commands.wish import read_wish, task_type_of
    from bot.openclaw import Preferences
    from bot.settings import is_loopback_url

    if arguments.list_models:
        async with client(settings, around) as ima:
            models = await listed(ima, (task_type_of(arguments),))
        around.result(as_json(models) if arguments.output_json else as_table(models))
        return
    wish = read_wish(arguments, loopback=is_loopback_url(settings.ima.base_url))
    preferences = Preferences(around.home, around.clock, around.say)
    model_id = wish.model_id or _preferred(wish, preferences, around)
    picture = await _make(wish, model_id, settings, around, stage)
    if arguments.output_json:
        around.result(json.dumps(_result(picture), ensure_ascii=False))
    else:
        around.result(f"{picture.model_name}, {picture.points} points\n{picture.url}")
    _remember(wish, picture, preferences, around)


def _preferred(wish: Wish, preferences: Preferences, around: Surroundings) -> str:
    from bot.openclaw import PreferencesError
    from protocol.models import DEFAULT_MODEL, MODELS

    if wish.user is None:
        return DEFAULT_MODEL.model_id
    try:
        found = preferences.model_of(wish.user, wish.task_type)
    except PreferencesError as error:
        around.say(f"warning: {error}; the usual model is taken")
        return DEFAULT_MODEL.model_id
    return found if found in MODELS else DEFAULT_MODEL.model_id


async def _make(wish: Wish, model_id: str, settings: Settings, around: Surroundings, stage: Stage) -> GeneratedPicture:
    from bot.commands.bar import bar_line, drawing
    from protocol.models import MODELS

    card = MODELS[model_id]
    images = [_loaded(each) if isinstance(each, Path) else each for each in wish.images]

    def follow(progress: Progress) -> None:
        stage.points = progress.selection.points
        match progress.stage:
            case "selected":
                if progress.selection.size_changed_from is not None:
                    asked, used = progress.selection.size_changed_from, progress.selection.size
                    around.say(f"{card.name} has no {asked}; {used} it is.")
                stage.paying = not images
            case "uploaded":
                stage.paying = True
            case "created":
                stage.task_id, stage.created_at = progress.task_id, around.monotonic()
                stage.log("created")
            case "waiting":
                pass

    def line(columns: int) -> str:
        if stage.created_at is None:
            return f"preparing {card.name}…"[:columns]
        return bar_line(around.monotonic() - stage.created_at, card.expected[1], columns)

    stage.log("asked", model_id=model_id, size=wish.size, images=len(images), prompt=wish.prompt)
    async with client(settings, around) as ima, drawing(around.messages, line):
        picture = await ima.generate(
            wish.prompt,
            model_id=model_id,
            size=wish.size,
            aspect_ratio=wish.aspect_ratio,
            images=images,
            expected_seconds=card.expected,
            on_progress=follow,
        )
    stage.log("made")
    return picture


def _loaded(path: Path) -> bytes:
    """A local picture, ready to be passed on: checked, within bounds, without metadata. Raises `Failed`."""
    from bot.jobs.pictures import LARGEST_INPUT, LARGEST_UPLOAD, LONGEST_UPLOAD_SIDE
    from bot.media.fitting import clean
    from bot.media.pictures import NotAPicture, PictureTooLarge

    try:
        if path.stat().st_size > LARGEST_INPUT:
            raise Failed(f"{path} is too large: at most {LARGEST_INPUT // 1024 // 1024} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return clean(data, largest_bytes=LARGEST_UPLOAD, longest_side=LONGEST_UPLOAD_SIDE).data
    except NotAPicture as error:
        raise Failed(f"{path} cannot be opened: {error}.") from error
    except PictureTooLarge as error:
        raise Failed(f"{path} is too large: {error}.") from error


def _result(picture: GeneratedPicture) -> dict[str, str | int]:
    """The object that the skill document's script printed."""
    return {
        "task_id": picture.task_id,
        "url": picture.url,
        "cover_url": picture.cover_url,
        "model_id": picture.model_id,
        "model_name": picture.model_name,
        "credit": picture.points,
    }


def _remember(wish: Wish, picture: GeneratedPicture, preferences: Preferences, around: Surroundings) -> None:
    """The picture is there and paid: a preference that cannot be saved is a warning, nothing more."""
    from bot.openclaw import PreferencesError, Used

    if wish.user is None:
        return
    try:
        preferences.save(wish.user, wish.task_type, Used(picture.model_id, picture.model_name, picture.points))
    except PreferencesError as error:
        around.say(f"warning: the preference was not saved: {error}")


def _logs(settings: Settings, around: Surroundings) -> Logs:
    """Logs in the script's own folder, and nowhere else; a folder that cannot be written to stops nothing."""
    from bot.logs import LogFolderError, configure_logging
    from bot.openclaw import logs_folder

    folder = logs_folder(around.home)
    try:
        return configure_logging(
            log_format="json",
            folder=folder,
            secrets=settings.secrets,
            to_stderr=False,
            old_files="*.log",
            clock=around.clock,
        )
    except LogFolderError:
        return configure_logging(to_stderr=False)
