"""Pictures that show a problem: asked for, kept in the home, never over an internet door."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.permissions import demand
from storage import awaited, case_looks
from storage import findings as findings_table
from storage.models.case_looks import FindingPicture

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Uploaded
    from handlers.press import Press
    from storage.models.case_looks import ProblemDraft
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

PICTURE = "finding_picture"
ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pdf"})
NOT_HERE = "互联网通道不接收图片，请在内网通道附加，或登录系统上传"
NO_PICTURE = "没有收到图片，未附加。需要时请重新点“附图片”。"


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for a picture of a draft or of a finding, where the door may carry one."""
    if desk.clearance(press.event.origin.door) == "internet":
        return NOT_HERE
    told = press.row.data
    data: dict[str, object] = {key: told[key] for key in ("draft", "finding") if key in told}
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        PICTURE,
        press.row.object,
        question="请发送图片（截图、照片或 PDF），可以连续发送几张。",
        data=data,
    )
    return "请发送图片"


def take_text(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """A text came where a picture was asked for: nothing is attached."""
    del tx, desk, given
    return NO_PICTURE


def take_file(
    tx: Transaction, desk: Desk, person: Person, event: Uploaded, entry: EntryMark
) -> bool:
    """Keep a picture that was asked for; False: none was, or it cannot be one."""
    row = awaited.of(tx.session, person.id)
    if row is None or row.act != PICTURE or event.path is None:
        return False
    is_picture = event.kind == "photo" or PurePath(event.file_name).suffix.lower() in ENDINGS
    if not is_picture or desk.clearance(event.origin.door) == "internet":
        return False
    said = _keep(tx, person, dict(row.data), event.path)
    tx.record(
        "file_kept",
        f"person:{person.id}",
        actor="system",
        data={"kind": event.kind, "size": event.size, "for": row.object},
        text=event.path,
    )
    tell.answer(
        tx, event.origin, f"{said}（流水第 {entry} 号）。", person=person, kind="confirmation"
    )
    return True


def _keep(tx: Transaction, person: Person, data: dict[str, object], path: str) -> str:
    if "finding" in data:
        finding = findings_table.with_ids(tx.session, [int(str(data["finding"]))])[0]
        demand(person, "decide_outcome", finding)
        add(tx, person, finding, path)
        return f"图片已附在 {finding.number} 下"
    draft = case_looks.draft(tx.session, int(str(data["draft"])))
    if draft is None or draft.state != "open":
        return "这份问题已结束，图片未附加"
    draft.pictures = [*draft.pictures, path]
    return f"已附图片 {len(draft.pictures)} 张，登记时一并保存"


def add(tx: Transaction, person: Person, finding: Finding, path: str) -> None:
    """Keep a picture with a finding."""
    tx.session.add(
        FindingPicture(finding_id=finding.id, path=path, added_at=tx.now, added_by=person.id)
    )
    tx.record(
        "picture_added",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        text=path,
    )


def move(tx: Transaction, person: Person, draft: ProblemDraft, finding: Finding) -> None:
    """Let the pictures of a draft be those of the finding made of it."""
    for path in draft.pictures:
        add(tx, person, finding, path)
    draft.pictures = []
