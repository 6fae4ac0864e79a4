"""Every notice that can be told, in every variant that has words of its own.

`python -m tests.locales.examples` writes the messages beside this file anew, to be read and committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, get_args

from locales import Locales
from protocol.decision import AspectRatio, Size
from protocol.failures import WITHOUT_ALTERNATIVES, Alternative, AlternativeTrait, FailureReason
from protocol.models import NANO_BANANA_2, NANO_BANANA_PRO
from protocol.notices import (
    Acknowledged,
    Cancelled,
    CancelTooLate,
    Chat,
    CostLine,
    Failed,
    Help,
    ModelList,
    ModelPrices,
    NeedImage,
    NeedPrompt,
    NothingToCancel,
    NothingToRetry,
    Notice,
    NotYours,
    OfferClosed,
    OneAtATime,
    PictureReceived,
    PreferenceCleared,
    PreferenceSaved,
    PreferenceShown,
    Preparing,
    PricesUnknown,
    Progress,
    RunningJob,
    SizeChanged,
    SomethingWentWrong,
    Started,
    StatusShown,
    Succeeded,
    TooLong,
    TooManyJobs,
    UnsupportedRatio,
    UsageShown,
)
from protocol.quote import Price
from protocol.results import ResultButton

BANANA_2 = "gemini-3.1-flash-image"
BANANA_PRO = "gemini-3-pro-image"
URL = "https://pictures.example/cat.png"

Sized = tuple[Size, int]
Delivery = Literal["picture", "refitted", "link"]


def _prices(model: str, *sized: Sized) -> tuple[Price, ...]:
    return tuple(Price(model, size, points) for size, points in sized)


PRICES_2 = _prices(BANANA_2, ("512px", 4), ("1K", 6), ("2K", 10), ("4K", 13))
PRICES_PRO = _prices(BANANA_PRO, ("1K", 10), ("2K", 10), ("4K", 18))
PRO_AT_1K = Alternative(BANANA_PRO, "1K", 10, "high_quality")
SMALLER = Alternative(BANANA_2, "512px", 4, "other_size")
CHEAPER = Alternative(BANANA_2, "1K", 6, "faster_cheaper")
DEARER = Alternative(BANANA_2, "1K", 8, "new_price")
EVERY_ALTERNATIVE = (PRO_AT_1K, SMALLER, CHEAPER, DEARER)

PROMPTS = {
    "a cat": "一只猫",
    "a cat wearing sunglasses": "画一只戴墨镜的猫",
    "sunset over the ocean": "雪山日出",
    "a landscape photo": "风景照",
    "draw my dog": "画我的狗",
    "iPhone poster": "iPhone海报",
    "a city in which each house stands on the back of a wise old turtle": "巨型乌龟背上的城市里的吊脚楼和木栈道",
    "🙂": "😀",
}
EDITS = {
    "make it darker": "把背景换成海边",
    "turn this photo into an oil painting": "变成油画风格",
    "same pose but a robot": "再亮一点",
}
RATIO: AspectRatio = "16:9"


def _acknowledgements(lang: str) -> Iterator[Acknowledged]:
    for (english, chinese), ratio in product(PROMPTS.items(), (None, RATIO)):
        yield Acknowledged(chinese if lang == "zh" else english, editing=False, aspect_ratio=ratio)
    for (english, chinese), ratio in product(EDITS.items(), (None, RATIO)):
        yield Acknowledged(chinese if lang == "zh" else english, editing=True, aspect_ratio=ratio)
    yield Acknowledged("a cat" if lang == "zh" else "一只猫", editing=False)


def _steps() -> Iterator[Notice]:
    yield Started("Nano Banana2", (20, 40), 6, cost_line=CostLine("balanced", "Nano Banana2", PRICES_2))
    yield Started("Nano Banana Pro", (60, 120), 10, cost_line=CostLine("premium", "Nano Banana Pro", PRICES_PRO))
    yield Started("Nano Banana Pro", (60, 120), 10, cost_line=CostLine("premium", "Nano Banana Pro", PRICES_PRO[:2]))
    yield Started("Nano Banana2", (20, 40), 4, cost_line=CostLine("budget", "Nano Banana2", PRICES_2[:1]))
    yield Started("Nano Banana2", (20, 40), 1, cost_line=CostLine("budget", "Nano Banana2", ()))
    yield Started("Nano Banana Pro", (60, 120), 18, preferred=True)
    yield Started("Nano Banana2", (20, 40), 13, adjustments=(SizeChanged("8K", "4K", "Nano Banana2"), OneAtATime(3)))
    yield Started("Nano Banana Pro", (60, 120), 10, adjustments=(SizeChanged("512px", "1K", "Nano Banana Pro"),))
    yield Preparing()
    yield Progress(50, 20, 40, overdue=False)
    yield Progress(95, 65, 40, overdue=True)
    deliveries: tuple[Delivery, ...] = ("picture", "refitted", "link")
    for delivery, late in product(deliveries, (False, True)):
        yield Succeeded("Nano Banana2", (20, 40), 27, 6, URL, delivery, late)
    yield Cancelled()


def _failures() -> Iterator[Failed]:
    for reason in FailureReason:
        yield Failed(reason)
        if reason not in WITHOUT_ALTERNATIVES:
            yield Failed(reason, (PRO_AT_1K, SMALLER))
    yield Failed(FailureReason.TIMED_OUT, (CHEAPER,))
    yield Failed(FailureReason.TIMED_OUT, (SMALLER,))
    yield Failed(FailureReason.PRICE_CHANGED, (DEARER, PRO_AT_1K))


def _replies() -> Iterator[Notice]:
    yield from (
        NeedPrompt(),
        NeedImage(),
        NeedImage(unseen=True),
        NeedImage(gone=True),
        NeedImage(pictureless=True),
        PictureReceived(),
        PictureReceived(3),
        UnsupportedRatio(),
        TooLong(4000),
        Chat(),
        Help(),
    )
    model_2 = ModelPrices("Nano Banana2", (20, 40), PRICES_2, default=True)
    model_pro = ModelPrices("Nano Banana Pro", (60, 120), PRICES_PRO, default=False)
    yield ModelList((model_2, model_pro))
    yield ModelList((model_2,))
    yield ModelList(())
    yield PricesUnknown()
    yield PreferenceSaved("Nano Banana Pro")
    yield PreferenceSaved("Nano Banana2", "512px")
    yield PreferenceCleared("Nano Banana2", "Nano Banana Pro")
    yield PreferenceCleared("Nano Banana2", "Nano Banana Pro", recommend=True)
    yield PreferenceShown("Nano Banana2", saved=False)
    yield PreferenceShown("Nano Banana Pro", saved=True)
    yield PreferenceShown("Nano Banana2", saved=True, size="512px")
    yield UsageShown(0, 0)
    yield UsageShown(1, 1)
    yield UsageShown(12, 97)
    yield StatusShown()
    yield StatusShown((RunningJob("Nano Banana2", 50, 20, 40), RunningJob("Nano Banana Pro", None, 0, 120)))
    yield StatusShown((RunningJob("Nano Banana2", 95, 65, 40),))
    yield TooManyJobs(1)
    yield TooManyJobs(2)
    yield from (
        OfferClosed(),
        NotYours(),
        NothingToRetry(),
        NothingToCancel(),
        CancelTooLate(),
        SomethingWentWrong(),
    )


def every_notice(lang: str) -> Iterator[Notice]:
    """Every notice with its variants; the prompts are in the user's language."""
    yield from _acknowledgements(lang)
    yield from _steps()
    yield from _failures()
    yield from _replies()


