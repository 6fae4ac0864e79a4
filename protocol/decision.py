"""What a message was understood to mean: the result of `protocol.intent.understand`.

The first nine fields are the decision proper (the intent page: decision). The others are what the
conversation rules need to know about the wording, so that nothing downstream reads the text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Intent: TypeAlias = Literal[
    "generate",
    "need_prompt",
    "need_image",
    "unsupported_ratio",
    "too_long",
    "set_preference",
    "clear_preference",
    "show_preference",
    "list_models",
    "help",
    "retry",
    "cancel",
    "status",
    "usage",
    "chat",
]
Language: TypeAlias = str
"""A language's code, as its catalogue is called. The words of a message tell only `zh` and `en`."""

TaskType: TypeAlias = Literal["text_to_image", "image_to_image"]
ModelId: TypeAlias = str
Size: TypeAlias = Literal["512px", "1K", "2K", "4K"]
AspectRatio: TypeAlias = Literal["1:1", "16:9", "9:16", "4:3", "3:4"]
PreferenceChange: TypeAlias = Literal["save", "clear"]
NoticeName: TypeAlias = Literal["size_8k"]

DecisionJson: TypeAlias = dict[str, str | list[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One message's meaning. Only `generate` (and a `retry` that has something to retry) spends credits."""

    intent: Intent
    lang: Language
    task_type: TaskType | None = None
    """Set for `generate` only."""
    model: ModelId | None = None
    """The model that was named; None: none was."""
    size: Size | None = None
    aspect_ratio: AspectRatio | None = None
    preference: PreferenceChange | None = None
    """`save` goes with `model`; `clear` forgets the saved one."""
    notices: tuple[NoticeName, ...] = ()
    """`size_8k`: more than 4K was asked for, 4K is used."""
    prompt: str | None = None
    """The words to draw from, for `generate` and `need_image`."""

    image_urls: tuple[str, ...] = ()
    """Links to pictures that stood in the text, in order; they are not part of the prompt."""
    count: int = 1
    """How many pictures were asked for; one is made at a time."""
    budget: bool = False
    """The size came with a word for the cheapest, not from a size that was named."""
    recommend: bool = False
    """A recommendation was asked for (推荐一个)."""
    affirms: bool = False
    """The whole message is a yes (好, ok): it accepts an open offer."""
    picks: int | None = None
    """The whole message picks the n-th alternative of an open offer, counted from 1."""
    names_only_model: bool = False
    """Nothing but a model was named: while an offer is open it picks that alternative."""
    explicit: bool = False
    """A request to draw or edit in so many words, not a mere description: what counts where the bot was
    not addressed."""
    points_at_picture: bool = False
    """It speaks of a picture that is already there (it, 它, 这张, 刚才那张)."""
    change: str | None = None
    """For `retry`: the words that change the last request (再来一张但是白天的)."""

    def to_json(self) -> DecisionJson:
        """The nine fields of the decision proper, under their own names."""
        return {
            "intent": self.intent,
            "lang": self.lang,
            "task_type": self.task_type,
            "model": self.model,
            "size": self.size,
            "aspect_ratio": self.aspect_ratio,
            "preference": self.preference,
            "notices": list(self.notices),
            "prompt": self.prompt,
        }
