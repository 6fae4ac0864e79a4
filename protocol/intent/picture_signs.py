"""What speaks for something to see, as data: a pattern and its weight each.

No single word tells small talk from something to see; `protocol.intent.talking` adds up what it finds.
"""

from __future__ import annotations

from protocol.intent.patterns import Pattern, one_of, word

PICTURE: tuple[tuple[Pattern, int], ...] = (
    (Pattern(r"[里上中下旁前边](?:长出|飘|飞|冒|开满|挂|站|坐|躺|趴|蹲|堆|摆|放着|铺|漂|游|藏|住着|长满|爬满)"), 2),
    (Pattern(r"^(?:tired|sleepy|exhausted|bored|angry|sad|happy|lonely|hungry|stressed) (?!of\b|and\b|but\b"
    r"|today|now\b"
        r"|so\b|all\b|af\b|as\b|at\b|from\b|in\b|with\b|that\b|this\b|about\b|for\b|to\b|out\b)[a-z]+ (?:[a-z]+ )*"
        r"(?:asleep|at|in|on|with|\w+ing|under|near)\b"), 3),
    (Pattern(r"(?:^|[,。\n\s])(?![^,。\n]{0,4}(?:我|你|您|他|她|咱|俺|大家|群里|老板|同事|客户|领导|室友|老婆|老公"
        r"|朋友|邻居))"
        r"[^,。\n]{1,10}?(?:在|从)[^,。\n]{1,10}(?:上|下|里|中|前|旁|边|间|顶|底|外)[^,。\n]+"), 2),
    (Pattern(one_of("孙悟空", "悟空", "八戒", "唐僧", "哪吒", "嫦娥", "李白", "杜甫", "鲁迅", "诸葛亮", "关羽",
    "林黛玉", "蒙娜丽莎",
        "奥特曼", "皮卡丘", "蜘蛛侠", "钢铁侠", "蝙蝠侠", "哈利波特", "圣诞老人", "外星人", "恐龙", "僵尸",
        "吸血鬼", "美人鱼", "独角兽",
        "雪人", "稻草人", "企鹅", "熊猫", "老虎", "狮子", "大象", "猴子", "恶龙", "巨人", "小丑", "忍者", "海盗",
        "国王", "女王",
        "仙女", "巫师", "女巫", "魔法师")), 2),
    (Pattern(r"(?:钟|时钟|手表|怀表|指针|闹钟|钟楼|电子表|日历|屏幕|招牌|路牌|黑板|木牌|横幅|记分牌|广告牌)"), 2),
    (Pattern(r"(?:^|[,。\s])(?:怀旧|科幻|复古|治愈|梦幻|唯美|极简|魔幻|奇幻|写意|暗黑|可爱|温馨|高级感|氛围感|朋克"
        r"|末日|空灵|童趣"
        r"|赛博)(?:感|风格?)?(?:$|[,。])"), 4),
    (Pattern(r"\b(?!(?:meeting|morning|evening|nothing|something|anything|everything|during|thing|bring|going"
        r"|being|doing|getting"
        r"|having|feeling|thinking|trying|working|looking|waiting)\b)[a-z]{3,}ing (?:an?|the|his|her|its|their"
        r"|some|into|through"
        r"|across|over|under|on|in|at|with|down|up|from|behind|between|among|inside)\b"), 2),
    (Pattern(one_of("海报", "漫画", "插画", "壁纸", "桌布", "简笔画", "特写", "近景", "远景", "中景", "全景",
    "光影", "电影感", "赛博朋克", "扁平", "皮克斯", "水墨", "油画", "国风", "写实", "卡通", "表情包", "插图",
    "效果图", "概念图", "线稿", "素描", "速写", "水彩", "写真", "胶片", "俯视", "仰视", "俯拍", "仰拍", "逆光",
    "剪影", "像素风", "立绘", "手绘", "版画", "剪纸", "浮世绘", "贺卡", "明信片", "四格", "三格", "分镜",
    "三视图", "水墨画", "国画", "年画", "电影海报", "超现实", "景深", "宫崎骏", "吉卜力", "新海诚", "莫奈",
    "梵高", "二次元", "q版", "插圖", "绘本", "纹样", "背影", "风格(?!怪|变)", "漫画风",
    r"[\u4e00-\u9fff]{1,4}风$", "童话", "胶片感", "大片感", "复古风", "动漫风")), 4),
    (Pattern(one_of("头像", "图标", "镜头", "构图", "画面", "封面", "配图", "摄影", "风格", "画风", "质感",
    "贴纸", "邀请函", "logo", "kv", "icon", "banner", "场景", "画一", "配色", "色调", "背景", "3d", "手办",
    "吉祥物", "名片", "宣传", "包装", "虚化", "渲染", "c4d", "mockup", "画图", "字样", "书法", "图案",
    "示意图", "信息图", "流程图")), 3),
    (Pattern(r"(?:^|[,。:\s\v])(?:[一两二三四五六七八九十几]|半"
        r"|数)(?:[只个位座条张幅朵棵头匹艘辆架栋间片群对双排把杯碗盘束颗块盏扇株本台队串堆滴根枚件套名]"
        r"|大群|小群|整面|望无际)"), 3),
    (Pattern(r"(?:孩子|婴儿|姑娘|情侣|新娘|行人|桃花|梅花|荷花|花海|麦田|春天|秋天|冬天|夏天|炊烟|村子|女孩"
        r"|男孩|少女|少年|老人|小孩|小朋友|女人|男人|女生|男生|猫咪?|狗|狐狸|熊|兔|鹿|鸟|马|龙|凤|鲸|鱼"
        r"|机器人|宇航员|武士|侠客|公主|王子|精灵|骑士|城堡|森林|大海|海边|雪山|草原|沙漠|星空|银河|月光"
        r"|夕阳|落日|晚霞|日出|黄昏|街道|小巷|古镇|老街|窗外|屋顶|灯笼|灯塔|花海|樱花|竹林|瀑布|湖面|雨夜"
        r"|雪地|废墟|霓虹|城市|村庄|飞船|太空|宫殿|古风|汉服|旗袍)"), 2),
    (Pattern(r"(?:上|下|里|中|旁|边|前|后|间|处|外)(?:的|$|[,。])"), 1),
    (Pattern(r"\b(?:on|in|under|beside|behind|over|near|against|inside|above|atop|next to|across) (?:an?|two|three)"
        r" (?!(?:meeting|call|hurry|minute|few|bit|while|sec|second|rush|moment|bad|good|row|way|week|day|month|year"
        r"|hour|sense|nutshell|budget|diet|break|roll|streak|date|mess|mood|different|lot)\b)"), 1),
    (Pattern(r"[\u4e00-\u9fff]的[\u4e00-\u9fff]{1,6}(?:$|[,。\s])"), 1),
    (Pattern(r"^(?![你他她它谁]|什么|哪|怎么|这是|那是|我(?![妈爸家们奶爷])|有没有|没有"
        r"|就是|(?:早上|中午|晚上|昨天|今天)[吃喝买看])[^,。!?]{1,24}的(?!时候|话|事"
        r"|原因|感觉|样子|意思|问题|想法|心情|日子|东西|钱|吧|啊|呢|了|很|太"
        r"|不)[^,。!?的了吗呢吧啊是在真太很好不没有]{1,6}(?:$|,)"), 3),
    (Pattern(r"^[\s\v,.!:;\"'-]*(?:an?|two|three|four|five|several|portrait of|close-?up|photo of|painting of"
        r"|picture of|illustration of|the interior of|interior|aerial|wide|macro|sticker of|logo for"
        r"|poster for|icon of|a pair of|group of|cute|tiny|giant|ancient|vintage|retro|minimal\w*"
        r"|isometric|cinematic|surreal|realistic|photorealistic|futuristic|cyberpunk|steampunk"
        r"|watercolou?r|pixel art|abstract|cozy|dark|gothic|neon)\b(?! (?:bit|lot|few|while|long time"
        r"|quick question|friend of mine|good (?:idea|point|one)))"), 3),
    (Pattern(word("poster", "logo", "icon", "wallpaper", "sticker", "illustration", "painting", "sketch",
    "watercolou?r", "anime", "cartoon", "comic", "render", "cinematic", "photorealistic", "realistic",
    "close-?up", "macro", "bokeh", "lighting", "portrait", "landscape", "style", "isometric", "pixel art",
    "3d", "concept art", "photo", "photograph", "photography", "octane", "unreal engine", "art deco",
    "art nouveau", "silhouette", "backdrop", "aesthetic", "palette", "vector", "line art", "storyboard",
    "mascot", "banner", "avatar", "book cover", "(?:children's|picture|story) ?book", "storybook",
    "album cover", "oil on canvas", "studio ghibli", "ghibli",
    "pixar", "cyberpunk", "steampunk", "vaporwave", "detailed", "depth of field", "golden hour",
    "double exposure", "low poly", "card", "flyer", "character design", "character sheet", "infographic",
    "diagram", "mockup", "tattoo", "postcard", "coloring page", "ink", "charcoal", "graffiti", "mural",
    "stained glass", "film grain", "35mm", "polaroid", "diorama", "trending on artstation", "artstation",
    "masterpiece", "hyperrealistic", "ultra detailed", "volumetric", "moody", "pastel", "monochrome",
    "black and white", "birds?-?eye", "drawing", "doodle", "drone shot", "aerial", "wide shot", "top view",
    "note", "mug", "cake", "balloons?", "t-?shirt", "sign", "cup", "statue", "sculpture", "figurine", "toy",
    "emoji", "map", "pin", "diagram", "flat lay", "impressionist", "tapestry", "lantern", "image", "picture",
    "movie still")), 3),
    (Pattern(r"^(?:the|an?|two|some|[a-z]+s) (?:[\w'-]+ ){1,3}(?:is|are) \w+ing\b"), 2),
    (Pattern(r"^(?:me|us|you|him|her|myself|my [\w ]{1,16}) (?:as (?:an?|the)|and my [\w ]{1,16} (?:as|in|at"
        r"|on)|in an?|but as|with an?)\b"), 5),
    (Pattern(r"^my [\w' -]{1,30}\b(?:as an?|in an?|in the|by an?|by the|near|next to|inside|made of|at the"
        r"|on an?|on the|with an?|dressed|sitting|riding|wearing|holding|sleeping)\b"), 3),
    (Pattern(r",\s?(?:[a-z-]+ ){0,3}(?:sun|sunlight|light|rain|snow|fog|mist|shadows?|clouds?|neon|haze|glow"
    r"|dust|smoke"
        r"|sky|moonlight|crowds?|reflections?|puddles|steam|silhouettes?)\b"), 2),
    (Pattern(word("family", "girls?", "boys?", "kids?", "m[ae]n", "wom[ae]n", "child(?:ren)?", "knights?",
    "wizards?", "dragons?",
     "forest", "castle", "mountains?", "ocean", "sea", "river", "lake", "village", "garden", "street", "sky",
     "moon")), 1),
    (Pattern(r"[,.:;] (?:just |only |but |instead |simply )?(?:an?|two|three|one) (?!lot|bit|few|moment|sec"
        r"|minute)"), 2),
    (Pattern(r"\b(?:wearing|holding|riding|sitting|standing|running|flying|walking|dancing|sleeping|eating"
        r"|drinking|playing|looking|staring|watching|floating|surrounded|covered|dressed|made of"
        r"|filled with|glowing|reading|swimming|jumping|fighting|cooking|driving|surfing|hugging|carrying"
        r"|painted|carved|overlooking|falling|rising|reflecting|hanging|perched|climbing|chasing|smiling"
        r"|skating|crossing|peeking|emerging|leaning|drifting)\b"), 2),
    (Pattern(r"\b(?:in the style of|in the (?:rain|snow|forest|desert|mountains|sky|distance|background"
        r"|foreground|moonlight|mist|fog|dark|style|middle|woods|city|sunlight|ocean|clouds)|at (?:sunset"
        r"|sunrise|night|dawn|dusk|twilight|midnight|golden hour)|on (?:the moon|mars|a (?:table|hill"
        r"|beach|cliff|bench|boat|sofa|rooftop|white background))|under (?:the )?(?:water|stars|moonlight"
        r"|neon|cherry|a)|underwater|of an?\b|full of|with an? )"), 2),
)  # fmt: skip


