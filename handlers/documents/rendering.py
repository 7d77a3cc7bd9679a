"""Facts and a template make a document; nothing a person wrote is read as a template."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from handlers.documents.context import AbsentFieldError, build
from handlers.documents.errors import TemplateFieldError, TemplateUnreadableError
from handlers.documents.plain_text import for_template
from handlers.documents.spreading import spread
from handlers.documents.template_files import template_file

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from _typeshed import DataclassInstance

    from handlers.desk import Clearance
    from handlers.documents.chart_facts import Chart

UNREADABLE = (BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError)
COMPUTING = (TypeError, ValueError, ArithmeticError, RecursionError, LookupError)
TITLE_LIMIT = 255
TEXT_WIDTH = Mm(156)


class _CheckedTemplate(DocxTemplate):  # type: ignore[misc] # the library has no types
    """A template whose result must be whole: the library repairs broken XML by dropping text."""

    def fix_tables(self, xml: str) -> Any:
        parse_xml(xml)
        tree = super().fix_tables(xml)
        spread(tree)
        return tree

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        """Leave the properties alone: they are set after rendering, without a template."""


class _DescribedImage(InlineImage):  # type: ignore[misc] # the library has no types
    """A chart in the text, as wide as the text, with its alternative for who cannot see it."""

    def __init__(self, template: DocxTemplate, chart: Chart) -> None:
        super().__init__(template, BytesIO(chart.png), width=TEXT_WIDTH)
        self.description = for_template(chart.alternative)

    def _insert_image(self) -> str:
        written = str(super()._insert_image())
        return written.replace("<wp:docPr ", f'<wp:docPr descr="{self.description}" ', 1)


def render(
    template_name: str,
    facts: DataclassInstance,
    *,
    templates: Path | None,
    clearance: Clearance,
) -> bytes:
    """Make the docx of these facts, for a door the pointer version.

    Args:
        template_name: the file's name without its ending: notice, feedback, ...
        facts: one of the frozen dataclasses of this package, or one made like them.
        templates: the home's folder of edited templates; None where there is none.
        clearance: of the door the document will travel on; intranet for the archive.

    Raises:
        DocumentError: a field is empty, the template is missing or broken, or the door is closed.
    """
    title = str(getattr(facts, "document_title", template_name))
    path = template_file(template_name, title, templates, clearance)
    template = _open(path)
    context = build(facts, clearance, lambda chart: _DescribedImage(template, chart))
    _fill(template, path, title, context)
    template.core_properties.title = title[:TITLE_LIMIT]
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _open(path: Path) -> DocxTemplate:
    template = _CheckedTemplate(BytesIO(path.read_bytes()))
    try:
        template.init_docx()
    except UNREADABLE as error:
        raise TemplateUnreadableError(path, "不是完整的 docx 文件") from error
    return template


def _fill(template: DocxTemplate, path: Path, title: str, context: dict[str, object]) -> None:
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        template.render(context, environment, autoescape=True)
    except AbsentFieldError as error:
        raise TemplateFieldError(path, title, error.name) from error
    except UndefinedError as error:
        raise TemplateFieldError(path, title, _undefined_name(error)) from error
    except TemplateSyntaxError as error:
        reason = f"占位符写法有误（{error.message}，在“{_near(error)}”附近）"
        raise TemplateUnreadableError(path, reason) from error
    except SecurityError as error:
        raise TemplateUnreadableError(path, "占位符要做模板不允许的事") from error
    except (TemplateError, *COMPUTING) as error:
        raise TemplateUnreadableError(path, f"占位符无法计算（{error}）") from error
    except SyntaxError as error:
        # lxml's fault of malformed XML is a SyntaxError
        reason = "填写后的内容不完整，循环或条件的首尾没有放在成对的段落或表格行里"
        raise TemplateUnreadableError(path, reason) from error


def _undefined_name(error: UndefinedError) -> str:
    quoted = re.findall(r"'([^']+)'", str(error))
    return quoted[-1] if quoted else str(error)


def _near(error: TemplateSyntaxError) -> str:
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    written = " ".join(line for line in lines if "{" in line or "}" in line)
    return written[:60] if written else f"第{error.lineno}段"
