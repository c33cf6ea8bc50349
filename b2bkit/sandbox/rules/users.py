"""Whom an object is about, and when a profile is created."""

from b2bkit.braze import sources
from b2bkit.sandbox.rules.rows import kept

_IDENTIFIERS = "profiles/test_identifiers.py"
_WHO = "sandbox/test_users_track.py::TestWhoIsMeant"

USERS = (
    kept(
        "user-one-primary",
        "external_id, braze_id and user_alias: more than one of them",
        "the object is refused",
        sources.USERS_TRACK,
        f"{_IDENTIFIERS}::test_an_object_that_names_no_user_is_refused",
        "The text of the refusal is ours.",
    ),
    kept(
        "user-required",
        "None of the identifiers; null and blank texts count as not given",
        "refused: 'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required",
        sources.INTEGRATORS,
        f"{_IDENTIFIERS}::test_an_object_that_names_no_user_is_refused",
        "That null and blank count as not given is ours.",
    ),
    kept(
        "user-external-id-length",
        "An external_id of more than 987 bytes",
        "refused: 'external_id' must be fewer than 988 bytes",
        sources.USERS_TRACK,
        f"{_IDENTIFIERS}::test_an_external_id_may_have_987_bytes",
    ),
    kept(
        "user-external-id-type",
        "An external_id that is no text",
        "refused: 'external_id' is not valid",
        None,
        f"{_IDENTIFIERS}::test_an_object_that_names_no_user_is_refused",
    ),
    kept(
        "user-secondary",
        "email and phone without a primary identifier",
        "look up a profile; email wins; beside a primary identifier they are attributes",
        sources.USERS_TRACK,
        f"{_IDENTIFIERS}::test_an_object_names_its_user",
    ),
    kept(
        "user-several-with-email",
        "Several profiles with the address",
        "the last updated with an external id, otherwise the last updated",
        sources.USERS_TRACK,
        _WHO,
    ),
    kept(
        "user-email-case",
        "Case of an e-mail address when looking up",
        "does not matter; it is stored as sent",
        None,
        _WHO,
    ),
    kept(
        "user-created",
        "An unknown external_id, email or phone",
        "creates a profile unless _update_existing_only is true",
        sources.USERS_TRACK,
        f"{_IDENTIFIERS}::test_an_unknown_user_is_created_or_not",
    ),
    kept(
        "user-alias-created",
        "An unknown alias",
        "creates a profile only when _update_existing_only is false, in all three arrays",
        sources.USERS_TRACK,
        f"{_IDENTIFIERS}::test_an_unknown_user_is_created_or_not",
        "For events and purchases Braze's pages contradict each other.",
    ),
    kept(
        "user-braze-id-unknown",
        "An unknown braze_id",
        "creates nothing; accepted and logged as left out",
        None,
        f"{_IDENTIFIERS}::test_an_unknown_user_is_created_or_not",
    ),
    kept(
        "user-duplicate",
        "An unknown external_id with the email of another profile",
        "makes a second profile",
        sources.USERS_TRACK,
        _WHO,
    ),
    kept(
        "user-push-token-import",
        "push_token_import",
        "makes an anonymous profile for the first push token; a known token is ignored",
        sources.USER_ATTRIBUTES,
        _WHO,
        "Reduced: one profile for each object, not for each token.",
    ),
    kept(
        "user-shared-subscription",
        "A subscription state",
        "reaches all profiles with the same e-mail address",
        sources.USERS_TRACK,
        "sandbox/test_users_track.py::test_a_subscription_state_reaches_all_profiles_with_the_address",
    ),
)
