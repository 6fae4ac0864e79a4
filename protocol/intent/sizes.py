"""How large: 512, 1K, 2K, 4K, and what only looks like one of them (the intent page: size and ratio)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from protocol.intent.context import ENOUGH, PICTURE, clause_after, clause_before, refusal_in
from protocol.intent.patterns import Pattern, one_of, word
from protocol.intent.spans import Span

_SIZE_WORD = r"(?:分辨率|解析度|清晰度|画质|尺寸|大小|规格|像素|\bresolution\b|\bres\b|\bsize\b|\bquality\b)"
_LEAD = Pattern(
    r"(?:(?:(?:输出|导出|出图|图片?|照片)?(?:要|用)?)?"
    + _SIZE_WORD
    + r"\s?(?:[:=]|为|是|要|用|设为|设成|改成|改为|选|of|at)?\s?"
    r"|(?P<loose>(?<![a-z])(?:in|at|with|just|only)\s(?:an?\s|the\s)?|(?<![不别])(?:用|按|以|要|只要)\s?))$"
)
_TOKEN = Pattern(
    r"(?:(?<![\w.$¥€£-])|(?<=[\u4e00-\u9fff]))(?:(?P<k>\d{1,2})\s?k|(?P<px>512)(?:\s?(?P<unit>px|p"
    r"|像素|pixels?))?)(?![\w%]|\.\d|\s?[x×*]\s?\d)"
    r"(?P<after>\s?(?:的)?\s?(?:" + _SIZE_WORD + r"|超高清|超清|高清|\buhd\b|\bultra[\s-]?hd\b|\bhd\b))?"
)
_DEVICE = Pattern(
    r"\s?-?\s?(?:的)?\s?(?:超?高清|大|曲面|液晶|智能|无线|家用|大疆|索尼|(?:oled|lcd|led|smart|ultra"
    r"|hd|uhd|hdr|curved|gaming|flat|wide|sony|samsung|lg)\b"
    r"|[\d.]{1,4}\s?(?:inch|寸|英寸|吋|hz)|[\s-]){0,6}(?:(?!images?|photos?|wallpapers?|posters?"
    r"|pictures?)[a-z-]{2,12}\s)?",
    one_of(
        "电视", "显示器", "显示屏", "屏幕", "萤幕", "大屏", "投影", "摄像", "摄影机", "相机", "监视器", "监控",
        "蓝光", "无人机",
        "机顶盒", "直播", "视频", "影片", "电脑", "笔记本", "游戏机", "盒子", "行车记录仪", "播放器",
        "屏(?!保)", "手机(?!壁纸|图|海报)",
        word(
            "tvs?", "televisions?", "monitors?", "displays?", "screens?", "cameras?", "camcorders?",
            "projectors?", "videos?",
            "drones?", "webcams?", "blu-?rays?", "laptops?", "consoles?", "players?", "footage", "streaming", "dvds?",
        ),
    ),
    r"(?!的?\s?(?:桌面|壁纸|屏保|锁屏|背景|桌布|wallpapers?\b|backgrounds?\b|screensavers?\b))",
)  # fmt: skip
_AMOUNT_AFTER = Pattern(
    r"\s*",
    one_of(
        "元", "块(?!色)", "人民币", "粉丝", "字(?!体|母|样)", "公里", "千米", "米(?!其|老|奇)", "步", "赞",
        "播放", "玩家", "游戏", "月薪",
        "工资", "只", "条", "名(?!片|著|画)", "辆", "次",
        word(
            "followers?", "subscribers?", "subs", "views?", "likes?", "users?", "players?", "stars", "words?",
            "run", "race",
            "marathon", "runners?", "miles?", "meters?", "metres?", "feet", "steps?", "dollars?", "usd",
            "bucks", "rmb",
            "salary", "a (?:month|year|week)", "per", "gold", "fans?", "people", "residents?", "members?",
        ),
    ),
)  # fmt: skip
"""What is counted in thousands: money, distances, followers."""
_AMOUNT_BEFORE = Pattern(
    r"(?:(?:月薪|工资|薪水|薪资|房租|年薪|底薪|粉丝|卖了?|花了|花费|赚了?|欠了?|跑(?:完|了|过|步)?|涨了|超过"
    r"|将近)[\u4e00-\u9fff]{0,3}|",
    word(
        "nba",
        "salary",
        "covered (?:in|with|by)",
        "filled with",
        "made of",
        "full of",
        "surrounded by",
        "stack of",
        "pile of",
        "earns?",
        "earned",
        "paid",
        "costs?",
        "worth",
        "(?:ran|runs?|running|finish(?:es|ed|ing)?|jog(?:s|ged|ging)?|raced?|racing|train(?:s|ed|ing)? for)"
        "(?: (?:an?|the|her|his|my|their|our|first))*",
    ),
    r")[\s:#.]*$",
)
_COUNTED_AFTER = Pattern(
    r"\s*",
    one_of(
        "元", "块(?!色)", "粉丝", "字(?!体|母)", "公里", "米", "步", "年", "后", "人", "名", "只", "个(?!性)",
        "条", "斤", "路", "号",
        "房", "室", "度", "台", "部", "枚", "位", "颗", "朵", "辆", "套", "期", "班", "集", "大?地震", "教室",
        "包厢", "次", "天",
        word(
            "followers?", "people", "users?", "players?", "stars?", "lines?", "words?", "miles?", "meters?",
            "feet", "steps?",
            "dollars?", "cats?", "dogs?", "gb", "mb", "ram", "bus", "street", "residents?", "years?",
            "pieces?", "members?",
            "fans?", "books?", "candles?", "tiny", "little",
        ),
    ),
)  # fmt: skip
"""What 512 may number or count."""
_COUNTED_BEFORE = Pattern(
    one_of(
        "房间", "房号", "门牌号?", "编号", "车牌号?", "第", "号码", "教室", "航班", "超过", "将近",
        word("over", "rooms?", "flat", "apt", "apartment", "route", "bus", "number", "no", "channel",
        "highway", "flight", "platform", "gate"),
    ),
    r"[\s:#.]*$",
)  # fmt: skip
_WRITTEN = Pattern(
    one_of("写着?", "印着?", "刻着?", "标着?", "贴着?", "显示着?", "喷着?", "字样是?", word("says?", "saying",
    "reads", "reading", "labell?ed", "written", "titled", "showing", "displaying")),
    r"[\s:]*$",
)  # fmt: skip
_STANDS_ALONE = Pattern(r"\s*(?:[,。.!?;:\n、|()/~—–\[\]+&·…]|$|-)")
_NAMED: dict[int, str] = {1: "1K", 2: "2K", 4: "4K"}
_USUAL_ABOVE = frozenset({8, 16, 32})
_ALSO_ABOVE = frozenset({5, 6, 7, 10, 12})

ABOVE = "above"
"""The value of a size over 4K."""


def find_sizes(seen: str) -> Iterator[Span]:
    """Sizes that were asked for, and those that were refused (不要4K), in order."""
    if "k" not in seen and "512" not in seen:
        return
    for match in _TOKEN.few(seen):
        before = clause_before(seen, match.start())
        lead = _LEAD.search(before)
        value = _value(seen, match, before, said=bool(match["after"]) or (lead is not None and not lead["loose"]))
        if value is None:
            continue
        start = match.start() - (len(lead.group()) if lead else 0)
        enough = ENOUGH.match(seen, match.end())
        if refusal := refusal_in(clause_before(seen, start)):
            yield Span(start - len(refusal.group()), match.end(), "negated", "size")
        else:
            yield Span(start, enough.end() if enough else match.end(), "size", value)


def _value(seen: str, match: re.Match[str], before: str, *, said: bool) -> str | None:
    """Which size this is, or None where it is content; `said`: a word for size or resolution stands beside it."""
    after = clause_after(seen, match.end())
    if _DEVICE.match(after) or _WRITTEN.search(before):
        return None
    if not said and _is_amount(match, before, after):
        return None
    alone = (
        _STANDS_ALONE.match(seen[match.end() : match.end() + 8]) is not None
        or PICTURE.match(after.lstrip()) is not None
        or ENOUGH.match(seen, match.end()) is not None
    )
    if match["px"]:
        previous = seen[match.start() - 1 : match.start()]
        loose = not previous.isalnum() or previous in "行好用要张图"
        named = match["unit"] in ("px", "像素", "pixel", "pixels")
        return "512px" if named or said or (loose and alone) else None
    number = int(match["k"])
    if number in _NAMED:
        return _NAMED[number]
    if number in _USUAL_ABOVE or (number in _ALSO_ABOVE and (said or alone)):
        return ABOVE
    return None


def _is_amount(match: re.Match[str], before: str, after: str) -> bool:
    if match["px"]:
        return bool(_COUNTED_AFTER.match(after) or _COUNTED_BEFORE.search(before))
    return bool(_AMOUNT_AFTER.match(after) or _AMOUNT_BEFORE.search(before))


def is_device(after: str) -> bool:
    """Whether a device stands next, whose property a size or ratio then is (一台4K电视)."""
    return _DEVICE.match(after) is not None
