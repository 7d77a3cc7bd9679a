from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.replies.reader import read
from tests.support.sample_office import sample_context
from tests.support.shared import shared_folder


def samples() -> list[dict[str, Any]]:
    lines = shared_folder("samples", "sample_replies.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in lines.splitlines()]


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("with_attachment", [True, False])
def test_every_sample_answer_is_read_as_its_author_meant_it(
    number: int, *, with_attachment: bool
) -> None:
    sample = samples()[number]
    context, rows = sample_context(
        sample["person"],
        quoted_row=sample["reply_to_row"],
        attachment=with_attachment and "attachment" in sample,
    )
    numbers = {row: finding for finding, row in reversed(rows.items())}
    text = sample["text"].replace("{no. of row 8}", numbers.get(8, ""))

    understood = read(text, context)

    said = {
        (rows.get(r.finding or ""), r.rule, r.intent, r.field, r.value) for r in understood.readings
    }
    wanted = {(e["row"], e["rule"], e["intent"], e["field"], e["value"]) for e in sample["expect"]}
    assert understood.ask == sample["ask"]
    if sample["ask"]:
        assert {intent for _, _, intent, _, _ in said} == {e[2] for e in wanted}
    else:
        assert said == wanted
