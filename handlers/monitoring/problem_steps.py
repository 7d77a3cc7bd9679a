"""How a problem being written down looks: the groups, the points, the problems, the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.monitoring import case_in_hand, pictures, problem_drafts
from handlers.monitoring.problem_drafts import SEVERITIES
from knowledge import chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Clearance, Desk
    from knowledge.monitoring.checkpoints import Checkpoint
    from storage.models.case_looks import ProblemDraft
    from storage.models.people import Person
    from storage.transaction import Transaction

PROBLEM, NOTE = "problem", "note"
EVERY_GROUP = "全部类别"
Wanted = list[tuple[str, str, dict[str, object]]]


def view(
    tx: Transaction,
    desk: Desk,
    person: Person,
    draft: ProblemDraft,
    door: str,
    *,
    group: str | None = None,
) -> tuple[str, tell.Rows]:
    """Return what is to be chosen next, and the buttons for it."""
    case = case_in_hand.of_number(tx, desk, draft.case_no)
    clearance = desk.clearance(door)
    head = f"登记问题 · {case.named([], clearance)}"
    point = problem_drafts.point_of(desk, draft)
    if point is None:
        first = problem_drafts.campaign_points(tx, desk, draft) if group is None else []
        said, wanted = (
            _listed(first, EVERY_GROUP)
            if first
            else _points(problem_drafts.points(tx, desk, draft), group)
        )
        per_row = 2
    elif draft.problem is None:
        said, wanted = _problems(point)
        per_row = 1
    else:
        said, wanted = _preview(draft, point, clearance)
        per_row = 3
    pressable = problem_drafts.buttons(tx, person, draft, wanted)
    ends = problem_drafts.buttons(tx, person, draft, [("取消", "problem_drop", {})])
    text = "\n".join([head, *_typed(draft, point, clearance), *said])
    return text, (*tell.rows(pressable, per_row), *tell.rows(ends))


def _typed(draft: ProblemDraft, point: Checkpoint | None, clearance: Clearance) -> list[str]:
    """Say back what was typed first, where the door may carry it."""
    if point is not None or draft.problem is None:
        return []
    shown = draft.problem if clearance == "intranet" else f"已收到，共 {len(draft.problem)} 字"
    return [f"问题：{shown}"]


def _points(points: Sequence[Checkpoint], group: str | None) -> tuple[list[str], Wanted]:
    """First the groups, then the points of one."""
    groups = list(dict.fromkeys(one.group for one in points))
    if group in groups:
        return _listed([one for one in points if one.group == group], EVERY_GROUP)
    return ["请选择问题的类别："], [(one, "problem_group", {"group": one}) for one in groups]


def _listed(points: Sequence[Checkpoint], back: str) -> tuple[list[str], Wanted]:
    lines = ["请选择核对要点：", *(f"· {one.title}：{one.check}" for one in points)]
    wanted: Wanted = [(one.title, "problem_point", {"point": one.id}) for one in points]
    return lines, [*wanted, (back, "problem_group", {"group": back})]


def _problems(point: Checkpoint) -> tuple[list[str], Wanted]:
    lines = [f"核对要点：{point.title}", "请选择问题，或者自己写："]
    wanted: Wanted = [(one, "problem_put", {"problem": one}) for one in point.problems]
    return lines, [
        *wanted,
        ("自己写", "problem_type", {"what": PROBLEM}),
        ("返回", "problem_point", {"point": None}),
    ]


def _preview(
    draft: ProblemDraft, point: Checkpoint, clearance: Clearance
) -> tuple[list[str], Wanted]:
    inside = clearance == "intranet"
    ready = draft.problem in point.problems
    problem = draft.problem if inside or ready else f"自行填写，共 {len(draft.problem or '')} 字"
    note = draft.note if inside else f"共 {len(draft.note or '')} 字"
    cited = "、".join(
        chinese.short_citation(one.document, one.article, one.paragraph) for one in point.citations
    )
    lines = [
        "预览（登记后进入待审，由您决定处理方式）：",
        f"问题：{problem}",
        *([f"补充：{note}"] if draft.note else []),
        *([f"图片：{len(draft.pictures)} 张"] if draft.pictures else []),
        f"依据：{cited}",
        f"提示内容：{point.ask}",
        f"程度：{draft.severity}（建议{point.severity}）",
        *([f"义务在{point.concerns}，登记后转监督线索，不发通知书。"] if point.concerns else []),
        *([] if inside else [f"{pictures.NOT_HERE}。"]),
    ]
    severities: Wanted = [
        (f"✓{one}" if one == draft.severity else one, "problem_severity", {"severity": one})
        for one in SEVERITIES
    ]
    picture: Wanted = [("附图片", "problem_picture", {})] if inside else []
    return lines, [
        *severities,
        ("补充说明", "problem_type", {"what": NOTE}),
        *picture,
        ("登记", "problem_register", {}),
    ]
