"""Requests to do something to a picture that is already there (the intent page: task type)."""

from __future__ import annotations

from protocol.intent.patterns import Pattern

_ZH_PICTURE_WORD = (
    r"(?:图片|图像|图(?!书|案|腾|纸|钉|标|章|层|表|鉴)|照片|相片|截图|海报|头像|插画|壁纸|自拍|线稿|草图"
    r"|草稿|logo|相(?!机|框|册)|结果|作品|画(?!家|面|廊|风|笔|板|框|像|室|展))"
)
_ZH_PICTURE = (
    r"(?:(?:这|那|此|[呢嗰](?=一?[张幅]))(?:一)?(?:张|幅|个|副|份|些|两张)?"
    + _ZH_PICTURE_WORD
    + r"|(?:上一|前一|最后一?|第[一二三四])(?:张|幅|个)?"
    + _ZH_PICTURE_WORD
    + r"|(?:上面|刚才|刚刚|之前|原来)(?:发)?的?(?:那|这)?(?:张|幅|个)?"
    + _ZH_PICTURE_WORD
    + (
        r"|(?:这|那|上|刚才那|刚刚那|刚才这|上一|前一|原来那|刚那)(?:一)?(?:张|幅)(?!纸|桌|床|嘴|脸|票|网"
        r"|椅|弓|牌|皮)|原图|(?<![地构插星版蓝截拼])(?:图|照片)(?:里|中|上)的?|附件|我(?:发|传|上传"
        r"|给)的(?:图|照片|图片)?|发(?:给)?你的(?:图|照片|图片))"
    )
)
_EN_PICTURE = (
    r"\b(?:(?:this|that|these|those|the (?:attached|last|previous|above|original|first|second|uploaded"
    r"|given|same)|my (?:last|previous)|last|attached|previous) (?:[a-z]+ )?(?:images?|photos?|pictures?"
    r"|pics?|photographs?|drawings?|sketch|selfie|screenshot|shot|portrait|render|logo|painting|artwork"
    r"|result|one|poster|draft|snapshot|lineart|line art)|(?:my|the|our|his|her|their) (?:photos?"
    r"|pictures?|pics?|selfie|screenshot|profile pic(?:ture)?|image|headshot)(?! of)|(?:the )?attachment"
    r"|original (?:image|photo|picture))\b"
)

_POINTS = Pattern(_ZH_PICTURE, "|", _EN_PICTURE)
_PRONOUN = Pattern(
    r"[它牠](?!们)|[他她](?=换|变|改|成|戴|穿|加|放|p|弄)|这[个只条位](?=.{0,6}(?:换|变|改|成|去|加"
    r"|p))|\b(?:it|him|them)\b|\bher(?= (?:an?|into|in|look|smile|wear|hair|to|with|as)\b)|\b(?:this"
    r"|that)(?= (?:into|to|in|as|look|more|less|but|in the)\b)|\bthis$"
)

