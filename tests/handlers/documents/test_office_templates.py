from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document

from handlers.documents.drawing.__main__ import draw
from handlers.documents.errors import TemplateFieldError, TemplateUnreadableError
from handlers.documents.rendering import render
from handlers.documents.template_files import SHIPPED, shipped_names
from tests.support.docx_text import lines
from tests.support.papers import NOTICE, NUMBER, ORAL_PROMPT

if TYPE_CHECKING:
    from pathlib import Path


def office_template(folder: Path, *paragraphs: str, name: str = "notice.docx") -> Path:
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.save(str(folder / name))
    return folder


def rendered(folder: Path) -> bytes:
    return render("notice", NOTICE, templates=folder, clearance="intranet")


def test_a_copy_in_the_offices_folder_wins_over_the_shipped_template(tmp_path: Path) -> None:
    office_template(
        tmp_path, "本院样式 {{ 文号 }}", "{%p for 条 in 问题 %}", "{{ 条.编号 }}", "{%p endfor %}"
    )

    assert lines(rendered(tmp_path)) == [f"本院样式 {NUMBER}", "A02", "A05"]


def test_an_empty_list_can_be_asked_for_counted_and_looped_over(tmp_path: Path) -> None:
    folder = office_template(
        tmp_path, "{% if 附件 %}有{% endif %}{% for 件 in 附件 %}x{% endfor %}{{ 附件|length }}"
    )
    facts = replace(NOTICE, attachments=())

    assert lines(render("notice", facts, templates=folder, clearance="intranet")) == ["0"]


def test_papers_without_a_copy_keep_the_shipped_template(tmp_path: Path) -> None:
    office_template(tmp_path, "本院样式")

    document = render("oral_prompt", ORAL_PROMPT, templates=tmp_path, clearance="intranet")

    assert "流程监控口头提示记录" in lines(document)


def test_an_empty_folder_or_none_at_all_means_the_shipped_templates(tmp_path: Path) -> None:
    assert "案件流程监控通知书" in lines(rendered(tmp_path / "absent"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 文号", "占位符写法有误"),
        ("{% for 条 in 问题 %}{{ 条.编号 }}", "占位符写法有误"),
        ("{{ 问题 + 1 }}", "占位符无法计算"),
        ("{{ 1 / 0 }}", "占位符无法计算"),
        ("{{ 文号.__class__.__mro__ }}", "占位符要做模板不允许的事"),
        ("{{ 文号|没有这个过滤器 }}", "占位符写法有误"),
    ],
)
def test_a_bad_placeholder_is_one_sentence_that_names_the_file(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(TemplateUnreadableError) as error:
        rendered(office_template(tmp_path, text))

    assert str(error.value).startswith("模板 notice.docx 无法使用：")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{{ 承办人手机 }}", "承办人手机"),
        ("{% for 条 in 问题 %}{{ 条.体重 }}{% endfor %}", "体重"),
        ("{{ 抄送 }}", "抄送"),
        ("{{ 抄送|upper }}", "抄送"),
    ],
)
def test_a_field_the_paper_does_not_have_is_named_and_never_left_blank(
    tmp_path: Path, text: str, field: str
) -> None:
    with pytest.raises(TemplateFieldError) as error:
        rendered(office_template(tmp_path, text))

    assert f"模板 notice.docx 要用“{field}”" in str(error.value)


def test_a_loop_that_tears_paragraphs_apart_is_refused_and_not_repaired(tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("前{% if 草稿 %}")
    paper.add_table(rows=1, cols=1).cell(0, 0).text = "x{% endif %}"
    paper.save(str(tmp_path / "notice.docx"))

    with pytest.raises(TemplateUnreadableError, match="首尾没有放在成对的段落"):
        rendered(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a docx", b"PK\x03\x04broken"])
def test_a_file_that_is_no_docx_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notice.docx").write_bytes(content)

    with pytest.raises(TemplateUnreadableError, match="不是完整的 docx 文件"):
        rendered(tmp_path)


def test_a_zip_that_is_no_document_is_one_sentence(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "notice.docx", "w") as other:
        other.writestr("readme.txt", "x")

    with pytest.raises(TemplateUnreadableError, match="不是完整的 docx 文件"):
        rendered(tmp_path)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    draw(folder)
    return folder


def test_every_drawn_template_is_shipped(drawn: Path) -> None:
    assert tuple(sorted(path.name for path in drawn.iterdir())) == shipped_names()


@pytest.mark.parametrize("name", shipped_names())
def test_the_shipped_templates_are_those_the_script_draws(name: str, drawn: Path) -> None:
    with ZipFile(drawn / name) as new, ZipFile(SHIPPED / name) as shipped:
        parts = {part: shipped.read(part) for part in shipped.namelist()}

        assert {part: new.read(part) for part in new.namelist()} == parts
