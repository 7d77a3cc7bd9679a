from __future__ import annotations

from dataclasses import replace

from handlers.documents.oral_prompt_facts import copy_text
from tests.support.papers import MINOR, ORAL_PROMPT


def test_the_copy_for_the_case_system_has_its_fields_and_codes() -> None:
    assert copy_text(ORAL_PROMPT, "intranet").splitlines() == [
        "流程监控记录 A05",
        "业务类别：流程监控",
        "办理形式：直接办理",
        "监控方式：口头通知，电话",
        "监控日期：2026年6月15日9时05分",
        "问题个数：1",
        "依据：《中华人民共和国刑事诉讼法》第九十一条第三款（据此推出）",
        "案件名称：白金贵涉嫌诈骗案",
        "部门受案号：云北检刑捕受[2026]990103000029号",
        "监控人：林静",
        "被提示人：第一检察部 周岚",
        f"监控内容：{ORAL_PROMPT.problem}",
        f"提示要求：{ORAL_PROMPT.ask}",
        "答复：执行回执尚未收到，今天催要。",
        "处理结果：（尚未办结）",
    ]


def test_on_an_internet_door_the_copy_names_nobody() -> None:
    text = copy_text(ORAL_PROMPT, "internet")

    assert "尾号029" in text
    assert "请登录系统查看" in text
    assert [
        word for word in ("白金贵", "林静", "周岚", "990103", "拘留", "催要") if word in text
    ] == []


def test_a_minors_case_is_not_named_in_the_copy_either() -> None:
    prompt = replace(ORAL_PROMPT, case_no=MINOR.case_no, case_name=MINOR.case_name)

    text = copy_text(prompt, "intranet")

    assert "陈某明" not in text
    assert "案件名称：（未成年人案件，隐名）" in text
