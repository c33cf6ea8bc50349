"""The endpoints beside `/users/track`."""

from b2bkit.braze import sources
from b2bkit.sandbox.rules.rows import kept

_USERS = "sandbox/test_user_endpoints.py"
_RELATIVES = "sandbox/test_track_relatives.py"
_TRIGGERS = "sandbox/test_triggers_and_messages.py"

OTHER_ENDPOINTS = (
    kept(
        "track-sync",
        "/users/track/sync",
        "one object, applied at once; 201 with the part of the profile it was about",
        sources.USERS_TRACK_SYNC,
        f"{_RELATIVES}::TestSync",
    ),
    kept(
        "track-bulk",
        "/users/track/bulk",
        "1,000 objects, 100 of one profile, 2 MB; beyond that 400",
        sources.USERS_TRACK_BULK,
        f"{_RELATIVES}::TestBulk",
    ),
    kept(
        "track-status",
        "/users/track/status",
        "counts the requests of a group_id; forgotten after 24 hours",
        sources.USERS_TRACK_STATUS,
        f"{_RELATIVES}::TestStatus",
    ),
    kept(
        "export-ids",
        "/users/export/ids",
        "up to 50 ids or aliases; unknown ones in invalid_user_ids; empty fields are left out",
        sources.USERS_EXPORT_IDS,
        "sandbox/test_export_ids.py::test_a_profile_is_exported",
        "The status (200) is ours.",
    ),
    kept(
        "identify",
        "/users/identify",
        "201, whether or not anybody was found; a known external id takes the profile in",
        sources.USERS_IDENTIFY,
        f"{_USERS}::TestIdentify",
        "A profile that has an external id already is left alone; that is ours.",
    ),
    kept(
        "merge",
        "/users/merge",
        "202; what only the merged profile has goes to the kept one, counts are added up",
        sources.USERS_MERGE,
        "profiles/test_merging.py::test_what_only_the_merged_profile_has_goes_to_the_kept_one",
        "That free aliases and push tokens move over, and subscription states do not, is ours.",
    ),
    kept(
        "merge-errors",
        "An unsound merge",
        "400 in Braze's words; one refuses the request",
        sources.USERS_MERGE,
        f"{_USERS}::TestMerge",
    ),
    kept(
        "prioritization",
        "Several profiles with one e-mail address or phone",
        "chosen by prioritization; if that leaves it open, nobody",
        sources.USERS_MERGE,
        "profiles/test_merging.py::test_among_several_the_preferred_is_meant",
    ),
    kept(
        "aliases",
        "/users/alias/new and /update",
        "one alias for each label of a user; an unknown external_id gets none",
        sources.USERS_ALIAS,
        f"{_USERS}::TestAliases",
        "The answer was not in the text read: 201, message and aliases_processed are ours. An "
        "alias or a label that is taken changes nothing; that is ours.",
    ),
    kept(
        "delete",
        "/users/delete",
        "one kind of identifier, up to 50; deleted counts what was queued",
        sources.USERS_DELETE,
        f"{_USERS}::TestDelete",
        "The status (201) is ours.",
    ),
    kept(
        "trigger",
        "/canvas/trigger/send and /campaigns/trigger/send",
        "recipients up to 50, or broadcast; dispatch_id and message",
        sources.CANVAS_TRIGGER_SEND,
        f"{_TRIGGERS}::test_a_trigger_is_told_with_its_properties",
        "The status (201) is ours. Nothing is sent by the REST side.",
    ),
    kept(
        "trigger-recipients",
        "Recipients",
        "one identifier each; of one named twice the last entry; attributes are applied first",
        sources.RECIPIENTS_OBJECT,
        f"{_TRIGGERS}::test_attributes_are_applied_before_the_trigger",
        "An unknown recipient who is not created is left out and logged.",
    ),
    kept(
        "trigger-unknown-id",
        "An unknown campaign or Canvas",
        "any id is taken until the messaging side says which there are; then 400",
        sources.API_ERRORS,
        f"{_TRIGGERS}::test_once_the_flows_are_known_others_are_refused",
        "Invalid Campaign ID is documented; the text for a Canvas is ours.",
    ),
    kept(
        "messages-send",
        "/messages/send",
        "needs messages, and users who exist, a segment or an audience; 201 with dispatch_id",
        sources.API_ERRORS,
        f"{_TRIGGERS}::TestMessages",
        "The status is ours.",
    ),
    kept(
        "subscription-status",
        "/subscription/status/set and /v2/subscription/status/set",
        "201; every profile with the address or number; not e-mail and phone together",
        sources.SUBSCRIPTION_STATUS,
        "sandbox/test_subscriptions.py::test_a_state_is_set",
        "That one unsound group refuses all is ours.",
    ),
    kept(
        "email-status",
        "/email/status",
        "opted_in, subscribed or unsubscribed for up to 50 addresses",
        sources.EMAIL_STATUS,
        "sandbox/test_subscriptions.py::test_an_email_status_is_set",
        "The status (201) is ours.",
    ),
    kept(
        "catalog-items",
        "/catalogs/{name}/items: add, replace, update and delete several",
        "202, queued; up to 50 items",
        sources.CATALOG_ITEMS,
        "sandbox/test_catalog_items.py::TestSeveral",
        "An item that is there already, or is not there, changes nothing; that is ours.",
    ),
    kept(
        "catalog-item",
        "/catalogs/{name}/items/{id}: read, create, replace, update and delete one",
        "at once; 200, 201 for a new one, 202 for a deletion",
        sources.CATALOG_ITEMS,
        "sandbox/test_catalog_items.py::TestOne",
    ),
    kept(
        "catalog-errors",
        "Unsound items",
        "Braze's error ids and shape; 404 for what is not found, otherwise 400",
        sources.CATALOG_ITEMS,
        "sandbox/test_catalog_items.py::TestSeveral",
        "All messages but one are ours, and so are the statuses and item-already-exists.",
    ),
)
