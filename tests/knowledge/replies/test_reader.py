from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.replies.normalise import LIMIT
from knowledge.replies.reader import read
from tests.support.replies import EXAMPLES, LONG_STRANGE_TEXTS, OFFICES, load_examples

if TYPE_CHECKING:
    from knowledge.replies.model import Context

CONTEXTS = {
    example.context.speaker: example.context
    for path in (OFFICES, EXAMPLES)
    for example in load_examples(path)
}


def situation(person: str, *quoted: str) -> Context:
    return replace(CONTEXTS[person], reply_to=quoted, attachment=False)


def findings(text: str, context: Context) -> list[str | None]:
    return [reading.finding for reading in read(text, context).readings]


def test_nobody_without_open_items_is_read_as_answering() -> None:
    nothing_open = replace(situation("韩静"), items=())

    assert read("改好了", nothing_open).readings == ()


def test_a_quoted_message_binds_what_names_nothing() -> None:
    assert findings("改好了", situation("谢宁", "A03")) == ["A03"]


def test_an_answer_that_names_another_item_than_the_quoted_one_is_asked_about() -> None:
    understood = read("A03改好了", situation("谢宁", "A04"))

    assert understood.ask
    assert understood.reason == "contradiction"


def test_an_item_that_is_not_open_is_never_guessed() -> None:
    for text in ("A77改好了", "第9条已改", "66号已更正", "张伟那个改好了", "抢劫案那个更正了"):
        understood = read(text, situation("韩静"))
        assert understood.ask, text
        assert understood.reason == "contradiction", text


def test_no_receipt_is_not_an_acknowledgement() -> None:
    intents = {reading.intent for reading in read("没收到回执", situation("韩静", "E01")).readings}

    assert intents == {"explanation"}


def test_one_text_may_answer_two_items() -> None:
    readings = read("马俊的不归我们管，归档的明天弄", situation("周岚")).readings

    assert [(r.finding, r.intent, r.value) for r in readings] == [
        ("B04", "objection", None),
        ("B05", "commitment", "2026-06-16"),
    ]


def test_a_name_typed_by_sound_is_understood() -> None:
    assert findings("郑文彬的改好了", situation("谢宁")) == ["A04"]


def test_a_number_that_may_be_a_day_or_a_place_is_asked_about() -> None:
    assert read("2号改好了", situation("贺敏")).ask


@pytest.mark.parametrize(
    ("person", "text", "wanted"),
    [
        ("周岚", "已经解除取保了", ["B04"]),
        ("周岚", "第1-2条收到", ["B01", "B02"]),
        ("高远", "首条改好了", ["C01"]),
        ("高远", "最后两条改好了", ["C03", "C04"]),
        ("高远", "A1改了", ["C01", "C03", "C04"]),
        ("高远", "尾号097改了", ["C04"]),
        ("高远", "尾号9改了", ["C01", "C03", "C04"]),
        ("高远", "白金贵合同诈骗案改了", ["C01"]),
        ("高远", "1已补录2转简易3后天诉", ["C01", "C03", "C04"]),
        ("高远", "除了1、2、3都改了", ["C01", "C03", "C04"]),
        ("高远", "刑诉66改了", ["C01", "C03", "C04"]),
        ("秦书文", "其他的改了", ["D01", "D02"]),
        ("秦书文", "三条都改了", ["D01", "D02"]),
        ("谢宁", "起诉书送法院了", ["A01", "A02", "A03", "A04"]),
        ("崔娜", "二和三改好了", ["H02", "H03"]),
    ],
)
def test_items_are_named_in_many_ways(person: str, text: str, wanted: list[str]) -> None:
    assert sorted(filter(None, findings(text, situation(person)))) == wanted


def test_a_colleague_is_not_taken_for_a_suspect_whose_name_sounds_the_same() -> None:
    context = situation("谢宁")
    colleague = replace(context, people=(*context.people, "郑文宾"))

    assert read("A01让郑文宾去改", colleague).readings[0].finding == "A01"


def test_a_colleague_may_be_misspelt_too() -> None:
    (reading,) = read("转给秦书纹了", situation("高远", "C04")).readings

    assert (reading.intent, reading.value) == ("wrong_person", "秦书文")


@pytest.mark.parametrize(
    "text", ["前9条都改了", "刑事诉讼第172条说了", "倒数第9条改了", "六和七都改了", "8、改了"]
)
def test_places_that_are_not_there_are_not_guessed(text: str) -> None:
    understood = read(text, situation("周岚"))

    assert understood.ask or not understood.readings or len(understood.readings) > 1


@pytest.mark.parametrize("text", ["说错了，不是B01，是B04改好了", "B01改好了，不对，是B04"])
def test_an_answer_taken_back_is_asked_about(text: str) -> None:
    understood = read(text, situation("周岚"))

    assert understood.ask
    assert understood.reason == "contradiction"


