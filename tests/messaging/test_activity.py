"""Braze's Message Activity Log: its columns, its sample, its 60 hours."""

from datetime import timedelta

import pytest
from stage import Host, track

from b2bkit.campaigns import Campaign, Canvas, Message, PerformEvent, UpdateUser
from b2bkit.messaging import START
from b2bkit.messaging.activity import Entry, seen

OPENED = PerformEvent("Opened")
HOUR = timedelta(hours=1)


def entry(at=START, kind="Webhook Error", campaign="A", step="s", **more):
    return Entry(at, kind, campaign, step, "400", **more)


def test_the_columns_are_brazes(run):
    flows = run(
        Campaign(name="A", trigger=OPENED, steps=[track('"x": {{1}}{{2}} }')]),
        Campaign(name="B", trigger=OPENED, steps=[Message("{% abort_message('empty-cart') %}")]),
        Canvas(name="C", trigger=OPENED, steps=[UpdateUser("{% abort_message('no') %}")]),
    )
    flows.perform("ada", "Opened")
    log = flows.activity_log()
    assert list(log.columns) == ["timestamp", "type", "app name", "message", "details"]
    assert log["type"].tolist() == [
        "Webhook Error",
        "Aborted Message Error",
        "Aborted Message Error",
    ]
    assert log["message"].tolist()[1:] == ["empty-cart", "no"]
    assert log["message"][0].startswith("400 ")
    assert log["details"].tolist() == [
        "A, webhook: POST rest.iad-06.braze.com/users/track, attempt 1",
        "B, email",
        "C, user update",
    ]
    assert log["timestamp"][0] == START
    assert log["app name"].tolist() == ["", "", ""]


def test_successes_are_not_in_it_but_in_the_full_log(run):
    flows = run(Campaign(name="A", trigger=OPENED, steps=[track('"x": 1')]))
    flows.perform("ada", "Opened")
    assert len(flows.activity_log()) == 0
    assert len(flows.webhooks()) == 1


def test_every_failed_attempt_is_an_entry(run):
    """If a failure occurs there is at least one entry, also when a retry succeeds."""
    flows = run(
        Campaign(name="A", trigger=OPENED, steps=[track('"x": 1')]),
        transport=Host(500, 599, 201).transport,
    )
    flows.perform("ada", "Opened")
    flows.advance(hours=1)
    assert flows.activity_log()["message"].tolist() == ["500", "599"]
    assert len(flows.webhooks()) == 3


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        pytest.param([entry()] * 21, 20, id="20 of one type"),
        pytest.param([entry(), entry(kind="Aborted Message Error")] * 20, 40, id="two types"),
        pytest.param([entry(), entry(campaign="B")] * 20, 40, id="two campaigns"),
        pytest.param([entry(), entry(step="t")] * 20, 40, id="two steps"),
        pytest.param([entry()] * 20 + [entry(START + HOUR)] * 20, 40, id="two clock hours"),
        pytest.param(
            [entry(START + 0.9 * HOUR)] * 15 + [entry(START + 1.1 * HOUR)] * 15,
            30,
            id="clock hours, not sixty minutes",
        ),
    ],
)
def test_it_is_a_sample(entries, shown):
    assert len(list(seen(entries, START + 2 * HOUR))) == shown


@pytest.mark.parametrize(("hours", "shown"), [(0, 1), (60, 1), (60.1, 0)])
def test_it_reaches_60_hours_back(hours, shown):
    assert len(list(seen([entry()], START + hours * HOUR))) == shown


def test_sample_and_full_log_side_by_side(run):
    flows = run(
        Campaign(name="A", trigger=OPENED, steps=[track("x")], reeligible=True),
    )
    for _ in range(25):
        flows.perform("ada", "Opened")
    assert (len(flows.activity_log()), len(flows.webhooks())) == (20, 25)
    flows.advance(hours=61)
    assert (len(flows.activity_log()), len(flows.webhooks())) == (0, 25)


def test_a_test_send_is_prefixed():
    assert entry(test=True).row[3] == "[TEST SEND] 400"
