"""A user profile as a value: what Braze keeps of one user.

A profile is never changed; the rules make a new one. Single events and purchases belong to whoever
keeps them: a profile holds only how often and when, as an export shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Tally:
    """Count how often something happened, and when first and last (UTC, ISO 8601)."""

    count: int
    first: str
    last: str

    def plus(self, time: str, times: int = 1) -> Tally:
        """Count it again."""
        return Tally(self.count + times, min(self.first, time), max(self.last, time))


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold what Braze keeps of one user.

    Args:
        braze_id: Braze's own id.
        external_id: The customer's id; `None` for an anonymous user.
        aliases: Alias label -> alias name; a user has one alias per label.
        attributes: Standard attributes by their API names, without identifiers.
        custom_attributes: Custom attributes.
        custom_events: Event name -> how often and when.
        purchases: Product id -> how often and when.
        total_revenue: Revenue of all purchases in USD.
        created_at: When the profile was created (UTC, ISO 8601).
    """

    braze_id: str = ""
    external_id: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    custom_attributes: Mapping[str, Any] = field(default_factory=dict)
    custom_events: Mapping[str, Tally] = field(default_factory=dict)
    purchases: Mapping[str, Tally] = field(default_factory=dict)
    total_revenue: float = 0.0
    created_at: str = ""

    @property
    def email(self) -> str | None:
        """Give the e-mail address."""
        return self.attributes.get("email")

    @property
    def phone(self) -> str | None:
        """Give the phone number."""
        return self.attributes.get("phone")

    @property
    def user_aliases(self) -> list[dict[str, str]]:
        """List the aliases as the API writes them."""
        return [{"alias_name": n, "alias_label": label} for label, n in self.aliases.items()]

    def with_attributes(
        self, attributes: Mapping[str, Any], custom_attributes: Mapping[str, Any]
    ) -> Profile:
        """Give the profile with other attributes; quicker than `dataclasses.replace`."""
        return Profile(
            self.braze_id,
            self.external_id,
            self.aliases,
            attributes,
            custom_attributes,
            self.custom_events,
            self.purchases,
            self.total_revenue,
            self.created_at,
        )

    def export(self) -> dict[str, Any]:
        """Show the profile as `/users/export/ids` does: what is null, false or empty is left out.

        Standard attributes that the documented export does not show are left out as well.
        """
        from b2bkit.profiles.exports import write_export

        return write_export(self)

    @classmethod
    def from_export(cls, exported: Mapping[str, Any]) -> Profile:
        """Read a profile in the shape of an export; any standard attribute of the API is taken.

        What else an export may hold (devices, campaigns received ...) is left aside.

        Raises:
            ValueError: If a part has not the shape of an export; the message names the part.
        """
        from b2bkit.profiles.exports import read_export

        return read_export(exported)