def test_what_follows_but_is_what_counts() -> None:
    (reading,) = read("B05改好了，但是归档日期那栏锁了", situation("周岚")).readings

    assert reading.intent == "corrected_partial"


def test_of_two_days_the_one_with_the_verb_of_the_column_is_taken() -> None:
    (reading,) = read("回执6.5收到，6.3执行", situation("高远", "C01")).readings

    assert (reading.field, reading.value) == ("执行日期", "2026-06-03")


def test_all_but_one_leaves_that_one_out() -> None:
    readings = read("除了B04都改了", situation("周岚")).readings

    assert [reading.finding for reading in readings] == ["B01", "B02", "B05"]


def test_all_but_something_unknown_is_asked_about() -> None:
    assert read("除了那个什么外都改了", situation("周岚")).ask


def test_one_of_several_is_known_by_its_matter() -> None:
    assert findings("归档改了一条", situation("周岚")) == ["B05"]


def test_the_quoted_item_and_another_may_be_answered_together() -> None:
    assert findings("这条改了。B04明天改", situation("周岚", "B01")) == ["B01", "B04"]


def test_a_name_after_its_verb_belongs_to_it() -> None:
    readings = read("明天批赵启明，已改马俊归档的没办法", situation("周岚")).readings

    assert ("B01", "commitment") in {(reading.finding, reading.intent) for reading in readings}


def test_one_item_and_then_all_of_them() -> None:
    assert len(findings("这条知道了，都改了", situation("周岚"))) == 4


def test_of_two_assistants_with_one_surname_none_is_guessed() -> None:
    context = replace(situation("韩静"), assistants=("苗青", "苗圃"), people=("苗青", "苗圃"))

    (reading,) = read("让小苗改一下", context).readings

    assert (reading.intent, reading.value) != ("delegate", "苗青")


def test_days_to_extend_count_from_the_term_and_days_to_wait_from_today() -> None:
    term = read("能不能延长5天", situation("罗永")).readings[0]
    wait = read("能不能缓5天", situation("罗永")).readings[0]

    assert (term.value, wait.value) == ("2026-11-29", "2026-11-25")


def test_a_case_number_without_a_known_form_has_no_tail() -> None:
    context = situation("韩静")
    odd = replace(context, items=(replace(context.items[0], case_no="测试一号"),))

    assert read("尾号06改好了", odd).ask


@pytest.mark.parametrize("text", LONG_STRANGE_TEXTS, ids=lambda text: text[:6])
def test_a_long_strange_text_costs_no_more_than_its_first_part(text: str) -> None:
    context = situation("欧阳慧")

    assert read(text, context) == read(text[:LIMIT], context)


WORDS = st.sampled_from(
    ["1", "2、", "第3条", "A01", "何志强", "老何", "改好了", "没改", "都", "其他", "除了", "就剩",
     "5.31", "31号", "周四", "明天", "归档", "那个", "，", "。", "转给谢宁", "让小纪", "91号", "的",
     "能不能缓到", "收到", "不是我的", "截图", "受理日期",
     "两条", "一条", "为啥", "66号", "2月30号"]
)  # fmt: skip


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    """Any person's items, some left out, placed anew, quoted or not, with odd names in them."""
    context = CONTEXTS[draw(st.sampled_from(sorted(CONTEXTS)))]
    kept = draw(
        st.lists(st.sampled_from(context.items), unique_by=lambda i: i.finding, max_size=12)
    )
    items = tuple(
        replace(
            item,
            item=draw(st.integers(1, 12)),
            case_name=draw(st.sampled_from((item.case_name, None, "", "案")) | st.text(max_size=9)),
            suspects=draw(st.sampled_from((item.suspects, (), ("甲",), ("某", "(")))),
            suspect=draw(st.sampled_from((item.suspect, None))),
            case_no=draw(st.sampled_from((item.case_no, "", "测试一号"))),
            headings=draw(st.sampled_from((item.headings, {}))),
        )
        for item in kept
    )
    quoted = draw(st.lists(st.sampled_from([*(i.finding for i in items), "Z99"]), max_size=4))
    people = draw(st.sampled_from((context.people, (), ("张", "["))))
    return replace(
        context, items=items, reply_to=tuple(quoted), attachment=draw(st.booleans()), people=people
    )


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=5000) | st.lists(WORDS, max_size=12).map("".join), contexts())
def test_any_text_in_any_situation_is_read_without_a_fault(text: str, context: Context) -> None:
    known = {item.finding for item in context.items} | {None}

    understood = read(text, context)

    assert {reading.finding for reading in understood.readings} <= known
    assert understood.readings or not understood.ask
    assert understood.ask == (understood.reason is not None)
