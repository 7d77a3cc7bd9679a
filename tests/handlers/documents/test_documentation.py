from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from handlers.documents.chief_report_facts import ChiefReportFacts
from handlers.documents.chinese_font import SETTING
from handlers.documents.feedback_facts import FeedbackFacts, FeedbackItem, ReviewOpinion
from handlers.documents.naming import naming_of
from handlers.documents.notice_facts import CardValue, NoticeFacts, NoticeItem, ReceiptSlip
from handlers.documents.oral_prompt_facts import OralPromptFacts
from handlers.documents.template_files import shipped_names
from handlers.documents.work_report_facts import (
    ReportChart,
    ReportPart,
    ReportRow,
    ReportTable,
    WorkReportFacts,
)

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "documents.md").read_text(encoding="utf-8")
FACTS = (
    NoticeFacts,
    NoticeItem,
    CardValue,
    ReceiptSlip,
    FeedbackFacts,
    FeedbackItem,
    ReviewOpinion,
    ChiefReportFacts,
    OralPromptFacts,
    WorkReportFacts,
    ReportPart,
    ReportChart,
    ReportTable,
    ReportRow,
)


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.__name__)
def test_every_field_a_template_may_use_is_documented(facts: type) -> None:
    missing = []
    for one in fields(facts):
        if naming := naming_of(one):
            empty = "是" if naming.optional else ("草稿时" if naming.draft else "")
            row = f"| `{naming.name}` | {empty} | {'是' if naming.internet else ''} |"
            missing += [] if row in PAGE else [row]

    assert missing == []


def test_every_shipped_template_and_setting_is_documented() -> None:
    assert [name for name in (*shipped_names(), SETTING) if f"`{name}`" not in PAGE] == []
