"""Writing down a problem in steps: point, problem, how grave; a preview before it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import tell
from handlers.imports.sources import BY_HAND, of_campaign
from handlers.monitoring import case_in_hand, case_looking, manual_findings, pictures
from handlers.monitoring.manual_findings import Written
from handlers.permissions import RefusedError, demand
from knowledge.errors import UserFacingError
from knowledge.monitoring import checkpoints
from storage import campaigns, case_looks
from storage.models.case_looks import ProblemDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.imports.sources import Source
    from handlers.monitoring.case_in_hand import CaseInHand
    from knowledge.monitoring.checkpoints import Checkpoint
    from knowledge.rules.rule import Severity
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

OPEN, REGISTERED, DROPPED = "open", "registered", "dropped"
SEVERITIES: tuple[Severity, ...] = ("轻微", "较重", "严重")
MOST_CHARACTERS = 500


class DraftEndedError(UserFacingError):
    """A button speaks of a problem that was registered or given up meanwhile."""

    def __init__(self, draft: ProblemDraft) -> None:
        how = "已登记" if draft.state == REGISTERED else "已取消"
        super().__init__(f"这份问题{how}，请发送 /监控 案号 重新打开案件")


class TooLongError(UserFacingError):
    """More was written than a problem needs."""

    def __init__(self, length: int) -> None:
        super().__init__(f"共 {length} 字，请写在 {MOST_CHARACTERS} 字以内，未作登记")


def begin(
    tx: Transaction,
    person: Person,
    case: CaseInHand,
    *,
    problem: str | None = None,
    of: CampaignCase | None = None,
) -> ProblemDraft:
    """Begin to write down a problem of a case, in a campaign where the case is of its list."""
    demand(person, "look_at_case", case)
    draft = ProblemDraft(
        office=case.office,
        person_id=person.id,
        case_no=case.case_no,
        campaign_case_id=of.id if of is not None else None,
        problem=None if problem is None else _short(problem),
        state=OPEN,
        pictures=[],
        made_at=tx.now,
    )
    tx.session.add(draft)
    tx.session.flush()
    return draft


def _short(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise TooLongError(len(text))
    return text


def live(tx: Transaction, person: Person, id_: int) -> ProblemDraft:
    """Return a person's draft that has not ended.

    Raises:
        RefusedError, DraftEndedError: it is somebody else's, or over.
    """
    draft = case_looks.draft(tx.session, id_)
    if draft is None or draft.person_id != person.id:
        raise RefusedError("look_at_case")
    if draft.state != OPEN:
        raise DraftEndedError(draft)
    return draft


def campaign_of(
    tx: Transaction, draft: ProblemDraft
) -> tuple[Campaign | None, CampaignCase | None]:
    """Return the campaign a draft belongs to, and the case of its list."""
    listed = campaigns.case_by_id(tx.session, draft.campaign_case_id)
    return (campaigns.by_id(tx.session, listed.campaign_id), listed) if listed else (None, None)


def points(tx: Transaction, desk: Desk, draft: ProblemDraft) -> list[Checkpoint]:
    """Return the points that can be chosen: those of the case's stage."""
    case = case_in_hand.of_number(tx, desk, draft.case_no)
    return checkpoints.for_case(desk.plan.checkpoints, case.case_type, juvenile=case.minor)


def campaign_points(tx: Transaction, desk: Desk, draft: ProblemDraft) -> list[Checkpoint]:
    """Return the points of the campaign a draft belongs to, which are offered first."""
    campaign, _ = campaign_of(tx, draft)
    ready = desk.plan.campaign(campaign.kind) if campaign is not None else None
    wanted = ready.checkpoints if ready is not None else ()
    return [one for id_ in wanted if (one := desk.plan.checkpoint(id_)) is not None]


def choose_point(draft: ProblemDraft, point: Checkpoint) -> None:
    """Put a problem under a point; its own severity is proposed."""
    draft.checkpoint, draft.severity = point.id, point.severity


def put(draft: ProblemDraft, problem: str) -> None:
    """Say what the problem is."""
    draft.problem = _short(problem)


def add_note(draft: ProblemDraft, note: str) -> None:
    """Say more of it."""
    draft.note = _short(note)


def drop(draft: ProblemDraft) -> None:
    """Give it up; its words go."""
    draft.state = DROPPED
    draft.problem = draft.note = None
    draft.pictures = []


def point_of(desk: Desk, draft: ProblemDraft) -> Checkpoint | None:
    """Return the point a draft was put under."""
    return desk.plan.checkpoint(draft.checkpoint) if draft.checkpoint else None


def register(
    tx: Transaction, desk: Desk, person: Person, draft: ProblemDraft
) -> tuple[Finding, EntryMark]:
    """Make the finding, and record that the case was looked at."""
    case = case_in_hand.of_number(tx, desk, draft.case_no)
    point = point_of(desk, draft)
    if point is None or draft.problem is None:
        raise DraftEndedError(draft)
    demand(person, "look_at_case", case)
    campaign, listed = campaign_of(tx, draft)
    source = of_campaign(campaign.number) if campaign is not None else BY_HAND
    finding = manual_findings.make(
        tx, desk, person, case, point, written=_written(draft), source=source
    )
    said = draft.problem + (f"。{draft.note}" if draft.note else "")
    entry = _looked(tx, person, case, said, source, [finding.number])
    pictures.move(tx, person, draft, finding)
    if campaign is not None and listed is not None:
        ready = desk.plan.campaign(campaign.kind)
        if ready is not None:
            listed.marks = ready.marked(listed.marks, point.id)
        _note_in_campaign(tx, person, campaign, listed, finding)
    draft.state = REGISTERED
    draft.problem = draft.note = None
    return finding, entry


def _written(draft: ProblemDraft) -> Written:
    return Written(
        key=f"draft:{draft.id}",
        problem=draft.problem or "",
        severity=cast("Severity", draft.severity),
        note=draft.note or "",
    )


def _looked(
    tx: Transaction,
    person: Person,
    case: CaseInHand,
    said: str,
    source: Source,
    findings: Sequence[str],
) -> EntryMark:
    return case_looking.record(
        tx, person, case, sound=False, said=said, source=source, findings=findings
    )


def _note_in_campaign(
    tx: Transaction, person: Person, campaign: Campaign, listed: CampaignCase, finding: Finding
) -> None:
    campaigns.link(tx.session, campaign.id, listed, finding, "looked")
    listed.state = campaigns.PROBLEM
    listed.looked_at, listed.looked_by = tx.now, person.id


def buttons(
    tx: Transaction,
    person: Person,
    draft: ProblemDraft,
    wanted: Sequence[tuple[str, str, dict[str, object]]],
) -> list[tuple[str, str]]:
    """Make buttons on a draft: label, act, and what the act is told besides."""
    return [
        tell.button(tx, person, label, act, f"draft:{draft.id}", data={"draft": draft.id, **told})
        for label, act, told in wanted
    ]
