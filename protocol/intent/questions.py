"""Questions, and orders for something that is no picture: a poem, a search, a reminder."""

from __future__ import annotations

from protocol.intent.patterns import Pattern
from protocol.intent.requesting import asks_politely

_ZH_QUESTION = Pattern(
    r"(?:什么(?!都|也)|为啥|为何|怎么|怎样|咋|如何|哪(?!吒|怕|咤)|谁|几点|几$"
    r"|几[个号时天岁]|多少|多[久远长重深宽快厚贵难冷热老大高](?:[了啊呀呢,。?!]|$)|是不是|有没有|会不会"
    r"|能不能|可不可以|要不要|对不对|好不好"
    r"|行不行|是否|干嘛|干啥|啥|么$|吗$|吗[,。!]|呢$|点解|边个|边度|几时|乜|咩)"
)
_EN_OPENING = (
    r"^(?:(?:so|and|but|hey|ok|well|wait|btw|um|hmm|wow|lol|omg|also|hi|hello|just curious|quick question"
    r"|question)[\s,:]+){0,3}"
)
_EN_WHO = (
    r"(?:i|you|u|we|they|he|she|it|this|that|these|those|the|there|an?|my|your|our|his|her|their|any(?:one"
    r"|body|thing)?|some(?:one|body)|every(?:one|body)|people|penguins|cats|dogs|humans|animals)"
)
_EN_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|would|will|should|shall|has|have|had|may|might|isn't"
    r"|aren't|don't|doesn't|didn't|won't|wouldn't|can't|couldn't|shouldn't)"
)
_EN_QUESTION = Pattern(
    _EN_OPENING,
    r"(?:(?:who|what|when|where|why|how|which|whose|whats|what's|who's|where's|how's|when's"
    r"|why's)(?![\w-])(?:\s+\w+){0,3}?\s+" + _EN_AUXILIARY + r"(?![\w-])"
    r"|(?:what's|who's|where's|how's|whats|why's)(?![\w-])(?!-)|(?:how|what) (?:about|come|many|much"
    r"|long|far|old|tall|big|to)\b"
    rf"|{_EN_AUXILIARY}\s+{_EN_WHO}\b(?!-)|(?:do|does|did)\s+(?!not\b)\w+\s+\w+"
    r"|wanna know|do you|any idea|anyone|anybody|does anyone|is it|remind me|what about|look up)(?![-])",
)
_EN_OTHER_ORDER = Pattern(
    _EN_OPENING,
    r"(?:(?:please|pls|can you|could you|help me)\s+){0,3}(?:tell me|explain|translate|summari[sz]e"
    r"|define|write(?: me)? (?:an? |some |the )?(?:\w+ )?(?:code|function|essay|email|poem|script"
    r"|letter|sql|story|speech|song|haiku|report|paragraph|joke|program|resume|summary|caption|reply"
    r"|response|blog)|calculate|solve|compute|recommend|suggest|remind (?:me|us)|(?:search|google|debug|book"
    r"|order|play|sing|schedule|count|read)"
    r"(?= (?:an?|the|this|that|me|us|my|it|for|some|to|how|your|all|him|her)\b)"
    r"|convert \d+|proofread|rewrite|paraphrase|set (?:an? )?(?:alarm"
    r"|timer|reminder))\b(?![-'])",
)
_EN_WONDER = Pattern(_EN_OPENING, r"(?:who|what|when|where|why|how|which|whose)\b(?![-'])")
_ZH_OTHER_ORDER = Pattern(
    r"^(?:请|帮我|帮忙|给我|麻烦|你|能不能|可以|能|可不可以|我想让你|,|\s){0,5}(?:推荐(?:一|几|个|点"
    r"|些|下)|翻译(?!官|机|员)|给.{1,8}(?:起|取)(?:一?个)?名|讲(?:一?个|讲|一下|解)"
    r"|写(?:一?[首篇段封份]|代码|作文|个?(?:代码|脚本"
    r"|程序|邮件|作文|故事|报告|文案|总结|函数|周报|日报|检讨|情书|请假条))|查(?:一下|下|查|询)"
    r"|搜(?:一下|下|索)|找(?:一下|下|找|一?[个家首部本])|订(?:一?[张个份间]|票|餐|酒店)"
    r"|买(?:一?[张个份点杯])|算(?:一下|下|算)|解释|总结|分析|告诉我|说(?:说|一下|个|一个)|提醒我|播放"
    r"|放(?:一?首)|唱(?:一?首|歌$)|念(?:一|首)|润色|续写|改写|计算|教我|预订|定(?:一?个)闹钟"
    r"|设(?:一?个)?闹钟|打开|关闭|发(?:邮件|消息|送)|下载|回答|猜(?:一?个|猜)|聊|识别|鉴定|评价|点评|打分|认一?下"
    r"|看(?:看|一下|下)(?:这|那|是|有没))"
)
_ZH_HELP = Pattern(r"^(?:请|麻烦)?帮(?:我|忙|个忙|下)")
_PICTURE_WORD = Pattern(r"[图画像]|照片|海报|壁纸|logo|封面|插图|表情|贴纸|icon")
_ZH_ASKED = Pattern(r"(?:如何|怎样(?!的)|怎么(?!也|都|样的)|为什么|为啥|为何|什么是)")
_ZH_YES_OR_NO = Pattern(r"(?:[\u4e00-\u9fff](?:吗|么)|了(?:没|没有)|(?:没|有没)有)$")
_ZH_SURELY_ASKED = Pattern(
    r"^[^,。\n\x1a]*(?:^有(?:什么|啥)(?!都)|怎么(?!也|都|样)[^,。\n的]{1,8}(?=的?$)|是哪(?!吒)|什么时候"
    r"|哪[国年位]|叫什么|是什么(?!的)|是谁|怎么样$|怎么办|几岁"
    r"|多大了|在哪$|在哪里|多少钱$"
    r"|什么意思|(?:什么|啥)区别|(?:写|画|拍|说|讲|印|刻)的(?:都)?(?:是)?(?:啥|什么|谁|哪|几)|一般多久"
    r"|多久能(?!画|出|好)|哪个更|解一下|等于(?:几|多少))[^,。\n]{0,8}$"
    r"|^[^,。\n\x1a:]{1,8}(?<!个)(?:为什么|为啥|为何|点解)[^,。\n的\x1a]{1,14}$"
)
"""One clause that is a question whatever it is about, a painter too."""
_DOCUMENT = Pattern(
    r"^(?:请|帮我|帮忙|给我|麻烦|谁能?|有没有人?|,|\s){0,5}(?:求|来|做|写|要|整|搞|给|发|出)(?:一?[份个张套篇点些])?"
    r"[^,。\n画图]{0,10}(?:模板|攻略|教程|资料|源码|代码|链接|文件|文档|报告|简历|合同|论文|菜谱|歌单|片单|书单"
    r"|课件|表格|excel|ppt"
    r"|笔记|方案|题|答案|作业|总结)$"
)
_TITLE = Pattern(
    r"\b(?:style|poster|cover|meme|parody|illustration|artwork|painting|diorama|sticker|t-?shirt|design|wallpaper)\b"
)
_INVERTED = Pattern(r"\b(?:i|you|u|we|it|this|that|my|your|do|does|did|should|can|could|is|are|was|will|for)\b")
_WHAT_A = Pattern(
    r"^(?:what an? |such an? )(?:[\w-]+ ){0,4}(?:over|in|on|under|at|of|with|by|near|above|behind|through)\b"
)
_ERRAND = Pattern(
    r"^(?:请|帮我|帮忙|给我|麻烦|你|能不能|可以|,|\s){0,5}(?:"
    r"(?:把|将)[^,。\n图片画]{1,14}(?:发(?:我|给|到|一下|过|出|群|$)|关(?:上|了|掉|$)|打开|开(?:一下|了|$)|交(?:了"
    r"|给|上|一下)|拿"
    r"|给(?:我|他|她)(?!.{0,4}(?:换|改|加))|还(?:给|了)|寄|转(?:给|发)|踢|叫|带(?:上|来|走|给)|送(?:到|给|来|去)"
    r"|收(?:好|起|了|一下)"
    r"|存(?:好|了|到)|打印|买(?:了|一下|回)|扔|倒(?:了|掉)|洗(?:了|一下)|做完|写完|吃|喝|背(?:熟|下来|了))"
    r"|加(?:我|个|一下|你)*(?:微信|好友|群|qq|v信|wechat|line)|拉我(?:进|入)|换个?(?:话题|地方|时间|工作|手机|电脑"
    r"|公司|城市"
    r"|人|号|座位|日子|方式|说法)|(?:把|将)[^,。\n]{1,24}(?:翻译?成|译成)|(?:打|回)(?:个|一下)?(?:电话|消息"
    r"|微信)|(?:去|上|吃|买|点)(?:个|一下)?(?:厕所"
    r"|洗手间|外卖|饭|菜)$"
    r")"
    r"|^(?:please |pls |can you |could you |let's |can we |just ){0,3}(?:turn (?:it|that|the \w+) (?:off|on|up"
    r"|down)\b"
    r"|turn (?:off|on|up|down)\b"
    r"|make (?:it|this|that) (?:quick|happen|stop|home|work|count|up to|back|on time|official)\b|make (?:sure"
    r"|sense|up your)\b"
    r"|(?:put|give|take|leave) it (?:on my|to me|a (?:rest|try|shot|go|break|minute)|easy|alone|back)\b"
    r"|give (?:it|this|that) (?:a (?:rest|try|shot|go|break|minute)|to)\b"
    r"|(?:fix|solve|debug|check|review|deploy|merge|push|test|run) (?:the|this|that|my|a|your) (?:\w+ )?(?:bug"
    r"|build|code|tests?|server"
    r"|issue|error|script|typo|printer|car|wifi|pr|branch|app|site|website|link|doc|docs|ticket)\b"
    r"|change (?:the )?(?:subject|topic|plans?|password|channel|time|date|meeting)\b"
    r"|(?:add|remove|kick|invite|join|ping|call|text|email|dm|tag|message|meet|follow|unfollow|mute"
    r"|unmute) (?:me|him|her|them|us"
    r"|the (?:team|group|channel|meeting|call))(?:$| (?:on|in|at|from|to|when|later|back|if|tomorrow|asap|up|out)\b)"
    r"|(?:send|forward|share|upload|print|check|look up|pick up|drop off|bring|buy|close|open|lock|come"
    r"|stop by) (?:me |us |him |her )?"
    r"(?:the|this|that|your|my|some) (?:file|files|doc|docs|link|report|slides|invoice|door|window|email|mail"
    r"|calendar|kids|milk"
    r"|groceries|package|deck|spreadsheet|notes|weather|news|score)\b)"
)
_UNKNOWN_MODEL = Pattern(
    r"^(?:(?:我?(?:想|要)|请|还是|就|那|以后|都|默认|let'?s|i want to|can we|can you|always)\s*)*"
    r"(?:用|使用|换成|换|切换到|切换成|切到|改用|改成|选|试试|use|using|switch to|change to|try|go with|pick|select)"
    r"\s*(?:the |一下)?"
    r"(?:pro|plus|max|ultra|turbo|mini|lite|flash|gpt[\w.-]*|chatgpt|dall-?e\s?\d?|midjourney|mj|sdxl|sd\s?[\d.]*"
    r"|stable diffusion"
    r"|flux[\w.-]*|seedream[\s\w.-]*|imagen\s?\d?|gemini|claude|grok|firefly|sora|ideogram|kling|可灵|即梦|豆包"
    r"|通义|文心"
    r"|[\w.-]{1,16} (?:model|version)|[\w.-]{1,16}\s?(?:模型|版本?))(?: (?:pro|max|v?\d[\d.]*))?"
    r"\s*(?:模型|版本?|model|version|mode|one)?$"
    r"|^(?:gemini )?(?:pro|flash|plus|turbo|midjourney|dall-?e\s?\d?|sdxl|stable diffusion|chatgpt)"
    r"\s*(?:模型|版本?|model|version|mode|one)?$"
)
_CLEARLY = 3


