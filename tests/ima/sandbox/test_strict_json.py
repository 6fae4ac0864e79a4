"""JSON that two parsers could read differently is refused; everything else is read as it is."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ima.sandbox.strict_json import Json, NotStrictJsonError, parse_object

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(TEXTS, VALUES), st.booleans())
def test_an_object_is_read_as_it_was_written(value: dict[str, Json], ascii_only: bool) -> None:
    assert parse_object(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@settings(deadline=None)
@given(st.binary())
def test_whatever_comes_is_an_object_or_refused_in_one_way(body: bytes) -> None:
    with contextlib.suppress(NotStrictJsonError):
        assert isinstance(parse_object(body), dict)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"7",
        b'{"a": {"b": 1, "b": 1}}',
        b'[{"a": 1}]',
        b'{"a": Infinity}',
        b'{"a": "\\udc00"}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b'{"a": 1,}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": ' + b"[" * 50_000,
    ],
    ids=range(11),
)
def test_a_doubtful_body_is_refused(body: bytes) -> None:
    with pytest.raises(NotStrictJsonError):
        parse_object(body)
