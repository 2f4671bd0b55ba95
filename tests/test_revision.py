"""What a changed wording means."""

from __future__ import annotations

import pytest

from pipelines.revision import Wording, doubt, kind

BODY = (
    "近日，清河市出台物业服务评价办法，要求各区于9月底前完成第一轮评议。\n"
    "评议由街道组织，业主代表不少于三分之二，结果在小区公示栏公开七日。\n"
    "对连续两年不合格的企业，由行业协会约谈，并通报住建部门。\n"
    "责任编辑：王小明"
)
OLD = Wording("清河市评议物业服务", BODY, ("评议表.doc",))


def changed(before: str, after: str) -> Wording:
    assert before in BODY
    return Wording(OLD.title, BODY.replace(before, after), OLD.attachments)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (changed("，要求", ",要求"), "typographic"),
        (changed("公示栏", "公式栏"), "typographic"),
        (changed("通报", "通告"), "typographic"),
        (changed("9月底", "10月底"), "substantive"),
        (changed("不少于", "少于"), "substantive"),
        (changed("三分之二", "三分之一"), "substantive"),
        (changed("由行业协会约谈，并通报住建部门", "依法列入失信名单"), "substantive"),
        (changed("王小明", "李小红"), "boilerplate"),
        (Wording(OLD.title, BODY + "\n扫一扫在手机打开", OLD.attachments), "boilerplate"),
        (
            Wording(OLD.title, BODY + "\n同时公布投诉渠道和办理时限。", OLD.attachments),
            "substantive",
        ),
        (Wording(OLD.title, BODY, ("评议表（新）.doc",)), "attachment"),
        (Wording("清河市暂停评议物业服务", BODY, OLD.attachments), "substantive"),
    ],
)
def test_the_gravest_part_names_the_change(new: Wording, expected: str) -> None:
    assert kind(OLD, new) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (Wording(OLD.title, BODY[:60]), "truncated"),
        (Wording(OLD.title, ""), "emptied"),
        (changed("公示栏", "公\ufffd栏"), "worse decoded"),
        (changed("公示栏", "公告栏"), None),
        (Wording(OLD.title, BODY + "\n补充一段。"), None),
        (Wording(OLD.title, "全文撤换为一段说明。"), None),
        (Wording(OLD.title, "", ("全文.pdf",)), None),
    ],
)
def test_a_worse_reading_never_replaces_a_better_one(new: Wording, expected: str | None) -> None:
    assert doubt(OLD, new) == expected
