"""What a picture is of: an emoji for it, and its short name in the user's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from protocol.subject_words import (
    ANIMATE,
    IRREGULAR_PLURALS,
    NO_SUBJECT_EN,
    NO_SUBJECT_ZH,
    SCENE,
    STYLE,
    THING,
    TRADITIONAL,
)

ANY_SUBJECT = "🎨"

# Lower comes first: whoever is in a picture, then things, then where it is, then only the kind of picture.
_STYLE_RANK = 3

# One folded character for one, so that places in the text stay what they are.
_FOLDED = {
    **{ord(pair[0]): pair[1] for pair in TRADITIONAL.split()},
    **{code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)},
    ord("’"): "'",
}

_RUN = re.compile(r"(?P<han>[\u3400-\u9fff]+)|(?P<word>[a-z0-9]+(?:'(?!s\b)[a-z]+)?)", re.IGNORECASE | re.ASCII)
_SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,、]")
_OWNER = re.compile(r"[树旁边上下里中前后外内间底畔丛]*的(?<![它他她我你们]的)")
_COUNTED = re.compile(r"[一二两三四五六七八九十几\d][^\W\d_]$")
_NEGATED_ZH = re.compile(r"(?:没有|不要|别画|去掉|除了|无)$")
_NEGATED_EN = re.compile(r"\b(?:no|without|not|remove)(?:\s+\w+)?\s+$", re.IGNORECASE)
_CHANGE = re.compile(r"(?:变成|改成|换成|变为|改为|转成|做成|画成|\b(?:in)?to\b|\bwith\b)", re.IGNORECASE)
_CHANGE_START = re.compile(
    r"(?:请|麻烦|帮我|给我|\s)*[把将变改换]|\s*(?:please\s+)?(?:turn|change|make|convert|transform|replace)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is mainly of. `word` is None, and the emoji 🎨, where nothing is known."""

    emoji: str
    word: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    emoji: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Index:
    """Words by their text; a word that only hides others (马上) has no entry of its own."""

    han: dict[str, _Word | None]
    han_longest: dict[str, int]
    english: dict[str, _Word | None]
    english_longest: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Found:
    word: _Word
    text: str
    start: int
    end: int


def find_subject(prompt: str) -> Subject:
    """The main subject: who is in it, else what, else where; the first that is mentioned, in the first sentence.

    In a change ("turn the cat into a dog") it is what comes of it. Any text is fine, and nothing is raised.
    """
    text = prompt.translate(_FOLDED)
    if _CHANGE_START.match(text) and (changes := list(_CHANGE.finditer(text))):
        after = text[changes[-1].end() :]
        if best := _best(after):
            return best
    return _best(text) or Subject(ANY_SUBJECT)


def _best(text: str) -> Subject | None:
    found = list(_find_all(text))
    if not found:
        return None
    sentences = [match.start() for match in _SENTENCE_END.finditer(text)]
    clauses = [match.start() for match in _CLAUSE_END.finditer(text)]

    def order(each: _Found) -> tuple[bool, int, int, int, bool, int]:
        sentence = _before(sentences, each.start)
        # Somebody in a later clause of the sentence still is what the picture is of; a thing there is not.
        clause = 0 if each.word.rank == 0 else 1 + _before(clauses, each.start)
        only_style = each.word.rank == _STYLE_RANK
        return (only_style, sentence, clause, each.word.rank, _describes(each, text), each.start)

    best = min(found, key=order)
    return Subject(best.word.emoji, best.text)


def _before(places: list[int], position: int) -> int:
    return sum(place < position for place in places)


def _describes(found: _Found, text: str) -> bool:
    """Whether it only describes what follows: 骑着马的宇航员 is an astronaut."""
    counted = _COUNTED.search(text, max(0, found.start - 2), found.start)
    return counted is None and _OWNER.match(text, found.end) is not None


def _find_all(text: str) -> Iterator[_Found]:
    index = _index()
    words: list[re.Match[str]] = []
    for match in _RUN.finditer(text):
        if match["han"]:
            yield from _find_han(match["han"], match.start(), text, index)
        else:
            words.append(match)
    yield from _find_english(words, text, index)


def _find_han(run: str, offset: int, text: str, index: _Index) -> Iterator[_Found]:
    at = 0
    while at < len(run):
        step = 1
        for length in range(min(index.han_longest.get(run[at], 0), len(run) - at), 0, -1):
            part = run[at : at + length]
            if part in index.han:
                word, start = index.han[part], offset + at
                if word and not _NEGATED_ZH.search(text, max(0, start - 2), start):
                    yield _Found(word, part, start, start + length)
                step = length
                break
        at += step


