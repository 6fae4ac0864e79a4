"""What a prompt asks to see."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, TypeAlias

from .accessory import Accessory
from .colour import Colour
from .lexicon import Lexicon, normal
from .mood import Hour, Season, Weather
from .scenery import SCENERIES, Scenery
from .style import Style
from .subjects import SUBJECTS, Subject


@dataclass(frozen=True, slots=True)
class Tint:
    colour: Colour


class Decoy(Enum):
    """A word that holds another one's and means nothing here."""

    WORD = "word"


Meaning: TypeAlias = Subject | Scenery | Hour | Season | Weather | Accessory | Style | Tint | Decoy

HOURS: Final = (
    ("dawn,sunrise,early morning,morning,daybreak,日出,黎明,清晨,早晨,晨光,朝阳,朝陽,晨曦", Hour.DAWN),
    ("day,daytime,noon,sunny,sunlight,白天,中午,阳光,陽光,晴天,晴朗", Hour.DAY),
    ("sunset,dusk,evening,golden hour,twilight,日落,夕阳,夕陽,黄昏,黃昏,傍晚,晚霞,落日,余晖,餘暉", Hour.SUNSET),
    (
        "night,midnight,moonlight,moonlit,starry,nighttime,夜,夜晚,夜景,夜色,晚上,深夜,月光,午夜,月夜,月下",
        Hour.NIGHT,
    ),
)
SEASONS: Final = (
    ("spring,春,春天,春日,春季", Season.SPRING),
    ("summer,夏,夏天,夏日,夏季", Season.SUMMER),
    ("autumn,fall,秋,秋天,秋日,秋季,红叶,紅葉,枫叶,楓葉,maple", Season.AUTUMN),
    ("winter,christmas,冬,冬天,冬日,冬季,圣诞,聖誕", Season.WINTER),
)
WEATHERS: Final = (
    ("rain,rainy,raining,drizzle,rainstorm,storm,雨,下雨,雨天,雨中,暴雨,细雨,細雨,雨夜", Weather.RAIN),
    ("snow,snowy,snowing,snowfall,blizzard,雪,下雪,雪天,飘雪,飄雪,大雪,雪花,雪中", Weather.SNOW),
    ("fog,foggy,mist,misty,haze,雾,霧,薄雾,薄霧,大雾,云雾,雲霧,朦胧", Weather.FOG),
)
ACCESSORIES: Final = (
    ("hat,cap,帽子,帽,礼帽,禮帽", Accessory.HAT),
    ("crown,tiara,皇冠,王冠", Accessory.CROWN),
    ("scarf,围巾,圍巾", Accessory.SCARF),
    ("glasses,sunglasses,spectacles,眼镜,眼鏡,墨镜,墨鏡", Accessory.GLASSES),
    ("bow,bow tie,bowtie,ribbon,蝴蝶结,蝴蝶結,领结,領結", Accessory.BOW),
)
STYLES: Final = (
    ("oil painting,oil paint,oil,van gogh,impressionist,impressionism,monet,油画,油畫,梵高,印象派,莫奈", Style.OIL),
    ("watercolor,watercolour,aquarelle,水彩,水彩画,水彩畫", Style.WATERCOLOUR),
    ("sketch,pencil,pencil sketch,line art,drawing,charcoal,素描,铅笔,鉛筆,线稿,線稿,速写,速寫,炭笔", Style.SKETCH),
    ("ink,ink wash,chinese painting,水墨,国画,國畫,水墨画,水墨畫,中国画,中國畫", Style.INK),
    ("pixel,pixel art,8bit,8 bit,pixelated,像素,像素风,像素風,像素画", Style.PIXEL),
    (
        "cartoon,anime,ghibli,manga,comic,pixar,disney,卡通,动漫,動漫,动画,動畫,漫画,漫畫,吉卜力,"
        "宫崎骏,宮崎駿,二次元,皮克斯",
        Style.CARTOON,
    ),
    ("neon,cyberpunk,synthwave,vaporwave,霓虹,赛博朋克,賽博朋克,赛博,賽博,蒸汽波", Style.NEON),
    ("vintage,retro,sepia,nostalgic,old photo,复古,復古,怀旧,懷舊,老照片,旧照片", Style.VINTAGE),
    ("black and white,monochrome,grayscale,greyscale,b&w,黑白,灰度,单色,單色", Style.MONOCHROME),
)
TINTS: Final = (
    ("red,crimson,scarlet,红,紅,红色,紅色,大红,大紅", Tint((222, 64, 62))),
    ("orange,橙色,橘色,橙,橘", Tint((242, 140, 52))),
    ("yellow,黄,黃,黄色,黃色", Tint((246, 204, 68))),
    ("golden,gold,金色", Tint((234, 184, 74))),
    ("green,绿,綠,绿色,綠色,翠绿", Tint((92, 172, 92))),
    ("blue,蓝,藍,蓝色,藍色,天蓝", Tint((76, 136, 222))),
    ("cyan,teal,turquoise,青色,青,蓝绿色", Tint((64, 178, 182))),
    ("purple,violet,lavender,紫,紫色", Tint((150, 104, 204))),
    ("pink,粉,粉色,粉红,粉紅,粉红色,粉紅色", Tint((246, 150, 176))),
    ("brown,棕,棕色,褐色,咖啡色,啡色", Tint((146, 98, 66))),
    ("black,黑,黑色", Tint((62, 58, 70))),
    ("white,白,白色,雪白", Tint((248, 244, 238))),
    ("gray,grey,灰,灰色", Tint((150, 154, 164))),
    ("silver,银色,銀色", Tint((196, 204, 214))),
)
DECOYS: Final = (
    "松鼠,马上,馬上,马虎,马卡龙,马桶,马克,罗马,羅馬,巴拿马,牛仔,蜗牛,海豹,海狗,鱼香肉丝,金鱼草,"
    "月饼,月份,个月,個月,每月,花费,花費,花生,花样,"
    "眼花,花纹,虎牙,龙卷风,龍卷風,水龙头,恐龙蛋,水星,明星,歌星,影星,星期,日子,生日,今日,"
    "节日,節日,心情,中心,开心,開心,点心,"
    "小心,用心,放心,心里,心理,山药,山藥,火山,雪碧,雪茄,粉丝,粉絲,青年,青春,青少年,青海,青岛,黄河,"
    "黃河,黄金,黃金,红包,紅包,口红,口紅,白领,"
    "白天鹅,空白,明白,蛋白,坦白,绿灯,绿茶,红酒,红茶,红薯,黄油,黄瓜,春节,春節,夏威夷,秋千,秋千,背心,"
    "车站,車站,水车,停车场,书包,背包,钱包,"
    "面包车,鸟巢,手机,飞机场,斗牛士,鸡蛋,狗粮,猫粮,猫眼,"
    "hot dog stand,snow white,black hole,white house,red cross,oil lamp,apple watch,horse power,"
    "fall in love,cap off"
)
NUMBERS: Final = {
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 7,
    "九": 7,
    "十": 7,
}
NUMBERS_EN: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
MOST_OF_ONE, MOST_SUBJECTS = 7, 5

