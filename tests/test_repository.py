"""The repository stands alone: no addresses of package registries, no paths of one machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BINARY = {".png", ".ico", ".gif"}

# In pieces, so that this file does not name them either.
REGISTRY = re.compile(
    "|".join(
        [
            r"py" + r"pi\.org",
            r"pythonhost" + r"ed\.org",
            r"npm" + r"js\.(?:org|com)",
            r"deb\.deb" + r"ian\.org",
            r"--(?:extra-)?index-" + r"url",
            r"--find-" + r"links",
        ]
    )
)
MACHINE = re.compile("/" + r"(?:root|work|home|Users)/[a-z]")


def tracked() -> list[Path]:
    """Find the files that git keeps, or would."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so there is no list of the files it keeps")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


@pytest.mark.parametrize("unwanted", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_machine(unwanted: re.Pattern[str]):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if unwanted.search(line)
    ]
    assert found == []


def test_constraints_hold_nothing_but_names_and_versions():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [
        line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)
    ] == []
    assert lines == sorted(lines)


def test_every_dependency_is_locked():
    """Also what builds the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked_for = [
        *project["project"]["dependencies"],
        *(requirement for extra in extras for requirement in extra),
        *project["build-system"]["requires"],
        "editables",  # hatchling asks for it when it installs this checkout
    ]
    locked = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert {normal(line) for line in asked_for} <= {normal(line) for line in locked}


def normal(requirement: str) -> str:
    """Give the bare name, the way package indexes compare them."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_ci_runs_make_test_and_nothing_else():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in script if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]


@pytest.mark.parametrize("script", [".ci/run", "scripts/environment.sh"])
def test_scripts_can_be_run(script: str):
    assert (ROOT / script).stat().st_mode & 0o111


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_pages_lead_somewhere(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"(?:\]\(|src=\"|srcset=\")(?!https?:|#)([^)#\s\"]+)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_make_targets_named_in_the_pages_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    pages = "".join(
        (ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "CONTRIBUTING.md")
    )
    named = set(re.findall(r"`make ([a-z-]+)", pages)) | set(
        re.findall(r"^make ([a-z-]+)", pages, re.MULTILINE)
    )
    assert {"lab", "test"} <= named <= targets


def test_env_example_has_names_and_no_values():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"|#.*|[A-Z_]+=", line)] == []
    assert "BRAZE_API_KEY=" in lines
