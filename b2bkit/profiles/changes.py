"""What an object does to a profile, written down so that it can be shown, logged and tested."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.profiles.drops import Dropped
    from b2bkit.profiles.events import Event
    from b2bkit.profiles.profile import Profile
    from b2bkit.profiles.purchases import Purchase
    from b2bkit.profiles.types import Type


class Change(NamedTuple):
    """Tell what happened to one attribute. `None` as a value means that it is not there.

    Attributes:
        attribute: Its name.
        before: Its value before.
        after: Its value after.
        type_before: Its type before.
        type_after: Its type after.
        rule: The rule that was applied: `set`, `remove`, `increment`, `array`, `merge`, ...
        dropped: Why the value was left out; `None` when it was applied.
    """

    attribute: str
    before: Any
    after: Any
    type_before: Type | None
    type_after: Type | None
    rule: str
    dropped: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Tell what one object, or several, did to one profile.

    Args:
        before: The profile before; `None` when there was none.
        after: The profile after; `None` when there is none.
        attributes: Attribute by attribute, in the order of the object.
        events: The custom events that were stored.
        purchases: The purchases that were stored.
        dropped: What was left out, attributes and properties alike.
        types: Types that the workspace learns from it.
    """

    before: Profile | None
    after: Profile | None
    attributes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    types: Mapping[str, Type] = field(default_factory=dict)

    def then(self, later: Changes) -> Changes:
        """Join what a later object did to the same profile."""
        return Changes(
            self.before,
            later.after,
            self.attributes + later.attributes,
            self.events + later.events,
            self.purchases + later.purchases,
            self.dropped + later.dropped,
            {**self.types, **later.types},
        )