_ZH_FORMAT = (
    r"(?:海报|(?:[一二三四五六多单]格)?漫画|条漫|[四三六]格|插画|插图|表情包|贴纸|壁纸|封面|贺卡|明信片|简笔画"
    r"|绘本|配图|宣传图|背景图"
    r"|邀请函|油画|水彩画?|水墨画?|素描|速写|国画|版画|剪纸|涂鸦|连环画|分镜|立绘|卡通|浮世绘|像素画)"
)
_ZH_STYLE = (
    r"(?:海报|漫画|插画|表情包|贴纸|绘本|油画|水彩|水墨|素描|国画|版画|剪纸|涂鸦|卡通|动漫|动画|像素|写实|吉卜力"
    r"|宫崎骏|新海诚"
    r"|皮克斯|迪士尼|赛博朋克|浮世绘|扁平|手绘|电影|胶片|日系|国潮)"
)
_EN_FORMAT = (
    r"(?:posters?|comics?|comic strip|memes?|stickers?|illustration|cartoon|storyboard|postcard|greeting card"
    r"|book cover"
    r"|album cover|wallpaper|painting|sketch|doodle|pixel art|logo|icon|banner|infographic|manga|mural)"
)
FRAMED = Pattern(
    rf"^(?:[\u4e00-\u9fff]{{0,6}}{_ZH_FORMAT}|(?:an? )?(?:[a-z0-9-]+ ){{0,3}}{_EN_FORMAT})[\s\v]*[:,\n]"
    rf"|[,。\n:][\s\v]*(?:要|做成|画成)?[\u4e00-\u9fff]{{0,4}}(?:{_ZH_STYLE}(?:风格?|画风|版|的?风格|感)"
    "|{_ZH_FORMAT})$"
    rf"|,[\s\v]*(?:in )?(?:an? )?(?:[a-z0-9-]+ ){{0,3}}(?:{_EN_FORMAT}|style|watercolou?r|oil on canvas)$"
)
"""The kind of picture as a clause of its own, before or after everything else: the rest is its subject, even
where that sounds like talk (漫画：老板又让我加班)."""
WRITTEN = Pattern(
    r"(?:显示(?=[\s\v\d\x1a:])|印字|写有|上写|字是|(?:一个人|人物|猫|狗|老板|主角)说(?=[:“「你])|写着|印着|刻着"
    r"|贴着|标着|挂着|显示着|喷着|绣着|上书|字样是|配字|配文|写上"
    r"|刻上|印上)[\s\v:]*[^,。\n]+"
    r"|\b(?:(?:sign|shirt|mug|board|cup|card|cake|banner|poster|note|sticker|screen|neon|chalkboard|billboard"
    r"|cap|hat|label)"
    r" (?:that )?(?:says|saying|reads|reading|with the (?:text|words))|captioned|titled)[\s\v:]+[^,.\n]+"
)
"""Words that are to be written in the picture: whatever they say, they describe how it looks."""
