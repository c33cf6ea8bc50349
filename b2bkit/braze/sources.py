"""The pages of Braze's documentation that our rules come from, and how old what we read is.

Braze's user data pages are not always to be had in English; where a rule was read in a translation,
an older revision or from integrators' test data, the date says so.
"""

from __future__ import annotations

from dataclasses import dataclass

DOCS = "https://www.braze.com/docs"


@dataclass(frozen=True, slots=True)
class Source:
    """Name a page and the age of the text that was read.

    Args:
        title: The page's title.
        path: Its path under `DOCS`; blank where there is no one page or its address is not known.
        read: Date of the copy read, such as `2026-09-02`, or what is known of its age.
    """

    title: str
    path: str
    read: str

    @property
    def url(self) -> str:
        """Give the address of the page; blank where there is none."""
        return f"{DOCS}/{self.path}" if self.path else ""

    def __str__(self) -> str:
        publisher = "" if self in _ELSEWHERE else "Braze, "
        return f"{publisher}{self.title} ({self.read})"


_GUIDE = "user_guide"
_LIQUID = f"{_GUIDE}/messaging/design_and_edit/personalize/liquid"

# Webhooks
BRAZE_TO_BRAZE = Source(
    "Create a Braze-to-Braze webhook",
    f"{_GUIDE}/channels/webhooks/use_case_create_a_braze_to_braze_webhook",
    "2026-09-02",
)
BRAZE_TO_BRAZE_2022 = Source(
    "Braze to Braze webhooks",
    f"{_GUIDE}/message_building_by_channel/webhooks/braze_to_braze_webhooks",
    "about 2022, since rewritten",
)
CREATE_A_WEBHOOK = Source(
    "Create a webhook", f"{_GUIDE}/channels/webhooks/create_a_webhook", "2026-09-02"
)
WEBHOOK_ERRORS = Source(
    "Webhook and Connected Content errors",
    "",
    "about 2026",
)
ACTIVITY_LOG = Source(
    "Message Activity Log",
    f"{_GUIDE}/administrative/app_settings/developer_console/message_activity_log_tab",
    "about 2026",
)

# REST API
API_OVERVIEW = Source("API overview", "api/basics", "2026-09-02")
API_LIMITS = Source("API rate limits", "api/api_limits", "2026-09-02")
API_ERRORS = Source("Errors and responses", "api/errors", "2026, German text")
USERS_TRACK = Source(
    "Track users", "api/endpoints/user_data/post_user_track", "2026, Japanese and rendered text"
)
USERS_TRACK_SYNC = Source(
    "Track users synchronously", "api/endpoints/user_data/post_user_track_synchronous", "2026"
)
USERS_TRACK_BULK = Source(
    "Track users in bulk", "api/endpoints/user_data/post_user_track_bulk", "2026"
)
USERS_TRACK_STATUS = Source("Track users status", "api/endpoints/user_data", "2026-09-23")
USER_ATTRIBUTES = Source(
    "User attributes object", "api/objects_filters/user_attributes_object", "2026, Portuguese text"
)
EVENT_OBJECT = Source("Event object", "api/objects_filters/event_object", "2026-09-02")
PURCHASE_OBJECT = Source("Purchase object", "api/objects_filters/purchase_object", "date not known")
NESTED_ATTRIBUTES = Source(
    "Nested custom attributes",
    "",
    "2026",
)
ARRAY_OF_OBJECTS = Source("Array of objects", "", "2026")
USERS_EXPORT_IDS = Source(
    "Export user profile by identifier",
    "api/endpoints/export/user_data/post_users_identifier",
    "2026",
)
USERS_IDENTIFY = Source("Identify users", "api/endpoints/user_data/post_user_identify", "2026")
USERS_MERGE = Source("Merge users", "api/endpoints/user_data/post_users_merge", "2026")
USERS_ALIAS = Source("Create new user aliases", "api/endpoints/user_data/post_user_alias", "2026")
USERS_DELETE = Source("Delete users", "api/endpoints/user_data/post_user_delete", "2026")
SUBSCRIPTION_STATUS = Source(
    "Update subscription group status", "api/endpoints/subscription_groups", "2026"
)
EMAIL_STATUS = Source("Change email subscription status", "api/endpoints/email", "2026")
CATALOG_ITEMS = Source("Catalog items", "api/endpoints/catalogs", "2026")
CANVAS_TRIGGER_SEND = Source(
    "Send Canvas messages with API-triggered delivery",
    "api/endpoints/messaging/send_messages/post_send_triggered_canvases",
    "2026",
)
RECIPIENTS_OBJECT = Source(
    "Recipients object", "api/objects_filters/recipient_object", "2026-09-02"
)
DATA_POINTS = Source(
    "Data points (legacy)", f"{_GUIDE}/onboarding_with_braze/data_points", "about 2026"
)
INTEGRATORS = Source(
    "answers as seen by integrators (Segment and RudderStack test data)", "", "2024 to 2026"
)
CANVAS_CONTEXT = Source("Canvas context and event properties", "", "2026-09-02")

