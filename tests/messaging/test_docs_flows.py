"""The page about campaigns and Canvases says what is so: its examples run."""

import re
from pathlib import Path

import pytest

from b2bkit import campaigns
from b2bkit.campaigns import read_flows
from b2bkit.messaging import Messaging
from b2bkit.webhook import Webhook

PAGE = (Path(__file__).parents[2] / "docs" / "flows.md").read_text("utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_python_example_runs():
    space = {}
    exec(compile(block("python"), "docs/flows.md", "exec"), space)
    assert list(space["messages"]["text"]) == ["Hello Ada"] * 3
    assert list(space["timeline"]["what"])[:3] == ["event", "entry", "message"]


def test_the_toml_example_reads(tmp_path):
    webhook = Webhook("https://rest.iad-06.braze.com/users/track", body="{}")
    (tmp_path / "count.toml").write_text(webhook.to_toml(), "utf-8")
    (tmp_path / "flows.toml").write_text(block("toml"), "utf-8")
    assert [flow.name for flow in read_flows(tmp_path / "flows.toml")] == [
        "Count views",
        "Abandoned cart",
    ]


NAMES = re.findall(r"^\| (?:triggers|filters|steps).*$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`([A-Z]\w+)", " ".join(NAMES))) - {"Webhook"})
)
def test_the_names_on_the_page_are_there(name):
    assert hasattr(campaigns, name)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(?:flows)?\.(\w+)", PAGE))))
def test_the_methods_on_the_page_are_there(name):
    assert hasattr(Messaging, name)
