"""What speaks for small talk, as data: a pattern and its weight each.

No single word tells small talk from something to see; `protocol.intent.talking` adds up what it finds.
"""

from __future__ import annotations

from protocol.intent.patterns import Pattern

TALK: tuple[tuple[Pattern, int], ...] = (
    (
        Pattern(
            r"(?:^|[,。!\s])(?:我们?|咱们?|俺|本人|你们?|您|人家)(?!.{0,2}(?:的(?:猫|狗|女儿|儿子|孩子"
            r"|照片|头像|宝宝|宠物|房间|家)|追我赶))"
        ),
        2,
    ),
    (
        Pattern(
            r"(?:老板|老细|同事|客户|领导|甲方|经理|房东|室友|舍友|对象|男朋友|女朋友|我妈|我爸|老妈|老婆"
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
            r"|破防|裂开|离谱|服了|(?<!喝)醉了|心疼|烦人|难受|倒霉|真的会谢|搞错|开心(?!地|的|果)|好耶|哭了$"
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
            r"(?:觉得|感觉(?!像|的)|认为|希望|想[吃喝睡去回买问食饮瞓返]|好挂住|不想|喜欢(?!.{0,8}的)"
            r"|讨厌|打算|听说|发现|知道|忘了|应该|可能|其实|反正|毕竟|居然|竟然|终于|总算|又要"
            r"|又(?=[让提改下涨加开来])|真是|真的(?!.{0,3}的)|简直|幸好|难道|原来|怪不得|所以|因为"
            r"|但是我|要是|如果|不如|算是|还行|一般般|差不多)"
        ),
        2,
    ),
    (Pattern(r"给你们?看"), 3),
    (
        Pattern(
            r"^(?:my|our) (?:\w+ )?\w+ (?:drew|made|painted|took|sent|said|did|bought|broke|ate|cooked"
            r"|built)\b"
        ),
        5,
    ),
    (Pattern(r"^厉害了"), 5),
    (
        Pattern(
            r"(?:听歌|看剧|追剧|看书|开会|上课|上班|加班|摸鱼|排队|等车|等人|吃饭|赶路|学习|工作|减肥|搬家|出差"
            r"|旅游|休假"
            r"|堵车|挂机|游戏|健身|跑步)中$"
            r"|^[\u4e00-\u9fff]{1,3}不(?:着|下|来|动|起|到|完|住|惯)了?$"
            r"|^(?:早点|早些|好好)(?:休息|睡|回)|^(?:注意安全|保重|慢走|路上小心|一路顺风|一路平安)"
            r"|^(?:hot|cold|freezing|chilly|humid|windy|rainy|sunny) (?:af|outside|today|out|in here|as hell)$"
            r"|^(?:hot|cold) af\b|\bwho dis\b|^see (?:u|ya)\b"
            r"|^(?:coffee|lunch|dinner|nap|party|bed|game|beer|snack|tea|home|movie|play) ?time$"
        ),
        3,
    ),
    (
        Pattern(
            r"^(?:春天|夏天|秋天|冬天|周末|假期|暑假|寒假|年底|圣诞节?|春节|过年|中秋|国庆|雨季|梅雨季|台风"
            r"|寒潮)(?:马上|快|终于|就|又|要)*"
            r"(?:到|来|过|过去|结束)了"
        ),
        2,
    ),
    (
        Pattern(
            r"^(?:what an? |such an? |such |an? )?(?:nice|lovely|great|good|beautiful|gorgeous|perfect|bad|awful"
            r"|terrible"
            r"|shitty|crappy|horrible|long|rough|tough|busy|crazy|hectic|slow|weird|fun|small|fair|boring|wild)"
            r" (?:weather|day|week|weekend|night|evening|morning|afternoon|month|year|times?|timing|news|luck|idea"
            r"|point"
            r"|question|try|game|call|choice|world|vibes?|crowd|start|end|talk|chat)"
            r"(?: (?:today|tonight|so far|huh|here|out|outside|there|isn't it|innit|right|at work|at school|man"
            r"|ahead))*$"
        ),
        3,
    ),
    (
        Pattern(
            r"^(?:time|life|work|school|traffic|money|love|karma|adulting|everything|nothing|something|nobody"
            r"|everybody"
            r"|everyone|things|stuff|shit|mondays?|winter|people|math|rent|sleep) (?:really |just |always "
            r"|sure |only "
            r"|never |still )?(?!is\b|of\b|and\b|as\b|in\b|on\b|\w+ing\b|days?\b|times?\b|clothes\b|bus(?:es)?\b"
            r"|kids\b|boys\b|girls\b|jams\b|signs?\b|lights?\b|letters?\b|birds\b|cones\b|bags\b|trees\b|glass\b"
            r"|machines?\b|travellers?\b|travelers?\b)"
            r"(?:flies|sucks?|hurts?|happens?|changes?|goes|matters?|talks?|counts?|works?|ends?|costs?|passes|stinks"
            r"|rocks?|helps?|moves|continues|begins|breaks)(?: (?:on|by|a lot|so fast|too fast|fast|too|again|up"
            r"|hard))*$"
        ),
        3,
    ),
    (Pattern(r"^我[^,。\n]{0,8}(?:叫|是)[^,。\n]{1,10}$"), 4),
    (Pattern(r"(?:点|早上?|晚上?|周[一二三四五六日天]|[号天])的?(?:飞机|火车|高铁|航班|动车|课|会|票|班车)$"), 5),
    (
        Pattern(
            r"\bgot (?:cancell?ed|delayed|moved|postponed|fired|promoted|married|sick|rejected|accepted|stuck|lost)\b"
            r"|^[^,]*\b(?:tomorrow|yesterday|today|tonight)[.!\s]*$"
        ),
        3,
    ),
    (Pattern(r"(?:^|[,。\s])刚(?!果|强|毅|柔|劲|好|刚|出[炉生土])[\u4e00-\u9fff]"), 2),
    (Pattern(r"又(?![大高圆白黑红胖甜萌美酷长小软香亮粗细])[\u4e00-\u9fff]"), 2),
    (Pattern(r"要.{0,3}(?:小时|分钟|[天块]$|块钱)"), 2),
    (Pattern(r"[\u4e00-\u9fff]了(?:一?[个家台件顿趟次天]|\d)"), 1),
    (
        Pattern(
            r"(?:腿软|头[疼痛晕](?!哭|骂|饮)|肚子[疼痛饿]|腰[酸疼痛]|牙[疼痛]|胃[疼痛]|嗓子[疼痛哑]|眼睛[酸疼]"
            r"|背[疼痛]|脖子[酸疼痛]|手[酸疼]|拉肚子"
            r"|过敏|流鼻涕|咳嗽)"
        ),
        3,
    ),
    (Pattern(r"^(?:楼下|隔壁|群里)(?!的)|\b(?:again|ugh|tho|already|lately|anymore)[.!\s]*$"), 1),
    (
        Pattern(
            r"^(?:不(?!倒翁|夜|锈|死|明|老|朽|规则|同)|没(?!有人|落)|别(?!墅|致)|已(?!故)|马上|正要|快要|准备"
            r"|退(?!潮|役)|转发|陪我"
            r"|推荐|爱你|想你|外面在|中午吃|早上吃|晚上吃|堵在|卡在|困在|宅在)"
        ),
        2,
    ),
    (Pattern(r"^[^,。\n]{1,4}(?:说(?!明|书|唱|法)|以为|让我|叫我|问我)"), 3),
    (Pattern(r"(?:吃|用|喝|卖|做|写|买)完了$|(?:不对|歪了?|崩了?|糊了|续命|好吵|好卡|好挤)$"), 3),
    (Pattern(r"\bhelp yoursel(?:f|ves)\b|\bin \d+$"), 4),
    (Pattern(r"[喎㗎㖞啰咩][。!?~\s]*$|(?:咗|左).{0,6}未$|^几[靓好]"), 3),
    (Pattern(r"是(?:你|我|谁)$|^这?不是我要的|^再?来一?[碗杯瓶串口勺盘份打壶罐]$"), 2),
    (Pattern(r"发(?:给)?我(?:一下|看看|一份)?$|(?:见面|集合|截止)(?:时间|地点)"), 4),
    (Pattern(r"的(?:吧|呢|嘛|啊|哦)[。!~\s]*$"), 2),
    (Pattern(r"^(?:拍|买|吃|去|做|写|收|发|玩|喝|丢|忘|输|赢|换)了(?!.{0,8}的)"), 2),
    (
        Pattern(
            r"^(?:这|那)(?:个|只|张|款|家|些|种|台|件|本|部)?[^,。\n]{1,8}(?:太|好(?!像)|真|很|挺|超|蛮|还|不|没"
            r"|已经)"
        ),
        2,
    ),
    (
        Pattern(
            r"^(?:我|我们|咱们?|俺|他|她|他们|她们)(?!的|家|和|跟|与|妈|爸|奶|爷|站|坐|穿|骑|躺|变|化|作为|是|要"
            r"|想要|们的"
            r"|在[^,]{1,8}[上下里前]|[^,。\n]{0,10}的[\u4e00-\u9fff])"
        ),
        3,
    ),
    (
        Pattern(
            r"^(?:老婆|老公|女朋友|男朋友|老板|同事|室友|房东|经理|领导|客户|甲方|我[妈爸])(?:们)?(?:今天|昨天|刚"
            r"|又|也|都|还"
            r"|已经|正)?(?:在(?!.{1,10}[上下里前旁边中])|去|到|回|生病|有|没|不|来|说|走|发|做完|买)"
        ),
        3,
    ),
    (
        Pattern(
            r"^(?!.*\b(?:poster|written|shot|style|painting|sticker)\b)(?:i|we|he|she|they) (?!and\b|in\b|on\b"
            r"|as\b|with\b|\w+ing\b|(?:am|is|are|was|were) \w+ing\b"
            r"|(?:want|need|would|wanna|wish|like) )[a-z']+"
        ),
        3,
    ),
    (
        Pattern(
            r"^(?:just |still |now |currently |finally )?(?:heading|feeling|running (?:late|behind|out|low)|thinking"
            r"|looking (?:forward|for)|working (?:on|from|late)|waiting (?:on|for)|trying|hoping|wondering"
            r"|considering|planning"
            r"|leaving|logging|signing|stepping|grabbing|going to|taking (?:a|the) (?:break|day|nap)|checking"
            r"|stuck (?:at|in)"
            r"|listening to|studying for|moving to|learning)\b"
        ),
        4,
    ),
    (Pattern(r"\b(?:leaves|starts|opens|closes|ends|begins|departs|arrives)\s+(?:at|in|on)\b.{0,6}\d"), 3),
    (
        Pattern(
            r"(?:'s|\b(?:is|are|was|were)) (?:\w+ly |so |really |still |already |always |just |too )?(?:down"
            r"|due|late|back|up"
            r"|over|gone|dead|ready|done|finished|delayed|cancell?ed|postponed|closed|sick|broken|terrible"
            r"|great|awful|slow"
            r"|fine|annoying|boring|amazing|fun|hard|easy|expensive|busy|free|available|right|wrong|true|nice|cool"
            r"|asleep|awake|home|here|mid|tired|hungry|late)\b"
            r"(?! (?:of|with|and|in|on|the|a)\b)"
        ),
        3,
    ),
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
            r"(?:(?:^|[,。\s们]|有空|周末|今晚|明天|下次|改天|约|要不|不如|大家|你|我|谁|有人|想|来)一起(?:去"
            r"|吃|玩|看|来)|出来(?:吃|玩)|走吧|求(?:救|助|推荐)|不易"
            r"|有人(?:吗|在|想|要)|(?:客户"
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
FINITE = Pattern(
    r"\b(?:moved|got|went|said|told|arrived|sucked|hurts|died|shipped|forgot|won|lost|beat|need|needs"
    r"|want|wants|think|thinks|feel|feels|hate|hates|know|knows|hope|guess|missed|bought|ordered"
    r"|finished|started|cancelled|canceled|delayed|postponed|happened|called|asked|left|quit|fired"
    r"|broke|crashed|failed|passed|thought|heard|saw|watched|ate|slept|woke|tried|felt|made me"
    r"|makes me|kept|gave|took|sent|was|were|is|are|(?<!\d )am|has|have|had|did|does|will|can't|cannot|won't"
    r"|don't|didn't|isn't|wasn't|doesn't|gonna|should|would|keeps|sucks|works|worked)\b(?!-)"
)
EVERYDAY = Pattern(
    r"\b(?:meetings?|deadlines?|boss|manager|standup|homework|exams?|traffic|commute|invoice|payroll"
    r"|overtime|interview|job|salary|rent|stocks?|flight|internet|wifi|server|bug|deploy(?:ed|ment)?"
    r"|error|code|client|coworkers?|landlord|roommate|inflation|election|vaccine|headache|vacation|pto"
    r"|merge|ticket|jira|slack|zoom|schedule|sprint|release|password)\b"
)
