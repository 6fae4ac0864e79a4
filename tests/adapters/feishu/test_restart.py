"""The whole service is stopped while nobody knows whether a message arrived, and its key is forgotten meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.platforms.feishu.history import GROUP_HISTORY
from tests.platforms.feishu_server import SCOPES
from tests.scenarios.feishu_house import feishu_house, quick, ready, service


@pytest.mark.parametrize(("readable", "starts"), [(True, 1), (False, 2)])
async def test_what_had_arrived_is_not_shown_again_after_a_restart_where_that_can_be_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readable: bool, starts: int
) -> None:
    """Else it is: rather twice than never. The picture is paid once in either case."""
    # The send that hangs would be waited for.
    monkeypatch.setattr("bot.service.GRACE", 0.1)
    scopes = SCOPES | {GROUP_HISTORY} if readable else SCOPES
    async with feishu_house(tmp_path, running=False, options=quick(uuid_seconds=0, scopes=scopes)) as home:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            home.feishu.trouble.fail_next("POST /im/v1/messages", "never", "after")
            home.feishu.say(home.mei, home.group, "画一只狗")
            await home.until(lambda: home.steps() == "01")
        home.feishu.trouble.calm()
        async with service(home.settings, home.clock) as url:
            await ready(url)
            await home.ended()
        assert re.fullmatch(f"01{{{starts}}}2*3", home.steps())
        assert home.feishu.calls("GET /im/v1/messages") == 1
        assert len(await home.tasks()) == 1
