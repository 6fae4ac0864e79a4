"""A picture within the platform's limits is sent as it is, one beyond them fitted first, or as its link."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from adapters.feishu.adapter import LARGEST_PICTURE
from bot.media.fitting import fit
from bot.media.pictures import PictureTooLarge
from tests.adapters.feishu.desk import desk
from tests.bot.media.painting import noise, written
from tests.platforms.feishu.basics import Ids, Refusal
from tests.platforms.feishu.pictures import Pictures
from tests.platforms.feishu.world import Person, World


def platform() -> Pictures:
    return Pictures(World("cli_a", "tenant", Person("ou_bot", "on_bot", "bot", is_bot=True)), Ids())


def flat(kind: str, width: int, height: int) -> bytes:
    return written(Image.new("RGB", (width, height), "red"), kind)


BEYOND = {
    "bytes": lambda: written(noise(2_000, 1_800), "PNG"),
    "a gif's side": lambda: flat("GIF", 40, 2_001),
}


@pytest.mark.parametrize("limit", BEYOND)
def test_what_is_beyond_a_limit_is_fitted_to_it(limit: str) -> None:
    data = BEYOND[limit]()
    with pytest.raises(Refusal):
        platform().upload(data)
    fitted = fit(data, largest_bytes=LARGEST_PICTURE)
    assert fitted.changed
    assert platform().upload(fitted.data).width == fitted.width


@pytest.mark.parametrize(("kind", "side"), [("PNG", 12_000), ("GIF", 2_000), ("JPEG", 12_000)])
def test_what_is_within_them_goes_as_it_is(kind: str, side: int) -> None:
    data = flat(kind, side, 10)
    assert fit(data, largest_bytes=LARGEST_PICTURE).data == data
    assert platform().upload(data).width == side


def test_what_has_too_long_a_side_to_be_fitted_is_none_of_ours() -> None:
    """It is then shown by its link, and the caption says so."""
    data = flat("PNG", 12_001, 10)
    with pytest.raises(Refusal):
        platform().upload(data)
    with pytest.raises(PictureTooLarge):
        fit(data, largest_bytes=LARGEST_PICTURE)


@pytest.mark.parametrize("code", [234006, 234011, 234039])
async def test_an_upload_that_is_refused_all_the_same_leaves_the_words_and_the_link(tmp_path: Path, code: int) -> None:
    async with desk(tmp_path) as here:
        said = here.server.dm(here.mei, "画一只猫")
        here.server.trouble.refuse_next("POST /im/v1/images", code)
        await here.sending.send(here.result(said))
        (shown,) = here.by_bot(said.chat)
        assert (shown.kind, shown.pictures) == ("interactive", ())
        assert "cdn.example.com" in shown.text
