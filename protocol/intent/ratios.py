"""Which shape: the five ratios, the words for them, and what only looks like one (scores, times, scales, verses)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, log

from protocol.decision import AspectRatio
from protocol.intent.context import ENOUGH, PICTURE, clause_after, clause_before, refusal_in
from protocol.intent.patterns import Pattern, one_of, word
from protocol.intent.sizes import is_device
from protocol.intent.spans import Span

UNSUPPORTED = "unsupported"
"""The value of a ratio that was asked for and that no model has."""

SUPPORTED: dict[tuple[int, int], AspectRatio] = {
    (1, 1): "1:1",
    (16, 9): "16:9",
    (9, 16): "9:16",
    (4, 3): "4:3",
    (3, 4): "3:4",
}
_CINEMA = frozenset(
    {
        "21:9",
        "9:21",
        "32:9",
        "9:32",
        "18:9",
        "9:18",
        "20:9",
        "9:20",
        "19:9",
        "16:10",
        "10:16",
        "2.35:1",
        "2.39:1",
        "2.4:1",
        "1.85:1",
        "2.76:1",
        "1.91:1",
        "19.5:9",
        "9:19.5",
    }
)
_LEAST_PIXELS = 100

_RATIO_WORD = (
    r"(?:(?:画面|图片|图像|照片|海报|画幅|长宽|宽高|屏幕|横纵)?(?:比例|宽高比|长宽比|画幅|尺寸|大小|幅面"
    r"|比(?=\s*[:=是为]))|\b(?:aspect\s*ratio|aspect|ratio|dimensions?|resolution|size|format)\b|分辨率"
    r"|解析度)"
)
_LEAD = Pattern(
    r"(?:(?P<flag>(?:--|—|–)\s?(?:ar|aspect(?:-ratio)?)[\s=:]{0,3})"
    r"|(?:(?:要|用|做成|出|\bin\b|\bat\b|\bwith\b|\buse\b)\s?(?:an?\s|the\s)?)?"
    + _RATIO_WORD
    + r"\s?(?:[:=]|为|是|要|用|设为|设成|改成|改为|换成|\bof\b|\bto\b|\bis\b|\bat\b)?\s?"
    r"|(?P<loose>(?<![a-z])(?:in|at|with)\s(?:an?\s|the\s)?|\bar\s?[:=]?\s?|(?<![不别])(?:按照?|用|以|做成|要)\s?))$"
)
_NUMBERS = Pattern(
    r"(?<![\w./$])(?<!\d:)(?P<wide>\d{1,4}(?:\.\d{1,2})?)\s{0,2}(?P<by>[:x×*/]|比|\bby\b"
    r"|\bto\b)\s{0,2}(?P<high>\d{1,4}(?:\.\d{1,2})?)"
    r"(?![\d/]|:\d|\.\d)(?:\s?px\b)?"
    r"(?P<after>\s?(?:的)?\s?(?:" + _RATIO_WORD + r"))?"
)
_SCORE = Pattern(
    one_of(
        "比分", "比数", "记分", "计分", "得分", "大比分", "总分", "战胜", "击败", "打败", "赢", "输", "领先",
        "落后", "打成", "踢成", "战平", "逼平",
        "绝杀", "扳平", "半场", "全场", "平局", "球赛", "比赛", "决赛", "半决赛", "主队", "客队", "赛果", "局",
        "进球", "完胜", "险胜", "分钟", "点球", "大战", "加时", "补时", "世界杯", "对战", "kd", "k/d",
        "惜败", "以",
        word(
            "scores?", "scored", "scoreboards?", "scoreline", "won", "wins?", "lost", "loses?", "lead",
            "leads", "leading", "beat", "beats", "beaten",
            "tied", "draw at", "match", "game", "trail", "trailing", "victory", "defeat", "goals?", "overtime",
            "halftime", "full time", "final",
            "odds", "vs", "up",
        ),
    )
)  # fmt: skip
_SCORE_AFTER = Pattern(
    r"\s*", one_of("的时候", "赢", "输", "战胜", "击败", "领先", "落后", "战平", "险胜", "惜败", "大胜",
    "拿下", "绝杀",
    "逆转", "平局", "了", word("win", "victory", "loss", "lead", "defeat", "score", "final score", "up", "against"))
)  # fmt: skip
_WON = Pattern(r"(?:赢|输|比分|比数|战成|打成|踢成|\b(?:won|lost|beat|scored?|tied|drew))\s*(?:了|是|为|it|by)?\s*$")
"""Said right before two numbers: a result, even of 16 to 9."""
_SCORED = Pattern(r"比分|比数|记分牌|计分牌|\b(?:scoreboards?|scoreline|jumbotron)\b")
_SPORT = Pattern(
    one_of(
        "球", "比分", "记分", "计分", "赛", "球队", "主队", "客队", "战队", "国家队", "进球", "绝杀",
        word("scores?", "scoreboards?", "match", "game", "team", "goals?", "won", "lost", "beat", "stadium",
        "football", "soccer", "pitch", "hockey", "fans?"),
    )
)  # fmt: skip
_TIME = Pattern(
    one_of(
        "早上", "清晨", "凌晨", "上午", "中午", "下午", "傍晚", "晚上", "夜里", "半夜", "深夜", "午夜", "时间",
        "时钟", "闹钟", "钟", "点", "手表", "表盘", "电子表", "现在是", "写着", "印着",
        "倒计时", "几点", "时刻", "定时", "周[一二三四五六日天]", "星期[一二三四五六日天]", "今天", "明天",
        "昨天", "今晚", "昨晚", "停在", "指向", "显示",
        word(
            "time", "be there", "there", "late", "arriv(?:e|es|ing)", "leav(?:e|es|ing)", "call", "dinner",
            "lunch", "party", "clocks?", "alarms?", "watch", "watches", "timer", "countdown", "train", "bus",
            "departs?",
            "arrives?", "morning", "evening",
            "tonight", "o'clock", "midnight", "noon", "dawn", "timestamp", "until", "since", "today",
            "tomorrow", "yesterday", "meet", "meeting",
            "wake", "woke", "up at", "flights?", "moved", "postponed", "delayed", "rescheduled", "appointments?",
            "doors", "curfew", "lands?", "landing", "boarding", "shift", "starts?", "begins?", "ends?", "opens?",
            "closes?", "mins?", "minutes?", "hours?", "display(?:s|ing)?", "show(?:s|ing)?",
            "read(?:s|ing)?",
        ),
    )
)  # fmt: skip
_TIME_AFTER = Pattern(
    r"\s*(?:的(?=[^,。\n图比画横竖方]{0,6}(?:车(?!模|贴)|高铁|航班|飞机|班机|列车|地铁|闹钟|时钟|钟|手表|会|课"
    r"|阳光|光线|街|教室|站|机场|便利店"
    r"|办公室|早晨|清晨|夜|黄昏|船票|轮渡|电影票|票|自习|操场|图书馆))|分|点|整|出发|起床|到|开|am\b|pm\b|a\.m"
    r"|p\.m|o'clock|train\b|bus\b"
    r"|flight\b|alarm\b|on the\b|in the (?:morning|evening|afternoon)\b)"
)
_VERSE = Pattern(
    r"(?:\b(?:john|genesis|psalms?|matthew|luke|mark|romans|corinthians|exodus|proverbs|isaiah"
    r"|revelation|acts|hebrews|james|peter|kings|samuel|daniel|job|ruth|chapter|verse|verses|bible"
    r"|scripture|surah)\s*"
    r"|约翰|创世[记纪]|诗篇|马太|路加|马可|罗马书|箴言|经文|福音|启示录|以赛亚书?|圣经|古兰经|第)[\w\s福音书]{0,8}$"
)
_SCALE_WORD = one_of(
    "手办", "模型", "复刻", "还原", "高达", "机甲", "雕像", "雕塑", "缩小", "放大", "等比", "等身", "样板",
    "仿真", "打造", "混合", "调配", "兑", "勾兑", "配比", "单挑", "约谈", "谈话", "沟通", "大小的",
    word(
        "scale", "scaled", "replicas?", "figures?", "figurines?", "gundam", "meetings?", "chats?", "calls?",
        "with my", "mix(?:ture|ed)?", "dilut(?:e|ed|ion)", "odds", "diorama", "model",
        "recipe", "session", "conversation", "interview", "tutoring",
    ),
)  # fmt: skip
_SCALE_AFTER = Pattern(r"\s*(?:的)?\s*[^\s,。]{0,5}?\s?", _SCALE_WORD)
_SCALE_BEFORE = Pattern(
    one_of("等比", "复刻", "缩小", "放大", "还原", "兑", "混合", "调", "按", word("scale", "mix", "mixed",
    "odds", "a quick", "ratio of \\w+ to \\w+", "my", "our")), r"[^,。]{0,4}$"
)  # fmt: skip
_GRID_AFTER = Pattern(
    r"\s?(?:的)?\s?[\u4e00-\u9fff]{0,5}?", one_of("宫格", "网格", "格", "方格", "方阵", "阵列", "矩阵", "排列",
    "拼图", "魔方", "棋盘", "米", "厘米", "公分", "英寸", "寸", "英尺", "拼贴", "联排",
    word("grids?", "matrix", "tiles?", "collage", "layout of", "arrays?", "board", "chessboard", "pixel grid",
    "cm", "mm", "m", "inch", "inches", "ft", "feet", "foot", "in", "meters?", "rubik'?s?", "cube",
    "checkerboard", "trucks?", "jeeps?", "off-?road", "suv", "lumber", "lego", "bricks?", "plate", "panels?",
    "contact sheet", "puzzle", "monitor", "relay", "rows?")),
)  # fmt: skip
_FILM_AFTER = Pattern(
    r"\s*(?:的)?\s*",
    one_of(
        "电影", "超宽", "宽银幕", "宽屏", "画面", "构图", "横", "竖", "图", "海报", "壁纸", "封面", "banner",
        "头图", "比例", "画幅", "尺寸",
        word("cinematic", "film", "movie", "ultra-?wide", "wide", "anamorphic", "shot", "frame", "crop",
        "banner", "wallpapers?", "posters?", "images?", "pictures?", "photos?", "landscape", "portrait",
        "composition", "cover", "header"),
    ),
)  # fmt: skip
_FILM_BEFORE = Pattern(
    one_of("画幅", "比例", "尺寸", "横图", "竖图", "横版", "竖版", "宽银幕", "构图", "出图", "做成", "改成",
    "裁成", "裁剪成", "换成", word("cinematic", "ultra-?wide", "anamorphic", "wide", "cropped? to",
    "crop(?:ped)? (?:it )?to", "resize (?:it )?to", "make it", "change (?:it )?to", "landscape", "portrait",
    "format", "in", "at")),
    r"\s*$",
)  # fmt: skip
_ALONE_AFTER = Pattern(r"\s*(?:[,。.!?;\n、|()~吧呗哦啊谢]|$|-|please\b|pls\b|thanks\b|thx\b)")

_WIDE, _TALL, _SQUARE = "16:9", "9:16", "1:1"
_SHAPE_NOUN = (
    r"(?:images?|photos?|photographs?|wallpapers?|posters?|pictures?|pics?|renders?|illustrations?"
    r"|banners?|covers?|shots?|drawings?|paintings?|orientation|oriented|format|layout|composition"
    r"|compositions|mode|version|framing|frame|crop|aspect(?: ratio)?|ratio|canvas|view|thumbnail"
    r"|backgrounds?|video cover|one)"
)
_SHAPE_HINT = (
    "横",
    "竖",
    "直",
    "纵",
    "方",
    "宽",
    "horizontal",
    "vertical",
    "screen",
    "landscape",
    "portrait",
    "square",
)
_SHAPE_LEAD = Pattern(r"(?:(?<![不别])(?:要|出|用)|\bin\b|\bas\b)?\s?(?:\ban?\s)?$")
_SHAPE = Pattern(
    r"(?:(?P<wide>横[图版向幅屏式]|横构图|横着的图|橫式|宽幅|宽屏(?=图|电影|壁纸|海报|画面|构图|[,。!\s]|$)"
    r"|\b(?:horizontal|widescreen|wide-?screen)\b(?:\s+"
    + _SHAPE_NOUN
    + r"\b)?|\blandscape[\s-]+(?:orientation|oriented|format|mode|layout|aspect ratio)\b)"
    r"|(?P<tall>[竖直纵][图版向屏式幅]|竖构图|直向图|\bvertical(?:ly)?\b(?:\s+"
    + _SHAPE_NOUN
    + r"\b)?|\bportrait[\s-]+(?:orientation|oriented|format|mode|layout|aspect ratio)\b)"
    r"|(?P<square>(?:正?方形?|四方形?)(?:的)?(?:构图|画幅|图片?|版|画面)|正方形|方形|方版"
    r"|\bsquare[\s-]+(?:images?|format|pictures?|photos?|pics?|crop|aspect ratio|ratio|canvas|frame"
    r"|composition|layout|version)\b|\bsquared?\b))"
    r"(?P<tail>(?:的)?(?:构图|画幅|比例|画面|版本|图片?|格式|尺寸)?)"
)
_SHAPE_ALONE_AFTER = Pattern(
    r"\s*(?:[,。.!?;:\n、|()~吧呗哦啊谢的]|$|-|please\b|pls\b|thanks\b|of\b|for\b|with\b|and\b)"
)
_SHAPE_AFTER = Pattern(
    r"(?:改成|换成|做成|弄成|变成|转成|裁成|要|用|来张|画成|make (?:it|this)|be|please|of it|version|to)$"
)
_WEAK_SHAPES = frozenset({"竖直", "直向", "纵向", "横向", "竖向", "直幅", "竖幅", "横式", "直式", "竖式", "宽幅"})
_SHAPE_OBJECT = Pattern(
    r"(?:的)?\s*", one_of("显示器", "屏幕", "电视", "手机(?!壁纸|图|海报)", "过关", "卷轴", "游戏", "动作",
    "闯关", "射击", "条", "纹", "线", "幅.{0,6}写", "琴", "起", "发", "条纹", "切面", "盒", "广场", "联", "轴",
    "冲", "升", "播", "达", "列", "排", "坐标", "着写", word("tvs?", "monitors?", "screens?", "displays?",
    "stripes?", "lines?", "gardens?", "farms?", "blinds?", "bars?", "slot", "cinema", "television"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Two numbers that may be a ratio, with how they were written and what stands round them."""

    wide: float
    high: float
    written: str
    sign: str
    said: bool
    flagged: bool
    before: str
    after: str


