"""Sending: the key in its place, the answer as a value, a row in the history for each send."""

import asyncio
import threading
from datetime import UTC, datetime

import httpx
import pytest

from b2bkit.braze.instances import Instance
from b2bkit.client import Client, HostRefused, KeyMissing
from b2bkit.secrets import Secret
from b2bkit.transport import NotSent, OutcomeUnknown
from b2bkit.webhook import Request

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
HOME = "http://127.0.0.1:8000"
JSON = {"Content-Type": "application/json"}
KEYED = {**JSON, "Authorization": "Bearer YOUR_API_KEY"}
TRACK = Request("POST", "https://rest.iad-06.braze.com/users/track", KEYED, '{"attributes": []}')
NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


class Server:
    """Answers every request alike, and remembers what it saw."""

    def __init__(self, status=201, **answer):
        self.seen: list[httpx.Request] = []
        self.answer = lambda: httpx.Response(status, **(answer or {"json": {"message": "success"}}))

    def __call__(self, request):
        self.seen.append(request)
        return self.answer()


def client(server, instance=HOME, key=KEY, **options):
    return Client(instance, key=key, transport=httpx.MockTransport(server), **options)


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv("BRAZE_API_KEY", raising=False)


def authorization(headers, key=KEY):
    """Send one request with these headers and give the Authorization that arrived."""
    server = Server()
    with client(server, key=key) as sending:
        sending.send(Request("POST", f"{HOME}/users/track", headers, "{}"))
    return server.seen[0].headers.get("authorization")


@pytest.mark.parametrize(
    ("written", "arrives"),
    [
        ("Bearer YOUR_API_KEY", f"Bearer {KEY}"),
        ("bearer <your key>", f"bearer {KEY}"),
        ("Bearer $BRAZE_API_KEY", f"Bearer {KEY}"),
        ("Bearer another-real-key-123456", f"Bearer {KEY}"),
        ("YOUR_API_KEY", KEY),
        ('"Bearer YOUR_API_KEY"', f'"Bearer {KEY}"'),
        ("Bearer", "Bearer"),
        ("", ""),
    ],
)
def test_the_key_takes_the_place_of_its_placeholder(written, arrives):
    """The shape around it arrives as Braze would send it, mistakes included."""
    assert authorization({"Authorization": written}) == arrives


def test_a_request_without_authorization_gets_one():
    assert authorization(JSON) == f"Bearer {KEY}"


@pytest.mark.parametrize("given", [KEY, f" {KEY}\n", f"Bearer {KEY}", f'"{KEY}"', Secret(KEY)])
def test_a_key_may_be_given_as_it_was_pasted(given):
    assert authorization(KEYED, key=given) == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("YOUR_API_KEY", "only stands for a key"),
        ("<your key>", "only stands for a key"),
        ("two words", "a blank, a line break or another character"),
        ("kéy", "a blank, a line break or another character"),
    ],
)
def test_what_is_no_key_is_refused_at_once(given, sentence):
    with pytest.raises(KeyMissing, match=sentence) as caught:
        Client(HOME, key=given)
    assert given not in str(caught.value)


def test_without_a_key_nothing_is_sent():
    server = Server()
    with client(server, key=None) as sending, pytest.raises(KeyMissing) as caught:
        sending.send(TRACK)
    assert str(caught.value) == (
        "There is no API key to send to sandbox with. Give the client one (key=...), or set "
        "BRAZE_API_KEY in the environment."
    )
    assert server.seen == []


def test_the_key_of_the_environment(monkeypatch):
    monkeypatch.setenv("BRAZE_API_KEY", KEY)
    assert authorization(KEYED, key=None) == f"Bearer {KEY}"


def test_a_key_that_is_given_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("BRAZE_API_KEY", "from-the-environment")
    assert authorization(KEYED, key=KEY) == f"Bearer {KEY}"


def test_a_sandbox_key_stays_here():
    server = Server()
    sending = client(server, "US-06", key="sandbox-all-0123", live=True)
    with sending, pytest.raises(KeyMissing, match="To send to US-06, give a key made"):
        sending.send(TRACK)
    assert server.seen == []


@pytest.mark.parametrize(
    ("instance", "live", "arrives_at"),
    [
        (HOME, False, f"{HOME}/users/track"),
        ("US-06", True, "https://rest.iad-06.braze.com/users/track"),
        (Instance.named("US-06"), True, "https://rest.iad-06.braze.com/users/track"),
    ],
)
def test_the_instance_decides_the_host(instance, live, arrives_at):
    server = Server()
    with client(server, instance, live=live) as sending:
        assert sending.send(TRACK).accepted
    assert [str(request.url) for request in server.seen] == [arrives_at]


