"""The whole way, over real HTTP: a use case is rendered and sent, and the profile changes."""

import httpx
import pytest

from b2bkit.client import Client
from b2bkit.sandbox import Sandbox
from b2bkit.use_cases import use_case
from b2bkit.webhook import Request

NAMES = {"your_attribute_count": "visits"}


@pytest.fixture
def braze():
    with Sandbox(keys={"export": ["users.export.ids"]}) as it:
        it.put_user({"external_id": "ada", "custom_attributes": {"visits": 2}})
        yield it


def visits(braze):
    return braze.profile("ada")["custom_attributes"]["visits"]


def test_the_recommended_counter_adds(braze):
    case = use_case("counter", **NAMES)
    with Client(braze.url, key=braze.key) as client:
        for _ in range(2):
            response = client.send(case.webhook.render(case.sample))
            assert response.summary == (
                "Accepted (201): 1 attribute object queued; the profile changes a moment later."
            )
        assert list(client.history["status"]) == [201, 201]
    assert visits(braze) == {"type": "number", "value": 4}


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("hats", {"type": "text", "value": "hats"}),
        (3, {"type": "number", "value": 3}),
        (True, {"type": "boolean", "value": True}),
        (["a", "b"], {"type": "array", "value": ["a", "b"]}),
    ],
)
def test_the_recommended_event_property_keeps_its_type(braze, value, stored):
    names = {"new_custom_attribute": "kept", "your_event_property": "it"}
    case = use_case("event-property-to-profile", **names)
    context = case.sample.replace(event_properties={"it": value})
    with Client(braze.url, key=braze.key) as client:
        assert client.send(case.webhook.render(context)).outcome == "accepted"
    assert braze.profile("ada")["custom_attributes"]["kept"] == stored


def test_the_second_canvas_is_triggered(braze):
    case = use_case("second-canvas", your_canvas_id="f00d", your_context_property="it")
    with Client(braze.url, key=braze.key) as client:
        assert client.send(case.webhook.render(case.sample)).accepted


@pytest.mark.parametrize(
    ("key", "headers", "words"),
    [
        ("not-a-key-of-this-one", {}, "Refused (401): the key is not valid there."),
        ("export", {}, "Refused (403): the key lacks the permission users.track."),
        ("all", {"Content-Type": "text/plain"}, "Refused (415): the header Content-Type"),
        ("all", {"Authorization": "YOUR_API_KEY"}, "Refused (401): the key is not valid there."),
    ],
)
def test_a_refusal_in_one_sentence(braze, key, headers, words):
    webhook = use_case("counter", **NAMES).webhook
    request = webhook.render(use_case("counter", **NAMES).sample)
    changed = Request(request.method, request.url, {**request.headers, **headers}, request.body)
    with Client(braze.url, key=braze.keys.get(key, key)) as client:
        assert client.send(changed).summary.startswith(words)


def test_mounted_in_the_same_process(braze):
    case = use_case("counter", **NAMES)
    transport = httpx.ASGITransport(app=braze.app, client=("127.0.0.1", 1))
    with Client("http://127.0.0.1:1", key=braze.key, transport=transport) as client:
        assert client.send(case.webhook.render(case.sample)).status == 201
    assert visits(braze)["value"] == 3
