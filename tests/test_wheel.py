"""The wheel carries all it needs: installed into an empty environment, `b2bkit lab` works there.

Slow (about a minute: it installs JupyterLab), so it is run by `make wheel` and `make test`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lab_server import serve_lab

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[1]
BIN = "Scripts" if os.name == "nt" else "bin"


def run(command: Sequence[str | Path], **options: object) -> str:
    """Run a command that must work, away from the checkout, and give what it printed."""
    away = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run(command, check=False, env=away, **both, **options)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, so that one is whole as well."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT])
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with nothing but the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=True)
    python = home / BIN / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--constraint", ROOT / "constraints.txt", wheel], cwd=home)
    return python


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_checkout(folder: str) -> set[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    relative = (path.relative_to(ROOT) for path in files)
    return {
        path.as_posix() for path in relative if not {".", "_"} & {part[0] for part in path.parts}
    }


@pytest.mark.parametrize("folder", ["notebooks", "data"])
def test_every_notebook_and_all_data_are_in_it(wheel: Path, folder: str):
    expected = {f"b2bkit/bundled/{name}" for name in in_checkout(folder)}
    assert expected
    assert {name for name in names(wheel) if f"/{folder}/" in name} == expected


def test_use_cases_and_the_mark_of_types_are_in_it(wheel: Path):
    use_cases = {name for name in in_checkout("b2bkit/use_cases") if name.endswith(".toml")}
    assert use_cases
    assert use_cases | {"b2bkit/py.typed"} <= names(wheel)


def test_nothing_else_is_in_it(wheel: Path):
    roots = {name.split("/")[0] for name in names(wheel)}
    assert roots == {"b2bkit", wheel.name.rpartition("-py3")[0] + ".dist-info"}


def test_lab_opens_on_a_copy_and_leaves_what_was_changed(python: Path, tmp_path: Path):
    """The folder is made by the first start; the second finds one file changed by the person."""
    command = [python, "-m", "b2bkit"]
    with serve_lab(tmp_path, command=command) as lab:
        assert "Added " in (tmp_path / "server.log").read_text()
        contents = read(lab.url("api/contents/notebooks"))
        assert "00_start_here.ipynb" in {entry["name"] for entry in contents["content"]}
        kernel = read(lab.url("api/kernelspecs"))["kernelspecs"]["python3"]
        assert kernel["spec"]["argv"][0] == str(python)
    changed = tmp_path / "work" / "notebooks" / "00_start_here.ipynb"
    changed.write_text("mine")
    with serve_lab(tmp_path, command=command):
        assert changed.read_text() == "mine"
        assert "Added " not in (tmp_path / "server.log").read_text()


def test_the_first_notebook_runs_there(python: Path, tmp_path: Path):
    """Laid down by the package, run by that environment's own kernel."""
    run([python, "-c", LAY_DOWN, tmp_path / "mine"], cwd=tmp_path)
    notebook = tmp_path / "mine" / "notebooks" / "00_start_here.ipynb"
    run([python.with_name("jupyter-execute"), "--inplace", notebook], cwd=tmp_path)
    assert any(cell.get("outputs") for cell in json.loads(notebook.read_text())["cells"])


LAY_DOWN = "import sys, pathlib, b2bkit.lab; b2bkit.lab.lay_down(pathlib.Path(sys.argv[1]))"


def read(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)
