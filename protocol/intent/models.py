"""Which model was named, how, and what that says about the preference (the intent page: model, preference)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from protocol.decision import ModelId
from protocol.intent.context import ENOUGH, PICTURE, clause_after, clause_before, refusal_in
from protocol.intent.normalising import fold
from protocol.intent.patterns import Pattern, one_of, word
from protocol.intent.spans import Span
from protocol.models import MODELS, NANO_BANANA_2, NANO_BANANA_PRO

FLASH: ModelId = NANO_BANANA_2.model_id
PRO: ModelId = NANO_BANANA_PRO.model_id

Kind: TypeAlias = Literal["name", "best", "cheapest"]
"""How the model was called: by its name, as the best, or as the cheapest."""
Manner: TypeAlias = Literal["bare", "with", "use", "switch", "once", "always"]
"""How it was asked for: `use` is English "use X"; `switch` the words that always mean a preference (用X, 换成X);
`with` and `bare` only pick; `once` says that nothing is to be saved; `always` that it is."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a model is named."""

    span: Span
    model: ModelId
    kind: Kind
    manner: Manner


_WEAK_HINTS = ("香蕉", "banana", "最", "便宜", "best", "premium", "budget", "cheapest", "quality")
_GAP = r"[\s\-_·.]*"
_NANO = r"n+[ao]+n+[ao]?o+|nano|naon"
_BANANA = r"b[an]{3,9}s?"
_SECOND = r"(?:2\.0|2|ii|二代?|two|v2)(?:代|号)?"
_STRONG = Pattern(
    r"(?<![a-z0-9_/#@])(?:"
    rf"(?P<pro>gemini{_GAP}3(?:\.0)?{_GAP}pro(?:{_GAP}image)?(?:{_GAP}preview)?"
    rf"|(?:(?:{_NANO}){_GAP}(?:{_BANANA}|香蕉)|{_BANANA}|(?:纳米|奈米)?香蕉|nb){_GAP}pro(?:版)?)"
    rf"|(?P<flash>gemini{_GAP}3\.1{_GAP}flash(?:{_GAP}image)?(?:{_GAP}preview)?"
    rf"|(?:{_NANO}){_GAP}(?:{_BANANA}|香蕉)(?:{_GAP}{_SECOND}(?!{_GAP}\d))?"
    rf"|(?:纳米|奈米)香蕉(?:{_GAP}{_SECOND})?"
    rf"|(?:banana|bananna|bannana|香蕉|nb){_GAP}{_SECOND}(?![根个只串斤块元条片棵树瓣倍%x\d]|\.\d))"
    r")(?![a-z0-9_])"
)
_WEAK = Pattern(
    r"(?:(?P<fruit>香蕉|\bbanana\b)"
    r"|(?P<best>(?:质量|效果|画质|品质)最[好高强]的?|最(?:好|强|高|佳|顶级)的?(?:画质|质量|品质"
    r"|效果)(?:的)?|最[好强]的?|最顶级的?|\b(?:best|highest|premium|top)[\s-]quality\b|\b(?:best"
    r"|premium)\b)"
    r"|(?P<cheapest>最便宜的?|最省(?:钱|积分)的?|便宜(?:一?点|些)?的|\bbudget\b|\bcheapest\b))"
    r"(?:(?:那个|那款|那种)?(?=模型|$|[,。!?\s]))?"
)
_CALLED = (
    r"\s*(?:(?:的)?(?:这个|那个)?(?:模型|模式|版本|版(?!画|面|本|权|式))|\b(?:image\s+)?(?:model|version"
    r"|engine)\b(?!\s+(?:train|cars?|planes?|airplanes?|ships?|kits?|on\b|in\b|with\b|walking|wearing"
    r"|posing|standing|village|house|citizen|student))|\b(?:quality|one|option|setting|mode"
    r"|tier)\b(?=\s*(?:$|[,.。!?;\n]|to\b|and\b|for\b|please|pls|by\b|from\b)))?"
)
_DRAW_NEXT = (
    r"(?:来|去|帮我|帮忙|给我|再|请|直接|重新|也|就)*(?:画(?![笔材纸布板架师家具廊室风面质册])|绘|生成"
    r"|出图|出一?[张幅个]|出张|作图|做图|修图|改图|制图|渲染|设计|来一?[张幅个]|来点|做一?[张幅]"
    r"|做(?:一?个)?(?:图|海报|头像|壁纸|封面|表情包|logo|插画)|P图|p图|p一?[张个]|重画|重做|试试"
    r"|跑一?[张次])"
    r"|(?:please\s+|pls\s+|and\s+|to\s+|then\s+)*\b(?:draw|paint|generate|create|render|sketch|design"
    r"|illustrate|make|imagine|produce)\b"
)
_ENDS = (
    r"[\s\v]*(?:$|[,。.!?;:\n、|()~—…/\[\]\"”」+&]|吧|就行|就好|即可|好了|啦|呗|哈|谢|呀|啊|哦|了|试试"
    r"|试一下|看看|please\b|pls\b|plz\b|thanks\b|thx\b|ty\b|by default\b|as (?:my |the )?default\b"
    r"|from now on\b|for (?:this|now|all|every|everything)\b|this time\b|again\b|instead\b|always\b|possible\b|to\b"
    r"|and (?:draw|paint|make|generate|create|render)\b|(?:作为|当|当作)(?:我的)?默认|设(?:为|成|置)"
    r"|(?:把|将)(?:这|那|它|图|背景|我|照片))"
)
_FOLLOWED = Pattern(r"[\s\v]*(?:的)?[\s\v]*(?:" + _DRAW_NEXT + r")|" + _ENDS)
_DRAWN_NEXT = Pattern(
    r"[\s\v]*(?:" + _DRAW_NEXT + r")[\s\v]*(?:一|个|张|幅|只|条|朵|两|三|下|an?\b|the\b|me\b"
    r"|some\b)"
)
_SUFFIX = Pattern(_CALLED)
_AFTER_ALWAYS = Pattern(
    r"[\s\v]*(?:by default|as (?:my |the |a )?default|from now on|every\s?time|always|for everything"
    r"|for all|(?:设|作|当)(?:置|定)?(?:为|成|作)?(?:我的)?默认(?:模型)?|为默认(?:模型)?|(?:以后"
    r"|今后)?都用(?:这个|它)|to be my default)"
)
_AFTER_ONCE = Pattern(
    r"[\s\v]*(?:(?:just )?(?:for )?(?:this (?:one|time|picture|image|once)|once|now)\b|just (?:this )?once\b)"
)
_ZH_POLITE = (
    r"(?:请|麻烦|帮我|给我|拜托|我想|我要|想|要|可以|能不能|能|那就|那|还是|就|先|再|都|请你|你|直接|统一"
    r"|全部|改|我|也|咱们?|一律|全)*"
)
_LEAD = Pattern(
    r"(?:(?P<always>(?:以后|今后|往后|之后|从今以后|从现在起|从现在开始|从今天起|接下来|将来|每次|一直"
    r"|永远|总是|长期|平时)[\s,:]*(?:请|麻烦|帮我|给我|我|你|的图|画图|出图|生成|画|全|一律)*(?:都|就"
    r"|默认|一直|只)*\s*(?:用|使用|选|换成|改用|改成|走|是)?"
    r"|(?:把|将|设定|设置|修改|更改)?(?:我的)?(?:默认|缺省|预设|常用)(?:的)?(?:模型)?(?:都|就|请)*\s*(?:用|使用"
    r"|选|设置成"
    r"|设置为|设为|设成|换成|改成|改为|改用|切换成|切换到|切到|是|为|:)?"
    r"|\b(?:always|by default|from now on|every time|going forward|in (?:the )?future)[\s,]*(?:please "
    r"|pls |just )*(?:use|using|go (?:with|for)|stick (?:to|with)|i want|pick|choose|run|default to)?"
    r"|\b(?:set|make|change|switch)\s+(?:my\s+|the\s+)?(?:default|preferred"
    r"|preference)(?:\s+model)?(?:\s+(?:to|as|be))?"
    r"|\bmy (?:default|preferred)(?: model)?(?: is| should be|:)|\bstick (?:to|with)|\bkeep using"
    r"|\bset(?= \S+(?: \S+){0,3} as (?:my |the )?default)|\bmake(?= \S+(?: \S+){0,3} my default))"
    r"|(?P<once>(?:这次|这回|这一次|这张|这一张|这幅|这一幅|这个|本次|此次|就这次|只这次|今天|这一回"
    r"|下一?张|临时)(?:请|麻烦|帮我|给我|我|就|先|想|要|改|图)*\s*(?:用|使用|换成|改用|选|试试|走|换)"
    r"|\b(?:this time|just this once|for this (?:one|picture|image)|just for this one|only this time"
    r"|for now)[\s,]*(?:please )?(?:use|using|with|go with|try)?)"
    r"|(?P<switch>(?:(?:把|将)?模型(?:给我)?\s*)(?:换成|改成|切换成|切换到|切到|换到|设为|设成|改为|用|选)"
    r"|(?<![作费没引应利适通实信运专雇启选])(?:使用|改用|换用|选用|采用|切换到|切换成|切换为|切到|切成"
    r"|换到|换成|换回|改成|改回|用回|转用|还用|用|选择|选)(?:一下)?"
    r"|我(?:比较|还是|更|最)?(?:喜欢|偏好|爱)(?:用|使用)?"
    r"|\b(?:switch(?: me| us)?(?: back| over)?(?: me)? to|change (?:it |the model |my model |model )?to|swap to"
    r"|move to|i (?:really )?(?:like|love|prefer)(?: using| to use)?|switch model to|prefer))"
    r"|(?P<use>\b(?:use|go with|try|pick|choose|select|run|let'?s use|i want(?: to use)?|i'?d like(?: to use)?))"
    r"|(?P<with>(?<!哪个)(?<!什么)(?<!which )(?<!what )(?:模型|\bmodel)\s*(?:[:=]|是|为|选)?|\b(?:with"
    r"|using|via|by|through|on|in|at)\b))"
    r"\s*(?:的是)?\s*(?:[\"'“「])?(?:the\s+|a\s+)?(?:模型\s*[:]?\s*)?$"
)
_ONCE_BEFORE = Pattern(
    r"(?:这次|这回|这一次|这张|这一张|这幅|本次|就这次|\bthis time\b|\bfor this one\b|\bjust this once\b)"
)
_ALWAYS_BEFORE = Pattern(
    r"(?:以后|今后|往后|从现在起|从今|从此|每次|默认|一直|永远|总是|\balways\b|\bby default\b"
    r"|\bfrom now on\b|\bevery time\b|\bgoing forward\b)"
)
_OBJECT_BEFORE = Pattern(
    r"(?:把|将|给|里|上|中的|头|手|全|都|东西|部分|换|水果|\breplace|\bswap|\bturn"
    r"|\bchange)[^,。]{0,30}$|[\u4e00-\u9fff]$"
)
_FILLED_BEFORE = Pattern(rf"{_ZH_POLITE}$")
_FOOD = Pattern(
    one_of(
        "苹果", "橘", "橙", "葡萄", "草莓", "西瓜", "桃", "芒果", "菠萝", "樱桃", "柠檬", "蓝莓", "水果",
        "果篮", "牛奶", "奶昔", "面包", "蛋糕", "沙拉", "早餐", "静物", "猴",
        "猩猩", "燕麦", "酸奶", "冰淇淋", "巧克力", "果汁", "皮", "小黄人", "梨",
        word(
            "apples?", "oranges?", "grapes?", "strawberr(?:y|ies)", "mango(?:s|es)?", "pears?", "peach(?:es)?",
            "fruits?", "monkeys?", "gorillas?", "apes?", "smoothies?",
            "pancakes?", "toast", "cereal", "oatmeal", "cakes?", "bread", "milkshakes?", "bowls?", "salads?",
            "pies?", "muffins?", "yogh?urt", "ice cream", "milk",
            "breakfast", "waffles?", "crepes?", "peanut", "peel", "chocolate", "coconut", "lemons?", "kiwis?",
            "pineapples?", "dessert", "basket", "sundaes?", "juice",
            "snacks?", "lunch", "minions?", "kids?", "baby", "granola", "honey", "cream", "eating", "food",
            "plate", "table", "split",
        ),
    )
)  # fmt: skip
_CLAUSE_START = Pattern(r"(?:^|[,。.!?;:\n|()~/—–…+]|\v)[\s\v]*$")
_CLAUSE_END = Pattern(
    r"[\s\v]*(?:就行|就好|就可以|即可|也行|那个|那种)*[\s\v]*(?:$|[,。.!?;:\n|()~/—–…+]|\v)"
    r"|\s+(?:please|pls|thanks|thx)\b|[吧啦哈呗谢]"
)
_OWN_LEAD = Pattern(
    r"(?:^|[,。.!?;:\n|()~/—–…+]|\v)[\s\v]*(?:要|选|模型|我要|想要|in|at|with|the|of|我选)?[\s\v]*(?:the\s*)?$"
)
_COUNTED = Pattern(
    r"(?:一[根只个串把颗条支枚]|[两二三四五六七八九十半几\d][根只个串把颗条支枚])$|\b(?:an?|tiny|giant"
    r"|cute|little|small|huge)\s+$"
)

