"""Start JupyterLab on a folder of notebooks, so that it works at once and asks nothing outside.

What is set here: the first page, no news pop-up and no update check, an extension manager that only
reads, and a `python3` kernel that is this very Python, so that kernel and widgets share one
environment whatever else is registered on the machine. A person's own settings still apply.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_PAGE = "/lab/tree/notebooks/00_start_here.ipynb"

# The flags `--LabApp.news_url` and `check_for_updates_class` do not keep the pop-up away: the front
# end asks the setting. "false" is a text there.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def open_lab(folder: Path, arguments: Sequence[str] = ()) -> None:
    """Run JupyterLab on a folder until it is stopped (Ctrl-C).

    Args:
        folder: The root of what JupyterLab shows; holds `notebooks/` and `data/`.
        arguments: More flags for `jupyter lab`, such as `--no-browser`; they win over ours.
    """
    from jupyterlab.labapp import LabApp

    with TemporaryDirectory(prefix="b2bkit-lab-") as own:
        _write_settings(Path(own))
        _register_kernel(Path(own))
        LabApp.launch_instance(command_line(folder, Path(own), arguments))


def command_line(folder: Path, own: Path, arguments: Sequence[str]) -> list[str]:
    """Give the flags for `jupyter lab`; those of the person come last, so that they win."""
    # Jupyter refuses to run as root without being told, and a container's user often is root.
    as_root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url={FIRST_PAGE}",
        f"--LabApp.app_settings_dir={own / 'settings'}",
        "--LabApp.extension_manager=readonly",
        *as_root,
        *arguments,
    ]


def _write_settings(own: Path) -> None:
    settings = own / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")


def _register_kernel(own: Path) -> None:
    """Let `python3` mean this interpreter, ahead of any kernel that a person has registered."""
    from ipykernel.kernelspec import write_kernel_spec

    kernels = own / "kernels"
    kernels.mkdir()
    write_kernel_spec(kernels / "python3")
    searched = [str(own), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, searched))
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
