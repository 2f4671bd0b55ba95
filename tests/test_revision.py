"""What a changed wording means."""

from __future__ import annotations

import pytest

from pipelines.revision import Wording, doubt, kind

BODY = (
    "近日，清河市出台物业服务评价办法，要求各区于9月底前完成第一轮评议。\n"
    "评议由街道组织，业主代表不少于三分之二，结果在小区公示栏公开七日。\n"
    "对连续两年不合格的企业，由行业协会约谈，并通报住建部门。企业可以申请复核。\n"
    "小区\t户数\t得分\n望江苑\t620\t91\n竹林里\t480\t88\n"
    "责任编辑：王小明"
)
OLD = Wording("清河市评议物业服务", BODY, ("评议表.doc",), ("http://q.test/P1.doc",))
FILES = (OLD.attachments, OLD.files)
MOVED = "\n".join([*BODY.split("\n")[1:3], BODY.split("\n")[0], *BODY.split("\n")[3:]])


def changed(before: str, after: str) -> Wording:
    assert before in BODY
    return Wording(OLD.title, BODY.replace(before, after), *FILES)


def added(text: str) -> Wording:
    return Wording(OLD.title, f"{BODY}\n{text}", *FILES)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (changed("，要求", ",要求"), "typographic"),
        (changed("物业服务评价办法", "“物业服务评价办法”"), "typographic"),
        (changed("公示栏", "公式栏"), "typographic"),
        (changed("通报", "通告"), "typographic"),
        (changed("9月底", "10月底"), "substantive"),
        (changed("620", "630"), "substantive"),
        (changed("不少于", "少于"), "substantive"),
        (changed("不合格", "合格"), "substantive"),
        (changed("可以申请", "应当申请"), "substantive"),
        (changed("三分之二", "三分之一"), "substantive"),
        (changed("七日", "七个工作日"), "substantive"),
        (changed("由行业协会约谈，并通报住建部门", "依法列入失信名单"), "substantive"),
        (
            changed("望江苑\t620\t91\n竹林里\t480\t88", "滨河园\t310\t77\n石桥坊\t205"),
            "substantive",
        ),
        (Wording(OLD.title, MOVED, *FILES), "substantive"),
        (changed("王小明", "李小红"), "boilerplate"),
        (changed("\n责任编辑：王小明", "\n责任编辑：王小明\n审核：李小红"), "boilerplate"),
        (added("扫一扫在手机打开"), "boilerplate"),
        (added("同时公布投诉渠道和办理时限。"), "substantive"),
        (added("业主可以扫一扫小区公示栏的二维码投诉。"), "substantive"),
        (changed("企业可以申请复核。", "企业可以申请复核，整理材料报市局审核。"), "substantive"),
        (Wording(OLD.title, BODY, ("评议表（新）.doc",), OLD.files), "attachment"),
        (Wording(OLD.title, BODY, OLD.attachments, ("http://q.test/P2.doc",)), "attachment"),
        (Wording("清河市暂停评议物业服务", BODY, *FILES), "substantive"),
        (Wording("清河市评仪物业服务", BODY, *FILES), "typographic"),
    ],
)
def test_the_gravest_part_names_the_change(new: Wording, expected: str) -> None:
    assert kind(OLD, new) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("浏览次数：128", "浏览次数：4096"),
        ("阅读 12 次", "阅读 13 次"),
        ("点击数：[3]", "点击数：3,001"),
        ("您是第264751位访客", "您是第264752位访客"),
        ("发布日期：2026-08-16 阅读次数:1008", "发布日期：2026-08-16 阅读次数:1009"),
        ("今天是2026年11月24日 星期二", "今天是2026年11月25日 星期三"),
        ("2026年11月24日 星期二", "2026年11月25日 星期三"),
        ("清河 多云 12℃~20℃ 北风3级", "清河 小雨 8℃~11℃"),
        ("上一篇：清河市召开座谈会", "上一篇：云溪市推行新规"),
        ("下一条：没有了", "下一条：青陵市发布白皮书"),
        ("相关阅读\n清河市召开座谈会\n云溪市推行新规", "相关阅读\n青陵市发布白皮书"),
        ("热门文章：\n一\n二", "热门文章：\n三"),
        ("", "浏览量：7"),
    ],
)
def test_what_is_another_on_every_visit_is_no_revision(before: str, after: str) -> None:
    assert kind(added(before), added(after)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("阅读活动参加人数：1200人次，比上年增加。", "阅读活动参加人数：1500人次，比上年增加。"),
        ("室温低于18℃的，供热单位应当退费。", "室温低于16℃的，供热单位应当退费。"),
        ("本办法自2026年9月1日起施行。", "本办法自2026年10月1日起施行。"),
        ("第3位代表发言。", "第4位代表发言。"),
    ],
)
def test_numbers_that_are_written_are_not_taken_for_counters(before: str, after: str) -> None:
    assert kind(added(before), added(after)) == "substantive"


def test_a_file_under_another_host_or_query_is_the_same_file() -> None:
    twin = Wording(OLD.title, BODY, OLD.attachments, ("https://www.q.test/p1.doc?v=2",))
    assert kind(OLD, twin) is None
    dynamic = ("http://q.test/download?id=3",)
    served = Wording(OLD.title, BODY, OLD.attachments, dynamic)
    again = Wording(OLD.title, BODY, OLD.attachments, ("http://q.test/download?id=4",))
    assert kind(served, again) is None


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (Wording(OLD.title, BODY[:60]), "truncated"),
        (Wording(OLD.title, "\n".join(BODY.split("\n")[2:])), "truncated"),
        (Wording(OLD.title, ""), "emptied"),
        (changed("公示栏", "公\ufffd栏"), "worse decoded"),
        (changed("公示栏", "公??栏"), "worse decoded"),
        (Wording("系统维护", "请稍后再试。"), "another page stands in its place"),
        (Wording(OLD.title, BODY + "\n补充一段。", dated=False), "fields lost"),
        (changed("公示栏", "公告栏"), None),
        (Wording(OLD.title, BODY + "\n补充一段。"), None),
        (Wording(OLD.title, "全文撤换为一段说明。"), None),
        (Wording(OLD.title, "", ("全文.pdf",)), None),
        (changed("责任编辑：王小明", ""), None),
    ],
)
def test_a_worse_reading_never_replaces_a_better_one(new: Wording, expected: str | None) -> None:
    assert doubt(OLD, new) == expected
