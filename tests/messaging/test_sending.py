"""Webhooks on their way: hosts, keys, answers, retries, aborts, and what is written down of it."""

from datetime import timedelta

import httpx
import pytest
from stage import HEADERS, Host, told, track, value

from b2bkit.campaigns import Campaign, PerformEvent, ReceiveMessage
from b2bkit.messaging import START, DeliveryRules, MessagingError
from b2bkit.sandbox import Sandbox

OPENED = PerformEvent("Opened")


def hook(*webhooks, **changes):
    return Campaign(**{"name": "Hook", "trigger": OPENED, "steps": webhooks, **changes})


def attempts(flows, *columns):
    return [tuple(getattr(a, name) for name in columns) for a in flows.attempts]


@pytest.mark.parametrize(
    "url",
    [
        "https://rest.iad-06.braze.com/users/track",
        "https://rest.fra-01.braze.eu/users/track",
        "https://REST.us-10.braze.com/users/track",
    ],
)
def test_any_rest_host_of_braze_means_this_sandbox(run, braze, url):
    flows = run(hook(track('"x": 1', url=url)))
    flows.perform("ada", "Opened")
    assert value(braze, "x") == 1
    assert attempts(flows, "status", "outcome") == [(201, "accepted")]


def test_the_sandbox_itself_may_be_named(run, braze):
    flows = run(hook(track('"x": 1', url=f"{braze.url}/users/track")))
    flows.perform("ada", "Opened")
    assert value(braze, "x") == 1


@pytest.mark.parametrize(
    ("url", "outcome", "note"),
    [
        ("https://hooks.example.com/x", "would be sent", "hooks.example.com is not contacted"),
        ("https://sdk.iad-06.braze.com/x", "would be sent", "is the SDK address of US-06"),
        ("http://127.0.0.1:9/x", "not sent", "the ports 80 and 443 only"),
        ("https://rest.iad-06.braze.com:8443/x", "not sent", "the ports 80 and 443 only"),
        ("http://rest.iad-06.braze.com/users/track", "not sent", "by https only"),
        ("https://a b/", "not sent", "holds a blank"),
    ],
)
def test_no_other_host_is_contacted(run, url, outcome, note):
    host = Host(200)
    flows = run(hook(track('"x": 1', url=url)), transport=host.transport)
    flows.perform("ada", "Opened")
    assert host.requests == []
    [attempt] = flows.attempts
    assert (attempt.outcome, attempt.status) == (outcome, None)
    assert note in attempt.note
    assert told(flows, "webhook")[0].endswith(f"({outcome})")


def test_the_path_of_a_host_that_is_not_contacted_is_shown_without_its_query(run):
    url = "https://hooks.example.com/x?mail={{${email_address} | url_param_escape}}"
    flows = run(hook(track(url=url, body="{}")))
    flows.perform("ada", "Opened")
    [line] = told(flows, "webhook")
    assert line == (
        "webhook: POST hooks.example.com/x · hooks.example.com is not contacted from here. "
        "(would be sent)"
    )


def test_what_is_not_contacted_is_not_received(run):
    after = Campaign(name="After", trigger=ReceiveMessage("Hook"), steps=[track('"x": 1')])
    flows = run(hook(track(url="https://hooks.example.com", body="{}")), after)
    flows.perform("ada", "Opened")
    assert told(flows, "entry") == ['entry: event "Opened"']


