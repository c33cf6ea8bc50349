"""Many requests side by side: what arrives, and whether it may have when no answer comes."""

import asyncio
import gzip
import re
import socket
import threading
import traceback
from contextlib import contextmanager

import httpx
import pytest

from b2bkit.transport import MAX_BODY, NotSent, OutcomeUnknown
from b2bkit.transport.lanes import Lanes

KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
HEADERS = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}


def ok(body: bytes = b"{}", head: bytes = b"", status: bytes = b"201 Created") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n" % (status, len(body), head) + body


def read_request(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        chunk = connection.recv(65536)
        if not chunk:
            return got
        got += chunk
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def serving(*connections: tuple[bytes | None, ...]):
    """Answer the requests of each connection in turn with raw bytes; `None` hangs up instead."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve():
        for answers in connections:
            connection, _ = listener.accept()
            with connection:
                for answer in answers:
                    seen.append(read_request(connection))
                    if answer is None:
                        break
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        listener.close()
        thread.join(5)


def send(url, *bodies, method="POST", headers=HEADERS, http=None, timeout=5.0):
    """Send bodies one after another over the same lanes; the last answer, or its error."""

    async def main():
        lanes = Lanes(http, timeout=timeout)
        try:
            lane = lanes.lane(method, f"{url}/users/track?who=ada", headers)
            for body in bodies or (b"{}",):
                answer = await lanes.send(lane, body)
            return answer
        finally:
            await lanes.aclose()

    return asyncio.run(main())


def test_what_is_sent_is_what_was_given():
    """Method, address, headers in their spelling, and the bytes of the body."""
    with serving((ok(b'{"message": "success"}', b"X-RateLimit-Limit: 9\r\n"),)) as (url, seen):
        got = send(url, b'{"name": "Zo\xc3\xab"}')
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /users/track?who=ada HTTP/1.1\r\n")
    assert f"\r\nAuthorization: Bearer {KEY}".encode() in head
    assert b"\r\nUser-Agent: b2bkit" in head
    assert body == b'{"name": "Zo\xc3\xab"}'
    assert (got.status, got.body, got.truncated) == (201, b'{"message": "success"}', False)
    assert got.headers["x-ratelimit-limit"] == "9"


def test_an_address_is_sent_as_it_is_spelled():
    with serving((ok(),)) as (url, seen):
        send(f"{url}/a%2Fb%41/%C3%A9")
    assert seen[0].startswith(b"POST /a%2Fb%41/%C3%A9/users/track?who=ada ")


def test_connections_are_kept():
    with serving((ok(), ok())) as (url, seen):
        assert send(url, b"1", b"2").status == 201
    assert [request.rpartition(b"\r\n\r\n")[2] for request in seen] == [b"1", b"2"]


def test_cookies_are_never_kept_and_redirects_never_followed():
    there = b"Location: http://127.0.0.1:1/\r\nSet-Cookie: session=1; Path=/\r\n"
    with serving((ok(head=there, status=b"302 Found"), ok())) as (url, seen):
        assert send(url, b"1", b"2").status == 201
    assert b"cookie" not in seen[1].lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_kept_connection_that_dies_while_sending_leaves_the_outcome_unknown(method):
    """Nothing is repeated in silence, and what may have arrived is not said to be unsent."""
    with (
        serving((ok(), None)) as (url, seen),
        pytest.raises(OutcomeUnknown, match="broke after sending had begun"),
    ):
        send(url, b"1", b"2", method=method)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("raw", "status", "words"),
    [
        (None, None, "broke after sending had begun"),
        (b"not HTTP\r\n\r\n", None, "broke after sending had begun"),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{", 201, "answered 201, but the"),
        (ok(b"no gzip", b"Content-Encoding: gzip\r\n"), 201, "answered 201, but the answer"),
    ],
    ids=["hangs up", "not HTTP", "cut short", "not what it says"],
)
def test_a_line_that_dies_leaves_the_outcome_unknown(raw, status, words):
    with serving((raw,)) as (url, _), pytest.raises(OutcomeUnknown, match=words) as caught:
        send(url)
    assert caught.value.status == status


def test_no_answer_in_time_leaves_the_outcome_unknown():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(OutcomeUnknown, match=r"gave no answer within 0\.05 s"):
            send(url, timeout=0.05)


def test_a_port_nobody_listens_on_means_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(NotSent) as caught:
        send(url)
    assert str(caught.value) == (
        f"Nothing was sent: no server answers at {url}. Is it running, and is the port right?"
    )


def test_a_name_that_does_not_resolve_means_not_sent(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent, match=r"the name rest\.invalid does not resolve"):
        send("https://rest.invalid")


def test_a_server_that_does_not_speak_tls_means_not_sent():
    def greet():
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"220 mail.example ready\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=greet)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(NotSent, match="a certificate that could not be verified"):
            send(url)
        thread.join(5)


@pytest.mark.parametrize("headers", [{"X-A": "a\r\nX-B: b"}, {"X-A": "\ud83d"}, {"Ä": "a"}])
def test_headers_that_http_does_not_allow_mean_not_sent(headers):
    with pytest.raises(NotSent):
        send("http://127.0.0.1:1", headers=headers)


def test_answers_may_be_compressed():
    packed = gzip.compress(b'{"message": "success"}')
    with serving((ok(packed, b"Content-Encoding: gzip\r\n"),)) as (url, _):
        assert send(url).body == b'{"message": "success"}'


def test_a_huge_body_is_cut():
    with serving((ok(b"x" * (MAX_BODY + 1)),)) as (url, _):
        got = send(url)
    assert (len(got.body), got.truncated) == (MAX_BODY, True)


def test_a_body_that_never_ends_runs_out_of_time(monkeypatch):
    """A byte now and then keeps a connection busy, but not for ever."""
    monkeypatch.setattr("b2bkit.transport.lanes.CONNECT_SECONDS", 0.0)

    async def drip(_):
        async def body():
            yield b"{"
            await asyncio.Event().wait()

        return httpx.Response(201, content=body())

    with pytest.raises(OutcomeUnknown, match=r"no answer within 0\.05 s"):
        send("http://127.0.0.1:1", http=httpx.MockTransport(drip), timeout=0.05)


def test_what_stands_in_for_the_network_is_used():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(201, json={"message": "success"})

    assert send("https://rest.iad-06.braze.com", http=httpx.MockTransport(answer)).status == 201
    assert str(seen[0].url) == "https://rest.iad-06.braze.com/users/track?who=ada"
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert seen[0].content == b"{}"


def test_a_stand_in_that_breaks_leaves_the_outcome_unknown():
    async def app(scope, receive, send):
        raise ConnectionResetError

    with pytest.raises(OutcomeUnknown):
        send("http://127.0.0.1:1", http=httpx.ASGITransport(app=app))


def test_an_error_brings_no_frame_along_that_holds_the_key():
    with serving((None,)) as (url, _), pytest.raises(OutcomeUnknown) as caught:
        send(url)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert caught.value.__cause__ is None
    inner = "".join(shown.format()).partition("lanes.py")[2]
    assert "aiohttp" not in inner
