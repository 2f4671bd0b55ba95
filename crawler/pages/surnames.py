"""Chinese surnames, and how a run of characters comes apart into names."""

from __future__ import annotations

from .words import words

_BY_FREQUENCY = (
    "王李张张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖萧蕭"
    "田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱"
    "侯江尹薛闫閆阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向汤湯欧歐岳牛温溫倪俞翁殷甘尤庞龐章"
    "鲁魯葛康施齐齊梅庄莊伍聂聶焦翟耿柴卫衛常凌裴卓米庚柳詹路关關祝辛骆駱纪紀项項涂凤鳳古舒童简簡饶饒曲邢左成游"
    "苗符申官宁寧柯盛管代季车車麦麥鲍鮑屈蓝藍蒲池阮邬鄔穆冉匡司时時包尚原宫宮解靳栾欒桂房艾兰蘭单單边邊冼娄婁"
    "南欧谷滕安连連晏费費樊荣榮瞿栗戚丛叢郎计計畅暢褚屠沙牟喻阳陽佟裘隋谈談迟遲商郜苑华華焉应應桑党黨臧景霍路全"
    "敖隆雍巫强強虞仇辜明封井栋伏扈鞠仝门門宗丘束兆沃阎邝鄺麻奚展祁闵閔嵇乔喬巩鞏辉詠咏洪鄢占蔺藺赖賴闻聞狄贝貝"
    "步都耿滿满弓牧隗山谯譙危冷楚竺权權逯盖蓋益桓公晁勾敖融訾阚闞那饶空毋沙乜养鞠须丰豐巢关蒯相查后荆荊红红游竺权"
    "涅别冀郏浦尚农農柴瞿充慕茹习習宦艾鱼容慎戈廖庾终暨居衡步耿弘国文寇广禄阙东殴殳沃利蔚越夔隆师師涂淡粟赫"
    "储逄邴柏窦昌花酆廉岑皮卞卜湛禹茅席刁支昝缪贲郁杭钮滑荀惠甄芮羿汲糜仰仲厉戎韶蓟宿怀邰鄂籍胥苍"
    "莘贡劳姬扶堵宰郦璩濮寿燕谯佘逯厍乐纵揭仉"
)
_SINGLE = frozenset(_BY_FREQUENCY)
_COMMON = frozenset(_BY_FREQUENCY[:220])
_DOUBLE = words("""
    欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 长孙 宇文 司徒
    夏侯 端木 南宫 独孤 轩辕 淳于 申屠 太史 闻人 澹台 呼延 东郭 拓跋 完颜 纳兰
    """)
