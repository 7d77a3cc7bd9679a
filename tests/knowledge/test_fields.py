from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.fields import FieldRegistryError, load, registry

if TYPE_CHECKING:
    from pathlib import Path

TINY = """
case_types:
  - {name: 审查逮捕案件, stages: [审查逮捕], juvenile: false, aliases: [审查逮捕]}
fields:
  - {zh: 部门受案号, en: case_no, type: text, level: case, aliases: [受案号]}
  - {zh: 受理日期, en: accepted_date, type: date, level: case, aliases: [受理时间]}
derived:
  - field: 受理日期
    from:
      - {value: 空, when: 部门受案号 为空, step: 没有}
person_reports: []
code_map: {是否类: {Y: 是}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "fields.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("部门受案号", "部门受案号"),
        (" 承办人\u3000", "承办检察官"),
        ("备注(附件)", "备注"),
        ("备注（附件）", "备注"),
        ("完成／办结时间", "办结完成日期"),
        ("受理\n时间", "受理日期"),
        ("全案_审结日期", "全案审结日期"),
        ("审结日期", "决定日期"),
        ("证件号码", None),
    ],
)
def test_a_heading_is_known_by_any_synonym_and_width(heading: str, name: str | None) -> None:
    assert registry().canonical(heading) == name


def test_a_case_type_is_known_by_synonym_and_by_either_bracket() -> None:
    found = registry().case_type("审查逮捕(未检)")
    assert found is not None
    assert (found.name, found.stages, found.juvenile) == (
        "审查逮捕案件（未检）",
        ("审查逮捕",),
        True,
    )
    assert registry().case_type("没见过的案件") is None


def test_prosecution_cases_belong_to_two_stages() -> None:
    assert registry().case_types["一审公诉案件"].stages == ("审查起诉", "一审公诉")


def test_yes_and_no_fields_share_one_code_map() -> None:
    known = registry()
    assert known.codes("是否在押")["N"] == "否"
    assert known.codes("决定种类")["批捕"] == "批准逮捕"
    assert known.codes("案件名称") == {}


def test_derivations_are_kept_as_data() -> None:
    derivation = registry().derivations["退回补充侦查次数"]
    assert [source.value for source in derivation.sources] == [2, 1, 0]
    assert derivation.sources[0].when == "二次退查日期 非空"
    first = registry().derivations["收到案件材料日期"].sources[0]
    assert (first.field, first.when) == ("受理日期", None)
    assert "{值}" in first.step


def test_person_reports_name_what_tells_them_apart() -> None:
    arrest, prosecution = registry().person_reports
    assert (arrest.report, arrest.case_type) == ("010101", "审查逮捕案件")
    assert "提起公诉日期" in arrest.never_has
    assert "庭审程序" in prosecution.identify


def test_every_value_a_derivation_gives_is_one_the_field_allows() -> None:
    known = registry()
    for derivation in known.derivations.values():
        allowed = known.field(derivation.field).values
        given = {source.value for source in derivation.sources} - {None, "空"}
        assert not allowed or given <= set(allowed), derivation.field


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(FieldRegistryError, match="没有字段“不存在”"):
        registry().field("不存在")


def test_a_small_registry_loads(tmp_path: Path) -> None:
    known = load(written(tmp_path, TINY))
    assert known.canonical("受案号") == "部门受案号"
    assert known.derivations["受理日期"].sources[0].value == "空"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("aliases: [受理时间]", "aliases: [受案号]", "“受案号”有两个去处"),
        ("type: date", "type: day", "不认识"),
        ("level: case, aliases: [受理时间]", "level: all, aliases: []", "不认识"),
        ("en: accepted_date", "en: case_no", "同一英文名"),
        ("zh: 受理日期", "zh: 部门受案号", "写了两次"),
        ("field: 受理日期", "field: 无此栏目", "“无此栏目”不存在"),
    ],
)
def test_a_registry_that_contradicts_itself_is_refused(
    tmp_path: Path, before: str, after: str, fault: str
) -> None:
    assert before in TINY
    with pytest.raises(FieldRegistryError, match=fault):
        load(written(tmp_path, TINY.replace(before, after)))
