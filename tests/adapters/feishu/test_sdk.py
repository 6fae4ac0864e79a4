"""How much of the SDK is loaded, and by whom."""

from __future__ import annotations

import subprocess
import sys

import pytest

LEAN = """
import sys
import {module}
names = [name for name in sys.modules if name.partition(".")[0] == "lark_oapi"]
print(len(names), any(name.startswith("lark_oapi.api.") for name in names))
"""

LATE = """
import asyncio, sys
from adapters.feishu import sdk

class Nothing:
    def find_spec(self, name, path=None, target=None):
        assert not name.startswith("lark_oapi"), name

sys.meta_path.insert(0, Nothing())

class Socket:
    sent = []
    async def send(self, data):
        self.sent.append(data)

class Handler:
    async def handle(self, payload):
        return {"toast": payload.decode()}

async def main():
    client = sdk.long_connection(app_id="cli_a", secret="s", domain="http://127.0.0.1:1", handler=Handler())
    client._conn = Socket()
    for parts in (1, 2):
        for number in range(parts):
            frame = sdk._ws._new_ping_frame(1)
            frame.method = 1
            del frame.headers[:]
            said = {"type": "event", "message_id": str(parts), "trace_id": "t", "sum": str(parts), "seq": str(number)}
            for key, value in said.items():
                header = frame.headers.add()
                header.key, header.value = key, value
            frame.payload = b"hello"
            await client._handle_message(frame.SerializeToString())
    await client._write_message(sdk._ws._new_ping_frame(1).SerializeToString())
    print(len(Socket.sent))

asyncio.run(main())
"""


def told(program: str) -> str:
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


@pytest.mark.parametrize("module", ["bot.platforms", "bot.commands.run", "bot.doctor.feishu", "adapters.port"])
def test_who_does_not_use_feishu_loads_nothing_of_it(module: str) -> None:
    assert told(LEAN.format(module=module)) == "0 False"


def test_of_the_sdk_only_what_is_used_is_loaded() -> None:
    """The whole has more than ten thousand modules."""
    count, services = told(LEAN.format(module="adapters.feishu")).split()
    assert int(count) < 100
    assert services == "False"


def test_nothing_more_is_loaded_once_events_come() -> None:
    """An import that happens then would load the whole of it, for seconds, while the platform waits."""
    assert told(LATE) == "3"
