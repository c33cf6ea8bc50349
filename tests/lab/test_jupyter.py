"""The flags that JupyterLab is started with; that they work is for tests/browser to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from b2bkit.lab.jupyter import command_line


@pytest.mark.parametrize(
    "flag",
    [
        "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
        "--LabApp.app_settings_dir=/own/settings",
        "--LabApp.extension_manager=readonly",
    ],
)
def test_flags(flag: str):
    assert flag in command_line(Path("/work"), Path("/own"), [])


def test_the_folder_is_the_root_even_when_it_is_relative(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert f"--ServerApp.root_dir={tmp_path.resolve()}" in command_line(Path(), Path("/own"), [])


def test_a_persons_flags_come_last_so_that_they_win():
    theirs = ["--no-browser", "--LabApp.default_url=/lab"]
    assert command_line(Path("/work"), Path("/own"), theirs)[-2:] == theirs


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_where_it_is_root(user: int, allowed: bool, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert ("--allow-root" in command_line(Path("/work"), Path("/own"), [])) is allowed
