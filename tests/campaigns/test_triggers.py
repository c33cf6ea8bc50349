"""What starts a campaign, and what does not: one rule a row."""

from datetime import UTC, datetime, time, timedelta

import pytest

from b2bkit.campaigns import (
    AnyOf,
    ApiTrigger,
    Attribute,
    CampaignError,
    ChangeAttribute,
    ContextVariable,
    Deed,
    Did,
    DidNot,
    Facts,
    InteractWithMessage,
    MakePurchase,
    PerformEvent,
    ReceiveMessage,
    Schedule,
    Where,
    first_failing,
    in_words,
    passes,
)

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def deed(kind, name, **more):
    return Deed(kind, name, NOW, **more)


def changed(after, before=None):
    return deed("attribute", "tier", before=before, after=after)


CART = PerformEvent("Added", [Where("value", "more than", 100), Where("value", "less than", 200)])


@pytest.mark.parametrize(
    ("trigger", "given", "expected"),
    [
        pytest.param(PerformEvent("Opened"), deed("event", "Opened"), True, id="its event"),
        pytest.param(PerformEvent("Opened"), deed("event", "opened"), False, id="names by case"),
        pytest.param(PerformEvent("sku"), deed("purchase", "sku"), False, id="no purchase"),
        pytest.param(CART, deed("event", "Added", properties={"value": 150}), True, id="all hold"),
        pytest.param(CART, deed("event", "Added", properties={"value": 250}), False, id="one not"),
        pytest.param(MakePurchase(), deed("purchase", "sku"), True, id="any purchase"),
        pytest.param(MakePurchase("sku"), deed("purchase", "sku2"), False, id="another product"),
        pytest.param(
            MakePurchase(where=[Where("price", "more than", 9)]),
            deed("purchase", "sku", properties={"price": 10}),
            True,
            id="the price counts as a property",
        ),
        pytest.param(ReceiveMessage("A"), deed("received", "A", step="x"), True, id="any step"),
        pytest.param(ReceiveMessage("A", "x"), deed("received", "A", step="y"), False, id="a step"),
        pytest.param(ReceiveMessage("id-1"), deed("received", "A", id="id-1"), True, id="by id"),
        pytest.param(
            InteractWithMessage("A", "clicked"),
            deed("interacted", "A", action="opened"),
            False,
            id="another action",
        ),
        pytest.param(InteractWithMessage("A"), deed("interacted", "A", action="x"), True, id="any"),
        pytest.param(ChangeAttribute("tier"), changed("gold"), True, id="any new value"),
        pytest.param(ChangeAttribute("tier"), changed(None, "gold"), False, id="not to null"),
        pytest.param(ChangeAttribute("tier"), changed(["a"]), False, id="not an array"),
        pytest.param(ChangeAttribute("tier"), changed({"a": 1}), False, id="not an object"),
        pytest.param(ChangeAttribute("tier", "gold"), changed("gold"), True, id="to a value"),
        pytest.param(ChangeAttribute("tier", "gold"), changed("silver"), False, id="to another"),
        pytest.param(ChangeAttribute("tier", 1), changed(True), False, id="true is not 1"),
        pytest.param(ChangeAttribute("tier", 1), changed("1"), False, id="the text 1 is not 1"),
        pytest.param(ApiTrigger(), deed("api", "C"), True, id="an API trigger"),
        pytest.param(Schedule(), deed("event", "Opened"), False, id="no deed starts a schedule"),
    ],
)
def test_trigger(trigger, given, expected):
    assert trigger.matches(given) is expected


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: PerformEvent(" "), "A trigger needs the name of its event."),
        (lambda: ReceiveMessage(""), "A trigger needs the name of its campaign or Canvas."),
        (lambda: ChangeAttribute("tier", ["a"]), "not to ['a']"),
        (lambda: ChangeAttribute("email"), '"email" is a standard attribute'),
        (lambda: Schedule(every=timedelta(seconds=1)), "after one minute at the soonest"),
        (lambda: Did(PerformEvent("x"), -1), 'event "x" cannot be done -1 times.'),
        (lambda: AnyOf([]), "A choice of filters needs at least one."),
    ],
)
def test_a_trigger_that_cannot_be_is_refused_with_words(make, complaint):
    with pytest.raises(CampaignError) as refused:
        make()
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (CART, 'event "Added" where value more than 100 and value less than 200'),
        (MakePurchase(), "any purchase"),
        (ReceiveMessage("A", "x"), 'message of "A", step "x"'),
        (InteractWithMessage("A", "clicked"), 'clicked with "A"'),
        (ChangeAttribute("tier", "gold"), "attribute \"tier\" to 'gold'"),
        (Schedule(time(9), timedelta(days=1)), "schedule: 09:00, every 1 day"),
        (
            DidNot(MakePurchase(), within=timedelta(days=3), since_entry=True),
            "did not do any purchase within 3 days since entry",
        ),
        (Did(PerformEvent("x"), 2), 'did 2 times event "x"'),
        (
            AnyOf([Attribute("a", "blank"), ContextVariable("b", "true")]),
            "(a blank or context b true)",
        ),
    ],
    ids=str,
)
def test_triggers_and_filters_say_what_they_are(value, words):
    assert str(value) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3), "3 days"),
        (timedelta(days=1, hours=1, minutes=30), "1 day 1 hour 30 minutes"),
        (timedelta(seconds=90), "1 minute 30 seconds"),
        (timedelta(0), "0 seconds"),
    ],
)
def test_a_span_in_words(span, words):
    assert in_words(span) == words


