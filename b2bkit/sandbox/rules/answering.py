"""What a request gets for an answer: statuses, bodies, keys."""

from b2bkit.braze import sources
from b2bkit.sandbox.rules.rows import kept

_DOOR = "sandbox/test_door.py"
_TRACK = "sandbox/test_users_track.py"

ANSWERING = (
    kept(
        "rest-unknown-path",
        "A path that is none, a trailing slash, another method",
        '404 {"message": "Invalid URL"}',
        sources.API_ERRORS,
        f"{_DOOR}::test_a_path_that_is_none_gets_404",
        "The page also lists 403 Access Denied for a trailing slash. That another method of a "
        "known path is 404 is ours.",
    ),
    kept(
        "rest-unknown-key",
        "No key, an unknown key, another scheme than Bearer, quotes around the key",
        '401 {"message": "Invalid API key"}',
        sources.INTEGRATORS,
        f"{_DOOR}::test_without_a_known_key_it_is_401",
        "The status is documented; the text is that of integrators' test data.",
    ),
    kept(
        "rest-scheme-case",
        "Bearer in any case",
        "taken",
        sources.API_OVERVIEW,
        f"{_DOOR}::test_the_scheme_is_read_in_any_case",
    ),
    kept(
        "rest-permission",
        "A key without the permission of the endpoint",
        '403 {"message": "Access Denied"}',
        sources.API_ERRORS,
        f"{_DOOR}::test_a_key_without_the_permission_gets_403",
        "The name is documented, the form of the body is ours.",
    ),
    kept(
        "rest-media-type",
        "A missing or another Content-Type than application/json",
        '415 {"message": "Unsupported Media Type"}',
        sources.API_ERRORS,
        f"{_DOOR}::test_a_body_that_does_not_say_json_gets_415",
        "The name is documented, the form of the body is ours.",
    ),
    kept(
        "rest-not-json",
        "A body that is not JSON",
        '400 {"error": "Error while parsing request body. Please check your syntax."}',
        sources.API_ERRORS,
        f"{_DOOR}::test_a_body_that_is_not_json_gets_400",
        "Numbers out of range, halves of surrogate pairs and very deep nesting count as such; "
        "that is ours.",
    ),
    kept(
        "rest-body-size",
        "A body of more than 4 MB (4,000,000 bytes)",
        '413 {"message": "Request Entity Too Large"}',
        sources.API_ERRORS,
        f"{_DOOR}::test_a_body_of_more_than_4_mb_gets_413",
        "Whether MB counts in thousands or 1,024s is not documented; we take the smaller. The "
        "form of the body is ours.",
    ),
    kept(
        "rest-order-of-checks",
        "What is checked first",
        "path, key, permission, rate limit, size, media type, JSON, content",
        None,
        f"{_DOOR}::test_what_is_checked_first_is_answered_first",
    ),
    kept(
        "track-accepted",
        "An accepted request",
        "201 with message success, and a count for each array that was sent",
        sources.USERS_TRACK,
        f"{_TRACK}::test_an_accepted_request_counts_the_arrays_that_were_sent",
    ),
    kept(
        "track-partial",
        "Some objects are refused",
        "201; errors with type, input_array and index; the others are processed",
        sources.USERS_TRACK,
        f"{_TRACK}::test_refused_objects_do_not_keep_the_others_back",
        "The shape of the items is that of integrators' test data.",
    ),
    kept(
        "track-nothing-valid",
        "No object is sound, or there is none",
        "400, Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
        sources.INTEGRATORS,
        f"{_TRACK}::test_when_nothing_is_sound_the_request_is_refused",
    ),
    kept(
        "track-objects",
        "Objects in one request",
        "75 together, or 75 in each array on legacy limits; more: 400 Max Input Length Exceeded",
        sources.API_LIMITS,
        f"{_TRACK}::test_75_objects_together_or_each_on_legacy_limits",
    ),
    kept(
        "track-array-type",
        "attributes, events or purchases that is no array",
        "400, '...' must be an array of objects",
        None,
        "profiles/test_track.py::TestChecking",
        "Worded after /users/merge.",
    ),
    kept(
        "rest-odd-bodies",
        "Any JSON, and any bytes",
        "never a 5xx unless a fault is dialled",
        None,
        "sandbox/test_odd_bodies.py::test_no_json_makes_an_endpoint_fail",
    ),
)