_NO_NAMES = words("""
    全文 高清 金融 公告 时间 向上 方法 成都 安全 江苏 广东 山东 河南 常州 温州 马上 石家庄 金华
    黄山 万州 荆州 白云 陆续 时讯 全国 全媒体 安徽 连云港 武汉 南京 明天 国际 国内 公司 应急 项目
    任务 解读 查看 封面 计划 关注 高手 东方 平安 文化 文章 文字 利用 别人 都市 居民 红网 师范 相关
    融媒体 空间 官方 公开 关闭 管理 时报 时评 时政 强国 权威 车市 车讯 游戏 房产 安排 应用 单位
    方案 终于 须知 益阳 丰台 关于 时代 成功 全部 路透社 法新社 时尚 時尚 公益 明星 纪实 高考 中考
    周边 养生 公务 公务员 商业 商务 广告 廣告 华人 华语 农业 农村 农民 文娱 文旅 文教 文创 文库
    文学 文献 文明 党建 党委 党政 党史 党员 党务 党群 廉政 国家 国情 国学 国防 国庆 国企 国资 任命
    任免 贡献 融资 融媒 原创 支付 查询 查找 简体 簡體 繁体 相册 花边 时事 时区 金价 黄金 黃金 房价
    房讯 车险 代码 公路 公众 公示 公布 公安 高层 高级 高校 高速 高铁 高端 强化 强调 严禁 严格 安心
    安装 安居 安保 全程 全面 全体 全省 全市 全县 全区 全天 全年 全会 全民 全网 都会 应对 应届 应聘
    应有 计生 计算 计量 记录 单独 单项 单元 方便 方向 方式 方针 项链 官网 官微 明确 明年 水平 成果
    成绩 成立 成交 成员 成品 成本 成长 成人 成熟 常见 常务 常态 常识 管控 管护 管道 管家 和谐 和平
    强制 程序 程度 施工 施行 包括 包装 从业 师资 师生 万象 万众 万能 万家 万科 江湖 江南 江北 海关
    石油 石材 温馨 温泉 温暖 路况 路线 路桥 路灯 段落 钱包 钱币 牛市 龙头 马路 马甲 白银 白酒 毛利
    余额 余下 步骤 习惯 养老 养护 古代 古典 古迹 古建 古镇 左右 连续 连接 连锁 连载 权限 权益 权利
    利益 利率 利好 利润 华东 华南 华北 华中 华西 华夏 东部 东北 东南 南方 南海 北方 西部 向导 向日
    曲目 充值 支持 支部 支行 支队 支出 景区 景点 景观 景色 别墅 盘点 章程 章节 容量 容易 空气 空调
    空港 祝贺 祝福 鲜花 汪洋 广场 广播 广大 广泛 广西 宁夏 甘肃 江西 浙江 山西 河北 湖北 云南 贵州
    广州 苏州 杭州 郑州 常德 宁波 沈阳 温岭 金坛 邢台 安阳 安庆 安康 广元 广安 南充 乐山 宜宾 雅安
    巴中 甘孜 柳州 梧州 梅州 惠州 滁州 宿迁 宿州 连州 池州 湛江 阳江 江门 揭阳 韶关 东莞 松原 白城
    白山 通化 丹东 牡丹江 包头 乌海 石林 花溪 高雄 苗栗 南投 花莲 花蓮 金门 金門 东台 東台 武昌
    江夏 展开 展開 收起 关联 尚无 暂无 农历 农贸 封底 封一 纪念 纪检 纪委 路演 柴油 油价 游记 游客
    解密 解答 解放 解盘 谈兵 康养 邮箱 乐活 乐居 乐园 舒适 凤凰 边防 边检 车模 车企 车型 车吧 华教
    屈指 汤姆 米粉 米饭 皮肤 皮革 卫生 卫浴 卫视 蓝图 蓝天
    """)
# What ends names of places, offices and things of a page, and no person's name of three signs.
_OF_OFFICES = frozenset(
    "市县縣区區省乡鄉局厅廳院部委网網报報站版篇吧型课課馆館店厂廠所室处處号號组組队隊页頁栏欄类類"
    "讯訊刊件题題率额額价價们們"
)
_OF_PAGES = words("报道 报导 報導 報道 电讯 新闻 记者 編輯 编辑 中心 频道")
_LONGEST = 24  # signs; a longer run is no list of names


def is_person(text: str) -> bool:
    """Whether a text is a Chinese name of two to four characters."""
    if not 2 <= len(text) <= 4 or not all("\u3400" <= char <= "\u9fff" for char in text):
        return False
    if text in _NO_NAMES or (text[:2] in _NO_NAMES and len(text) > 3):
        return False
    if text[:2] in _DOUBLE:
        return len(text) >= 3
    if len(text) == 3 and (text[2] in _OF_OFFICES or text[1:] in _OF_PAGES):
        return False
    return text[0] in _SINGLE and len(text) <= 3


def apart(text: str) -> list[str]:
    """The names that a run of Chinese characters is made of; empty where it is none.

    As few names as will do, with common surnames rather than rare ones: 谭飞王艳明闫鹃 is three.
    """
    if len(text) > _LONGEST:
        return []
    best: list[tuple[int, list[str]] | None] = [None] * (len(text) + 1)
    best[0] = 0, []
    for end in range(2, len(text) + 1):
        for size in (3, 2, 4):
            before = best[end - size] if end >= size else None
            name = text[end - size : end]
            if before is None or not is_person(name):
                continue
            cost = before[0] + (10 if name[0] in _COMMON else 11)
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = cost, [*before[1], name]
    whole = best[len(text)]
    return whole[1] if whole else []
