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
    黄山 万州 荆州 白云 陆续 时讯 全国 全媒体 安徽 连云港 武汉 南京 明天 国际 国内 公司 应急
    项目 任务 解读 查看 封面 计划 关注 高手 东方 平安 文化 文章 文字 利用 别人 都市 居民 红网
    师范 相关 融媒体 空间 官方 公开 关闭 管理 时报 时评 时政 强国 权威 车市 车讯 游戏 房产 安排
    应用 单位 方案 终于 须知 益阳 丰台 关于 时代 成功 全部 路透社 法新社
    """)


_LONGEST = 24  # signs; a longer run is no list of names


def is_person(text: str) -> bool:
    """Whether a text is a Chinese name of two to four characters."""
    if not 2 <= len(text) <= 4 or not all("\u3400" <= char <= "\u9fff" for char in text):
        return False
    if text in _NO_NAMES or (text[:2] in _NO_NAMES and len(text) > 3):
        return False
    if text[:2] in _DOUBLE:
        return len(text) >= 3
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