_CARDED = tuple(
    (
        card.model_id,
        Pattern(
            r"(?<![a-z0-9_/#@])",
            one_of(*(_GAP.join(map(re.escape, fold(name).split())) for name in (card.model_id, *card.names))),
            r"(?![a-z0-9_])",
        ),
    )
    for card in MODELS.values()
    if card.names
)

IS_NAME = Pattern(f"(?:{_STRONG.source}|香蕉|banana)")


def find_models(seen: str) -> Iterator[Naming | Span]:
    """The places where a model is named, and (as bare spans) where one is refused; in order and apart."""
    position = 0
    candidates = sorted([*_strong(seen), *_carded(seen), *_weak(seen)], key=lambda item: item[0].start())
    for match, kind, model in candidates:
        if match.start() < position:
            continue
        reading = _read(seen, position, match, kind, model)
        if reading is None:
            continue
        yield reading
        position = reading.end if isinstance(reading, Span) else reading.span.end


def _strong(seen: str) -> Iterator[tuple[re.Match[str], Kind, ModelId]]:
    if not any(part in seen for part in ("nb", "香蕉", "gemini", "ba", "bn")):
        return
    for match in _STRONG.few(seen):
        yield match, "name", PRO if match["pro"] else FLASH


def _carded(seen: str) -> Iterator[tuple[re.Match[str], Kind, ModelId]]:
    """Models that are called by the plain names on their cards; the two families above have their own spellings."""
    for model_id, pattern in _CARDED:
        for match in pattern.few(seen):
            yield match, "name", model_id


