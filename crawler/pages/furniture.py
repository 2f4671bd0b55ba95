"""Lines that belong to the page and not to the article: tails, tools, footers, breadcrumbs."""

from __future__ import annotations

import re

from .labels import BLANK, SOFT, fold
from .words import either

_OPENING = r"^[\s·•|>\-【\[(<*■●◆▲※★☆→◎『「《]*"
_KINDS = either(
    """
    相关 延伸 推荐 热门 更多 猜你 精彩 关联 同类 往期 近期 最新 热点 编辑 大家 今日 本周 图片 视频
    栏目 热文 本类 站内 专题
    """
)
_THINGS = either(
    """
    链接 新闻 文章 报道 阅读 推荐 信息 资讯 内容 喜欢 专题 解读 文件 稿件 评论 主题 搜索 图片 视频
    热点 焦点 政策 资料 附件 话题 帖子 排行 关注 都在看 点击 微博 热评 精选
    """
)
_INVITING = either(
    """
    猜你 您可能 你可能 大家都在 看过本文 看了本文 读过此文 其他人也在 看了又看 往期回顾 往期推荐
    换一换 展开全文 展开阅读全文 加载更多 查看更多 扫一扫 扫码 扫描 微信扫 用微信 手机扫 长按
    关注我们 欢迎关注 点击关注 打开微信 手机看 使用微信 选择看完这篇 请选择您看到 看完这篇 看完此
    您看完 阅读本文后 阅读此文后 您的心情 新闻表情 心情 上一主题 下一主题 已有帐号 匿名发表 验证码
    注册 登录
    """
)
_PLACES = either(
    r"""
    本页 本文 此页 此文 窗口 页面 顶部 列表 首页 上页 上一页 上级 栏目 该页 本站 频道
    + 】 \] \) \|
    """
)
_SPEAKING = either("评论 留言 点评 纠错 打印 分享 跟帖 收藏 反馈 投稿 举报 回应 提问")
_TAIL = re.compile(
    _OPENING
    + rf"""(?:
      [上下前后]一?[篇条则页章](?:文章|新闻|信息|公告|资讯|:|\b|】|\s|$)
    | {_KINDS}的?{_THINGS}\s*(?:[:>】\]）(》」』→]|$|\s|\+|more)
    | 更多.{{0,8}}(?:新闻|内容|资讯|文章)$
    | {_INVITING}
    | 关注.{{0,12}}公众号
    | (?:分享|转发|收藏|转载)(?:[到至给:此\s]|本文|按钮|这篇|$)
    | \W*(?:打印|关闭|返回|收藏)(?:{_PLACES}|$)
    | (?:我要|网友|发表|最新|热门|查看|用户|文章|精彩|参与|全部|相关){_SPEAKING}
    | 评论(?:列表|\(|\s*\d|区|:|$) | 跟帖 | 已有\s*\d+\s*[位条人] | 回复\s*\d*$
    | .{{0,4}}\d+\s*条(?:评论|留言) | 共有?\s*\d+\s*[条人] | \d+\s*(?:人参与|条评论)
    | 返回(?:顶部|首页|列表|上页|上级) | 回到?(?:顶部|首页) | TOP$
    | (?:版权|免责|特别|郑重|法律|重要|网站)(?:声明|提示|说明|所有) | 声明: | 风险提示:
    | 凡(?:本|注明|.{{0,10}}注明).{{0,20}}(?:来源|网|作品|稿件) | 本网(?:注明|站) | 本文仅代表
    | 以上(?:内容|文章|信息).{{0,15}}(?:仅|不代表|来自|来源) | 未经(?:授权|许可|书面|本)
    | .{{0,8}}(?:转载|刊登|登载)(?:此文|本文|目的|请注明|须注明|出于)
    | (?:标签|关键词|关键字|tags?|主题词)\s*: | 文章(?:关键词|标签|评论|评分)
    | (?:点赞|踩一下|顶一下|我顶|有用|没用|赞|喜欢|打赏|赞赏)\s*(?:\(|\d|$|\+|一下)
    | copyright | 版权所有 | [主承]办(?:单位)?: | 技术支持 | 网站标识码 | .?ICP备 | .{{0,4}}公网安备
    | 备案 | 建议使用 | 网站地图 | 联系我们 | 关于我们 | 设为首页 | 友情链接 | 用户名\s*:
    | (?:加入|参加|进入).{{0,8}}(?:讨论|论坛|贴吧|社区|群)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TOOL = either(
    """
    打印 关闭 收藏 返回 分享 字号 字体 评论 复制 纠错 转发 投稿 下载 举报 点赞 回到顶部 返回顶部
    放大 缩小 默认 正常 大 中 小 窗口 本页 本文 朗读 保存 推荐 订阅 顶部 首页 A[+] A-
    """
)
_TOOLS = re.compile(rf"^(?:[\s\[\]【】()|·:/]*(?:我要)?{_TOOL}[\s\[\]【】()|·:/]*){{2,}}$")
_CREDIT = re.compile(
    _OPENING
    + "(?:文章|信息|本文|网站|网络|新媒体|本期|值班|见习|实习|执行)?(?:责任)?"
    + either(
        """
        责编 编辑 编缉 录入 审核 校对 监制 编审 签发 责校 初审 复审 终审 一审 二审 三审 主编 总监制
        统筹
        """
    )
    + r"\s*(?:人|者)?\s*[:/|丨]"
)
_RIGHTS = re.compile(
    either(
        r"""
        copyright © 版权所有 all+rights+reserved all+right+reserved ICP备 ICP证 公网安备 网安备
        备案号 备案序号 网站标识码 技术支持: 设为首页 加入收藏 您是第 位访客 最佳浏览
        许可证(?:编?号|[:\d(])
        """
    ),
    re.IGNORECASE,
)
_FOOT = re.compile(
    either(
        """
        主办单位 承办单位 制作单位 联系我们 关于我们 网站地图 网站声明 友情链接 举报电话 热线电话
        客服热线 分辨率 访问人数 建议使用 邮政编码 地址: 电话: 传真: 经营许可 违法和不良 版权声明
        隐私 技术支持
        """
    )
)
_PLACE = re.compile(
    r"(?:当前|现在|所在|所处|目前|你的|您的|您)的?(?:位置|页面|位于)|^\s*位置\s*:|您正在|导航\s*:"
    r"|首页\s*(?:>|»|›|→|/|-|\\|::|－|—)|[>»›/]\s*正文\s*$"
)
_ENDING = re.compile(
    r"^\s*[(\[【（]?\s*(?:全文完|完|本文完|end|the end|本篇完)\s*[)\]】）]?\s*$", re.IGNORECASE
)
_PAPER = re.compile(
    r"^\s*《[^《》]{2,16}》\s*\(\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[^)]{0,12}版\s*\)\s*$"
)
_COUNTER = re.compile(
    r"^\W*(?:本文|文章|该文|本页|此文)?\s*(?:共|已|总|被)*\s*(?:阅读|浏览|点击|访问|查看|阅览)"
    r"(?:次数|人次|人数|数|量|率)?\W{0,4}\d*\s*(?:次|人次|人)?\W*$"
)
# Each piece is taken whole, so that a long line is given up at once.
_PAGE_PIECES = (
    r"(?>第?\d+/\d+页?|[上下前后尾首末第]\s*一?\s*页|\d{1,3}|[\[(【]\s*\d{1,3}\s*[\])】]|共\s*\d+\s*页"
    r"|本文共?分?|[<>«»‹›|.…\-/]+|全文(?:阅读)?|在本页阅读全文|余下全文|\s+)*"
)
_PAGES = re.compile(rf"(?=.){_PAGE_PIECES}(?:本文(?:导航|共).{{0,12}})?{_PAGE_PIECES}$")


_LONGEST = 160  # signs that are looked at; what a line is shows at its beginning


def tail(line: str) -> bool:
    """Whether what stands here, and all after it, is no longer the article."""
    return _TAIL.match(_folded(line[:_LONGEST])) is not None or tools(line)


def tools(line: str) -> bool:
    """Whether a line is a row of the page's buttons: 【打印】【关闭】."""
    return len(line) <= 120 and len(folded := _folded(line)) <= 60 and bool(_TOOLS.match(folded))


def credit(line: str) -> bool:
    """Whether a line names editors or reviewers and nothing else."""
    folded = _folded(line[:_LONGEST])
    return len(folded) <= 60 and _CREDIT.match(folded) is not None


def footer(line: str) -> bool:
    """Whether a line may be of the page's foot: rights, record numbers, addresses, counters."""
    if len(line) > 400:
        return False
    folded = _folded(line)
    return _RIGHTS.search(folded) is not None or _FOOT.search(folded) is not None


def rights(line: str) -> bool:
    """Whether a line is of the page's foot beyond doubt: rights and record numbers."""
    return len(line) <= 400 and _RIGHTS.search(_folded(line)) is not None


def place(line: str) -> bool:
    """Whether a line says where in the site the reader is."""
    return len(line) <= 200 and _PLACE.search(_folded(line)) is not None


def paper(line: str) -> bool:
    """Whether a line only says in which paper, on which day and page, the text stood."""
    return len(line) <= 80 and _PAPER.match(_folded(line)) is not None


def counter(line: str) -> bool:
    """Whether a line only says how often the article was read."""
    return len(line) <= 40 and _COUNTER.match(_folded(line)) is not None


def numbers(line: str) -> bool:
    """Whether a line is a pager: page numbers and words such as 下一页."""
    return len(line) <= 120 and _PAGES.match(_folded(line)) is not None


def ending(line: str) -> bool:
    """Whether a line only says that the article ends."""
    return len(line) <= 20 and _ENDING.match(_folded(line)) is not None


def _folded(line: str) -> str:
    return fold(line).replace(BLANK, "").replace(SOFT, "")
