"""The other facts as data: what would be a typing mistake."""

import pytest

from b2bkit.braze import answers, codes, reserved
from b2bkit.braze.answers import Answer
from b2bkit.braze.names import LIQUID_NAME


def test_the_reserved_fields_are_those_of_the_user_attributes_object():
    assert sorted(reserved.RESERVED_FIELDS) == [
        "alias_label", "alias_name", "braze_id", "country", "current_location",
        "date_of_first_session", "date_of_last_session", "dob", "email",
        "email_click_tracking_disabled", "email_open_tracking_disabled", "email_subscribe",
        "external_id", "facebook", "first_name", "gender", "home_city", "language", "last_name",
        "marked_email_as_spam_at", "phone", "push_subscribe", "push_tokens", "subscription_groups",
        "time_zone", "twitter",
    ]  # fmt: skip


def test_a_field_that_liquid_names_otherwise_is_reserved():
    assert set(LIQUID_NAME) <= set(reserved.RESERVED_FIELDS)


@pytest.mark.parametrize(
    ("listed", "count", "some"),
    [
        (codes.COUNTRIES, 249, {"DE", "US"}),
        (codes.LANGUAGES, 183, {"de", "en", "zh"}),
        (codes.CURRENCIES, 157, {"EUR", "USD", "JPY"}),
    ],
)
def test_the_codes_are_complete(listed, count, some):
    assert len(listed) == count
    assert some <= listed


def test_an_answer_is_its_text():
    assert str(answers.MAX_INPUT_LENGTH) == "Max Input Length Exceeded"


def test_no_two_answers_have_the_same_text():
    texts = [str(each) for each in vars(answers).values() if isinstance(each, Answer)]
    assert len(texts) > 20
    assert sorted(set(texts)) == sorted(texts)


def test_an_answer_worded_by_us_says_so():
    assert answers.ONE_PRIMARY.source is None
    assert answers.IDENTIFIER_REQUIRED.source is not None
