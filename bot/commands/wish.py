"""What `imabot create` was asked for, checked before anything is spent."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from bot.commands.shell import WrongUsage
from protocol.conversation import LONGEST_PROMPT
from protocol.decision import AspectRatio, TaskType
from protocol.models import MODELS

# 8K and the like are understood, and answered with the largest size there is (the skill document: 8K).
SIZES = ("512", "512px", "1k", "2k", "4k", "8k")
RATIOS: tuple[str, ...] = get_args(AspectRatio)


@dataclass(frozen=True, slots=True)
class Wish:
    """One picture. `model_id` is None where the preference or the default decides; an image is a link or a file."""

    task_type: TaskType
    prompt: str
    model_id: str | None
    size: str | None
    aspect_ratio: str | None
    images: tuple[str | Path, ...]
    user: str | None


def task_type_of(arguments: argparse.Namespace) -> TaskType:
    """The kind that was named, else the one that fits."""
    if arguments.task_type is not None:
        return "image_to_image" if arguments.task_type == "image_to_image" else "text_to_image"
    return "image_to_image" if arguments.input_images else "text_to_image"


def read_wish(arguments: argparse.Namespace, *, loopback: bool) -> Wish:
    """The wish in the options. Raises `WrongUsage`; `loopback` says that links to this machine are fine."""
    prompt = (arguments.prompt or "").strip()
    if not prompt:
        raise WrongUsage("--prompt is missing: say what to draw.")
    if len(prompt) > LONGEST_PROMPT:
        raise WrongUsage(f"--prompt is too long: at most {LONGEST_PROMPT} characters.")
    task_type = task_type_of(arguments)
    given = [*dict.fromkeys(arguments.input_images or ())]
    if task_type == "image_to_image" and not given:
        raise WrongUsage("--input-images is missing: image_to_image needs a picture to start from.")
    if task_type == "text_to_image" and given:
        raise WrongUsage("--input-images goes with --task-type image_to_image.")
    if arguments.model_id is not None and arguments.model_id not in MODELS:
        raise WrongUsage(f"--model-id must be {' or '.join(MODELS)}, not {arguments.model_id!r}.")
    if arguments.size is not None and arguments.size.strip().lower() not in SIZES:
        raise WrongUsage(f"--size must be 512px, 1K, 2K or 4K, not {arguments.size!r}.")
    if arguments.aspect_ratio is not None and arguments.aspect_ratio not in RATIOS:
        raise WrongUsage(f"--aspect-ratio must be one of {', '.join(RATIOS)}, not {arguments.aspect_ratio!r}.")
    return Wish(
        task_type=task_type,
        prompt=prompt,
        model_id=arguments.model_id,
        size=_size(arguments.size),
        aspect_ratio=arguments.aspect_ratio,
        images=tuple(_image(each, loopback=loopback) for each in given),
        user=arguments.user_id or None,
    )


def _size(given: str | None) -> str | None:
    if given is None:
        return None
    size = given.strip().lower()
    return "512px" if size.startswith("512") else size.upper()


def _image(given: str, *, loopback: bool) -> str | Path:
    from bot.settings.parse import is_loopback

    parts = urlsplit(given)
    if parts.scheme in {"http", "https"}:
        if parts.scheme == "http" and not (loopback and is_loopback(parts.hostname or "")):
            raise WrongUsage(f"{given}: only links that start with https:// can be fetched.")
        return given
    path = Path(given).expanduser()
    if not path.is_file():
        raise WrongUsage(f"{given}: there is no such file.")
    return path
