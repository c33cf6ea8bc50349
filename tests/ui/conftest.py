"""A session for each test, with a sandbox of its own; and no handler fails unseen."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from b2bkit.ui.session import Session


@pytest.fixture(autouse=True)
def no_swallowed_errors(caplog):
    """Jupyter logs what a handler raises and goes on; here that fails the test."""
    yield
    assert not [record for record in caplog.get_records("call") if record.exc_info], caplog.text


@pytest.fixture
def session():
    """What the front ends of one kernel share. Its sandbox starts when it is first asked for."""
    ours = Session()
    yield ours
    ours.close()


class Parrot(ThreadingHTTPServer):
    """Refuses everything, and repeats the Authorization header in its answer."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ParrotHandler)
        self.heard = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class ParrotHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        said = self.headers["Authorization"]
        self.server.heard.append(said)
        body = json.dumps({"message": f"You said {said}"}).encode()
        self.send_response(400)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Repeated", said)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def parrot_server():
    """A server on loopback that repeats the key it was given."""
    with Parrot() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
