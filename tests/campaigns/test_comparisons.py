"""Every comparison of Braze's filters, one rule a row."""

from datetime import UTC, datetime

import pytest

from b2bkit.campaigns import Attribute, CampaignError, Facts, Where
from b2bkit.campaigns.comparisons import comparison

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("have", "operator", "value", "expected"),
    [
        pytest.param(3, "exactly", 3, True, id="a number is exactly another"),
        pytest.param(3.0, "exactly", 3, True, id="a whole float is exactly an integer"),
        pytest.param("3", "exactly", 3, False, id="digits in a text are no number (T1)"),
        pytest.param(True, "exactly", 1, False, id="true is no number"),
        pytest.param(None, "exactly", 0, True, id="nobody's value is exactly 0"),
        pytest.param(None, "exactly", 3, False, id="nobody's value is not exactly 3"),
        pytest.param(2, "less than", 3, True, id="a smaller number is less"),
        pytest.param(3, "less than", 3, False, id="an equal number is not less"),
        pytest.param(None, "less than", 3, True, id="less than lets users without a value in"),
        pytest.param("1", "less than", 3, False, id="a text is not less than a number (T1)"),
        pytest.param(4, "more than", 3, True, id="a bigger number is more"),
        pytest.param(None, "more than", 0, False, id="nobody's value is not more than 0"),
        pytest.param(3, "does not equal", 3, False, id="an equal number does not differ"),
        pytest.param(None, "does not equal", 3, True, id="no value does not equal 3"),
        pytest.param("Gold", "equals", "Gold", True, id="equal texts"),
        pytest.param("Gold", "equals", "gold", False, id="equals minds capitals"),
        pytest.param("Gold", "does not equal", "gold", False, id="does not equal does not"),
        pytest.param(True, "equals", True, True, id="true equals true"),
        pytest.param("true", "equals", True, False, id="the text true is not true"),
        pytest.param("a", "any of", ["a", "b"], True, id="one of several texts"),
        pytest.param("a", "is any of", "a", True, id="a leading is may stand; one text is enough"),
        pytest.param(None, "none of", ["a"], True, id="no value is none of them"),
        pytest.param("gold_tier", "contains any of", "gold", True, id="part of a text"),
        pytest.param(["x", "old gold"], "contains any of", ["gold"], True, id="part of an element"),
        pytest.param(None, "doesn't contain any of", "gold", True, id="no value contains nothing"),
        pytest.param("Braze kit", "matches regex", "^braze", True, id="regex without capitals"),
        pytest.param("x", "does not match regex", "^b", True, id="another text does not match"),
        pytest.param(None, "does not match regex", "^b", False, id="but there must be a value"),
        pytest.param(["a", "b"], "includes any of", ["b", "c"], True, id="one element is enough"),
        pytest.param("a", "includes any of", ["a"], False, id="a text includes nothing"),
        pytest.param(None, "includes none of", ["a"], True, id="no list includes nothing"),
        pytest.param(["a", "b"], "all of", ["a", "b"], True, id="all elements"),
        pytest.param(["a"], "isn't all of", ["a", "b"], True, id="not all elements"),
        pytest.param([], "empty", None, True, id="a list without elements is empty"),
        pytest.param([1], "has a value", None, True, id="a list with an element is not"),
        pytest.param("", "blank", None, True, id="an empty text is blank"),
        pytest.param(0, "not blank", None, True, id="0 is not blank"),
        pytest.param(False, "false", None, True, id="false"),
        pytest.param(None, "false", None, False, id="not set is not false"),
        pytest.param(None, "false or not set", None, True, id="false or not set"),
        pytest.param(None, "true or not set", None, True, id="true or not set"),
        pytest.param("2026-01-30", "before", "2026-01-31", True, id="a day before"),
        pytest.param("2026-01-31T01:00:00+02:00", "before", "2026-01-31", True, id="zones count"),
        pytest.param("soon", "after", "2020-01-01", False, id="a text is after nothing (T9)"),
        pytest.param("2026-01-24T11:59:59Z", "more than days ago", 7, True, id="168 hours and 1 s"),
        pytest.param("2026-01-24T12:00:00Z", "more than days ago", 7, False, id="168 hours"),
        pytest.param("2026-01-24T13:00:00Z", "less than days ago", 7, True, id="167 hours"),
        pytest.param("2026-02-01", "less than days ago", 7, False, id="the future is not ago"),
        pytest.param("2026-02-08", "in more than days", 7, True, id="more than 7 days ahead"),
        pytest.param("2026-02-01", "in less than days", 7, True, id="less than 7 days ahead"),
    ],
)
def test_comparison(have, operator, value, expected):
    assert comparison(operator).test(have, value, NOW) is expected


@pytest.mark.parametrize(
    ("name", "operator", "value", "complaint"),
    [
        ("x", "is exactl", 3, "Did you mean 'exactly'?"),
        ("x", "less than", "3", "'less than' compares with a number, not '3'."),
        ("x", "less than", True, "'less than' compares with a number, not True."),
        ("x", "equals", None, "compares with a text, a number, true or false, not nothing."),
        ("x", "blank", 3, "'blank' stands alone, without a value, not 3."),
        ("x", "matches regex", "(", "compares with a regular expression, not '('."),
        ("x", "before", "soon", "compares with a date such as 2026-01-31, not 'soon'."),
        ("x", "more than days ago", -1, "compares with a number of days, not -1."),
        (" ", "equals", 1, "A condition needs the name of what it looks at."),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_words(name, operator, value, complaint):
    with pytest.raises(CampaignError) as refused:
        Attribute(name, operator, value)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (Attribute("country", "equals", "DE"), True),
        (Attribute("Country", "blank"), True),
        (Attribute("visits", "less than", 3), True),
        (Attribute("address.city", "equals", "Köln"), True),
        (Attribute("address.street", "blank"), True),
        (Attribute("a.b", "equals", 1), True),
        (Attribute("visits.x", "blank"), True),
    ],
)
def test_an_attribute_is_found_by_its_name_standard_or_custom(filter_, expected):
    """A reserved name in small letters is a standard attribute; a dot leads into an object."""
    facts = Facts(NOW, {"country": "DE"}, {"visits": 2, "address": {"city": "Köln"}, "a.b": 1})
    assert filter_.matches(facts) is expected


@pytest.mark.parametrize(
    ("properties", "operator", "expected"),
    [
        ({"p": ""}, "not blank", True),
        ({"p": ""}, "blank", False),
        ({}, "blank", True),
        ({"p": None}, "not blank", False),
    ],
)
def test_an_empty_property_is_not_blank_unlike_an_attribute(properties, operator, expected):
    assert Where("p", operator).holds(properties, NOW) is expected
