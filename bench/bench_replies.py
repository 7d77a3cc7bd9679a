"""Reading one answer: the ordinary ones of the example files, and strings made to be slow.

Prints one JSON line: median and 95th percentile over all examples, the slowest string of 5,000
characters and what it costs beside the median, in CPU seconds of this process.
"""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.replies.reader import read
from tests.support.replies import EXAMPLES, LONG_STRANGE_TEXTS, OFFICES, load_examples

if TYPE_CHECKING:
    from knowledge.replies.model import Context


def seconds(text: str, context: Context, *, times: int = 3) -> float:
    taken = []
    for _ in range(times):
        began = time.process_time()
        read(text, context)
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    examples = [*load_examples(EXAMPLES), *load_examples(OFFICES)]
    busiest = max((each.context for each in examples), key=lambda context: len(context.items))
    busiest = replace(busiest, reply_to=())
    read("改好了", busiest)
    ordinary = sorted(seconds(each.text, each.context) for each in examples)
    strange = {text[:6]: seconds(text, busiest) for text in LONG_STRANGE_TEXTS}
    slowest = max(strange, key=lambda text: strange[text])
    median = statistics.median(ordinary)
    print(
        json.dumps(
            {
                "answers": len(ordinary),
                "median_ms": round(median * 1e3, 3),
                "p95_ms": round(statistics.quantiles(ordinary, n=20)[-1] * 1e3, 3),
                "slowest_string": slowest,
                "slowest_string_ms": round(strange[slowest] * 1e3, 3),
                "slowest_string_to_median": round(strange[slowest] / median, 1),
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
