"""What `b2bkit` hands out: exactly this, each with a docstring, and fast to import."""

import importlib
import subprocess
import sys

import pytest

import b2bkit

PUBLIC = [
    "Aborted",
    "B2bkitError",
    "Campaign",
    "Canvas",
    "Client",
    "Context",
    "Explorer",
    "Finding",
    "Instance",
    "Messaging",
    "Plan",
    "Preview",
    "Request",
    "Response",
    "Sandbox",
    "Template",
    "TemplateError",
    "UseCase",
    "Webhook",
    "diagnose",
    "plan",
    "use_case",
    "use_case_names",
]


def test_the_public_names():
    assert b2bkit.__all__ == PUBLIC
    assert sorted(b2bkit._HOME) == PUBLIC
    assert set(PUBLIC) <= set(dir(b2bkit))


@pytest.mark.parametrize("name", PUBLIC)
def test_every_name_has_a_home_and_a_docstring(name):
    value = getattr(b2bkit, name)
    home = importlib.import_module(b2bkit._HOME[name])
    assert value is getattr(home, name)
    assert name in getattr(home, "__all__", [name])
    assert value.__doc__
    assert not value.__doc__.startswith(f"{name}(")  # a dataclass without one gets its signature


def test_a_name_that_there_is_not():
    with pytest.raises(AttributeError, match="has no attribute 'Sandbx'"):
        b2bkit.Sandbx  # noqa: B018 - the look-up is the test


@pytest.mark.parametrize(
    ("room", "stays_away"),
    [
        ("b2bkit", {"pandas", "httpx", "liquid", "ipywidgets", "starlette", "pygments"}),
        ("b2bkit.webhook", {"pandas", "httpx", "ipywidgets", "starlette", "pygments"}),
        ("b2bkit.use_cases", {"pandas", "httpx", "ipywidgets", "starlette", "pygments"}),
        ("b2bkit.client", {"pandas", "ipywidgets", "starlette", "keyring"}),
    ],
)
def test_a_room_is_fast_to_import(room, stays_away):
    code = f"import sys, {room}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert stays_away.isdisjoint(ran.stdout.split())
