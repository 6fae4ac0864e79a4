"""What is not words to draw by itself: mentions, commands, links, quotes, code and flags."""

from __future__ import annotations

from collections.abc import Iterator

from protocol.intent.patterns import Pattern
from protocol.intent.spans import Span

_MENTION = Pattern(
    r"<@[!&]?\d+>|@_user_\d+|@_all\b|<at\b[^<>]*>[^<>]*</at>"
    r"|^\s*@[\w\-.\u4e00-\u9fff]{1,32}[\s,:]+"
)
_COMMAND = Pattern(
    r"^\s*[/!](?:imagine|draw|paint|image|img|gen|generate|create|make|pic|画|画图|生成|绘图)(?![a-z])\s*"
    r"(?:prompt\s*[:=]?)?\s*|^\s*(?:/imagine\s*)?prompts?\s*:\s*"
)
_LINK = Pattern(
    r"<?https?://[^\s<>\"',。!?;、()\u2018-\u201f\u3000-\u9fff\x1a][^\s<>\"',。、()\u2018-\u201f\u3000-\u9fff\x1a]*>?"
)
_PICTURE_LINK = Pattern(r"https?://[^?#]*\.(?:png|jpe?g|webp|gif)(?:[?#].*)?")
_MARKDOWN = Pattern(r"!?\[[^\]\[\n]{0,80}\]\($")
_BARE_ADDRESS = Pattern(
    r"(?<![\w@./-])(?:www\.[\w.-]+|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|cn|net|org|io|ai|dev|app"
    r"|co|tw|hk|jp|me|gov|edu))"
    r"(?![\w])(?:/[\w./?=&%#-]*)?"
    r"|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
)
_CODE = Pattern(r"```[^`]*```|`[^`\n]+`")
_QUOTE = Pattern(
    r"“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》|‘[^‘']*'|\"[^\"\n]*\"|(?<![a-z0-9])'[^'\n]*'(?![a-z0-9])"
)
_FLAG = Pattern(
    r"(?<![\w-])(?:--|—|–)\s?(?P<name>no|neg|v|version|s|stylize|q|quality|c|chaos|w|weird|seed|iw"
    r"|niji|style|tile|hd|fast|relax"
    r"|turbo|stop|repeat|r|uplight|upbeta|test|p|profile|sref|cref|cw|sw|oref|ow|video|draft|exp|raw"
    r"|stealth|public|sd|creative)"
    r"(?![a-z])(?P<value>\s+(?:\d[\d.:]*|raw|cute|scenic|expressive|original|random|[a-z0-9]{6,}\b(?=\s*(?:--|$))))?"
    r"|(?<![\w-])--[a-z]{2,16}(?![a-z])(?P<other>\s+\d[\d.:]*)?"
)
_RATIO_FLAG = Pattern(r"(?:--|—|–)\s?(?:ar|aspect|aspect-ratio)(?![a-z])")


def find_mentions(folded: str) -> Iterator[Span]:
    """The bot's mention, wherever a platform writes it."""
    if "@" not in folded and "<at" not in folded:
        return
    for match in _MENTION.finditer(folded):
        yield Span(match.start(), match.end(), "mention")


def find_command(seen: str) -> Iterator[Span]:
    """A leading `/imagine` or `prompt:`, as people bring along from other bots."""
    if match := _COMMAND.match(seen):
        yield Span(match.start(), match.end(), "command")


def find_links(text: str, seen: str) -> Iterator[Span]:
    """Addresses. A picture's is an input and leaves the prompt; any other is content."""
    if "." not in seen:
        return
    for match in _LINK.finditer(seen):
        start, end = match.start(), match.end()
        bracketed = seen[start] == "<"
        if seen[end - 1] == ">":
            end -= 0 if bracketed else 1
        else:
            while seen[end - 1] in ".:;!?*_~)":
                end -= 1
        inner = slice(start + bracketed, end - 1 if bracketed and seen[end - 1] == ">" else end)
        if _PICTURE_LINK.fullmatch(seen[inner]) is None:
            yield Span(start, end, "link", text[inner])
            continue
        address = text[inner]
        if (opening := _MARKDOWN.search(seen[max(0, start - 84) : start])) and seen[end : end + 1] == ")":
            start, end = start - len(opening.group()), end + 1
        yield Span(start, end, "image_link", address)


def find_bare_addresses(seen: str) -> Iterator[Span]:
    """`www.example.com` and mail addresses without a scheme: content."""
    if "." not in seen:
        return
    for match in _BARE_ADDRESS.finditer(seen):
        yield Span(match.start(), match.end(), "link")


def find_code(seen: str) -> Iterator[Span]:
    """Code between backticks: content."""
    if "`" in seen:
        for match in _CODE.finditer(seen):
            yield Span(match.start(), match.end(), "code")


def find_quotes(seen: str, is_name: Pattern) -> Iterator[Span]:
    """Quoted words, which are content whatever they say.

    A message that is nothing but one quote is read as if it were not quoted, and so is a quoted name of a
    model: people do put quotes around names.
    """
    if not any(mark in seen for mark in "“「『《‘\"'"):
        return
    for match in _QUOTE.finditer(seen):
        inner = match.group()[1:-1].strip()
        whole = match.end() - match.start() == len(seen.strip())
        if inner and not whole and is_name.fullmatch(inner) is None:
            yield Span(match.start(), match.end(), "quote")


def find_flags(seen: str) -> Iterator[Span]:
    """Midjourney's flags. `--no X` becomes "without X"; `--ar` is left for the ratio; others say nothing to us."""
    if "--" not in seen and "—" not in seen and "–" not in seen:
        return
    for match in _FLAG.finditer(seen):
        if _RATIO_FLAG.match(match.group()):
            continue
        if match.group("name") in ("no", "neg"):
            yield Span(match.start(), match.end("name"), "flag", "no", "without")
        else:
            yield Span(match.start(), match.end(), "flag", match.group("name") or "")
