"""Greetings, thanks, laughter and the other small change of a chat: messages made of nothing else."""

from __future__ import annotations

import re

from protocol.intent.patterns import Pattern, one_of, word

_ZH = r"""
    请 麻烦 拜托 劳驾 求求 不要 漂亮 美 你好 您好 哈喽 哈啰 嗨 在吗 在不在 在么 有人吗 早 早安 晚安 早上好 晚上好
    下午好 中午好 午安 谢谢 多谢 感谢 谢 辛苦 再见 拜拜 哈哈 呵呵 嘿 喂 大家好 机器人 你 们 好 啊 呀 了 哦 啦 嗯
    测试 test一下 收到 明白 知道了 懂了 了解 厉害 牛 赞 棒 不错 真 太 很 超 可以的? 行 不 不用 不是 没 没有 没事
    不客气 和 一下 \d 哇 塞 噻 呜 嘤 冲 哼 嘻 呃 额 噢 诶 欸 唉 哎 啧 切 呸 嘘 晒 滴 嘞 哒 绝绝子 绝
    牛[哇批皮啊逼掰] 等等 等一?下 稍等 等会儿? 垃圾 骗钱 骗人 坑 无聊 尴尬 离谱 救命 笑死 可恶 讨厌 笨 傻 服了?
    摸鱼中? 吃饭去? 睡了 下了 溜了 撤了 走了 回聊 在忙 忙 来了 到了 巴适 新年好
    [\u4e00-\u9fff]{2,4}(?:快乐|愉快|吉祥|大吉) 恭喜发财 万事如意 我 他 她 呢个 劲 正 犀利 系 冇 唔系 掂 抵死 唔该
    老铁 铁子 伙计 亲 朋友 大哥 大姐 哥 姐
    老板 大佬 老师 师傅 哥们儿? 兄弟们? 姐妹们? 朋友们 家人们 宝子?们? 各位 小伙伴们? 群主 管理员? 同学们?
    抱抱 么么哒? 摸摸头? 亲亲 贴贴 比心 求个?好运 求抱抱 求安慰 报到 新人 转发 已读 意见 同意 退钱 退积分 退款
    安安 早晨 丑 可爱 好看 画 歪 对 颜色 脸 手
"""
_EN = r"""
    please pls plz sorry wait bad ok hi hello hey yo sup there everyone all guys morning good night evening
    afternoon thanks? thank_you thx ty so_much very_much a_lot a_ton a_bunch a_million
    heaps loads bot bye goodbye see_you later lol haha+ wow
    nice cool great awesome amazing perfect love_it welcome you're np no_problem done right what's_up
    how_are_you hiya howdy gm gn cheers ping test testing nb 6+ no nope nah hmm+ um+ oh ah okay yes yeah yep
    yup yea beautiful gg wp ggwp gl hf glhf ez up dd tql yyds xswl awsl ttyl afk welp meh tks tnx thnx huh hm+
    hru wbu hbu wyd nm nmu
    mhm okie oki okey dokey kk gotcha got_it heya hii+ hullo aloha mate bro bruh dude man buddy fam folks team
    one_sec one_second sec a_sec a_minute hold_on hang_on nvm ew yikes oof phew aww* ooh whoa woah yay woo hoo
    hooray dang lmf?ao rofl omf?g wtf smh ikr idk fr ngl w l based rip f pog sheesh slay noice ciao cya cu
    peace laters tc take_care safe have_a day weekend one my_bad oops whoops sad lame boring trash garbage
    useless stupid well guess_so i_see makes?_sense change_of_plans? same here likewise
    heading_(?:out|home|off) off_to_bed on_my_way omw running_late back_soon be_right_back happy merry
    christmas xmas birthday new_year thanksgiving halloween easter diwali mid-autumn lunar chinese holidays?
    festival friday monday how's_it_going how_is_it_going how_goes_it what'?s_(?:new|good|happening) u ur you
    it is the_best bestie boss sir king queen legend genius pal chief sweet dope lit fire sick insane wild
    crazy k alright fine sounds_good works to me for and or so too very really that this just again much
    nevermind appreciated appreciate
    for_real ship_it merged lgtm ugly pretty not_like_that wrong(?:_one)? like
"""
_ALSO_THINGS_ZH = r"""
    正 系 坑 服 脸 手 画 颜色 我 他 她 和
"""
_ALSO_THINGS_EN = r"""
    king queen christmas halloween easter fire man team boss sir garbage trash monday chinese new_year
    festival lunar weekend day genius legend safe and or the this that for one it sad crazy wild thanksgiving
    birthday sweet peace happy merry sick insane me mid-autumn diwali
"""
"""Small change in company only: a king alone, or a sad king, is something to see."""


def _words(data: str) -> list[str]:
    """The patterns in a list that is set out as text: apart by white space, with `_` for a space inside one."""
    return [item.replace("_", " ") for item in data.split()]


_LONGEST = 40
_MARKS = r"[+\s\v,.。!?~、…;:\-()'\"]+"
_TOKENS = Pattern(one_of(*_words(_ZH), word(*_words(_EN))), "|", _MARKS)
_ALSO_THINGS = Pattern("(?:", _MARKS, "|", one_of(*_words(_ALSO_THINGS_ZH), word(*_words(_ALSO_THINGS_EN))), ")+")
_WISH = Pattern(r"(?:happy|merry) (?!man\b|king\b|queen\b|team\b|boss\b|one\b|garbage\b)[\w ]+")
_LAUGHTER = Pattern(
    r"(?:[\s\v!.,~]|a?(?:ha|he|ja|ka|hi|xi){2,}h?|(?:ha){1,}h+|(?:lo){2,}l|lul|kek|哈{2,}|呵{2,}|嘿{2,}|h{2,}"
    r"|w{3,}|6{2,}"
    r"|2?3{2,}|z{3,}|k{2,}|x[dp]+|1{1,}|5{3,})+"
)
_DRAWN_ABBREVIATIONS = frozenset(
    ("tv", "dj", "pc", "cd", "dvd", "vhs", "bmw", "vr", "rv",
    "gt", "ps", "mp", "npc", "rpg", "tnt", "dna", "lp", "vw", "mtn")
)  # fmt: skip
_VOWELLESS = Pattern(r"[b-df-hj-np-tv-xz]{1,6}")
_STRETCH = re.compile(r"([a-z])\1{2,}|([\u4e00-\u9fff])\2+")


def is_chatter(bare: str) -> bool:
    """Whether nothing is said but hello, thanks, haha, bravo or the like, however the words are stretched."""
    if len(bare) > _LONGEST:
        return False
    if _LAUGHTER.fullmatch(bare) or _is_abbreviation(bare):
        return True
    readings = {bare, _STRETCH.sub(r"\1\2", bare), _STRETCH.sub(r"\1\1\2\2", bare)}
    if any(_ALSO_THINGS.fullmatch(each) and not _WISH.fullmatch(each) for each in readings):
        return False
    return any(not _TOKENS.remove(each) for each in readings)


def _is_abbreviation(bare: str) -> bool:
    """Letters that make no word (gg, tql); a few such name things."""
    letters = bare.strip(" !?.,~")
    return _VOWELLESS.fullmatch(letters) is not None and letters not in _DRAWN_ABBREVIATIONS
