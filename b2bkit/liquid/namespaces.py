"""The words that may stand before `.${...}`, and where their values are given.

Source: Braze, Supported personalization tags (2026).
"""

from __future__ import annotations

from typing import Literal

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

Kind = Literal["text", "number", "boolean", "date", "list", "list of objects", "object"]
"""What a field holds."""

KINDS: dict[tuple[str, str], Kind] = {
    (STANDARD, "date_of_birth"): "date",
    (STANDARD, "last_used_app_date"): "date",
    (STANDARD, "random_bucket_number"): "number",
    ("most_recently_used_device", "ad_tracking_enabled"): "boolean",
    ("most_recently_used_device", "foreground_push_enabled"): "boolean",
    ("targeted_device", "foreground_push_enabled"): "boolean",
    ("sms", "inbound_media_urls"): "list",
    ("whats_app", "inbound_media_urls"): "list",
    ("whats_app", "inbound_flow_response"): "object",
}
"""What Braze's own fields hold; all others of them are text."""
