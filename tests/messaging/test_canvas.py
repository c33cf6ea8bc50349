"""The steps of a Canvas, and what Liquid sees in them."""

from datetime import timedelta

import pytest
from stage import told, track, value

from b2bkit.campaigns import (
    ApiTrigger,
    Attribute,
    Campaign,
    Canvas,
    ContextVariable,
    Conversion,
    Decide,
    Delay,
    Did,
    Message,
    PerformEvent,
    SetContext,
    UpdateUser,
    Variable,
)
from b2bkit.messaging import START
from b2bkit.messaging.walking import value_of

OPENED = PerformEvent("Opened")
DAY = timedelta(days=1)


def canvas(*steps, **changes):
    return Canvas(**{"name": "C", "trigger": OPENED, "steps": steps, **changes})


def texts(flows):
    return list(flows.messages()["text"])


def test_a_delay_counts_from_the_moment_the_user_reaches_it(run):
    flows = run(canvas(Message("a"), Delay(DAY), Message("b"), Delay(DAY), Message("c")))
    flows.advance(hours=5)
    flows.perform("ada", "Opened")
    flows.advance(days=30)
    times = [at.to_pydatetime() - START for at in flows.messages()["time"]]
    first = timedelta(hours=5)
    assert times == [first, first + DAY, first + 2 * DAY]
    assert told(flows, "delay", "exit") == ["delay: 1 day", "delay: 1 day", "exit: "]


def test_a_delay_at_the_end_holds_nobody(run):
    """Source: Delay step."""
    flows = run(canvas(Message("a"), Delay(DAY)))
    flows.perform("ada", "Opened")
    assert told(flows, "delay", "exit") == ["exit: "]


@pytest.mark.parametrize(
    ("filters", "way"),
    [
        ([Attribute("vip", "true")], "no"),
        ([Attribute("vip", "true or not set")], "yes"),
        ([Did(OPENED)], "yes"),
        ([Did(OPENED, since_entry=True)], "no"),
        ([ContextVariable("item", "equals", "hat")], "yes"),
        ([ContextVariable("item", "equals", "hat"), Attribute("vip", "true")], "no"),
    ],
)
def test_a_decision_looks_at_the_user_when_they_reach_it(run, filters, way):
    flows = run(canvas(Decide(filters, yes=[Message("yes")], no=[Message("no")]), Message("then")))
    flows.perform("ada", "Opened", {"item": "hat"})
    assert texts(flows) == [way, "then"]
    assert told(flows, "decision")[0].endswith(f"({way})")


def test_a_decision_sees_what_happened_in_the_meantime(run):
    bought = Did(PerformEvent("Bought"), since_entry=True)
    flows = run(canvas(Delay(DAY), Decide([bought], yes=[Message("Thanks")])))
    flows.perform("ada", "Opened")
    flows.perform("bob", "Opened")
    flows.perform("ada", "Bought")
    flows.advance(days=1)
    assert list(flows.messages()["user"]) == ["ada"]


def test_a_user_update_is_done_before_the_next_step_needs_no_key_and_names_no_user(run, braze):
    """Source: User Update step."""
    body = '{"attributes": [{"visits": {"inc": 1}, "item": "{{context.${item}}}"}]}'
    step = UpdateUser(body)
    read = Message("{{custom_attribute.${visits}}} {{custom_attribute.${item}}}")
    flows = run(canvas(step, read))
    flows.perform("ada", "Opened", {"item": "hat"})
    assert texts(flows) == ["1 hat"]
    assert list(flows.webhooks().index) == [], "it is no webhook"
    assert told(flows, "user update") == ["user update:  (done)"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "user update: not JSON (not done)"),
        ("[]", "user update: not JSON (not done)"),
        ("{% abort_message('stop') %}", "user update: stop (aborted)"),
    ],
)
def test_a_user_update_that_is_none_lets_the_user_go_on(run, body, said):
    flows = run(canvas(UpdateUser(body), Message("on")))
    flows.perform("ada", "Opened")
    assert told(flows, "user update") == [said]
    assert texts(flows) == ["on"]


def test_a_user_update_that_braze_refuses_says_so(run):
    flows = run(canvas(UpdateUser('{"events": [{"name": "x"}]}')))
    flows.perform("ada", "Opened")
    assert told(flows, "user update") == ["user update: 'time' is required (refused)"]


def test_a_message_whose_liquid_fails_says_where_and_keeps_why_apart(run):
    flows = run(canvas(Message("Hi\n{{ context.${item} | divided_by: 0 }}")))
    flows.perform("ada", "Opened", {"item": 1})
    assert told(flows, "message") == ["message: Liquid failed: line 2, column 22 (not sent)"]
    assert "divided by 0" in [record.values for record in flows.records][2]


