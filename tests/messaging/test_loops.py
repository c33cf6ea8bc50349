"""Chains that feed themselves are stopped, and the loop is named."""

from datetime import timedelta

from stage import told, track, value

from b2bkit.campaigns import Campaign, Canvas, ChangeAttribute, Delay, PerformEvent


def ping(**changes):
    return Campaign(
        **{
            "name": "Ping",
            "trigger": PerformEvent("Ping"),
            "steps": [track(events='"name": "Pong"')],
            "reeligible": True,
            **changes,
        }
    )


PONG = Campaign(
    name="Pong",
    trigger=PerformEvent("Pong"),
    steps=[track('"pongs": {"inc": 1}', '"name": "Ping"')],
    reeligible=True,
)


def test_two_campaigns_that_start_each_other_are_stopped_and_the_loop_is_named(run, braze):
    flows = run(ping(), PONG, hop_limit=6)
    flows.perform("ada", "Ping")
    [loop] = flows.loops
    assert str(loop) == (
        'event "Ping" → campaign "Ping" → event "Pong" → campaign "Pong" → event "Ping"'
    )
    assert (loop.hops, loop.user) == (6, "ada")
    assert value(braze, "pongs") == 3
    assert told(flows, "loop") == [f"loop: {loop.message} (stopped)"]
    assert loop.finding.traps == ("T31",)


def test_an_attribute_that_its_own_change_changes(run, braze):
    flows = run(
        Campaign(
            name="Count",
            trigger=ChangeAttribute("n"),
            steps=[track('"n": {"inc": 1}')],
            reeligible=True,
        ),
        hop_limit=4,
    )
    flows.update("ada", {"n": 0})
    assert value(braze, "n") == 4
    assert str(flows.loops[0]) == 'attribute "n" → campaign "Count" → attribute "n"'


def test_a_canvas_that_sends_itself_again_a_day_later(run, braze):
    """Time between the hops does not hide a loop."""
    again = Canvas(
        name="Again",
        trigger=PerformEvent("Go"),
        steps=[Delay(timedelta(days=1)), track(events='"name": "Go"')],
        reeligible=True,
    )
    flows = run(again, hop_limit=5)
    flows.perform("ada", "Go")
    flows.advance(days=365)
    assert len(told(flows, "entry")) == 5
    assert str(flows.loops[0]) == 'event "Go" → Canvas "Again" → event "Go"'


def test_a_chain_that_branches_at_every_hop_is_stopped_early(run):
    """Two campaigns that both start both: 2, 4, 8 ... would take for ever."""
    both = [
        Campaign(
            name=name,
            trigger=PerformEvent("Go"),
            steps=[track(events='"name": "Go"')],
            reeligible=True,
        )
        for name in "AB"
    ]
    flows = run(*both, hop_limit=5)
    flows.perform("ada", "Go")
    assert len(told(flows, "entry")) == 20
    assert len(flows.loops) == 1


def test_reeligibility_breaks_a_loop(run):
    flows = run(ping(reeligible=False), PONG)
    flows.perform("ada", "Ping")
    assert flows.loops == ()
    assert told(flows, "no entry") == ["no entry: received before (not re-eligible)"]


def test_after_a_loop_was_stopped_everything_else_goes_on(run):
    flows = run(ping(), PONG, hop_limit=4)
    flows.perform("ada", "Ping")
    flows.perform("bob", "Ping")
    flows.perform("ada", "Ping")
    assert [loop.user for loop in flows.loops] == ["ada", "bob", "ada"]


def test_a_user_who_does_it_themselves_again_and_again_is_no_loop(run):
    flows = run(ping(), hop_limit=3)
    for _ in range(10):
        flows.perform("ada", "Ping")
    assert flows.loops == ()
