"""Truth, comparisons and their order, as Ruby has them; `blank` as Rails has it."""

import pytest

from b2bkit.liquid import Context, Template

VALUES = {
    "no": False,
    "yes": True,
    "none": None,
    "nothing": "",
    "spaces": " \t\n",
    "zero": 0,
    "one": 1,
    "text": "hello",
    "digit": "1",
    "ones": [1, "1", 1.0],
    "list": [1, 2],
    "same": [1.0, 2],
    "empty_list": [],
    "table": {"k": 1, "v": None},
    "empty_table": {},
    "truths": [True],
}


def holds(condition):
    text = f"{{% if {condition} %}}T{{% else %}}F{{% endif %}}"
    return Template(text).render(Context(variables=VALUES)) == "T"


@pytest.mark.parametrize(
    ("value", "truth", "blank", "empty", "nil"),
    [
        ("none", False, True, False, True),
        ("missing", False, True, False, True),
        ("no", False, True, False, False),
        ("nothing", True, True, True, False),
        ("spaces", True, True, False, False),
        ("zero", True, False, False, False),
        ("empty_list", True, True, True, False),
        ("empty_table", True, True, True, False),
        ("text", True, False, False, False),
        ("list", True, False, False, False),
        ("yes", True, False, False, False),
    ],
)
def test_what_counts_as_true_blank_empty_and_nil(value, truth, blank, empty, nil):
    assert holds(value) is truth
    assert holds(f"{value} == blank") is blank
    assert holds(f"blank == {value}") is blank
    assert holds(f"{value} != blank") is not blank
    assert holds(f"{value} == empty") is empty
    assert holds(f"{value} == nil") is nil


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        # nothing is coerced
        ("one == 1.0", True),
        ("digit == 1", False),
        ("digit != 1", True),
        ("one <> 2", True),
        ("yes == 'true'", False),
        ("yes == 1", False),
        ("zero == false", False),
        ("list == same", True),
        ("truths == ones", False),
        ("nil == false", False),
        ("missing == nil", True),
        # order: nil, booleans, lists and tables are on neither side
        ("2 > 1", True),
        ("2 >= 2.0", True),
        ("1 < 1.5", True),
        ("'10' < '9'", True),
        ("none < 1", False),
        ("1 > none", False),
        ("none <= none", False),
        ("yes > 0", False),
        ("list > 1", False),
        ("1 < table", False),
        # contains
        ("text contains 'ell'", True),
        ("text contains 'ELL'", False),
        ("'a1b' contains 1", True),
        ("list contains 2", True),
        ("list contains 2.0", True),
        ("list contains '2'", False),
        ("truths contains 1", False),
        ("table contains 'k'", True),
        ("table contains 'v'", True),
        ("table contains 1", False),
        ("none contains 'a'", False),
        ("text contains none", False),
        ("one contains 1", False),
        ("(1..3) contains 2", True),
        ("(1..3) contains 2.5", True),
        ("(1..3) contains true", False),
        ("text contains empty_list", False),
        ("'a[]' contains empty_list", True),
        # the words `blank` and `empty` have no order, and are no values themselves
        ("one < empty", False),
        ("text >= blank", False),
        ("empty == empty", False),
        ("blank != empty", True),
        # ranges on either side
        ("(1..3) == (1..3)", True),
        ("(1..2) == list", False),
    ],
)
def test_comparisons(condition, result):
    assert holds(condition) is result


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ("true or false and false", True),
        ("false and false or true", False),
        ("true and false or true", True),
        ("false or true and true", True),
        ("one == 1 and text contains 'h' or no", True),
    ],
)
def test_and_and_or_join_from_the_right(condition, result):
    assert holds(condition) is result


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{% case one %}{% when '1' %}text{% when 1 %}number{% endcase %}", "number"),
        ("{% case one %}{% when 2, 1 %}a{% when 3 or 1 %}b{% else %}c{% endcase %}", "ab"),
        ("{% case one %}{% when 1, 1 %}a{% endcase %}", "aa"),
        ("{% case none %}{% when nil %}a{% endcase %}", "a"),
        ("{% case spaces %}{% when blank %}a{% else %}b{% endcase %}", "a"),
        ("{% case 9 %} junk {% when 1 %}a{% else %}b{% endcase %}", "b"),
        ("{% case 9 %}{% when 1 %}a{% endcase %}", ""),
        (
            "{% case 1 %} {% assign x = 2 %}{% if x %}c{% endif %}{% when 1 %}a{{x}}{% endcase %}",
            "a",
        ),
        ("{% unless no %}a{% elsif yes %}b{% endunless %}", "a"),
        ("{% unless yes %}a{% elsif yes %}b{% else %}c{% endunless %}", "b"),
        ("{% if no %}a{% elsif none %}b{% elsif zero %}c{% else %}d{% endif %}", "c"),
        ("{% if yes %} {% assign a = 1 %} {% endif %}x", "x"),
        ("{% if yes %} {% else %}y{% endif %}x", " x"),
        ("{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %}", "a"),
    ],
)
def test_branches(text, rendered):
    assert Template(text).render(Context(variables=VALUES)) == rendered
