from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from sqlalchemy import select

from handlers.people.relations import relations
from handlers.permissions import Act, RefusedError, demand, may
from storage.models.findings import Finding
from storage.models.people import Person
from tests.support.office_cards import FIRST, OFFICE, SECOND, case_no

if TYPE_CHECKING:
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

ROLES = (
    "prosecutor",
    "assistant",
    "officer",
    "case_head",
    "head",
    "deputy",
    "chief",
    "auditor",
    "admin",
)
STANDINGS = ("own", "assists", "heads", "office", "stranger")

ALLOWED_ON_A_FINDING: dict[str, set[tuple[str, str]]] = {
    "see_item": {
        ("prosecutor", "own"),
        ("assistant", "assists"),
        ("head", "heads"),
        *(("officer", one) for one in ("own", "assists", "heads", "office")),
        *(("case_head", one) for one in ("own", "assists", "heads", "office")),
        *(("auditor", one) for one in ("own", "assists", "heads", "office")),
    },
    "answer": {("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")},
    "withdraw_answer": {("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")},
    **{
        act: {(role, one) for role in ("officer", "case_head") for one in ("heads", "office")}
        for act in (
            *("release", "review_answer", "close", "recall"),
            *("decide_outcome", "prompt_orally", "tick_registered", "draft_notice"),
            *("number_notice", "void_notice", "record_delivery"),
            *("review_feedback", "review_objection", "restore_prompts"),
            *("look_at_case", "forward_clue"),
        )
    },
    "approve_notice": {
        (role, one) for role in ("case_head", "deputy") for one in ("heads", "office")
    },
    **{
        act: {
            ("head", "heads"),
            *product(("officer", "case_head"), standings),
        }
        for act, standings in (
            ("arrange_stand_in", ("own", "assists", "heads", "office")),
            ("hand_over", ("heads", "office")),
        )
    },
    "receive_notice": {("head", "heads")},
    "answer_notice": {("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")},
    "sign_feedback": {("head", "heads")},
    "instruct": {("chief", one) for one in ("heads", "office")},
    "decide_objection": {("case_head", one) for one in ("heads", "office")},
    "settle_objection": {("chief", one) for one in ("heads", "office")},
}
ALLOWED_WITHOUT: dict[str, set[str]] = {
    "ask": set(ROLES),
    "see_own": set(ROLES) - {"auditor", "admin"},
    "see_queue": {"officer", "case_head"},
    "import": {"officer", "case_head", "admin"},
    "undo_import": {"officer", "case_head", "admin"},
    "keep_texts": {"officer", "case_head", "admin"},
    "stop_sending": {"officer", "case_head", "admin"},
    "invite": {"officer", "admin"},
    "read_ledger": {"officer", "case_head", "auditor"},
    "monitor": {"officer", "case_head"},
    "run_campaign": {"officer", "case_head"},
    "see_focus": {"prosecutor", "assistant", "head", "officer", "case_head", "auditor"},
    "see_clues": {"officer", "case_head", "head", "auditor"},
    "receive_clue": {"officer", "case_head", "head"},
    "confirm_link": {"officer", "case_head"},
    "see_to_sign": {"case_head", "head", "deputy", "chief"},
    "read_reports": {"officer", "case_head", "deputy", "chief", "auditor"},
    "record_training": {"officer", "case_head"},
    "take_leave": set(ROLES) - {"auditor", "admin"},
    "keep_roster": {"officer", "admin"},
    "see_department": {"head"},
    "draft_report": {"officer", "case_head"},
    "check_report": {"case_head"},
    "sign_report": {"deputy"},
    "see_data": {"officer", "case_head", "auditor", "admin"},
}


def person(role: str) -> Person:
    return Person(
        id=7, office=OFFICE, department=FIRST, name="林知秋", aliases=[], roles=[role], active=True
    )


def finding(standing: str) -> Finding:
    """Return a finding to which a person of the first department stands so."""
    return Finding(
        office="别院" if standing == "stranger" else OFFICE,
        case_no=case_no(1),
        prosecutor="林知秋" if standing == "own" else "旁人",
        assistant="林知秋" if standing == "assists" else None,
        # a head heads the cases of his department, whoever handles them
        department=FIRST if standing in {"own", "assists", "heads"} else SECOND,
    )


def expected(role: str, act: str, standing: str) -> bool:
    allowed = ALLOWED_ON_A_FINDING.get(act, set())
    if (role, standing) in allowed:
        return True
    if act == "hand_over" and standing in {"own", "assists"}:
        return False
    is_head_of_it = role == "head" and standing in {"own", "assists"}
    return is_head_of_it and ("head", "heads") in allowed


@pytest.mark.parametrize(("role", "act"), list(product(ROLES, get_args(Act))))
def test_the_table_role_by_act_by_relation(role: str, act: Act) -> None:
    allowed = {one for one in STANDINGS if may(person(role), act, finding(one))}
    assert allowed == {one for one in STANDINGS if expected(role, act, one)}
    assert may(person(role), act) is (role in ALLOWED_WITHOUT.get(act, set()))


def test_every_act_is_in_the_expectations() -> None:
    assert set(get_args(Act)) == set(ALLOWED_ON_A_FINDING) | set(ALLOWED_WITHOUT)


def test_who_has_no_role_may_nothing() -> None:
    nobody = person("prosecutor")
    nobody.roles = []
    assert not any(may(nobody, act) for act in get_args(Act))


def test_a_refusal_is_one_sentence_that_names_whom_to_ask() -> None:
    with pytest.raises(RefusedError) as refused:
        demand(person("auditor"), "answer", finding("office"))
    assert str(refused.value) == (
        "这一条不是您承办的案件，不能代为答复。如有疑问，请联系流程监控专员"
    )


def test_an_alias_is_the_same_person() -> None:
    known = person("prosecutor")
    known.aliases = ["林检"]
    case = finding("office")
    case.prosecutor = "林检"
    assert "own" in relations(known, case)


def test_a_namesake_of_another_department_has_nothing_to_do_with_the_case(
    office: OfficeAtWork,
) -> None:
    def add(tx: Transaction) -> None:
        tx.session.add(
            Person(office=OFFICE, department=SECOND, name="林知秋", roles=["prosecutor"])
        )

    office.write(add)
    with office.database.reading() as session:
        namesake = session.scalars(select(Person).where(Person.department == SECOND)).all()[-1]
        assert relations(namesake, finding("own")) == {"office"}
