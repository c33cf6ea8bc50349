"""Who gets in, when, how often, and in which order."""

from datetime import time, timedelta

import pytest
from stage import told, track, value

from b2bkit.campaigns import (
    ApiTrigger,
    Attribute,
    Campaign,
    Canvas,
    ChangeAttribute,
    Did,
    InteractWithMessage,
    MakePurchase,
    Message,
    PerformEvent,
    ReceiveMessage,
    Schedule,
    Where,
)
from b2bkit.messaging import START, Messaging, MessagingError, real_clock
from b2bkit.profiles import Profile
from b2bkit.sandbox import Sandbox, SandboxError

OPENED = PerformEvent("Opened")
DAY = timedelta(days=1)


def hello(name="Hello", **changes):
    return Campaign(**{"name": name, "trigger": OPENED, "steps": [Message("Hi")], **changes})


def received(flows):
    return list(flows.messages()["campaign"])


@pytest.mark.parametrize(
    ("reeligible", "hours", "times"),
    [
        pytest.param(False, 1000, 1, id="once, unless said otherwise"),
        pytest.param(True, 0, 2, id="zero minutes: at once"),
        pytest.param(DAY, 23, 1, id="a day is 24 hours"),
        pytest.param(DAY, 24, 2, id="after 24 hours"),
    ],
)
def test_reeligibility_of_a_campaign_counts_from_receipt(run, reeligible, hours, times):
    flows = run(hello(reeligible=reeligible))
    flows.perform("ada", "Opened")
    flows.advance(hours=hours)
    flows.perform("ada", "Opened")
    assert len(received(flows)) == times
    assert told(flows, "no entry") == ["no entry: received before (not re-eligible)"] * (2 - times)


def test_who_did_not_receive_a_campaign_may_try_again(run):
    """An aborted message is not received. Source: Re-eligibility."""
    text = "{% if custom_attribute.${ok} != true %}{% abort_message('not yet') %}{% endif %}Hi"
    flows = run(hello(steps=[Message(text)]))
    flows.perform("ada", "Opened")
    flows.update("ada", {"ok": True})
    flows.perform("ada", "Opened")
    flows.perform("ada", "Opened")
    assert told(flows, "message", "no entry") == [
        "message: not yet (aborted)",
        "message: email (sent)",
        "no entry: received before (not re-eligible)",
    ]


def test_reeligibility_of_a_canvas_counts_from_entry_even_if_nothing_was_received(run):
    flows = run(Canvas(name="C", trigger=OPENED, steps=[Message("{% abort_message('no') %}")]))
    flows.perform("ada", "Opened")
    flows.perform("ada", "Opened")
    assert told(flows, "no entry") == ["no entry: entered before (not re-eligible)"]


def test_attributes_of_the_same_request_are_there_when_the_audience_is_looked_at(run, braze):
    """Source: Race conditions."""
    gold = [Attribute("tier", "equals", "gold")]
    flows = run(hello(audience=gold))
    braze.track(
        {
            "attributes": [{"external_id": "ada", "tier": "gold"}],
            "events": [{"external_id": "ada", "name": "Opened", "time": "2026-01-05T09:00:00Z"}],
        }
    )
    assert received(flows) == ["Hello"]


def test_two_campaigns_on_one_event_start_in_the_order_of_declaration(run):
    flows = run(hello("B"), hello("A"))
    flows.perform("ada", "Opened")
    assert received(flows) == ["B", "A"]


def test_an_event_must_have_the_properties_asked_for(run):
    flows = run(hello(trigger=PerformEvent("Opened", [Where("screen", "equals", "home")])))
    flows.perform("ada", "Opened", {"screen": "cart"})
    flows.perform("ada", "Opened", {"screen": "home"})
    assert len(received(flows)) == 1


def test_a_purchase_starts_with_its_price_as_a_property(run):
    flows = run(hello(trigger=MakePurchase("hat", [Where("quantity", "exactly", 3)])))
    flows.purchase("ada", "hat", 5, quantity=2)
    flows.purchase("ada", "hat", 5, quantity=3)
    assert len(received(flows)) == 1, "a purchase of three is one purchase"


