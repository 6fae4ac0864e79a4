"""Pictures on the page: attached, pasted, dropped, quoted, looked at."""

from __future__ import annotations

import asyncio
import base64

import pytest
from playwright.async_api import FilePayload, Page, Route, expect

from protocol.messages import Address, AttachedImage, Picture, Priority

from .conftest import OpenPage, Shoot
from .house import House, picture_bytes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GREEN, BLUE = picture_bytes("#22b07d", (900, 500)), picture_bytes("#2f6fdc")

# What the clipboard and a drag carry can be made in the page only.
CARRY = """([kind, target, files]) => {
  const carried = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent(kind, { ...options, clipboardData: carried })
    : new DragEvent(kind, { ...options, dataTransfer: carried });
  document.querySelector(target).dispatchEvent(event);
}"""


def file(name: str, content: bytes, media_type: str = "image/png") -> FilePayload:
    """A file as the chooser gives it."""
    return {"name": name, "mimeType": media_type, "buffer": content}


async def carry(page: Page, kind: str, target: str, *contents: bytes, media_type: str = "image/png") -> None:
    """Paste or drag these."""
    files = [[f"{n}.png", media_type, base64.b64encode(content).decode()] for n, content in enumerate(contents)]
    await page.evaluate(CARRY, [kind, target, files])


async def sent_pictures(house: House) -> list[bytes]:
    """What the bot fetches of the next message."""
    images = (await house.bot.hears()).images
    return [await house.playground.fetch(image, 10**8) for image in images if isinstance(image, AttachedImage)]


async def test_several_pictures_are_attached_and_one_removed(page: Page, house: House, shoot: Shoot) -> None:
    """Previews before sending; what is removed is not sent."""
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="添加图片").click()
    await (await choosing.value).set_files([file("a.png", GREEN), file("b.png", BLUE), file("c.png", GREEN)])
    await expect(page.locator("#tray li")).to_have_count(3)
    await page.get_by_role("button", name="移除这张图片").last.click()
    await expect(page.locator("#tray li")).to_have_count(2)
    await page.locator("#input").fill("把它们放在一起")
    await shoot(page, "attached")
    await page.locator("#input").press("Enter")
    assert await sent_pictures(house) == [GREEN, BLUE]
    await expect(page.locator(".mine .shot.ready")).to_have_count(2)
    await expect(page.locator("#tray")).to_be_hidden()


async def test_a_picture_is_pasted(page: Page, house: House) -> None:
    """And may be sent with no words."""
    await carry(page, "paste", "#input", BLUE)
    await expect(page.locator("#tray li")).to_have_count(1)
    await page.get_by_role("button", name="发送").click()
    assert await sent_pictures(house) == [BLUE]


async def test_pictures_are_dropped_on_the_page(page: Page, house: House) -> None:
    """Anywhere on it, with a word about what will happen."""
    await carry(page, "dragenter", "#log", GREEN)
    await expect(page.locator("#drop")).to_be_visible()
    await carry(page, "drop", "#log", GREEN, BLUE)
    await expect(page.locator("#drop")).to_be_hidden()
    await expect(page.locator("#tray li")).to_have_count(2)
    await page.get_by_role("button", name="发送").click()
    assert await sent_pictures(house) == [GREEN, BLUE]


@pytest.mark.parametrize(("media_type", "content"), [("text/html", b"<b>hi</b>"), ("image/png", b"<svg onload=x>")])
async def test_what_is_not_a_picture_is_said_and_not_sent(page: Page, media_type: str, content: bytes) -> None:
    """By its type, or by its bytes where the type is a lie."""
    await carry(page, "paste", "#input", content, media_type=media_type)
    await expect(page.get_by_role("alert")).to_contain_text("不是可用的图片")
    await expect(page.locator("#tray li")).to_have_count(0)


async def test_too_many_pictures_are_said(page: Page) -> None:
    """Nine at most; the first nine stay."""
    await carry(page, "paste", "#input", *[BLUE] * 11)
    await expect(page.get_by_role("alert")).to_have_text("一次最多 9 张图片")
    await expect(page.locator("#tray li")).to_have_count(9)


async def test_an_upload_that_fails_is_tried_again(page: Page, house: House) -> None:
    """The picture and the words stay; one press, or sending, tries again."""
    await page.route("**/api/pictures", lambda route: route.abort(), times=1)
    await page.locator("#input").fill("变成油画")
    await carry(page, "paste", "#input", BLUE)
    await expect(page.get_by_role("alert")).to_have_text("没有上传成功，点一下重试")
    await page.get_by_role("button", name="没有上传成功，点一下重试").click()
    await expect(page.locator("#tray .loading-up, #tray .retry")).to_have_count(0)
    await page.get_by_role("button", name="发送").click()
    assert await sent_pictures(house) == [BLUE]


async def test_sending_waits_for_the_upload(page: Page, house: House) -> None:
    """Enter right after a paste sends the picture too."""
    release = asyncio.Event()

    async def hold(route: Route) -> None:
        await release.wait()
        await route.continue_()

    await page.route("**/api/pictures", hold)
    await carry(page, "paste", "#input", BLUE)
    await page.locator("#input").fill("变成油画")
    await page.locator("#input").press("Enter")
    await expect(page.locator("#tray .loading-up")).to_have_count(1)
    assert house.bot.heard.empty()
    release.set()
    assert await sent_pictures(house) == [BLUE]


