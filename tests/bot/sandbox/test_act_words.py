from __future__ import annotations

import ast
import re

import pytest

from tests.support.command import ROOT

WORDS = (ROOT / "bot" / "sandbox" / "page" / "acts.js").read_text(encoding="utf-8")


def recorded() -> set[str]:
    """Every act that some module records under a fixed name."""
    found: set[str] = set()
    for room in ("handlers", "storage", "bot"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and is_record(node.func):
                    found |= {
                        one.value
                        for one in ast.walk(node.args[0])
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
    return {one for one in found if re.fullmatch(r"[a-z]+(_[a-z]+)*", one)}


def is_record(function: ast.expr) -> bool:
    """Tell `tx.record(...)` from methods of that name elsewhere."""
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "record"
        and isinstance(function.value, ast.Name)
        and function.value.id == "tx"
    )


@pytest.mark.parametrize("act", sorted(recorded()))
def test_an_act_of_the_ledger_has_its_word_on_the_page(act: str) -> None:
    assert re.search(rf"\b{act}: \"", WORDS) is not None
