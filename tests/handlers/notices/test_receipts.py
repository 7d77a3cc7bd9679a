from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from storage import due_jobs
from tests.support.docx_text import everything
from tests.support.notice_desk import NUMBER, issued, notice_of, press
from tests.support.office_desk import ZONE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def run_until(office: OfficeAtWork, moment: datetime) -> None:
    """Let every job up to a moment run at its own time."""
    while True:
        due = office.read(lambda session: due_jobs.next_due(session, after=office.now))
        if due is None or due > moment:
            break
        office.at(due)
        office.sweep()
    office.at(moment)


def reminded(office: OfficeAtWork) -> list[tuple[str, int]]:
    names = {phone.account: name for name, phone in office.phones.items()}
    return [
        (names[str(one["data"]["person"])], one["data"]["left"])
        for one in office.acts("reminded")
        if one["object"] == "notice:1"
    ]


def test_receipt_starts_the_clock_and_shows_its_steps(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    head = desk_office["顾长青"]
    assert notice_of(desk_office).due is None
    assert press(head, "收到") == "已登记收到，书面答复截止 6月25日"
    notice = notice_of(desk_office)
    assert (notice.state, notice.received_on, notice.due) == (
        "received",
        date(2026, 6, 15),
        date(2026, 6, 25),
    )
    assert "届满日：2026年6月25日" in head.last.text
    assert desk_office.acts("notice_received")[0]["data"]["steps"] == notice.steps
    assert "已于6月15日收到" in desk_office["陆明远"].last.text


def test_a_message_that_was_not_acknowledged_is_no_receipt(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office["顾长青"].say("收到")
    assert notice_of(desk_office).state == "issued"


def test_the_clock_is_never_started_twice(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    head = desk_office["顾长青"]
    token, message = head.last.buttons["收到"], head.last
    head.press_token(token, message)
    desk_office.at(date(2026, 6, 17))
    assert head.press_token(token, message) == "已于 6月15日由顾长青登记收到，期限自该日起算"
    assert notice_of(desk_office).due == date(2026, 6, 25)


def test_signing_is_receipt_too_and_is_kept_apart(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    head = desk_office["顾长青"]
    token, message = head.last.buttons["签收"], head.last
    assert press(head, "签收") == "已签收，书面答复截止 6月25日"
    assert notice_of(desk_office).signed_at == desk_office.now
    assert head.press_token(token, message) == "已于 6月15日 08:30 由顾长青记录，无需重复操作"


def test_the_receipt_slip_lies_in_the_archive(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "签收")
    desk_office.sweep()
    archive = desk_office.desk.archive
    assert archive is not None
    (slip,) = archive.rglob("*receipt-archive.docx")
    text = everything(slip.read_bytes())
    assert NUMBER in text
    assert "顾长青" in text
    assert "2026年6月15日" in text


def test_delivery_by_hand_is_recorded_by_the_officer(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office.at(date(2026, 6, 17))
    press(desk_office["陆明远"], "登记送达")
    assert press(desk_office["陆明远"], "昨天送达") == "已登记6月16日送达"
    assert notice_of(desk_office).due == date(2026, 6, 26)
    assert desk_office.acts("notice_received")[0]["data"]["how"] == "hand"
    assert "专员已登记" in desk_office["顾长青"].last.text


def test_the_day_of_delivery_can_be_typed(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office.at(date(2026, 6, 22))
    officer = desk_office["陆明远"]
    press(officer, "登记送达")
    press(officer, "其他日期")
    officer.say("6月18日")
    assert officer.last.text.startswith("已登记6月18日送达")
    assert notice_of(desk_office).due == date(2026, 6, 28)


def test_a_delivery_before_the_issue_is_refused(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    officer = desk_office["陆明远"]
    press(officer, "登记送达")
    assert press(officer, "昨天送达") == "送达日期应在6月15日至今天之间，未作登记"
    assert notice_of(desk_office).state == "issued"


def test_the_ladder_climbs_from_prosecutor_to_deputy(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    run_until(desk_office, datetime(2026, 7, 3, 12, 0, tzinfo=ZONE))
    told = reminded(desk_office)
    assert [who for who, left in told if left == 7] == ["林知秋"]
    assert [who for who, left in told if left == 1] == ["林知秋", "陆明远", "顾长青"]
    assert [who for who, left in told if left < -1][:2] == ["顾长青", "段鸿"]
    assert "江平" not in {who for who, _ in told}
    assert "书面答复已过期限" in desk_office["段鸿"].last.text


def test_the_chief_is_reminded_of_a_grave_notice(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A03")
    press(desk_office["顾长青"], "收到")
    run_until(desk_office, datetime(2026, 7, 3, 12, 0, tzinfo=ZONE))
    assert "江平" in {who for who, _ in reminded(desk_office)}


def test_a_reminder_takes_fewer_words_the_nearer_the_end(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    desk_office["林知秋"].clear()
    run_until(desk_office, datetime(2026, 6, 25, 12, 0, tzinfo=ZONE))
    prompts = [one.text for one in desk_office["林知秋"].of_kind("prompt")]
    lengths = [len(text) for text in prompts]
    assert lengths == sorted(lengths, reverse=True)
    assert prompts[-1] == f"通知书 {NUMBER} 书面答复今天到期（6月25日）。"


def test_an_acknowledgement_never_stops_the_clock(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    run_until(desk_office, datetime(2026, 6, 18, 12, 0, tzinfo=ZONE))
    assert press(desk_office["林知秋"], "知悉") == "已记录知悉；答复期限照常计算"
    run_until(desk_office, datetime(2026, 6, 25, 12, 0, tzinfo=ZONE))
    assert ("林知秋", 0) in reminded(desk_office)
    assert notice_of(desk_office).due == date(2026, 6, 25)


def test_a_snooze_repeats_on_the_next_working_day(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    run_until(desk_office, datetime(2026, 6, 18, 12, 0, tzinfo=ZONE))
    assert press(desk_office["林知秋"], "下一工作日再提醒") == "6月22日再提醒；答复期限照常计算"
    run_until(desk_office, datetime(2026, 6, 22, 12, 0, tzinfo=ZONE))
    assert ("林知秋", 3) in reminded(desk_office)
    assert notice_of(desk_office).due == date(2026, 6, 25)


def test_a_reminder_that_comes_due_at_night_waits_for_the_morning(
    desk_office: OfficeAtWork,
) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    desk_office.at(datetime(2026, 6, 18, 22, 0, tzinfo=ZONE))
    desk_office.sweep()
    assert reminded(desk_office) == []
    assert desk_office.acts("reminder_withheld")[0]["data"]["why"] == "quiet_hours"
    run_until(desk_office, datetime(2026, 6, 22, 8, 0, tzinfo=ZONE))
    assert reminded(desk_office)[0][0] == "林知秋"


def test_a_voided_notice_is_not_reminded_of(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    desk_office["陆明远"].say("/通知书")
    press(desk_office["陆明远"], NUMBER)
    press(desk_office["陆明远"], "作废")
    press(desk_office["陆明远"], "事实有误")
    run_until(desk_office, datetime(2026, 6, 26, 12, 0, tzinfo=ZONE))
    assert reminded(desk_office) == []
    assert {one["data"]["why"] for one in desk_office.acts("reminder_withheld")} == {"voided"}


def test_only_the_head_of_the_department_receives(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office["段鸿"].say("/待签")
    assert desk_office["段鸿"].last.text == "没有待签的文书。"
    desk_office["顾长青"].say("/待签")
    assert press(desk_office["顾长青"], f"签收 {NUMBER}") == "签收"
    assert press(desk_office["顾长青"], "收到").startswith("已登记收到")