def test_the_body_arrives_as_it_is():
    server = Server()
    with client(server) as sending:
        sending.send(TRACK)
    assert server.seen[0].content == b'{"attributes": []}'


def test_a_host_header_is_refused():
    with client(Server()) as sending, pytest.raises(HostRefused, match="header Host"):
        sending.send(Request("POST", f"{HOME}/x", {"Host": "b.example"}, "{}"))


def test_the_key_never_goes_to_another_host():
    server = Server()
    allowed = {"live": True, "allow_host": ["hooks.example.com"]}
    with client(server, "US-06", **allowed) as sending:
        sending.send(Request("POST", "https://hooks.example.com/x", JSON, "{}"))
        with pytest.raises(HostRefused, match="The key of US-06 is not sent to another host"):
            sending.send(Request("POST", "https://hooks.example.com/x", KEYED, "{}"))
    assert [request.headers.get("authorization") for request in server.seen] == [None]


def test_history_has_a_row_for_each_send():
    answers = iter(
        [
            httpx.Response(201, json={"message": "success", "attributes_processed": 1}),
            httpx.Response(201, json={"message": "success", "errors": [{"type": "x"}]}),
            httpx.Response(400, json={"message": "Valid data must be provided"}),
            httpx.Response(500, json={"message": "oops"}),
            httpx.ReadTimeout("x"),
            httpx.ConnectError("x"),
        ]
    )

    def answer(_):
        it = next(answers)
        if isinstance(it, Exception):
            raise it
        return it

    ticks = iter(range(100))
    with client(answer, clock=lambda: NOON, timer=lambda: next(ticks) / 10) as sending:
        for _ in range(4):
            sending.send(TRACK)
        for kind in (OutcomeUnknown, NotSent):
            with pytest.raises(kind):
                sending.send(TRACK)
        with pytest.raises(HostRefused):
            sending.send(Request("GET", "https://elsewhere.example/x?who=ada"))

        assert list(sending.history) == [
            "time", "method", "path", "status", "outcome", "errors", "elapsed_ms",
        ]  # fmt: skip
        rows = sending.history.astype(object).where(lambda it: it.notna(), None)
    assert [tuple(row)[1:] for row in rows.itertuples(index=False)] == [
        ("POST", "/users/track", 201, "accepted", 0, 100.0),
        ("POST", "/users/track", 201, "accepted with errors", 1, 100.0),
        ("POST", "/users/track", 400, "refused", 0, 100.0),
        ("POST", "/users/track", 500, "unknown", 0, 100.0),
        ("POST", "/users/track", None, "unknown", 0, None),
        ("POST", "/users/track", None, "not sent", 0, None),
        ("GET", "/x", None, "not sent", 0, None),
    ]
    assert set(rows["time"]) == {NOON}


def test_history_has_its_columns_before_the_first_send():
    table = Client(HOME).history
    assert len(table) == 0
    kinds = table.dtypes.astype(str)
    assert list(kinds[["time", "status", "errors", "elapsed_ms"]]) == [
        "datetime64[us, UTC]", "Int64", "int64", "float64",
    ]  # fmt: skip


def test_a_send_that_is_cancelled_is_unknown():
    arrived = threading.Event()

    async def never(_):
        arrived.set()
        await asyncio.Event().wait()

    async def cell(sending):
        task = asyncio.create_task(sending.asend(TRACK))
        await asyncio.to_thread(arrived.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with client(never) as sending:
        asyncio.run(cell(sending))
        assert list(sending.history["outcome"]) == ["unknown"]


def test_send_and_asend_are_one():
    """From a script, inside a running loop, and awaited there."""
    server = Server()

    async def cell(sending):
        return [sending.send(TRACK).status, (await sending.asend(TRACK)).status]

    with client(server) as sending:
        assert sending.send(TRACK).status == 201
        assert asyncio.run(cell(sending)) == [201, 201]
        assert list(sending.history["outcome"]) == ["accepted"] * 3
    assert len(server.seen) == 3


def test_a_client_says_what_it_may_do():
    assert repr(Client(HOME)) == f"<Client sandbox at {HOME}, sends to this machine only>"
    assert repr(Client("us-06", live=True)) == (
        "<Client US-06 at https://rest.iad-06.braze.com, may send for real>"
    )
