"""The notebooks and sample data that come with b2bkit, and copying them into a person's folder.

A copy never replaces what the person has changed: a list beside the copies keeps the fingerprint of
each file as it was laid down. Starting JupyterLab lives in `b2bkit.lab.jupyter`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from b2bkit.errors import B2bkitError

FOLDERS = ("notebooks", "data")
MANIFEST = ".b2bkit.json"


@dataclass(frozen=True, slots=True)
class Laid:
    """Say what `lay_down` did, each file by its path under the folder."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Changed by the person, while b2bkit now brings something else: left alone."""

    def __str__(self) -> str:
        lines = []
        if self.added:
            lines.append(f"Added {_count(self.added)}.")
        if self.updated:
            lines.append(f"Updated {_count(self.updated)} that you had not changed.")
        if self.kept:
            lines.append(
                f"Left as you changed them: {', '.join(self.kept)}."
                " To get b2bkit's own version of one, rename yours and run this again."
            )
        return "\n".join(lines)


def source() -> Path:
    """Find the folder that holds `notebooks` and `data`: inside the wheel, or the checkout.

    Raises:
        B2bkitError: The installation has neither.
    """
    package = _package()
    for folder in (package / "bundled", package.parent):
        if all((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise B2bkitError(
        f"This installation of b2bkit ({package}) has no notebooks with it: install it again with"
        " pip install --force-reinstall b2bkit."
    )


def lay_down(folder: Path, *, origin: Path | None = None) -> Laid:
    """Copy the notebooks and data into a folder, made if need be, and say what was done.

    Nothing is copied when the folder is the checkout itself.

    Args:
        folder: Gets `notebooks/` and `data/`.
        origin: Where they come from, by default what came with b2bkit.

    Raises:
        B2bkitError: The folder is the package itself, or cannot be made or written to.
    """
    origin = origin or source()
    if folder.resolve() == origin.resolve():
        return Laid()
    if folder.resolve() == _package():
        raise B2bkitError(
            f"{folder} is the package itself, no place for notebooks: in a checkout,"
            " use its own ones with b2bkit lab . (or make lab)."
        )
    try:
        return _copy(origin, folder)
    except OSError as error:
        raise B2bkitError(
            f"The notebooks cannot be written to {folder}: {error.strerror or error}."
            " Name another folder, as in: b2bkit lab my-folder."
        ) from error


def _package() -> Path:
    return Path(str(resources.files("b2bkit"))).resolve()


def _copy(origin: Path, folder: Path) -> Laid:
    """Copy each file unless the one there is the person's own."""
    laid_before = _read_manifest(folder)
    manifest = dict(laid_before)
    added: list[str] = []
    updated: list[str] = []
    kept: list[str] = []
    for name, original in _files(origin).items():
        content = original.read_bytes()
        target = folder / name
        there = _fingerprint(target.read_bytes()) if target.exists() else None
        new = _fingerprint(content)
        if there not in (None, new, laid_before.get(name)):
            if new != laid_before.get(name):
                kept.append(name)
            continue
        if there != new:
            (added if there is None else updated).append(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        manifest[name] = new
    if manifest != laid_before:
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return Laid(tuple(added), tuple(updated), tuple(kept))


def _files(origin: Path) -> dict[str, Path]:
    """Find every file to copy by its path under the folder, without what an editor left behind."""
    found = sorted(path for name in FOLDERS for path in (origin / name).rglob("*"))
    relative = {path.relative_to(origin): path for path in found if path.is_file()}
    return {
        name.as_posix(): path
        for name, path in relative.items()
        if not any(part.startswith((".", "__")) for part in name.parts)
    }


def _read_manifest(folder: Path) -> dict[str, str]:
    """Read the fingerprints of what was laid down; none when the list is gone or broken."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(k): str(v) for k, v in listed.items()} if isinstance(listed, dict) else {}


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _count(names: tuple[str, ...]) -> str:
    return "1 file" if len(names) == 1 else f"{len(names)} files"
