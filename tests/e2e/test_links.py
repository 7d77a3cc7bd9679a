from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.laws import shelf
from tests.support.invented_points import POINTS, read

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


def test_an_item_that_the_officer_confirms_is_cited_first_from_then_on(
    office: RunningOffice,
) -> None:
    text, _ = read(POINTS, "要点(2020-05-01).txt")
    shelf.put(office.home, text)
    officer = office.the("officer")
    waiting = office.answer_to(officer, "/引用")
    assert "正在把规则与导入的文本逐条比对" in waiting["text"]
    shown = office.next(officer, waiting)
    sure = re.search(r"把握大的 (\d+) 条", shown["text"])
    assert sure is not None

    office.press(officer, shown, f"全部确认（{sure[1]} 条把握大的）")
    preview = office.shows(officer, shown, f"确认这 {sure[1]} 条")
    assert "请先看过" in preview["text"]
    office.press(officer, preview, f"确认这 {sure[1]} 条")
    done = office.shows(officer, shown, f"撤回这 {sure[1]} 条")

    assert f"已确认 {sure[1]} 条引用" in done["text"]
    assert len(office.ledger(act="link_confirmed")) == int(sure[1])
    mine = office.answer_to("周岚", "/我的")
    assert f"依据：《{text.title}》第二、（一）1点、《刑诉规则》第282条" in mine["text"]
