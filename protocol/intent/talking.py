"""Small talk or something to see: signs of each, weighed against each other.

Without an order to draw, a description is still a request and a statement is not (the intent page: decision).
No single word tells them apart, so each sign has a weight; talk wins where it weighs more.
"""

from __future__ import annotations

from protocol.intent.patterns import Pattern, one_of, word

_HEAD = 600
_CLEARLY = 3
"""From this weight of signs on a message describes a picture, whatever question words are in it."""
_MARKS = " \n\v\x1a,.。!?~、…;:()-/<>"

_ZH_QUESTION = Pattern(
    r"(?:什么(?!都|也)|为啥|为何|怎么|怎样|咋|如何|哪(?:里|儿|个|些|家|位|天|种|款|吒)?|谁|几点|几$"
    r"|几[个号时天岁]|多少|多久|多大|多高|是不是|有没有|会不会|能不能|可不可以|要不要|对不对|好不好"
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
    r"|response|blog)|calculate|solve|compute|recommend|suggest|search|google|debug|remind|book|order"
    r"|schedule|play|sing|read|convert \d|proofread|rewrite|paraphrase|count|set (?:an? )?(?:alarm"
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
    r"|设(?:一?个)?闹钟|打开|关闭|发(?:邮件|消息|送)|下载|回答|猜(?:一?个|猜)|聊)"
)
_ZH_HELP = Pattern(r"^(?:请|麻烦)?帮(?:我|忙|个忙|下)")
_PICTURE_WORD = Pattern(r"[图画像]|照片|海报|壁纸|logo|封面|插图|表情|贴纸|icon")
_ZH_ASKED = Pattern(r"(?:如何|怎样(?!的)|怎么(?!也|都|样的)|为什么|为啥|为何|什么是)")

