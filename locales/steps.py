"""The words of the six steps of a job. Lines and their order are the skill document's templates."""

from __future__ import annotations

import re
from typing import assert_never

from locales.catalogue import Catalogue
from protocol.failures import CHARGED, Alternative, AlternativeTrait, FailureReason
from protocol.models import MODELS, SIZES
from protocol.notices import (
    Acknowledged,
    Adjustment,
    Cancelled,
    CostLine,
    Failed,
    JobNotice,
    OneAtATime,
    Preparing,
    Progress,
    SizeChanged,
    Started,
    Succeeded,
)
from protocol.results import ResultButton
from protocol.subject_names import name_edit, name_subject
from protocol.subjects import find_subject

# The law of step 0: short and warm (the skill document: under 15 words; the conversation page: 20 Han).
MOST_WORDS = 14
MOST_HAN = 20

# A second try is a second payment, which the question must not hide.
_MAYBE_CHARGED = CHARGED | {FailureReason.ANSWER_LOST}

# Where the same request may simply work a second time. After running out of time the first picture may still come.
_WORTH_RETRYING = frozenset(
    {
        FailureReason.CONFIGURATION,
        FailureReason.POINTS_MISMATCH,
        FailureReason.PICTURE_FAILED,
        FailureReason.TASK_FAILED,
        FailureReason.NETWORK,
        FailureReason.RATE_LIMITED,
        FailureReason.GENERIC,
        FailureReason.PRICE_CHANGED,
    }
)

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Chinese typography: a space between Han characters and Latin letters or digits.
_SCRIPT_CHANGE = re.compile(
    r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])",
)


def render_step(notice: JobNotice, catalogue: Catalogue) -> str:
    """The words of one step."""
    text = catalogue.text
    match notice:
        case Acknowledged():
            return _acknowledged(notice, catalogue)
        case Started():
            return _started(notice, catalogue)
        case Progress(percent, waited, maximum, overdue):
            lines = [
                text("progress.title", percent=percent),
                text("progress.waited", waited=waited, maximum=maximum),
            ]
            if overdue:
                lines.append(text("progress.overdue"))
            return "\n".join(lines)
        case Preparing():
            return text("preparing")
        case Succeeded():
            return _succeeded(notice, catalogue)
        case Failed():
            return _failed(notice, catalogue)
        case Cancelled():
            return text("cancelled")
        case _:
            assert_never(notice)


def points_label(points: int, catalogue: Catalogue) -> str:
    """Points as running text and buttons say them (6 积分, 6 pts)."""
    return catalogue.text("points.spoken", count=points)


def alternative_label(alternative: Alternative, catalogue: Catalogue) -> str:
    """The text of a button that takes this alternative."""
    return catalogue.text(
        "alternative.button",
        model=MODELS[alternative.model_id].name,
        size=alternative.size,
        points=points_label(alternative.points, catalogue),
    )


def result_label(button: ResultButton, catalogue: Catalogue) -> str:
    """The text of a button under a finished picture, with its exact points."""
    if button.points is None:
        return catalogue.text("result.button.edit_unpriced")
    points = points_label(button.points, catalogue)
    match button.action:
        case "again":
            return catalogue.text("result.button.again", points=points)
        case "edit":
            return catalogue.text("result.button.edit", points=points)
        case "larger":
            return catalogue.text("result.button.larger", points=points)
        case "other_model":
            model = MODELS[button.model_id].name
            return catalogue.text("result.button.other_model", model=model, points=points)


def picture_description(prompt: str, catalogue: Catalogue) -> str:
    """What a screen reader says of a picture made from this prompt."""
    name = name_subject(prompt)
    if name is None:
        return catalogue.text("picture.alt")
    return catalogue.text("picture.alt_named", name=name.text)


def _acknowledged(notice: Acknowledged, catalogue: Catalogue) -> str:
    emoji = find_subject(notice.prompt).emoji
    suffix = "_ratio" if notice.aspect_ratio else ""
    values = {"emoji": emoji, "ratio": notice.aspect_ratio or ""}
    if notice.editing:
        edit = name_edit(notice.prompt)
        generic = catalogue.text(f"acknowledged.edit{suffix}", **values)
        if edit is None:
            return generic
        named = catalogue.text(f"acknowledged.edit_named{suffix}", edit=edit, **values)
    else:
        name = name_subject(notice.prompt)
        generic = catalogue.text(f"acknowledged.draw{suffix}", **values)
        if name is None:
            return generic
        named = catalogue.text(f"acknowledged.{name.kind}{suffix}", name=name.text, **values)
    # A name in the other script ("来帮你画 a cat") reads badly.
    in_one_script = bool(_HAN.search(generic)) == bool(_HAN.search(notice.prompt))
    return _SCRIPT_CHANGE.sub(" ", named) if in_one_script and is_short(named) else generic


