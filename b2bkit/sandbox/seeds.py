"""Read the users that a sandbox begins with.

A seed is `{"users": [...]}` in the shape of `/users/export/ids`, as an object or in a JSON file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from b2bkit.sandbox.errors import SandboxError

Seed = Mapping[str, Any] | str | Path | None


def read_users(seed: Seed) -> list[Mapping[str, Any]]:
    """Read the users of a seed.

    Raises:
        SandboxError: If it cannot be read or has not the shape of a seed.
    """
    if seed is None:
        return []
    if isinstance(seed, (str, Path)):
        seed = _read_json(Path(seed))
    users = seed.get("users") if isinstance(seed, Mapping) else None
    if not isinstance(users, list) or not all(isinstance(each, Mapping) for each in users):
        raise SandboxError('A seed is an object {"users": [...]} of users as Braze exports them.')
    return users


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SandboxError(f"The seed {path} cannot be read: {error}") from error
