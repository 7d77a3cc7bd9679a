"""Several dated versions under one id: read, refused, over a shipped rule, in a patrol."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from knowledge import fingerprints
from knowledge.cards import CardSet
from knowledge.rule_switches import RuleSwitches
from knowledge.rules.explain import explain
from knowledge.rules.faults import RuleFileError
from knowledge.rules.loader import load_catalogue
from knowledge.rules.office_rules import in_force, load_office
from knowledge.rules.versions import over, span
from tests.knowledge.rules.test_bad_files import CHECK, TERM
from tests.support.rule_cards import CALENDAR, CASE, card, patrolled

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cards import Value
    from knowledge.rules.rule import Rule

RULES = "rules:\n"
OLD, NEW = "    valid_to: 2026-06-30\n", "    valid_from: 2026-07-01\n"
LATER = {"2026-06-15": "2026-07-15", "2026-06-01": "2026-07-01", "2026-06-03": "2026-07-03"}
SHIPPED = "accepted-after-closed"
TODAY = date(2026, 7, 20)


def entry(text: str, *, dates: str, later: bool = False) -> str:
    """One version in a rule file with its dates; a later one has its examples a month later."""
    body = text.partition(RULES)[2].replace("    ask:", f"{dates}    ask:")
    if later:
        for old, new in {**LATER, "2026-06-08": "2026-07-11"}.items():
            body = body.replace(old, new)
    return body


def file_of(*entries: str) -> str:
    return f"group: 本院规则\n{RULES}{''.join(entries)}"


SEVEN = entry(TERM, dates=OLD)
TEN = entry(TERM, dates=NEW, later=True).replace("amount: 7日", "amount: 10日")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(file_of(SEVEN, TEN), encoding="utf-8")
    return tmp_path


def own_rule(own: Path, name: str = "own-term") -> Rule:
    return load_office(own).by_id()[name]


def test_two_versions_stand_under_one_id_the_newest_for_the_rule(own: Path) -> None:
    rule = own_rule(own)
    assert [span(one) for one in rule.versions] == ["至 2026-06-30 止", "自 2026-07-01 起"]
    assert rule.valid_from == date(2026, 7, 1)
    assert [rule.on(date(2026, 6, 30)), rule.on(date(2026, 7, 1))] == list(rule.versions)
    assert len(load_office(own).rules) == len(load_catalogue().rules) + 1


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 6, 30), date(2026, 7, 7)),
        (date(2026, 7, 1), date(2026, 7, 11)),
    ],
)
def test_the_version_in_force_on_the_day_a_term_starts_applies(
    own: Path, start: date, due: date
) -> None:
    cards = [card({"受理日期": start, "决定日期": None})]
    result = patrolled(cards, [own_rule(own)], as_of=TODAY)
    assert [(hit.rule, hit.due) for hit in result.hits] == [("own-term", due)]
    assert result.rules == 1
    assert result.asked == frozenset({"own-term"})


def test_a_rule_lacks_its_columns_only_where_the_version_in_force_does(own: Path) -> None:
    new = TEN.replace("[受理日期, 决定日期]", "[受理日期, 决定日期, 分案日期]")
    new = new.replace("card: {受理日期", "card: {分案日期: 空, 受理日期")
    (own / "own.yaml").write_text(file_of(SEVEN, new), encoding="utf-8")
    old_one = card({"受理日期": date(2026, 6, 1), "决定日期": None}, case_no="旧")
    new_one = card({"受理日期": date(2026, 7, 1), "决定日期": None}, case_no="新")
    both = patrolled([old_one, new_one], [own_rule(own)], as_of=TODAY)
    assert [hit.case_no for hit in both.hits] == ["旧"]
    assert not both.not_evaluated
    assert [(case, ("own-term", case, "1") in both.unevaluated) for case in ("旧", "新")] == [
        ("旧", False),
        ("新", True),
    ]
    alone = patrolled([new_one], [own_rule(own)], as_of=TODAY)
    assert alone.not_evaluated == {"own-term": ("分案日期",)}


OLD_CHECK = entry(CHECK, dates=OLD)
NEW_CHECK = entry(CHECK, dates=NEW, later=True).replace("title: 受理", "title: 新：受理")


@pytest.mark.parametrize(("today", "title"), [(30, "受理日期在今天之前"), (1, "新：受理日期")])
def test_a_check_of_the_card_goes_by_the_as_of_day(own: Path, today: int, title: str) -> None:
    (own / "own.yaml").write_text(
        file_of(OLD_CHECK, NEW_CHECK.replace("新：", "'新：").replace("之前", "之前'")), "utf-8"
    )
    as_of = date(2026, 6 if today == 30 else 7, today)
    cards = [card({"受理日期": date(2026, 6, 1)})]
    [hit] = patrolled(cards, [own_rule(own, "own-check")], as_of=as_of).hits
    assert hit.title.startswith(title)


@pytest.mark.parametrize(("fact", "severity"), [(30, "轻微"), (1, "较重")])
def test_a_check_of_a_fact_goes_by_the_day_of_the_fact(own: Path, fact: int, severity: str) -> None:
    trigger = "    trigger: {fact: 受理, field: 受理日期}\n    class:"
    old, new = (one.replace("    class:", trigger) for one in (OLD_CHECK, NEW_CHECK))
    new = new.replace("title: 新：受理", "title: 受理").replace("轻微", "较重")
    (own / "own.yaml").write_text(file_of(old, new), encoding="utf-8")
    cards = [card({"受理日期": date(2026, 6 if fact == 30 else 7, fact)})]
    [hit] = patrolled(cards, [own_rule(own, "own-check")], as_of=TODAY).hits
    assert hit.severity == severity


def test_a_change_of_either_version_changes_the_fingerprint(own: Path) -> None:
    before = own_rule(own).digest
    for text in (file_of(SEVEN.replace("轻微", "较重"), TEN), file_of(SEVEN)):
        (own / "own.yaml").write_text(text, encoding="utf-8")
        assert own_rule(own).digest != before
    assert fingerprints.of_rules([own_rule(own)], {})


def test_a_check_gives_way_to_every_version_of_a_rule(own: Path) -> None:
    (own / "a.yaml").write_text(
        CHECK.replace("    ask:", "    replaced_by: [own-term]\n    ask:"), encoding="utf-8"
    )
    rules = [own_rule(own), own_rule(own, "own-check")]
    values: list[dict[str, Value]] = [{"受理日期": date(2026, month, 2)} for month in (6, 7)]
    cards = [card({**one, "决定日期": None}, case_no=str(n)) for n, one in enumerate(values)]
    assert [hit.rule for hit in patrolled(cards, rules, as_of=TODAY).hits] == ["own-term"] * 2
    bare = [card(one, case_no=str(n)) for n, one in enumerate(values)]
    assert [hit.rule for hit in patrolled(bare, rules, as_of=TODAY).hits] == ["own-check"] * 2


def test_each_version_is_explained(own: Path) -> None:
    rule = own_rule(own)

    def told(values: dict[str, Value]) -> list[str]:
        return explain(
            rule,
            CASE,
            CardSet((card(values),)),
            [rule],
            as_of=TODAY,
            calendar=CALENDAR,
            settings={},
            horizon=TODAY,
        )

    lines = told({"受理日期": date(2026, 7, 1), "决定日期": None})
    assert "版本：至 2026-06-30 止" in lines
    assert "本版本至 2026-06-30 止，事实不在其间。结论：不适用" in lines
    assert "版本：自 2026-07-01 起" in lines
    assert [line for line in lines if "届满日" in line][-1].startswith(
        "结论：超期，届满日 2026-07-11"
    )
    blank = "\n".join(told({"受理日期": None, "决定日期": None}))
    assert blank.count("结论：起算的日期") == 2


def test_a_moment_is_in_the_version_of_its_day(own: Path) -> None:
    text = file_of(SEVEN, TEN).replace("受理日期", "到案时间")
    (own / "own.yaml").write_text(text, encoding="utf-8")
    rule = own_rule(own)
    lines = explain(
        rule,
        CASE,
        CardSet((card({"到案时间": datetime(2026, 6, 30, 23, 59), "决定日期": None}),)),  # noqa: DTZ001
        [rule],
        as_of=TODAY,
        calendar=CALENDAR,
        settings={},
        horizon=TODAY,
    )
    assert "结论：超期，届满日 2026-07-07" in "\n".join(lines)
    assert "本版本自 2026-07-01 起，事实不在其间。结论：不适用" in lines


def test_an_own_rule_with_a_first_day_is_a_new_version_of_the_shipped_one(own: Path) -> None:
    text = file_of(entry(CHECK, dates=NEW, later=True).replace("own-check", SHIPPED))
    (own / "own.yaml").write_text(text, encoding="utf-8")
    rule = own_rule(own, SHIPPED)
    shipped = load_catalogue().by_id()[SHIPPED]
    assert [one.title for one in rule.versions] == [shipped.title, "受理日期在今天之前"]
    assert [one.valid_to for one in rule.versions] == [date(2026, 6, 30), None]
    assert all(one.today <= date(2026, 6, 30) for one in rule.versions[0].examples)
    assert rule.digest != shipped.digest
    assert len(load_office(own).rules) == len(load_catalogue().rules)
    off = in_force(load_office(own), RuleSwitches(off=frozenset({SHIPPED})))
    assert SHIPPED not in {one.id for one in off.rules}


def test_several_own_versions_follow_the_shipped_one(own: Path) -> None:
    first = entry(CHECK, dates="    valid_from: 2026-05-01\n    valid_to: 2026-06-30\n")
    both = file_of(first, entry(CHECK, dates=NEW, later=True)).replace("own-check", SHIPPED)
    (own / "own.yaml").write_text(both, encoding="utf-8")
    rule = own_rule(own, SHIPPED)
    assert [one.valid_to for one in rule.versions] == [date(2026, 4, 30), date(2026, 6, 30), None]


def refused(own: Path, *entries: str, line: int, reason: str) -> None:
    (own / "own.yaml").write_text(file_of(*entries), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_office(own)
    assert (caught.value.line, "规则文件 own.yaml 第" in str(caught.value)) == (line, True)
    assert reason in str(caught.value)


SECOND = 3 + SEVEN.count("\n")


def test_versions_that_overlap_are_refused(own: Path) -> None:
    reason = (
        "编号“own-term”的有效期与 own.yaml 第 3 行的版本重叠，请给那个版本写 valid_to: 2026-06-30"
    )
    open_end = SEVEN.replace(OLD, "")
    refused(own, open_end, TEN, line=SECOND - 1, reason=reason)
    refused(own, SEVEN.replace("2026-06-30", "2026-07-01"), TEN, line=SECOND, reason=reason)


def test_versions_with_days_between_them_are_refused(own: Path) -> None:
    gap = SEVEN.replace("valid_to: 2026-06-30", "valid_to: 2026-06-20")
    reason = "没有接上，2026-06-21 至 2026-06-30 没有有效的版本，请改 valid_from"
    refused(own, gap, TEN, line=SECOND, reason=reason)


def test_versions_are_written_from_the_earliest_to_the_latest(own: Path) -> None:
    reason = "应当从早到晚写，本版本比第 3 行的早，请移到它前面"
    refused(own, TEN, SEVEN, line=3 + TEN.count("\n"), reason=reason)


def test_one_id_twice_without_dates_is_a_repeat(own: Path) -> None:
    plain = entry(TERM, dates="")
    reason = "编号“own-term”与 own.yaml 第 3 行重复；是新版本的请写 valid_from"
    refused(own, plain, plain, line=3 + plain.count("\n"), reason=reason)


def test_a_version_whose_example_fails_is_named_whichever_it_is(own: Path) -> None:
    wrong = SEVEN.replace("expect: 超期", "expect: 期限临近")
    refused(own, wrong, TEN, line=22, reason="应为期限临近，实为超期")


def test_an_own_version_ends_only_what_still_runs_on_its_first_day(own: Path) -> None:
    known = own_rule(own)
    later = TEN.replace("2026-07-01", "2026-08-01", 1).replace("valid_from: 2026-07-01", "")
    text = file_of(later.replace("2026-07-", "2026-08-"))
    (own / "own.yaml").write_text(text, encoding="utf-8")
    third = own_rule(own)
    versions = over(known, third).versions
    assert [one.valid_to for one in versions] == [date(2026, 6, 30), date(2026, 7, 31), None]
    assert over(third, known) == known
