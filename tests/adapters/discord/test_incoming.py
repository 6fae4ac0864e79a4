"""What the bot hears of a message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.incoming import heard, plain_words, unread
from adapters.discord.pictures import Reference
from protocol.intent import understand
from protocol.messages import Address, AttachedImage, Incoming, LinkedImage
from tests.adapters.discord.payloads import BOT, CHANNEL, MEI, MESSAGE, TOM, attachment, message


def hear(payload: dict[str, Any], *, listening: bool = False) -> Incoming | None:
    return heard(payload, bot=BOT, listening=listening)


def picture(identity: str = "77") -> AttachedImage:
    url = f"https://cdn.discordapp.com/attachments/{CHANNEL}/{identity}/cat.png?ex=1"
    return AttachedImage("discord", Reference(CHANNEL, MESSAGE, identity, url).encode())


def test_a_mention_is_heard_without_the_mention() -> None:
    said = hear(message(f"<@{BOT}>  画一只猫", mentions=(BOT,)))
    assert said == Incoming(Address("discord", CHANNEL, MEI, MESSAGE), "画一只猫", said.sent_at if said else 0.0)


def test_its_time_is_in_its_id() -> None:
    said = hear(message(f"<@{BOT}> hi", mentions=(BOT,)))
    assert said is not None
    assert said.sent_at == pytest.approx(1795359413.249)


def test_a_direct_message_is_private_and_needs_no_mention() -> None:
    said = hear({**message("画一只猫"), "guild_id": None})
    assert said is not None
    assert said.address.private
    assert said.addressed


def unpinged(**more: Any) -> dict[str, Any]:
    """A reply to the bot with the ping off, as it comes without the Message Content intent: empty."""
    return message(type=19, referenced_message=message(author=BOT, attachments=[attachment("88")]), **more)


def test_a_reply_that_is_not_shown_to_the_bot_is_not_taken_for_a_picture_alone() -> None:
    assert hear(unpinged()) is None
    assert unread(unpinged(), bot=BOT) == Address("discord", CHANNEL, MEI, MESSAGE)


@pytest.mark.parametrize(
    "more",
    [
        {"content": "nice"},
        {"mentions": [{"id": BOT}]},
        {"attachments": [attachment("1")]},
        {"guild_id": None},
        {"type": 0},
        {"referenced_message": message(author=TOM)},
        {"author": {"id": TOM, "bot": True}},
    ],
    ids=["shown", "pinged", "a picture", "in private", "no reply", "to somebody else", "by a bot"],
)
def test_every_other_reply_is_heard_as_it_is(more: dict[str, Any]) -> None:
    assert unread({**unpinged(), **more}, bot=BOT) is None


ROLE = "4400"


def test_a_mention_of_its_role_alone_is_not_shown_to_the_bot() -> None:
    called = message(mention_roles=[ROLE])
    assert heard(called, bot=BOT, role=ROLE, listening=False) is None
    assert unread(called, bot=BOT, role=ROLE) == Address("discord", CHANNEL, MEI, MESSAGE)


@pytest.mark.parametrize(
    "more",
    [
        {"mention_roles": ["4401"]},
        {"mention_roles": []},
        {"mention_roles": "4400"},
        {"mentions": [{"id": BOT}]},
        {"author": {"id": TOM, "bot": True}},
        {"webhook_id": "9"},
        {"type": 7},
        {"content": "draw a cat"},
    ],
    ids=["another", "none", "broken", "the bot too", "by a bot", "a webhook", "somebody joined", "shown"],
)
def test_every_other_mention_is_heard_as_it_is(more: dict[str, Any]) -> None:
    assert unread({**message(mention_roles=[ROLE]), **more}, bot=BOT, role=ROLE) is None
    assert unread(message(mention_roles=[""]), bot=BOT, role="") is None


@pytest.mark.parametrize("listed", [[ROLE], []], ids=["pinged", "not allowed to ping it"])
@pytest.mark.parametrize("listening", [True, False])
def test_where_the_words_are_shown_its_role_is_as_good_as_itself(listed: list[str], listening: bool) -> None:
    said = heard(message(f"<@&{ROLE}> 画一只猫", mention_roles=listed), bot=BOT, role=ROLE, listening=listening)
    assert said is not None
    assert (said.text, said.addressed) == ("画一只猫", True)


def test_a_reply_to_the_bot_needs_no_mention_and_brings_its_picture() -> None:
    quoted = message(author=BOT, attachments=[attachment("88")])
    said = hear(message("变成水彩", type=19, referenced_message=quoted))
    assert said is not None
    assert (said.addressed, said.images, said.unseen) == (True, (picture("88"),), False)


def test_the_picture_of_our_own_layout_is_found_in_it() -> None:
    media = {"url": f"https://cdn.discordapp.com/attachments/{CHANNEL}/99/cat.png?ex=1", "attachment_id": "99"}
    gallery = {"type": 12, "items": [{"media": media}]}
    said = hear(message("变成水彩", type=19, referenced_message=message(author=BOT, components=[gallery])))
    assert said is not None
    assert said.images == (picture("99"),)


@pytest.mark.parametrize(
    "more",
    [
        {"author": {"id": TOM, "bot": True}},
        {"webhook_id": "9"},
        {"type": 7},
        {"mentions": []},
    ],
    ids=["another bot", "a webhook", "somebody joined", "not for us"],
)
def test_what_is_not_for_the_bot_is_not_heard(more: dict[str, Any]) -> None:
    assert hear({**message("画一只猫", mentions=(BOT,)), **more}) is None


def test_where_it_listens_it_hears_but_was_not_addressed() -> None:
    said = hear(message("画一只猫"), listening=True)
    assert said is not None
    assert not said.addressed


def test_where_it_listens_an_empty_message_is_nothing() -> None:
    assert hear(message(""), listening=True) is None


def test_a_mention_alone_is_heard_as_no_words() -> None:
    said = hear(message(f"<@{BOT}>", mentions=(BOT,)))
    assert said is not None
    assert said.text == ""


def test_pictures_are_taken_in_order_first_the_attached_then_the_quoted_and_other_files_are_left() -> None:
    files = [attachment("1"), attachment("2", content_type="application/pdf"), attachment("3")]
    quoted = message(author=TOM, attachments=[attachment("4")])
    said = hear(message("合成", mentions=(BOT,), attachments=files, type=19, referenced_message=quoted))
    assert said is not None
    assert said.images == (picture("1"), picture("3"), picture("4"))


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({"content_type": "image/webp", "filename": "cat.webp"}, True),
        ({"content_type": "image/gif", "filename": "cat.gif"}, True),
        ({"content_type": None, "filename": "CAT.JPG"}, True),
        ({"content_type": "audio/ogg", "filename": "voice-message.ogg", "waveform": "AA"}, False),
        ({"content_type": "video/mp4", "filename": "cat.mp4"}, False),
        ({"content_type": "text/plain", "filename": "cat.png"}, False),
        ({"content_type": None, "filename": "cat"}, False),
        ({"url": ""}, False),
    ],
)
def test_only_pictures_are_taken_whatever_else_is_attached(more: dict[str, Any], taken: bool) -> None:
    said = hear(message("变成水彩", mentions=(BOT,), attachments=[attachment(**more)]))
    assert said is not None
    assert bool(said.images) is taken


def test_a_voice_message_where_the_bot_listens_is_nothing() -> None:
    voice = attachment(content_type="audio/ogg", filename="voice-message.ogg")
    assert hear(message("", attachments=[voice], flags=1 << 13), listening=True) is None


@pytest.mark.parametrize(
    ("embed", "link"),
    [
        ({"type": "image", "url": "https://example.com/cat.png"}, "https://example.com/cat.png"),
        ({"type": "rich", "image": {"url": "https://example.com/shown.png"}}, "https://example.com/shown.png"),
        ({"type": "image", "url": "http://example.com/plain.png"}, None),
        ({"type": "video", "url": "https://example.com/cat.mp4"}, None),
        ({"type": "link", "url": "https://example.com/page"}, None),
    ],
)
def test_only_what_an_embed_shows_as_a_picture_is_one(embed: dict[str, Any], link: str | None) -> None:
    said = hear(message("变成水彩", mentions=(BOT,), embeds=[embed]))
    assert said is not None
    assert said.images == (() if link is None else (LinkedImage(link),))


def test_the_same_picture_twice_is_one() -> None:
    embed = {"type": "image", "url": "https://example.com/cat.png"}
    said = hear(message("变成水彩", mentions=(BOT,), embeds=[embed, embed]))
    assert said is not None
    assert len(said.images) == 1


def test_a_picture_in_an_embed_is_a_link() -> None:
    embed = {"type": "image", "url": "https://example.com/cat.png"}
    said = hear(message("变成水彩", mentions=(BOT,), embeds=[embed]))
    assert said is not None
    assert said.images == (LinkedImage("https://example.com/cat.png"),)


def test_a_forwarded_picture_is_taken() -> None:
    """It is found again in the message that forwards it, since where it came from is closed."""
    snapshot = {"message": {"attachments": [attachment("5"), attachment("6", content_type="video/mp4")]}}
    said = hear({**message("", message_snapshots=[snapshot]), "guild_id": None})
    assert said is not None
    assert said.images == (picture("5"),)


def test_a_quoted_message_that_is_not_shown_to_us_is_told() -> None:
    said = hear(message("变成水彩", mentions=(BOT,), type=19, referenced_message=message(author=TOM)))
    assert said is not None
    assert said.unseen


def test_a_quoted_message_with_words_is_seen() -> None:
    said = hear(message("好看", mentions=(BOT,), type=19, referenced_message=message("a cat", author=TOM)))
    assert said is not None
    assert not said.unseen


def test_a_quoted_message_that_was_deleted_is_no_hidden_picture() -> None:
    said = hear(message("变成水彩", mentions=(BOT,), type=19, referenced_message=None))
    assert said is not None
    assert not said.unseen


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<@1100> draw <@3300> as a knight", "draw Tom as a knight"),
        ("<@!1100>画猫", "画猫"),
        ("a <:party:123> cat <a:wave:4>", "a party cat wave"),
        ("look at <#5500> <@&66>", "look at"),
        ("first  line\n second\tline ", "first line\nsecond line"),
        ("||https://e.example/cat.png||变成油画", "https://e.example/cat.png 变成油画"),
        ("画||一只||猫||", "画 一只 猫"),
        ("||||", ""),
    ],
)
def test_markup_of_discord_becomes_words(content: str, words: str) -> None:
    assert plain_words(content, bot=BOT, names={TOM: "Tom"}) == words


HIDDEN = LinkedImage("https://e.example/cat.png", veiled=True)


@pytest.mark.parametrize(
    ("content", "images"),
    [
        ("||https://e.example/cat.png|| into oil", (HIDDEN,)),
        ("||look:\n<https://e.example/cat.png>|| into oil", (HIDDEN,)),
        ("https://e.example/dog.png ||https://e.example/cat.png||", (HIDDEN,)),
        ("||a cat|| https://e.example/cat.png ||a dog||", ()),
        ("||https://e.example/page||", ()),
        ("||https://e.example/cat.png", ()),
    ],
)
def test_a_picture_whose_link_is_a_spoiler_is_veiled(content: str, images: tuple[LinkedImage, ...]) -> None:
    """Other links are found in the words."""
    said = hear(message(content, mentions=(BOT,)))
    assert said is not None
    assert said.images == images


def test_a_spoiler_that_discord_shows_as_an_embed_is_one_picture_and_veiled() -> None:
    embeds = [{"type": "image", "url": f"https://e.example/{name}.png"} for name in ("dog", "cat")]
    content = "https://e.example/dog.png ||https://e.example/cat.png|| ||https://e.example/cow.png||"
    said = hear(message(content, mentions=(BOT,), attachments=[attachment("1")], embeds=embeds))
    assert said is not None
    dog, cow = LinkedImage("https://e.example/dog.png"), LinkedImage("https://e.example/cow.png", veiled=True)
    assert said.images == (picture("1"), dog, HIDDEN, cow)


def test_a_spoiler_is_a_request_about_the_picture_in_it() -> None:
    said = hear(message("turn this photo into an oil painting ||https://e.example/cat.png||", mentions=(BOT,)))
    assert said is not None
    decision = understand(said.text, len(said.images))
    assert (decision.task_type, decision.image_urls) == ("image_to_image", (HIDDEN.url,))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*message(), "referenced_message", "message_snapshots", "webhook_id", "mention_roles"])


@given(st.dictionaries(FIELDS, JSON), st.booleans())
def test_whatever_comes_it_never_raises(broken: dict[str, Any], listening: bool) -> None:
    payload = {**message("画一只猫", mentions=(BOT,)), **broken}
    heard(payload, bot=BOT, role=ROLE, listening=listening)
    unread(payload, bot=BOT, role=ROLE)