_ZH_DO = (
    r"(?:变成|变为|换成|换为|换上|换个|换一|换掉|改成|改为|改得|改一|改掉|转成|转为|转换|弄成|弄得|做成"
    r"|制成|调成|调得?|变得|变|p成|p掉|p上|p得|p一|p图|p到|画成|画得|重绘|修|去掉|去除|去水印|去背景|去"
    r"|移除|抹掉|擦掉|删掉|删除|删|抠|裁|加上|加个|加一|加点|加|添加|添|放大|缩小|放到|放在|移到|上色|涂成"
    r"|染成|美化|优化|增强|虚化|模糊|磨皮|美白|高清|清晰|锐化|扩|补|延伸|戴|穿|配上|贴|安上|装上|画上|写上"
    r"|旋转|翻转|镜像|合成|拼|融合|替换|处理|编辑|打码|做旧|还原|修复|修一下|修图|精修|动漫化|卡通化"
    r"|像素化|转|p(?=[\u4e00-\u9fff])|移|挪|执|整靓|弄没|弄走|拿掉|拿走|拉[长宽高直]|翻译成|译成|笑|闭|睁|坐|站"
    r"|躺|配个?字)"
)
_ZH_PART = (
    "(?:整体|整个|整张)?(?:背景|天空|颜色|色调|画面|头发|发型|发色|衣服|裙子|裤子|鞋子|帽子|表情|眼睛"
    "|嘴巴|脸|文字|字体?|标题|文案|logo|风格|画风|光线|灯光|光影|季节|时间|天气|主角|人物|姿势|动作|构图"
    "|镜头|视角|前景|水印|路人|边框|肤色|皮肤|眼镜|配色|色彩|主体|尺寸|比例|分辨率|场景|氛围|对比度"
    "|饱和度|亮度|毛色|车身|墙|地板|左边|右边|上面|下面|中间|旁边|后面|前面|桌上|头上|图)"
)
_ZH_EDIT = Pattern(
    r"^(?:"
    r"(?:把|将|给|让|帮我把|给我把)(?!我(?:[一画生设做来出]))(?P<object>[^,。;!?\n]{1,24}?)" + _ZH_DO
    + r"|(?:只|再|都|也|就|要|请|只要|只把|仅)*" + _ZH_PART
    +         r"(?:的)?(?:颜色|部分|人|字|文字)?(?:也|都|再|要|请|麻烦|帮我|帮忙|给我|替我|全|统一|全部|能不能"
    r"|可以)*(?:换|改|变|去掉|删|调|加"
        r"|弄|p|做成|用|虚化|模糊|提亮|压暗|放大|缩小|移)(?:成|为|上|个|得|一下|掉|点|一)?"
    r"|(?:再|更|稍微?|要|弄|调|改|变|整体|整个|全部|背景|天空|颜色|画面|光线|人物|脸|头发|字|色彩|对比"
    r"|饱和度|对比度|亮度|色调|尺寸|太.{1,3}了[,。 ]*)*(?:再|更|稍微?|要|弄|调|改|变|加)?(?:亮|暗|大"
    r"|小|浅|深|淡|浓|暖|冷|清晰|清楚|模糊|鲜艳|柔和|可爱|真实|写实|复古|高级|简单|简洁|夸张|瘦|胖|高"
    r"|矮|年轻|老|明亮|高清|帅|美|漂亮|卡通|温馨|梦幻|干净|立体|精致|细致|自然|恐怖|喜庆|活泼|酷|黑|白"
    r"|红|蓝|绿|黄|粉|长|短|宽|窄|多|少|近|远|快乐|开心|严肃|粗|细|亮堂|柔|正式|科幻|靓|光|老土|得意"
    r"|自然)(?:一点|一些|点|啲"
    r"|些|一丢丢|一丁点)(?:儿)?(?!的[\u4e00-\u9fff])"
    r"|(?:再|请|帮我)*(?:变|换|改|转|转换|转化|变换|切换|做|弄|调整?|p|整)(?:成|为|做)(?!本|绩|功|长)"
    r"|(?:帮我|给我|请|再|直接|都|全部)*(?:去掉|去除|去一下|去水印|去背景|移除|抹掉|擦掉|删掉|删除"
    r"|删了|抠图|抠出|抠掉|裁剪?(?!缝)|裁成|p掉|p上|p到|消除|擦除)"
    r"|(?:帮我|给我|请|再|还|要|可以|然后|在.{1,8}(?:上|里|旁边|下面|右边|左边|中间|角|后面|前面"
    r"|边))*(?:加上|加个|加一|加点|加些|加两|加几|加入|添加|添上|增加|加(?=滤镜|水印|边框|特效|字幕"
    r"|文字|字|眼镜|帽子|墨镜|胡子|光|雪|雨|雾)|戴上(?!.{0,6}的)|戴(?=个|一|顶|副)|穿上|补上|p(?=个"
    r"|一(?![张幅])))"
    r"|(?:帮我|给我|请|再)*换(?:一?[个套身种下顶件双副条只]|掉|背景|衣服|发型|颜色|风格|脸|头|装"
    r"|天空)(?!.{0,3}(?:模型|灯泡|角度想|话题|工作|手机|人))"
    r"|(?:帮我|给我|请|再)*(?:修图|修一下|修复|修一修|精修|p一下|p图|美化|优化一下|上色|放大|高清修复"
    r"|高清化|锐化|磨皮|美颜|补全|扩图|扩展|外扩|裁切|翻转|旋转|打码|抠|调色|调亮|调暗|调整|虚化"
    r"|模糊背景|提亮|压暗|去噪|降噪|卡通化|动漫化|像素化|手办化|线稿化|二次元化|做旧|老照片(?=修|上色|翻新|复原|变清|高清)(?!风|感|质感|效果"
    r"|滤镜|的)|无损放大"
    r"|改图)"
    r"|[^,。!?一两三被\n]{1,8}(?:换成|改成|替换成|换为|改为)(?!了)"
    r"|[^,。!?一两三\n]{1,6}换(?:成)?[白蓝红绿灰]底|(?:照片|图片|真人|自拍|图)变(?!化)"
    r"|" + _ZH_PART + r"(?:都|先|就|也)?(?:不要|不用|别|不)(?:再)?(?:动|变|改|换)"
    r"|[^,。!?一两三被\n]{1,12}(?:帮我|给我)?(?:删掉|删了|去掉|抹掉|擦掉|p掉|移除|抠掉|抠出来|拿掉|去除)(?:吧"
    r"|了|呗|一下)?$"
    r"|[^,。!?\n]{1,8}?(?:合成|拼接|拼|融合)(?:到|成|在|为)|(?:这张)?(?:照片|图片|相片|自拍)(?:帮我|帮忙|给我"
    r"|麻烦|再)+"
    r"(?:上个?色|修|p|改|换|去|调|美|抠|裁|加|变)|去(?:一?下|个)(?:水印|背景|字|文字|路人|人|logo)"
    r"|不要(?:有)?(?:这个|那个)?(?:文字|字|背景|水印|人|帽子|眼镜|路人|logo|边框|阴影|胡子|影子|那么.{1,4}|太.{1,4})$"
    r"|[^,。一两三\n]{1,8}?(?:再|更|稍微?)[^,。]{1,3}(?:一?点|一?些)(?:儿)?$"
    r"|(?:想?要)?(?:这|那)(?:个|张|种|样)的?,?(?:但是?|不过|只是|只不过)[^,。\n]{0,12}的"
        r"|风格迁移|风格转换|图生图|以图生图|垫图|换脸|局部重绘|(?:参考|参照|照着|根据|按照?|仿照|模仿"
    r"|基于|依照|以|用|学)(?:一下)?(?:这|那|上|此|原|刚才|图|我)(?!一?(?:段|句|首|篇|歌|文|描述|话|故事|要求"
    r"|主题|思路|内容|诗|些?词))(?:一)?(?:张|幅|个|副|图|发|种"
    r"|些)?(?:图片?|照片|画风?|风格|构图|姿势|的图|上传|样式|配色|海报|草图|线稿|头像|截图|人|猫|狗"
    r"|的)?|保持(?:原|人物|姿势|构图|其他|脸|背景|风格|主体|不变|角色)|保留(?:原|人物|姿势|构图|其他"
    r"|脸|背景|主体)|其他不变|同样的?(?:姿势|构图|风格|画风|场景|人物|角色|角度)|一样的(?:姿势|构图"
    r"|风格|画风)|同款(?:姿势|风格|构图)|(?:姿势|构图|风格)不变)"
)  # fmt: skip
_EN_THING = (
    r"(?:it|this|that|him|her|them|me|us|the [a-z' -]{1,40}?|my [a-z' -]{1,30}?|his [a-z' -]{1,30}?"
    r"|her [a-z' -]{1,30}?|their [a-z' -]{1,30}?|everyone|everything|these|those)"
)
_EN_EDIT = Pattern(
    r"^(?:"
    rf"(?:turn|transform|convert|change|morph) {_EN_THING} (?:in)?to\b"
    rf"|(?:turn|transform|convert|change|morph) {_EN_THING} \S"
    r"|make (?:passport|id photo|id size|black and white|bw|transparent|hd|clearer)\b|make \s?[\u4e00-\u9fff]{1,6}"
    r"|translate (?:the|this|that|all|its|any) (?:\w+ )?(?:text|words?|writing|sign|label|caption|letters|title"
    r"|menu)\b"
    r"|make (?:it|this|that|him|them|the|my|his|their|these|those|everyone|everything)\b"
    r"|make (?:me|us) (?:look|into|older|younger|taller|thinner|slimmer|bald|smile|wear|appear|sound|cuter|fatter)\b"
    r"(?! (?:a (?:picture|drawing|poster)|logo)\b)|make her\b"
    r"|(?:remove|erase|delete|get rid of|take out|cut out|crop(?: out)?|blur|brighten|darken|lighten"
    r"|sharpen|upscale|enhance|enlarge|colou?ri[sz]e|retouch|restore|rotate|flip|mirror|resize"
    r"|recolou?r|unblur|desaturate|denoise|photoshop|edit|fix|clean up|touch up|airbrush|animate"
    r"|stylize|cartoonify|anime-?fy|redo|extend|expand|outpaint|inpaint|zoom (?:in|out)|crop|trim|mask"
    r"|outline|straighten|soften|adjust|tweak|invert)(?: (?:the|this|that|my|it|his|her|him|them|all"
    r"|everything|these|those|out|a|an|just|only|any|some|image|photo|background|watermark|noise"
    r"|colou?rs?|with)\b|$)"
    r"|(?:replace|swap|substitute|exchange) (?:the|this|that|my|his|her|it|him|them|their|out|all"
    r"|faces?|background|in)\b|change (?:the|his|her|its|their|my|it|this|that|background|colou?r"
    r"|outfit|hair)\b|(?:add|put|place|insert|stick|slap|give) (?:it|him|her|them|this|these) \S"
    r"|(?:put|place|insert|stick|slap|drop) (?:an?|some|the|my|him|her|it|this|me|two"
    r"|us)\b.{1,50}\b(?:on|onto|in|into|next to|behind|under|over|above|around|beside|at|to) (?:it|him"
    r"|her|them|the|his|my|this|top|their|a|an|space|mars|front)\b|(?:add|put in|insert|include"
    r"|append) (?:an?|some|the|more|my|two|three|text|snow|rain|a few|\w+ to|fog|clouds|stars|sparkles"
    r"|flowers|glasses|sunglasses|hats?|wings|lights?|fire|smoke|colou?rs?|another|confetti|captions?"
    r"|border|subtle|shadows?|people)\b"
    r"|(?:a (?:bit|little|tad|touch|lot)|slightly|much|even|way|somewhat)? ?(?:more|less|brighter"
    r"|darker|lighter|warmer|cooler|bigger|smaller|larger|softer|sharper|cuter|higher|lower|closer"
    r"|simpler|cleaner|bolder|happier|sadder|scarier|older|younger|taller|thinner|wider)\b(?! (?:than"
    r"|and more))(?: (?:\w+)){0,4}(?: please| pls)?$"
    r"|(?:do |use |make )?(?:the |it the )?same (?:pose|style|vibe|mood|energy|idea|concept|feel|look"
    r"|composition|person|character|scene|photo|picture"
    r"|image|thing|but"
    r"|background|outfit|face|cat|dog|guy|girl|one|layout|colou?rs|angle|shot|but)\b|(?:keep|preserve"
    r"|leave) (?:the|his|her|its|everything|it|my|same)\b|(?:style transfer|img2img"
    r"|image[- ]to[- ]image|i2i|face ?swap|background removal|remove bg)\b"
    r"|(?:use|using|based on|from|with|following|like|in the style of|given|take|look at|reference"
    r"|referencing|according to|after) (?:this|that|the attached|the above|my|these|the last"
    r"|the previous|the same) (?:[a-z]+ )?(?:images?|photos?|pictures?|pics?|sketch|drawing|style"
    r"|selfie|one|pose|reference|composition|face|portrait|palette|logo|as)\b"
    r"|(?:instead of|without) (?:the|his|her|that) .{1,30}$|(?:swap|change|switch) (?:out )?(?:the|his"
    r"|her|my)\b|(?:what if|now|but) (?:it|he|she|they|make|with|in|at|add|remove|change|put|turn"
    r"|the)\b.{0,60}$|as an? .{1,40} (?:version|style)$|(?:now )?in (?:the )?style of [^,]{1,40}$"
    r"|(?:no|without(?: the| any)?) (?:background|text|watermark|people|person|hat|glasses|logo|border|shadow"
    r"|beard|caption|words|frame|crowd|reflection|glare|noise|filter|letters)s?(?: please| pls)?$"
    r"|(?:zoom|crop) (?:in|out|it)|(?:it|he|she) (?:should|needs to|has to|must) (?:be|have|look"
    r"|wear)\b)"
)
_EN_FILL = Pattern(
    r"^(?:(?:please|pls|plz|can|could|would|will|you|u|kindly|i|want|need|would like|i'd like"
    r"|i'd like you|to|me|help|hey|just|now|ok|so|hi|and|then|also|maybe|let's|try|bot|we|actually|hmm"
    r"|wait|nice|cool|great|love it|perfect|but|no|is it possible|any chance you|do you think you|mind"
    r"|any way(?: you can| to| we can)|is there (?:a|any) way to"
    r"|go ahead|a|i'd love you)\b[\s\v,!.]*){1,8}"
)
_ZH_FILL = Pattern(
    r"^(?:(?:请|麻烦|帮我|帮忙|帮|给我|能不能|能否|可不可以|可以|可否|能|你|您|我想要?|我要|想要?|要"
    r"|需要|现在|那|那就|再|然后|顺便|接着|另外|不错|很好|好看|好的?|嗯|还是|先|直接|就|试试|试着|只"
    r"|只要|还|也|拜托|劳驾|把图|nice|ok|please|pls|help me|can you|could you|唔该|同我|大佬"
    r"|可唔可以)[\s\v,。!]*){1,8}"
)
_PRAISE = Pattern(
    r"还是.{1,8}好$|(?:真|好|太|很|超|非常|特别|挺|有点|绝|这么|贼|巨|蛮|还|够|更)(?:的)?(?:好看|漂亮|美|棒|赞|可爱"
    r"|厉害|牛|帅|酷|搞笑|好笑|有意思|喜欢|好|像|丑|难看|吓人|温馨|有感觉|不错|绝|强|逼真|离谱|清晰"
    r"|满意|爱|惊艳|高级|nice|cool|有意境|治愈|有氛围)(?:了|啊|呀|哦|吧|!|~|看|的|得|死|爆|呢|哈)*$"
    r"|不错(?:啊|呀|哦|哈|呢)?$|绝了$|爱了|我?(?:好|很|超|太|最|非常)?喜欢(?:这|那|它|你|啊|了|呀|!|$)"
    r"|^[^,。:一两三]{1,6}(?:太|有点|不够|不太)[\u4e00-\u9fff]{1,3}了?$"
    r"|(?:牛|厉害|神了|(?<![\d:.])6+|nb|yyds|awsl|笑死|可爱死|美爆|好评|满意)(?:了|啊|呀|!)*$|拍得|画得|拍的真"
    r"|画的真|画的好|画的太|是谁(?:画|拍)"
    r"|\b(?:is|are|looks?|looked|came out|turned out|was|it's|that's|this is|so|such|very|really"
    r"|absolutely|what a|how) (?:so |really |very |absolutely |pretty |quite |just |super |freaking "
    r"|a |an |such a |such an |too |the )*(?:cute|beautiful|nice|great|awesome|amazing|gorgeous|cool"
    r"|lovely|stunning|good|perfect|fantastic|hilarious|funny|adorable|pretty|incredible|wonderful"
    r"|sick|fire|dope|weird|ugly|creepy|bad|terrible|wrong|off|insane|brilliant|impressive|neat|sweet"
    r"|best|awful|excellent|masterpiece|lit|wild|blurry)\b|\b(?:i|we|everyone) (?:really |absolutely "
    r"|just |totally |honestly )?(?:love|like|adore|hate|dig|loved|liked)\b|^(?:nice|great|awesome"
    r"|amazing|beautiful|gorgeous|lovely|cool|perfect|wow|stunning|cute|good|fantastic|brilliant|sweet"
    r"|excellent|omg|incredible|love|neat|impressive)\b(?: (?:one|job|work|picture|photo|pic|image"
    r"|shot|stuff|colou?rs|dog|cat|art|drawing|it|this|that|the|result|so|much|pic|painting|piece"
    r"|composition|lighting))*[ !.]*$"
)
_SIMILE = Pattern(
    r"\blooks? like (?:this|that)\b\s*[:,]|(?:像|如|长)(?:这样|下面|下)[:,]|(?:如下|这样的?"
    r"|这样子)\s*[:]|\bas follows\b|\blike (?:this|so)\s*:"
)