@pytest.mark.parametrize(("key", "status"), [("all", 201), ("tracker", 201), ("exporter", 403)])
def test_the_key_of_the_sandbox_stands_where_the_webhook_says_your_api_key(run, key, status):
    keys = {"tracker": ["users.track"], "exporter": ["users.export.ids"]}
    with Sandbox(keys=keys, seed={"users": [{"external_id": "ada"}]}) as braze:
        flows = run(hook(track('"x": 1'), key=key), sandbox=braze)
        flows.perform("ada", "Opened")
        assert attempts(flows, "status") == [(status,)]


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Bearer YOUR_API_KEY", 201),
        ("bearer YOUR_API_KEY", 201),
        ("YOUR_API_KEY", 401),
        ('Bearer "YOUR_API_KEY"', 401),
        ("Basic YOUR_API_KEY", 401),
        ("Bearer", 401),
        (None, 401),
    ],
)
def test_a_header_that_is_wrong_stays_wrong(run, authorization, status):
    headers = {"Content-Type": "application/json"}
    if authorization:
        headers["Authorization"] = authorization
    flows = run(hook(track('"x": 1', headers=headers)))
    flows.perform("ada", "Opened")
    assert attempts(flows, "status") == [(status,)]


def test_a_key_that_is_not_there_is_said_at_once(run, braze):
    with pytest.raises(MessagingError, match=r"The sandbox has no key 'mine'\. It has: all\."):
        run(hook(track('"x": 1'), key="mine"))


def test_the_key_is_nowhere_in_what_is_written_down(run, braze):
    flows = run(hook(track('"x": 1'), track("")))
    flows.perform("ada", "Opened")
    shown = [
        flows.timeline(values=True).to_csv(),
        flows.webhooks().to_csv(),
        flows.activity_log().to_csv(),
        repr(flows.attempts),
        repr(flows.records),
        repr([attempt.request.headers for attempt in flows.attempts]),
        repr([dict(attempt.request.headers) for attempt in flows.attempts]),
        flows.diagram().mermaid,
        repr(flows),
    ]
    assert not [text for text in shown if braze.key in text]


@pytest.mark.parametrize(
    ("body", "sent"),
    [('{"a": 1}', "application/json"), ("a=1", "text/plain")],
)
def test_without_a_content_type_one_is_inferred(run, body, sent):
    host = Host(201)
    flows = run(hook(track(body=body, headers={})), transport=host.transport)
    flows.perform("ada", "Opened")
    assert host.requests[0].headers["Content-Type"] == sent


def test_what_goes_out_is_what_the_webhook_says(run, braze):
    host = Host(201)
    url = "https://rest.iad-06.braze.com/catalogs/c/items/1?x=1"
    flows = run(hook(track(url=url, method="PUT", body='{"items": []}')), transport=host.transport)
    flows.perform("ada", "Opened")
    [request] = host.requests
    assert (request.method, str(request.url)) == ("PUT", f"{braze.url}/catalogs/c/items/1?x=1")
    assert request.content == b'{"items": []}'
    assert request.headers["Authorization"] == f"Bearer {braze.key}"


@pytest.mark.parametrize(
    ("statuses", "outcomes", "minutes"),
    [
        pytest.param([201], ["accepted"], [0], id="20x is received"),
        pytest.param([301], ["refused"], [0], id="30x is not, and not tried again"),
        pytest.param([400], ["refused"], [0], id="400"),
        pytest.param([401], ["refused"], [0], id="401"),
        pytest.param([500, 201], ["failed", "accepted"], [0, 0.5], id="5xx once"),
        pytest.param([408, 201], ["failed", "accepted"], [0, 0.5], id="408"),
        pytest.param([429, 201], ["failed", "accepted"], [0, 0.5], id="429"),
        pytest.param([503], ["failed"] * 6, [0, 0.5, 1.5, 3.5, 7.5, 15.5], id="six in all"),
        pytest.param([500, 400], ["failed", "refused"], [0, 0.5], id="until it is refused"),
    ],
)  # fmt: skip
def test_what_is_tried_again_and_when(run, statuses, outcomes, minutes):
    host = Host(*statuses)
    flows = run(hook(track('"x": 1')), transport=host.transport)
    flows.perform("ada", "Opened")
    flows.advance(hours=24)
    assert attempts(flows, "outcome") == [(outcome,) for outcome in outcomes]
    times = [(attempt.time - START) / timedelta(minutes=1) for attempt in flows.attempts]
    assert times == minutes
    assert [attempt.attempt for attempt in flows.attempts] == list(range(1, len(outcomes) + 1))
    assert len({request.content for request in host.requests}) == 1, "the same bytes each time"


