"""The words of the replies that start no job."""

from __future__ import annotations

from typing import assert_never

from locales.catalogue import Catalogue
from locales.steps import points_label
from protocol.models import DEFAULT_MODEL, MODELS
from protocol.notices import (
    CancelTooLate,
    Chat,
    Help,
    ModelList,
    ModelPrices,
    NeedImage,
    NeedPrompt,
    NothingToCancel,
    NothingToRetry,
    NotYours,
    OfferClosed,
    PictureReceived,
    PreferenceCleared,
    PreferenceSaved,
    PreferenceShown,
    PricesUnknown,
    ReplyNotice,
    RunningJob,
    SomethingWentWrong,
    StatusShown,
    TooLong,
    TooManyJobs,
    UnsupportedRatio,
    UsageShown,
)


def render_reply(notice: ReplyNotice, catalogue: Catalogue) -> str:  # noqa: C901 (one case a notice)
    """The words of one reply."""
    text = catalogue.text
    match notice:
        case NeedPrompt():
            return text("need_prompt")
        case NeedImage(pictureless=True):
            return text("need_image.pictureless")
        case NeedImage(unseen, gone):
            return text("need_image.unseen" if unseen else "need_image.gone" if gone else "need_image")
        case PictureReceived(count):
            return text("picture_received") if count == 1 else text("pictures_received", count=count)
        case UnsupportedRatio():
            return text("unsupported_ratio")
        case TooLong(maximum):
            return text("too_long", maximum=maximum)
        case Chat():
            return text("chat")
        case Help():
            return text("help", model=MODELS[DEFAULT_MODEL.alternative].name)
        case ModelList():
            return _model_list(notice, catalogue)
        case PricesUnknown():
            return text("prices_unknown")
        case PreferenceSaved(model_name, size):
            return text("preference.saved", model=_sized(model_name, size))
        case PreferenceCleared(default_name, best_name, recommend):
            key = "preference.recommended" if recommend else "preference.cleared"
            return text(key, model=default_name, best=best_name)
        case PreferenceShown(model_name, saved, size):
            key = "preference.shown" if saved else "preference.none"
            return text(key, model=_sized(model_name, size))
        case UsageShown():
            return _usage(notice, catalogue)
        case StatusShown(jobs):
            return "\n".join(_running(job, catalogue) for job in jobs) or text("status.none")
        case TooManyJobs(maximum):
            return text("too_many_jobs", count=maximum)
        case OfferClosed():
            return text("offer_closed")
        case NotYours():
            return text("not_yours")
        case NothingToRetry():
            return text("nothing_to_retry")
        case NothingToCancel():
            return text("nothing_to_cancel")
        case CancelTooLate():
            return text("cancel_too_late")
        case SomethingWentWrong():
            return text("something_went_wrong")
        case _:
            assert_never(notice)


def _sized(model_name: str, size: str | None) -> str:
    return f"{model_name} {size}" if size else model_name


def _model_list(notice: ModelList, catalogue: Catalogue) -> str:
    priced = [model for model in notice.models if model.prices]
    if not priced:
        return catalogue.text("prices_unknown")
    lines = [catalogue.text("models.title"), *(_model_line(model, catalogue) for model in priced)]
    if others := [model for model in priced if not model.default]:
        lines.append(catalogue.text("models.closing", model=others[0].model_name))
    return "\n".join(lines)


def _model_line(model: ModelPrices, catalogue: Catalogue) -> str:
    low, high = model.expected
    prices = catalogue.text("models.separator").join(
        catalogue.text("models.price", size=price.size, points=points_label(price.points, catalogue))
        for price in model.prices
    )
    key = "models.line_default" if model.default else "models.line"
    return catalogue.text(key, model=model.model_name, low=low, high=high, prices=prices)


def _usage(notice: UsageShown, catalogue: Catalogue) -> str:
    if notice.pictures == 0 and notice.points == 0:
        first = catalogue.text("usage.none")
    else:
        pictures = catalogue.text("usage.pictures", count=notice.pictures)
        first = catalogue.text("usage.spent", pictures=pictures, points=points_label(notice.points, catalogue))
    return "\n".join((first, catalogue.text("usage.link")))


def _running(job: RunningJob, catalogue: Catalogue) -> str:
    if job.percent is None:
        return catalogue.text("status.preparing", model=job.model_name)
    key = "status.overdue" if job.waited > job.maximum else "status.running"
    return catalogue.text(key, model=job.model_name, percent=job.percent, waited=job.waited, maximum=job.maximum)