EVERY_RESULT_BUTTON = (
    ResultButton("again", NANO_BANANA_2.model_id, "1K", 6),
    ResultButton("edit", NANO_BANANA_2.model_id, "1K", 7),
    ResultButton("edit", NANO_BANANA_2.model_id, "1K", None),
    ResultButton("larger", NANO_BANANA_2.model_id, "4K", 13),
    ResultButton("other_model", NANO_BANANA_PRO.model_id, "1K", 10),
)


def every_message(locales: Locales, lang: str) -> Iterator[tuple[str, str]]:
    """What it is, and its words: every notice, button and description."""
    for notice in every_notice(lang):
        yield repr(notice), locales.render(notice, lang)
    for alternative in EVERY_ALTERNATIVE:
        yield f"button: {alternative!r}", locales.alternative_label(alternative, lang)
    for button in EVERY_RESULT_BUTTON:
        yield f"button: {button!r}", locales.result_label(button, lang)
    for english, chinese in PROMPTS.items():
        prompt = chinese if lang == "zh" else english
        yield f"description: {prompt}", locales.picture_description(prompt, lang)


def every_trait() -> set[str]:
    """All traits that an alternative may have."""
    trait, other = get_args(AlternativeTrait)
    return {*get_args(trait), *get_args(other)}


def page_of_messages(locales: Locales, lang: str) -> str:
    """All messages of a language as one text to read."""
    return "\n".join(f"--- {what}\n{words}\n" for what, words in every_message(locales, lang))


def snapshot(lang: str) -> Path:
    """Where the messages of a language are kept."""
    return Path(__file__).with_name(f"messages.{lang}.txt")


if __name__ == "__main__":
    loaded = Locales.load()
    for language in loaded.languages:
        snapshot(language).write_text(page_of_messages(loaded, language), encoding="utf-8")
