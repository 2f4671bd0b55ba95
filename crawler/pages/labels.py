"""Labels of Chinese pages (发布时间, 来源, 阅读次数 …) and how they are found in any script.

A page is read before it is repaired, so a label may come in Traditional script, with spaces
inside, or with a reading in brackets after some characters, as machine mirrors write them:
``發(fā)布時(shí)間``. Texts are therefore folded before they are compared: same length, Simplified
where labels need it, annotations blanked. Values are always cut from the text as it came.
"""

from __future__ import annotations

import re

from .words import in_order, words

SOFT = "\x1f"  # where one inline element ends and another begins
BLANK = "\0"  # what stands for a blanked character

# Traditional and Simplified side by side, for the characters that labels and dates are made of.
_PAIRS = "".join(
    in_order(
        """
        發发佈布時时間间來来閱阅讀读數数瀏浏覽览責责編编輯辑錄录點点擊击訪访問问當当頁页報报導导轉转載载
        記记審审簽签籤签終终單单機机構构關关號号碼码標标題题類类別别欄栏評评論论應应實实現现開开啟启門门
        戶户網网於于體体縮缩閉闭傳传遞递稱称內内業业會会員员領领處处長长區区縣县務务條条協协議议廢废無无
        級级專专據据該该為为與与從从見见詳详細细擇择樣样國国際际華华東东廣广電电視视節节圖图畫画寫写攝摄
        監监製制創创歡欢們们繫系聯联絡络話话檔档屬属熱热後后進进還还這这請请選选擴扩顯显贊赞顧顾術术簡简
        談谈連连結结義义動动態态資资訊讯樂乐書书訂订購购買买車车場场歲岁個个幾几種种輪轮環环濟济財财產产
        經经費费組组織织統统計计設设備备證证權权許许聲声鏈链鍵键鍊链綫线線线歷历曆历飛飞錯错誤误敗败異异
        約约預预總总聞闻薦荐誌志雜杂貼贴夠够帳帐滿满頭头顆颗願愿項项額额龍龙齊齐齋斋灣湾臺台億亿萬万傑杰偉伟
        """
    )
)
_FOLD = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}
_FOLD |= {ord("："): ":", ord("︰"): ":", ord("﹕"): ":", ord("∶"): ":"}
_FOLD |= {ord("　"): " ", ord("\xa0"): " ", ord("\u2003"): " ", ord("\u2002"): " "}
_FOLD |= {0xFF10 + i: str(i) for i in range(10)}
_FOLD |= {
    ord("（"): "(",
    ord("）"): ")",
    ord("－"): "-",
    ord("–"): "-",
    ord("‑"): "-",
    ord("−"): "-",
    ord("﹣"): "-",
    ord("—"): "-",
    ord("／"): "/",
}
_FOLD |= {ord("．"): ".", ord("\u200b"): BLANK, ord("\ufeff"): BLANK}
_READING = re.compile(r"(?<=[\u3400-\u9fff])(?:\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,7}\))+")


def fold(text: str) -> str:
    """The text as labels are compared: as long as it was, so that positions stay true."""
    text = text.translate(_FOLD)
    if "(" in text:
        text = _READING.sub(lambda match: BLANK * len(match[0]), text)
    return text


def bare(text: str) -> str:
    """Folded text without anything that is neither letter nor digit nor sign."""
    return "".join(text.replace(BLANK, "").replace(SOFT, "").split())