def test_giving_up_is_said(run):
    flows = run(hook(track('"x": 1')), transport=Host(500).transport)
    flows.perform("ada", "Opened")
    flows.advance(hours=1)
    lines = told(flows, "webhook")
    assert lines[0] == "webhook: POST /users/track → 500 (failed, tried again)"
    assert lines[-1] == "webhook: POST /users/track → 500 (attempt 6) (failed, given up)"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "90"}, 90),
        ({"X-Ratelimit-Retry-After": "300"}, 300),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "45"}, 45),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(START.timestamp()) + 60)}, 60),
        ({"X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "600"}, 30),
        ({}, 30),
    ],
)
def test_the_wait_that_a_host_asks_for_is_kept(run, headers, seconds):
    host = Host(429, 201, headers=headers)
    flows = run(hook(track('"x": 1')), transport=host.transport)
    flows.perform("ada", "Opened")
    assert flows.attempts[0].next_attempt == START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (httpx.ConnectError("no"), "failed"),
        (httpx.ConnectTimeout("no"), "failed"),
        (httpx.ReadTimeout("slow"), "unknown"),
        (httpx.RemoteProtocolError("broken"), "unknown"),
    ],
)
def test_a_connection_that_fails_is_599_and_tried_again(run, error, outcome):
    flows = run(hook(track('"x": 1')), transport=Host(error, 201).transport)
    flows.perform("ada", "Opened")
    flows.advance(minutes=1)
    assert attempts(flows, "status", "outcome") == [(599, outcome), (201, "accepted")]


def test_a_user_goes_on_while_a_webhook_waits_for_its_retry(run):
    """Source: Message step: users advance; a failed webhook holds nobody here."""
    host = Host(500, 200)
    flows = run(hook(track('"x": 1'), track('"y": 1')), transport=host.transport)
    flows.perform("ada", "Opened")
    assert attempts(flows, "step", "outcome") == [
        ("webhook", "failed"),
        ("webhook 2", "accepted"),
    ]


def test_received_after_a_retry_starts_what_waits_for_it(run):
    after = Campaign(name="After", trigger=ReceiveMessage("Hook"), steps=[track('"x": 1')])
    flows = run(hook(track('"x": 1')), after, transport=Host(500, 201).transport)
    flows.perform("ada", "Opened")
    assert len(told(flows, "entry")) == 1
    flows.advance(minutes=1)
    assert len(told(flows, "entry")) == 2


def test_an_accepted_answer_with_errors_counts_as_received(run, braze):
    """T10: Braze does not try again and does not show it."""
    body = '{"attributes": [{"external_id": "ada", "x": 1}, {"x": 2}]}'
    flows = run(hook(track(body=body)))
    flows.perform("ada", "Opened")
    [attempt] = flows.attempts
    assert (attempt.status, attempt.outcome, attempt.errors) == (201, "accepted with errors", 1)
    assert attempt.received
    assert attempt.note == "Braze counts it as received all the same."
    assert len(flows.activity_log()) == 0


def test_a_body_that_is_not_json_is_refused_once(run):
    """T3: an apostrophe does no harm, a quote does; Braze does not try again."""
    flows = run(hook(track('"x": "{{event_properties.${x}}}"')))
    flows.perform("ada", "Opened", {"x": 'say "hi"'})
    flows.advance(hours=1)
    assert attempts(flows, "status", "outcome") == [(400, "refused")]


