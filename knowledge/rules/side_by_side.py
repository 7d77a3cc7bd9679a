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
"""While one lays something out in Python, the engine computes for the other."""
Item = TypeVar("Item")
Made = TypeVar("Made")


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