def _find_english(words: list[re.Match[str]], text: str, index: _Index) -> Iterator[_Found]:
    lowered = [match[0].lower() for match in words]
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(index.english_longest.get(lowered[at], 0), len(words) - at), 0, -1):
            part = " ".join(lowered[at : at + length])
            if part in index.english and _joined(words[at : at + length], text):
                word, start = index.english[part], words[at].start()
                if word and not _NEGATED_EN.search(text, max(0, start - 20), start):
                    yield _Found(word, part, start, words[at + length - 1].end())
                step = length
                break
        at += step


def _joined(words: list[re.Match[str]], text: str) -> bool:
    """Whether the words stand side by side, with nothing but a space, a hyphen or a possessive between."""
    pairs = zip(words, words[1:], strict=False)
    return all(text[first.end() : second.start()] in {" ", "-", "'s "} for first, second in pairs)


@cache
def _index() -> _Index:
    """The words, made searchable; built at the first use."""
    han: dict[str, _Word | None] = dict.fromkeys(NO_SUBJECT_ZH.split())
    english: dict[str, _Word | None] = dict.fromkeys(NO_SUBJECT_EN.replace("'s", "").split(", "))
    for rank, rows in enumerate((ANIMATE, THING, SCENE, STYLE)):
        for emoji, chinese, singulars in rows:
            word = _Word(emoji, rank)
            for each in chinese.split():
                han.setdefault(each, word)
            for each in singulars.split(", "):
                english.setdefault(each, word)
                english.setdefault(plural(each), word)
    return _Index(han, _longest(han, ""), english, _longest(english, " "))


def _longest(words: dict[str, _Word | None], separator: str) -> dict[str, int]:
    """By its first part, the length in parts of the longest word."""
    longest: dict[str, int] = {}
    for word in words:
        parts = word.split(separator) if separator else list(word)
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return longest


def plural(word: str) -> str:
    """The plural of an English noun, or of the last word of a name."""
    *before, last = word.split(" ")
    if last in IRREGULAR_PLURALS:
        last = IRREGULAR_PLURALS[last]
    elif re.search(r"(?:s|x|z|ch|sh)$", last):
        last += "es"
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    else:
        last += "s"
    return " ".join([*before, last])


# --- the name ---


@dataclass(frozen=True, slots=True)
class Name:
    """What will be drawn, in the user's own words: one short line of letters, digits and spaces.

    `kind`: a counted thing ("a cat", 一只猫); a scene, which has no article (雪山日出); or a kind of picture,
    its article taken off ("landscape photo", 风景照).
    """

    text: str
    kind: Literal["thing", "scene", "picture"]


LONGEST_NAME = 48

_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAK = re.compile(r"[，,。;；:：!！?？|…~～]|——| [-–—]+ |(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\.(?=\s|$)")
_LABEL = re.compile(
    r"(?:prompt|theme|topic|subject|style|title|description|scene|主题|风格|内容|描述|场景|提示词|标题|要求|背景)|.*(?:风格?| style)",
    re.IGNORECASE,
)

_POLITE_ZH = (
    r"(?:你好|您好|哈喽|嗨|嘿|请问|请|麻烦你?|拜托|劳驾|能不能|可不可以|可以|能|帮忙|帮我|给我|为我|替我|我想要?|我要|我需要|想要?|"
    r"来|再|那就|直接|顺便|现在|马上|立刻|[，,、!！\s])*"
)
_DRAW_ZH = (
    r"(?:画(?![家师面板布廊册像展笔卷中得])|绘制|绘画|生成(?!式)|制作|创作(?!者)|设计(?![师图稿感])|渲染|做(?![梦饭菜工])|"
    r"[整弄搞拍出来要](?=[一两三几]?[张个幅只]))(?:出来?|下|一下|个?一画)?"
)
_REQUEST_ZH = re.compile(
    rf"{_POLITE_ZH}{_DRAW_ZH}(?:给我)?\s*|(?:请|给我|我想要|我要|想要|来)(?=[一两三几][张个幅只])"
)
_TAIL_ZH = re.compile(
    r"(?:吧|呗|呀|啊|哦|哈|啦|嘛|吗|谢谢(?:你|您|啦|了)?|谢啦|多谢|好吗|好不好|可以吗|行吗|行不行|拜托了?|看看|给我|[~～。!！\s])+$"
)
_COUNTERS = "个只匹条头座位名朵棵株辆架艘颗杯碗盘碟把对双群片间栋幢部台套枚支枝根块尊窝束盆篮盏件滴堆排串场轮道顶口款组幕家所本封瓶锅份尾"
_QUANTITY = re.compile(
    rf"(?P<number>[一二两三四五六七八九十几半]{{1,2}}|\d{{1,2}})\s?(?P<counter>[张幅副{_COUNTERS}])\s*的?\s*"
)
_BARE_COUNTER = re.compile(
    r"(?:张(?![飞良三学国艺家骞衡大曼])|幅|个(?![性人])|只(?![有要是用])|条(?![形纹])|座(?!钟)|匹|朵|辆|棵|位)(?=[\u3400-\u9fff])"
)
_PICTURE_ZH = re.compile(
    r"(?:[图照]|图片|照片|海报|壁纸|头像|插画|封面|写真|贺卡|请柬|邀请函|明信片|表情包|漫画|油画|国画|水墨画|水彩画|山水画|素描|logo|LOGO|Logo|标志|图标|名片|传单|横幅)$"
)
# What cannot be the name of something to draw: the sentence goes on about something else.
_NO_NAME_ZH = re.compile(
    r"(?:画|得|要|再|不|别|是|有|用|按|以|把|将|和|跟|它|他|她|这|那|像|改|换|变|去|加|点|些|什么|随便|的)|.*(?:帮我|给我|请)"
)

