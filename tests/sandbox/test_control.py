"""`/_sandbox/...`."""

import asyncio
from urllib.parse import quote

import httpx
import pytest

from b2bkit.sandbox import Sandbox


def test_profiles_can_be_read(braze):
    (ada,) = braze.get("/_sandbox/profiles").json()
    assert braze.get("/_sandbox/profiles/ada").json() == ada == braze.sandbox.profile("ada")
    assert ada == {
        "external_id": "ada",
        "braze_id": ada["braze_id"],
        "aliases": [],
        "attributes": {"first_name": "Ada", "email": "ada@example.com"},
        "custom_attributes": {"visits": {"type": "number", "value": 3}},
        "events": [],
        "purchases": [],
    }


def test_an_unknown_profile_is_404(braze):
    assert braze.get("/_sandbox/profiles/bob").status_code == 404


@pytest.mark.parametrize("external_id", ["a/b", "a b", "é", "a?b", "100%", "..", "a#b", "a+b"])
def test_an_odd_external_id_can_be_read(braze, external_id):
    braze.track({"external_id": external_id})
    answer = braze.get(f"/_sandbox/profiles/{quote(external_id, safe='').replace('.', '%2E')}")
    assert answer.json()["external_id"] == external_id


def test_the_log_can_be_read(braze):
    braze.track({"external_id": "ada"})
    (entry,) = braze.get("/_sandbox/log").json()
    assert entry.pop("time").endswith("Z")
    assert entry == {
        "method": "POST",
        "path": "/users/track",
        "status": 201,
        "applied": 1,
        "dropped": [],
    }


def test_reset_empties_it(braze):
    assert braze.http.post("/_sandbox/reset").status_code == 200
    assert braze.get("/_sandbox/profiles").json() == []


def test_control_paths_are_not_in_the_log(braze):
    braze.get("/_sandbox/profiles")
    assert braze.sandbox.log == []


@pytest.mark.parametrize("path", ["/_sandbox/nothing", "/_sandbox", "/_sandbox/"])
def test_other_control_paths_are_404(braze, path):
    answer = braze.get(path)
    assert (answer.status_code, answer.json()) == (404, {"message": "Invalid URL"})


def test_another_method_of_a_control_path_is_405_and_says_which_it_has(braze):
    answer = braze.http.post("/_sandbox/faults", json=[])
    assert (answer.status_code, answer.headers["allow"]) == (405, "PUT")
    assert answer.json() == {"message": "/_sandbox/faults takes PUT, not POST."}


@pytest.mark.parametrize("path", ["/_sandbox/nothing", "/_sandbox/faults"])
def test_from_elsewhere_no_control_path_says_what_there_is(path):
    async def ask():
        transport = httpx.ASGITransport(Sandbox().app, client=("10.0.0.7", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            return await http.get(path)

    assert asyncio.run(ask()).status_code == 403


@pytest.mark.parametrize(
    ("client", "host", "status"),
    [
        (("127.0.0.1", 5), "127.0.0.1", 200),
        (("127.0.0.1", 5), "localhost", 200),
        (("::1", 5), "[::1]", 200),
        (("10.0.0.7", 5), "127.0.0.1", 403),
        (("127.0.0.1", 5), "evil.example", 403),
        (("10.0.0.7", 5), "sandbox.example", 403),
    ],
)
def test_control_paths_answer_on_loopback_only(client, host, status):
    async def ask():
        transport = httpx.ASGITransport(Sandbox().app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as http:
            return [await http.get("/_sandbox/profiles"), await http.post("/_sandbox/reset")]

    assert [answer.status_code for answer in asyncio.run(ask())] == [status, status]
