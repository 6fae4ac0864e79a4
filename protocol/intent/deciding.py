"""From the spans that were claimed and the words that remain to one decision."""

from __future__ import annotations

from protocol.decision import Decision, Intent, Language, PreferenceChange
from protocol.intent import answers, commands, editing, questions, requesting, talking
from protocol.intent.facts import Facts
from protocol.intent.filler import is_empty_order, is_nothing
from protocol.intent.normalising import has_han
from protocol.intent.patterns import Pattern
from protocol.intent.spans import Reading
from protocol.intent.tidying import prompt_of
from protocol.intent.unmistakable import unmistakable_command
from protocol.intent.wording import asks, bare, without_ornaments

LONGEST_PROMPT = 4000
_READ = 2000
_HEAD = 800
_SHORT = 12
_RUN = Pattern(r"\s+")
_THIS = Pattern(r"[用拿以把]?(?:这|它)|\b(?:this|that|it|these|them)\b")
_RESIZING = Pattern(
    r"(?:其他|其它|其余|内容|画面)(?:的|都|全)*(?:保持)?不[变动]|画成"
    r"|\bkeep (?:everything|the rest)(?: else)?(?: the same)?\b"
    r"|放大|缩小|提升|提高|升级|裁剪?切?|扩展?|拉伸|\b(?:upscale|enhance|resize|crop|enlarge|expand|extend"
    r"|up)\b"
)


def decide(reading: Reading, facts: Facts, images: int) -> Decision:
    """The decision for a message that has been read."""
    words = bare(reading.seen)
    lang: Language = "zh" if has_han(reading.text) else "en"
    pictured = images > 0 or bool(facts.image_urls)
    view = _View(reading, facts, words, pictured)
    intent = view.intent()
    preference = _preference(
        facts, alone=intent == "set_preference", idle=intent in _IDLE, asked=intent in ("chat", "list_models")
    )
    prompt = None
    if intent in ("generate", "need_image"):
        prompt = prompt_of(reading.text, reading.spans)
        if view.only_settings or not prompt:
            prompt = without_links(reading)
        if len(prompt) > LONGEST_PROMPT:
            intent, prompt = "too_long", None
    change = view.change if intent == "retry" else None
    return Decision(
        intent=intent,
        lang=lang,
        task_type=("image_to_image" if pictured else "text_to_image") if intent == "generate" else None,
        model=facts.model,
        size=facts.size,
        aspect_ratio=facts.aspect_ratio,
        preference=preference,
        notices=facts.notices,
        prompt=prompt,
        image_urls=facts.image_urls,
        count=requesting.count_in(reading.seen[:400]),
        budget=facts.budget,
        recommend=facts.clearing is not None and facts.clearing.value == "recommend",
        affirms=intent == "chat" and answers.affirms(words),
        picks=answers.picked(words),
        names_only_model=(
            intent != "chat" and facts.naming is not None and facts.naming.manner != "always" and view.nothing_left
        ),
        explicit=intent not in _IDLE and view.explicit,
        points_at_picture=intent not in _COMMANDS and view.points,
        change=change,
    )


_COMMANDS: frozenset[Intent] = frozenset(
    {"help", "status", "usage", "show_preference", "list_models", "cancel", "set_preference", "clear_preference"}
)
_IDLE: frozenset[Intent] = frozenset(
    {"chat", "help", "status", "usage", "show_preference", "list_models", "cancel", "retry"}
)


def without_links(reading: Reading) -> str:
    """The text as typed, without the bot's mention and picture links."""
    kept = [span for span in reading.spans if span.meaning in ("mention", "image_link", "command")]
    return prompt_of(reading.text, kept)


def _preference(facts: Facts, *, alone: bool, idle: bool, asked: bool) -> PreferenceChange | None:
    naming = facts.naming
    if naming is not None and naming.manner == "always":
        return None if asked else "save"
    if idle:
        return None
    if naming is None or (naming.kind == "best" and naming.manner in ("switch", "use")):
        return "clear" if naming or facts.clearing else None
    if naming.kind != "cheapest" and (alone or (naming.kind == "name" and naming.manner == "switch")):
        return "save"
    return "clear" if facts.clearing else None


