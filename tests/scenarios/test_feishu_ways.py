"""Every way to ask in Feishu, wherever it is asked, in both languages, with cards and without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from protocol.decision import Language
from tests.platforms.feishu_server import Chat, Message, Person, Shown
from tests.scenarios.feishu_house import FeishuHouse, code, feishu_house, named, pinged, words
from tests.scenarios.test_pictures import opened, png

PLACES: dict[Language, tuple[str, ...]] = {
    "zh": ("group", "topic", "private"),
    "en": ("group", "topic group", "private"),
}
SUBJECTS: dict[Language, tuple[str, ...]] = {
    "zh": ("画一只猫", "画一只狗", "画一座山", "画一朵花"),
    "en": ("draw a cat", "draw a dog", "draw a mountain", "draw a flower"),
}
"""One for each place, and one more: two creates of the same words within a moment look like one that is repeated."""
STARTS: dict[Language, tuple[str, str]] = {
    "zh": ("🎨 开始生成图片", "✅ 图片生成成功"),
    "en": ("🎨 Starting your picture", "✅ Your picture is ready"),
}
FAILED: dict[Language, str] = {"zh": "❌ 图片生成失败", "en": "❌ The picture didn't work out"}
YES: dict[Language, str] = {"zh": "好", "en": "yes"}
HAN = re.compile("[\u4e00-\u9fff]")
POINTS: dict[Language, str] = {"zh": "积分", "en": "credits"}


@dataclass
class Talk:
    """Somebody in a conversation of their own with the bot."""

    home: FeishuHouse
    lang: Language
    place: str
    person: Person
    chat: Chat
    asked: Message | None = None

    @property
    def private(self) -> bool:
        return self.chat.person is not None

    def say(self, text: str) -> None:
        """Ask; in a topic, in the same one each time."""
        if self.place == "topic" and self.asked is None:
            first = self.home.feishu.say(self.person, self.chat, "hi all", mention_bot=False)
            self.asked = self.home.feishu.say(self.person, self.chat, text, reply_to=first, in_thread=True)
        else:
            parent = self.asked if self.place == "topic" else None
            self.asked = self.home.feishu.say(self.person, self.chat, text, reply_to=parent)

    def shown(self) -> list[Shown]:
        """What the bot showed since what was asked last."""
        assert self.asked is not None
        return self.home.shown(self.chat, self.asked.id)

    def steps(self) -> str:
        return "".join(code(each) for each in self.shown())


def talk(home: FeishuHouse, lang: Language, place: str) -> Talk:
    person = home.feishu.person(f"{lang}-{place}".replace(" ", "-"))
    if place == "private":
        return Talk(home, lang, place, person, home.feishu.direct(person))
    return Talk(home, lang, place, person, home.feishu.group(f"{lang} {place}", person, topics=place == "topic group"))


def check_whom_and_where(one: Talk, *, cards: bool) -> None:
    """Each message is in its place, in its language, and says whom it is for; the last one alone notifies them."""
    shown, asked, person = one.shown(), one.asked, one.person.open_id
    assert asked is not None
    for each in shown:
        said = [words(each), *(button.label for button in each.buttons)]
        assert all(bool(HAN.search(text)) is (one.lang == "zh") for text in said), said
    assert len({each.thread for each in shown}) == 1
    assert shown[0].thread == asked.thread
    assert (asked.thread is not None) is one.place.startswith("topic")
    if asked.thread is None:
        assert shown[0].replied_to == asked.id
    assert [pinged(each) for each in shown] == [*[[]] * (len(shown) - 1), [] if one.private else [person]]
    if one.private:
        assert not any(named(each) for each in shown)
    elif cards:
        assert all(named(each) == [person] for each in shown[1:-1])
    else:
        assert all(each.replied_to is not None for each in shown[:-1])


@pytest.mark.parametrize("cards", ["on", "off"])
async def test_six_steps_in_both_languages_in_a_group_in_topics_and_in_private(tmp_path: Path, cards: str) -> None:
    async with feishu_house(tmp_path, FEISHU_CARDS=cards, forgive_ima=("stale_list",)) as home:
        talks = [talk(home, lang, place) for lang, places in PLACES.items() for place in places]
        for one in talks:
            one.say(SUBJECTS[one.lang][PLACES[one.lang].index(one.place)])
        await home.until(lambda: all("3" in one.steps() for one in talks))
        for one in talks:
            shown = one.shown()
            assert re.fullmatch("012*3", one.steps()), one.steps()
            start, end = STARTS[one.lang]
            assert words(shown[1]).startswith(start)
            assert words(shown[-1]).startswith(end)
            assert len(shown[-1].pictures) == 1
            assert shown[-1].kind == ("interactive" if cards == "on" else "post")
            assert len(shown[-1].buttons) == (4 if cards == "on" else 0)
            check_whom_and_where(one, cards=cards == "on")

        assert {one.lang for one in talks if "2" in one.steps()} == {"zh", "en"}

        failing = [one for one in talks if (one.lang, one.place) in (("zh", "topic"), ("en", "private"))]
        await home.provoke("status_failed", times=len(failing))
        for one in failing:
            one.say(SUBJECTS[one.lang][-1])
        await home.until(lambda: all("4" in one.steps() for one in failing))
        await home.at_rest()
        for one in failing:
            failure = one.shown()[-1]
            assert re.fullmatch("012*4", one.steps()), one.steps()
            assert words(failure).startswith(FAILED[one.lang])
            assert "Nano Banana Pro" in words(failure)
            check_whom_and_where(one, cards=cards == "on")
            if cards == "on":
                assert "Nano Banana Pro" in failure.buttons[0].label
                home.feishu.press(one.person, failure, 1)
            else:
                one.say(YES[one.lang])
        await home.until(lambda: all(one.steps().endswith("3") for one in failing))
        assert all(len({each.thread for each in one.shown()}) == 1 for one in failing)
        assert [task["model_id"] for task in await home.tasks()].count("gemini-3-pro-image") == len(failing)


# --- a picture that is changed ---


async def colour_at(url: str) -> tuple[int, ...]:
    """The colour of a picture that IMA was given."""
    async with httpx.AsyncClient(trust_env=False) as client:
        found = opened((await client.get(url)).content).convert("RGB").getpixel((9, 9))
    assert isinstance(found, tuple)
    return found


async def test_the_picture_that_is_meant_is_the_one_that_is_changed(tmp_path: Path) -> None:
    """Each photo has a colour of its own, and what IMA was given has it too, whichever way it came."""
    async with feishu_house(tmp_path, FEISHU_CARDS="off", forgive_ima=("stale_list",)) as home:
        feishu = home.feishu
        people = {name: feishu.person(name) for name in ("an", "bo", "cy", "di", "ed", "fa", "gu", "ha")}
        groups = {name: feishu.group(f"{name}'s", person) for name, person in people.items()}
        direct = {name: feishu.direct(person) for name, person in people.items()}
        colours = {name: (16 * number, 200 - 20 * number, 40) for number, name in enumerate(people, 1)}
        photos = {name: png("#{:02x}{:02x}{:02x}".format(*colour)) for name, colour in colours.items()}

        # What needs something before: a picture of the bot's own, a photo alone.
        feishu.say(people["fa"], groups["fa"], "画一只狗")
        feishu.dm(people["gu"], "draw a dog")
        feishu.send_picture(people["ha"], direct["ha"], photos["ha"])
        await home.until(lambda: home.steps(groups["fa"]).endswith("3") and home.steps(direct["gu"]).endswith("3"))
        await home.until(lambda: home.steps(direct["ha"]) == "r")
        await home.at_rest()
        ours = home.shown(groups["fa"])[-1]
        links = {
            name: re.search(r"https?://\S+", words(home.shown(chat)[-1]))
            for name, chat in (("fa", groups["fa"]), ("gu", direct["gu"]))
        }

        feishu.post(people["an"], groups["an"], [["变成水彩"], [photos["an"]]])
        feishu.post(people["bo"], direct["bo"], [[photos["bo"]], ["turn it into an oil painting"]])
        image = feishu.send_picture(home.tom, home.group, photos["cy"])
        home.group.members.append(people["cy"])
        feishu.say(people["cy"], home.group, "make this a watercolor", reply_to=image)
        post = feishu.post(people["di"], groups["di"], [["我的假期"], [photos["di"]]], mention_bot=False)
        feishu.say(people["di"], groups["di"], "把这张图变成油画", reply_to=post, in_thread=True)
        image = feishu.send_picture(people["ed"], direct["ed"], photos["ed"])
        feishu.say(people["fa"], groups["fa"], "变成水彩", reply_to=ours)
        assert links["gu"] is not None
        feishu.dm(people["gu"], f"turn {links['gu'][0]} into a watercolor")
        feishu.dm(people["ha"], "变成素描")
        await home.until(lambda: home.steps(direct["ed"]) == "r")
        feishu.dm(people["ed"], "turn this photo into a sketch", reply_to=image)
        chats = [groups["an"], direct["bo"], home.group, groups["di"], direct["ed"], direct["ha"]]
        await home.until(lambda: all(home.steps(chat).endswith("3") for chat in chats))
        await home.until(lambda: all(home.steps(chat).count("3") == 2 for chat in (groups["fa"], direct["gu"])))

        changed = [task for task in await home.tasks() if task["category"] == "image_to_image"]
        assert len(changed) == 8
        assert all(len(task["input_images"]) == 1 for task in changed)
        given = [task["input_images"][0] for task in changed]
        ready_made = {match[0] for match in links.values() if match is not None}
        assert ready_made <= set(given)
        found = [await colour_at(each) for each in given if each not in ready_made]
        assert sorted(found) == sorted(colours[name] for name in ("an", "bo", "cy", "di", "ed", "ha"))