@pytest.mark.parametrize(
    ("updates", "times"),
    [
        pytest.param([{"tier": "gold"}], 1, id="a first value is a change"),
        pytest.param([{"tier": "gold"}, {"tier": "gold"}], 1, id="the same again is none"),
        pytest.param([{"tier": "gold"}, {"tier": None}], 1, id="null is none"),
        pytest.param([{"tier": "gold"}, {"tier": "silver"}], 2, id="another is"),
        pytest.param([{"tier": ["gold"]}], 0, id="an array is none"),
    ],
)
def test_a_change_of_an_attribute(run, updates, times):
    flows = run(hello(trigger=ChangeAttribute("tier"), reeligible=True))
    for each in updates:
        flows.update("ada", each)
    assert len(received(flows)) == times


def test_receiving_and_interacting_start_campaigns(run):
    flows = run(
        hello(),
        hello("After receipt", trigger=ReceiveMessage("Hello")),
        hello("After click", trigger=InteractWithMessage("Hello", "clicked")),
    )
    flows.perform("ada", "Opened")
    flows.interact("ada", "Hello", "opened")
    flows.interact("ada", "Hello", "clicked")
    assert received(flows) == ["Hello", "After receipt", "After click"]
    with pytest.raises(MessagingError, match="'ada' has received no message of \"After"):
        run(hello("After click")).interact("ada", "After click", "clicked")


def test_a_webhook_that_is_received_counts_as_a_message(run, braze):
    flows = run(
        hello("Hook", steps=[track('"x": 1')]),
        hello("After", trigger=ReceiveMessage("Hook", "webhook")),
    )
    flows.perform("ada", "Opened")
    assert received(flows) == ["After"]


def test_a_delay_passes_before_a_campaign_is_sent(run):
    flows = run(hello(delay=timedelta(hours=2)))
    flows.perform("ada", "Opened")
    flows.perform("ada", "Opened")
    flows.advance(hours=1, minutes=59)
    assert received(flows) == []
    flows.advance(minutes=1)
    assert received(flows) == ["Hello"]
    assert told(flows, "entry", "no entry") == [
        "entry: starts after 2 hours",
        "no entry: on its way already (not re-eligible)",
    ]
    assert flows.messages()["time"][0] == START + timedelta(hours=2)


def test_each_trigger_of_a_reeligible_campaign_is_sent_after_its_own_delay(run):
    flows = run(hello(delay=timedelta(hours=2), reeligible=True))
    flows.perform("ada", "Opened")
    flows.advance(hours=1)
    flows.perform("ada", "Opened")
    flows.advance(hours=3)
    hours = [(at.to_pydatetime() - START) / timedelta(hours=1) for at in flows.messages()["time"]]
    assert hours == [2, 3]


def test_who_received_it_while_it_waited_is_looked_at_again(run):
    flows = run(hello(delay=timedelta(hours=2), reeligible=DAY))
    flows.perform("ada", "Opened")
    flows.advance(hours=1)
    flows.perform("ada", "Opened")
    flows.advance(hours=3)
    assert received(flows) == ["Hello"]
    assert told(flows, "exit") == ["exit:  (not re-eligible: received while it waited)"]


def test_an_exception_event_calls_a_delayed_campaign_off(run):
    """And the user may trigger it again. Source: Action-based delivery."""
    flows = run(hello(delay=timedelta(hours=2), unless=[MakePurchase()]))
    flows.perform("ada", "Opened")
    flows.purchase("ada", "hat", 5)
    flows.advance(hours=2)
    assert received(flows) == []
    flows.perform("ada", "Opened")
    flows.advance(hours=2)
    assert received(flows) == ["Hello"]
    assert told(flows, "exit") == ["exit:  (exception event: not sent)"]


def test_events_from_before_count_for_the_audience(run):
    event = {"external_id": "bob", "name": "Bought", "time": "2026-01-01T00:00:00Z"}
    with Sandbox() as braze:
        braze.track({"events": [event]})
        filters = [Did(PerformEvent("Bought"))]
        flows = run(hello(audience=filters), sandbox=braze)
        flows.perform("bob", "Opened")
        flows.perform("eve", "Opened")
        assert list(flows.messages()["user"]) == ["bob"]