def _weak(seen: str) -> Iterator[tuple[re.Match[str], Kind, ModelId]]:
    if not any(hint in seen for hint in _WEAK_HINTS):
        return
    for match in _WEAK.few(seen):
        if match["fruit"]:
            yield match, "name", FLASH
        elif match["best"]:
            yield match, "best", PRO
        else:
            yield match, "cheapest", FLASH


def _read(seen: str, floor: int, match: re.Match[str], kind: Kind, model: ModelId) -> Naming | Span | None:
    strong = "fruit" not in match.groupdict()
    start, end = match.span()
    suffix = _SUFFIX.match(seen, end)
    called = bool(suffix and suffix.group().strip())
    if suffix and called:
        end = suffix.end()
    if end < len(seen) and seen[end] in "\"'”」" and start and seen[start - 1] in "\"'“「":
        start, end = start - 1, end + 1
    before = _before(seen, floor, start)
    refusal = _refusal(before, strong or called)
    if refusal:
        if not (strong or called or "用" in before or "use" in before):
            return None
        closing = _AFTER_REFUSAL.match(seen, end)
        return Span(start - refusal, closing.end() if closing else end, "negated", "model")
    lead = _LEAD.search(before)
    if strong:
        if not lead and _COUNTED.search(before) and not called and not PICTURE.match(seen[end : end + 20].lstrip()):
            return None
    elif not _stands(seen, match, start, end, lead, called, before):
        return None
    manner = _manner(seen, start, end, lead, before)
    tail = next((found for found in (_AFTER_ALWAYS.match(seen, end), _AFTER_ONCE.match(seen, end)) if found), None)
    if tail := tail or ENOUGH.match(seen, end):
        end = tail.end()
    if lead:
        start -= len(before) - lead.start()
        if _CLAUSE_START.search(seen[max(0, start - 8) : start]) and (then := _THEN_DRAWN.match(seen, end)):
            end = then.end()
    elif not strong and (wish := _WISHED.search(before)):
        start -= len(wish.group())
    return Naming(Span(max(start, floor), end, "model", model), model, kind, manner)


