"""Personalization tags that another channel has.

Source: Braze, Supported personalization tags (2026). Names of channels are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from b2bkit.braze.sources import LIQUID_TAGS
from b2bkit.liquid.diagnosis.rule import Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.findings import Severity
    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.syntax import Reference

Channel = Literal[
    "webhook", "email", "push", "in_app_message", "content_card", "banner", "sms", "whats_app"
]

WORDS: dict[str, str] = {
    "webhook": "webhooks",
    "email": "e-mail",
    "push": "push",
    "in_app_message": "in-app messages",
    "content_card": "content cards",
    "banner": "banners",
    "sms": "SMS",
    "whats_app": "WhatsApp",
}
"""Each channel as a sentence names it."""

NAMESPACES: dict[str, tuple[Channel, ...]] = {
    "targeted_device": ("push", "in_app_message", "banner"),
    "card": ("content_card",),
    "app": ("in_app_message",),
    "sms": ("sms",),
    "whats_app": ("whats_app",),
}
"""Namespaces that only some channels have."""

EMAIL_ONLY = frozenset(
    {
        "set_user_to_unsubscribed_url",
        "unsubscribe_url",
        "set_user_to_one_click_list_unsubscribe",
        "set_user_to_subscribed_url",
        "set_user_to_opted_in_url",
    }
)
"""Standard tags that only e-mail has."""

_REPLIES = frozenset({"sms", "whats_app"})
_INSTEAD = {"targeted_device": "Use `most_recently_used_device.${...}`."}


def _elsewhere(reading: Reading) -> Iterator[Found]:
    for sheet in reading.sheets:
        seen: set[str] = set()
        for at, reference in sorted(sheet.references.items()):
            homes = _homes(reference)
            if homes and reading.channel not in homes and str(reference) not in seen:
                seen.add(str(reference))
                said, remedy, severity = _said(reference, homes, reading.channel)
                yield Found(sheet, at, said, remedy, severity)


def _homes(reference: Reference) -> tuple[Channel, ...]:
    """List the channels that have it; none where all have."""
    if not reference.namespace:
        return ("email",) if reference.name in EMAIL_ONLY else ()
    return NAMESPACES.get(reference.namespace, ())


def _said(
    reference: Reference, homes: tuple[Channel, ...], channel: str
) -> tuple[str, str, Severity]:
    *first, last = (WORDS[home] for home in homes)
    where = f"{', '.join(first)} and {last}" if first else last
    here = WORDS.get(channel, channel)
    if reference.namespace in _REPLIES:
        said = (
            f"Braze lists {reference} for {where}; whether {here} that such a message triggers"
            " have it is not documented."
        )
        return said, "Try it in Braze before you rely on it.", "warning"
    remedy = _INSTEAD.get(reference.namespace, "Leave it out.")
    return f"Braze has {reference} in {where} only, not in {here}.", remedy, "error"


RULES = (
    Rule(
        "tag-of-other-channel", "error", "A tag that another channel has", LIQUID_TAGS, _elsewhere
    ),
)