def test_a_schedule_once_and_again(run, braze):
    braze.put_user({"external_id": "bob", "custom_attributes": {"vip": True}})
    flows = run(
        hello("At launch", trigger=Schedule()),
        hello(
            "Daily",
            trigger=Schedule(time(10), DAY, until=START + 2 * DAY),
            audience=[Attribute("vip", "true")],
            reeligible=True,
        ),
    )
    flows.advance(days=7)
    sent = flows.messages()
    assert list(sent[sent["campaign"] == "At launch"]["user"]) == ["ada", "bob"]
    daily = sent[sent["campaign"] == "Daily"]
    assert list(daily["user"]) == ["bob", "bob"]
    hour = timedelta(hours=1)
    assert [at.to_pydatetime() for at in daily["time"]] == [START + hour, START + DAY + hour]


def test_a_daily_schedule_with_a_day_of_reeligibility_skips_nobody_on_time(run):
    flows = run(hello(trigger=Schedule(time(9), DAY), reeligible=DAY))
    flows.advance(days=2)
    assert len(received(flows)) == 3


def test_an_api_trigger_for_everybody_lets_the_audience_in(run, braze):
    braze.put_user({"external_id": "bob", "custom_attributes": {"vip": True}})
    flows = run(
        Canvas(
            name="C",
            id="c-1",
            trigger=ApiTrigger(),
            audience=[Attribute("vip", "true")],
            steps=[Message("{{context.${x}}}")],
        ),
        Campaign(
            name="Start",
            trigger=OPENED,
            steps=[
                track(
                    url="https://rest.iad-01.braze.com/canvas/trigger/send",
                    body='{"canvas_id": "c-1", "broadcast": true, "context": {"x": "y"}}',
                )
            ],
        ),
    )
    flows.perform("ada", "Opened")
    assert list(flows.messages()[["user", "text"]].itertuples(index=False)) == [("bob", "y")]


def test_an_api_trigger_of_an_unknown_id_is_refused(run, braze):
    """Source: Errors and responses (Invalid Campaign ID); for a Canvas it is our choice."""
    url = "https://rest.iad-01.braze.com/campaigns/trigger/send"
    body = '{"campaign_id": "c-9", "recipients": [{"external_user_id": "ada"}]}'
    flows = run(hello(steps=[track(url=url, body=body)]))
    flows.perform("ada", "Opened")
    assert [(each.status, each.note) for each in flows.attempts] == [(400, "Invalid Campaign ID")]


def test_an_api_trigger_of_what_is_not_api_triggered_is_said(run, braze):
    body = '{"canvas_id": "c-9", "recipients": [{"external_user_id": "{{${user_id}}}"}]}'
    url = "https://rest.iad-01.braze.com/canvas/trigger/send"
    other = Canvas(name="c-9", trigger=PerformEvent("x"), steps=[Message("x")])
    flows = run(hello(steps=[track(url=url, body=body)]), other)
    flows.perform("ada", "Opened")
    assert told(flows, "no entry") == ["no entry: c-9 (no API-triggered Canvas with this id)"]


def test_an_in_app_message_starts_from_the_app_only(run, braze):
    """Events of the REST API start no in-app message. Source: Action-based delivery."""
    flows = run(hello(steps=[Message("Hi", "in-app message")], reeligible=True))
    flows.perform("ada", "Opened")
    braze.track({"events": [{"external_id": "ada", "name": "Opened", "time": "2026-01-05"}]})
    assert len(received(flows)) == 1
    assert told(flows, "no entry") == ["no entry:  (in-app messages start from the app only)"]


def test_what_another_client_sends_starts_campaigns_too(run, braze):
    from b2bkit.client import Client
    from b2bkit.webhook import Request

    flows = run(hello())
    body = '{"events": [{"external_id": "ada", "name": "Opened", "time": "2026-01-05"}]}'
    headers = {"Content-Type": "application/json", "Authorization": "Bearer YOUR_API_KEY"}
    with Client(braze.url, key=braze.key) as client:
        client.send(Request("POST", f"{braze.url}/users/track", headers, body))
    assert received(flows) == ["Hello"]


