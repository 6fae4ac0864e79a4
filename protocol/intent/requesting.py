"""Requests to draw: a draw verb where an order is given, as opposed to anywhere in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from protocol.intent.patterns import Pattern, one_of, word

_ZH_FILL = (
    "请", "帮我", "帮忙", "帮", "给我", "给咱", "替我", "为我", "麻烦", "你", "您", "我", "想要", "想让你",
    "想请你", "想", "要", "需要", "能不能", "能否", "可不可以", "可否", "可以", "能", "会不会", "有没有可能",
    "方便", "是否可以", "再",
    "重新", "直接", "现在", "快", "赶紧", "先", "来", "去", "就", "那", "那就", "还是", "也", "试着", "试试",
    "尝试", "可以的话", "有空的话", "方便的话", "如果可以", "随便", "随手", "认真", "好好", "慢慢", "帮下",
    "帮我们", "给", "今天", "这次", "劳驾", "拜托", "咱", "然后", "接着", "顺便", "另外", "一起", "跟我", "让",
    "应该", "大家", "要不", "不如", "用心", "唔该", "同我", "帮手", "继续", "照着", "按照", "下面", "描述",
    "以下", "要求",
    "一下", "下",
)  # fmt: skip
_ZH_DRAW = (
    r"(?:画(?!风(?![景筝车铃扇暴雪])|[歪崩糊丑坏]|了|得|错|不[出好了完]|过|着|家|面|质|廊|笔|布|板(?!报)|纸|材|室"
    r"|展|册|像|师|坛|卷|集|眉|的[真太好不很超]|技|工|画(?![一个张幅只])|好[了没吗啊呀看不]|完|[一]半)"
    r"|绘制?(?!画|本|图板|声)|生成(?!式|的|了|器)|描绘|设计(?!师|得|的|感|院|图|稿|费|界|圈)|渲染(?!图"
    r"|的)|创作(?!者|的|不|欲|力)"
    r"|制作(?!人|的|组)|(?<!这)(?<!什么)做(?:一|个|张|幅|份|两|三|几|组|套|出)(?!点|些|下|梦|人|饭|菜"
    r"|面|手|作业|爱|题)|来(?:一|个|张|幅|点|份|两|三|几|组|只|套|些)(?!下|次|趟|起|到|会|回|首|局|场"
    r"|句|段|把(?!椅|伞|剑|刀|扇|钥)|[碗杯瓶串口勺盘份打壶罐听]$|人(?:帮|吧|呀|啊|救|$)|新|直|样|杯(?:奶茶|咖啡"
    r"|水|酒)$)"
    r"|整(?:一?[张个幅只]|点|些)|搞(?:一?[张个幅只]|点)|弄(?:一?[张幅只个])|出(?:一?[张幅]|图|个图"
    r"|[两三几]张)|p一?[张个]|撸一?[张个]|写(?:一?[个幅]|[两几]个).{0,12}(?:字|书法)|想象(?!力)"
    r"|拍(?:一?张)|(?:^|我|我想|想)(?:要|想要)(?:一|两|三|几|个|张|幅|只|份|套)(?!下|起|直|些时|点时"
    r"|张(?:机票|票|车票|门票|发票)|杯(?:水|奶茶|咖啡|酒)|份(?:工作|外卖))|给(?:我)?(?:一)?张"
    r"|给我(?:来)?一(?:个|幅|只)(?!机会|理由|建议|链接|文件|电话|拥抱|说法|解释|答案|惊喜|方案|准信|报价|时间"
    r"|名字|例子|思路|提示|密码|账号|地址|参考|月|小时)"
    r"|(?:[出搞弄整做来要求发](?:一?[个份套张款版下]|一下)|来张)(?=[^,。\n]{0,16}(?:图|海报|头像|壁纸|logo|插画"
    r"|封面|表情包|贴纸|背景板?|名片|邀请函|请柬|贺卡|传单|菜单|banner|漫画|画|宣传[页册单]|展架|易拉宝|手抄报"
    r"|板报|书签|包装))(?![^,。\n]{0,6}(?:问题|需求|作业|流程图怎|脑图))"
    r"|(?:重现|再现|还原)(?=[^,。\n]{2,})|(?<=帮我)[话花](?=一?[张个只幅条])|求(?!个?(?:好运"
    r"|带|安慰|抱|关注|点赞|拼单|解答|帮助|助|救))(?:一"
    r"|个|张)(?:一?张)?|展示(?:一|个|张)?|(?:把|将)[^,。\n]{1,12}画成|呈现"
    r"|(?<!不)想看看?(?=[^,。!?\n]{4,})(?!(?:场|部|一?下|你|他|她|这|那|电影|电视|剧|书|球|比赛|演唱会|展|世界杯"
    r"|直播|回放|新闻|说明|余额"
    r"|风景|医生|病|视频|综艺|热闹|到|哪|什么|谁|有没有)))"
)
_EN_FILL = word(
    "how about", "what about",
    "please", "pls", "plz", "can", "could", "would", "will", "you", "u", "kindly", "i", "we", "want", "need",
    "like", "i'd", "would like", "i'd love", "love", "to", "me", "help", "hey", "let's", "let", "just", "now",
    "quickly",
    "go", "ahead", "and", "try", "trying", "to", "maybe", "possibly", "mind", "do you think", "is it possible",
    "for you", "any chance", "wanna", "gonna", "also", "then", "ok", "so", "hi", "the", "bot", "have", "may",
    "might", "able", "are", "if", "asap", "lemme", "fancy", "would you mind", "would it be possible", "lol", "haha",
    "lol", "haha", "要不", "不如", "simply", "quick", "again", "ya", "yo", "someone", "anyone",
    "should", "get", "us",
)  # fmt: skip
_EN_DRAW = (
    r"\b(?:dra?ww?(?:ing me)?|drew(?= me (?:an?|some)\b)|paint|sketch|doodle|illustrate|generate|generating"
    r"|create|creating|render"
    r"|gen(?:e?rat|erat|ar?ate|rate|ret|eret)e?|gen(?= (?:an?|me|some)\b)|crea?te?(?= (?:me |us )?(?:an?|some|the)\b)"
    r"|design(?!er)|depict|visuali[sz]e|imagine|photoshop(?!\s?(?:怎么|如何|里|是|的))"
    r"|(?:drawing|painting|sketching|designing|illustrating|rendering)(?= (?:me |us )?(?:an?|some|the|my|our"
    r"|his|her|their)\b)(?! a blank| the line| a conclusion| a crowd)"
    r"|(?:knock|whip|cook|conjure|mock|dream|magic) up(?= (?:me |us )?(?:an?|some|the)\b)|(?:throw"
    r"|put) together(?= (?:me |us )?(?:an?|some)\b)|conjure(?= an?\b)"
    r"|come up with(?= an? [^,.?!]{0,40}(?:logo|poster|picture|image|design|cover|avatar|mascot|banner|sticker|icon))"
    r"|(?:what|all|the thing) (?:i|we) (?:need|want|would like|am after|m after)(?: here)? is(?= (?:an?|some"
    r"|two|three)\b)"
    r"|(?:i am|i'm|im|we're|we are) (?:after|looking for)(?= (?:an?|some) [^,.?!]{0,40}(?:pictures?|images?"
    r"|posters?|logos?|wallpapers?|icons?|art|avatars?|stickers?|banners?|illustrations?|portraits?|covers?"
    r"|drawings?|paintings?|cards?|flyers?))"
    r"|show(?: me| us)?(?= (?:what|how) [^,?]{1,40} (?:would|might|could|will|looks?|looked)\b)"
    r"|(?:(?<=want to )|(?<=like to )|(?<=love to ))see(?= (?:[\w'-]+ ){1,4}[a-z]+ing\b)"
    r"|(?:have|get|want|need|see|make|do)(?= (?:an? |some |one )?\v+ ?(?:pictures?|images?|pics?|photos?|shots?"
    r"|one)? ?(?:of|with)\b)|(?:(?<=can i )|(?<=could i )|(?<=may i )|(?<=can we )|(?<=could we )"
    r"|(?<=possible to ))(?:have|get|see)(?= (?:an?|some|the)\b)"
    r"(?! (?:an?|the|some) (?:word|day|refund|coffee|drink|beer|tea|raise|break|seat|table|minute|talk|hand"
    r"|call|look|bit|chance|ride|lift|copy"
    r"|room|meeting|discount|sandwich|meal|job|hug|hint|list|price|invoice|receipt|link|link|demo|example"
    r"|moment|second|sec|answer|update|menu|trial|rest|time|help))"
    r"|produce(?= (?:an?|the|me|some|\d|\w+ (?:image|picture|poster|logo))\b)|compose(?= an?\b)|draft(?= an?\b)"
    r"|mak(?:e|ing)(?=(?: (?:me|us|up))? (?:an?|some|the|two|three|\d+|another|my|one)\b"
    r"|\s*[一个张\u4e00-\u9fff])(?! (?:a|the|some) (?:decision|choice|mistake|call|reservation|list"
    r"|plan|point|difference|sandwich|coffee|friend|living|deal|guess|move|fuss|video)\b)"
    r"|make(?= (?:[a-z-]+ ){0,6}(?:picture|image|poster|logo|wallpaper|icon|art|avatar|sticker|banner"
    r"|illustration|portrait|meme|cover|comic|drawing|painting|card|flyer)s?\b)|made(?= me an?\b)"
    r"|do(?= (?:me )?(?:an?|one|some|another) (?!favou?r|barrel|search|quick (?:check|search|call)|lot"
    r"|bit|test\b|thing|trick))"
    r"|(?:give|show|get|send|gimme|bring)(?: me| us)?(?= (?:an?|some|the|two|three|one)\b)(?! (?:an?"
    r"|the|some|one) (?:minute|sec|second|moment|break|hand|chance|hint|tip|reason|list|call|hug|raise"
    r"|example|idea|answer|link|summary|discount|recipe|refund|way|time|money|credits?))|gimme"
    r"|see(?= (?:an?|some|two|three) )(?! an? (?:doctor|movie|dentist|film|manager|menu|list|game|show"
    r"|therapist|demo|example))|(?:how|what) about(?= (?:an?|some|two|three) )(?! an? (?:break|drink"
    r"|coffee|walk|call|meeting|nap|movie|game|beer|different (?:model|one)))|(?:want|need|like|love"
    r"|have|get|see)(?= (?:an?|some|one|the|two|three|\d+) (?:[\w'-]+ ){0,8}?(?:picture|image|poster"
    r"|logo|wallpaper|icon|artwork|avatar|sticker|banner|illustration|portrait|meme|cover|comic"
    r"|drawing|painting|sketch|pic|photo|render|mascot|cartoon|emoji|flyer|card|thumbnail|mockup|pfp"
    r"|backdrop|concept art|infographic|tattoo|pattern|invitation)s?\b)"
    r"|(?:have|get)(?= an? (?!(?:word|day|refund|coffee|drink|beer|tea|raise|break|seat|table|minute|talk|hand|call"
    r"|look|bit"
    r"|chance|ride|lift|copy|room|meeting|discount|sandwich|meal|job|life|hug|fever|cold)\b)"
    r"(?:[\w'-]+ ){1,3}(?:with|wearing|in|on|holding|riding|made|as) an?\b)"
    r"|(?:want|need|like|love)(?= (?:an?|one) [\w'-]+ (?:[\w'-]+ )?(?:with|wearing|in|on|holding"
    r"|riding|of|sitting|standing|eating|dressed|playing|flying|made)\b))\b"
)
_EN_STANDALONE = (
    r"(?:i want|i need|i'd like|i would like|how about|what about|let'?s (?:see|do|have|try)|picture this|imagine)"
)

_START = Pattern(r"^|[,。.!?;:\n、()~…—\v\x1a-]")
_FILL = Pattern(one_of(*_ZH_FILL), "|", _EN_FILL, r"|[\s\v,]+")
_VERB = Pattern(_ZH_DRAW, "|", _EN_DRAW)
_BEGGED = Pattern(
    r"(?:帮我|帮忙|给我|请你?|麻烦(?:你|您)?|能不能|可不可以|拜托)(?:再|来|给我|帮我)*(?P<verb>画(?!了"
    r"|得|错|过|家|面|质|风)|生成|绘制|设计(?!师)|做一?[张个幅]|来一?[张个幅]|出一?[张幅]|p一?[张个]"
    r"|整一?[张个])"
    r"|\b(?:please|pls|plz|can you|could you|would you|can u|will you|i want you to|i need you to"
    r"|i'd like you to|let's)\s+(?P<en>draw|paint|sketch|generate|create|design|illustrate|render"
    r"|make (?:me )?an?)\b"
)
_MOST_FILLS = 14
_MOST_CLAUSES = 40

_ZH_POLITE_ASK = Pattern(
    one_of(
        "能不能",
        "可不可以",
        "能否",
        "可否",
        "可以帮",
        "可以给",
        "可以画",
        "可以生成",
        "可以做",
        "能帮",
        "能给",
        "能画",
        "能生成",
        "会画",
        "能做",
        "方便",
        "好吗",
        "好不好",
        "可以吗",
        "行吗",
        "行不行",
        "可以不",
        "好么",
        "行么",
        "能把",
        "可以把",
        "可唔可以",
        "得唔得",
        "有没有可能",
        "能来",
        "可以来",
        "能整",
        "是否可以",
        "可以出",
        "能出",
        "能设计",
        "可以设计",
        "可以试着",
        "可以试试",
        "能试试",
        "想请",
        "可以用",
        "能用",
        "能再",
        "可以再",
        "会不会画",
        "帮我",
        "给我",
        "麻烦",
        "可以换",
        "能换",
        "可以变",
        "能变",
        "可以去",
        "能去",
        "可以修",
        "能修",
        "可以加",
        "能加",
        "可以改",
        "能改",
    )
)
_EN_POLITE_ASK = Pattern(
    r"\b(?:can|could|would|will|may|might)\s+(?:you|u|ya|we|i|someone|anyone|it|this bot|the bot)\b"
    r"|\bwould you mind\b|\b(?:do you think|is it possible|any chance|mind)\b|\b(?:how|what) about\b"
    r"|\bany way (?:you|to|we)\b|\bis there (?:a|any) way\b|\bplease\b|\bpls\b|\bplz\b|\bcan (?:you|u)\b"
    r"|\blet'?s\b|\bare you able to\b|\bwhy don'?t you\b"
)
_PRICE = Pattern(r"(?:多少|几个?)(?:个)?(?:积分|钱|点数|(?<!几)点(?!钟)|credits?|points?)")
_ZH_TAIL_QUESTION = Pattern(
    r"(?:要|需要|得|用|花)(?:花|用|等|消耗)?(?:多久|多长时间|多少|几个?(?:积分|分钟|点)|什么)|(?:难|贵"
    r"|慢|快|累|好看|像|对)(?:吗|不)|吗.{0,3}$|什么(?:意思|软件|工具)|怎么样$|如何$|是什么"
)
_EN_TAIL_QUESTION = Pattern(r"\b(?:how (?:much|long|many)|is (?:it|that) (?:hard|expensive|possible)|cost)\b")
_COUNT = Pattern(
    r"(?:画|来|生成|出|做|要|绘制|给我|整|设计|制作)(?:我)?(?P<zh>[两二三四五六七八九十几2-9]"
    r"|1\d)\s?(?:张|幅|份|版)|(?P<of>[两二三四五六七八九十2-9])\s?(?:张|幅)(?:图|照片|海报|壁纸|插画"
    r"|头像|图片|不同)"
    r"|\b(?:draw|make|generate|create|give me|paint|render|want|need|show me|do"
    r"|design)\s+(?:me\s+)?(?P<en>two|three|four|five|six|seven|eight|nine|ten|[2-9]"
    r"|1\d)\s+(?:different\s+|separate\s+|[a-z]+\s+)?(?:pictures?|images?|pics?|photos?|versions?"
    r"|variations?|drawings?|renders?|options|posters|logos|wallpapers|paintings|illustrations"
    r"|sketches|avatars|icons|stickers)\b"
)
_COUNTS = {
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "几": 3,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


@dataclass(frozen=True, slots=True)
class Order:
    """A draw verb found where an order is given, and its place in the text."""

    start: int
    end: int
    verb: str


def order_in(seen: str) -> Order | None:
    """The first request to draw in the text."""
    for start in islice(_START.finditer(seen), _MOST_CLAUSES):
        position = start.end()
        for _ in range(_MOST_FILLS):
            if verb := _VERB.match(seen, position):
                return Order(start.end(), verb.end(), verb.group())
            fill = _FILL.match(seen, position)
            if fill is None:
                break
            position = fill.end()
    begged = _BEGGED.search(seen)
    return Order(begged.start(), begged.end(), begged["verb"] or begged["en"]) if begged else None


def asks_politely(seen: str) -> bool:
    """Whether a question is a request in a polite form (能帮我画…吗, "can you draw…?")."""
    return _ZH_POLITE_ASK.search(seen) is not None or _EN_POLITE_ASK.search(seen) is not None


def asks_about_drawing(seen: str, order: Order) -> bool:
    """Whether the drawing is only spoken of, in a question about its price, time or difficulty."""
    rest = seen[order.end :].rstrip(" ?!。~")
    return (_ZH_TAIL_QUESTION.search(rest[-10:]) is not None and not asks_politely(seen)) or _EN_TAIL_QUESTION.search(
        rest
    ) is not None


def asks_for_price(seen: str) -> bool:
    """Whether the question about a drawing is what it costs."""
    return _PRICE.search(seen) is not None


def count_in(seen: str) -> int:
    """How many pictures were asked for."""
    match = _COUNT.search(seen)
    if match is None:
        return 1
    number = match["zh"] or match["of"] or match["en"]
    return int(number) if number.isdigit() else _COUNTS[number]