_TALK: tuple[tuple[Pattern, int], ...] = (
    (
        Pattern(
            r"(?:^|[,。!\s])(?:我们?|咱们?|俺|本人|你们?|您|人家)(?!.{0,2}(?:的(?:猫|狗|女儿|儿子|孩子"
            r"|照片|头像|宝宝|宠物|房间|家)))"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:老板|同事|客户|领导|甲方|经理|房东|室友|舍友|对象|男朋友|女朋友|我妈|我爸|老妈|老婆"
            r"|老公|导师|产品经理|邻居|前任|hr|甲方).{0,8}(?:让|叫|说|骂|催|又|要我|不让|问|给我|把我"
            r"|改需求|请|居然|竟然|总是|跟我|出差|离职|走了|来了|吵)"
        ),
        3,
    ),
    (
        Pattern(
            r"(?:昨天|昨晚|昨日|今天|今晚|今早|今儿|明天|明早|明晚|后天|前天|刚刚|刚才"
            r"|刚(?=[到下吃看发开买回起睡忙])|下周|上周|这周|周末|下个月|上个月|周[一二三四五六日天]"
            r"|星期[一二三四五六日天]|礼拜|待会|等会|等下|一会儿?|马上|最近|下班后|晚点|改天|下次|上次"
            r"|早上好|听日|寻日|琴日|今日)"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:开会|加班|下班(?!.{0,6}的)|上班(?!.{0,6}的)|出差|请假|打卡|deadline|ddl|周报|日报"
            r"|考试|作业|面试|快递|外卖|堵车|迟到|会议|开完会|汇报|放假|调休|涨价|股票|基金|房价|工资"
            r"|体检|感冒|发烧|失眠|减肥|挂科|论文|答辩|裁员|辞职|跳槽|报销|需求(?!:)|上线|bug|报错"
            r"|服务器|代码(?!.{0,8}(?:屏幕|雨))|返工|收工|放工)"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:好累|累死|太累|累了|困死|好困|困了|好饿|饿死|饿了|好烦|烦死|无语|心脏病|受不了|崩溃"
            r"|想哭|太难了|好难|好无聊|无聊死|无聊(?!的)|绝了|笑死|救命|郁闷|气死|吓死|羡慕|后悔|尴尬"
            r"|破防|裂开|离谱|服了|醉了|心疼|烦人|难受|倒霉|真的会谢|搞错|开心(?!地|的|果)|好耶|哭了$"
            r"|冇眼睇|好攰|好肚饿)"
        ),
        3,
    ),
    (
        Pattern(
            r"(?:(?:^|[,。!\s])欢迎|别忘|记得|提醒|大家(?!一起)|各位|收到|辛苦|晚安|早安(?!图)|早上好"
            r"|晚上好|下午好|中午好|午安|再见|拜拜|恭喜|加油(?!站)|祝你|祝大家|新年快乐|生日快乐$"
            r"|节日快乐$|早啊|早呀|对不起|抱歉|不好意思|没关系|没事|不客气|原来如此|明白|知道了|懂了"
            r"|了解|(?<![最更很])好的|是的|真的假的|不会吧|怎么回事|行吧|随便吧|没问题|可以的|晓得"
            r"|唔紧要|唔知|多谢)"
        ),
        3,
    ),
    (
        Pattern(
            r"(?:哈哈+|呵呵|嘿嘿|嗯嗯|唉|哎呀?|啧|卧槽|我靠|我去$|我去[,!]|天哪|天啊|妈呀|hhh+|233+"
            r"|666+|yyds|awsl|emmm*|xswl|\blol\b|\blmao\b|\brofl\b|\bomg\b|\bwtf\b|\bbtw\b|\btbh\b"
            r"|\bimo\b|\bidk\b|\bbrb\b|\bgtg\b|\bfyi\b|\bafaik\b|\bngl\b|\bsmh\b|\bjk\b|\bikr\b"
            r"|\bhaha+\b|\bhehe+\b|\bugh+\b|\bwow\b|\byay\b|\boops\b|\bdamn\b|\bfr\b|\bbruh\b)"
        ),
        2,
    ),
    (Pattern(r"(?:了|啦|过|咗)(?:[,。!?~\s]|$)"), 1),
    (Pattern(r"(?:吧|呢|啊|呀|嘛|哦|哎|呗|喔|诶|噢|啵|咧)[。!?~\s]*$"), 1),
    (
        Pattern(
            r"(?:觉得|感觉(?!像|的)|认为|希望|想吃|想喝|想睡|想去|想回|想买|想问|不想|喜欢(?!.{0,8}的)"
            r"|讨厌|打算|听说|发现|知道|忘了|应该|可能|其实|反正|毕竟|居然|竟然|终于|总算|又要"
            r"|又(?=[让提改下涨加开来])|真是|真的(?!.{0,3}的)|简直|幸好|难道|原来|怪不得|所以|因为"
            r"|但是我|要是|如果|不如|算是|还行|一般般|差不多)"
        ),
        2,
    ),
    (Pattern(r"给你们?看"), 3),
    (Pattern(r"\b(?:in|at) \d{1,2}(?::\d\d)?\s?(?:am|pm)\b"), 1),
    (Pattern(r"^happy (?:birthday|new year|friday|monday|anniversary|holidays?|halloween|easter)\b"), 2),
    (
        Pattern(
            r"(?<!的)(?:太|好|真|很|有点|超|挺|这么|那么|非常|特别|不太|不够|越来越)(?!多|像|友|莱|奇|运|汉"
            r"|事)[\u4e00-\u9fff]{1,3}(?:了|啊|呀|哦|哈)?[。!~\s]*$"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:一起(?:去|吃|玩|看|来)|出来(?:吃|玩)|走吧|求(?:救|助|推荐)|不易|有人(?:吗|在|想|要)|(?:客户"
            r"|甲方|领导).{0,2}(?:说|觉得|要(?!的|一)))"
        ),
        2,
    ),
    (
        Pattern(
            r"\b(?:she|he|they|it) (?:can|is|was|has|will|likes?|loves?|said|says|told|wants?|knows?|thinks?"
            r"|works?|left|got|went|lives?|did|does|had|just|always|never|really|doesn't|didn't|can't)\b"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:赢|输|夺冠|涨|跌|降温|停电|断网|崩|挂|宕机|卡|塞车|下雨|停运|停课|取消|延期|推迟|改期|延误|晚点)了"
        ),
        2,
    ),
    (
        Pattern(
            r"^(?:i|i'm|im|i've|ive|i'll|i'd|we|we're|we've|we'll|you|you're|youre|ur|u|y'all|it's|its"
            r"|that's|thats|this is|this|that|they|they're|he's|she's|it|there's no|let's|lets|someone"
            r"|nobody|everyone|everybody|my bad|guess|glad|sorry|congrats|congratulations"
            r"|good (?:morning|night|evening|afternoon|luck|point|job|idea|one|to)|see you"
            r"|talk (?:to you )?later|welcome|happy to|no (?:way|worries|problem|idea|thanks|need|one)"
            r"|not (?:sure|really|bad|now|today|yet|a big|my)|same here|same|me too|me neither"
            r"|makes sense|sounds|thank|thanks|hi|hello|hey|sup|nice (?:one|job|work|try|to)"
            r"|cool (?:story|beans)|great (?:job|work|idea|news|to)|awesome (?:job|work)|ok|okay|true"
            r"|exactly|agreed|fair enough|right|indeed|of course|well|yeah|yep|yes|nope|nah|no|maybe"
            r"|probably|hope|hopefully|wish|wonder|wondering|don't|can't|won't|didn't|just (?:got|saw"
            r"|finished|woke|had|kidding|checking|a|wanted|so)|finally|apparently|honestly|actually"
            r"|literally|anyway|speaking of|remember|reminder|note to self|fyi|btw|psa|heads up"
            r"|long time|gonna|gotta|need to|have to|had to|got to|going to|off to|back (?:in|from|to)"
            r"|be right|brb|still|almost|never)\b(?![-'])"
        ),
        2,
    ),
    (
        Pattern(
            r"\b(?:yesterday|tomorrow|last night|tonight|this morning|this afternoon|today)(?!'s)\b"
            r"|\b(?:next week|last week|this week|on (?:monday|tuesday|wednesday|thursday|friday"
            r"|saturday|sunday)|in \d+ min(?:ute)?s?|weekend"
            r"|next month|later today|the other day|all day|right now|at work|at school|so far)\b"
        ),
        2,
    ),
    (Pattern(r"\b(?:me|my|mine|i|i'm|we|our|us|you|your|yours)\b"), 1),
    (
        Pattern(
            r"\b(?:sorry|quick question|tired|exhausted|hungry|bored|sleepy|annoyed|annoying"
            r"|frustrat\w+|stressed|so (?:bad|good|hard|cold|hot|busy|late|slow|funny|true|sad)"
            r"|too (?:late|early|much|many|bad|hard|cold|hot|slow)|can't wait|miss you|love you(?: all"
            r"| so| guys|$)|happy for|proud of)\b"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:^\w+\(\S*\);?$|\bgit (?:commit|pull|clone|rebase|merge|add|checkout)\b|跑不起来"
            r"|跑不通|打不开|不起作用|traceback|exception|stack ?trace|npm |pip install|git push"
            r"|undefined|null ?pointer"
            r"|syntaxerror|segfault|localhost|import \w+|def \w+\(|console\.log|select \* from|\(\);"
            r"|=>|\{\s*\}|#include)"
        ),
        3,
    ),
)
_FINITE = Pattern(
    r"\b(?:moved|got|went|said|told|arrived|sucked|hurts|died|shipped|forgot|won|lost|beat|need|needs"
    r"|want|wants|think|thinks|feel|feels|hate|hates|know|knows|hope|guess|missed|bought|ordered"
    r"|finished|started|cancelled|canceled|delayed|postponed|happened|called|asked|left|quit|fired"
    r"|broke|crashed|failed|passed|thought|heard|saw|watched|ate|slept|woke|tried|felt|made me"
    r"|makes me|kept|gave|took|sent|was|were|is|are|am|has|have|had|did|does|will|can't|cannot|won't"
    r"|don't|didn't|isn't|wasn't|doesn't|gonna|should|would|keeps|sucks|works|worked)\b(?!-)"
)
_EVERYDAY = Pattern(
    r"\b(?:meetings?|deadlines?|boss|manager|standup|homework|exams?|traffic|commute|invoice|payroll"
    r"|overtime|interview|job|salary|rent|stocks?|flight|internet|wifi|server|bug|deploy(?:ed|ment)?"
    r"|error|code|client|coworkers?|landlord|roommate|inflation|election|vaccine|headache|vacation|pto"
    r"|merge|ticket|jira|slack|zoom|schedule|sprint|release|password)\b"
)
"""What people talk about at work and at home; among the words of a sentence only, not in a noun phrase."""
_PICTURE: tuple[tuple[Pattern, int], ...] = (
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
    (Pattern(r"[\u4e00-\u9fff]的[\u4e00-\u9fff]{1,6}(?:$|[,。\s])"), 1),
    (Pattern(r"^(?![你他她它谁]|什么|哪|怎么|这是|那是|我(?![妈爸家们奶爷])|有没有|没有"
        r"|就是)[^,。!?]{1,24}的(?!时候|话|事"
        r"|原因|感觉|样子|意思|问题|想法|心情|日子|东西|钱|吧|啊|呢|了|很|太"
        r"|不)[^,。!?的了吗呢吧啊是在真太很好不没有]{1,6}$"), 3),
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
_GREETING = Pattern(
    one_of(
        "请", "麻烦", "拜托", "劳驾", "求求", "不要", "漂亮", "美", "你好", "您好", "哈喽", "哈啰", "嗨",
        "在吗", "在不在", "在么",
        "有人吗", "早", "早安", "晚安", "早上好", "晚上好", "下午好", "中午好", "午安", "谢谢", "多谢", "感谢",
        "谢", "辛苦", "再见", "拜拜", "哈哈", "呵呵", "嘿", "喂", "大家好", "机器人", "你", "们", "好", "啊",
        "呀", "了", "哦", "啦", "嗯", "测试", "test一下", "收到", "明白", "知道了", "懂了", "了解", "厉害",
        "牛", "赞", "棒", "不错", "真", "太", "很", "超", "可以的?", "行", "不", "不用", "不是", "没", "没有",
        "没事", "不客气", "和", "一下", r"\d",
        word("please", "pls", "plz", "sorry", "wait", "bad", "ok", "hi", "hello", "hey", "yo", "sup", "there",
        "everyone",
        "all", "guys", "morning", "good", "night", "evening", "afternoon", "thanks?", "thank you", "thx", "ty",
        "so much", "very much", "a lot", "bot", "bye", "goodbye", "see you", "later", "lol", "haha+", "wow",
        "nice", "cool", "great", "awesome", "amazing", "perfect", "love it", "welcome", "you're", "np",
        "no problem", "done", "right", "what's up", "how are you", "hiya", "howdy", "gm", "gn", "cheers",
        "ping", "test", "testing", "nb", "6+", "no", "nope", "nah", "hmm+", "um+", "oh", "ah", "okay"),
    ),
    r"|[\s\v,.。!?~、…:;\-()]+",
)  # fmt: skip


def talks(seen: str, bare: str, *, asks: bool) -> bool:
    """Whether the message, which orders nothing, is talk and not a description of something to see."""
    head = seen[:_HEAD]
    if asks or _is_greeting(bare) or not bare.strip(_MARKS):
        return True
    picture = sum(weight for pattern, weight in _PICTURE if pattern.search(head))
    if _orders_something_else(bare, head) or _is_question(bare, picture):
        return True
    talk = sum(weight for pattern, weight in _TALK if pattern.search(head))
    if _FINITE.search(head):
        talk += 3 if _EVERYDAY.search(head) else 1
    if talk == 0:
        return False
    picture += min(2, head.count(",") // 2) + (1 if "\n" in head.strip() else 0)
    return talk > picture


def describes(seen: str) -> bool:
    """Whether there are clear signs of something to see."""
    return sum(weight for pattern, weight in _PICTURE if pattern.search(seen[:_HEAD])) >= _CLEARLY


def _is_greeting(bare: str) -> bool:
    return len(bare) <= 40 and not _GREETING.remove(bare)


def _is_question(bare: str, picture: int) -> bool:
    """A question without its mark, or an order for something that is no picture."""
    if _EN_QUESTION.match(bare) or _ZH_ASKED.match(bare):
        return True
    if picture >= _CLEARLY:
        return False
    return bool(
        _ZH_QUESTION.search(bare)
        or _EN_OTHER_ORDER.match(bare)
        or _ZH_OTHER_ORDER.match(bare)
        or _EN_WONDER.match(bare)
    )


def _orders_something_else(bare: str, head: str) -> bool:
    """A poem, a search, a reminder: an order, but not for a picture."""
    if _EN_OTHER_ORDER.match(bare) or _ZH_OTHER_ORDER.match(bare):
        return not any(pattern.search(head) for pattern, weight in _PICTURE if weight > _CLEARLY)
    return _ZH_HELP.match(bare) is not None and _PICTURE_WORD.search(bare) is None