_THEN_DRAWN = Pattern(
    r"[\s,]*(?:to|and then|and|then)\s+(?=(?:please |pls |just )?(?:draw|paint|generate|create|render|sketch|design"
    r"|illustrate"
    r"|make|imagine|produce)\b)|\s*来\s*(?=画|绘|生成|渲染|设计)"
)
"""What joins a model to the order that follows ("use NB Pro to draw …"), which says nothing without it."""
_WISHED = Pattern(r"^\s?(?:(?:我)?想?要|选|\b(?:in|at|with)\b)\s?(?:the\s)?$")
_AFTER_REFUSAL = Pattern(r"(?:了|啦|吧|哦|啊)(?=[,。!\s]|$)")


def _before(seen: str, floor: int, start: int) -> str:
    """The words before, at most 48 characters, over a comma after 以后都 or "from now on" but not further."""
    window = seen[max(floor, start - 48) : start]
    clause = clause_before(seen, start)[-len(window) :] if window else ""
    if not clause.strip() or clause.strip() in ("use", "用", "使用"):
        head = window[: len(window) - len(clause)]
        if head.rstrip(" ,").endswith(
            ("from now on", "by default", "以后", "今后", "从现在起", "从现在开始", "this time", "这次")
        ):
            return window
    return clause


def _refusal(before: str, strong: bool) -> int:
    found = re.search(
        r"(?:不要|别|不想|不再|不用|不|勿|甭|唔好|唔想|don'?t|do not|never|not|no|without|stop"
        r"|instead of|rather than)\s*(?:再|要|想|给我|be)?\s*(?:用|使用|选|换成|换|\buse\b|\busing\b"
        r"|\bwith\b|\bwant\b|\bin\b|\bswitch to\b)\s*(?:的)?(?:the\s+)?[\"“「]?$", before
    )  # fmt: skip
    if found is None and strong:
        bare = refusal_in(before)
        return len(before) - bare.start() if bare else 0
    return len(before) - found.start() if found else 0