def test_context_variables_are_set_in_order_and_last_through_the_canvas(run):
    flows = run(
        canvas(
            SetContext([Variable("a", "1", "number"), Variable("b", "{{context.${a} | plus: 1}}")]),
            Delay(DAY),
            Message("{{context.${b}}} {{canvas_entry_properties.${item}}}"),
        )
    )
    flows.perform("ada", "Opened", {"item": "hat"})
    flows.advance(days=1)
    assert texts(flows) == ["2 hat"]


def test_a_variable_of_the_wrong_type_is_not_updated_and_the_user_goes_on(run):
    flows = run(
        canvas(SetContext([Variable("item", "many", "number")]), Message("{{context.${item}}}"))
    )
    flows.perform("ada", "Opened", {"item": "hat"})
    assert told(flows, "context") == ["context: item: not a number (not updated)"]
    assert texts(flows) == ["hat"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", "1", "1"),
        ("text", " ", None),
        ("number", "1", 1),
        ("number", "1.5", 1.5),
        ("number", '"1"', None),
        ("number", "true", None),
        ("boolean", "true", True),
        ("boolean", "1", None),
        ("time", "2026-01-05", "2026-01-05"),
        ("time", "soon", None),
        ("array", "[1]", [1]),
        ("array", "{}", None),
        ("object", '{"a": 1}', {"a": 1}),
        ("object", "{", None),
    ],
)
def test_the_types_of_context_variables(kind, text, expected):
    assert value_of(Variable("x", "x", kind), text) == expected


def test_each_entry_has_a_context_of_its_own(run):
    flows = run(canvas(Delay(DAY), Message("{{context.${to}}}"), reeligible=True))
    flows.perform("ada", "Opened", {"to": "Rome"})
    flows.perform("ada", "Opened", {"to": "Oslo"})
    flows.advance(days=1)
    assert texts(flows) == ["Rome", "Oslo"]


READS = "[{{event_properties.${item}}}][{{context.${item}}}][{{canvas_entry_properties.${item}}}]"


@pytest.mark.parametrize(
    ("editor", "first", "second"),
    [("flow", "[][hat][hat]", "[][hat][hat]"), ("original", "[hat][][hat]", "[][][]")],
)
def test_what_a_canvas_step_reads_by_editor(run, editor, first, second):
    """Source: Canvas context and event properties, with its notes on the original editor."""
    flows = run(canvas(Message(READS), Message(READS), editor=editor))
    flows.perform("ada", "Opened", {"item": "hat"})
    assert texts(flows) == [first, second]


def test_event_properties_that_are_blank_are_warned_of(run, braze):
    flows = run(canvas(track('"item": "{{event_properties.${item}}}"')))
    flows.perform("ada", "Opened", {"item": "hat"})
    assert told(flows, "note") == [
        "note: event_properties is blank in a Canvas step; use context.${...} (warning)"
    ]
    assert value(braze, "item") == ""


def test_a_campaign_reads_the_properties_of_its_trigger_event(run):
    flows = run(Campaign(name="A", trigger=OPENED, steps=[Message(READS)]))
    flows.perform("ada", "Opened", {"item": "hat"})
    assert texts(flows) == ["[hat][][]"]
    assert told(flows, "note") == []


def test_liquid_knows_campaign_canvas_and_now(run):
    campaign = "{{campaign.${name}}} {{campaign.${message_name}}} {{'now' | date: '%F %H:%M'}}"
    flows = run(
        Campaign(name="A", trigger=OPENED, steps=[Message(campaign, name="first")]),
        canvas(Message("{{canvas.${name}}} {{canvas.${api_id}}}"), id="c-1"),
    )
    flows.perform("ada", "Opened")
    assert texts(flows) == ["A first 2026-01-05 09:00", "C c-1"]


def test_a_canvas_by_api_reads_what_the_trigger_brought(run, braze):
    webhook = track(
        url="https://rest.iad-06.braze.com/canvas/trigger/send",
        body='{"canvas_id": "c-1", "context": {"a": 1, "b": 1}, "recipients": '
        '[{"external_user_id": "ada", "context": {"b": 2}}]}',
    )
    flows = run(
        Campaign(name="A", trigger=OPENED, steps=[webhook]),
        canvas(Message("{{context.${a}}}{{context.${b}}}"), trigger=ApiTrigger(), id="c-1"),
    )
    flows.perform("ada", "Opened")
    assert texts(flows) == ["12"]


def test_a_conversion_of_a_canvas_counts_from_entry(run):
    conversion = Conversion(PerformEvent("Bought"), DAY)
    flows = run(canvas(Message("a"), conversion=conversion, reeligible=True))
    flows.perform("ada", "Opened")
    flows.advance(hours=24)
    flows.perform("ada", "Bought")
    flows.perform("ada", "Opened")
    flows.perform("ada", "Bought")
    flows.perform("ada", "Bought")
    flows.advance(days=2)
    assert told(flows, "conversion", "no conversion") == [
        'no conversion: event "Bought" within 1 day (did not convert)',
        'conversion: event "Bought" (converted)',
    ]