_MEASURE = "只隻个個条條匹头頭朵棵辆輛座艘架颗顆杯位名块塊双雙对對群本张張栋棟把枝串碗份支"
_COUNT = re.compile(rf"([{''.join(NUMBERS)}]|(?<!\d)[2-9])([{_MEASURE}])?[^{_MEASURE},。;,.;]{{0,5}}$")
_MANY = re.compile(
    r"(?:几|幾|一群|许多|許多|很多|一些|一堆|一束|满天|滿天|some|many|several|a few|a group of|lots of)"
    r"[^,。;,.;]{0,8}$"
)
_COUNT_EN = re.compile(r"(?<![a-z])(two|three|four|five|six|seven|a pair of|a couple of)(?:\s+[a-z-]+){0,2}\s+$")
_NOT = re.compile(r"(?:没有|沒有|不要|别画|無|不带|不戴|without|no|not|remove|去掉|删除|移除)\s*(?:a|an|the|any)?\s*$")
_BETWEEN_COLOUR = re.compile(r"(?:色)?(?:的|之)?(?:小|大|可爱的|可愛的)?\s*|[\s-]*(?:[a-z]+\s+)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    subject: Subject
    count: int
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class Wish:
    wanted: tuple[Wanted, ...]
    scenery: Scenery | None
    hour: Hour | None
    season: Season | None
    weather: Weather | None
    accessories: tuple[Accessory, ...]
    styles: tuple[Style, ...]
    tint: Colour | None
    """A colour that belongs to no subject."""


@cache
def _lexicon() -> Lexicon[Meaning]:
    entries: list[tuple[str, Meaning]] = [(subject.words, subject) for subject in SUBJECTS]
    entries += [(scenery.words, scenery) for scenery in SCENERIES]
    for group in (HOURS, SEASONS, WEATHERS, ACCESSORIES, STYLES, TINTS):
        entries += group
    entries.append((DECOYS, Decoy.WORD))
    return Lexicon(entries)


def read(prompt: str) -> Wish:
    text = normal(prompt)
    found = [each for each in _lexicon().find(text) if not _NOT.search(text[max(0, each.start - 12) : each.start])]
    wanted: dict[str, Wanted] = {}
    owned: set[int] = set()
    reach = 0
    for index, each in enumerate(found):
        if not isinstance(each.meaning, Subject):
            continue
        before = found[index - 1] if index else None
        colour = None
        if (
            before is not None
            and isinstance(before.meaning, Tint)
            and _BETWEEN_COLOUR.fullmatch(text[before.end : each.start])
        ):
            colour = before.meaning.colour
            owned.add(index - 1)
        if len(wanted) < MOST_SUBJECTS or each.meaning.name in wanted:
            earlier = wanted.get(each.meaning.name)
            count = max(
                _count(text[max(0, each.start - 28, reach) : each.start], each.plural),
                earlier.count if earlier else 1,
            )
            wanted[each.meaning.name] = Wanted(each.meaning, count, colour or (earlier.colour if earlier else None))
        reach = each.end
    loose = [
        each.meaning.colour for index, each in enumerate(found) if isinstance(each.meaning, Tint) and index not in owned
    ]
    meanings = [each.meaning for each in found]
    if not wanted:
        for subject in SUBJECTS:
            if any(isinstance(meaning, Accessory) and meaning.value == subject.name for meaning in meanings):
                wanted[subject.name] = Wanted(subject, 1, None)
    return Wish(
        wanted=tuple(wanted.values()),
        scenery=next((meaning for meaning in meanings if isinstance(meaning, Scenery)), None),
        hour=next((meaning for meaning in meanings if isinstance(meaning, Hour)), None),
        season=next((meaning for meaning in meanings if isinstance(meaning, Season)), None),
        weather=next((meaning for meaning in meanings if isinstance(meaning, Weather)), None),
        accessories=tuple(dict.fromkeys(meaning for meaning in meanings if isinstance(meaning, Accessory))),
        styles=tuple(dict.fromkeys(meaning for meaning in meanings if isinstance(meaning, Style))),
        tint=loose[0] if loose else None,
    )


def _count(before: str, plural: bool) -> int:
    """``before`` is what stands between the last subject and this one: 两只猫在月亮下 has two cats and one moon."""
    if match := _COUNT_EN.search(before):
        return NUMBERS_EN.get(match.group(1), 2)
    if _MANY.search(before):
        return 4
    if match := _COUNT.search(before):
        number, measure = match.groups()
        count = NUMBERS.get(number) or int(number)
        # 一双 and 一对 are two; 一群 is many; a bare 一 in front of other words counts nothing.
        return {"双": 2, "雙": 2, "对": 2, "對": 2, "群": 5}.get(measure or "", min(count, MOST_OF_ONE))
    return 3 if plural else 1
