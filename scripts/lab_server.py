"""A real `b2bkit lab` on a folder of its own, for the browser tests and the screenshots.

Nothing of the person's Jupyter gets in: settings, kernels, extensions and workspaces live in a
folder beside the notebooks. Settings are written as if a person had ticked them, so what `b2bkit
lab` sets itself is put to the test as well.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TOKEN = "only-on-loopback"
PRIVATE_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)

Settings = dict[str, dict[str, Any]]

STEADY: Settings = {
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    # The other modes take cells that are scrolled away out of the page.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
DARK: Settings = {"@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}}
SAVE_WIDGET_STATE: Settings = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
"""The tick at Settings > Save Widget State Automatically."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, the folder it shows, and its private folders."""

    address: str
    work: Path
    private: Path

    def url(self, path: str) -> str:
        """Give the address of a page, with the token."""
        return f"{self.address}/{path}?token={TOKEN}"

    def settle(self, *settings: Settings) -> None:
        """Make these a person's settings, and no others; pages loaded from now on follow them."""
        folder = self.private / "JUPYTERLAB_SETTINGS_DIR"
        shutil.rmtree(folder, ignore_errors=True)
        for plugin, values in _merged(settings).items():
            package, _, name = plugin.rpartition(":")
            file = folder / package / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values), encoding="utf-8")


def _merged(settings: Sequence[Settings]) -> Settings:
    merged: Settings = {}
    for some in settings:
        for plugin, values in some.items():
            merged[plugin] = merged.get(plugin, {}) | values
    return merged


@contextmanager
def serve_lab(
    home: Path,
    *,
    command: Sequence[str] = (sys.executable, "-m", "b2bkit"),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Lab]:
    """Run `b2bkit lab` on `home/work` until the block ends.

    Args:
        home: A folder for the work and everything private; what the server says goes to
            `home/server.log`.
        command: How `b2bkit` is called, to try another installation of it.
        environment: More environment variables.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    lab = Lab(f"http://127.0.0.1:{port}", home / "work", home / "private")
    flags = [f"--ServerApp.{flag}" for flag in ("ip=127.0.0.1", f"port={port}", "port_retries=0")]
    private = {name: str(lab.private / name) for name in PRIVATE_FOLDERS}
    arguments = ["lab", str(lab.work), "--no-browser", *flags, f"--IdentityProvider.token={TOKEN}"]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, *arguments],
            env={**os.environ, **private, **(environment or {})},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=home,
        )
        try:
            _wait_until_answering(lab, server, home / "server.log")
            yield lab
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_answering(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 60
    while True:
        try:
            direct.open(lab.url("api/status"), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"b2bkit lab did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
