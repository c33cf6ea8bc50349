"""The same steps give the same timeline, bit for bit."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage import track

from b2bkit.campaigns import (
    Attribute,
    Campaign,
    Canvas,
    ChangeAttribute,
    Decide,
    Delay,
    Did,
    Message,
    PerformEvent,
)
from b2bkit.messaging import Messaging
from b2bkit.sandbox import Sandbox

FLOWS = (
    Campaign(
        name="Count",
        trigger=PerformEvent("Opened"),
        steps=[track('"n": {"inc": 1}')],
        reeligible=timedelta(hours=1),
    ),
    Campaign(
        name="Third",
        trigger=ChangeAttribute("n", 3),
        audience=[Attribute("n", "more than", 2)],
        steps=[track(events='"name": "Third time"')],
        delay=timedelta(minutes=5),
    ),
    Canvas(
        name="Follow up",
        trigger=PerformEvent("Third time"),
        steps=[
            Message("{{${braze_id}}} {{campaign.${dispatch_id}}}"),
            Delay(timedelta(hours=2)),
            Decide([Did(PerformEvent("Opened"), since_entry=True)], yes=[track('"x": "{{"')]),
        ],
        reeligible=True,
    ),
    Campaign(
        name="Dispatch",
        trigger=PerformEvent("Opened"),
        steps=[Message("{{campaign.${dispatch_id}}}")],
        reeligible=True,
    ),
)

DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("perform"), st.sampled_from(["ada", "bob"]), st.just("Opened")),
        st.tuples(st.just("advance"), st.sampled_from([1, 30, 90, 600])),
    ),
    min_size=1,
    max_size=12,
)


def happened(doings, seed=0):
    with Sandbox() as braze, Messaging(braze, FLOWS, seed=seed) as flows:
        for name, *arguments in doings:
            if name == "advance":
                flows.advance(minutes=arguments[0])
            else:
                flows.perform(*arguments)
        return flows.records, list(flows.messages()["text"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOINGS)
def test_the_same_steps_give_the_same_timeline(doings):
    assert happened(doings) == happened(doings)


def test_another_seed_makes_other_ids_and_the_same_story():
    doings = [("perform", "ada", "Opened")]
    (records, texts), (others, other_texts) = happened(doings), happened(doings, seed=1)
    assert texts != other_texts
    assert [(r.what, r.detail, r.status) for r in records] == [
        (r.what, r.detail, r.status) for r in others
    ]


def test_one_long_advance_is_many_short_ones():
    def run(*minutes):
        return happened([("perform", "ada", "Opened"), *(("advance", each) for each in minutes)])

    assert run(600) == run(1, 30, 90, 479)