def is_short(line: str) -> bool:
    """Whether a line keeps the law of step 0."""
    return len(line.split()) <= MOST_WORDS and len(_HAN.findall(line)) <= MOST_HAN


def _started(notice: Started, catalogue: Catalogue) -> str:
    text = catalogue.text
    low, high = notice.expected
    model = "started.model_preferred" if notice.preferred else "started.model"
    lines = [
        text("started.title"),
        text(model, model=notice.model_name),
        text("started.expected", low=low, high=high),
        text("started.points", points=text("points", count=notice.points)),
    ]
    if notice.cost_line is not None and notice.cost_line.prices:
        lines.append(_cost_line(notice.cost_line, catalogue))
    lines += [_adjustment(each, catalogue) for each in notice.adjustments]
    return "\n".join(lines)


def _cost_line(line: CostLine, catalogue: Catalogue) -> str:
    cheapest = min(line.prices, key=lambda price: price.points)
    if line.tier == "budget":
        points = points_label(cheapest.points, catalogue)
        return catalogue.text("started.cost_budget", model=line.model_name, size=cheapest.size, points=points)
    most = max(price.points for price in line.prices)
    if most == cheapest.points:
        points = points_label(most, catalogue)
    else:
        points = catalogue.text("points.range", low=cheapest.points, high=most)
    sizes = "/".join(price.size for price in line.prices)
    return catalogue.text(f"started.cost_{line.tier}", model=line.model_name, points=points, sizes=sizes)


def _adjustment(adjustment: Adjustment, catalogue: Catalogue) -> str:
    match adjustment:
        case SizeChanged(asked, used, model_name):
            # A size that no model has is over the largest one; else it is this model that lacks it.
            key = "started.size_lacking" if asked in SIZES else "started.size_over"
            return catalogue.text(key, asked=asked, used=used, model=model_name)
        case OneAtATime():
            return catalogue.text("started.one_at_a_time")
        case _:
            assert_never(adjustment)


def _succeeded(notice: Succeeded, catalogue: Catalogue) -> str:
    text = catalogue.text
    low, high = notice.expected
    lines = [
        text("succeeded.title_late" if notice.late else "succeeded.title"),
        text("succeeded.model", model=notice.model_name),
        text("succeeded.time", low=low, high=high, actual=notice.actual),
        text("succeeded.points", points=text("points", count=notice.points)),
    ]
    match notice.delivery:
        case "picture":
            pass
        case "refitted":
            lines.append(text("succeeded.refitted"))
        case "link":
            lines.append(text("succeeded.link_only"))
        case _:
            assert_never(notice.delivery)
    lines.append(text("succeeded.link", url=notice.url))
    return "\n".join(lines)


def _failed(notice: Failed, catalogue: Catalogue) -> str:
    text = catalogue.text
    reason = text(f"failed.reason.{notice.reason.value}")
    lines = [text("failed.title"), text("failed.reason", reason=reason)]
    if notice.alternatives:
        lines.append(text("failed.alternatives"))
        for each in notice.alternatives:
            lines.append(
                text(
                    "failed.alternative",
                    model=MODELS[each.model_id].name,
                    trait=_trait(each.trait, each.size, catalogue),
                    points=text("points", count=each.points),
                )
            )
    if closing := _closing(notice):
        lines.append(text(closing))
    return "\n".join(lines)


def _trait(trait: AlternativeTrait, size: str, catalogue: Catalogue) -> str:
    match trait:
        case "high_quality" | "faster_cheaper" | "new_price":
            return catalogue.text(f"trait.{trait}")
        case "other_size":
            return catalogue.text("trait.other_size", size=size)
        case _:
            assert_never(trait)


def _closing(notice: Failed) -> str | None:
    """The key of the last line: a link that helps, or the question that fits what is offered."""
    if notice.reason in {FailureReason.UNAUTHORIZED, FailureReason.INSUFFICIENT_POINTS}:
        return f"failed.link.{notice.reason.value}"
    traits = {each.trait for each in notice.alternatives}
    if traits and notice.reason in _MAYBE_CHARGED:
        return "failed.question_again"
    if "new_price" in traits:
        return "failed.question_price"
    if traits - {"other_size"}:
        return "failed.question"
    if traits:
        return "failed.question_size"
    return "failed.retry" if notice.reason in _WORTH_RETRYING else None