_REQUEST_EN = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|so|please|pls|kindly|could you|can you|would you|will you|just|now|then|also|let's|"
    r"i want you to|i'd like you to|i would like you to|i need you to|i want to see|i want|i'd like|i would like|i need)[,!.\s]+)*"
    r"(?:(?:draw|paint|sketch|generate|create|render|design|illustrate|produce|imagine)(?:\s+(?:me|us))?\s+|"
    r"(?:make|give|show|get|do)(?:\s+(?:me|us))?\s+(?=(?:an?|the|some|one|two|three|\d+)\s))?",
    re.IGNORECASE,
)
_PICTURE_OF_EN = re.compile(
    r"(?:an?\s+|the\s+|one\s+)?(?:picture|image|pic|photo|photograph|drawing|painting|illustration)\s+(?:of|showing|with)\s+",
    re.IGNORECASE,
)
_TAIL_EN = re.compile(r"(?:\s+|^)(?:please|pls|thanks|thank you|thx|for me|for us|now)[\s.!]*$", re.IGNORECASE)
_ARTICLE_EN = re.compile(r"(?:an?|the|one)\s+", re.IGNORECASE)
_DETERMINED_EN = re.compile(
    r"(?:an?|the|some|one|two|three|four|five|six|seven|eight|nine|ten|your|his|her|their|several|many|\d+)\s",
    re.IGNORECASE,
)
_PICTURE_EN = re.compile(
    r"\b(?:picture|image|photo|photograph|poster|wallpaper|logo|icon|banner|portrait|illustration|painting|"
    r"drawing|sketch|avatar|card|postcard|invitation|cover|comic|sticker|flyer|thumbnail|landscape)$",
    re.IGNORECASE,
)
_NO_NAME_EN = re.compile(
    r"(?:it|its|this|that|these|those|make|turn|change|remove|add|use|with|in|on|at|like|please|something|anything|whatever|"
    r"and|but|or|for|to|of|from|is|are|was|can|could|would|what|which|who|how|why|draw|paint|no|not|don't|do|a|an|the|"
    r"me|us|he|she|they|we|i|you|by|as|if|so)\b(?!\S*\s+\S)|(?:it|this|that|these|those|make|turn|change|remove|add|use|with|"
    r"like|please|something|anything|and|but|or|for|to|of|is|are|can|could|what|which|who|how|why|draw|no|not|don't|i|you|he|she|they|we)\b",
    re.IGNORECASE,
)
_SECOND_PERSON_EN = re.compile(r"\b(?:i|i'm|i've|you|your|yours|we|mine|myself|us)\b", re.IGNORECASE)

_EDIT_START_ZH = re.compile(r"(?:把|将|去掉|去除|删掉|移除|抹掉|换|变成|改成|改|加|调|转成|做成|画成|让|给)")
_NEEDS_OBJECT_ZH = re.compile(r"(?:变成|改成|换成|转成|做成|画成)")
_EDIT_POLITE_ZH = re.compile(_POLITE_ZH)
_EDIT_START_EN = re.compile(
    r"(?:turn|make|change|convert|transform|replace|remove|add|swap|put|give|crop|brighten|darken|colou?rize|recolou?r|"
    r"blur|erase|extend|restyle|redraw|enhance|sharpen|restore|lighten|straighten|rotate|flip|zoom)\s+\S",
    re.IGNORECASE,
)
_EDIT_POLITE_EN = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|so|please|pls|kindly|could you|can you|would you|will you|just|now|then|also|let's)[,!.\s]+)*",
    re.IGNORECASE,
)


