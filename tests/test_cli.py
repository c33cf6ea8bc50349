"""The `b2bkit` command: what it prints, how it ends, and that its mistakes are one sentence."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from b2bkit.cli import main, permissions_by_key, split_folder
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from collections.abc import Iterator


def refusal(*arguments: str) -> str:
    """Run a command that must end with exit code 2, and give the one line it leaves."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


@contextmanager
def running_sandbox(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "b2bkit", "sandbox", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            yield it
        finally:
            it.kill()


def post(url: str, key: str, body: dict) -> tuple[int, dict]:
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_the_first_line_with_json_is_one_object_to_reach_it_by():
    with running_sandbox("--json", "--key", "reader:users.export.ids") as braze:
        said = json.loads(braze.stdout.readline())
        assert set(said) == {"url", "keys"}
        assert set(said["keys"]) == {"all", "reader"}
        assert said["url"].startswith("http://127.0.0.1:")
        attributes = {"attributes": [{"external_id": "ada", "visits": {"inc": 1}}]}
        track = f"{said['url']}/users/track"
        assert post(track, said["keys"]["all"], attributes)[0] == 201
        assert post(track, said["keys"]["reader"], attributes)[0] == 403


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_ends_cleanly(how: signal.Signals):
    with running_sandbox("--json") as braze:
        url = json.loads(braze.stdout.readline())["url"]
        braze.send_signal(how)
        assert braze.wait(10) == 0
        assert braze.stdout.read() == braze.stderr.read() == ""
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=5)


def test_without_json_it_says_how_to_reach_it():
    with running_sandbox() as braze:
        assert braze.stdout.readline().startswith("A Braze to practise on: http://127.0.0.1:")
        braze.send_signal(signal.SIGTERM)
        said = braze.stdout.read()
        assert "\n  all: sandbox-all-" in said
        assert "\n  curl http://127.0.0.1:" in said
        assert "Only this machine can reach it" in said


def test_a_seed_is_there_from_the_start(tmp_path: Path):
    seed = tmp_path / "users.json"
    seed.write_text(json.dumps({"users": [{"external_id": "ada", "first_name": "Ada"}]}))
    with running_sandbox("--json", "--seed", str(seed)) as braze:
        said = json.loads(braze.stdout.readline())
        asked = {"external_ids": ["ada"], "fields_to_export": ["external_id", "first_name"]}
        _, found = post(f"{said['url']}/users/export/ids", said["keys"]["all"], asked)
        assert [user["first_name"] for user in found["users"]] == ["Ada"]


def test_a_database_keeps_users_from_one_run_to_the_next(tmp_path: Path):
    database = ["--db", str(tmp_path / "braze.sqlite")]
    with running_sandbox("--json", *database) as braze:
        said = json.loads(braze.stdout.readline())
        attributes = {"attributes": [{"external_id": "ada", "visits": 3}]}
        post(f"{said['url']}/users/track", said["keys"]["all"], attributes)
        braze.send_signal(signal.SIGTERM)
        braze.wait(10)
    with running_sandbox("--json", *database) as braze:
        said = json.loads(braze.stdout.readline())
        asked = {"external_ids": ["ada"], "fields_to_export": ["custom_attributes"]}
        _, found = post(f"{said['url']}/users/export/ids", said["keys"]["all"], asked)
        assert found["users"][0]["custom_attributes"] == {"visits": 3}


def test_the_rate_limit_and_its_dialect_are_those_given():
    with running_sandbox("--json", "--rate-limit", "1/600", "--rate-dialect", "seconds") as braze:
        said = json.loads(braze.stdout.readline())
        body = {"attributes": [{"external_id": "ada", "visits": 1}]}
        answers = [post(f"{said['url']}/users/track", said["keys"]["all"], body) for _ in range(3)]
    assert 429 in [status for status, _ in answers]


def test_what_is_accepted_is_applied_after_the_delay_given():
    with running_sandbox("--json", "--processing-delay", "60000", "--unordered", "1") as braze:
        said = json.loads(braze.stdout.readline())
        body = {"attributes": [{"external_id": "ada", "visits": 1}]}
        assert post(f"{said['url']}/users/track", said["keys"]["all"], body)[0] == 201
        asked = {"external_ids": ["ada"], "fields_to_export": ["external_id"]}
        _, found = post(f"{said['url']}/users/export/ids", said["keys"]["all"], asked)
        assert found["users"] == []


def test_serving_other_machines_says_what_that_means():
    with running_sandbox("--json", "--host", "0.0.0.0") as braze:
        assert json.loads(braze.stdout.readline())["url"]
        braze.send_signal(signal.SIGTERM)
        assert braze.stderr.read().startswith("Other machines can reach this sandbox")


def test_a_taken_port_is_refused_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal("sandbox", "--port", str(port))
    assert said.startswith(f"Error: Port {port} on 127.0.0.1 cannot be used")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--key", "reader"], "--key reader cannot be read"),
        (["--key", "reader:"], "--key reader: cannot be read"),
        (["--key", ":users.track"], "--key :users.track cannot be read"),
        (["--key", "a:users.track", "--key", "a:users.export.ids"], "--key a is given twice"),
        (["--key", "a:users.trakc"], "users.trakc, which is no permission"),
        (["--key", "all:users.track"], "cannot be called 'all'"),
        (["--seed", "no/such/file.json"], "no/such/file.json cannot be read"),
        (["--rate-limit", "3000"], "such as 3000/3"),
        (["--unordered", "1"], "give a processing delay"),
    ],
)
def test_mistakes_are_one_sentence(arguments: list[str], said: str):
    assert said in refusal("sandbox", *arguments)


def test_a_seed_that_is_no_list_of_users_is_refused(tmp_path: Path):
    seed = tmp_path / "seed.json"
    seed.write_text('["ada"]')
    assert '{"users": [...]}' in refusal("sandbox", "--seed", str(seed))


def test_permissions_are_parted_by_commas():
    keys = ("reader:users.export.ids", "writer:users.track, canvas.trigger.send")
    assert permissions_by_key(keys) == {
        "reader": ["users.export.ids"],
        "writer": ["users.track", "canvas.trigger.send"],
    }


@pytest.mark.parametrize(
    ("arguments", "folder", "flags"),
    [
        ((), "b2bkit", ()),
        (("mine",), "mine", ()),
        (("mine", "--no-browser"), "mine", ("--no-browser",)),
        (("--port", "8899"), "b2bkit", ("--port", "8899")),
        ((".", "--ip", "127.0.0.1"), ".", ("--ip", "127.0.0.1")),
    ],
)
def test_the_folder_of_lab_comes_first(arguments: tuple, folder: str, flags: tuple):
    assert split_folder(arguments) == (Path(folder), flags)


def test_lab_refuses_a_folder_it_cannot_write(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert "Name another folder" in refusal("lab", str(tmp_path / "file"))


def test_the_version_is_that_of_the_package():
    import b2bkit

    said = CliRunner().invoke(main, ["--version"]).stdout
    assert said == f"b2bkit, version {b2bkit.__version__}\n"


@pytest.mark.parametrize("heavy", ["jupyterlab", "pandas", "starlette", "httpx", "ipywidgets"])
def test_help_answers_without_the_heavy_parts(heavy: str):
    program = f"import sys, b2bkit.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_key_without_permissions_is_an_error_of_ours():
    with pytest.raises(B2bkitError, match="cannot be read"):
        permissions_by_key(("reader:,",))