_LEADING = Pattern("^(?:", _POINTS.source, r")(?:里的?|中的?|上的?|的)?[\s\v]*")


def praises(bare: str) -> bool:
    """Whether it only says how a picture is (这张图真好看)."""
    return _PRAISE.search(bare) is not None


_FAULT = Pattern(r"不对|不是|不行|太|不好|不够|有点|错|\b(?:wrong|not|too|bad|no|hmm|nah|almost|close|but)\b")
_SHORT = 16


_EXCLAIM = Pattern(
    r"^(?:这|那)?(?:好|真|太|超|多么?|很)(?:可爱|美|漂亮|帅|酷|萌|好看|大|美丽|温柔|霸气"
    r"|搞笑)的(?:一[只个张幅位])?[\u4e00-\u9fff]{1,4}$"
)


def exclaims(bare: str) -> bool:
    """Whether it admires what a picture shows (好可爱的狗), which without a picture would describe it."""
    return _EXCLAIM.match(bare) is not None


def finds_fault(clause: str) -> bool:
    """Whether a short clause says what is wrong with a picture, so that an order to change it may follow."""
    return len(clause.split()) <= 4 and len(clause) <= _SHORT and _FAULT.search(clause) is not None


def points_at_picture(seen: str) -> bool:
    """Whether a picture that is already there is spoken of."""
    return _SIMILE.search(seen) is None and _POINTS.search(seen) is not None


