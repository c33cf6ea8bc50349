"""Every notebook is stored in good order, and runs top to bottom with no key and no network."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_LINES = 12
MOST_BYTES = 50 * 1024
RELATIVE_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
LOOKS_LIKE_A_KEY = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|Bearer\s+[A-Za-z0-9+/_-]{16,}",
    re.IGNORECASE,
)

# Runs in the kernel before the notebook does. Python tells it of every look-up and connection.
ONLY_LOOPBACK = """
def only_loopback(log):
    def watch(event, details):
        if event == "socket.getaddrinfo":
            host = details[0]
        elif event == "socket.connect" and isinstance(details[1], tuple):
            host = details[1][0]
        else:
            return
        host = host.decode() if isinstance(host, bytes) else host
        if host not in {None, "", "localhost", "::1"} and not host.startswith("127."):
            with open(log, "a") as file:
                print(event, host, file=file)
            raise PermissionError(f"a notebook asked for {host}")

    import sys
    sys.addaudithook(watch)
"""

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def text(path: Path) -> str:
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def test_there_is_a_notebook_to_start_with():
    assert NOTEBOOKS[0].name == "00_start_here.ipynb"


@each_notebook
def test_named_by_two_digits_and_words(path: Path):
    assert re.fullmatch(r"\d\d(_[a-z0-9]+)+\.ipynb", path.name)


@each_notebook
def test_valid_with_an_id_for_each_cell(path: Path):
    nbformat.validate(read(path))
    ids = [cell.get("id") for cell in read(path).cells]
    assert None not in ids
    assert len(set(ids)) == len(ids)


@each_notebook
def test_runs_on_whatever_python_opened_it(path: Path):
    assert read(path).metadata.kernelspec.name == "python3"


@each_notebook
def test_stored_without_what_running_it_leaves(path: Path):
    assert "widgets" not in read(path).metadata
    for cell in code_cells(path):
        assert (cell.outputs, cell.execution_count) == ([], None)


@each_notebook
def test_opens_with_its_only_title(path: Path):
    """A level 1 heading anywhere else would be a second title."""
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert len(re.findall(r"^# ", text(path), re.MULTILINE)) == 1


@each_notebook
def test_cells_are_short(path: Path):
    longest = max(len(cell.source.splitlines()) for cell in code_cells(path))
    assert longest <= MOST_LINES


@each_notebook
def test_links_lead_somewhere(path: Path):
    broken = [link for link in RELATIVE_LINK.findall(text(path)) if not (FOLDER / link).exists()]
    assert broken == []


@each_notebook
def test_nothing_looks_like_a_key(path: Path):
    assert LOOKS_LIKE_A_KEY.search(path.read_text(encoding="utf-8")) is None


@each_notebook
def test_small(path: Path):
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.notebook
@each_notebook
def test_runs_from_top_to_bottom_with_no_key_and_no_network(path: Path, tmp_path: Path):
    """In a copy of the folders, in a kernel that has no key and may only call loopback."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    outside = tmp_path / "outside.log"
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00_only_loopback.py").write_text(
        f"{ONLY_LOOPBACK}\nonly_loopback({str(outside)!r})\ndel only_loopback\n"
    )
    client = nbclient.NotebookClient(
        read(path), timeout=120, resources={"metadata": {"path": str(tmp_path / "notebooks")}}
    )
    no_key = {name: value for name, value in os.environ.items() if not name.startswith("BRAZE")}
    client.execute(env=no_key | {"IPYTHONDIR": str(tmp_path / "ipython")})
    assert not outside.exists(), outside.read_text()
    assert not errors_shown(client.nb)


def errors_shown(notebook: nbformat.NotebookNode) -> list[str]:
    """Find errors that widgets caught: those do not stop a run."""
    state = json.dumps(notebook.metadata.get("widgets", {}))
    return re.findall(r'"output_type": "error".{0,200}', state)
