"""A key planted anywhere is nowhere in what is shown, raised, kept or stored."""

import copy
import json
import pickle
import sys
import traceback
from html import escape
from types import ModuleType
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.braze.instances import Instance
from b2bkit.client import Client, ClientError
from b2bkit.client.credentials import find_key, from_keyring, redacted
from b2bkit.secrets import PLACEHOLDER, Secret, is_placeholder, put_in, redact, take_out
from b2bkit.transport import TransportError
from b2bkit.use_cases import use_case
from b2bkit.webhook import Request, Webhook

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
ODD_KEY = 'Zq9"7/<&\\x+%$'
HOME = "http://127.0.0.1:8000"
TRACK = f"{HOME}/users/track"
KEYED = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}


@pytest.mark.parametrize(
    ("value", "token"),
    [
        ("Bearer abc-123", "abc-123"),
        ("bearer   abc-123 ", "abc-123"),
        ('"Bearer abc-123"', "abc-123"),
        ("Bearer 'abc-123'", "abc-123"),
        ("abc-123", "abc-123"),
        ("Basic YTpi", "YTpi"),
    ],
)
def test_a_key_is_taken_out_and_its_shape_stays(value, token):
    shape, key = take_out(value)
    assert key.reveal() == token
    assert shape == value.replace(token, PLACEHOLDER)
    assert put_in(shape, token) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer YOUR_API_KEY",
        "Bearer YOUR-REST-API-KEY-HERE",
        "Bearer <your key>",
        "Bearer $BRAZE_API_KEY",
        "Bearer ${BRAZE_API_KEY}",
        "Bearer {{custom_attribute.${key}}}",
        "Bearer xxxx",
        "my key",
    ],
)
def test_what_stands_for_a_key_stays(value):
    assert take_out(value) == (value, None)


def test_no_text_takes_long():
    """The pattern of placeholders must not go wild on a long text."""
    for text in ("my_" + "a_" * 5_000 + "!", "your" + "_" * 10_000 + "!", "x" * 10_000 + "y"):
        assert not is_placeholder(text)


@given(st.text())
def test_take_out_leaves_no_key_behind(text):
    shape, key = take_out(f"Bearer {text}")
    if key and len(key.reveal()) > 3 and key.reveal() not in f"Bearer {PLACEHOLDER}":
        assert key.reveal() not in shape.removeprefix("Bearer ").replace(PLACEHOLDER, "")


def test_a_secret_hides_and_is_not_stored():
    secret = Secret(KEY)
    assert repr(secret) == str(secret) == f"{secret}" == "Secret(•••)"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)


def test_redact():
    assert redact(f"a {KEY} b", Secret(KEY), None, Secret("")) == "a ••• b"


@pytest.mark.parametrize("spelling", [str, lambda it: json.dumps(it)[1:-1], quote, escape])
def test_every_spelling_of_a_key_is_made_unreadable(spelling):
    text = f"<{spelling(ODD_KEY)}>"
    assert redacted(text, Secret(ODD_KEY)) == "<•••>"


def test_a_very_short_key_does_not_blank_out_answers():
    assert redacted('{"message": "ok"}', Secret("k")) == '{"message": "ok"}'


def echo(request):
    """Answer as a server that repeats all it got, in several spellings."""
    key = request.headers["authorization"]
    body = {"message": key, "errors": [{"type": key, "input_array": quote(key)}], key: escape(key)}
    return httpx.Response(400, json=body, headers={"X-Echo": key})


def shown(thing) -> str:
    """Everything a person, a notebook or a file may see of a thing."""
    rich = getattr(thing, "_repr_html_", str)()
    return f"{thing!r}\n{thing}\n{rich}"


def the_client():
    return Client(HOME, key=KEY, transport=httpx.MockTransport(echo))


def after_a_send(pick):
    with the_client() as client:
        return pick(client, client.send(Request("POST", TRACK, KEYED, "{}")))


EVERYTHING = {
    "Secret": lambda: Secret(KEY),
    "Webhook": lambda: Webhook(TRACK, "POST", KEYED, "{}"),
    "Webhook.to_toml": lambda: Webhook(TRACK, "POST", KEYED, "{}").to_toml(),
    "Webhook.preview": lambda: Webhook(TRACK, "POST", KEYED, "{}").preview(),
    "Webhook fields": lambda: vars(Webhook(TRACK, "POST", KEYED, "{}")),
    "Request": lambda: Request("POST", TRACK, KEYED, "{}"),
    "Request.headers": lambda: dict(Request("POST", TRACK, KEYED, "{}").headers),
    "Request.curl": lambda: Request("POST", TRACK, KEYED, "{}").curl(),
    "Request fields": lambda: vars(Request("POST", TRACK, KEYED, "{}")),
    "UseCase": lambda: use_case("counter"),
    "Client": the_client,
    "Client fields": lambda: vars(the_client()),
    "Client.history": lambda: after_a_send(lambda client, _: client.history),
    "Response": lambda: after_a_send(lambda _, it: it),
    "Response.summary": lambda: after_a_send(lambda _, it: it.summary),
    "Response.body": lambda: after_a_send(lambda _, it: it.body),
    "Response.json": lambda: after_a_send(lambda _, it: it.json),
    "Response.headers": lambda: after_a_send(lambda _, it: dict(it.headers)),
    "Response.frame": lambda: after_a_send(lambda _, it: it.frame().to_html()),
    "Response fields": lambda: after_a_send(lambda _, it: vars(it)),
}


