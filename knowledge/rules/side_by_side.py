"""Work on parts side by side: the engine computes on one while the next is laid out.

No more parts are made than are worked on, so that few of them are in memory at once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORKERS = 2
"""While one is laid out in Python, the engine computes on the other."""
WORTH = 20_000
"""Fewer cards than these are done with before a second worker has begun."""
Item = TypeVar("Item")
Made = TypeVar("Made")


def workers(cards: int) -> int:
    """Return how many may work on so many cards."""
    return WORKERS if cards > WORTH else 1


def mapped(function: Callable[[Item], Made], items: Iterator[Item], *, workers: int) -> list[Made]:
    """Return what a function makes of each item, in their order."""
    lock, made = Lock(), dict[int, Made]()
    numbered = enumerate(items)

    def work() -> None:
        while True:
            with lock:
                number, item = next(numbered, (None, None))
            if number is None or item is None:
                return
            made[number] = function(item)

    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work) for _ in range(workers)]:
            done.result()
    return [made[number] for number in sorted(made)]