def test_a_user_without_an_external_id_can_be_named_otherwise(run, braze):
    braze.track(
        {
            "attributes": [
                {
                    "user_alias": {"alias_name": "x", "alias_label": "y"},
                    "_update_existing_only": False,
                    "n": 1,
                }
            ]
        }
    )
    braze_id = next(p.braze_id for p in braze.find_all() if p.external_id is None)
    flows = run(hello(steps=[Message("{{custom_attribute.${n}}}")]))
    flows.perform({"braze_id": braze_id}, "Opened")
    flows.interact(braze_id, "Hello", "clicked")
    assert list(flows.messages()[["user", "text"]].itertuples(index=False)) == [(braze_id, "1")]


def test_a_sandbox_that_is_not_running_is_said():
    with pytest.raises(SandboxError, match="The sandbox is not running"):
        Messaging(Sandbox(), [hello()])


def test_what_could_not_start_leaves_nothing_behind(braze):
    before = braze.clock
    passed = hello(trigger=Schedule(START - DAY))
    with pytest.raises(MessagingError, match="is scheduled for"):
        Messaging(braze, [passed])
    assert braze.clock is before


def test_the_sandbox_gets_its_clock_back(run, braze):
    before = braze.clock
    with Messaging(braze, [hello()]) as flows:
        assert braze.clock is flows.clock
    assert braze.clock is before


def test_a_cell_that_is_run_again_does_not_run_everything_twice(run, braze):
    first = run(hello(reeligible=True))
    second = run(hello(reeligible=True))
    second.perform("ada", "Opened")
    assert len(received(second)) == 1
    first.close()
    assert braze.clock is second.clock, "the first does not take it away"


def test_with_the_real_clock_things_happen_at_once_and_time_cannot_be_moved(run):
    flows = run(hello(), clock=real_clock)
    flows.perform("ada", "Opened")
    assert received(flows) == ["Hello"]
    with pytest.raises(MessagingError, match="This clock cannot be moved"):
        flows.advance(days=1)


def test_an_unknown_user_is_created_by_what_they_do(run, braze):
    flows = run()
    flows.perform("new", "Opened")
    assert told(flows) == ["profile:  (created)", "event: Opened"]
    assert braze.profile("new")["events"][0]["name"] == "Opened"


@pytest.mark.parametrize(
    ("do", "complaint"),
    [
        (lambda flows: flows.perform("ada", "X", {"time": 1}), "Braze refuses this: "),
        (lambda flows: flows.purchase("ada", "hat", 1, "euros"), "Braze refuses this: "),
        (lambda flows: flows.interact("bob", "Hello", "x"), "The sandbox has no user 'bob'."),
        (
            lambda flows: flows.interact("ada", "Bye", "x"),
            "no campaign or Canvas 'Bye'. There is: H",
        ),
        (lambda flows: flows.advance(days=-1), "time does not go back"),
    ],
)
def test_what_cannot_be_done_is_said(run, do, complaint):
    with pytest.raises(MessagingError) as refused:
        do(run(hello()))
    assert complaint in str(refused.value)


def test_a_reset_of_the_sandbox_forgets_what_users_received(run, braze):
    flows = run(hello())
    flows.perform("ada", "Opened")
    braze.reset()
    flows.perform("ada", "Opened")
    assert len(received(flows)) == 2


def test_a_user_who_is_put_anew_begins_anew(run, braze):
    flows = run(hello())
    flows.perform("ada", "Opened")
    flows.perform("bob", "Opened")
    braze.put_user({"external_id": "ada"})
    flows.perform("ada", "Opened")
    flows.perform("bob", "Opened")
    assert list(flows.messages()["user"]) == ["ada", "bob", "ada"]


def test_a_profile_that_goes_ends_its_journey(run, braze):
    flows = run(hello(delay=DAY))
    flows.perform("ada", "Opened")
    braze.reset()
    flows.advance(days=1)
    assert received(flows) == []


def test_values_of_the_profile_are_those_of_the_moment(run, braze):
    flows = run(hello(delay=DAY, steps=[Message("{{custom_attribute.${x}}}")]))
    flows.perform("ada", "Opened")
    flows.update("ada", {"x": 7})
    flows.advance(days=1)
    assert list(flows.messages()["text"]) == ["7"]
    assert value(braze, "x") == 7
    assert isinstance(braze.find(external_id="ada"), Profile)
