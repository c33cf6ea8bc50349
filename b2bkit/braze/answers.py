"""The texts in Braze's answers: what a fatal `message` and the `type` of an `errors` item say.

Braze documents codes for some refusals and no text for many; integrators' test data shows texts. An
answer without a `source` is worded by us, because Braze's words are not known. What leads to which
answer lives in `b2bkit.profiles` and `b2bkit.sandbox`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.braze import sources

if TYPE_CHECKING:
    from b2bkit.braze.sources import Source


@dataclass(frozen=True, slots=True)
class Answer:
    """Name one text of Braze's, and where it was read.

    Args:
        text: The text itself.
        source: The page or test data that shows it; `None` when the wording is ours.
    """

    text: str
    source: Source | None = None

    def __str__(self) -> str:
        return self.text


SUCCESS = "success"
"""The `message` of every answer that is not fatal."""

# Fatal: the `message` of a 4xx
INVALID_URL = Answer("Invalid URL", sources.API_ERRORS)
INVALID_API_KEY = Answer("Invalid API key", sources.INTEGRATORS)
RATE_LIMITED = Answer("Rate limited", sources.INTEGRATORS)
MAX_INPUT_LENGTH = Answer("Max Input Length Exceeded", sources.API_ERRORS)
TOO_MANY_IDS = Answer("The max number of ids per request was exceeded", sources.API_ERRORS)
TOO_MANY_EXTERNAL_IDS = Answer(
    "The max number of external_ids and aliases per request was exceeded", sources.API_ERRORS
)
NO_VALID_DATA = Answer(
    "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
    sources.INTEGRATORS,
)
UNPARSABLE = Answer(
    "Error while parsing request body. Please check your syntax.", sources.API_ERRORS
)
"""The `error` (not `message`) of a 400 for a body that is not JSON."""
INVALID_REQUEST = Answer("Invalid Request", sources.CATALOG_ITEMS)
INVALID_CAMPAIGN_ID = Answer("Invalid Campaign ID", sources.API_ERRORS)
INVALID_CANVAS_ID = Answer("Invalid Canvas ID")
NO_MESSAGE = Answer("No message to send", sources.API_ERRORS)
TOO_MANY_MERGES = Answer(
    "a single request may not contain more than 50 merge updates", sources.USERS_MERGE
)
MERGE_KEYS = Answer(
    "'merge_updates' must only have 'identifier_to_merge' and 'identifier_to_keep'",
    sources.USERS_MERGE,
)
MERGE_IDENTIFIERS = Answer(
    "identifiers must be objects with an 'external_id' property that is a string, 'user_alias' "
    "property that is an object, 'email' property that is a string, or 'phone' property that is a "
    "string",
    sources.USERS_MERGE,
)
NO_RECIPIENTS = Answer("No Recipients", sources.API_ERRORS)
EMAIL_XOR_PHONE = Answer(
    "Either an email address or a phone number should be provided, but not both.",
    sources.SUBSCRIPTION_STATUS,
)
ACCESS_DENIED = Answer("Access Denied", sources.API_ERRORS)
TOO_LARGE = Answer("Request Entity Too Large", sources.API_ERRORS)
UNSUPPORTED_MEDIA_TYPE = Answer("Unsupported Media Type", sources.API_ERRORS)

# Not fatal: the `type` of an item of `errors`
IDENTIFIER_REQUIRED = Answer(
    "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required", sources.INTEGRATORS
)
ONE_PRIMARY = Answer("only one of 'external_id', 'braze_id' and 'user_alias' may be given")
EXTERNAL_ID_TOO_LARGE = Answer("'external_id' must be fewer than 988 bytes", sources.INTEGRATORS)
BAD_EMAIL = Answer(
    "The value provided for the 'email' field is not a valid email.", sources.INTEGRATORS
)
BAD_QUANTITY = Answer("'quantity' is not valid", sources.INTEGRATORS)
BOTH_PRIORITIES = Answer(
    "Request can not contain both of 'most_recently_updated' and 'least_recently_updated' values "
    "in the 'prioritization' array",
    sources.INTEGRATORS,
)
BAD_DEVICE_ID = Answer("BAD_DEVICE_ID", sources.USERS_TRACK)
BAD_EMAIL_SUBSCRIPTION_STATE = Answer("BAD_EMAIL_SUBSCRIPTION_STATE", sources.USERS_TRACK)
BAD_LOCATION_UPDATE = Answer("BAD_LOCATION_UPDATE", sources.USERS_TRACK)
BAD_PUSH_SUBSCRIPTION_STATE = Answer("BAD_PUSH_SUBSCRIPTION_STATE", sources.USERS_TRACK)
BAD_PUSH_TOKEN_APP_ID = Answer("BAD_PUSH_TOKEN_APP_ID", sources.USERS_TRACK)
BAD_PUSH_TOKEN_IMPORT = Answer("BAD_PUSH_TOKEN_IMPORT", sources.USERS_TRACK)
BAD_PUSH_TOKEN_STRING = Answer("BAD_PUSH_TOKEN_STRING", sources.USERS_TRACK)
BAD_PUSH_TOKEN_VALUE = Answer("BAD_PUSH_TOKEN_VALUE", sources.USERS_TRACK)
BAD_SUBSCRIPTION_GROUP_ARRAY = Answer("BAD_SUBSCRIPTION_GROUP_ARRAY", sources.USERS_TRACK)
BAD_SUBSCRIPTION_GROUP_HASH = Answer("BAD_SUBSCRIPTION_GROUP_HASH", sources.USERS_TRACK)
BAD_SUBSCRIPTION_GROUP_ID = Answer("BAD_SUBSCRIPTION_GROUP_ID", sources.USERS_TRACK)
BAD_SUBSCRIPTION_GROUP_STATE = Answer("BAD_SUBSCRIPTION_GROUP_STATE", sources.USERS_TRACK)


def must_be_object(input_array: str) -> Answer:
    """Word the refusal of an item that is not a JSON object; the wording is ours."""
    return Answer(f"items of '{input_array}' must be objects")


def required(field: str) -> Answer:
    """Word the refusal of an object that lacks a field; the shape is that of Braze's texts."""
    return Answer(f"'{field}' is required")


def not_valid(field: str) -> Answer:
    """Word the refusal of a field's value; the shape is that of Braze's texts."""
    return Answer(f"'{field}' is not valid")


def must_be_array(field: str) -> Answer:
    """Word the refusal of a body whose field is no array; the shape is that of `/users/merge`."""
    return Answer(f"'{field}' must be an array of objects")


def reserved_property(name: str) -> Answer:
    """Word the refusal of an event with a reserved property key; the wording is ours."""
    return Answer(f"'{name}' is a reserved property key")
