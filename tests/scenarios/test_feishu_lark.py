"""Lark: the same program at open.larksuite.com, behind a company's proxy, and nothing of it goes anywhere else.

Lark's real addresses are used. Only the proxy can be reached, and it leads them, TLS and all, to the local platform.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.doctor.feishu import FeishuCheck
from bot.doctor.finding import Verdict
from tests.scenarios.feishu_house import FeishuHouse, Transport, feishu_house, ready, service, words
from tests.scenarios.test_discord_proxy import Proxy
from tests.scenarios.test_pictures import png

OPEN, GATEWAY = "open.larksuite.com", "msg-frontier-sg.larksuite.com"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For Lark's names, signed by itself; the key stands in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: the test at Lark's addresses is left out")
    folder = tmp_path_factory.mktemp("lark")
    key, found = folder / "key.pem", folder / "certificate.pem"
    command = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    )
    names = ("-subj", "/CN=local Lark", "-addext", f"subjectAltName=DNS:{OPEN},DNS:{GATEWAY}")
    subprocess.run((*command, *names, "-keyout", str(key), "-out", str(found)), check=True, capture_output=True)
    found.write_text(found.read_text() + key.read_text())
    return found


@asynccontextmanager
async def at_lark(
    home: FeishuHouse, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Proxy, str]]:
    """The service, with the proxy in its environment; gives the proxy and the service's address."""
    ports = {OPEN: urlsplit(home.feishu.domain).port or 0, GATEWAY: urlsplit(home.feishu.gateway.url).port or 0}
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    way = Proxy(ports, context)
    server = await asyncio.start_server(way.serve, "127.0.0.1", 0)
    home.feishu.gateway.url = f"wss://{GATEWAY}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, str(certificate))
    try:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            yield way, url
    finally:
        server.close()
        await way.end()


@pytest.mark.parametrize("transport", ["ws", "webhook"])
async def test_lark_is_asked_lark_is_answered_and_feishu_is_never_called(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch, transport: Transport
) -> None:
    """Words, a photo that is fetched, a press, and the doctor's whole round."""
    async with feishu_house(
        tmp_path, transport=transport, domain=f"https://{OPEN}", running=False, forgive=("scope_missing",)
    ) as home:
        async with at_lark(home, certificate, monkeypatch) as (way, url):
            if transport == "webhook":
                home.feishu.post_to(f"{url}/feishu/webhook")
            direct = home.feishu.direct(home.tom)
            home.feishu.post(home.tom, direct, [["turn this photo into an oil painting", png("#102030")]])
            shown = await home.ended(direct)
            assert re.fullmatch("012*3", home.steps(direct))
            again = home.feishu.press(home.tom, shown[-1], 1)
            await home.feishu.settled(again)
            assert again.toast is not None
            assert again.toast["i18n"]["en_us"] == "Got it, on my way ✨"
            shown = await home.ended(direct, jobs=2)
            feishu = home.settings.feishu
            assert feishu is not None
            found = [finding async for finding in FeishuCheck(feishu)()]
        assert f"accepted by https://{OPEN}" in found[0].what
        assert not [each.line for each in found if each.verdict is Verdict.FAILED]
        said = [*(words(each) for each in shown), *(each.line for each in found)]
        assert not [each for each in said if "feishu.cn" in each]
        names = {OPEN, GATEWAY} if transport == "ws" else {OPEN}
        assert set(way.asked) == {f"CONNECT {each}:443" for each in names}