@pytest.mark.parametrize("part", ["url", "headers", "body"])
def test_an_abort_in_any_part_stops_it(run, part):
    abort = "{% abort_message('no news') %}"
    given = {"url": abort, "headers": {"X": abort}, "body": abort}
    host = Host(201)
    flows = run(hook(track('"x": 1', **{part: given[part]})), transport=host.transport)
    flows.perform("ada", "Opened")
    assert host.requests == []
    assert told(flows, "webhook") == ["webhook: no news (aborted)"]
    assert flows.webhooks()["outcome"].tolist() == ["aborted"]


def test_liquid_that_fails_sends_nothing(run):
    flows = run(hook(track(body="{{ 1 | divided_by: 0 }}")))
    flows.perform("ada", "Opened")
    [attempt] = flows.attempts
    assert attempt.outcome == "not sent"
    assert "divided by 0" in attempt.note
    assert told(flows, "webhook") == ["webhook: Liquid failed: body, line 1, column 8 (not sent)"]
    assert flows.activity_log()["message"].tolist() == ["Liquid failed: body, line 1, column 8"]


def test_a_host_that_fails_too_often_is_halted_for_a_minute(run, braze):
    host = Host(503)
    rules = DeliveryRules(unhealthy_after=2)
    flows = run(hook(track('"x": 1'), reeligible=True), rules=rules, transport=host.transport)
    for _ in range(4):
        flows.perform("ada", "Opened")
    assert attempts(flows, "status", "outcome") == [(503, "failed")] * 3 + [(598, "halted")]
    assert told(flows, "host") == ["host: rest.iad-06.braze.com: too many failures (halted)"]
    assert len(host.requests) == 3
    host.statuses[:] = [201]
    flows.advance(minutes=2)
    assert attempts(flows, "outcome").count(("accepted",)) == 4


def test_a_test_send_is_real_once_and_marked(run, braze):
    case = hook(track('"x": "{{event_properties.${x}}}"'))
    flows = run(case)
    attempt = flows.test_send("Hook", "ada", properties={"x": "y"})
    assert (attempt.status, attempt.test) == (201, True)
    assert value(braze, "x") == "y"
    assert told(flows, "webhook") == ["webhook: [TEST SEND] POST /users/track → 201 (accepted)"]
    flows.perform("ada", "Opened")
    assert told(flows, "no entry") == [], "it does not count as received"


def test_a_test_send_that_fails_is_not_tried_again(run):
    flows = run(hook(track('"x": 1')), transport=Host(500).transport)
    flows.test_send("Hook", "ada")
    flows.advance(hours=1)
    assert len(flows.attempts) == 1
    assert flows.activity_log()["message"].tolist() == ["[TEST SEND] 500"]


@pytest.mark.parametrize(
    ("sender", "user", "step", "complaint"),
    [
        ("Hook", "bob", "", "The sandbox has no user 'bob'."),
        ("Hook", "ada", "", 'Say which webhook of "Hook" is to be tested. It has: a, b.'),
        ("Hook", "ada", "c", 'Say which webhook of "Hook" is to be tested. It has: a, b.'),
        ("Hock", "ada", "", "There is no campaign or Canvas 'Hock'. There is: Hook."),
    ],
)
def test_a_test_send_that_cannot_be_is_said(run, sender, user, step, complaint):
    from b2bkit.campaigns import SendWebhook

    flows = run(hook(SendWebhook(track("a"), "a"), SendWebhook(track("b"), "b")))
    with pytest.raises(MessagingError) as refused:
        flows.test_send(sender, user, step)
    assert str(refused.value) == complaint


def test_only_the_sandbox_gets_the_header_that_tells_causes(run):
    host = Host(201)
    flows = run(hook(track('"x": 1')), transport=host.transport)
    flows.perform("ada", "Opened")
    assert host.requests[0].headers["X-B2bkit-Cause"] == "2"
    assert "X-B2bkit-Cause" not in flows.attempts[0].request.headers
    assert HEADERS.keys() == dict(flows.attempts[0].request.headers).keys()
