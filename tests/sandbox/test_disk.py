"""`db`: the state outlives the process."""

import os
import random
import signal
import subprocess
import sys
import threading

import httpx
import pytest

from b2bkit.sandbox import Sandbox, SandboxError

EVENT = {"external_id": "ada", "name": "viewed", "time": "2026-01-01", "properties": {"a": [1]}}
PURCHASE = {
    "external_id": "ada", "product_id": "tea", "currency": "USD", "price": 2.5, "quantity": 2,
    "time": "2026-01-01",
}  # fmt: skip


def test_what_was_there_is_there_again(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    braze = serve(db=db, seed=None)
    alias = {"alias_name": "O'Neil", "alias_label": "crm"}
    braze.track(
        {"external_id": "ada", "x": 1, "first_name": "Ada", "obj": {"a": {"$time": "2026-01-01"}}},
        {"user_alias": alias, "_update_existing_only": False, "note": "é ☃ 'quoted'"},
        {"email": "bob@example.com", "push_tokens": [{"app_id": "app", "token": "t"}]},
        events=[EVENT],
        purchases=[PURCHASE],
    )
    before = braze.sandbox.profiles()
    braze.sandbox.stop()
    after = serve(db=db, seed=None).sandbox.profiles()
    assert after == before
    assert len(after) == 3


def test_types_are_remembered(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    braze = serve(db=db)
    braze.track({"external_id": "ada", "x": 1}, {"external_id": "ada", "x": None})
    braze.sandbox.stop()
    again = serve(db=db)
    again.track({"external_id": "ada", "x": "text"})
    assert "x" not in again.sandbox.profile("ada")["custom_attributes"]


def test_the_order_of_updates_is_remembered(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    braze = serve(db=db, seed=None)
    same = {"email": "same@example.com"}
    braze.track({"external_id": "a", **same}, {"external_id": "b", **same}, {"external_id": "a"})
    braze.sandbox.stop()
    again = serve(db=db, seed=None)
    again.track({**same, "x": 1})
    assert again.sandbox.profile("a")["custom_attributes"]["x"]["value"] == 1


def test_a_seed_does_not_undo_what_happened(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    braze = serve(db=db)
    braze.track({"external_id": "ada", "visits": {"inc": 1}})
    braze.sandbox.stop()
    again = serve(db=db)
    assert again.sandbox.profile("ada")["custom_attributes"]["visits"]["value"] == 4


def test_what_was_queued_is_applied_after_a_restart(serve, new_clock, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    clock = new_clock()
    braze = serve(db=db, processing_delay=1000, clock=clock)
    for _ in range(2):
        assert braze.track({"external_id": "ada", "visits": {"inc": 1}}).status_code == 201
    braze.sandbox.stop()
    again = serve(db=db, processing_delay=1000, clock=clock)
    assert again.sandbox.profile("ada")["custom_attributes"]["visits"]["value"] == 3
    clock.advance(seconds=1)
    assert again.sandbox.profile("ada")["custom_attributes"]["visits"]["value"] == 5
    again.sandbox.stop()
    once_more = serve(db=db)
    assert once_more.sandbox.profile("ada")["custom_attributes"]["visits"]["value"] == 5


def test_reset_empties_the_file(serve, tmp_path):
    db = tmp_path / "sandbox.sqlite"
    braze = serve(db=db)
    braze.track({"external_id": "ada"}, events=[EVENT])
    braze.sandbox.reset()
    braze.sandbox.stop()
    assert serve(db=db, seed=None).sandbox.profiles() == []


def test_it_may_be_started_again_with_its_file(tmp_path):
    braze = Sandbox(db=tmp_path / "sandbox.sqlite")
    for number in range(2):
        braze.start()
        braze.put_user({"external_id": f"user {number}"})
        braze.stop()
    assert len(Sandbox(db=tmp_path / "sandbox.sqlite").profiles()) == 2


def test_a_file_in_use_is_said(tmp_path):
    with Sandbox(db=tmp_path / "sandbox.sqlite"):
        script = f"from b2bkit import Sandbox; Sandbox(db={str(tmp_path / 'sandbox.sqlite')!r})"
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
    assert "end the sandbox that uses it" in done.stderr


def test_a_file_that_is_no_database_is_said(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look at" * 50)
    with pytest.raises(SandboxError, match="not a database"):
        Sandbox(db=path)


SERVER = """
import sys, time
from b2bkit import Sandbox
braze = Sandbox(db=sys.argv[1]).start()
print(braze.url, braze.key, flush=True)
time.sleep(600)
"""


def start(db):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(db)], stdout=subprocess.PIPE, text=True
    )
    url, key = process.stdout.readline().split()
    client = httpx.Client(
        base_url=url, headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=10
    )
    return process, client


def count_until_killed(client, user, accepted):
    """Send one increment and one event at a time; remember how many were answered 201."""
    body = {
        "attributes": [{"external_id": user, "n": {"inc": 1}}],
        "events": [{"external_id": user, "name": "e", "time": "2026-01-01"}],
    }
    try:
        while client.post("/users/track", json=body).status_code == 201:
            accepted[user] += 1
    except httpx.HTTPError:
        pass


@pytest.mark.parametrize(
    "rounds", [3, pytest.param(50, marks=pytest.mark.slow)], ids=["3 kills", "50 kills"]
)
def test_after_a_kill_all_that_was_answered_is_there(tmp_path, rounds):
    db = tmp_path / "sandbox.sqlite"
    accepted = {f"user{number}": 0 for number in range(4)}
    chance = random.Random(7)
    for _ in range(rounds):
        process, client = start(db)
        threads = [
            threading.Thread(target=count_until_killed, args=(client, user, accepted))
            for user in accepted
        ]
        for thread in threads:
            thread.start()
        threads[0].join(0.2 + chance.random() / 4)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for thread in threads:
            thread.join()
        client.close()
    with Sandbox(db=db) as braze:
        for user, count in accepted.items():
            profile = braze.profile(user)
            n = profile["custom_attributes"]["n"]["value"]
            assert count <= n <= count + rounds
            assert len(profile["events"]) == n
    assert min(accepted.values()) > rounds
