"""A sheet as official documents have it (GB/T 9704): margins, fonts, lines, footers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

BODY, TITLE, HEADING, QUOTED = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
PAGE_FONT = "宋体"
SUBSTITUTES = {
    BODY: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    TITLE: "方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC",
    HEADING: "SimHei,Noto Sans CJK SC,WenQuanYi Zen Hei",
    QUOTED: "楷体,KaiTi,STKaiti",
    PAGE_FONT: "SimSun,Noto Serif CJK SC",
}
LINE = Pt(28)
BODY_SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE = Pt(16), Pt(22), Pt(12), Pt(9)
INDENT_TWO = "200"
"""First-line indent in hundredths of a character."""

LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def sheet() -> Paper:
    """Return an empty A4 sheet with margins of 37, 35, 28 and 26 mm and the body's font."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(17)
    _set_style(cast("ParagraphStyle", paper.styles["Normal"]))
    _set_language(paper)
    _name_substitutes(paper)
    _compatible(paper)
    properties = paper.core_properties
    properties.author, properties.comments = "", ""
    for moment in ("created", "modified"):
        # the library's own template would date every paper to 2013
        element = properties._element.find(qn(f"dcterms:{moment}"))  # noqa: SLF001 - no way to remove
        properties._element.remove(element)  # noqa: SLF001
    return paper


def set_font(run: Run, font: str, size: Pt, *, bold: bool = False) -> Run:
    """Give a run a font for Chinese and Latin letters alike."""
    run.font.name, run.font.size, run.font.bold = font, size, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no other way to the East-Asian font
    return run


def write(
    paper: Paper,
    text: str,
    *,
    font: str = BODY,
    size: Pt = BODY_SIZE,
    align: WD_ALIGN_PARAGRAPH = BOTH,
    indent: bool = True,
) -> Paragraph:
    """Add a paragraph on the fixed lines, by default indented by two characters."""
    paragraph = paper.add_paragraph()
    set_font(paragraph.add_run(text), font, size)
    return shape(paragraph, align=align, indent=indent)


def shape(
    paragraph: Paragraph,
    *,
    align: WD_ALIGN_PARAGRAPH = BOTH,
    indent: bool = False,
    line: Pt = LINE,
    right_characters: int = 0,
) -> Paragraph:
    """Set alignment, fixed line height and indents of a paragraph."""
    layout = paragraph.paragraph_format
    layout.alignment = align
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, line
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = True
    if indent or right_characters:
        indents = paragraph._element.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - character units
        if indent:
            indents.set(qn("w:firstLineChars"), INDENT_TWO)
            indents.set(qn("w:firstLine"), str(2 * 16 * 20))
        if right_characters:
            indents.set(qn("w:rightChars"), str(right_characters * 100))
            indents.set(qn("w:right"), str(right_characters * 16 * 20))
    return paragraph


def title(paper: Paper, text: str, *, new_page: bool = False) -> Paragraph:
    """Add a title line: 22 pt, centred, kept with what follows."""
    paragraph = write(paper, text, font=TITLE, size=TITLE_SIZE, align=CENTRE, indent=False)
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = new_page
    return paragraph


def heading(paper: Paper, text: str) -> Paragraph:
    """Add a heading within the text: 黑体 16 pt, kept with what follows."""
    paragraph = write(paper, text, font=HEADING)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def control(paper: Paper, tag: str) -> None:
    """Add a paragraph that only steers the template: {%p if … %}."""
    paper.add_paragraph(tag)


def blank(paper: Paper, lines: int = 1) -> None:
    """Leave lines empty."""
    for _ in range(lines):
        write(paper, "", indent=False)


def _set_style(style: ParagraphStyle) -> None:
    style.font.name, style.font.size = BODY, BODY_SIZE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), BODY)


def _set_language(paper: Paper) -> None:
    """Leave the East-Asian language unnamed.

    Under zh-CN LibreOffice 7.4 drops a punctuation mark that hangs over a justified line's end
    (8 of 10,500 characters measured); Word and WPS break lines alike with both.
    """
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "en-US")


def _name_substitutes(paper: Paper) -> None:
    """Tell Word and WPS which font to take where the named one is not installed."""
    for part in paper.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            table = parse_xml(part.blob)
            for font, others in SUBSTITUTES.items():
                table.append(
                    parse_xml(
                        f'<w:font {nsdecls("w")} w:name="{font}"><w:altName w:val="{others}"/>'
                        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
                    )
                )
            part._blob = serialize_part_xml(table)  # noqa: SLF001 - the part has no setter


def _compatible(paper: Paper) -> None:
    """Keep a line that ends in a break from being stretched to the full width."""
    compatible = paper.settings.element.find(qn("w:compat"))
    compatible.insert(0, OxmlElement("w:doNotExpandShiftReturn"))
