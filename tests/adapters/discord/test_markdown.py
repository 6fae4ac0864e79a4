"""Nothing in a text is taken for markup, and none is cut in the middle."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markdown import cut, escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **bold** cat", r"a \*\*bold\*\* cat"),
        ("||secret|| ~~gone~~ 5 ~ 10 s", r"\|\|secret\|\| \~\~gone\~\~ 5 ~ 10 s"),
        ("[click](https://evil.example/)", r"\[click\](https://evil.example/)"),
        ("<@123> <:cat:4>", r"\<@123> \<:cat:4>"),
        ("# heading\n> quote\n1. one", "\\# heading\n\\> quote\n1\\. one"),
        ("  - Nano Banana2 (faster, 4 pts)", "  - Nano Banana2 (faster, 4 pts)"),
        ("-# small\n  -# print\n- # 1", "\\-# small\n  \\-# print\n- # 1"),
        ("🔗 https://example.com/a_b_c~d.png?e=f", "🔗 https://example.com/a_b_c~d.png?e=f"),
        ("https://a.example/|| x https://b.example/||", "https://a.example/%7C%7C x https://b.example/%7C%7C"),
        ("https://a.example/**x y** https://b.example/*", r"https://a.example/%2A%2Ax y\*\* https://b.example/%2A"),
        ("||**https://a.example/b**||", r"\|\|\*\*https://a.example/b\*\*\|\|"),
        ("https://a.example/?x[0]=a__b~~c`d", "https://a.example/?x%5B0%5D=a%5F%5Fb%7E%7Ec%60d"),
        ("https://**a**/x https://a__b__c/", r"https://\*\*a\*\*/x https://a\_\_b\_\_c/"),
        (r"a \ b `code`", r"a \\ b \`code\`"),
    ],
)
def test_markup_is_shown_as_it_was_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_the_words_themselves_are_never_lost(text: str) -> None:
    plain = re.sub(r"https?://[^\s<>]+", "", text)
    unescaped = re.sub(r"\\([\\*_`\[\]<~|#>+.)-])", r"\1", escaped(plain))
    assert unescaped == plain


LINKS = st.builds(
    lambda host, path, last: f"https://{host}/{path}{last}",
    st.sampled_from(["example.com", "a_b.example.com:8443", "例え.jp"]),
    st.text(alphabet="ab1/?&=#%._~*|`\\[]-+()猫", max_size=20),
    st.sampled_from("a*|_~/="),
)
A_LINK_OF_DISCORD = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")
MARKUP = re.compile(r"[*`\[\]]|\|\||~~|__")


@given(LINKS, st.text(alphabet="ab *_|~`猫(", max_size=6), st.text(alphabet="ab*_|~` 猫", max_size=6))
def test_a_link_stays_whole_whatever_is_in_it_and_around_it(link: str, before: str, after: str) -> None:
    shown = escaped(f"{before} {link} {after}")
    [found] = [each for each in shown.split() if each.startswith("https://")]
    assert unquote(found) == unquote(link)
    assert A_LINK_OF_DISCORD.fullmatch(found)


@given(st.lists(LINKS | st.text(alphabet="ab *_|~`\\[]()<\n", max_size=8)))
def test_nothing_in_a_text_with_links_can_begin_bold_hidden_or_masked_words(parts: list[str]) -> None:
    shown = escaped("".join(parts))
    assert MARKUP.findall(re.sub(r"\\.", "x", shown)) == []


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(), st.integers(2, 60))
def test_a_cut_text_always_fits_and_is_the_beginning(text: str, most: int) -> None:
    short = cut(text, most)
    assert length(short) <= most
    assert short == text or text.startswith(short[:-1])


def test_whole_lines_are_kept_as_long_as_they_fit() -> None:
    assert cut("the first line\nthe second line\nthe third", 32) == "the first line\nthe second line…"


def test_a_word_is_not_cut_in_the_middle() -> None:
    assert cut("one two three four", 15) == "one two three…"


def test_no_escape_is_left_open_at_the_end() -> None:
    assert cut(r"abcdefgh\*\*", 10) == "abcdefgh…"
