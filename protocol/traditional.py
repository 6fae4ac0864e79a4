"""Traditional Chinese characters and full-width letters as the ones that our words are written in."""

from __future__ import annotations

# A Traditional character and its Simplified one, for every word above and for polite requests.
_TRADITIONAL = (
    "貓猫 馬马 駿骏 驢驴 豬猪 雞鸡 鴨鸭 鵝鹅 烏乌 龜龟 龍龙 鳳凤 鳥鸟 鷹鹰 鴿鸽 鸚鹦 鵡鹉 鷗鸥 鶴鹤 鴛鸳 鴦鸯 魚鱼 "
    "鯨鲸 鯊鲨 鱷鳄 鯉鲤 蝦虾 蟲虫 蟻蚁 蝸蜗 蠍蝎 獅狮 貍狸 獸兽 獨独 麥麦 樹树 葉叶 蘭兰 蓮莲 蘋苹 蘿萝 蔔卜 檸柠 "
    "殭僵 屍尸 師师 長长 頸颈 駝驼 駱骆 鴕鸵 鵲鹊 鷺鹭 彌弥 獺獭 狽狈 綿绵 羅罗 騎骑 紅红 黃黄 藍蓝 綠绿 銀银 鐵铁 "
    "鋼钢 劍剑 將将 軍军 戰战 員员 護护 醫医 學学 畫画 張张 隻只 個个 幫帮 給给 請请 繪绘 製制 設设 計计 來来 幾几 "
    "兩两 輛辆 條条 棟栋 臺台 顆颗 雙双 對对 間间 盞盏 場场 輪轮 頂顶 麼么 這这 為为 與与 謝谢 煩烦 勞劳 駕驾 嗎吗 "
    "點点 圖图 變变 換换 轉转 讓让 調调 無无 沒没 別别 會会 氣气 機机 飛飞 車车 電电 腦脑 鍵键 鏡镜 錶表 鐘钟 鑽钻 "
    "寶宝 貝贝 殼壳 衛卫 宮宫 廟庙 閣阁 燈灯 籠笼 橋桥 樓楼 築筑 門门 風风 雲云 霧雾 陽阳 煙烟 島岛 邊边 灘滩 園园 "
    "鄉乡 鎮镇 莊庄 廣广 東东 國国 聖圣 誕诞 節节 復复 慶庆 禮礼 紗纱 裝装 褲裤 圍围 餃饺 麵面 飯饭 湯汤 鍋锅 燒烧 "
    "餅饼 乾干 漢汉 薩萨 壽寿 鮮鲜 檬柠 櫻樱 錦锦 術术 藝艺 樂乐 團团 書书 筆笔 紙纸 報报 獎奖 盃杯 體体 開开 關关 "
    "熱热 兒儿 孫孙 媽妈 爺爷 婦妇 孃娘 偵侦 盜盗 鬥斗 靈灵 惡恶 獵猎 滿满 網网 頭头 髮发 臉脸 傘伞 掛挂 遊游 戲戏 "
    "賽赛 動动 達达 運运 過过 際际 隊队 醜丑 針针 鋪铺 拚拼 號号 螞蚂 蠟蜡 衝冲 複复 視视 觀观 記记 詩诗 貨货 貴贵 "
    "費费 賀贺 嶼屿 廚厨 廳厅 後后 戀恋 戶户 斷断 業业 極极 標标 氫氢 沖冲 爾尔 瑪玛 發发 盤盘 碼码 穀谷 積积 窩窝 "
    "簽签 紋纹 級级 結结 線线 聲声 腳脚 萬万 藥药 蘆芦 親亲 託托 說说 證证 賓宾 農农 連连 醬酱 鈴铃 閃闪 題题 館馆 "
    "驚惊 鬆松 鬧闹 鹽盐 齊齐 嬰婴 寫写 專专 單单 傢家 劇剧 勢势 區区 參参 喪丧 噴喷 堅坚 塊块 獼猕 鵰雕 鴉鸦 絲丝 "
    "繡绣 幣币 帶带 帳帐 帥帅 壺壶 淩凌 颱台 蘇苏 楓枫 鬍胡 鬱郁 魷鱿 賊贼 馴驯 鞦秋 韆千 頌颂 飲饮 饅馒 餛馄 飩饨 "
    "蝟猬 鉛铅 鍾钟 賬账 轎轿 辦办"
)

# One character for one, so that places in a folded text are places in the text itself.
FOLDED = {
    **{ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()},
    **{code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)},
    ord("’"): "'",
}
