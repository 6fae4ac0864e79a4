"""`imabot run` in Discord as an admin starts it: what it says and how it ends where Discord does not take it."""

from __future__ import annotations

from pathlib import Path

from tests.bot.processes import call, finished, serving
from tests.platforms.discord_server import DiscordServer, discord_server

REFUSED = "Discord does not accept the token"


def environ(folder: Path, server: DiscordServer, **more: str) -> dict[str, str]:
    """The image service is never asked for anything here."""
    return {
        "IMA_API_KEY": "ima_test_0000000000",
        "IMA_BASE_URL": "http://127.0.0.1:9",
        "IMA_IM_BASE_URL": "http://127.0.0.1:9",
        "DISCORD_TOKEN": server.token,
        "DISCORD_API_URL": server.api_url,
        "DATA_DIR": str(folder / "data"),
        "HTTP_PORT": "0",
        "NO_PROXY": "127.0.0.1",
        **more,
    }


async def test_a_wrong_token_ends_it_with_one_line_and_code_1(tmp_path: Path) -> None:
    async with discord_server() as server:
        ended = await call(tmp_path, "run", **environ(tmp_path, server, DISCORD_TOKEN="wrong.token"))
        assert ended.code == 1
        assert ended.lines[-1].startswith(REFUSED)
        assert "DISCORD_TOKEN" in ended.lines[-1]
        assert "wrong.token" not in ended.messages + ended.output
        assert sum(REFUSED in line for line in ended.lines) == 1
        assert sum(each.path == "/users/@me" for each in server.requests) == 1


async def test_a_token_that_is_taken_back_ends_it_too(tmp_path: Path) -> None:
    async with discord_server() as server, serving(tmp_path, "run", **environ(tmp_path, server)) as (process, _):
        await server.connected()
        server.trouble.revoke_token()
        ended = await finished(process)
        assert ended.code == 1
        assert ended.lines[-1].startswith(REFUSED)
        assert server.token not in ended.messages + ended.output