def shows_by_words(seen: str) -> bool:
    """Whether words are announced as what something looks like ("looks like this: …")."""
    return _SIMILE.search(seen) is not None


def only_points(bare: str) -> bool:
    """Whether nothing but a picture is named (这张照片)."""
    return _POINTS.fullmatch(bare) is not None


def points_by_pronoun(seen: str) -> bool:
    """Whether it, 它 or the like is spoken of."""
    return _PRONOUN.search(seen) is not None


def edits(clause: str) -> bool:
    """Whether a clause orders a change to something that is there (把背景换成海边, "make it darker")."""
    text = clause.strip(" \v\n,.!~")
    if _matches(text):
        return True
    for fill in (_ZH_FILL, _EN_FILL, _LEADING):
        if lead := fill.match(text):
            text = text[lead.end() :].strip()
    return _matches(text)


_EN_COULD = Pattern(
    r"^(?:[a-z]+ ){0,2}?(?:can|could|would|may|might) (?:this|that|it|he|she|they|the [a-z]+|my [a-z]+|his [a-z]+"
    r"|her [a-z]+)"
    r" (?:(?:be|look|become|get) (?:(?:a (?:bit|little|tad) |slightly |even |much )?(?:(?:more|less) [a-z]+"
    r"|[a-z]+er\b(?! (?:shot|photo|image)))"
    r"|(?:made|turned|changed|converted|edited|fixed|cropped|removed|blurred|redrawn|drawn|redone|rendered|restored"
    r"|colou?ri[sz]ed|replaced|swapped|cut out)\b|black and white|transparent|in (?:colou?r|black and white)"
    r"|(?:in |an? |like )?(?:an? )?[^,?]{1,30}\b(?:style|version|colou?rs|tones|format)\b)"
    r"|(?:have|wear|hold) (?:an?|some|no|the|more|less|blue|red|green|pink|longer|shorter) )"
)
"""A change asked for in the passive ("could this be in anime style?")."""


def asks_for_change(seen: str) -> bool:
    """Whether a change is asked for as what the picture could be, and not what it may show."""
    return _EN_COULD.match(seen.strip(" \v\n,.!~")) is not None


_DRAWN_AS = Pattern(
    r"^(?:请|帮我|给我|能不能|可以)*(?:把|将)(?![^,。\n]{0,3}(?:这|那|它|牠|他|她|我|你|图|照|相|上|刚|原|背景"
    r"|脸|头))"
    r"[^,。\n]{1,12}画成"
)


def _matches(text: str) -> bool:
    if _DRAWN_AS.match(text):
        return False
    if asks_for_change(text):
        return True
    found = _ZH_EDIT.match(text)
    if found and not (found["object"] is not None and _is_new_thing(found["object"])):
        return True
    return _EN_EDIT.match(text) is not None


def _is_new_thing(thing: str) -> bool:
    """把一只大象…, 给我…: an object that is only now being described, or nobody's picture."""
    return thing.startswith(
        ("一", "两", "三", "几", "我画", "我来", "我生", "我做", "我设", "我整", "我出", "我搞", "我一", "你", "大家")
    )
