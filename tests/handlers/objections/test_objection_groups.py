"""One fact, several persons: objected to once, and right for each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storage import objections
from tests.support.notice_desk import press
from tests.support.office_cards import MONDAY, card, case_no, days, hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models.prompts import Objection
    from tests.support.office_desk import OfficeAtWork

ONE = card(1)
BESIDE = replace(card(2), case_no=case_no(1))


@pytest.fixture
def two_persons(office: OfficeAtWork) -> OfficeAtWork:
    """One term of a case with two persons: A01 and A02 are one item of the digest."""
    office.export(hit(ONE), hit(BESIDE), cards=[ONE, BESIDE])
    office.morning()
    return office


@pytest.fixture
def objected(two_persons: OfficeAtWork) -> OfficeAtWork:
    phone = two_persons["林知秋"]
    press(phone, "A01")
    press(phone, "异议")
    press(phone, "期限计算有误")
    press(phone, "《刑诉规则》第282条")
    return two_persons


def rows(office: OfficeAtWork) -> Sequence[Objection]:
    found = office.read(lambda session: [objections.by_id(session, id_) for id_ in (1, 2)])
    return [one for one in found if one is not None]


def at_the_chief(office: OfficeAtWork) -> OfficeAtWork:
    office["陆明远"].say("/待复核")
    press(office["陆明远"], "异议不采纳")
    press(office["林知秋"], "仍有异议")
    press(office["沈一鸣"], "维持，报检察长决定")
    return office


def test_each_persons_finding_has_its_objection_and_one_question_is_asked(
    objected: OfficeAtWork,
) -> None:
    first, second = rows(objected)
    assert {first.finding_id, second.finding_id} == {
        objected.finding("A01").id,
        objected.finding("A02").id,
    }
    assert (second.ground, second.provision, second.stage) == (
        "期限计算有误",
        "《刑诉规则》第282条",
        "officer",
    )
    assert first.group_id == second.group_id
    raised = [one["object"] for one in objected.acts("objection_raised")]
    assert raised == ["finding:A01", "finding:A02"]
    asked = [text for text in objected["林知秋"].texts if "异议已提交" in text]
    assert asked == ["A01、A02 异议已提交，由案管专员复核；期限照常计算。"]


def test_typed_words_make_a_row_for_each_person_too(two_persons: OfficeAtWork) -> None:
    two_persons["林知秋"].say("A01 不认可，已经延长过")
    assert [one.ground for one in rows(two_persons)] == ["A01 不认可，已经延长过"] * 2


def test_the_officer_reads_that_both_are_decided_together(objected: OfficeAtWork) -> None:
    objected["陆明远"].say("/待复核")
    assert "本异议涉及 A01、A02，一并处理" in objected["陆明远"].last.text


def test_upheld_it_closes_every_finding_and_each_leaves_an_example(
    objected: OfficeAtWork,
) -> None:
    objected["陆明远"].say("/待复核")
    assert press(objected["陆明远"], "异议成立") == "A01、A02 异议成立，已销号"
    closed = [objected.finding(one).closed_as for one in ("A01", "A02")]
    assert closed == ["objection_upheld", "objection_upheld"]
    assert all(one.upheld and one.example for one in rows(objected))
    decided = [one["object"] for one in objected.acts("objection_decided")]
    assert decided == ["finding:A01", "finding:A02"]
    told = [text for text in objected["林知秋"].texts if "异议成立" in text]
    assert told == ["A01、A02 异议成立，已销号。"]
    assert objected.patrol(hit(ONE), hit(BESIDE), cards=[ONE, BESIDE]).made == ()


def test_kept_by_the_chief_both_are_open_again(objected: OfficeAtWork) -> None:
    press(at_the_chief(objected)["江平"], "维持")
    assert [objected.finding(one).state for one in ("A01", "A02")] == ["sent", "sent"]
    assert [one.upheld for one in rows(objected)] == [False, False]
    objected["沈一鸣"].say("/待签")
    assert objected["沈一鸣"].last.text == "没有待签的文书。"


def test_what_was_rejected_does_not_wait_once_more_for_the_other_person(
    objected: OfficeAtWork,
) -> None:
    objected["陆明远"].say("/待复核")
    press(objected["陆明远"], "异议不采纳")
    objected["陆明远"].say("/待复核")
    assert objected["陆明远"].last.text == "没有待复核的答复。"


def test_it_stands_once_in_the_list_to_sign(objected: OfficeAtWork) -> None:
    at_the_chief(objected)
    objected["江平"].say("/待签")
    assert objected["江平"].last.text.startswith("待签 1 件：")


def test_one_person_cured_meanwhile_leaves_the_other_on_its_way(objected: OfficeAtWork) -> None:
    at_the_chief(objected)
    done = card(1, 审结日期=MONDAY + days(1))
    still = replace(hit(BESIDE), fact="仍未办结", plain_fact="仍未办结")
    objected.at(MONDAY + days(1))
    objected.export(still, cards=[done, BESIDE])
    assert objected.finding("A01").state == "closed"
    assert press(objected["江平"], "异议成立") == "A02 异议成立，已销号"
    assert objected.finding("A02").closed_as == "objection_upheld"
    first, second = rows(objected)
    assert (first.upheld, second.upheld) == (None, True)


def test_an_answer_taken_back_takes_its_objections_along(objected: OfficeAtWork) -> None:
    press(objected["林知秋"], "撤回")
    assert [objected.finding(one).state for one in ("A01", "A02")] == ["sent", "sent"]
    assert [one.stage for one in rows(objected)] == ["settled", "settled"]
    objected["陆明远"].say("/待复核")
    assert objected["陆明远"].last.text == "没有待复核的答复。"
