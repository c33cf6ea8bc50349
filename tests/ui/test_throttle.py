"""At most one repaint in an interval, and the last one is never lost."""

import asyncio

from b2bkit.ui.throttle import Throttle


def test_every_call_works_where_no_loop_runs():
    done = []
    repaint = Throttle(lambda: done.append("painted"), interval=60)
    repaint()
    repaint()
    assert len(done) == 2


def test_a_burst_is_painted_at_its_start_and_once_more():
    painted, typed = [], []

    async def type_fast():
        painted_twice = asyncio.Event()

        def paint():
            painted.append(len(typed))
            if len(painted) == 2:
                painted_twice.set()

        repaint = Throttle(paint, interval=0.01)
        for key in range(50):
            typed.append(key)
            repaint()
        await painted_twice.wait()
        return painted

    assert asyncio.run(type_fast()) == [1, 50]


def test_painting_now_forgets_the_call_that_waits():
    painted = []

    async def work():
        repaint = Throttle(lambda: painted.append(1), interval=60)
        repaint()
        repaint()
        repaint.now()
        return asyncio.all_tasks()

    asyncio.run(work())
    assert len(painted) == 2
