"""The frames of the long connection: protobuf as the platform speaks it, written out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

CONTROL, DATA = 0, 1
_VARINT, _LENGTH = 0, 2
_SEQ, _LOG, _SERVICE, _METHOD, _HEADERS, _ENCODING, _TYPE, _PAYLOAD, _LOG_NEW = range(1, 10)
_REQUIRED = frozenset({_SEQ, _LOG, _SERVICE, _METHOD})


class Malformed(Exception):
    """These bytes are no frame."""


@dataclass(slots=True)
class Frame:
    """One frame; `method` says control or data, the headers what it is."""

    method: int
    headers: dict[str, str]
    payload: bytes = b""
    service: int = 1
    seq: int = 0
    log: int = 0
    others: dict[int, bytes] = field(default_factory=dict)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _number(tag: int, number: int) -> bytes:
    return _varint(tag << 3 | _VARINT) + _varint(number)


def _bytes(tag: int, data: bytes) -> bytes:
    return _varint(tag << 3 | _LENGTH) + _varint(len(data)) + data


def pack(frame: Frame) -> bytes:
    """Write a frame."""
    out = [
        _number(_SEQ, frame.seq),
        _number(_LOG, frame.log),
        _number(_SERVICE, frame.service),
        _number(_METHOD, frame.method),
    ]
    out += [
        _bytes(_HEADERS, _bytes(1, key.encode()) + _bytes(2, value.encode())) for key, value in frame.headers.items()
    ]
    if frame.payload:
        out.append(_bytes(_PAYLOAD, frame.payload))
    return b"".join(out)


def unpack(data: bytes) -> Frame:
    """Read a frame; raises `Malformed`."""
    numbers: dict[int, int] = {}
    headers: dict[str, str] = {}
    payload = b""
    others: dict[int, bytes] = {}
    for tag, value in _fields(data):
        if isinstance(value, int):
            numbers[tag] = value
        elif tag == _HEADERS:
            key, text = _header(value)
            headers[key] = text
        elif tag == _PAYLOAD:
            payload = value
        else:
            others[tag] = value
    if missing := _REQUIRED - set(numbers):
        raise Malformed(f"fields {sorted(missing)} are missing")
    return Frame(numbers[_METHOD], headers, payload, numbers[_SERVICE], numbers[_SEQ], numbers[_LOG], others)


def _header(data: bytes) -> tuple[str, str]:
    found = {tag: value for tag, value in _fields(data) if isinstance(value, bytes)}
    try:
        return found[1].decode(), found[2].decode()
    except (KeyError, UnicodeDecodeError):
        raise Malformed("a header needs a key and a value") from None


def _fields(data: bytes) -> list[tuple[int, int | bytes]]:
    found: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(data):
        key, at = _read(data, at)
        if key & 7 == _VARINT:
            number, at = _read(data, at)
            found.append((key >> 3, number))
        elif key & 7 == _LENGTH:
            size, at = _read(data, at)
            if at + size > len(data):
                raise Malformed("it ends in the middle of a field")
            found.append((key >> 3, data[at : at + size]))
            at += size
        else:
            raise Malformed(f"wire type {key & 7}")
    return found


def _read(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Malformed("a number without an end")
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return number, at
        shift += 7
