"""What a real Braze does besides, and the REST side of the sandbox does not."""

from b2bkit.braze import sources
from b2bkit.sandbox.rules.rows import left_out

NOT_EMULATED = (
    left_out(
        "contract-limits",
        "Hourly limits by contract, limits of a company, limits of broadcasts",
        sources.API_LIMITS,
        "The limit of /users/track is dialled as one window.",
    ),
    left_out(
        "spam-blocking",
        "Users who are blocked for too many sessions, events or products",
        sources.USERS_TRACK,
    ),
    left_out(
        "blocklist",
        "Attributes, events and products on the blocklist",
        sources.CUSTOM_ATTRIBUTES,
    ),
    left_out(
        "distinct-products",
        "5,000 distinct products in the dashboard",
        sources.PURCHASE_OBJECT,
    ),
    left_out(
        "recommended-events",
        "The schemas of recommended eCommerce events",
        sources.INTEGRATORS,
        "Known is one text: The property '#/' did not contain a required property of 'product_id'.",
    ),
    left_out(
        "country-mapping",
        "The mapping of country names to codes",
        sources.USER_ATTRIBUTES,
    ),
    left_out(
        "rails-time-zones",
        "Time zones by names of other lists, such as Eastern Time (US & Canada)",
        sources.USER_ATTRIBUTES,
    ),
    left_out(
        "phone-format",
        "What makes a phone number valid",
        sources.USERS_TRACK,
        "Any text is taken.",
    ),
    left_out(
        "double-opt-in",
        "use_double_opt_in_logic",
        sources.USER_ATTRIBUTES,
        "Kept with the group, without effect.",
    ),
    left_out(
        "nested-event-objects",
        "Objects in event properties are ingested as strings",
        sources.EVENT_OBJECT,
        "They are kept as objects, as Liquid reads them.",
    ),
    left_out(
        "ip-allowlist",
        "IP allowlists of keys",
        sources.API_OVERVIEW,
    ),
    left_out(
        "more-endpoints",
        "Schedules, external_ids/rename and /remove, preference centers, lists of events and "
        "products, segments, exports beside /users/export/ids",
        sources.API_OVERVIEW,
        "They answer 404 Invalid URL.",
    ),
    left_out(
        "catalog-types",
        "Types of catalog fields (unable-to-coerce-value), making catalogs through the API",
        sources.CATALOG_ITEMS,
        "Catalogs come from a seed.",
    ),
    left_out(
        "audiences",
        "Audiences and segments of a broadcast",
        sources.CANVAS_TRIGGER_SEND,
        "The messaging side decides by the flow's own audience.",
    ),
    left_out(
        "sends",
        "send_id, override_frequency_capping, recipient_subscription_state",
        sources.API_OVERVIEW,
    ),
    left_out(
        "device-export",
        "Devices, apps, campaigns and Canvases received in an export",
        sources.USERS_EXPORT_IDS,
    ),
)
