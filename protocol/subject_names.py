"""What will be drawn or changed, in the user's own words, short enough to be said back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from protocol.traditional import FOLDED

Kind: TypeAlias = Literal["thing", "scene", "picture"]


@dataclass(frozen=True, slots=True)
class Name:
    """What will be drawn, in the user's own words: one short line of letters, digits and spaces.

    `kind`: a counted thing ("a cat", 一只猫); a scene, which has no article (雪山日出); or a kind of picture,
    its article taken off ("landscape photo", 风景照).
    """

    text: str
    kind: Kind


LONGEST_NAME = 48

_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAK = re.compile(r"[，,。;；!！?？|…~～]|[:：](?!\d)|——| [-–—]+ |(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\.(?=\s|$)")
_EMOJI_END = re.compile(r"[\s\ufe0f\u200d\u2600-\u27bf\U0001f000-\U0001faff]+$")
_LABEL = re.compile(
    r"(?:prompt|theme|topic|subject|style|title|description|scene"
    r"|主题|风格|内容|描述|场景|提示词|标题|要求|背景|需求|第.格)|.*(?:风格|画风| style)",
    re.IGNORECASE,
)

# --- Chinese ---

_POLITE_ZH = (
    r"(?:你好|您好|哈喽|嗨|嘿|请问|请|麻烦你?|拜托|劳驾|能不能|可不可以|可以|能|帮忙|帮我|给我|为我|替我|我想要?|我要|我需要|想要?"
    r"|来|再|那就|直接|顺便|现在|马上|立刻|[，,、!！\s])*"
)
# A draw verb, but not the nouns that begin with one (画家, 设计师, 做梦).
_DRAW_ZH = (
    r"(?:画(?![家师面板布廊册像展笔卷中得])|绘制|绘画|生成(?!式)|制作|创作(?!者)|设计(?![师图稿感])|渲染|做(?![梦饭菜工])"
    r"|[整弄搞拍出来要](?=[一两三几]?[张个幅只]))(?:出来?|下|一下|个?一画)?"
)
_REQUEST_ZH = re.compile(
    rf"{_POLITE_ZH}(?:用[^，,。\s]{{1,10}}?)?{_DRAW_ZH}(?:给我)?\s*|(?:please\s*)?(?:draw|paint|make|generate|create)\s*"
    r"|(?:请|给我|我想要|我要|想要|来)(?=[一两三几][张个幅只])",
    re.IGNORECASE,
)
_TAIL_ZH = re.compile(
    r"(?:吧|呗|呀|啊|哦|哈|啦|嘛|吗|谢谢(?:你|您|啦|了)?|谢啦|多谢|好吗|好不好|可以吗|行吗|行不行|拜托了?|看看|给我|[。!！\s])+$"
)
_COUNTER = (
    "[张幅副个只匹条头座位名朵棵株辆架艘颗杯碗盘碟把对双群片间栋幢部台套枚支枝根块尊窝束盆篮盏件滴堆排串场轮道顶口款组幕家"
    "所本封瓶锅份尾]"
)
_QUANTITY = re.compile(rf"(?P<number>[一二两三四五六七八九十几半]{{1,2}}|\d{{1,2}})\s?(?P<counter>{_COUNTER})\s*的?\s*")
# 画只猫: the one goes without saying. But 张飞, 个性头像, 条形码, 座钟 only begin like that.
_BARE_COUNTER = re.compile(
    r"(?:张(?![飞良三学国艺家骞衡大曼])|幅|个(?![性人])|只(?![有要是用])|条(?![形纹])|座(?!钟)|匹|朵|辆|棵|位)"
    r"(?=\S)"
)
_PICTURE_ZH = re.compile(
    r"(?:[图照]|图片|照片|海报|壁纸|头像|插画|封面|写真|贺卡|请柬|邀请函|明信片|表情包|漫画|油画|国画|水墨画|水彩画|山水画"
    r"|素描|标志|图标|名片|传单|横幅|logo)$",
    re.IGNORECASE,
)
# What does not name a thing: the sentence goes on about something else.
_NO_NAME_ZH = re.compile(
    r"(?:画(?![家廊])|得|要|再|不|别|是|有|用|按|以|把|将|和|跟|它|他|她|这|那|像|改|换|变|去|加|点|些|什么|随便|的)|.*(?:帮我|给我|请|不要|不用|别画)"
)

_EDIT_START_ZH = re.compile(r"把|将|去掉|去除|删掉|移除|抹掉|换|变成|改成|改|加|调|转成|做成|画成|让|给")
_NEEDS_OBJECT_ZH = re.compile(r"变成|改成|换成|转成|做成|画成")
_EDIT_POLITE_ZH = re.compile(_POLITE_ZH)

# --- English ---

_POLITE_EN = (
    r"(?:(?:hi|hello|hey|ok|okay|so|please|pls|kindly|could you|can you|would you|will you|just|now|then|also|let's"
    r"|i want you to|i'd like you to|i would like you to|i need you to|i want to see|i want|i'd like|i would like"
    r"|i need)[,!.\s]+)*"
)
_REQUEST_EN = re.compile(
    _POLITE_EN
    + r"(?:(?:draw|paint|sketch|generate|create|render|design|illustrate|produce|imagine)(?:\s+(?:me|us))?\s+"
    r"|(?:make|give|show|get|do)(?:\s+(?:me|us))?\s+(?=(?:an?|the|some|one|two|three|\d+)\s))?",
    re.IGNORECASE,
)
_PICTURE_OF_EN = re.compile(
    r"^(?:an?\s+|the\s+|one\s+)?(?:picture|image|pic|photo|photograph|drawing|painting|illustration)\s+"
    r"(?:of|showing|with)\s+",
    re.IGNORECASE,
)
_TAIL_EN = re.compile(r"(?:\s+|^)(?:please|pls|thanks|thank you|thx|for me|for us|now)[\s.!]*$", re.IGNORECASE)
_ARTICLE_EN = re.compile(r"^(?:an?|the|one)\s+", re.IGNORECASE)
_DETERMINED_EN = re.compile(
    r"(?:an?|the|some|one|two|three|four|five|six|seven|eight|nine|ten|your|his|her|their|several|many|\d+)\s",
    re.IGNORECASE,
)
_PICTURE_EN = re.compile(
    r"\b(?:picture|image|photo|photograph|poster|wallpaper|logo|icon|banner|portrait|illustration|painting|drawing"
    r"|sketch|avatar|card|postcard|invitation|cover|comic|sticker|flyer|thumbnail)$",
    re.IGNORECASE,
)
_NO_NAME_EN = re.compile(
    r"(?:it|its|this|that|these|those|make|turn|change|remove|add|use|with|like|please|something|anything|whatever"
    r"|and|but|or|for|to|of|is|are|was|can|could|would|what|which|who|how|why|draw|paint|no|not|don't|do|he|she|they"
    r"|me|if|so|as|by)\b|(?:an?|the|one|some)$",
    re.IGNORECASE,
)
_UNCLEAR_PERSON_EN = re.compile(r"\b(?:i|i'm|i've|you|your|yours|we|mine|myself|us)\b", re.IGNORECASE)

_EDIT_START_EN = re.compile(
    r"(?:turn|make|change|convert|transform|replace|remove|add|swap|put|give|crop|brighten|darken|colou?rize|recolou?r"
    r"|blur|erase|extend|restyle|redraw|enhance|sharpen|restore|lighten|straighten|rotate|flip)\s+\S",
    re.IGNORECASE,
)
_EDIT_POLITE_EN = re.compile(_POLITE_EN, re.IGNORECASE)


def name_subject(prompt: str) -> Name | None:
    """What will be drawn, to be put into a short sentence; None where it is long or would read badly there."""
    if "://" in prompt:
        return None
    if _HAN.search(prompt):
        return _name_chinese(prompt)
    return _name_english(prompt)


def name_edit(prompt: str) -> str | None:
    """The change that was asked for, to follow "I'll …" or 帮你…; None where it is long or would read badly."""
    if "://" in prompt:
        return None
    if _HAN.search(prompt):
        text = _without_emoji(_BREAK.split(_EDIT_POLITE_ZH.sub("", _one_line(prompt), count=1))[0])
        text = _to_second_person_zh(_TAIL_ZH.sub("", text))
        if _NEEDS_OBJECT_ZH.match(text):
            text = f"把图{text}"
        return _bounded(text) if _EDIT_START_ZH.match(text) else None
    text = _without_emoji(_BREAK.split(_EDIT_POLITE_EN.sub("", _one_line(prompt), count=1))[0])
    text = _to_second_person_en(_TAIL_EN.sub("", text))
    return _bounded(text[:1].lower() + text[1:]) if _EDIT_START_EN.match(text) else None


def _name_chinese(prompt: str) -> Name | None:
    line = _one_line(prompt)
    # Recognised in the folded text, cut out of the user's own.
    request = _REQUEST_ZH.match(line.translate(FOLDED))
    text = _TAIL_ZH.sub("", _first_clause(line[request.end() :] if request else line))
    if request and _BARE_COUNTER.match(text.translate(FOLDED)):
        text = f"一{text}"
    text = _to_second_person_zh(text)
    folded = text.translate(FOLDED)
    kind: Kind = "picture" if _PICTURE_ZH.search(folded) else "scene"
    if quantity := _QUANTITY.match(folded):
        of_pictures = quantity["counter"] in "张幅副"
        if of_pictures or (kind == "picture" and quantity["number"] in {"一", "1"}):
            text = text[quantity.end() :]
        else:
            kind = "thing"
    elif folded.startswith("你"):
        kind = "thing"
    if _NO_NAME_ZH.match(text.translate(FOLDED)) or not _HAN.search(text):
        return None
    return _name(text, kind)


def _name_english(prompt: str) -> Name | None:
    line = _one_line(prompt).replace("’", "'")
    request = _REQUEST_EN.match(line)
    text = _PICTURE_OF_EN.sub("", line[request.end() :] if request else line, count=1)
    text = _to_second_person_en(_TAIL_EN.sub("", _first_clause(text)))
    if _NO_NAME_EN.match(text):
        return None
    kind: Kind = "scene"
    if _DETERMINED_EN.match(text):
        kind = "thing"
        text = text[0].lower() + text[1:]
    if _PICTURE_EN.search(text) and (kind == "scene" or _ARTICLE_EN.match(text)):
        kind = "picture"
        text = _ARTICLE_EN.sub("", text, count=1)
    return _name(text, kind)


def _name(text: str, kind: Kind) -> Name | None:
    bounded = _bounded(text)
    return Name(bounded, kind) if bounded else None


def _one_line(prompt: str) -> str:
    """The beginning as one line; a line's end counts as a clause's."""
    return "；".join(" ".join(line.split()) for line in prompt[:400].splitlines() if line.strip())


def _first_clause(text: str) -> str:
    """The first clause that is no label (主题：春天) and no mere style."""
    clauses = [_without_emoji(clause.strip()) for clause in _BREAK.split(text) if clause.strip()]
    return next((clause for clause in clauses if not _LABEL.fullmatch(clause)), "")


def _without_emoji(text: str) -> str:
    """The text without the emoji (and spaces) at its end."""
    return _EMOJI_END.sub("", text)


def _to_second_person_zh(text: str) -> str:
    """我的猫 is, said back, 你的猫. Empty where a change of person would be a guess."""
    if re.search(r"[你您]", text):
        return ""
    text = re.sub(r"我(?=[的家])", "你", text)
    return "" if "我" in text else text


def _to_second_person_en(text: str) -> str:
    """ "my dog" is, said back, "your dog". Empty where a change of person would be a guess."""
    if _UNCLEAR_PERSON_EN.search(text):
        return ""
    text = re.sub(r"\b(?:my|our)\b", "your", text, flags=re.IGNORECASE)
    return re.sub(r"\bme\b", "you", text, flags=re.IGNORECASE)


def _bounded(text: str) -> str | None:
    """The text where it is short and of letters, digits, spaces and a few marks; else None."""
    text = text.strip(" -'、·")
    plain = all(each.isalnum() or each in " -'’·、&" for each in text)
    return text if text and plain and len(text) <= LONGEST_NAME else None