def find_ratios(seen: str) -> Iterator[Span]:
    """Ratios that were asked for, supported or not, and those that were refused, in order and apart."""
    found = sorted([*_find_numbers(seen), *_find_shapes(seen)], key=lambda span: span.start)
    end = -1
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


_SIGNS = (":", "x", "×", "*", "/", "比", "by", "to")


def _find_numbers(seen: str) -> Iterator[Span]:
    if not any(sign in seen for sign in _SIGNS):
        return
    for match in _NUMBERS.few(seen):
        before = clause_before(seen, match.start())
        lead = _LEAD.search(before)
        numbers = _Numbers(
            wide=float(match["wide"]),
            high=float(match["high"]),
            written=f"{match['wide']}:{match['high']}",
            sign=match["by"],
            said=bool(match["after"]) or (lead is not None and not lead["loose"]),
            flagged=lead is not None and lead["flag"] is not None,
            before=before,
            after=clause_after(seen, match.end()),
        )
        value = _value(numbers, seen, match)
        if value is None:
            continue
        start = match.start() - (len(lead.group()) if lead else 0)
        if refusal := refusal_in(clause_before(seen, start)):
            yield Span(start - len(refusal.group()), match.end(), "negated", "ratio")
        else:
            enough = ENOUGH.match(seen, match.end())
            yield Span(start, enough.end() if enough else match.end(), "ratio", value)