# Liquid
USING_LIQUID = Source("Using Liquid", f"{_LIQUID}/using_liquid", "2026")
LIQUID_TAGS = Source(
    "Supported personalization tags", f"{_LIQUID}/supported_personalization_tags", "2026"
)
LIQUID_FILTERS = Source("Liquid filters", f"{_LIQUID}/filters", "2026")
LIQUID_ADVANCED_FILTERS = Source("Advanced filters", f"{_LIQUID}/advanced_filters", "2026")
LIQUID_OPERATORS = Source("Liquid operators", f"{_LIQUID}/operators", "2026")
LIQUID_CONDITIONS = Source("Conditional logic", f"{_LIQUID}/conditional_logic", "2026")
LIQUID_DEFAULTS = Source("Setting default values", f"{_LIQUID}/setting_default_values", "2026")
ABORTING_MESSAGES = Source("Aborting messages", f"{_LIQUID}/aborting_messages", "2026")
LIQUID_FAQ = Source("Liquid FAQ", f"{_LIQUID}/faq", "2026, Korean text")
LIQUID_USE_CASES = Source("Liquid use case library", f"{_LIQUID}/liquid_use_cases", "2026")
CONNECTED_CONTENT = Source(
    "Connected Content", f"{_GUIDE}/personalization_and_dynamic_content/connected_content", "2026"
)
CONTENT_BLOCKS = Source("Content Blocks", "", "2026")
CATALOGS = Source("Use catalogs", f"{_GUIDE}/data/activation/catalogs/use", "2026")
RUBY_LIQUID = Source(
    "not documented by Braze; seen by running Shopify's Ruby Liquid 5.4", "", "2026-11"
)

# Campaigns and Canvases (read in stored revisions of Braze's own documentation repository)
_ENGAGE = f"{_GUIDE}/engagement_tools"
_CANVAS_STEPS = f"{_ENGAGE}/canvas/canvas_components"
WEBHOOK_TROUBLESHOOTING = Source(
    "Troubleshoot webhook and Connected Content requests",
    f"{_GUIDE}/messaging/design_and_edit/personalize/connected_content/"
    "troubleshooting_webhooks_and_connected_content",
    "2026-09-02",
)
ACTION_BASED_DELIVERY = Source(
    "Action-based delivery",
    f"{_ENGAGE}/campaigns/building_campaigns/delivery_types/triggered_delivery",
    "about 2025",
)
SCHEDULED_DELIVERY = Source(
    "Scheduled delivery",
    f"{_ENGAGE}/campaigns/building_campaigns/delivery_types/scheduled_delivery",
    "about 2024",
)
ATTRIBUTE_TRIGGERS = Source("Attribute triggers", "attribute_triggers", "about 2022")
REELIGIBILITY = Source(
    "Re-eligibility", f"{_ENGAGE}/messaging_fundamentals/reeligibility", "about 2025"
)
CONVERSION_EVENTS = Source(
    "Conversion events", f"{_ENGAGE}/messaging_fundamentals/conversion_events", "about 2025"
)
RACE_CONDITIONS = Source("Race conditions", "help/best_practices/race_conditions", "about 2022")
MESSAGE_STEP = Source("Message step", f"{_CANVAS_STEPS}/message_step", "about 2025")
DELAY_STEP = Source("Delay step", f"{_CANVAS_STEPS}/delay_step", "about 2025")
DECISION_SPLIT = Source("Decision split step", f"{_CANVAS_STEPS}/decision_split", "about 2022")
CONTEXT_STEP = Source("Context step", f"{_CANVAS_STEPS}/context", "about 2025")
USER_UPDATE = Source("User Update step", f"{_CANVAS_STEPS}/user_update", "about 2023")
CUSTOM_ATTRIBUTES = Source(
    "Custom attributes", f"{_GUIDE}/data/custom_data/custom_attributes", "about 2025"
)
DATA_TYPES = Source(
    "Custom attribute data types", f"{_GUIDE}/data/activation/attributes/data_types", "2026"
)
CUSTOM_EVENTS = Source("Custom events", f"{_GUIDE}/data/custom_data/custom_events", "about 2025")

_ELSEWHERE = frozenset({INTEGRATORS, RUBY_LIQUID})
"""What Braze did not say itself."""
