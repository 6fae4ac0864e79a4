"""What the playground forgets: everything older than a week, and nothing that the live stream counts on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from adapters.playground.records import Message
from adapters.playground.store import Store

OLD = Message(id="old", conversation="group", sender="mei", at=100.0, text="hello")


async def test_old_messages_go_and_their_keys_with_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "playground.sqlite3")
    store.prepare()
    await store.add("key-old", OLD)
    await store.add("key-new", replace(OLD, id="new", at=300.0))
    await store.forget(200.0)
    assert [message.id for message in await store.history("group", None, 10)] == ["new"]
    assert await store.sent("key-old") is None
    assert await store.sent("key-new") == "new"


async def test_the_newest_change_stays_so_that_later_ones_are_counted_from_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "playground.sqlite3")
    store.prepare()
    await store.add("key-old", OLD)
    before = await store.last_change()
    await store.forget(200.0)
    await store.add("key-new", replace(OLD, id="new", at=300.0))
    assert await store.last_change() > before