def _value(numbers: _Numbers, seen: str, match: re.Match[str]) -> str | None:
    if min(numbers.wide, numbers.high) <= 0:
        return UNSUPPORTED if numbers.flagged else None
    if match["high"].startswith("0") and not numbers.flagged:
        return None
    supported = _supported(numbers)
    if numbers.flagged:
        return supported or UNSUPPORTED
    if is_device(numbers.after) or _SCALE_AFTER.match(numbers.after) or _VERSE.search(numbers.before):
        return None
    if _is_pixels(numbers):
        return _nearest(numbers)
    if numbers.said:
        return supported or UNSUPPORTED
    if numbers.sign in ("/", "to") or _GRID_AFTER.match(numbers.after):
        return None
    if _SCORE_AFTER.match(numbers.after) or (supported != "16:9" and _SCORE.search(numbers.before)):
        return None
    if _WON.search(numbers.before) or (supported not in ("16:9", "9:16") and _SCORED.search(seen[:400])):
        return None
    if supported:
        return (
            None
            if _is_talk_of_time(numbers, supported) or _is_between_names(numbers, supported, seen, match)
            else supported
        )
    return UNSUPPORTED if _is_unmarked_ratio(numbers, seen, match) else None


def _supported(numbers: _Numbers) -> AspectRatio | None:
    if not (numbers.wide.is_integer() and numbers.high.is_integer()):
        return None
    wide, high = int(numbers.wide), int(numbers.high)
    if (wide, high) in SUPPORTED:
        return SUPPORTED[wide, high]
    divisor = gcd(wide, high) or 1
    return SUPPORTED.get((wide // divisor, high // divisor)) if numbers.said or numbers.flagged else None


def _is_pixels(numbers: _Numbers) -> bool:
    return min(numbers.wide, numbers.high) >= _LEAST_PIXELS and numbers.sign in ("x", "×", "*", "by")


def _nearest(numbers: _Numbers) -> AspectRatio:
    shape = log(numbers.wide / numbers.high)
    return min(SUPPORTED.items(), key=lambda item: abs(log(item[0][0] / item[0][1]) - shape))[1]


def _is_talk_of_time(numbers: _Numbers, supported: AspectRatio) -> bool:
    if supported != "9:16" or numbers.sign != ":":
        return False
    return _TIME.search(numbers.before) is not None or _TIME_AFTER.match(numbers.after) is not None


def _is_between_names(numbers: _Numbers, supported: AspectRatio, seen: str, match: re.Match[str]) -> bool:
    """Two names right beside it, as in a result (皇马4:3巴萨): no ratio is written like that."""
    if supported in ("16:9", "9:16"):
        return False
    if _SCALE_BEFORE.search(numbers.before):
        return True
    before, after = seen[match.start() - 1 : match.start()], seen[match.end() : match.end() + 1]
    return before > "\u4e00" and after > "\u4e00" and after not in "的横竖方图画比吧海头壁谢构"


def _is_unmarked_ratio(numbers: _Numbers, seen: str, match: re.Match[str]) -> bool:
    if numbers.sign != ":":
        return False
    if numbers.written in _CINEMA:
        return True
    if re.fullmatch(r"(?:[01]?\d|2[0-4]):[0-5]\d", numbers.written) or max(numbers.wide, numbers.high) > 32:
        return False
    if _SPORT.search(seen[:400]):
        return False
    if match.end() < len(seen) and seen[match.end()] == "的":
        return not _SCALE_BEFORE.search(numbers.before)
    if _FILM_AFTER.match(numbers.after) or _FILM_BEFORE.search(numbers.before):
        return True
    start = match.start("wide")
    opens = not numbers.before.strip() or (
        start > 0 and seen[start - 1].isspace() and _ALONE_AFTER.match(seen[match.end() : match.end() + 8]) is not None
    )
    return opens and (_ALONE_AFTER.match(seen[match.end() : match.end() + 8]) is not None or not seen[:start].strip())


def _find_shapes(seen: str) -> Iterator[Span]:
    if not any(hint in seen for hint in _SHAPE_HINT):
        return
    for match in _SHAPE.few(seen):
        kind = next(name for name in ("wide", "tall", "square") if match[name])
        before = clause_before(seen, match.start())
        lead = _SHAPE_LEAD.search(before)
        outside = before[: lead.start()] if lead else before
        if not _is_shape(seen, match, kind, outside.strip()):
            continue
        start = match.start() - (len(before) - len(outside))
        if refusal := refusal_in(outside):
            yield Span(start - len(refusal.group()), match.end(), "negated", "ratio")
        else:
            yield Span(start, match.end(), "ratio", {"wide": _WIDE, "tall": _TALL, "square": _SQUARE}[kind])


def _is_shape(seen: str, match: re.Match[str], kind: str, before: str) -> bool:
    words, end = match[kind], match.end()
    after = clause_after(seen, end)
    if _SHAPE_OBJECT.match(after):
        return False
    alone = _SHAPE_ALONE_AFTER.match(seen[end : end + 8]) is not None
    opens = not before or _SHAPE_AFTER.search(before) is not None
    if words in ("正方形", "方形", "方版"):
        if PICTURE.match(after) or match["tail"] not in ("", "的"):
            return True
        return opens and match["tail"] == "" and (alone or seen[end : end + 1].isspace())
    if words.isascii() and " " not in words and "-" not in words:
        if words.startswith("square"):
            return alone and opens and not after.strip()
        return alone and (opens or not after.strip())
    if words in _WEAK_SHAPES:
        return bool(PICTURE.match(after) or match["tail"] or (alone and not after.startswith("的")))
    return words != "横幅"
