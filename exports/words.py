"""What the columns of a dataset are, in Chinese and English, for cards and schemas."""

from __future__ import annotations

# One line a column: name, Chinese, English, separated by |. Articles and their texts first.
_COLUMNS = """
id|在该档案库中的编号|number in the archive it comes from
key|永久标识，各档案库一致|identifier, the same in every archive
source|来源栏目|the column it was found in
title|标题（已修复）|title, repaired
published|发布日期|date of publication
published_day|发布日期（精确到日者）|date of publication, where the day is known
published_precision|日期精度（minute 分、day 日、month 月、year 年）|how exact the date is
published_origin|日期依据（元数据、标签、网址、列表……）|what told the date
year|发布年份|year of publication
outlet|文章注明的出处（来源）|the outlet named on the page
author|作者|author
editor|责任编辑|editor
column_name|栏目|column
organisation_kind|发布单位类别（association 协会、government 政府、news 媒体）|kind of publisher
region|行政区划代码（GB/T 2260）|administrative code
document_number|发文字号|document number
issuer|发布机构|issuing body
body_kind|正文形式（text 文字、attachment 附件、image 图片、video 视频、external 外链）|its form
characters|正文字数|characters in the body
script|原页面字体（hans 简体、hant 繁体、mixed 混用）|script of the page as read
damage|转换损坏类别（A 字节插入拼音、B 重复拼音、wreck 无法修复、unsure 存疑）|family of damage
trust|修复后可信度，1 为每处确定|how far the repaired text can be trusted, 0 to 1
read_count|阅读次数（抓取时）|read counter when fetched
state|状态（present 在线、withdrawn 已撤）|whether the site still has it
revisions|修订次数|number of wordings seen
title_traditional|标题（繁体）|title in Traditional Chinese
title_original|原页面标题（与标题不同时）|title as read, where it differs
url|原文网址|address of the page
wording|文字指纹，标点与字体不计|fingerprint of the wording
first_seen|首次收录时间（UTC）|first seen
last_seen|最近确认时间（UTC）|last seen
kicker|肩题|kicker
subtitle|副题|subtitle
breadcrumb|所在位置|breadcrumb
body|正文（已修复，一段一行）|reading text, a paragraph a line
body_original|原页面正文（与正文不同时）|body as read, where it differs
markdown|正文（保留标题、列表、表格）|body as Markdown
index_number|索引号|index number
signed|成文日期|date of signing
in_force|施行日期|date of effect
topics|主题词|topics
classification|分类|classification
validity|有效性|validity
attachments|附件（只记网址）|files named in the article
images|图片（只记网址）|pictures named in the article
addresses|发现该文的所有网址|every address it was found under
history|先后出现的各种文字|its wordings, one after the other
article|文章的永久标识|key of the article
position|次序|position
name|名称|name
type|类型|type
caption|图注|caption
number|第几次|number
kind|类别|kind
organisation|发布单位|organisation
start|列表网址|address of the listing
terms|网站的使用条款|what the site says about the use of its texts
articles|本数据集中的文章数|articles in this dataset
month|发布月份（unknown 为日期不明）|month of publication, or unknown
listed|列表列出的文章网址数|article addresses the listing named
fetched|已抓取|fetched
refused|不可取（不存在、限会员、被拒）|not to be had: gone, members only, refused
missing|尚缺（失败或待取）|missing: failed or not yet fetched
file|文件|file
"""


def describe(name: str) -> tuple[str, str]:
    """What a column is, in Chinese and in English; the name itself where nobody said."""
    return _KNOWN.get(name, (name, name))


_KNOWN = {
    name: (chinese, english)
    for name, chinese, english in (line.split("|") for line in _COLUMNS.strip().splitlines())
}