def name_subject(prompt: str) -> Name | None:
    """What will be drawn, to be put into a short sentence; None where it is long or would read badly there."""
    if _HAN.search(prompt):
        return _name_chinese(prompt)
    return _name_english(prompt)


def name_edit(prompt: str) -> str | None:
    """The change that was asked for, to follow "I'll …" or 帮你…; None where it is long or would read badly."""
    if _HAN.search(prompt):
        text = _BREAK.split(_EDIT_POLITE_ZH.sub("", _one_line(prompt), count=1))[0]
        text = _to_second_person_zh(_TAIL_ZH.sub("", text))
        if _NEEDS_OBJECT_ZH.match(text):
            text = f"把图{text}"
        return _bounded(text) if _EDIT_START_ZH.match(text) else None
    text = _BREAK.split(_EDIT_POLITE_EN.sub("", _one_line(prompt), count=1))[0]
    text = _to_second_person_en(_TAIL_EN.sub("", text))
    return _bounded(text[:1].lower() + text[1:]) if _EDIT_START_EN.match(text) else None


def _name_chinese(prompt: str) -> Name | None:
    line = _one_line(prompt)
    rest = (
        _REQUEST_ZH.sub("", line.translate(_FOLDED), count=1)
        if _REQUEST_ZH.match(line.translate(_FOLDED))
        else line
    )
    asked = len(rest) < len(line)
    text = line[len(line) - len(rest) :]
    text = _TAIL_ZH.sub("", _first_clause(text))
    if asked and _BARE_COUNTER.match(text.translate(_FOLDED)):
        text = f"一{text}"
    text = _to_second_person_zh(text)
    kind: Literal["thing", "scene", "picture"] = "picture" if _PICTURE_ZH.search(text) else "scene"
    if quantity := _QUANTITY.match(text.translate(_FOLDED)):
        bare = text[quantity.end() :]
        if quantity["counter"] in "张幅副" or (kind == "picture" and quantity["number"] in {"一", "1"}):
            text = bare
        elif bare:
            kind = "thing"
    if _NO_NAME_ZH.match(text.translate(_FOLDED)) or not _HAN.search(text):
        return None
    bounded = _bounded(text)
    return Name(bounded, kind) if bounded else None


def _name_english(prompt: str) -> Name | None:
    line = _one_line(prompt).replace("’", "'")
    text = _PICTURE_OF_EN.sub("", line[_end(_REQUEST_EN.match(line)) :], count=1)
    text = _TAIL_EN.sub("", _first_clause(text))
    text = _to_second_person_en(text)
    if _NO_NAME_EN.match(text):
        return None
    kind: Literal["thing", "scene", "picture"] = "scene"
    if _DETERMINED_EN.match(text):
        kind = "thing"
        text = text[0].lower() + text[1:]
    if _PICTURE_EN.search(text) and (kind == "scene" or _ARTICLE_EN.match(text)):
        kind = "picture"
        text = _ARTICLE_EN.sub("", text, count=1)
    bounded = _bounded(text)
    return Name(bounded, kind) if bounded else None


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _one_line(prompt: str) -> str:
    """The first lines as one, without white space around; the rest is longer than any name."""
    return " ".join(prompt[:400].split())


def _first_clause(text: str) -> str:
    """The first clause that is no label (主题：春天) and no mere style."""
    clauses = [clause.strip() for clause in _BREAK.split(text) if clause.strip()]
    return next((clause for clause in clauses if not _LABEL.fullmatch(clause)), "")


def _to_second_person_zh(text: str) -> str:
    """我的猫 is, said back, 你的猫. Empty where a change of person would be a guess."""
    if re.search(r"[你您]", text):
        return ""
    text = re.sub(r"我(?=[的家])", "你", text)
    return "" if "我" in text else text


def _to_second_person_en(text: str) -> str:
    """ "my dog" is, said back, "your dog". Empty where a change of person would be a guess."""
    if _SECOND_PERSON_EN.search(text):
        return ""
    text = re.sub(r"\b(?:my|our)\b", "your", text, flags=re.IGNORECASE)
    return re.sub(r"\bme\b", "you", text, flags=re.IGNORECASE)


def _bounded(text: str) -> str | None:
    """The text where it is short and of letters, digits, spaces and a few marks; else None."""
    text = text.strip(" -'、·")
    plain = all(each.isalnum() or each in " -'’·、&" for each in text)
    return text if text and plain and len(text) <= LONGEST_NAME else None
