"""The clock that can be moved, and the moments of schedules."""

from datetime import UTC, datetime, time, timedelta

import pytest

from b2bkit.campaigns import Campaign, Message, Schedule
from b2bkit.messaging import START, MessagingError, VirtualClock, real_clock
from b2bkit.messaging.schedules import first_start

DAY = timedelta(days=1)


def test_a_virtual_clock_begins_on_the_same_monday_for_everybody():
    clock = VirtualClock()
    assert clock() == START == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert clock() == START, "it stands still"


def test_it_moves_forward_only():
    clock = VirtualClock(datetime(2026, 3, 1))
    clock.move_to(datetime(2026, 3, 2))
    assert clock() == datetime(2026, 3, 2, tzinfo=UTC)
    with pytest.raises(MessagingError, match="time does not go back"):
        clock.move_to(datetime(2026, 3, 1))


def test_the_real_clock_has_a_zone():
    assert real_clock().tzinfo is UTC


@pytest.mark.parametrize(
    ("schedule", "start"),
    [
        pytest.param(Schedule(), START, id="at launch"),
        pytest.param(Schedule(time(10)), START.replace(hour=10), id="later today"),
        pytest.param(Schedule(time(9)), START, id="right now"),
        pytest.param(Schedule(time(8)), START.replace(hour=8) + DAY, id="tomorrow"),
        pytest.param(Schedule(START + DAY), START + DAY, id="a moment"),
        pytest.param(Schedule(datetime(2026, 1, 6, 9)), START + DAY, id="without a zone it is UTC"),
        pytest.param(Schedule(START - 1.5 * DAY, DAY), START + 0.5 * DAY, id="missed, comes again"),
        pytest.param(Schedule(START - 2 * DAY, DAY), START, id="missed, comes again right now"),
    ],
)
def test_when_a_schedule_starts_first(schedule, start):
    campaign = Campaign(name="C", trigger=schedule, steps=[Message("x")])
    assert first_start(campaign, schedule, START) == start


def test_a_schedule_that_has_passed_is_refused():
    schedule = Schedule(START - DAY)
    campaign = Campaign(name="C", trigger=schedule, steps=[Message("x")])
    with pytest.raises(MessagingError, match='The campaign "C" is scheduled for 2026-01-04'):
        first_start(campaign, schedule, START)
