"""What a task costs, how long it takes, and the picture that comes of it."""

from dataclasses import replace

import pytest

from ima.sandbox.options import REAL_PACE, SandboxOptions
from tests.ima.sandbox.caller import FLASH, PRO, Caller, HandClock, jpeg, opened
from tests.ima.sandbox.conftest import Start

PIXELS = {
    ("512px", "1:1"): (512, 512),
    ("512px", "16:9"): (688, 384),
    ("1K", "1:1"): (1024, 1024),
    ("1K", "16:9"): (1376, 768),
    ("1K", "9:16"): (768, 1376),
    ("1K", "4:3"): (1200, 896),
    ("1K", "3:4"): (896, 1200),
    ("2K", "9:16"): (1536, 2752),
    ("4K", "4:3"): (4800, 3584),
}


@pytest.mark.parametrize(("size", "ratio"), list(PIXELS))
async def test_the_picture_has_the_asked_size_and_ratio(caller: Caller, size: str, ratio: str) -> None:
    media = await caller.finished(await caller.created(await caller.order(size=size, aspect_ratio=ratio)))
    answer = await caller.http.get(str(media["url"]))
    picture = opened(answer.content)
    assert picture.size == PIXELS[size, ratio] == (media["width"], media["height"])
    expected = {"png": ("PNG", "image/png"), "jpg": ("JPEG", "image/jpeg")}[str(media["format"])]
    assert (picture.format, answer.headers["content-type"]) == expected
    assert str(media["url"]).endswith(f".{media['format']}")


async def test_a_task_has_a_marked_and_a_small_picture_too(caller: Caller) -> None:
    media = await caller.finished(await caller.created(await caller.order(size="512px")))
    picture, marked, cover = [
        (await caller.http.get(str(media[field]))).content for field in ("url", "watermark_url", "cover_url")
    ]
    assert (opened(marked).size, opened(cover).size) == ((512, 512), (320, 320))
    assert opened(marked).convert("RGB").tobytes() != opened(picture).convert("RGB").tobytes()


async def test_a_create_is_charged_at_once_and_each_time(caller: Caller) -> None:
    await caller.created(await caller.order(size="4K"))
    assert await caller.balance() == 1000 - 13
    await caller.created(await caller.order("another", model_id=PRO, size="4K"))
    assert await caller.balance() == 1000 - 13 - 18


async def test_the_last_points_can_be_spent(options: SandboxOptions, start: Start) -> None:
    caller = await start(replace(options, balance=6))
    await caller.created(await caller.order())
    assert await caller.balance() == 0


async def test_an_edit_is_made_of_the_uploaded_picture(caller: Caller) -> None:
    url = await caller.uploaded(jpeg((250, 10, 10)))
    media = await caller.finished(await caller.created(await caller.order("oil painting", inputs=[url])))
    red, green, blue = (
        opened((await caller.http.get(str(media["url"]))).content).convert("RGB").resize((1, 1)).tobytes()
    )
    assert (red < 40, green > 200, blue > 200) == (True, True, True)
    assert await caller.violations() == []


async def test_an_edit_is_made_of_a_picture_on_the_web(caller: Caller) -> None:
    url = "https://example.com/photo.jpg"
    await caller.http.put(f"{caller.sandbox.control}/pictures", params={"url": url}, content=jpeg())
    media = await caller.finished(await caller.created(await caller.order("sketch", inputs=[url])))
    assert media["status"] in ("success", "completed")


async def test_an_edit_of_something_that_is_no_picture_fails(caller: Caller) -> None:
    url = await caller.uploaded(b"<html>")
    media = await caller.finished(await caller.created(await caller.order("sketch", inputs=[url])))
    assert (media["resource_status"], media["status"]) == (2, "failed")


async def test_a_painter_that_breaks_fails_the_task(options: SandboxOptions, start: Start) -> None:
    """A flaw of the painter is a failed picture, not one that never comes."""

    class Clumsy:
        def paint(self, *_: object) -> None:
            raise RuntimeError("spilled")

        transform = paint

    caller = await start(replace(options, painter=Clumsy()))  # type: ignore[arg-type]
    assert (await caller.finished(await caller.created(await caller.order())))["status"] == "failed"


@pytest.mark.parametrize(("model_id", "shortest", "longest"), [(FLASH, 20, 40), (PRO, 60, 120)])
async def test_the_real_pace_takes_as_long_as_the_document_says(
    options: SandboxOptions, start: Start, clock: HandClock, model_id: str, shortest: float, longest: float
) -> None:
    caller = await start(replace(options, pace=REAL_PACE, clock=clock))
    tasks = [await caller.created(await caller.order(f"cat {n}", model_id=model_id)) for n in range(20)]
    clock.move(shortest - 0.1)
    assert [(await caller.media(task))["status"] for task in tasks] == ["processing"] * 20
    clock.move((longest - shortest) / 2)
    halfway = sum([(await caller.finished_or_not(task)) for task in tasks])
    assert 0 < halfway < 20
    clock.move((longest - shortest) / 2 + 0.1)
    assert all([(await caller.finished(task))["url"] for task in tasks])


async def test_pending_has_every_spelling_of_the_page(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, pace=REAL_PACE, clock=clock))
    task = await caller.created(await caller.order())
    seen = []
    for _ in range(6):
        clock.move(3)
        media = await caller.media(task)
        assert (media["url"], media["width"]) == ("", 0)
        seen.append((media["resource_status"], media["status"]))
    assert set(seen) == {(None, "pending"), (0, "processing"), ("", "processing")}


async def test_both_spellings_of_success_occur(caller: Caller) -> None:
    tasks = [await caller.created(await caller.order("a" * length)) for length in (3, 4)]
    seen = {str((await caller.finished(task))["status"]) for task in tasks}
    assert seen == {"success", "completed"}


async def test_what_was_not_made_is_not_served(caller: Caller) -> None:
    media = await caller.finished(await caller.created(await caller.order()))
    for url in (str(media["url"]).replace(".png", ".jpg"), f"{caller.sandbox.storage}/results/{'0' * 32}.png"):
        assert (await caller.http.get(url)).status_code == 404
