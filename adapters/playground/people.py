"""Who is here: several people, each with a private chat with the bot, and one group of all."""

from __future__ import annotations

from dataclasses import dataclass

PLATFORM = "playground"
BOT = "bot"
GROUP = "group"
PRIVATE = "private-"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people to switch between. The name is among the page's words, under `word`."""

    id: str

    @property
    def word(self) -> str:
        """The key of the name."""
        return f"page.person_{self.id}"

    @property
    def private(self) -> str:
        """The private chat with the bot."""
        return PRIVATE + self.id


PEOPLE = (Person("mei"), Person("tom"), Person("jie"), Person("lena"))
CONVERSATIONS = (*(person.private for person in PEOPLE), GROUP)


def is_private(conversation: str) -> bool:
    """Whether only one person and the bot are in it."""
    return conversation != GROUP


def takes_part(user: str, conversation: str) -> bool:
    """Whether that person may speak there."""
    return any(person.id == user and conversation in (GROUP, person.private) for person in PEOPLE)
