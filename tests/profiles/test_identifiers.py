"""Whom an object is about."""

import pytest

from b2bkit.braze import answers
from b2bkit.profiles import Identifier, creates, identify

ALIAS = {"alias_name": "Ada", "alias_label": "crm"}


@pytest.mark.parametrize(
    ("item", "identifier"),
    [
        ({"external_id": "ada"}, Identifier("external_id", "ada")),
        ({"external_id": "007"}, Identifier("external_id", "007")),
        ({"external_id": " ada "}, Identifier("external_id", " ada ")),
        ({"external_id": "é" * 493 + "e"}, Identifier("external_id", "é" * 493 + "e")),
        ({"braze_id": "5f"}, Identifier("braze_id", "5f")),
        ({"user_alias": ALIAS}, Identifier("user_alias", "Ada", "crm")),
        ({"email": "ada@example.com"}, Identifier("email", "ada@example.com")),
        ({"phone": "+4930123456"}, Identifier("phone", "+4930123456")),
        # the e-mail address wins over the phone
        ({"email": "a@example.com", "phone": "+4930"}, Identifier("email", "a@example.com")),
        # beside a primary identifier both are attributes
        ({"external_id": "ada", "email": "a@example.com"}, Identifier("external_id", "ada")),
        # null and blank count as not given
        ({"external_id": None, "braze_id": "5f"}, Identifier("braze_id", "5f")),
        ({"external_id": " ", "email": "a@example.com"}, Identifier("email", "a@example.com")),
        (
            {"push_token_import": True, "push_tokens": [{"app_id": "app", "token": "t1"}]},
            Identifier("push_token", "t1"),
        ),
    ],
)
def test_an_object_names_its_user(item, identifier):
    assert identify(item) == identifier


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ({}, answers.IDENTIFIER_REQUIRED),
        ({"external_id": ""}, answers.IDENTIFIER_REQUIRED),
        ({"external_id": "  "}, answers.IDENTIFIER_REQUIRED),
        ({"external_id": None}, answers.IDENTIFIER_REQUIRED),
        ({"email": ""}, answers.IDENTIFIER_REQUIRED),
        ({"email": 5}, answers.IDENTIFIER_REQUIRED),
        ({"external_id": "ada", "braze_id": "5f"}, answers.ONE_PRIMARY),
        ({"external_id": "ada", "user_alias": ALIAS}, answers.ONE_PRIMARY),
        ({"braze_id": "5f", "user_alias": ALIAS}, answers.ONE_PRIMARY),
        ({"external_id": "x" * 988}, answers.EXTERNAL_ID_TOO_LARGE),
        ({"external_id": "é" * 494}, answers.EXTERNAL_ID_TOO_LARGE),
        ({"external_id": 7}, answers.not_valid("external_id")),
        ({"external_id": ["ada"]}, answers.not_valid("external_id")),
        ({"user_alias": "ada"}, answers.not_valid("user_alias")),
        ({"user_alias": {"alias_name": "ada"}}, answers.not_valid("user_alias")),
        ({"user_alias": {"alias_name": 1, "alias_label": "crm"}}, answers.not_valid("user_alias")),
        ({"push_token_import": True}, answers.BAD_PUSH_TOKEN_IMPORT),
        (
            {"push_token_import": True, "external_id": "a", "push_tokens": [{"token": "t"}]},
            answers.BAD_PUSH_TOKEN_IMPORT,
        ),
    ],
)
def test_an_object_that_names_no_user_is_refused(item, answer):
    assert identify(item) == answer


def test_an_external_id_may_have_987_bytes():
    assert identify({"external_id": "x" * 987}) == Identifier("external_id", "x" * 987)


@pytest.mark.parametrize(
    ("kind", "update_existing_only", "expected"),
    [
        ("external_id", None, True),
        ("external_id", False, True),
        ("external_id", True, False),
        ("user_alias", None, False),
        ("user_alias", True, False),
        ("user_alias", False, True),
        ("email", None, True),
        ("email", True, False),
        ("phone", None, True),
        ("braze_id", None, False),
        ("braze_id", False, False),
    ],
)
def test_an_unknown_user_is_created_or_not(kind, update_existing_only, expected):
    assert creates(Identifier(kind, "x"), update_existing_only) is expected
