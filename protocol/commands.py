"""A command with named options, where a platform has such: the same decisions as for words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from protocol.decision import AspectRatio, Decision, Intent, Size
from protocol.intent import understand


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw this. The options win over what the words say."""

    prompt: str
    model_id: str | None = None
    size: Size | None = None
    aspect_ratio: AspectRatio | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Change the finished picture of a job, at the points that its button named (0: none)."""

    prompt: str
    job_id: str
    points: int


@dataclass(frozen=True, slots=True)
class Prefer:
    """Remember a model; None forgets it."""

    model_id: str | None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for one of the things that need no options."""

    about: Literal["models", "preference", "usage", "help"]


Command: TypeAlias = Draw | Edit | Prefer | Ask

_ASKED: dict[str, Intent] = {
    "models": "list_models",
    "preference": "show_preference",
    "usage": "usage",
    "help": "help",
}


def decision_of(command: Command, images: int) -> Decision:
    """What a command means. Its language is that of the person's client, which the conversation knows."""
    match command:
        case Draw():
            return _draw(command, images)
        case Edit(prompt):
            return _draw(Draw(prompt), max(images, 1))
        case Prefer(None):
            return Decision(intent="clear_preference", lang="en", preference="clear", explicit=True)
        case Prefer(model_id):
            return Decision(intent="set_preference", lang="en", model=model_id, preference="save", explicit=True)
        case Ask(about):
            return Decision(intent=_ASKED[about], lang="en", explicit=True)


def _draw(command: Draw, images: int) -> Decision:
    """Who uses the command wants a picture, whatever the words look like; a refusal of the parser stands."""
    read = understand(command.prompt, images)
    refused = read.intent == "unsupported_ratio" and command.aspect_ratio is None
    if refused or read.intent in ("too_long", "need_image", "generate"):
        decision = read
    else:
        words = command.prompt.strip()
        pictured = images > 0 or bool(read.image_urls)
        decision = replace(
            read,
            intent="generate" if words else "need_prompt",
            task_type=("image_to_image" if pictured else "text_to_image") if words else None,
            prompt=words or None,
            preference=None,
        )
    return replace(
        decision,
        model=command.model_id or decision.model,
        size=command.size or decision.size,
        budget=decision.budget and command.size is None,
        notices=() if command.size is not None else decision.notices,
        aspect_ratio=command.aspect_ratio or decision.aspect_ratio,
        explicit=True,
    )
