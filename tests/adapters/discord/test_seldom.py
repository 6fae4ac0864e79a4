"""What is told now and then is told neither more often nor never again."""

from __future__ import annotations

from adapters.discord.seldom import Seldom


def test_each_person_is_told_once_in_each_place_until_the_time_has_passed() -> None:
    now = 100.0
    seldom = Seldom(60.0, lambda: now)
    assert [seldom.now("mei", "room"), seldom.now("mei", "room"), seldom.now("mei", "hall")] == [True, False, True]
    now = 159.9
    assert [seldom.now("mei", "room"), seldom.now("tom", "room")] == [False, True]
    now = 160.0
    assert [seldom.now("mei", "room"), seldom.now("tom", "room")] == [True, False]


def test_what_was_told_is_known_until_the_next_look_after_its_time() -> None:
    now = 0.0
    seldom = Seldom(10.0, lambda: now)
    assert not seldom.told("mei", "a")
    for person in ("mei", "tom"):
        seldom.now(person, "a")
        now += 6
    seldom.now("ann", "a")
    assert [seldom.told(person, "a") for person in ("mei", "tom", "ann")] == [False, True, True]
