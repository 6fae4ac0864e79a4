"""The frames of the long connection are those of the library, bit by bit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platforms.feishu.frames import CONTROL, DATA, Frame, Malformed, pack, unpack

FRAMES = st.builds(
    Frame,
    method=st.sampled_from([CONTROL, DATA]),
    headers=st.dictionaries(st.text(), st.text(), max_size=4),
    payload=st.binary(max_size=300),
    service=st.integers(0, 2**31 - 1),
    seq=st.integers(0, 2**64 - 1),
    log=st.integers(0, 2**64 - 1),
)


@given(FRAMES)
def test_what_is_packed_is_unpacked(frame: Frame) -> None:
    """Nothing is lost on the way."""
    assert unpack(pack(frame)) == frame


def test_a_ping_of_the_library_is_understood() -> None:
    """These bytes were written by the library's own generated code."""
    data = bytes.fromhex("08001000189684800120002a0c0a0474797065120470696e67")
    assert unpack(data) == Frame(CONTROL, {"type": "ping"}, b"", 2_097_686)


@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_malformed(data: bytes) -> None:
    """Whatever comes, the reader survives it."""
    try:
        found = unpack(data)
    except Malformed:
        return
    assert found.method is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        pack(Frame(DATA, {"type": "event"}, b"{}"))[:-1],
        b"\x08" + b"\xff" * 12,
        b"\x0d\x00\x00\x00\x00",
        b"\x08\x01\x10\x01\x18\x01\x20\x01\x2a\x02\x0a\x00",
    ],
)
def test_half_a_frame_is_malformed(data: bytes) -> None:
    """Missing fields, a cut field, an endless number, a strange wire type, a header without a value."""
    with pytest.raises(Malformed):
        unpack(data)