class _View:
    """The questions that the decision asks of a message, each answered once."""

    def __init__(self, reading: Reading, facts: Facts, words: str, pictured: bool) -> None:
        self.facts = facts
        self.words = words
        self.pictured = pictured
        self.asks = asks(without_ornaments(reading.folded[-200:]))
        head = _collapsed(reading.seen[:_READ])[:_HEAD].strip(" \n")
        self.order = requesting.order_in(head)
        self.nothing_left = is_nothing(words)
        self.empty_order = is_empty_order(words)
        self.pointed = editing.points_at_picture(head)
        self.pronoun = editing.points_by_pronoun(head)
        self.change = self._change(words, reading)
        self.polite = requesting.asks_politely(head) or editing.asks_for_change(head)
        self.only_settings = False
        self.reading = reading
        clauses = [clause for clause in _clauses(head) if clause.strip(" \v")]
        self.edit = self._orders_edit(clauses)
        self.head = head

    @property
    def points(self) -> bool:
        """Whether the message is about a picture that is there."""
        return self.pointed or self.edit or (self.pronoun and self.order is None)

    @property
    def explicit(self) -> bool:
        """Whether drawing or editing was asked for in so many words."""
        return self.order is not None or self.edit or self.facts.commanded

    def intent(self) -> Intent:
        """What the message wants."""
        facts, words = self.facts, self.words
        settings = bool(facts.naming or facts.size or facts.aspect_ratio or facts.unsupported_ratio)
        if self._is_setting_edit():
            self.only_settings = True
            return self._drawable(edit=True)
        command = commands.command_in(words)
        if command and not (command == "retry" and ((self.edit and self.pictured) or facts.clearing)):
            return command
        if self.nothing_left and not (self.empty_order and not facts.clearing and not facts.naming):
            return self._nothing_left(settings)
        if self.change is not None and not self.pictured:
            return "retry"
        if (
            self.empty_order
            and not self.edit
            and not editing.praises(words)
            and (self.polite or self.order is not None or not self._is_question())
        ):
            if self.pictured and _THIS.search(words):
                return self._drawable(edit=True)
            return "unsupported_ratio" if facts.unsupported_ratio else "need_prompt"
        if len(self.reading.text) > 2 * LONGEST_PROMPT:
            return "too_long"
        sure = unmistakable_command(words) if not self.edit else None
        if sure and (self.order is None or not talking.describes(self.head)):
            return sure
        if answers.affirms(words) or answers.picked(words) is not None or questions.names_unknown_model(words):
            return "chat"
        if self.edit or (self.pointed and self.order is not None):
            if self._is_edit_talk():
                return "chat"
            return self._drawable(edit=True)
        if facts.commanded:
            return self._drawable(edit=False)
        if self.order is not None:
            return self._ordered(self.order)
        if self.asks and self.polite and self.pointed:
            return self._drawable(edit=True)
        if self._is_talk():
            return "chat"
        if self.pointed and not self.pictured:
            return "need_image"
        return self._drawable(edit=False)

    def _ordered(self, order: requesting.Order) -> Intent:
        """A draw verb stands where an order is given; what is ordered may yet be no picture."""
        if questions.orders_text(self.words) or (not self.pictured and questions.is_errand(self.words)):
            return "chat"
        if requesting.asks_about_drawing(self.head, order):
            return "list_models" if requesting.asks_for_price(self.head) else "chat"
        return self._drawable(edit=False)

    def _is_talk(self) -> bool:
        """Praise of a picture, or talk of anything, where nothing was ordered."""
        words = self.words
        if editing.praises(words) and (self.pointed or len(words) <= _SHORT or not talking.describes(self.head)):
            return True
        if editing.exclaims(words):
            return self.pictured
        if editing.shows_by_words(self.head) or editing.only_points(words):
            return False
        return talking.talks(self.head, words, asks=self.asks, pictured=self.pictured)

    def _nothing_left(self, settings: bool) -> Intent:
        facts = self.facts
        naming = facts.naming
        if facts.naming and not self.polite and (self.asks or self.words.endswith("吗")):
            return "chat"
        if self.words == "" and not settings and not facts.clearing:
            return "need_prompt" if self.pictured or facts.commanded else "chat"
        if facts.unsupported_ratio:
            return "unsupported_ratio"
        if naming:
            if naming.kind == "cheapest" and naming.manner != "always":
                return "need_prompt"
            if naming.manner == "once":
                return "need_prompt"
            if naming.kind == "best" and naming.manner in ("switch", "use"):
                return "clear_preference"
            return "set_preference"
        if facts.clearing:
            return "clear_preference"
        if settings:
            if self.pictured:
                self.only_settings = True
                return "generate"
            return "need_prompt"
        return "chat"

    def _change(self, words: str, reading: Reading) -> str | None:
        span = answers.change_in(words)
        if span is None:
            return None
        found = reading.folded.rfind(words[span[0] : span[1]][:12].split("\v")[0])
        if found < 0:
            return words[span[0] : span[1]]
        return reading.text[found:].strip()

    def _orders_edit(self, clauses: list[str]) -> bool:
        """An edit is ordered first, or after words that describe nothing to draw (太暗了，亮一点)."""
        if not self.pictured and questions.is_errand(self.words):
            return False
        for index, clause in enumerate(clauses[:3]):
            if not self.pictured and self._only_sets(clause) and any(map(self._has_words, clauses[index + 1 :])):
                continue
            if editing.edits(clause):
                if (
                    clause.startswith(("不要", "no ", "without "))
                    and self.order is None
                    and any(map(self._has_words, clauses[index + 1 :]))
                ):
                    continue
                return index == 0 or self.order is None or self.pointed
            only = bare(clause)
            if not (
                is_nothing(only)
                or editing.finds_fault(only)
                or editing.praises(only)
                or self.pointed
                or talking.talks(clause, only, asks=False)
            ):
                return False
        return False

    @staticmethod
    def _only_sets(clause: str) -> bool:
        """改成16:9 as a clause: of a picture that is described beside it, not of one that is there."""
        return "\v" in clause and is_nothing(bare(clause))

    @staticmethod
    def _has_words(clause: str) -> bool:
        only = bare(clause)
        return not is_nothing(only) and not editing.edits(only)

    def _is_question(self) -> bool:
        return self.asks or (self.words.endswith(("吗", "么", "呢")) and not self.words.endswith("什么"))

    def _is_setting_edit(self) -> bool:
        """改成16:9, "make it vertical": a change that names only a size or a ratio."""
        return self.edit and is_nothing(_RESIZING.remove(self.words)) and not self.facts.naming

    def _is_edit_talk(self) -> bool:
        """A question about a picture, and no request."""
        return self.asks and not self.polite and self.order is None

    def _drawable(self, *, edit: bool) -> Intent:
        if self.facts.unsupported_ratio:
            return "unsupported_ratio"
        return "need_image" if edit and not self.pictured else "generate"


def _collapsed(text: str) -> str:
    """Runs of white space as one character each: a consumed span, a line break or a space."""
    return _RUN.compiled.sub(lambda run: "".join(mark for mark in "\v\n" if mark in run[0]) or " ", text)


def _clauses(text: str) -> list[str]:
    parts: list[str] = [""]
    for char in text:
        if char in ",。!?;\n":
            parts.append("")
        else:
            parts[-1] += char
    return parts
