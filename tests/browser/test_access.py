"""By keyboard, by screen reader, by touch, on a phone, in the dark, in either language."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from protocol.messages import Address, Priority

from .conftest import OpenPage, Shoot
from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MEI = Address("playground", "private-mei", "mei", "m-1", private=True)
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


async def overflow(page: Page) -> float:
    """How far the page could be scrolled to the side."""
    script = """Math.max(...[...document.querySelectorAll('html, #scroller, #composer, #sidebar, #panel')]
      .map(e => e.scrollWidth - e.clientWidth))"""
    return float(await page.evaluate(script))


async def test_a_conversation_by_keyboard_alone(page: Page, house: House) -> None:
    """Write, answer, choose and look closer without a mouse."""
    await expect(page.locator("#input")).to_be_focused()
    await page.keyboard.type("画一张猫")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("戴帽子")
    await page.keyboard.press("Enter")
    incoming = await house.bot.hears()
    assert incoming.text == "画一张猫\n戴帽子"
    await house.bot.succeed(incoming.address)
    await house.bot.fail(incoming.address)
    await expect(page.locator(".message")).to_have_count(3)
    # From the empty box upwards into the conversation.
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message").last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    picture = page.locator(".message").nth(1)
    await expect(picture).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(picture.get_by_role("button", name="放大查看：山上的太阳")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(picture.get_by_role("button", name="放大查看：山上的太阳")).to_be_focused()
    await page.keyboard.press("Tab")  # the link of the caption
    await page.keyboard.press("Tab")
    await expect(picture.get_by_role("button", name="用这张图")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#input")).to_be_focused()
    await page.keyboard.type("变成油画")
    await page.keyboard.press("Enter")
    assert len((await house.bot.hears()).images) == 1
    offer = page.get_by_role("button", name="Nano Banana Pro · 10 pts")
    await offer.focus()
    await page.keyboard.press("Space")
    assert (await house.bot.hears()).press == "offer-1"
    await expect(page.locator(".message", has=offer)).to_be_focused()
    await page.keyboard.press("r")
    await expect(page.locator("#quote")).to_be_visible()


async def test_people_are_switched_by_arrow_keys(page: Page) -> None:
    """One stop in the tab order, as with any group of choices."""
    await page.get_by_role("radio", name="小美").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("radio", name="Tom")).to_be_focused()
    await expect(page.get_by_role("radio", name="Tom")).to_be_checked()
    await page.keyboard.press("Tab")
    await expect(page.locator(".conversation").first).to_be_focused()


async def test_the_way_by_tab_is_short_and_visible(page: Page, house: House) -> None:
    """However long the conversation, a few stops lead around the page, each with a visible focus."""
    for number in range(40):
        await house.bot.say(MEI, f"第 {number} 行", Priority.REPLY)
    await expect(page.locator(".message")).to_have_count(40)
    stops: list[str] = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        seen = await page.evaluate(
            """() => {
              const e = document.activeElement;
              const style = getComputedStyle(e);
              const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              const marked = outlined || e.id === "input" || e === document.body;
              return [e.tagName + "#" + e.id + "." + e.className, marked];
            }"""
        )
        assert seen[1], seen[0]
        stops.append(seen[0])
    assert len(set(stops)) < 18


async def test_enter_does_not_send_while_an_input_method_composes(page: Page, house: House) -> None:
    """Enter chooses the word then; only the next one sends."""
    keyboard = await page.context.new_cdp_session(page)
    await page.locator("#input").focus()
    compose = {"text": "hua", "selectionStart": 3, "selectionEnd": 3}
    await keyboard.send("Input.imeSetComposition", compose)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    await keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    await keyboard.send("Input.insertText", {"text": "画一张猫"})
    await keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    await expect(page.locator("#input")).to_have_value("画一张猫")
    assert await page.locator(".message").count() == 0
    await page.keyboard.press("Enter")
    assert (await house.bot.hears()).text == "画一张猫"
    assert house.bot.heard.empty()


async def test_a_composing_enter_with_its_own_key_code_does_not_send_either(page: Page) -> None:
    """Some systems report the key itself and say that a composition is going on."""
    await page.locator("#input").fill("hua")
    await page.locator("#input").dispatch_event("keydown", {"key": "Enter", "keyCode": 13, "isComposing": True})
    await expect(page.locator("#input")).to_have_value("hua")
    assert await page.locator(".message").count() == 0


async def test_a_screen_reader_finds_its_way(page: Page, house: House) -> None:
    """Landmarks, a polite log, names on everything that can be pressed, and who says what."""
    await house.bot.succeed(MEI)
    await expect(page.locator(".message")).to_have_count(1)
    for landmark in (page.get_by_role("navigation"), page.get_by_role("main"), page.get_by_role("log")):
        await expect(landmark).to_have_count(1)
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("radiogroup", name="以谁的身份聊天")).to_be_visible()
    nameless = """all => all.filter(e => e.checkVisibility() && !(e.ariaLabel || e.textContent.trim()))
      .map(e => e.outerHTML)"""
    assert await page.locator("button, a").evaluate_all(nameless) == []
    assert await page.locator("img").evaluate_all("all => all.filter(e => !e.hasAttribute('alt')).length") == 0
    spoken = await page.locator(".message .unseen").first.inner_text()
    assert spoken.startswith("画画，")


async def test_a_phone_has_all_of_it(open_page: OpenPage, house: House, shoot: Shoot) -> None:
    """360 pixels: nothing sticks out, the list and the drawer are a tap away, a reply is one as well."""
    page = await open_page(**PHONE)
    assert await overflow(page) == 0
    await page.locator("#input").fill("画一张猫 https://img.example.com/" + "a" * 80)
    await page.get_by_role("button", name="发送").tap()
    address = (await house.bot.hears()).address
    await house.bot.acknowledge(address)
    await house.bot.start(address)
    await house.bot.succeed(address, size=(1024, 576))
    await house.bot.fail(address)
    await expect(page.locator(".message")).to_have_count(5)
    assert await overflow(page) == 0
    await shoot(page, "phone")
    reply = page.locator(".answer").first.get_by_role("button", name="用这张图")
    await reply.tap()
    await expect(page.locator("#quote")).to_be_visible()
    assert await overflow(page) == 0
    await page.get_by_role("button", name="返回会话列表").tap()
    await expect(page.locator("#chat")).to_be_hidden()
    assert await overflow(page) == 0
    await shoot(page, "phone-list")
    await page.locator(".conversation", has_text="画友群").tap()
    await expect(page.locator("#sidebar")).to_be_hidden()
    await page.get_by_role("button", name="看看幕后").tap()
    await expect(page.locator("#panel")).to_be_visible()
    assert await overflow(page) == 0
    await shoot(page, "phone-drawer")
    await page.locator("#shade").tap(position={"x": 10, "y": 300})
    await expect(page.locator("#panel")).to_be_hidden()


async def test_targets_are_large_enough_for_a_finger(open_page: OpenPage, house: House) -> None:
    """24 pixels at least in both directions, for everything that is pressed (links in text apart)."""
    page = await open_page(**PHONE)
    await house.bot.fail(MEI)
    await expect(page.locator(".message")).to_have_count(1)
    small = """all => all.filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e])
      .filter(([box]) => box.width < 24 || box.height < 24).map(([, e]) => e.outerHTML)"""
    assert await page.locator("button").evaluate_all(small) == []


async def test_a_swipe_replies(open_page: OpenPage, house: House) -> None:
    """To the left, as chat apps do; a scroll does not."""
    page = await open_page(**PHONE)
    await house.bot.say(MEI, "画什么？", Priority.REPLY)
    await expect(page.locator(".message")).to_have_count(1)
    box = await page.locator(".bubble").bounding_box()
    assert box is not None
    x, y = box["x"] + 40, box["y"] + 12
    touch = await page.context.new_cdp_session(page)

    async def drag(by_x: float, by_y: float) -> None:
        await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for part in (0.3, 0.6, 1.0):
            points = [{"x": x + by_x * part, "y": y + by_y * part}]
            await touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    await drag(-30, -90)
    await expect(page.locator("#quote")).to_be_hidden()
    x += 50
    await drag(-85, 0)
    await expect(page.locator("#quote i")).to_have_text("画什么？")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_theme_follows_the_system_and_can_be_chosen(open_page: OpenPage, scheme: str, shoot: Shoot) -> None:
    """The choice is remembered."""
    page = await open_page(color_scheme=scheme)
    brightness = """Math.max(...getComputedStyle(document.querySelector('.bar')).backgroundColor
      .match(/\\d+/g).slice(0, 3).map(Number))"""
    dark_name, light_name = "换成浅色", "换成深色"
    was_dark = scheme == "dark"
    assert (await page.evaluate(brightness) < 100) is was_dark
    await page.get_by_role("button", name=dark_name if was_dark else light_name).click()
    assert (await page.evaluate(brightness) < 100) is not was_dark
    await page.reload()
    await page.locator("#app").wait_for()
    assert (await page.evaluate(brightness) < 100) is not was_dark
    await shoot(page, f"theme-after-{scheme}")


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((value, i) => value * top[3] + below[i] * (1 - top[3]));
  const light = rgb => {
    const [r, g, b] = rgb.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const gradient = style.backgroundImage.match(/(?:rgba?|color|oklab)\\([^)]*\\)/g);
      const plain = style.backgroundColor;
      layers.push(parse(gradient && plain === "rgba(0, 0, 0, 0)" ? gradient.at(-1) : plain));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const poor = [];
  for (const e of document.querySelectorAll("#app *")) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest(".unseen, .avatar, :disabled, .skip")) continue;
    const below = behind(e);
    const [one, two] = [light(over(parse(getComputedStyle(e).color), below)), light(below)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < 4.5) poor.push([e.className || e.tagName, e.textContent.slice(0, 20), ratio.toFixed(2)]);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_its_ground(open_page: OpenPage, house: House, scheme: str) -> None:
    """4.5 to 1 for every text, in both themes."""
    page = await open_page(color_scheme=scheme, reduced_motion="reduce")
    await page.locator("#input").fill("画一张猫 https://img.example.com")
    await page.locator("#input").press("Enter")
    address = (await house.bot.hears()).address
    await house.bot.acknowledge(address)
    await house.bot.start(address)
    await house.bot.progress(address, 50)
    await house.bot.succeed(address)
    await house.bot.fail(address)
    await page.get_by_role("button", name="看看幕后").click()
    house.bot.observe("private-mei", "job", "generating", points="6")
    await expect(page.locator(".activity li")).to_have_count(1)
    await expect(page.locator(".message")).to_have_count(6)
    assert await page.evaluate(CONTRAST) == []


async def test_the_language_is_switched(page: Page, house: House, shoot: Shoot) -> None:
    """Every word at once, and the bot is told."""
    await page.get_by_role("button", name="切换到英文").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("radio", name="Mei")).to_be_checked()
    await expect(page.locator("#input")).to_have_attribute("placeholder", "What shall I draw?")
    body = await page.locator("body").inner_text()
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in body.replace("中", ""))
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="draw a cat", exact=True).click()
    await page.keyboard.press("Enter")
    assert (await house.bot.hears()).locale == "en"
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await shoot(page, "english")


async def test_an_english_browser_gets_an_english_page(open_page: OpenPage) -> None:
    """From the first moment."""
    page = await open_page(locale="en-GB")
    await expect(page).to_have_title("imabot · pictures by chat")
    await expect(page.get_by_role("heading", level=1)).to_have_text("imabot")


async def test_who_wants_no_motion_gets_none(open_page: OpenPage, house: House) -> None:
    """New bubbles simply are there."""
    page = await open_page(reduced_motion="reduce")
    await house.bot.start(MEI)
    await expect(page.locator(".message.live")).to_have_count(1)
    longest = "Math.max(0, ...document.getAnimations().map(a => a.effect.getComputedTiming().activeDuration))"
    assert await page.evaluate(longest) < 1
