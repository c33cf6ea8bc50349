"""Received or not, tried again or not, and when: Braze's table, one row a rule."""

from datetime import UTC, datetime, timedelta

import pytest

from b2bkit.messaging import DeliveryRules
from b2bkit.messaging.delivery import HostHealth, is_received, is_retried, wait_for_retry

RULES = DeliveryRules()
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "received", "retried"),
    [
        (200, True, False),
        (201, True, False),
        (202, True, False),
        (301, False, False),
        (304, False, False),
        (400, False, False),
        (401, False, False),
        (403, False, False),
        (404, False, False),
        (408, False, True),
        (413, False, False),
        (415, False, False),
        (429, False, True),
        (500, False, True),
        (502, False, True),
        (503, False, True),
        (529, False, True),
        (598, False, True),
        (599, False, True),
    ],
)
def test_the_table_of_statuses(status, received, retried):
    assert (is_received(status), is_retried(status)) == (received, retried)


def seconds(wait):
    return wait and wait.total_seconds()


@pytest.mark.parametrize(
    ("status", "attempt", "since_first", "asked", "wait"),
    [
        pytest.param(500, 1, 0, 0, 30, id="first retry"),
        pytest.param(500, 2, 30, 0, 60, id="second"),
        pytest.param(500, 3, 90, 0, 120, id="third"),
        pytest.param(500, 4, 210, 0, 240, id="fourth"),
        pytest.param(500, 5, 450, 0, 480, id="fifth and last"),
        pytest.param(500, 6, 930, 0, None, id="no sixth"),
        pytest.param(400, 1, 0, 0, None, id="400 is not tried again"),
        pytest.param(429, 1, 0, 90, 90, id="Retry-After asks for more"),
        pytest.param(429, 3, 90, 5, 120, id="Retry-After asks for less than the backoff"),
        pytest.param(429, 1, 0, 1_800, 1_800, id="Retry-After to the end of the window"),
        pytest.param(429, 1, 0, 1_801, None, id="Retry-After beyond the window"),
    ],
)
def test_when_it_is_tried_again(status, attempt, since_first, asked, wait):
    found = wait_for_retry(RULES, status, attempt, timedelta(seconds=since_first), asked)
    assert seconds(found) == wait


def test_five_retries_fit_into_thirty_minutes():
    assert len(RULES.waits) == 5
    assert sum(RULES.waits, timedelta(0)) <= RULES.window == timedelta(minutes=30)


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504, 529])
def test_more_than_3000_failures_in_a_minute_halt_a_host(status):
    health = HostHealth(RULES)
    halts = [health.note("a", status, NOW + timedelta(milliseconds=n)) for n in range(3_001)]
    assert halts == [False] * 3_000 + [True]
    last = NOW + timedelta(milliseconds=3_000)
    assert health.is_halted("a", last + timedelta(seconds=59))
    assert not health.is_halted("a", last + timedelta(seconds=60))
    assert not health.is_halted("b", last)


@pytest.mark.parametrize("status", [400, 401, 500, 598, 599])
def test_other_failures_do_not_count_against_a_host(status):
    health = HostHealth(DeliveryRules(unhealthy_after=0))
    assert not health.note("a", status, NOW)


def test_the_minute_moves():
    health = HostHealth(DeliveryRules(unhealthy_after=2))
    assert not health.note("a", 503, NOW)
    assert not health.note("a", 503, NOW + timedelta(seconds=59))
    assert not health.note("a", 503, NOW + timedelta(seconds=60)), "the first is a minute old"
    assert health.note("a", 503, NOW + timedelta(seconds=61))
