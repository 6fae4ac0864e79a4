"""Phrases that are a command wherever they stand in a short message, whatever else is said round them.

`commands` reads messages that are nothing but a command. People also add who they are, why they ask, or what they feel
(第一次来，教教我咋用); these phrases leave no doubt even then, and each is worded so that nothing to draw is meant.
"""

from __future__ import annotations

from protocol.decision import Intent
from protocol.intent.patterns import Pattern

_LONGEST = 60
_MOST_HAN = 24
_HAN = Pattern(r"[\u4e00-\u9fff]")

_PHRASES: tuple[tuple[Intent, Pattern], ...] = (
    (
        "status",
        Pattern(
            r"(?<![说走问写讲跑])到哪(?:儿|里|一?步)?[了啦](?:$|[呀啊哥姐吗,。!\s])|(?:进度|进展)(?:到|怎么样|如何|咋样|多少|了)"
            r"|什么进度|怎么还(?:没|在)(?:好|出|画|完|弄|做|生成"
            r"|动静)|(?:^.{0,3}|图.{0,2}|,)还没(?:画|做|生成|弄|出)?(?:好|完|出来|出图)(?:吗|呢|啊|么|$)"
            r"|(?:几分钟|多久|多长时间|啥时候|什么时候|几时)(?:能|可以|才能|会|才)?(?:好|画好|画完|出图|出来"
            r"|做好|弄好|搞定|完成)(?!的)"
            r"|(?:画|弄|做|生成|搞)(?:好|完)了?(?:吗|没|么|没有|未)(?:$|[,。?啊呀呢!\s])"
            r"|^[,\s\w]{0,6}好了没(?:[,。?啊呀呢!\s]|$)"
            r"|\bhow (?:long|much longer|much more time)(?: (?:till|until|before|left|more|now|is left"
            r"|does it take(?=$| for (?:an?|one|my|the) (?:pic|image|photo|drawing))|will it"
            r" take(?=$)|is it (?:gonna|going to) (?:take|be))|$)|^[^.:,]{0,20}\bstill (?:cooking|waiting|going"
            r"|drawing|rendering|working on it)[\s?!.…]*$"
            r"|\b(?:is|are) (?:it|my (?:pic|picture|image|photo|drawing|one)) (?:done|ready|finished|coming)\b"
            r"|\bwhen (?:will|is) (?:it|my (?:pic|picture|image|photo|drawing)) (?:be )?(?:done|ready|finished"
            r"|coming)\b"
            r"|\b(?:any|what's the|whats the) (?:eta|progress)\b|\bhow far along\b"
        ),
    ),
    (
        "usage",
        Pattern(
            r"(?:剩|余|还有|还剩|花了?|用了?|用掉了?|扣了?|烧了?)(?:我|掉|下)?(?:多少|几多|几个"
            r"|多少个)(?:个)?(?:积分|点数|额度|点|credits?|points?)(?!一|每)"
            r"|我的?(?:用量|余额|额度|积分|消费)(?:还|有|是|剩|多|查|情况|$)"
            r"|\bhow (?:many|much) (?:of my )?(?:credits?|points?|pts)\b[^,.?]{0,12}\b(?:have|did|do|has) (?:i|we)\b"
            r"|\b(?:my|this|last|today's|todays) (?:(?:month|week|day)'?s )?(?:usage|spending|balance"
            r"|credit balance)\b"
        ),
    ),
    (
        "show_preference",
        Pattern(
            r"(?:我|我们)[^,。]{0,8}(?:默认|常用|首选|偏好|预设)(?:的)?(?:模型)?(?:是|用的是|设的是)(?:什么|哪|啥)"
            r"|(?:现在|当前|目前|这会儿|眼下|平时|你)(?:是)?(?:在)?用(?:的)?(?:是)?(?:哪|什么"
            r"|啥)(?:一?[个款种])?(?:模型|model)(?!可|能)"
            r"|\b(?:which|what) (?:model|one) (?:am i|are we|do i|have i|did i) (?:on|using|set|pick|have)\b"
            r"|\bwhat(?:'s|s| is) my (?:default|preferred|current|saved) (?:model|one|setting)\b"
        ),
    ),
    (
        "list_models",
        Pattern(
            r"(?:哪些|什么|几种|几个|啥|哪几个|哪几种|边啲|哪几款)(?:可用的?|可选的?|能用的?)?(?:的)?(?:模型"
            r"|models?)(?:$|[,。?!\s可能啊呀呢揀选吗给的]|选)"
            r"|(?:模型|models?)(?:都|一共|总共)?(?:有|能选|可选|可以选)?(?:哪些|哪几|几种|几个|什么|啥)"
            r"|模型列表|价格表|价目表|收费标准"
            r"|(?:画)?一张(?:图)?(?:要|得|是)?(?:多少|几个?)(?:积分|钱|点|credits?)|(?:多少|几个?)(?:积分|钱|点"
            r"|credits?)(?:能|可以)?(?:画)?一(?:张|次|幅)|分别(?:啥|什么|多少)(?:价|钱|积分)"
            r"|\b(?:what|which)(?: all| other| kinda| kind of)? models? (?:are|do|does|can|is)\b|\bpricing\b"
            r"|\b(?:how|hw) (?:much|many)(?: (?:credits?|points?|pts))? (?:per|for (?:an?|one|each|1)|is (?:an?"
            r"|one|each)|does (?:an?|one|each)) (?:pic|picture|image|img|photo|drawing|generation|one|render|4k"
            r"|2k|1k)s?\b|\bhow (?:much|many) does (?:it|this|the bot) cost\b"
            r"|\bwhat (?:does|do|will|would) (?:an? (?:pic|picture|image|photo|drawing)|one(?: (?:pic|picture"
            r"|image|photo|drawing))?|each(?: one)?|it|these) (?:cost|run me)\b"
        ),
    ),
    (
        "help",
        Pattern(
            r"(?:怎么|咋|咋个|如何|点样|怎样|点)用(?:$|[啊呀呢㗎嘎这你它哦吗,。?!\s]|的$|bot|机器人)|(?:教教"
            r"|教下|教一下)我?(?:怎么|咋|如何)?用|(?:使用|操作|新手)(?:说明(?!书)|教程|指南|手册|方法)"
            r"|(?:新来的|第一次来|刚进群|小白|新手|萌新)[^。]{0,12}(?:怎么用|咋用|怎么玩|咋玩|教|怎么弄|用法)"
            r"|你(?:都)?(?:会|能)(?:干|做|画)(?:点|些)?(?:啥|什么|嘛)(?:$|[啊呀呢,。?])"
            r"|\bhow (?:do i|to|does one|do we|can i|do you|should i|does this|does it|does the bot|does this bot)"
            r" (?:use|work|operate|get started)(?: (?:this|the|it|you|ur|your|that))?(?: (?:bot|thing"
            r"|app))?(?:$|[,.?!])"
            r"|\bwhat (?:(?:kinda|kind of|sort of|all|other|else|cool) )?(?:stuff|things?)? ?can (?:you|u"
            r"|this bot|it|the bot) (?:do|draw|make)\b"
            r"|^(?:(?:pls|please|plz|hey|hi|ok|um|uh) )*help(?: me)?(?: (?:pls|please|plz))?(?:$|[,.!]| (?:i'?m"
            r"|im) new)"
        ),
    ),
    (
        "cancel",
        Pattern(
            r"(?:别|不要|不用|唔好|唔使)(?:再)?(?:画|畫|生成)(?:了|啦|住|喇)(?:$|[,。!\s别不])|(?:^[^,。]{0,2}"
            r"|,)取消(?:先|吧|了|掉|这|刚|上|任务|它|$)[^,。]{0,6}$"
            r"|^(?:abort|cancel|stop)(?:[\s,!.]+(?:abort|cancel|stop|it|this|that|now|pls|please|the (?:job"
            r"|drawing|image)))*$"
        ),
    ),
)  # fmt: skip


def unmistakable_command(bare: str) -> Intent | None:
    """The command that a short message surely is, with whatever else stands round it."""
    if len(bare) > _LONGEST or len(_HAN.compiled.findall(bare)) > _MOST_HAN:
        return None
    return next((intent for intent, pattern in _PHRASES if pattern.search(bare)), None)
