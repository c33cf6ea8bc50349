"""How the endpoints beside `/users/track` name a profile, and how it is found.

An e-mail address or a phone number may belong to several profiles; then `prioritization` chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Identifier, Profile
from b2bkit.profiles.priority import check_prioritization, prefer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bkit.braze.answers import Answer
    from b2bkit.sandbox.store import Store

NOBODY = "no such profile"
NOT_ONE = "no profile, or several, and `prioritization` leaves it open which one is meant"


@dataclass(frozen=True, slots=True)
class Reference:
    """Name a profile.

    Args:
        identifier: Its identifier.
        prioritization: Which one is meant, where several have it.
    """

    identifier: Identifier
    prioritization: Sequence[str] = ()

    def find(self, store: Store) -> Profile | None:
        """Find the profile; `None` when there is none, or it is not clear which."""
        found = store.find_all(self.identifier)
        if not self.prioritization:
            return found[0] if len(found) == 1 else None
        candidates = [
            (profile, profile.external_id is not None, store.turn(profile)) for profile in found
        ]
        return prefer(candidates, self.prioritization)


def read_alias(item: Any) -> Identifier | None:
    """Read a `user_alias` object; `None` if it is none."""
    if not isinstance(item, dict):
        return None
    name, label = item.get("alias_name"), item.get("alias_label")
    if not isinstance(name, str) or not isinstance(label, str) or not name or not label:
        return None
    return Identifier("user_alias", name, label)


def read_text(item: Mapping[str, Any], name: str) -> str | None:
    """Read a text that is not blank; `None` if there is none."""
    value = item.get(name)
    return value if isinstance(value, str) and value.strip() else None


def read_prioritized(item: Mapping[str, Any], kind: str) -> Reference | Answer | None:
    """Read an e-mail address or a phone number with its `prioritization`."""
    value = read_text(item, kind)
    if value is None:
        return None
    problem = check_prioritization(item.get("prioritization"))
    if problem:
        return problem
    return Reference(
        Identifier("email" if kind == "email" else "phone", value), tuple(item["prioritization"])
    )