@pytest.mark.parametrize("make", EVERYTHING.values(), ids=EVERYTHING)
def test_a_planted_key_is_nowhere_to_be_seen(make):
    thing = make()
    if thing is None:
        pytest.fail("nothing to look at")
    assert KEY not in shown(thing)


def raising(error):
    def answer(_):
        raise error

    return httpx.MockTransport(answer)


FAILURES = {
    "no server": (raising(httpx.ConnectError(KEY)), {}),
    "no answer": (raising(httpx.ReadTimeout(KEY)), {}),
    "broken line": (raising(httpx.ReadError(KEY)), {}),
    "another host": (raising(httpx.ReadError("x")), {"url": "https://evil.example/x"}),
    "key for another host": (raising(httpx.ReadError("x")), {"url": "http://127.0.0.1:9/x"}),
}


@pytest.mark.parametrize(("transport", "change"), FAILURES.values(), ids=FAILURES)
def test_a_failed_send_does_not_tell_the_key(transport, change):
    request = Request("POST", change.get("url", TRACK), KEYED, "{}")
    with Client(HOME, key=KEY, transport=transport) as client:
        with pytest.raises((ClientError, TransportError)) as caught:
            client.send(request)
        assert KEY not in f"{caught.value!r} {caught.value}"
        assert KEY not in str(client.history.to_dict())


def test_a_traceback_shows_no_key():
    """As a notebook prints it."""
    client = Client(HOME, key=KEY, transport=raising(httpx.ReadError("x")))
    with client, pytest.raises(TransportError) as caught:
        client.send(Request("POST", TRACK, KEYED, "{}"))
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_not_even_a_traceback_with_all_values_shows_it():
    """As `%xmode Verbose` prints it: the local variables of every frame, causes included."""

    def answer(request):
        written = request.headers["authorization"]  # as h11's frames have it
        raise httpx.WriteError(f"{len(written)} bytes")

    client = Client(HOME, key=KEY, transport=httpx.MockTransport(answer))
    with client, pytest.raises(TransportError) as caught:
        client.send(Request("POST", TRACK, KEYED, "{}"))
    verbose = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert KEY not in "".join(verbose.format())


def test_a_key_is_refused_without_being_repeated():
    with pytest.raises(ClientError) as caught:
        Client(HOME, key=f"{KEY} and more")
    assert KEY not in str(caught.value)


class TestWhereAKeyIsFound:
    us_06 = Instance.named("US-06")

    @pytest.mark.parametrize(
        ("environ", "keyring", "found"),
        [
            ({"BRAZE_API_KEY": "from-env"}, "from-ring", "from-env"),
            ({"BRAZE_API_KEY": " "}, "from-ring", "from-ring"),
            ({}, "from-ring", "from-ring"),
            ({"BRAZE_API_KEY": "Bearer from-env\n"}, None, "from-env"),
        ],
    )
    def test_in_order(self, environ, keyring, found):
        secret = find_key(self.us_06, environ=environ, keyring=lambda _: keyring)
        assert secret.reveal() == found

    def test_the_keyring_is_asked_for_the_instance(self):
        key = find_key(self.us_06, environ={}, keyring=lambda it: f"key-of-{it.name}")
        assert key.reveal() == "key-of-US-06"

    @pytest.mark.parametrize("keyring", [None, "", " "])
    def test_nowhere(self, keyring):
        with pytest.raises(ClientError, match="There is no API key to send to US-06 with"):
            find_key(self.us_06, environ={}, keyring=lambda _: keyring)

    def test_a_keyring_that_fails_is_none(self, monkeypatch):
        failing = ModuleType("keyring")

        def get_password(*_):
            raise RuntimeError("no backend")

        failing.get_password = get_password
        monkeypatch.setitem(sys.modules, "keyring", failing)
        assert from_keyring(self.us_06) is None
        monkeypatch.setitem(sys.modules, "keyring", None)  # not installed
        assert from_keyring(self.us_06) is None
        failing.get_password = lambda service, user: f"{service}:{user}"
        monkeypatch.setitem(sys.modules, "keyring", failing)
        assert from_keyring(self.us_06) == "b2bkit:US-06"
