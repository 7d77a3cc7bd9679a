"""Signals as an event: SIGTERM and SIGINT ask the process to stop in order, but not for ever."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

# SIGTERM must end the process within 8 s, however slow the machine
_IN_ORDER_SECONDS = 6.5


def asked_to_stop() -> asyncio.Event:
    """Return an event that is set by SIGTERM or SIGINT.

    Where stopping in order takes too long the process ends at once: that loses nothing, since
    every step is committed before the next, and what is on its way counts as unknown.
    """
    stopping = asyncio.Event()

    def stop() -> None:
        if not stopping.is_set():
            stopping.set()
            deadline = threading.Timer(_IN_ORDER_SECONDS, os._exit, args=(0,))
            deadline.daemon = True
            deadline.start()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return stopping
