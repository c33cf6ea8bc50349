"""What a person chose and typed, as a value. Pure: every change gives a new draft.

What a draft comes to - fields, request, findings - is worked out in `b2bkit.ui.explorer.look`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.ui.entries import Entry

RECOMMENDED = "recommended"


@dataclass(frozen=True)
class Draft:
    """Hold what was chosen and typed for one use case.

    Args:
        use_case: Id of the use case.
        variant: Which of its variants.
        names: What was typed for each placeholder, whether it can be used or not.
        bodies: The edited body of each variant; a variant that is not here is as the use case
            has it.
        entries: What was typed into fields, or refreshed from the sandbox. The key is the field
            as the use case spells it, so that it stays when a name changes.
    """

    use_case: str
    variant: str = RECOMMENDED
    names: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def body(self) -> str | None:
        """Give the edited body; `None` while it is as the use case has it."""
        return self.bodies.get(self.variant)

    def with_variant(self, variant: str) -> Draft:
        """Choose another variant; what was typed stays."""
        return replace(self, variant=variant)

    def with_name(self, placeholder: str, name: str) -> Draft:
        """Fill in a name."""
        return replace(self, names={**self.names, placeholder: name})

    def with_entry(self, key: str, entry: Entry) -> Draft:
        """Fill in a field."""
        return replace(self, entries={**self.entries, key: entry})

    def with_entries(self, entries: Mapping[str, Entry]) -> Draft:
        """Fill in several fields."""
        return replace(self, entries={**self.entries, **entries})

    def without_entries(self) -> Draft:
        """Forget what was typed into fields: the sample's values are back."""
        return replace(self, entries={})

    def with_body(self, body: str) -> Draft:
        """Edit the body."""
        return replace(self, bodies={**self.bodies, self.variant: body})

    def with_own_body(self) -> Draft:
        """Go back to the use case's body."""
        others: dict[str, Any] = {k: v for k, v in self.bodies.items() if k != self.variant}
        return replace(self, bodies=others)
