"""A bulk run sends by itself: the client's rules, its key and its reading of answers come along."""

import asyncio

import httpx
import pytest

from b2bkit.client import Client, HostRefused, KeyMissing
from b2bkit.headers import Headers
from b2bkit.transport import Answer

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
TRACK = "https://rest.iad-01.braze.com/users/track?who=ada"


def the_client(**more):
    return Client("http://127.0.0.1:8000", key=KEY, **more)


def test_the_instance_and_the_key_are_put_in():
    outgoing = the_client().outgoing("POST", TRACK, {"Content-Type": "application/json"})
    assert outgoing.url == "http://127.0.0.1:8000/users/track?who=ada"
    assert outgoing.path == "/users/track"
    assert outgoing.headers["authorization"] == f"Bearer {KEY}"


def test_its_text_shows_neither_key_nor_query():
    text = repr(the_client().outgoing("POST", TRACK, {}))
    assert text == "Outgoing(method='POST', path='/users/track')"


@pytest.mark.parametrize(
    ("url", "headers", "error"),
    [
        ("https://example.com/", {}, HostRefused),
        (TRACK, {"Host": "example.com"}, HostRefused),
        ("http://127.0.0.1:9/", {"Authorization": "Bearer YOUR_API_KEY"}, HostRefused),
    ],
)
def test_the_rules_of_hosts_apply(url, headers, error):
    with pytest.raises(error):
        the_client().outgoing("POST", url, headers)


def test_without_a_key_nothing_goes_out(monkeypatch):
    def none(_):
        raise KeyMissing("There is no API key.")

    monkeypatch.setattr("b2bkit.client.client.find_key", none)
    with pytest.raises(KeyMissing):
        Client("http://127.0.0.1:8000").outgoing("POST", TRACK, {})


def test_an_answer_that_repeats_the_key_is_made_unreadable():
    client = the_client()
    answer = Answer(400, Headers({"X-Echo": KEY}), f'{{"message": "{KEY}"}}'.encode(), False, 0.5)
    response = client.response(client.outgoing("POST", TRACK, {}), answer)
    assert (response.status, response.message, response.headers["x-echo"]) == (400, "•••", "•••")
    assert (response.path, response.elapsed) == ("/users/track", 0.5)


def test_lanes_use_what_stands_in_for_the_network_and_leave_no_history():
    def answer(request):
        return httpx.Response(201, content=request.content)

    async def main():
        lanes = client.lanes()
        outgoing = client.outgoing("POST", TRACK, {})
        lane = lanes.lane(outgoing.method, outgoing.url, outgoing.headers)
        return await lanes.send(lane, b"[]")

    client = the_client(transport=httpx.MockTransport(answer))
    assert asyncio.run(main()).body == b"[]"
    assert client.history.empty
