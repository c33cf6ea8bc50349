"""How the REST API and Liquid name the same profile field. The table lives here, once.

The user attributes object and `/users/export/ids` say `external_id`, `email`, `dob`; Liquid's
`${...}` says `user_id`, `email_address`, `date_of_birth`. Names not in the table are the same on
both sides.

Source: Braze, User attributes object (2026, Portuguese text) and Supported personalization tags
(2026).
"""

from __future__ import annotations

LIQUID_NAME = {
    "external_id": "user_id",
    "email": "email_address",
    "phone": "phone_number",
    "dob": "date_of_birth",
    "home_city": "city",
}
"""API name of a standard attribute -> its Liquid name, where the two differ."""

API_NAME = {liquid: api for api, liquid in LIQUID_NAME.items()}
"""Liquid name of a standard attribute -> its API name, where the two differ."""


def liquid_name(api_name: str) -> str:
    """Give the Liquid name of a standard attribute of the API."""
    return LIQUID_NAME.get(api_name, api_name)


def api_name(liquid_name: str) -> str:
    """Give the API name of a standard attribute of Liquid."""
    return API_NAME.get(liquid_name, liquid_name)
