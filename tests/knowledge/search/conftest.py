from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from knowledge.laws.files import read
from knowledge.laws.parse import parse
from knowledge.search.engine import build
from knowledge.search.model import Point, Provision
from knowledge.search.opening import load_search
from tests.support.shared import shared_folder
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.search.engine import Engine

OVERDUE = Point(
    key="overdue-fee",
    title="逾期滞纳金",
    text="书还晚了按天交滞纳金，有封顶。",
    document="图书借阅管理办法",
    article="第五条",
    paragraph=1,
    questions=("还书晚了一天交多少钱", "滞纳金最多多少"),
    aliases=("逾期费",),
    also=(Provision("图书借阅管理办法", "第三条"),),
)


@pytest.fixture(scope="session")
def library() -> Engine:
    """The invented rules with one own-words point on them."""
    return build([OVERDUE], [parse(LOAN_RULES, "办法.md")])


@pytest.fixture(scope="session")
def shipped() -> Engine:
    """The shipped points alone, as before any import."""
    return load_search(None)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The shipped points with both official texts imported."""
    home: Path = tmp_path_factory.mktemp("home")
    for path in shared_folder("laws").glob("*.md"):
        shelf.put(home, read(path))
    return load_search(home)
