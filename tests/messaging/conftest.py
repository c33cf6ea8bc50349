"""A sandbox with one user, and a way to run campaigns against it."""

import pytest

from b2bkit.messaging import Messaging
from b2bkit.sandbox import Sandbox


@pytest.fixture(scope="module")
def server():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def braze(server):
    server.reset()
    server.put_user({"external_id": "ada", "first_name": "Ada", "email": "ada@example.com"})
    return server


@pytest.fixture
def run(braze):
    """Give a function that runs campaigns against the sandbox; all are closed at the end."""
    running = []

    def start(*campaigns, sandbox=braze, **options):
        running.append(Messaging(sandbox, campaigns, **options))
        return running[-1]

    yield start
    for each in running:
        each.close()
