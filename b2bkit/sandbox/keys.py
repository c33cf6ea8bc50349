"""API keys made up for a sandbox: which text opens what.

The texts are recognisable (`sandbox-all-...`) and random, so that none can be mistaken for a real
key or outlive its sandbox.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import PERMISSIONS
from b2bkit.sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL = "all"
"""Name of the key that opens everything; every sandbox has one."""


class Keys:
    """Hold the keys of one sandbox.

    Args:
        named: Key name -> the permissions it has, as a list or as text with commas between them.

    Raises:
        SandboxError: If a name is taken or a permission is none of Braze's.
    """

    def __init__(self, named: Mapping[str, Iterable[str]] | None = None) -> None:
        permissions = {name: _read(given) for name, given in (named or {}).items()}
        _check(permissions)
        permissions[ALL] = frozenset(PERMISSIONS)
        self.texts = {name: f"sandbox-{name}-{secrets.token_hex(16)}" for name in permissions}
        self._permissions = {self.texts[name]: given for name, given in permissions.items()}

    def permissions(self, text: str) -> frozenset[str] | None:
        """Give the permissions of a key; `None` for a text that is no key."""
        return self._permissions.get(text)

    def __repr__(self) -> str:
        return f"Keys({', '.join(sorted(self.texts))})"


def _read(given: Iterable[str]) -> frozenset[str]:
    listed = given.split(",") if isinstance(given, str) else given
    return frozenset(each.strip() for each in listed)


def _check(permissions: Mapping[str, frozenset[str]]) -> None:
    for name, given in permissions.items():
        if (
            name == ALL
            or not name.isascii()
            or not name.replace("-", "").replace("_", "").isalnum()
        ):
            raise SandboxError(
                f"A sandbox key cannot be called {name!r}. Use letters, digits, - and _; "
                f"{ALL!r} is there already and has every permission."
            )
        unknown = sorted(given - set(PERMISSIONS))
        if unknown:
            raise SandboxError(
                f"The key {name!r} asks for {', '.join(unknown)}, which is no permission b2bkit "
                "knows. Permissions are named as in Braze, such as users.track."
            )
