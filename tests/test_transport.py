"""The one seam to HTTP: what arrives, what comes back, and whether it may have arrived."""

import asyncio
import gc
import logging
import re
import socket
import threading
from contextlib import contextmanager

import httpx
import pytest

from b2bkit.errors import B2bkitError
from b2bkit.transport import MAX_BODY, NotSent, OutcomeUnknown, Transport

URL = "http://127.0.0.1:1/users/track?who=ada"


def read_request(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def serving(*answers: bytes | None, connections: int = 1):
    """Answer each request of each connection with raw bytes; `None` hangs up without any."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve():
        for _ in range(connections):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(5)
                for answer in answers:
                    seen.append(read_request(connection))
                    connection.sendall(answer or b"")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        thread.join(5)
        listener.close()


def ok(body: bytes = b"{}", head: bytes = b"") -> bytes:
    return b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n%s\r\n" % (len(body), head) + body


def mock(handler):
    return Transport(httpx.MockTransport(handler))


def post(transport: Transport, url: str = URL, body: str | None = "{}", headers=None):
    return transport.send("POST", url, headers or {"Content-Type": "application/json"}, body)


def test_what_is_sent_is_what_was_given():
    """Method, address, headers in their spelling, and the body arrive as they are."""
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(201, json={"message": "success"}, headers={"X-RateLimit-Limit": "9"})

    with mock(answer) as transport:
        got = post(transport, body='{"name": "Zoë"}')

    (request,) = seen
    assert (request.method, str(request.url)) == ("POST", URL)
    assert (b"Content-Type", b"application/json") in request.headers.raw
    assert request.content == '{"name": "Zoë"}'.encode()
    assert (got.status, got.body, got.truncated) == (201, b'{"message":"success"}', False)
    assert got.headers["x-ratelimit-limit"] == "9"


def test_get_sends_no_body():
    with serving(ok()) as (url, seen), Transport() as transport:
        transport.send("GET", url, {}, None)
    assert b"content-length" not in seen[0].lower()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_never_followed(status):
    def answer(_):
        return httpx.Response(status, headers={"Location": "https://elsewhere.example/"})

    with mock(answer) as transport:
        assert post(transport).status == status


def test_cookies_are_never_kept():
    cookies = []

    def answer(request):
        cookies.append(request.headers.get("cookie"))
        return httpx.Response(201, headers={"Set-Cookie": "session=1; Path=/"})

    with mock(answer) as transport:
        post(transport)
        post(transport)
    assert cookies == [None, None]


def test_loopback_ignores_proxies_of_the_environment(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(ok()) as (url, _), Transport() as transport:
        assert post(transport, url).status == 201


def test_connections_are_reused():
    """Two requests on one connection: the server accepts only once."""
    with serving(ok(), ok(), connections=1) as (url, seen), Transport() as transport:
        assert [post(transport, url).status for _ in range(2)] == [201, 201]
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (httpx.ConnectError("x"), NotSent, "no server answers at http://127.0.0.1:1"),
        (httpx.ConnectTimeout("x"), NotSent, "did not take the connection in time"),
        (httpx.PoolTimeout("x"), NotSent, "did not take the connection in time"),
        (httpx.ProxyError("x"), NotSent, "the proxy between here and 127.0.0.1:1 refused"),
        (httpx.LocalProtocolError("x"), NotSent, "HTTP does not allow a request like this one"),
        (httpx.UnsupportedProtocol("x"), NotSent, "could not be reached"),
        (httpx.ReadTimeout("x"), OutcomeUnknown, "gave no answer within 90 s"),
        (httpx.WriteTimeout("x"), OutcomeUnknown, "gave no answer within 90 s"),
        (httpx.ReadError("x"), OutcomeUnknown, "broke after sending had begun"),
        (httpx.WriteError("x"), OutcomeUnknown, "broke after sending had begun"),
        (httpx.RemoteProtocolError("x"), OutcomeUnknown, "broke after sending had begun"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_says_whether_it_may_have_arrived(error, kind, words):
    def answer(_):
        raise error

    with mock(answer) as transport, pytest.raises(kind) as caught:
        post(transport)
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert "who=ada" not in str(caught.value)
    assert str(caught.value).startswith("Nothing was sent: ") is (kind is NotSent)


def test_a_port_nobody_listens_on():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Transport() as transport, pytest.raises(NotSent) as caught:
        post(transport, f"http://127.0.0.1:{port}/x")
    assert str(caught.value) == (
        f"Nothing was sent: no server answers at http://127.0.0.1:{port}. "
        "Is it running, and is the port right?"
    )


def test_a_name_that_does_not_resolve():
    def answer(_):
        raise httpx.ConnectError("x") from socket.gaierror(-2, "Name or service not known")

    with mock(answer) as transport, pytest.raises(NotSent, match=r"the name b\.invalid does not"):
        post(transport, "https://b.invalid/users/track")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "broke after sending had begun"),
        (b"not HTTP\r\n\r\n", "broke after sending had begun"),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{", "answered 201, but the answer"),
        (ok(b"no gzip", b"Content-Encoding: gzip\r\n"), "answered 201, but the answer"),
    ],
    ids=["hangs up", "not HTTP", "cut short", "not what it says"],
)
def test_a_line_that_dies_leaves_the_outcome_unknown(raw, words):
    with (
        serving(raw) as (url, _),
        Transport() as transport,
        pytest.raises(OutcomeUnknown, match=words) as caught,
    ):
        post(transport, url)
    assert caught.value.status == (201 if "201" in words else None)


def test_no_answer_in_time():
    """A server that takes the request and says nothing; the time-out is the caller's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Transport(timeout=0.05) as transport, pytest.raises(OutcomeUnknown) as caught:
            post(transport, url)
    assert str(caught.value) == (
        f"{url} took the request and gave no answer within 0.05 s. "
        "It may have been applied: look at the profile before you send it again."
    )


def test_a_huge_body_is_cut():
    with mock(lambda _: httpx.Response(200, content=b"x" * (MAX_BODY + 1))) as transport:
        got = post(transport)
    assert (len(got.body), got.truncated) == (MAX_BODY, True)


def test_half_a_character_is_not_sent():
    transport = mock(lambda _: httpx.Response(201))
    with transport, pytest.raises(NotSent, match="lone surrogate"):
        post(transport, body='"\ud83d"')


def test_send_works_while_a_loop_is_running():
    """As in a notebook's cell."""

    async def cell():
        with mock(lambda _: httpx.Response(201)) as transport:
            return post(transport).status

    assert asyncio.run(cell()) == 201


def test_one_transport_serves_several_loops():
    """Connections belong to the transport's own loop, so a caller's loop may end."""
    with serving(ok(), ok()) as (url, _), Transport() as transport:
        one = asyncio.run(transport.asend("POST", url, {}, "{}"))
        two = asyncio.run(transport.asend("POST", url, {}, "{}"))
    assert (one.status, two.status) == (201, 201)


def test_cancelling_the_caller_cancels_the_exchange():
    started, ended = threading.Event(), threading.Event()

    async def answer(_):
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def cell(transport):
        task = asyncio.create_task(transport.asend("POST", URL, {}, "{}"))
        assert await asyncio.to_thread(started.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with mock(answer) as transport:
        asyncio.run(cell(transport))
        assert ended.wait(5)


def test_waiting_for_itself_is_refused():
    """A blocking send inside the transport's own loop could never end."""
    with mock(lambda _: httpx.Response(201)) as transport:

        async def inside():
            return post(transport)

        with pytest.raises(RuntimeError, match="await it instead"):
            transport.wait_for(inside())


def test_closing_lets_go_and_sending_opens_again():
    before = threading.active_count()
    transport = mock(lambda _: httpx.Response(201))
    post(transport)
    assert threading.active_count() == before + 1
    transport.close()
    transport.close()
    assert threading.active_count() == before
    assert post(transport).status == 201
    transport.close()


def test_a_forgotten_transport_ends_its_thread():
    before = threading.active_count()
    post(mock(lambda _: httpx.Response(201)))
    gc.collect()
    assert threading.active_count() == before


def test_an_app_in_the_same_process():
    """How a sandbox is mounted: no port, no socket."""

    async def app(scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    with Transport(httpx.ASGITransport(app=app)) as transport:
        assert post(transport).body == b"/users/track"


def test_a_blocking_stand_in_is_refused():
    with pytest.raises(TypeError, match="must be async"):
        Transport(httpx.WSGITransport(app=None))


def test_addresses_do_not_reach_the_log(caplog):
    """httpx logs every address; ours may hold personal values in the query."""
    with caplog.at_level(logging.INFO), mock(lambda _: httpx.Response(201)) as transport:
        post(transport)
    assert "ada" not in caplog.text


def test_all_errors_are_ours():
    assert issubclass(NotSent, B2bkitError)
    assert issubclass(OutcomeUnknown, B2bkitError)
