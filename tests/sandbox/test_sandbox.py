"""The face of the sandbox: starting, ending, looking in."""

import asyncio
import json
import logging
import subprocess
import sys
import threading

import httpx
import pytest

from b2bkit.braze.endpoints import PERMISSIONS
from b2bkit.sandbox import Sandbox, SandboxError
from b2bkit.sandbox.keys import Keys

ADA = {"external_id": "ada", "custom_attributes": {"visits": 1}}


def test_it_serves_on_loopback_until_the_block_ends():
    with Sandbox() as braze:
        url = braze.url
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}/_sandbox/profiles", trust_env=False).json() == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_it_may_be_started_and_ended_again():
    braze = Sandbox()
    for _ in range(2):
        braze.start()
        braze.start()
        assert httpx.get(f"{braze.url}/_sandbox/log", trust_env=False).status_code == 200
        braze.stop()
        braze.stop()


def test_it_leaves_no_thread_behind():
    before = threading.active_count()
    with Sandbox():
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_without_a_server_it_has_no_address():
    with pytest.raises(SandboxError, match="not running"):
        _ = Sandbox().url


def test_a_taken_port_is_said():
    with Sandbox() as braze:
        port = int(braze.url.rpartition(":")[2])
        with pytest.raises(SandboxError, match=str(port)):
            Sandbox(port=port).start()


def test_a_port_that_is_none_is_said():
    with pytest.raises(SandboxError, match="99999"):
        Sandbox(port=99_999).start()


def test_it_says_nothing_and_ends_with_the_interpreter():
    script = (
        "import httpx\n"
        "from b2bkit import Sandbox\n"
        "braze = Sandbox().start()\n"
        "httpx.get(braze.url, trust_env=False)\n"
        "print(braze.key[:12])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("sandbox-all-\n", "", 0)


def test_it_logs_nothing(caplog):
    caplog.set_level(logging.DEBUG)
    with Sandbox() as braze:
        httpx.post(f"{braze.url}/users/track", content=b"{", trust_env=False)
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []


def test_it_works_without_a_server():
    """The app is enough for a client that takes a transport."""
    braze = Sandbox(seed={"users": [ADA]})

    async def ask():
        transport = httpx.ASGITransport(braze.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
            headers = {"Authorization": f"Bearer {braze.key}"}
            body = {"attributes": [{"external_id": "ada", "visits": {"inc": 1}}]}
            return await client.post("/users/track", json=body, headers=headers)

    assert asyncio.run(ask()).status_code == 201
    assert braze.profile("ada")["custom_attributes"]["visits"]["value"] == 2


class TestKeys:
    def test_all_has_every_permission(self):
        braze = Sandbox(keys={"reader": ["users.export.ids"]})
        assert braze.keys.keys() == {"all", "reader"}
        assert braze.key == braze.keys["all"]
        permissions = braze._workspace.keys.permissions
        assert permissions(braze.key) == set(PERMISSIONS)
        assert permissions(braze.keys["reader"]) == {"users.export.ids"}

    def test_they_are_recognisable_and_never_the_same(self):
        first, second = Sandbox(keys={"x": []}), Sandbox()
        assert first.keys["x"].startswith("sandbox-x-")
        assert first.key != second.key

    @pytest.mark.parametrize(
        ("keys", "word"),
        [
            ({"all": []}, "all"),
            ({"": []}, "''"),
            ({"a b": []}, "a b"),
            ({"x": ["users.tarck"]}, "users.tarck"),
        ],
    )
    def test_what_cannot_be_a_key_is_said(self, keys, word):
        with pytest.raises(SandboxError, match=word):
            Sandbox(keys=keys)

    def test_no_key_is_in_the_repr(self):
        braze = Sandbox(keys={"x": []})
        shown = repr(braze) + repr(braze._workspace.keys)
        assert not any(text in shown for text in braze.keys.values())


class TestUsers:
    def test_a_seed_may_be_an_object_or_a_file(self, tmp_path):
        seed = {"users": [ADA]}
        path = tmp_path / "seed.json"
        path.write_text(json.dumps(seed))
        for each in (seed, path, str(path)):
            profile = Sandbox(seed=each).profile("ada")
            assert profile["custom_attributes"] == {"visits": {"type": "number", "value": 1}}

    @pytest.mark.parametrize(
        "seed",
        [{}, {"users": {}}, {"users": ["ada"]}, "nowhere.json", {"users": [{"external_id": 5}]}],
    )
    def test_what_is_no_seed_is_said(self, seed):
        with pytest.raises(SandboxError):
            Sandbox(seed=seed)

    def test_put_user_replaces_and_keeps_the_id(self):
        braze = Sandbox(seed={"users": [ADA]})
        before = braze.profile("ada")
        braze.put_user({"external_id": "ada", "first_name": "Ada"})
        after = braze.profile("ada")
        assert after["braze_id"] == before["braze_id"]
        assert (after["custom_attributes"], after["attributes"]) == ({}, {"first_name": "Ada"})
        assert len(braze.profiles()) == 1

    def test_put_user_may_change_a_type(self, serve):
        braze = serve()
        braze.sandbox.put_user({"external_id": "ada", "custom_attributes": {"visits": "3"}})
        braze.track({"external_id": "ada", "visits": "4"})
        visits = braze.sandbox.profile("ada")["custom_attributes"]["visits"]
        assert visits == {"type": "text", "value": "4"}

    def test_an_unknown_user_is_none(self):
        assert Sandbox().profile("ada") is None

    def test_an_export_can_be_put_back(self, braze):
        export = braze.post("/users/export/ids", {"external_ids": ["ada"]}).json()["users"][0]
        braze.sandbox.reset()
        braze.sandbox.put_user(export)
        again = braze.post("/users/export/ids", {"external_ids": ["ada"]}).json()["users"][0]
        assert again == export


def test_reset_empties_profiles_types_and_log(braze):
    braze.track({"external_id": "ada", "x": "text"})
    braze.sandbox.reset()
    assert (braze.sandbox.profiles(), braze.sandbox.log) == ([], [])
    braze.track({"external_id": "ada", "x": 5})
    assert braze.sandbox.profile("ada")["custom_attributes"]["x"]["value"] == 5


def test_the_log_holds_no_personal_value(braze):
    personal = "M4rked"
    braze.track(
        {
            "external_id": personal,
            "first_name": personal,
            "x": personal * 60,
            "country": personal,
            "list": {"add": personal},
        },
        events=[{"external_id": personal, "name": "e", "time": personal}],
    )
    braze.post("/users/export/ids", {"external_ids": [personal]})
    braze.post("/users/track", content=personal, headers={"Content-Type": "application/json"})
    braze.post("/canvas/trigger/send", {"canvas_id": "c", "recipients": [{"email": personal}]})
    assert len(braze.sandbox.log) == 4
    assert personal not in json.dumps(braze.sandbox.log)
    assert braze.sandbox.key not in json.dumps(braze.sandbox.log)


def test_the_permissions_of_a_key_may_be_a_text_with_commas():
    text, names = Keys({"me": "users.track, users.export.ids"}), ["users.track", "users.export.ids"]
    assert text.permissions(text.texts["me"]) == frozenset(names)