def is_question(bare: str, picture: int) -> bool:
    """Whether it asks something, though no question mark stands at its end.

    `picture`: the weight of the signs that something to see is described, in which question words may stand
    (a poster with 为什么 on it). What ends like a question or turns verb and subject round asks all the same.
    """
    if _ZH_SURELY_ASKED.match(bare):
        return True
    if _ZH_ASKED.match(bare) or (_ZH_YES_OR_NO.search(bare) and not asks_politely(bare)):
        return True
    if _WHAT_A.match(bare) or (_TITLE.search(bare) and not _INVERTED.search(bare)):
        return False
    if _EN_QUESTION.match(bare):
        return True
    if picture >= _CLEARLY:
        return False
    return bool(_ZH_QUESTION.search(bare) or _EN_WONDER.match(bare) or orders_text(bare))


def orders_text(bare: str) -> bool:
    """Whether something is ordered that is words or a deed: a poem, a search, a reminder, a template."""
    return bool(_EN_OTHER_ORDER.match(bare) or _ZH_OTHER_ORDER.match(bare) or _DOCUMENT.match(bare))


def is_errand(bare: str) -> bool:
    """Whether something is to be done in the world and not to a picture (把门关上, "turn off the lights")."""
    return _ERRAND.match(bare) is not None


def names_unknown_model(bare: str) -> bool:
    """Whether it only asks to use a model of a name that none of ours has (用 Pro, "use midjourney")."""
    return _UNKNOWN_MODEL.match(bare) is not None


def asks_for_help(bare: str) -> bool:
    """Whether it starts like a plea for help (帮我…) and names nothing that is a picture."""
    return _ZH_HELP.match(bare) is not None and _PICTURE_WORD.search(bare) is None
