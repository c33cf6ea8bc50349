"""A user profile and the pure rules of each endpoint that changes it.

What an object of a request may hold (with Braze's own error strings), what it does to a profile
(`Changes`), and what Braze leaves out without a word. No clock but the one passed in, no network,
no files: checks, preview, sandbox and bulk all use the same rules.
"""

from b2bkit.profiles.attributes import apply_attributes, rule_for
from b2bkit.profiles.changes import Change, Changes
from b2bkit.profiles.dates import is_date, parse_date
from b2bkit.profiles.drops import Drop, Dropped
from b2bkit.profiles.events import Event
from b2bkit.profiles.identifiers import Identifier, creates, identify
from b2bkit.profiles.profile import Profile, Tally
from b2bkit.profiles.purchases import Purchase
from b2bkit.profiles.track import (
    Checked,
    Item,
    Refusal,
    TrackLimits,
    apply_item,
    check_body,
    check_object,
)
from b2bkit.profiles.types import NO_TYPES, AttributeTypes, Type, fit, type_of

__all__ = [
    "NO_TYPES",
    "AttributeTypes",
    "Change",
    "Changes",
    "Checked",
    "Drop",
    "Dropped",
    "Event",
    "Identifier",
    "Item",
    "Profile",
    "Purchase",
    "Refusal",
    "Tally",
    "TrackLimits",
    "Type",
    "apply_attributes",
    "apply_item",
    "check_body",
    "check_object",
    "creates",
    "fit",
    "identify",
    "is_date",
    "parse_date",
    "rule_for",
    "type_of",
]
