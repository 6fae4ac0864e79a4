"""Command words: they count only as (nearly) the whole message (the intent page: the rest).

A command is a key phrase with nothing round it but words that change nothing: who asks, when, a request to
look it up. Key and surroundings are told apart by removal, not by one large expression, so that reading a
message takes time in proportion to its length.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocol.decision import Intent
from protocol.intent.patterns import Pattern, one_of, word


@dataclass(frozen=True, slots=True)
class Command:
    """A key phrase, and what may stand round it without making it something else."""

    intent: Intent
    key: Pattern
    around: Pattern

    def is_whole(self, bare: str) -> bool:
        """Whether the message is this command and nothing else."""
        found = self.key.search(bare)
        if found is None:
            return False
        return not self.around.remove(bare[: found.start()] + " " + bare[found.end() :]).strip(_MARKS)


_MARKS = " /\n\v,.。、!?~…;:-"
_ANYBODY = (
    "请问", "请", "帮我", "帮忙", "给我", "麻烦", "我想", "我要", "想", "要", "我", "我们", "咱们?", "你们?家?",
    "您", "能不能", "可不可以", "可以", "能", "那个", "这个", "那", "这",
    "现在", "目前", "当前", "刚才", "刚刚", "先", "还是", "还", "就", "都", "再", "吧", "呢", "啊", "呀", "了",
    "的", "吗", "么", "嘛", "哦", "一下", "下", "到底", "大概", "大约",
    "bot", "机器人", "有人知道", "大家", "各位", "好", "喂", "嗨", "是", "群里", "这儿", "这里", "这边", "那边",
    "那儿", "来着", "hello", "哈喽",
    "看看", "看", "在", "会", "唉", "哎", "谢谢", "咋", "啦", "嘅", "呢个", "而家", "唔该",
)  # fmt: skip
_ANY = one_of(
    *_ANYBODY,
    word("please", "pls", "plz", "the", "a", "an", "my", "your", "i", "me", "you", "it", "is", "so", "ok",
    "hey", "just", "now", "right now", "for", "this", "that", "to", "do", "can", "could", "u", "we", "here",
    "there", "hi", "and", "then", "actually", "still", "currently", "thing", "bot", "of", "in", "at", "us",
    "guys", "all", "exactly", "yet", "already", "rn", "atm", "these days", "today", "will", "would"),
)  # fmt: skip


def _around(*more: str) -> Pattern:
    return Pattern(one_of(_ANY, *more), "|[", _MARKS.replace("-", r"\-"), "]+")


_PICTURES = (
    "图片",
    "图",
    "照片",
    "画",
    "海报",
    "张",
    "幅",
    "一",
    word("picture", "pictures", "image", "images", "pic", "pics", "photo", "drawing", "render", "one"),
)
_JOB = (
    *_PICTURES,
    "任务",
    "那张",
    "那幅",
    "上一?个",
    "上一?张",
    "正在",
    "生成",
    "请求",
    "单",
    "不要",
    "不画",
    "不用",
    "掉",
    "个",
    word(
        "job",
        "task",
        "request",
        "last",
        "current",
        "previous",
        "generation",
        "generating",
        "drawing",
        "everything",
        "order",
        "anymore",
        "any more",
        "don't",
        "need",
        "want",
        "no",
        "wait",
        "oh",
        "off",
        "previous",
        "command",
        "making",
        "cancel",
        "stop",
        "nvm",
        "nevermind",
        "never mind",
        "forget",
        "actually",
        "changed",
        "mind",
    ),
)
_WAITING = (
    "等了?",
    "好久",
    "半天",
    "很久",
    "久",
    "这么",
    "那么",
    "着急",
    "发我",
    "发给我",
    "发",
    "急",
    "好慢",
    "慢",
    "分钟",
    "\\d+",
    word(
        "waiting",
        "been",
        "ages",
        "forever",
        "long",
        "a while",
        "be",
        "take",
        "takes",
        "taking",
        "left",
        "until",
        "till",
        "more",
        "have",
        "has",
        "wait",
        "ready",
        "done",
        "finish",
        "finished",
        "going",
        "my",
        "does",
        "longer",
        "much",
        "about",
        "i",
        "usually",
        "not",
        "should",
        "gonna",
        "are",
        "time",
        "almost",
        "nearly",
        "what's",
        "whats",
    ),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "cancel",
        Pattern(
            r"取消|唔(?:使|好|要)(?:再)?画|停止?(?!车)|停下来?|停一下|终止|中止|中断|撤销|撤回|(?:别|不要|不用"
            r"|不)(?:再)?(?:画"
            r"|生成|做|弄|出图)|算了|作罢|打住|停手|不要了|不画了|唔好画|咪画"
            r"|\b(?:cancel(?:l?ed)?|stop|abort|halt|never\s?mind|nvm|forget (?:it|that|about it)"
            r"|scrap (?:it|that)|drop it|(?:don'?t|do not|stop) (?:draw|generate|make"
            r"|paint)(?:ing)?)\b"
        ),
        _around(*_JOB, "取消", "算了", "停", "把", "又", "暂时", "改天", "以后", "今天"),
    ),
    Command(
        "status",
        Pattern(
            r"(?:画|弄|做|生成|出图?|搞|完成|渲染|跑)(?:(?:好|完|成|出来|完成)了?(?:没有?|吗|么|没呢"
            r"|咩|未)|了(?:没有?|吗|么|没呢|咩|未))|(?:好|done|ok|ready|finished|完成|出来"
            r"|出图)了?(?:没有?|吗|么|未)$|(?:画|整)了(?:没有?|吗|么|未)$|好了没|好了吗|进度|进展|到哪"
            r"|到(?:第几|什么|多少|百分之几)|画到|做到哪|进行到"
            r"|(?:还要|还需要|还得|还剩|还有|要|需要|得|等|还差|大概)再?等?(?:要|等)?(?:多久|多长时间"
            r"|几分钟|多少时间|几秒|多少秒|多少分钟|几耐)|多久(?:能|可以|才|会)?(?:好|画好|画完|完成"
            r"|出图|出来)?$|怎么(?:还没|这么慢|这么久|还不)|为(?:什么|啥)(?:还没|这么慢|这么久)"
            r"|还在(?:画|生成|跑|做)|还没(?:有)?(?:好|画|完|出|生成)|什么时候(?:能|可以|会|才)?(?:好"
            r"|画好|画完|完成|出图"
            r"|出来|搞定)|几时好|几耐"
            r"|\bhow (?:much )?(?:long(?:er)?|far|is it coming|much time)\b"
            r"|\b(?:is|are|was|has|have|did|isn't|hasn't) (?:it|that|this|my|the|we)\b.{0,24}\b(?:done"
            r"|ready|finished?|complete[d]?|there|come|arrived?)\b|^(?:all )?(?:done|ready"
            r"|finished)(?: yet)?\b|\b(?:almost|nearly) (?:done|there|ready|finished)\b"
            r"|\bis it still\b|\bany (?:progress|updates?|news|luck)\b|\beta\b|^(?:status|progress)\b"
            r"|\bwhat'?s the (?:eta|status|progress|hold ?up)\b|\bwhere(?:'s| is) (?:it|my)\b"
            r"|\btaking so long\b|\bstill (?:working|waiting|rendering|generating|drawing)\b"
            r"|\bwhen will (?:it|my|this)\b|\bcheck (?:the )?(?:status|progress)\b|\bhow'?s (?:it|my"
            r"|the|that) .{0,16}(?:going|coming|doing)\b|\byou done\b"
        ),
        _around(*_JOB, *_WAITING, "才能?", "好", "完", "出来", "画好", "画完", "搞定", "弄好", "哪一?步",
        "哪里?", "哪儿", "哪", "几", "步", "没", "没有", "久", "你", "查", "查询", "状态", "如何", "怎么样",
        "怎样", "多少", "第", "百分之", "生成好", "完成", "跑", "搞", "弄", word("coming", "along", "status",
        "update", "working", "on", "progress", "why", "up", "with", "how", "the")),
    ),
    Command(
        "usage",
        Pattern(
            r"余额|用量|账单|(?:消费|使用|消耗)(?:记录|情况|明细)|(?:我|我们|账户|账号|今天|本月"
            r"|这?个?月|这周|一共|总共|已经|剩下?|还)的?(?:一共|总共|已经|都|还|到底|到现在|累计"
            r"|这?个?月|今天|目前|现在|昨天|这周|里)*(?:用了?|花了?|消耗了?|用掉了?|花掉了?|剩下?|剩余"
            r"|有|余|耗了?|扣了)(?:我|掉)?(?:多少|几个?|几多)(?:个)?(?:积分|点数?|分|钱|额度|credits?"
            r"|points?|次|张|币)?|(?:剩余|剩下|还剩|我的|还有)(?:的)?(?:多少)?(?:积分|点数|额度"
            r"|credits?)|积分(?:还)?(?:剩|有|够|余(?!额)|用完)|^(?:查)?(?:积分|点数|额度)$|查(?:一?下"
            r"|询|看)?(?:我的)?(?:积分|点数|额度|消费|用量)"
            r"|\bmy (?:\w+ )?(?:usage|balance|credits?|points?|spending|bill|quota)\b|^(?:check |show "
            r"|credit |credits |point |points |account )?(?:usage|balance|quota)\b|\b(?:credits?"
            r"|points?) (?:left|remaining|balance|do i have|have i)\b|\bremaining (?:credits|points"
            r"|balance)\b|\bhow (?:many|much)(?: (?:credits?|points?|money|pts"
            r"|of my credits))?(?: (?:have|did|do|has))? (?:i|we)\b"
        ),
        _around("查", "查询", "查看", "账户", "账号", "今天", "昨天", "本月", "这?个?月", "上个?月", "这周",
        "本周", "一共", "总共", "到现在", "已经", "剩", "剩余", "多少", "几", "够", "够不够", "还有", "积分",
        "点数?", "credits?", "钱", "次", "图", "张", "可用", "用", "里", "不够", "个", "有", "吗", "呀",
        "告诉", "想知道", "显示", "情况", "额度", word("show", "check", "what's", "what is", "whats", "see",
        "view", "tell", "have", "used", "use", "spent", "spend", "left", "so far", "today", "this month",
        "this week", "yesterday", "account", "got", "burned", "burnt", "through", "balance", "credits?",
        "points?", "up", "on", "pictures?", "images?", "month", "week", "get", "display", "are", "much", "how",
        "many", "gone", "remaining", "been", "usage", "since", "today's")),
    ),
    Command(
        "show_preference",
        Pattern(
            r"(?:我|我们|现在|而家|目前|当前|默认|正在|你|在)(?:现在|而家|目前|当前|默认|正在|平时|一直|都|是"
            r"|的)*(?:在)?(?:用|使用|选|设)(?:着|了|紧)?(?:的)?(?:模型)?(?:是|着)?(?:的)?(?:哪|什么模型"
            r"|什么$|啥模型|啥$|什么(?=[来啊呀呢?])|边个|咩)(?:一?[个款种])?(?:模型)?|(?:默认|常用|当前"
            r"|偏好|预设|首选)(?:的|用的|使用的)?(?:模型|设置|偏好|用的)?(?:是|为|用)?(?:的)?(?:什么"
            r"|哪|啥|边个)|(?:查看|看看|看一下|显示|查一下|看下|查|告诉我)(?:我的|一下|当前)*(?:默认"
            r"|常用|偏好|当前)(?:模型|设置)?|我的(?:默认|常用|当前|偏好|首选)(?:模型|设置)?$"
            r"|我的(?:模型|偏好)(?:是)?(?:什么|哪个|啥|$)|(?:现在|当前|目前|默认|我)的?(?:是"
            r"|模型)?(?:是)?(?:哪个|什么|啥|哪款|边个)模型|模型(?:现在|目前)?是(?:哪个|什么)"
            r"|\bmy (?:current |saved |default |preferred |active |favou?rite )+(?:model|preference"
            r"|settings?|one|version)?\b|\bmy (?:model|preferences?)\b|\b(?:what|which)(?:'s"
            r"| is)?(?: \w+)? (?:model|one|version) (?:am|do|did|have|are|is) (?:i|we|you|my|set|being"
            r"|currently|the default|default)\b|\b(?:what|which)(?:'s| is) (?:the |your )?(?:current"
            r"|default|active) model\b|\b(?:current|default) model\?*$"
        ),
        _around("哪", "什么", "啥", "个", "款", "种", "模型", "默认", "用", "使用", "画图?", "生成", "查",
        "告诉", "知道", "设置", "偏好", "版本", "设", word("what's", "what", "whats", "which", "show", "tell",
        "check", "remind", "see", "view", "model", "using", "on", "by", "default", "use", "set", "as", "again",
        "am", "at the moment", "running", "have", "saved", "preference", "what is", "being", "used", "picked",
        "chosen", "one", "with", "get", "set up", "currently", "are", "did", "does", "know", "want")),
    ),
    Command(
        "list_models",
        Pattern(
            r"(?:有|支持|提供|能用|可用|可以用|能选|可选|可以选|用)(?:的)?(?:哪些|什么|啥|几个|多少个?"
            r"|哪几个?|几种|多少种|哪几种|几款|边啲|咩)(?:种|可用|可选|可以用|能用|不同"
            r"|别的?)?(?:的)?(?:画图|绘图|生图|ai)?(?:的)?模型|(?:有没有|还有)(?:别的|其他|其它"
            r"|更多|更好的?|免费的?)?(?:的)?模型|(?:列出|列一下|看看|看一下|查看|显示|看下|列举|介绍一?下?)(?:所有"
            r"|可用|可选|全部|支持|有哪些|一下|你们?|的)*模型|模型(?:列表|清单|有哪些|都有哪些|都有啥"
            r"|有啥|有什么|一览|介绍|都有什么|有几个)|(?:哪些|什么|啥)模型(?:可以|能|可)(?:用|选)?"
            r"|价钱|价格表?|价目表?|收费|资费|定价|(?:怎么|如何|怎样|咋)(?:收费|算钱|计费|算积分|扣费"
            r"|扣积分|计价|收钱|扣分)|(?:多少|几个?|几多)(?:个)?(?:积分|钱|点数|(?<!几)点(?!钟)|费用|credits?|points?"
            r"|pts?)|贵吗|贵不贵|(?:要|用|花|需要?|收)(?:花)?(?:钱|积分|点数)吗|要不要钱|收不收费"
            r"|免费的?吗|模型(?:之间)?(?:有什么|有啥|的)?(?:区别|差别)|有(?:什么|啥)(?:区别|差别|不同)"
            r"|(?:哪个|什么|哪款|边个)模型(?:最|比较|更)?(?:便宜|好|强|划算|快|贵|省|好用|厉害|推荐)"
            r"|推荐(?:用)?(?:哪个|什么|哪款)(?:模型)?"
            r"|\b(?:what|which|list|show|any|other|different|available|all|your|the) (?:(?:are|is|the"
            r"|your|all|of|kinds? of|sorts? of|types? of|available|other|different|image|ai|supported"
            r"|possible|me|any|more|list of) )*models\b|\bmodels? (?:list|available|do you)\b"
            r"|^models?$|\bdifferences? between\b.{0,12}\bmodels?\b|\blist (?:of )?(?:the )?models?\b"
            r"|\bpric(?:e|es|ing)\b|\bhow (?:much"
            r"|many)(?: (?:credits?|points?|pts|money|does|do|is|are|will|would|for|to|per|it|a|an"
            r"|one))*\b|\bwhat (?:does|do|will|would) (?:it|this|one|a \w+|each \w+) cost\b"
            r"|\bcost(?:s)? (?:of|per|for)\b|^costs?$|\b(?:is|are) (?:(?:it|this|they|you) )?free\b"
            r"|\bwhich (?:model|one) (?:is|should|would|do you)\b"
        ),
        _around("有", "支持", "模型", "可以", "可", "能", "供", "用", "选择?", "使用", "挑", "列表", "价格",
        "哪些", "图片?", "画一?张?", "画", "一", "张", "幅", "次", "个", "每", "出图", "生图", "生成", "做",
        "出", "收费", "收", "花", "要", "需要", "得", "消耗", "扣", "多少", "几", "积分", "钱", "点数?",
        "高清", "费用", "怎么", "标准", "算", "和", "跟", "与", "之间", "便宜", "贵", "香蕉", "pro", "问",
        "想知道", "知道", "照片", "大概", "用的", "才", "1", "列", "介绍", "给", "推荐", "哪个", "哪款", "最",
        "比较", "好", "什么", "啥", "有没有", "别的", "其他", "全部", "所有", word("what", "which", "are",
        "does", "have", "got", "support", "supported", "available", "use", "choose", "pick", "select", "from",
        "models?", "list", "show", "tell", "about", "cost", "costs", "costing", "pictures?", "images?",
        "pics?", "photos?", "one", "each", "per", "generation", "drawing", "generate", "make", "draw",
        "charge", "credits?", "points?", "much", "many", "how", "does", "single", "take", "need", "with", "on",
        "pay", "offer", "there", "are", "options", "what's", "or", "best", "cheapest", "better", "should",
        "recommend", "most", "good", "fastest", "does it", "new", "get", "want", "know", "any", "other",
        "different", "else", "be", "if", "i", "run", "set", "back", "quality", "i'd", "like", "see", "be",
        "them", "these", "price", "model", "version", "pro")),
    ),
    Command(
        "help",
        Pattern(
            r"^你?(?:能|会|可以)干(?:嘛|啥|什么|点啥)?$|(?:怎么|如何|怎样)(?:让|叫|请)你(?:画|出|生成|修)图"
            r"|^你?(?:可以|能|会)(?:修图|改图|抠图|p图|图生图)(?:吗|么)$"
            r"|^帮助(?:文档|菜单|一下)?$|帮助$|使用(?:说明|指南|教程|方法|帮助)|说明书|教程$|指南$|用法"
            r"|操作说明|功能(?:介绍|列表|有哪些|$)|(?:命令|指令)(?:列表|有哪些|$)|^菜单$|(?:怎么|如何"
            r"|怎样|咋|咋个|点样|点)(?:去|来|才能)?(?:用|使用|玩|操作|开始|画图$|出图$|生成图片|生图$"
            r"|弄$)|(?:能|会|可以|可)(?:帮我|帮忙|给我|为我|帮我们|帮)*(?:做|干|画|生成|弄|搞"
            r"|提供)?(?:些|点|出)?(?:什么|啥|哪些|咩)(?!.*模型)|(?:有|支持|提供)(?:什么|哪些|啥"
            r"|咩)(?:功能|尺寸|比例|分辨率|风格|用法|操作|指令|命令|大小|格式|语言|画风|清晰度)"
            r"|(?:支不支持|支持|能出|可以出|能画|能生成|做得了"
            r"|最高)(?:到)?(?:[\s\v的图片张分辨率比例尺寸大小画质高清超输出横竖方版生]|8k|透明背景"
            r"|图生图|中文|英文|视频|动图|gif|修图|改图){0,14}(?:吗|么|不$|嘛|多大|多高清?|几k|多少k)"
            r"|不会用|新手指引|识做咩"
            r"|\bhelp\b|\b(?:what|whats|what's) (?:can|could|do|does|else|all|are|is|sizes?|ratios?"
            r"|resolutions?|features?|commands?|formats?|styles?)(?: (?:can|could|do|does|you|this bot"
            r"|this|u|it|the bot|your|the|all|else|here|supported|i|we|are))*(?: (?:do|support|draw"
            r"|make|generate|capable of|able to do|good at|features?|commands?|capabilities|abilities"
            r"|for|work|ask(?: you)?|purpose|offer|sizes?|ratios?|resolutions?|aspect ratios?))+\b"
            r"|\bhow (?:can|could|do|does|should|would|to)(?: (?:i|we|you|this|it|the bot|this bot|one"
            r"|someone|exactly|actually|thing))*(?: (?:use|work|start|get started|begin|operate"
            r"|make (?:an? )?(?:pictures?|images?)|generate (?:an? )?(?:pictures?|images?)"
            r"|draw (?:an? )?(?:pictures?|images?)|talk to|ask))\b|\b(?:instructions|commands|manual"
            r"|tutorial|features|faq|menu|user guide)\b|\b(?:do|does|can|are|is) (?:you|this bot|this"
            r"|it|the bot|u)(?: (?:guys|also|even|able to))* (?:support|handle|output|go up to|go"
            r"|do)\b"
        ),
        _around("新人", "小白", "一个", "你", "新手", "萌新", "求助", "求问", "求教", "请教", "问", "想问",
        "第一次", "刚来",
        "进群", "谁", "知道", "教教?", "不知道", "不会", "这bot", "该", "这里", "东西", "画图", "ai", "绘图",
        "小助手", "助手", "具体", "用", "做", "事情?", "图片?", "功能", "什么样", "风格", "类型", "样", "出",
        "事", "香蕉", "怎么", "应该", "啥", "什么", "介绍", "自己", "你自己", "有没有", "最大", "最高", "支持",
        "尺寸", "分辨率", "比例", "需要", "没", "懂", "用法", "说说", "教程", "生成", "画", "呢", "咗", "多大",
        "8k", "4k", "怎么用", "不懂", "玩", "操作", "简单", "说", "它", "指令", "使用", "真", word("need",
        "want", "some", "help", "with", "how", "what", "are", "use", "work", "works", "does", "using", "new",
        "show", "get", "started", "support", "supported", "have", "resolution", "images?", "pictures?",
        "output", "aspect", "ratios?", "quality", "up", "any", "sizes?", "be", "list", "out", "menu", "page",
        "instructions", "commands", "should", "or", "give", "tell", "about", "features", "if", "ask", "work",
        "know", "idk", "first", "time", "drawing", "draw", "make", "too", "editing", "photo", "too", "even",
        "generate")),
    ),
    Command(
        "retry",
        Pattern(
            r"重试|^在(?:来|画|试)一?[张次遍个幅]|再试(?!试?别)|重来|重画|重新(?:画|生成|来|做|出|弄|绘制)|重做|重绘|重生成"
            r"|再(?:来|画)过|再给我一?[张个幅]|再(?:给我)?(?:来|画|生成|做|出|跑|弄|整|搞|抽"
            r"|roll)(?:多)?(?:[一1两几]?(?:次|遍|张|个"
            r"|下|幅|版|回|轮|把)|$|几张)|(?:再|多|另)来(?:一|几|两)?(?:张|个|次|遍|幅)|换(?:一"
            r"|1)?(?:张|幅|版)|换个(?:版本|图)?$|reroll|roll一次|再roll|^下一张$|^(?:一样"
            r"|同样)的?再?来?(?:一)?(?:张|次|遍)?$|^再来$|^再画$|刷新"
            r"|\b(?:retry|re-?try|re-?do|re-?generate|re-?roll|re-?draw|re-?run|once more"
            r"|one more(?: time)?|another(?: one| version| try| go| shot| take| attempt| variation"
            r"| picture| image| pic)?|try (?:it |that )?again|do (?:it|that) again|same again"
            r"|start over|do over|second try|run it back)\b|^(?:again|next|more|repeat|variations?)\b"
            r"|\bagain\b|\b(?:a )?(?:new|different|next) (?:one|version|picture|image)\b"
        ),
        _around("不满意", "换成", "改成", "用",  "不行", "不好看", "不太好", "不太行", "不喜欢", "不够好",
        "重新", "重", "次", "遍",
        "张", "幅", "个", "版", "回", "一", "1", "几", "两", "把", "图片?", "画", "给", "同样", "一样", "类似",
        "别", "另", "新", "份", "些", "试试?", "刚才", "上", "掉", "照", "原来", "样", "差不多", "生成", "来",
        "换", "不太满意", "看看", "失败", "怎么", "手", "多", "出", "刚那", "这", word("please", "one",
        "again", "time", "with", "same", "prompt", "give", "make", "draw", "generate", "create", "try", "get",
        "want", "not", "quite", "good", "no", "nah", "hmm", "let's", "like", "show", "another", "thing",
        "picture", "image", "pic", "run", "version", "gimme", "may", "have", "see", "how", "about", "once",
        "over", "go", "take", "don't", "bad", "didn't", "mind", "failed", "fail", "more", "what", "i'd",
        "variation", "exact", "retry", "different", "but", "style", "doesn't", "look", "right", "redo", "it's", "not",
        "great", "meh", "new")),
    ),
)  # fmt: skip

_LONGEST = 48


def command_in(bare: str) -> Intent | None:
    """The command that the message is, if it is nothing else."""
    if not bare or len(bare) > _LONGEST:
        return None
    return next((command.intent for command in COMMANDS if command.is_whole(bare)), None)