async def test_a_picture_is_looked_at_large(page: Page, house: House, shoot: Shoot) -> None:
    """Escape closes, and the focus is where it was; arrows lead to the other pictures."""
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    address = (await house.bot.hears()).address
    await house.bot.succeed(address)
    await house.bot.succeed(address, "#2f9fdc", (1024, 576))
    await expect(page.locator(".shot.ready")).to_have_count(2)
    second = page.get_by_role("button", name="放大查看：山上的太阳").last
    await second.click()
    box = page.get_by_role("dialog", name="山上的太阳")
    await expect(box.get_by_role("img")).to_be_visible()
    large = await box.get_by_role("img").get_attribute("src")
    await shoot(page, "lightbox")
    await page.keyboard.press("ArrowLeft")
    assert await box.get_by_role("img").get_attribute("src") != large
    for _ in range(12):
        await page.keyboard.press("Tab")
        inside = await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert inside
    await page.keyboard.press("Escape")
    await expect(box).to_be_hidden()
    await expect(second).to_be_focused()
    await second.click()
    await page.locator("#lightbox figure").click(position={"x": 5, "y": 5})
    await expect(box).to_be_hidden()


INSIDE = """() => [...document.querySelectorAll(".shot")].every(shot => {
  const [outer, inner] = [shot, shot.querySelector("img")].map(e => e.getBoundingClientRect());
  return ["top", "left", "right", "bottom"].every(side => Math.abs(outer[side] - inner[side]) < 1);
})"""


@pytest.mark.parametrize("viewport", [(1280, 820), (360, 740)])
@pytest.mark.parametrize("size", [(640, 640), (1024, 576), (576, 1024), (64, 48)])
async def test_a_picture_fills_its_bubble(
    open_page: OpenPage, house: House, viewport: tuple[int, int], size: tuple[int, int]
) -> None:
    """In its own proportion, whole, however long the link beneath it and however narrow the window."""
    page = await open_page(viewport={"width": viewport[0], "height": viewport[1]}, reduced_motion="reduce")
    address = Address("playground", "private-mei", "mei", "m-1", private=True)
    path = house.bot.folder / "result.png"
    path.write_bytes(picture_bytes(size=size))
    link = "https://img.example.com/" + "a" * 120 + ".png"
    picture = Picture(link, "山上的太阳", str(path), "image/png", *size)
    await house.bot.say(address, f"✅\n🔗 {link}", Priority.RESULT, picture=picture)
    await expect(page.locator(".shot.ready")).to_be_visible()
    bubble, text = await page.locator(".bubble").evaluate("e => [e.offsetWidth, e.scrollWidth]")
    width, height = await page.locator(".shot img").evaluate("e => [e.offsetWidth, e.offsetHeight]")
    assert (bubble - width, bubble - text) == (10, 0)
    assert abs(width / height - size[0] / size[1]) < 0.02
    assert width <= 512
    assert height <= 480
    assert await page.evaluate(INSIDE)


@pytest.mark.parametrize("viewport", [(1280, 820), (360, 740)])
async def test_several_pictures_are_tiles(open_page: OpenPage, house: House, viewport: tuple[int, int]) -> None:
    """Square, two in a row, each filled."""
    page = await open_page(viewport={"width": viewport[0], "height": viewport[1]}, reduced_motion="reduce")
    await carry(page, "paste", "#input", GREEN, BLUE, GREEN)
    await page.get_by_role("button", name="发送").click()
    assert len(await sent_pictures(house)) == 3
    await expect(page.locator(".shot.ready")).to_have_count(3)
    tiles = await page.locator(".shot").evaluate_all(
        "all => all.map(e => [e.offsetWidth, e.offsetHeight, e.offsetTop])"
    )
    assert all(abs(width - height) <= 1 and width > 90 for width, height, _ in tiles)
    assert tiles[0][2] == tiles[1][2] < tiles[2][2]
    assert await page.evaluate(INSIDE)


@pytest.mark.parametrize("way", ["lightbox", "bubble"])
async def test_an_earlier_picture_is_used(page: Page, house: House, way: str) -> None:
    """From its large view, or by the action on its message; it comes as an input of the request."""
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await house.bot.succeed((await house.bot.hears()).address)
    if way == "lightbox":
        await page.get_by_role("button", name="放大查看：山上的太阳").click()
        await page.get_by_role("dialog").get_by_role("button", name="用这张图").click()
    else:
        await page.locator(".message").last.hover()
        await page.locator(".message").last.get_by_role("button", name="用这张图").click()
    await expect(page.locator("#quote b")).to_have_text("使用 画画 的图片")
    await expect(page.locator("#input")).to_be_focused()
    await page.keyboard.type("变成油画")
    await page.keyboard.press("Enter")
    assert await sent_pictures(house) == [picture_bytes()]
    await expect(page.locator(".mine .quoted img")).to_be_visible()
    await expect(page.locator("#quote")).to_be_hidden()


async def test_words_are_quoted_too(page: Page, house: House) -> None:
    """Escape takes the quote back."""
    await page.locator("#input").fill("第一句")
    await page.locator("#input").press("Enter")
    await house.bot.hears()
    first = page.locator(".message").first
    await first.hover()
    await first.get_by_role("button", name="回复").click()
    await expect(page.locator("#quote i")).to_have_text("第一句")
    await page.keyboard.press("Escape")
    await expect(page.locator("#quote")).to_be_hidden()
    await first.hover()
    await first.get_by_role("button", name="回复").click()
    await page.keyboard.type("第二句")
    await page.keyboard.press("Enter")
    assert (await house.bot.hears()).images == ()
    await page.locator(".mine .quoted").click()
    await expect(first).to_be_focused()
