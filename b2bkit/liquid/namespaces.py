"""The words that may stand before `.${...}`, and where their values are given.

Source: Braze, Supported personalization tags (2026).
"""

from __future__ import annotations

NAMESPACES = (
    "custom_attribute",
    "event_properties",
    "context",
    "canvas_entry_properties",
    "api_trigger_properties",
    "campaign",
    "canvas",
    "card",
    "app",
    "subscribed_state",
    "most_recently_used_device",
    "targeted_device",
    "sms",
    "whats_app",
)
"""Each is a keyword of `Context` of the same name."""

STANDARD = "attributes"
"""The keyword of `Context` for `${name}` without a word before it."""

CONTENT_BLOCKS = "content_blocks"
"""Put into the text before it is parsed; inside a tag it is a value."""
