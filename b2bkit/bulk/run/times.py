"""What a run knows of time and chance, so that tests can give it others."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Times:
    """Hold clock, timer, sleep and chance.

    Args:
        clock: Gives epoch seconds; it may be set while a run is under way.
        timer: Gives seconds that only ever grow.
        sleep: Waits so many seconds of the timer.
        random: Gives numbers from 0 to 1.
    """

    clock: Callable[[], float] = time.time
    timer: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = random.random
