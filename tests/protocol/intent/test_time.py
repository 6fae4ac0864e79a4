"""Reading takes time in proportion to the length, whatever the text is."""

from __future__ import annotations

import time

import pytest

from protocol.intent import understand

_PIECES = [
    " ",
    "\n",
    "a",
    "a ",
    "猫",
    "1",
    "1:",
    "1x",
    "4k",
    "4k ",
    "512 ",
    "nb2 ",
    "nano",
    "nano banana ",
    "香蕉",
    "用香蕉",
    "最好的",
    "best ",
    "use ",
    "with ",
    "不要",
    "请帮我",
    "横图",
    "竖",
    "比例",
    "16:9,",
    "“",
    '"',
    "'",
    "`",
    "「",
    "(",
    "[",
    "@",
    "a@",
    "<@",
    "<at ",
    "/",
    "-",
    "—",
    "--v 6 ",
    "--no ",
    "…",
    ".",
    "a.",
    "a.com ",
    "http://a.png ",
    "https://",
    "把",
    "把这张图",
    "换成",
    "请",
    "谢谢",
    "please ",
    "can you ",
    "draw ",
    "make it ",
    "画",
    "画一张",
    "来一张",
    "的",
    "了",
    "吗",
    "？",
    "?",
    "😀",
    ":a:",
    ":a",
    "\u200d",
    "\ufeff",
    "推荐",
    "默认",
    "再来一张",
    "取消",
    "我的",
    "多少积分",
    "一只猫坐在墙上，",
    "a cat sitting on a wall, ",
]


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        understand(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", _PIECES, ids=ascii)
def test_ten_times_the_text_takes_no_more_than_about_ten_times_the_time(piece: str) -> None:
    """A quadratic expression would need a hundred times as long: the bound leaves room for a busy machine."""
    understand(piece * 3)
    short = _seconds((piece * 1000)[:1000])
    long = _seconds((piece * 10000)[:10000])
    assert long <= 30 * short + 0.02
