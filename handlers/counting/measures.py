"""Every measure by its key, in the order of the tables, and the rates made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import acting, card_measures, noticing, objecting, watching
from handlers.counting.figures import figure, rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.counting.facts import Facts
    from handlers.counting.figures import Figure, Measure, Unit
    from handlers.counting.ranges import Range

ALL: Mapping[str, Measure] = {
    one.key: one
    for one in (
        *watching.MEASURES,
        *acting.MEASURES,
        *noticing.MEASURES,
        *objecting.MEASURES,
        *card_measures.MEASURES,
    )
}
EFFECTIVE_RATE = (
    "effective_rate",
    "有效率",
    "有效监控件数占人工监控件数的比例；只与本院以前相比。",
)
CORRECTED_RATE = ("corrected_rate", "整改率", "当期问题已整改占问题数的比例；只与本院以前相比。")
SHARE = ("share", "占比", "占全部问题数的比例。")

Units = dict[str, "list[Unit]"]


def units(facts: Facts, during: Range) -> Units:
    """Count everything in a range, unit by unit."""
    return {key: one.count(facts, during) for key, one in ALL.items()}


def figures(counted: Units) -> dict[str, Figure]:
    """Add the units of every measure up, and make the rates."""
    found = {key: figure(ALL[key], counted[key]) for key in ALL}
    found["effective_rate"] = rate(*EFFECTIVE_RATE, found["effective"], found["watched"])
    found["corrected_rate"] = rate(*CORRECTED_RATE, found["corrected_of"], found["problems"])
    return found
