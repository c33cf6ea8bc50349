"""The profile fields that Braze reserves, and what kind of value each takes.

Only the lower-case names are reserved: `First_name` is a custom attribute. What a value must look
like is enforced in `b2bkit.profiles`.

Source: Braze, User attributes object (2026, Portuguese text).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "boolean", "date", "day", "choice", "country", "language", "time zone", "email",
    "location", "push tokens", "subscription groups", "social profile", "identifier",
]  # fmt: skip

SUBSCRIPTION_STATES = ("opted_in", "subscribed", "unsubscribed")
"""States of `email_subscribe` and `push_subscribe`."""

GROUP_STATES = ("subscribed", "unsubscribed")
"""States of a subscription group."""

GENDERS = ("M", "F", "O", "N", "P")
"""Values of `gender`: male, female, other, not applicable, prefer not to say."""


@dataclass(frozen=True, slots=True)
class ReservedField:
    """Describe a profile field of Braze's own.

    Args:
        name: Its name in the API.
        kind: What its value must be.
        choices: The values it may have, where they are a fixed few.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()


_FIELDS = (
    ReservedField("alias_label", "identifier"),
    ReservedField("alias_name", "identifier"),
    ReservedField("braze_id", "identifier"),
    ReservedField("country", "country"),
    ReservedField("current_location", "location"),
    ReservedField("date_of_first_session", "date"),
    ReservedField("date_of_last_session", "date"),
    ReservedField("dob", "day"),
    ReservedField("email", "email"),
    ReservedField("email_click_tracking_disabled", "boolean"),
    ReservedField("email_open_tracking_disabled", "boolean"),
    ReservedField("email_subscribe", "choice", SUBSCRIPTION_STATES),
    ReservedField("external_id", "identifier"),
    ReservedField("facebook", "social profile"),
    ReservedField("first_name", "text"),
    ReservedField("gender", "choice", GENDERS),
    ReservedField("home_city", "text"),
    ReservedField("language", "language"),
    ReservedField("last_name", "text"),
    ReservedField("marked_email_as_spam_at", "date"),
    ReservedField("phone", "text"),
    ReservedField("push_subscribe", "choice", SUBSCRIPTION_STATES),
    ReservedField("push_tokens", "push tokens"),
    ReservedField("subscription_groups", "subscription groups"),
    ReservedField("time_zone", "time zone"),
    ReservedField("twitter", "social profile"),
)

RESERVED_FIELDS = {field.name: field for field in _FIELDS}
"""API name -> the field."""

CONTROL_KEYS = frozenset(
    {
        "_merge_objects",
        "_update_existing_only",
        "app_id",
        "braze_id",
        "external_id",
        "push_token_import",
        "user_alias",
    }
)
"""Keys of an attributes object that name the user or steer the request, and set nothing."""

EVENT_PROPERTY_KEYS = frozenset({"time", "event_name"})
"""Keys that an event's `properties` may not have. Source: Braze, Event object (2026-09-02)."""

SOCIAL_KEYS = {
    "facebook": frozenset({"id", "likes", "num_friends"}),
    "twitter": frozenset(
        {"id", "screen_name", "followers_count", "friends_count", "statuses_count"}
    ),
}
"""Keys of the social profiles."""
