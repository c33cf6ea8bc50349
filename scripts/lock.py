"""Write constraints.txt: the newest versions of everything that pyproject.toml asks for.

They are chosen for the oldest Python that b2bkit runs on: the newest releases of some packages
refuse Debian 12's 3.11.2. Only names and versions are kept: no address, no path.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLDEST_PYTHON = "3.11.0"


def requirements() -> list[str]:
    """List what is needed to run, build, and test the package, and what goes with it on a desk."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    return [
        *project["build-system"]["requires"],
        "editables",  # hatchling asks for it when it installs a checkout
        *project["project"]["dependencies"],
        *(requirement for extra in extras for requirement in extra),
    ]


def newest() -> dict[str, str]:
    """Let pip choose versions that get along; nothing is installed."""
    with tempfile.TemporaryDirectory() as nowhere:
        report = Path(nowhere) / "report.json"
        subprocess.run(
            [
                *[sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
                *["--dry-run", "--ignore-installed", "--target", nowhere, "--report", str(report)],
                *["--python-version", OLDEST_PYTHON, "--only-binary", ":all:"],
                *requirements(),
            ],
            check=True,
        )
        chosen = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {item["metadata"]["name"].lower(): item["metadata"]["version"] for item in chosen}


if __name__ == "__main__":
    lines = sorted(f"{name}=={version}" for name, version in newest().items())
    (ROOT / "constraints.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"constraints.txt: {len(lines)} versions. Now run make test.")
