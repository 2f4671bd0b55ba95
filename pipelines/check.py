"""Is this an article at all? Refuses empty pages, error pages, pages of links and wrecks."""

from __future__ import annotations

import re

from model.article import Article, Refusal

_LITTLE = 80  # letters; a page that says no more than this may say that there is no article

_ABSENT = (
    r"(?:该|此|本|您(?:要)?(?:访问|查看|浏览|查找|请求)的|你(?:要)?(?:访问|查看|浏览)的)?"
    r"(?:信息|文章|页面|网页|内容|文档|新闻|栏目|链接|资源|数据|记录)"
)
_GONE = re.compile(
    rf"{_ABSENT}(?:可能)?(?:已经?|已被|不|未)(?:被|经)?(?:存在|找到|删除|下线|下架|失效|撤销|移除|过期)"
    r"|(?:找不到|没有找到|无法找到|未找到)(?:该|此|相关|您\w{0,4}的)?(?:页面|文章|信息|网页|内容|文件|资源|记录)"
    r"|(?:暂无|没有)(?:相关|任何)?(?:信息|内容|数据|记录|文章)|404notfound|pagenotfound|^404$|参数错误|系统错误"
)
_RESTRICTED = re.compile(
    r"(?:没有|无)(?:查看|阅读|访问|浏览)?的?权限|无权(?:查看|访问|浏览)|请先?登录|登录后(?:才能|方可|可)?(?:查看|阅读|浏览)"
    r"|(?:仅限|只有)\w{0,4}会员|会员(?:专享|可见|登录)"
)
# What error pages say besides.
_AROUND = re.compile(
    r"\d+秒后|自动跳转|自动返回|(?:点击|请)?返回\w{0,2}(?:首页|上一页|主页)|关闭(?:窗口|本页)?|对不起|很?抱歉|错误|提示|温馨|信息"
    r"|请?(?:联系|与)?(?:网站)?管理员(?:联系)?|稍后再试|首页|返回|谢谢|或者?|已|请|您"
)
_NOT_LETTERS = re.compile(r"[\W_]+")

_MENU = re.compile(
    "(?:网站|返回)?首页|更多|[上下]一?[页篇]|[尾末]页|(?:关于|联系)我们|网站地图|友情链接|(?:会员)?(?:登录|注册)"
    "|设为首页|加入收藏|收藏本站|(?:站内)?搜索|新闻(?:中心|动态)|通知公告|政策法规|行业(?:动态|资讯)"
    "|协会(?:动态|概况)|会员(?:之家|服务)|(?:下载|资料)(?:中心|下载)|在线留言|专题专栏|公示公告|人才招聘"
    "|(?:法律|版权|隐私)声明|无障碍浏览|[繁简]体|English|手机版|返回顶部|打印|关闭|分享到"
)
_DATED = re.compile(r"[\[(（]?(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?[\])）]?$|^\d+$")
_SENTENCE = re.compile(r"[。；！？;!?]|[，,：:].{8}")
_MANY = 8  # lines


def check_article(article: Article) -> Article | Refusal:
    """The same article, or a Refusal: empty, gone, restricted, navigation or damaged.

    An article whose body is a file, a picture, a film or a page elsewhere is one; so is a
    notice of one sentence. Expects Simplified text.
    """
    text = article.text
    letters = _NOT_LETTERS.sub("", text)
    carried = article.attachments or article.images or article.body_kind != "text"
    if not letters and not carried:
        return Refusal("empty", "neither text nor attachment nor image")
    if not letters and not article.title.strip():
        return Refusal("empty", "neither title nor text")
    said = _NOT_LETTERS.sub("", article.title) + letters
    if not carried and len(said) <= _LITTLE:
        for reason, pattern in (("gone", _GONE), ("restricted", _RESTRICTED)):
            found = pattern.search(letters.casefold())
            if found is not None and _nothing_else(letters.casefold(), pattern):
                return Refusal(reason, f"the page says {found[0]}")
    if text.count("\ufffd") > len(letters):
        return Refusal("damaged", "more than half of the characters are lost")
    if not carried and _is_menu(text):
        return Refusal("navigation", "links of menus or a list of articles, no sentence")
    return article


def _nothing_else(letters: str, pattern: re.Pattern[str]) -> bool:
    """Whether a page says that and hardly anything besides."""
    return len(_AROUND.sub("", pattern.sub("", letters))) <= 12


def _is_menu(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < _MANY or "\t" in text:
        return False
    if sum(_SENTENCE.search(line) is not None for line in lines) * 20 > len(lines):
        return False
    words = sum(_MENU.fullmatch(line.strip("·•|>» ")) is not None for line in lines)
    dated = sum(_DATED.search(line) is not None for line in lines)
    return words * 2 > len(lines) or dated * 5 > len(lines) * 4