def _done(hours_ago, at):
    return Deed("event", "Bought", NOW - timedelta(hours=hours_ago), at=at)


BOUGHT = PerformEvent("Bought")


@pytest.mark.parametrize(
    ("filter_", "deeds", "expected"),
    [
        pytest.param(Did(BOUGHT), [_done(1, 5)], True, id="did"),
        pytest.param(Did(BOUGHT), [], False, id="did, but nothing happened"),
        pytest.param(Did(BOUGHT, 2), [_done(1, 5)], False, id="did twice, but once"),
        pytest.param(DidNot(BOUGHT), [], True, id="did not"),
        pytest.param(DidNot(BOUGHT), [_done(1, 5)], False, id="did not, but did"),
        pytest.param(Did(BOUGHT, since_entry=True), [_done(1, 5)], True, id="after entry"),
        pytest.param(Did(BOUGHT, since_entry=True), [_done(1, 4)], False, id="the entry itself"),
        pytest.param(Did(BOUGHT, since_entry=True), [_done(1, 3)], False, id="before entry"),
        pytest.param(Did(BOUGHT, within=timedelta(days=1)), [_done(24, 5)], True, id="24 hours"),
        pytest.param(Did(BOUGHT, within=timedelta(days=1)), [_done(25, 5)], False, id="25 hours"),
    ],
)
def test_did_or_did_not(filter_, deeds, expected):
    """The user entered at place 4 in the order of things."""
    assert filter_.matches(Facts(NOW, deeds=deeds, entered=4)) is expected


def test_all_filters_must_pass_and_the_first_that_does_not_is_named():
    tier, visits = Attribute("tier", "equals", "gold"), Attribute("visits", "less than", 3)
    facts = Facts(NOW, custom_attributes={"tier": "gold", "visits": 3})
    assert not passes([tier, visits], facts)
    assert first_failing([tier, visits], facts) is visits
    assert passes([AnyOf([visits, tier])], facts)
    assert first_failing([tier], facts) is None


def test_a_context_variable_is_looked_up_in_the_context_alone():
    facts = Facts(NOW, custom_attributes={"x": 1}, context={"y": 2})
    assert ContextVariable("y", "exactly", 2).matches(facts)
    assert not ContextVariable("x", "exactly", 1).matches(facts)
