"""Names of outlets and persons, and what is none."""

from __future__ import annotations

import pytest

from crawler.pages.names import outlet_name, person_names
from crawler.pages.surnames import apart, is_person


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("张三", "张三"),
        ("本报记者 张三 通讯员 李四", "张三、李四"),
        ("王　明", "王明"),
        ("王乐文 方 敏", "王乐文、方敏"),
        ("半月谈记者谭飞王艳明闫鹃", "谭飞、王艳明、闫鹃"),
        ("Liang Jun、区月明", "Liang Jun、区月明"),
        ("张(zhāng)三", "张三"),
        ("钟才文", "钟才文"),
        ("欧阳予墨", "欧阳予墨"),
        ("管理员", ""),
        ("admin", ""),
        ("", ""),
        ("来源", ""),
    ],
)
def test_persons(value: str, names: str) -> None:
    assert person_names(value) == names


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("人民网", "人民网"),
        ("【人民网】", "人民网"),
        ("人民网：", "人民网"),
        ("光明网-《光明日报》", "光明网-《光明日报》"),
        ("塞上住建 【", "塞上住建"),
        ("http://www.example.cn/", ""),
        ("未知", ""),
        ("2019", ""),
        ("这是一个完整的句子。不是名字", ""),
    ],
)
def test_outlets(value: str, name: str) -> None:
    assert outlet_name(value) == name


def test_a_run_of_names_comes_apart() -> None:
    assert apart("谭飞王艳明闫鹃") == ["谭飞", "王艳明", "闫鹃"]
    assert apart("全面加强党建引领") == []


def test_words_are_no_persons() -> None:
    assert is_person("张三")
    assert is_person("欧阳修远")
    assert not is_person("时政")
    assert not is_person("物业")
    assert not is_person("张三李四")
