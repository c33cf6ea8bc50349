"""The loop in a chain, and the guard that stops it."""

from datetime import UTC, datetime

import pytest

from b2bkit.messaging import Chain, Loop
from b2bkit.messaging.agenda import Agenda
from b2bkit.messaging.guard import Guard

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def chain(*kinds_and_names):
    made = Chain(1)
    for each in kinds_and_names:
        kind, _, name = each.partition(" ")
        made = made.then(kind, name)
    return made


@pytest.mark.parametrize(
    ("links", "hops", "loop"),
    [
        (["event A"], 0, []),
        (["event A", "campaign X", "event B"], 1, []),
        (
            ["event A", "campaign X", "event B", "campaign Y", "event A"],
            2,
            ["event A", "campaign X", "event B", "campaign Y", "event A"],
        ),
        (
            ["event A", "campaign X", "attribute n", "Canvas Y", "attribute n"],
            2,
            ["attribute n", "Canvas Y", "attribute n"],
        ),
        (
            ["event A", "campaign X", "event A", "campaign X", "event A"],
            2,
            ["event A", "campaign X", "event A"],
        ),
    ],
)
def test_the_shortest_loop_that_ends_here_is_found(links, hops, loop):
    made = chain(*links)
    assert made.hops == hops
    assert [f"{link.kind} {link.name}" for link in made.loop] == loop


def test_a_loop_says_what_feeds_what_and_that_braze_has_no_guard():
    loop = Loop(chain("event A", "campaign X", "event A").links, 25, NOW, "ada")
    assert str(loop) == 'event "A" → campaign "X" → event "A"'
    assert loop.feeds_itself
    assert loop.message == (
        'This chain feeds itself: event "A" → campaign "X" → event "A". It was stopped here after '
        "25 campaigns and Canvases. Braze documents no such guard: there it may go on."
    )
    finding = loop.finding
    assert (finding.id, finding.severity, finding.part) == (
        "chain-feeds-itself",
        "error",
        'campaign "X"',
    )
    assert finding.traps == ("T31",)


def test_a_chain_that_is_merely_long_is_not_called_a_loop():
    loop = Loop(chain("event A", "campaign X", "event B").links, 25, NOW, "ada")
    assert not loop.feeds_itself
    assert loop.message.startswith("This chain is very long: event")


def test_the_guard_stops_at_the_hop_limit():
    guard = Guard(2)
    assert not guard.stops(chain("event A"), "ada")
    assert not guard.stops(chain("event A", "campaign X", "event B"), "ada")
    at_limit = chain("event A", "campaign X", "event B", "campaign Y", "event C")
    assert guard.stops(at_limit, "ada")
    assert guard.is_stopped(chain("event A"), "ada"), "the whole chain is stopped"
    assert not guard.is_stopped(chain("event A"), "bob"), "others go on"


def test_the_guard_stops_a_chain_that_branches_before_it_is_deep():
    guard = Guard(2)
    stops = [guard.stops(chain("event A"), "ada") for _ in range(9)]
    assert stops == [False] * 8 + [True]


def test_the_agenda_keeps_order():
    agenda, done = Agenda(), []
    agenda.at(NOW, lambda: done.append("later, first put down"))
    agenda.at(NOW, lambda: done.append("later, then put down"))
    agenda.soon(lambda: done.append("at once"))
    assert agenda.next_moment == NOW
    while task := agenda.take(NOW):
        task()
    assert done == ["at once", "later, first put down", "later, then put down"]
    assert agenda.take(NOW) is None
    assert agenda.next_moment is None
