"""A running sandbox, and a short way to call it."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from b2bkit.sandbox import Sandbox

SEED = {
    "users": [
        {
            "external_id": "ada",
            "first_name": "Ada",
            "email": "ada@example.com",
            "custom_attributes": {"visits": 3},
        }
    ]
}


class Caller:
    """Call a running sandbox with its key."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(base_url=sandbox.url, trust_env=False)

    def post(self, path, json=None, *, key="all", **options):
        headers = {"Authorization": f"Bearer {self.sandbox.keys[key]}"} if key else {}
        headers.update(options.pop("headers", {}))
        if json is not None:
            options["json"] = json
        return self.http.post(path, headers=headers, **options)

    def track(self, *attributes, **arrays):
        body = {"attributes": list(attributes), **arrays} if attributes else arrays
        return self.post("/users/track", body)

    def get(self, path):
        return self.http.get(path)


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, now=datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)):
        self.now = now

    def __call__(self):
        return self.now

    def advance(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def new_clock():
    """Give the class of clocks that are moved by hand."""
    return Clock


@pytest.fixture
def serve():
    """Start sandboxes, and end them with the test."""
    callers = []

    def start(**options):
        caller = Caller(Sandbox(**{"seed": SEED, **options}).start())
        callers.append(caller)
        return caller

    yield start
    for caller in callers:
        caller.http.close()
        caller.sandbox.stop()


@pytest.fixture(scope="session")
def one_sandbox():
    with Sandbox(keys={"tracker": ["users.track"]}) as sandbox:
        caller = Caller(sandbox)
        yield caller
        caller.http.close()


@pytest.fixture
def braze(one_sandbox):
    """A sandbox with one user, Ada, and a key that may only track."""
    one_sandbox.sandbox.reset()
    one_sandbox.sandbox.put_user(SEED["users"][0])
    return one_sandbox
