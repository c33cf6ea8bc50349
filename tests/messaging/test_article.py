"""Braze's article, run as it is written: each of its use cases, over real HTTP to the sandbox."""

from datetime import timedelta

import pytest
from stage import HEADERS, told, track, value

from b2bkit.campaigns import (
    ApiTrigger,
    Attribute,
    Campaign,
    Canvas,
    ChangeAttribute,
    Conversion,
    Decide,
    Delay,
    DidNot,
    MakePurchase,
    Message,
    PerformEvent,
    ReceiveMessage,
)
from b2bkit.messaging import START
from b2bkit.sandbox import Sandbox
from b2bkit.use_cases import use_case
from b2bkit.webhook import Webhook

VARIANTS = ["recommended", "as-documented"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_add_an_event_property_to_the_profile(run, braze, variant):
    """The event fires the action-based campaign; its webhook writes the profile."""
    case = use_case(
        "event-property-to-profile",
        variant,
        your_custom_event="Viewed product",
        your_event_property="category",
        new_custom_attribute="last_category",
    )
    flows = run(case)
    flows.perform("ada", "Viewed product", {"category": "hats"})
    assert value(braze, "last_category") == "hats"
    assert told(flows) == [
        "event: Viewed product",
        'entry: event "Viewed product"',
        "webhook: POST /users/track → 201 (accepted)",
        "attribute: last_category: none → text",
    ]
    logged = braze.log[-1]
    assert logged["status"] == 201, "it really went over HTTP"


@pytest.mark.parametrize(("variant", "three"), [("recommended", 3), ("as-documented", "3")])
def test_count_each_message_received_and_stop_at_three(run, braze, variant, three):
    """As documented, the count arrives as text: `less than 3` finds it only while it is blank."""
    banner = Campaign(
        name="Banner",
        trigger=PerformEvent("Opened app"),
        audience=[Attribute("views", "less than", 3)],
        steps=[Message("Hi {{${first_name}}}", "push")],
        reeligible=True,
    )
    count = Campaign(
        name="Count views",
        trigger=ReceiveMessage("Banner"),
        steps=[use_case("counter", variant, your_attribute_count="views").webhook],
        reeligible=True,
    )
    flows = run(banner, count)
    for _ in range(5):
        flows.perform("ada", "Opened app")
        flows.advance(days=1)
    received = 3 if variant == "recommended" else 1
    assert list(flows.messages()["text"]) == ["Hi Ada"] * received
    assert value(braze, "views") == (3 if variant == "recommended" else "1")
    assert told(flows, "no entry") == ["no entry: views less than 3 (not in the audience)"] * (
        5 - received
    )


def abandoned_cart():
    lapsed = track('"purchase_lapsers": true')
    return Canvas(
        name="Abandoned cart",
        trigger=PerformEvent("Abandoned cart"),
        conversion=Conversion(MakePurchase(), timedelta(days=3)),
        steps=[
            Message("Still interested?"),
            Delay(timedelta(days=3)),
            Decide([DidNot(MakePurchase(), since_entry=True)], yes=[lapsed]),
        ],
    )


def test_flag_who_did_not_convert(run, braze):
    flows = run(abandoned_cart())
    flows.perform("ada", "Abandoned cart")
    flows.perform("bob", "Abandoned cart")
    flows.advance(days=1)
    flows.purchase("bob", "hat", 19.9, "EUR")
    flows.advance(days=2)
    assert value(braze, "purchase_lapsers") is True
    assert value(braze, "purchase_lapsers", "bob") is None
    assert told(flows, "conversion", "no conversion", user="bob") == [
        "conversion: any purchase (converted)"
    ]
    assert told(flows, "conversion", "no conversion", user="ada") == [
        "no conversion: any purchase within 3 days (did not convert)"
    ]


def test_keep_an_event_property_for_a_later_canvas_step(run, braze):
    """In the editor of the article's time: the first step writes it, a later one reads it."""
    keep = use_case(
        "event-property-to-profile",
        "as-documented",
        your_event_property="item",
        new_custom_attribute="last_item",
    ).webhook
    flows = run(
        Canvas(
            name="Reminder",
            editor="original",
            trigger=PerformEvent("Added to cart"),
            steps=[
                keep,
                Delay(timedelta(days=2)),
                Message("[{{event_properties.${item}}}] {{custom_attribute.${last_item}}}"),
            ],
        )
    )
    flows.perform("ada", "Added to cart", {"item": "hat"})
    flows.advance(days=2)
    assert list(flows.messages()["text"]) == ["[] hat"]


def test_trigger_a_second_canvas_from_the_first(run, braze):
    second = Canvas(
        name="Second",
        id="canvas-2",
        trigger=ApiTrigger(),
        steps=[Message("About {{context.${category}}}")],
    )
    trigger = use_case(
        "second-canvas", your_canvas_id="canvas-2", your_context_property="category"
    ).webhook
    first = Canvas(name="First", trigger=PerformEvent("Started"), steps=[trigger])
    flows = run(first, second)
    flows.perform("ada", "Started", {"category": "hats"})
    assert list(flows.messages()[["campaign", "text"]].itertuples(index=False)) == [
        ("Second", "About hats")
    ]
    assert told(flows, "entry", "API trigger", "exit") == [
        'entry: event "Started"',
        "API trigger: canvas-2",
        "entry: API trigger",
        "exit: ",
        "exit: ",
    ]


def test_trigger_an_api_campaign_with_properties(run, braze):
    webhook = Webhook(
        "https://rest.fra-01.braze.eu/campaigns/trigger/send",
        headers=HEADERS,
        body='{"campaign_id": "c-2", "trigger_properties": {"shop": "Köln"}, '
        '"recipients": [{"external_user_id": "{{${user_id}}}"}]}',
    )
    start = Campaign(name="Start", trigger=PerformEvent("Started"), steps=[webhook])
    second = Campaign(
        name="Second",
        id="c-2",
        trigger=ApiTrigger(),
        steps=[Message("From {{api_trigger_properties.${shop}}}")],
    )
    flows = run(start, second)
    flows.perform("ada", "Started")
    assert list(flows.messages()["text"]) == ["From Köln"]


def test_if_this_then_that(run, braze):
    """Event → campaign → attribute → campaign → event → campaign, one thing after the other."""
    flows = run(
        Campaign(
            name="Score",
            trigger=PerformEvent("Opened app"),
            steps=[track('"score": {"inc": 10}')],
            reeligible=True,
        ),
        Campaign(
            name="Promote",
            trigger=ChangeAttribute("score"),
            audience=[Attribute("score", "more than", 15)],
            steps=[track('"tier": "gold"', '"name": "Became gold"')],
        ),
        Campaign(
            name="Congratulate",
            trigger=PerformEvent("Became gold"),
            steps=[Message("You are {{custom_attribute.${tier}}}")],
        ),
    )
    flows.perform("ada", "Opened app")
    flows.perform("ada", "Opened app")
    flows.perform("ada", "Opened app")
    assert list(flows.messages()["text"]) == ["You are gold"]
    last = next(record for record in flows.records if record.what == "message")
    assert (last.chain, last.hop) == (2, 3)
    assert value(braze, "score") == 30
    assert flows.loops == ()


def test_a_lost_update_and_none(run):
    """T2, T12: two messages before the first count is applied; `inc` counts both."""
    counters = {
        "read": use_case("counter", "as-documented", your_attribute_count="read").webhook,
        "added": use_case("counter", your_attribute_count="added").webhook,
    }
    with Sandbox(processing_delay=1000) as braze:
        flows = run(
            *(
                Campaign(
                    name=name, trigger=PerformEvent("Opened"), steps=[counter], reeligible=True
                )
                for name, counter in counters.items()
            ),
            sandbox=braze,
        )
        flows.perform("ada", "Opened")
        flows.perform("ada", "Opened")
        assert value(braze, "added") is None, "accepted is not applied"
        flows.advance(seconds=1)
        assert (value(braze, "read"), value(braze, "added")) == ("1", 2)


def test_a_retry_counts_twice(run, braze):
    """T32: the first try was applied, and its answer was lost on the way."""
    count = use_case("counter", your_attribute_count="n").webhook
    flows = run(Campaign(name="Count", trigger=PerformEvent("Opened"), steps=[count]))
    braze.set_faults([{"path": "/users/track", "first": 1, "drop": "after"}])
    flows.perform("ada", "Opened")
    flows.advance(minutes=1)
    assert value(braze, "n") == 2
    assert [(each.status, each.outcome) for each in flows.attempts] == [
        (599, "unknown"),
        (201, "accepted"),
    ]


def test_what_is_applied_later_still_belongs_to_its_chain(run):
    with Sandbox(processing_delay=1000) as braze:
        flows = run(
            Campaign(name="First", trigger=PerformEvent("A"), steps=[track(events='"name": "B"')]),
            Campaign(name="Second", trigger=PerformEvent("B"), steps=[Message("x")]),
            sandbox=braze,
        )
        flows.perform("ada", "A")
        flows.perform("bob", "C")
        flows.advance(seconds=1)
        [sent] = [record for record in flows.records if record.what == "message"]
        assert (sent.chain, sent.hop, sent.time) == (1, 2, START + timedelta(seconds=1))


def test_a_rate_limit_makes_webhooks_wait(run):
    """Sandbox and campaigns share the clock, so waiting costs no time."""
    with Sandbox(rate_limit="1/60") as braze:
        count = use_case("counter", your_attribute_count="n").webhook
        campaign = Campaign(name="C", trigger=PerformEvent("A"), steps=[count], reeligible=True)
        flows = run(campaign, sandbox=braze)
        flows.perform("ada", "A")
        flows.perform("ada", "A")
        assert [each.status for each in flows.attempts] == [201, 429]
        flows.advance(minutes=5)
        assert flows.attempts[-1].status == 201
        assert value(braze, "n") == 2
