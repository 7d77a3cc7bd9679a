"""Draw the shipped templates anew: python -m handlers.documents.drawing [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.documents.drawing.chief_report import chief_report, chief_report_pointer
from handlers.documents.drawing.feedback import feedback, feedback_pointer
from handlers.documents.drawing.notice import notice, notice_pointer, receipt_slip
from handlers.documents.drawing.oral_prompt import oral_prompt
from handlers.documents.drawing.work_report import work_report, work_report_pointer
from handlers.documents.template_files import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docx.document import Document as Paper

PAPERS: Mapping[str, Callable[[], Paper]] = {
    "chief_report": chief_report,
    "chief_report-pointer": chief_report_pointer,
    "feedback": feedback,
    "feedback-pointer": feedback_pointer,
    "notice": notice,
    "notice-pointer": notice_pointer,
    "oral_prompt": oral_prompt,
    "receipt": receipt_slip,
    "work_report": work_report,
    "work_report-pointer": work_report_pointer,
}


def draw(folder: Path) -> None:
    """Write every template into a folder."""
    for name, paper in PAPERS.items():
        paper().save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