# field: the labels its value follows. Of labels that end in the same place the longest wins.
_FIELDS = {
    "published": """
        发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 发布于 发表于 信息时间 信息日期 时间
        日期 添加时间 添加日期 录入时间 录入日期 上传时间 上传日期 加入时间 加入日期 创建时间
        公布日期 公布时间 刊登日期 刊登时间 刊发时间 文章时间 新闻时间 提交时间 提交日期 公开日期
        公开时间 信息发布时间 发文时间 信息发布日期 新闻日期 登载时间 发布 发表 上线时间 张贴时间
        收录时间 入库时间 投稿时间 刊登于 出版日期 建立日期 上网日期 上网时间 发帖时间 编辑时间
        撰写时间 创建日期 生成日期 生成时间 发稿 发布日期时间 公告日期 公告时间 上稿时间 上稿日期
        时间日期 首次发布 首发时间
        """,
    "updated": """
        更新时间 更新日期 修改时间 修改日期 最后更新 最后更新时间 最近更新 更新 更新于 编辑日期
        最后修改
        """,
    "signed": """
        成文日期 成文时间 签发日期 签发时间 印发日期 印发时间 发文日期 制发日期 签署日期
        """,
    "in_force": "施行日期 实施日期 生效日期 实施时间 生效时间 施行时间 执行日期",
    "occasion": """
        活动时间 会议时间 报名时间 培训时间 考试时间 当前时间 现在时间 系统时间 服务器时间 北京时间
        举办时间 召开时间 开始时间 结束时间 办理时间 受理时间 公示时间 开标时间 反馈时间 办公时间
        工作时间 营业时间 拍摄时间 采访时间 活动日期 会议日期 报名日期 当前日期 今日日期 举办日期
        培训日期 考试日期 开标日期 开始日期 结束日期 比赛时间 讲座时间 接待时间 服务时间 停水时间
        停电时间 面试时间 笔试时间 投票时间 征集时间 注册时间 登录时间 查询时间
        """,
    "expires": """
        失效日期 废止日期 失效时间 有效期 有效期至 有效期限 截止日期 截止时间 征求意见截止时间
        """,
    "outlet": """
        来源 信息来源 新闻来源 文章来源 稿件来源 资料来源 内容来源 稿源 转自 转载自 转载来源 来自
        出处 文章出处 供稿单位 发布单位 来源单位 来源于 摘自 来源网站 信息提供 来源媒体 原文来源
        来源机构 本文来源 来源部门 供稿 发布部门 责任单位 媒体 新闻出处 新闻媒体 选自 报道媒体
        文章来自 信息来自 来源地址 发稿单位 本文来自 本文来源于 原创
        """,
    "issuer": "发布机构 发布机关 公开主体 公开机构",
    "authority": "发文机关 发文机构 制发机关 发文单位 制定机关",
    "author": """
        作者 文章作者 撰文 撰稿 撰稿人 文字 供稿人 投稿人 本文作者 原作者 新闻作者 文 记者 通讯员
        特约记者 实习记者 本报记者 见习记者 采写 作者姓名 撰文者 执笔 投稿 文章撰写 撰写
        """,
    "editor": """
        编辑 责任编辑 责编 录入 录入员 录入人 录入者 发布人 发布者 发布员 网络编辑 编辑人
        责任编辑人 本文编辑 文章录入 文章编辑 信息员 编辑员 编辑者 新媒体编辑 发布人员 信息录入
        上传 上传者 上传人 值班编辑 整理 在线责编 主编 执行编辑 统筹 添加人 责任人 信息发布
        责任编缉 网编 值班主任 见习编辑 实习编辑 信息发布人
        """,
    "reviewer": """
        审核人 审核 审稿 审稿人 审核员 审签 复审 终审 初审 一审 二审 三审 签发 签发人 校对 核稿
        监制 审校 审阅 审批 审批人 责任校对 审核者 值班编委 编审
        """,
    "read_count": """
        阅读次数 浏览次数 点击数 点击次数 点击率 点击量 访问量 访问次数 人气 阅读 浏览 已阅 阅读量
        浏览量 点击 阅读数 浏览数 查看 查看次数 查看数 热度 阅读人次 浏览人次 点阅 人气指数 被阅读
        被浏览 访问 访问数 点击率数 文章点击数 已浏览 已阅读 流览 流览次数 围观 阅览次数 阅览
        关注度 关注 点击人次 点击阅读 播放次数 观看次数
        """,
    "column": """
        栏目 所属栏目 类别 分类 频道 信息分类 信息类别 所属分类 文章分类 栏目名称 所在栏目 所属类别
        """,
    "photo": """
        摄影 图片 摄影师 摄 图 制图 图文 绘图 摄像 视频 配图 图源 图片来源 题图 漫画 配音
        """,
    "index_number": "索引号 信息索引号 索取号",
    "number": """
        发文字号 文号 文件编号 文件号 发文文号 公文字号 公文文号 字号编号 文件字号
        """,
    "topics": "主题词 关键词 关键字 标签 主题 关键 TAG TAGS Tags Tag tags tag",
    "classification": """
        主题分类 信息主题分类 公开类别 体裁分类 组配分类 主题类别 服务对象分类
        """,
    "validity": "有效性 是否有效 文件有效性 效力状态 时效性 效力 文件状态 有效状态",
    "name": "标题 文章标题 信息名称 文件名称 名称 信息标题 新闻标题",
    "place": """
        当前位置 您的位置 你的位置 您当前的位置 您现在的位置 当前页面 现在位置 所在位置
        您所在的位置 位置 您现在所在的位置 当前所在位置 你现在的位置 您当前位置 你所在的位置
        您的当前位置 目前位置 现在的位置 你当前的位置 当前所在的位置 所在页面 导航 您所处的位置
        您目前的位置
        """,
    "noise": """
        字号 字体 字体大小 文字大小 大小 打印 关闭 收藏 分享到 分享 分享至 评论 评论数 回复 跟帖
        我要评论 我要分享 点赞 推荐 转发 扫一扫 网址 链接 原文链接 地址 电话 邮箱 传真 邮编 联系人
        联系电话 语言 颜色 背景 背景色 视力保护色 保护视力色 繁体 手机版 阅读方式 阅读模式 选择字号
        选择背景色 调整字号 字号调整 顶 踩 微信 微博 评分 文章id id 编号 页数 附件 附件下载
        相关链接 相关附件 上一篇 下一篇 上一条 下一条 字数
        """,
}
LABELS = {label: field for field, labels in _FIELDS.items() for label in labels.split()}
_LONGEST = max(map(len, LABELS))
# Labels too short or too common in prose to count without a colon.
_NEED_COLON = words(
    """
    时间 日期 发布 发表 更新 文 图 摄 记者 主题 关键 名称 标题 投稿 上传 整理 责任人 来自 供稿
    统筹 编审 签发 审核 一审 二审 三审 编辑 视频 图片 文字 位置 导航 大小 顶 踩 地址 推荐 访问
    关注 查看 有效期 分类 类别 原创 撰写 执笔 主编 监制 校对 发稿 媒体 执行日期
    """
)


def label_before(folded: str, end: int, start: int = 0) -> tuple[str, int] | None:
    """The longest label that ends at ``end``: its field and where it begins; None for none."""
    word, gaps, open_gap = "", 0, False
    best: tuple[str, int] | None = None
    for index in range(end - 1, max(start, end - 3 * _LONGEST - 30) - 1, -1):
        char = folded[index]
        if char in (" ", SOFT):
            open_gap = bool(word)
            continue
        if char == BLANK:
            continue
        if char in ":|\n\t" or len(word) == _LONGEST:
            break
        gaps += open_gap
        open_gap = False
        word = char + word
        # Labels are set wide as a whole (来 源), never in one place: 信息 日期 is two words.
        if gaps in (0, len(word) - 1) and word in LABELS:
            best = (LABELS[word], index)
    return best


def label_itself(folded: str) -> str:
    """The field this text is the label of, where it is nothing but a label; else empty."""
    word = bare(folded).strip("[]【】()|·•-:")
    if word in _NEED_COLON and not folded.rstrip(" \0\x1f】])").endswith(":"):
        return ""
    return LABELS.get(word, "")
