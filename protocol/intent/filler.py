"""Words that leave nothing to draw: what an order consists of besides its subject."""

from __future__ import annotations

from protocol.intent.patterns import Pattern, one_of, word

_SMALL = (
    "surprise me",
    "请", "帮忙", "帮我?", "给我?", "麻烦", "我们?", "你们?", "您", "想", "要", "想要", "可以", "能", "能不能",
    "可不可以", "能否", "吗", "吧", "啊", "呀", "呢", "嘛", "哦", "了", "的", "就", "都", "行", "好", "再",
    "先", "现在", "快点?", "用", "和", "并", "且",
    "谢谢", "一下", "开始", "来", "去", "试试", "看看", "随便", "随意", "任意", "也", "还", "是", "有", "哈",
    "啦", "呗", "么", "喽", "咯", "直接", "把", "它", "改", "换", "成", "为", "做", "这次", "赶紧", "今天",
    "得", "嘅", "俾", "同我", "整", "设置?", "尺寸", "大小", "比例", "分辨率", "清晰度",
    "需要", "出", "版", "输出", "变", "调", "到", "这个", "那个", "这张", "这", "那", "张", "图片?", "模型",
    "画质", "质量", "选", "使用", "以后", "默认", "格式", "谢", "弄", "风格",
    word("please", "pls", "plz", "the", "an?", "i", "me", "my", "you", "u", "it", "to", "can", "could",
    "would", "will", "for", "us", "want", "need", "like", "i'd", "and", "in", "at", "with", "of", "now", "hey",
    "hi", "bot", "ok", "let's", "let", "just", "go", "do", "thanks", "thank you", "on", "be", "is", "use",
    "using", "make", "this", "that", "image", "images", "picture", "photo", "quality", "size", "ratio",
    "resolution", "format", "by", "via", "model", "set", "change", "switch", "resize", "as", "from", "so",
    "then", "have", "get", "ratio", "aspect", "version", "crop", "into", "convert", "turn", "again", "mode",
    "orientation", "should", "instead", "bored", "im", "i'm", "plain", "today", "default"),
)  # fmt: skip
_DRAW = (
    "文生图", "ai", "绘图", "绘画", "发一?张", "发个",
    "画", "绘", "生成", "绘制", "设计", "制作", "创作", "渲染", "出图", "作图", "整", "搞", "弄", "做", "来", "p",
    word("draw", "drawing", "paint", "generate", "generating", "create", "render", "sketch", "design",
    "imagine", "make", "making", "produce", "illustrate", "doodle", "gen(?:e?rat|erat|ar?ate|rate)e?"),
)  # fmt: skip
_THING = (
    "壁纸", "桌布", "海报", "头像",
    word("wallpapers?", "posters?", "avatars?"),
    "高清", "超清",
    "一", "两", "二", "三", "几", "四", "五", "张", "个", "幅", "只", "份", "些", "点儿?", "图片?", "图像",
    "画儿?", "照片", "作品", "东西", "什么的?", "啥的?", "玩意儿?", "美图", "好图", "好看", "漂亮", "新",
    "有趣", "好玩", "\\d",
    word("some", "something", "anything", "sth", "smth", "smt", "imgs?", "pix", "stuff", "pictures?", "pics?",
    "images?", "photos?", "drawings?",
    "paintings?", "art", "artworks?", "illustrations?", "one", "two", "three", "things?", "nice", "cool",
    "pretty", "random", "whatever", "new", "fun", "up", "interesting", "beautiful", "good", "here", "quick"),
)  # fmt: skip
_MARKS = r"[\s\v,.。!?;:、~…\-—–|/()\[\]\"'“”「」+&*#·]+"

_NOTHING = Pattern(_MARKS, "|", one_of(*_SMALL))
_EMPTY = Pattern(_MARKS, "|", one_of(*_SMALL, *_DRAW, *_THING))
_ORDERS = Pattern(
    one_of("画", "绘", "生成", "设计", "制作", "创作", "渲染", "出图", "作图", "来[一点张幅个]", "要张",
    "文生图", "绘图", "绘画", "发一?张", "[出来给整弄搞做要发](?:一?[张个幅份])?图", "随便画",
    "^(?:something|anything|smth|sth)\\b",
    "[整搞弄做]一?[张幅个点]", "要一?[张幅]", "p一?张", "p图", "[张幅]图", "图片"),
    "|",
    word("draw", "drawing", "paint", "generate", "create", "render", "sketch", "imagine", "illustrate",
    "surprise me", "doodle", "design",
        "gen(?:e?rat|erat|ar?ate|rate)e?",
        "make (?:me )?(?:an? |some )?(?:\\w+ )?(?:something|anything|imgs?|sth|smth|pictures?|images?|art|pics?"
        "|photos?"
        "|drawings?)",
        "(?:want|need|like|give me|show me|get me) (?:an? |some )?(?:\\w+ )?(?:pictures?|images?|pics?"
        "|photos?|drawings?|art)", "^(?:an? )?(?:picture|image|pic|photo|drawing)s?"),
)  # fmt: skip
_SAYS_WHO = Pattern(r"是.{0,3}(?:画|拍|做|生成|设计)的$|是(?:什么|啥|谁|哪)")
_LONGEST = 80


def is_nothing(bare: str) -> bool:
    """Whether no word is left that says what to draw, nor that anything is to be drawn."""
    return len(bare) <= _LONGEST and not _NOTHING.remove(bare)


def is_empty_order(bare: str) -> bool:
    """Whether something is to be drawn, but nothing says what (画点什么, "draw something")."""
    return (
        len(bare) <= _LONGEST
        and _ORDERS.search(bare) is not None
        and not (_EMPTY.remove(bare) or _SAYS_WHO.search(bare))
    )