def _stands(
    seen: str, match: re.Match[str], start: int, end: int, lead: re.Match[str] | None, called: bool, before: str
) -> bool:
    """Whether an everyday word stands as the name of a model here."""
    fruit = bool(match["fruit"])
    followed = _FOLLOWED.match(seen, end) is not None
    if lead and (followed or called):
        if fruit and not called:
            if lead["with"] and (_FOOD.search(seen[:400]) or lead["with"] in ("in", "on", "at", "by")):
                return False
            outside = before[: lead.start()]
            if (
                lead["switch"]
                and not _FILLED_BEFORE.fullmatch(outside.strip())
                and _OBJECT_BEFORE.search(outside.strip())
            ):
                return False
            if lead["switch"] and lead["switch"].startswith("我") and not lead["switch"].endswith("用"):
                return False
            return not (lead["use"] and not lead["use"].startswith(("use", "go", "switch", "try")))
        return lead["with"] not in ("on", "by", "through")
    if called and followed:
        return True
    if match.end() == end and seen[end : end + 1] == "的" and fruit:
        return False
    own = _OWN_LEAD.search(seen[max(0, start - 24) : start]) is not None
    if own and _CLAUSE_END.match(seen, end):
        return not fruit or not _FOOD.search(seen[:400].replace("香蕉", "").replace("banana", ""))
    opens = _CLAUSE_START.search(seen[max(0, start - 8) : start]) is not None
    return opens and _DRAWN_NEXT.match(seen, end) is not None


def _manner(seen: str, start: int, end: int, lead: re.Match[str] | None, before: str) -> Manner:
    if _AFTER_ONCE.match(seen, end):
        return "once"
    if _AFTER_ALWAYS.match(seen, end) or (lead and lead["always"]):
        return "always"
    if lead is None:
        return "bare"
    outside = before[: lead.start()]
    if lead["once"] or _ONCE_BEFORE.search(outside):
        return "once"
    if _ALWAYS_BEFORE.search(outside):
        return "always"
    for manner in ("switch", "use", "with"):
        if lead[manner]:
            return manner
    return "bare"


_CLEARING = Pattern(
    r"(?:(?P<recommend>(?:请|给我|帮我|你|麻烦){0,3}(?:推荐|建议)(?:一下|给我)*(?:一?个|一?款"
    r"|下)?(?:模型)?(?:给我)?|(?:can you |could you |please )*\brecommend (?:me )?(?:one|a model"
    r"|something|me one)\b|\bpick (?:one|a model) for me\b)"
    r"|(?P<clear>(?:请|给我|帮我|麻烦|还是|就|那){0,3}(?:用回?|使用|恢复|恢复成|切回|换回|改回|回到"
    r"|重置为?|重置成)\s*(?:系统)?(?:默认|预设)(?:的)?(?:模型|设置|那个)?"
    r"|(?:请|给我|帮我|我想|想|要|麻烦){0,3}(?:试试|试下|试一下|尝试|换成?|换用|用|改用)(?:一?个|一?款"
    r"|一下|点|些)?(?:别的|其他的?|其它的?|另外的?|另一个|别个|不同的?)(?:模型)?|(?:请|给我|帮我|我想"
    r"|想|要|麻烦|再){0,3}(?:换一?[个款]|换下|换一下|换)模型"
    r"|(?:请|给我|帮我|麻烦){0,3}(?:取消|清除|清空|删除|删掉|重置|忘掉|去掉|解除|不要)(?:我的|掉|一下"
    r"|当前|现在的)*(?:默认|预设|常用|偏好|喜好)(?:的)?(?:模型|设置)?"
    r"|\b(?:use|go back to|switch (?:back )?to|back to|restore|reset to) (?:the |your |my )?(?:default"
    r"|standard)(?: (?:one|model|settings?))?\b"
    r"|\btry (?:a |an)?(?:another|different|something else|other)(?: (?:model|one|models))?\b|\b(?:use"
    r"|switch to) (?:another|a different|some other) model\b|\b(?:another|a different"
    r"|different) model\b|\bchange (?:the )?models?\b|\bswitch models?\b"
    r"|\b(?:clear|reset|remove|forget|delete|cancel|unset|drop) (?:my |the )?(?:default|preferred"
    r"|preferences?|model)(?: (?:model|preference|setting))?\b))"
    r"(?:吧|呗|好了|就行|就好|就可以|即可|也行)?"
)
_CLEARING_FOLLOWED = Pattern(
    r"[\s\v]*(?:给我|来|再)*(?:$|[,。.!?;:\n~—…]|"
    + _DRAW_NEXT
    + r"|吧|呗|啦|谢|呀|哈|看看|试试|please\b|pls\b|thanks\b|and\b|to\b|for\b|then\b|instead\b|now\b|again\b)"
)


_ASKED_BEFORE = Pattern(
    r"(?:please|pls|let's|can (?:you|we|i)|could (?:you|we|i)|and|want to|like to|just|now|ok|then|i'll|to)$"
)


def find_clearing(seen: str) -> Span | None:
    """The words that forget the saved model (用默认的, 换个模型, 推荐一个); the value tells a recommendation."""
    for match in _CLEARING.finditer(seen[:600]):
        before = clause_before(seen, match.start()).strip()
        if (
            before
            and (match["recommend"] or not _FILLED_BEFORE.fullmatch(before))
            and _ASKED_BEFORE.search(before) is None
        ):
            continue
        if _CLEARING_FOLLOWED.match(seen, match.end()) and not clause_after(seen, match.end()).startswith(
            ("angle", "style")
        ):
            return Span(match.start(), match.end(), "preference", "recommend" if match["recommend"] else "clear")
    return None
