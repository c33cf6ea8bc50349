"""`for` with all it takes, `tablerow` and `cycle`."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest

from b2bkit.liquid import Context, Template

CONTEXT = Context(
    variables={"a": [1, 2, 3, 4], "h": {"k": 1, "l": 2}, "n": 2, "s": "text", "e": []}
)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{% for x in a %}{{x}}{% endfor %}", "1234"),
        ("{% for x in a reversed %}{{x}}{% endfor %}", "4321"),
        ("{% for x in a limit:2 %}{{x}}{% endfor %}", "12"),
        ("{% for x in a limit: n offset: 1 %}{{x}}{% endfor %}", "23"),
        ("{% for x in a reversed, limit:2 %}{{x}}{% endfor %}", "21"),
        ("{% for x in a limit:0 %}{{x}}{% else %}none{% endfor %}", "none"),
        ("{% for x in a offset:9 %}{{x}}{% else %}none{% endfor %}", "none"),
        ("{% for x in a limit:'2' %}{{x}}{% endfor %}", "12"),
        ("{% for x in a limit: missing %}{{x}}{% endfor %}", "1234"),
        ("{% for x in a limit:-1 %}{{x}}{% endfor %}", ""),
        (
            "{% for x in a limit:1 %}{{x}}{% endfor %}{% for x in a offset:continue limit:2 %}{{x}}{% endfor %}{% for x in a offset:continue %}{{x}}{% endfor %}",
            "1234",
        ),
        ("{% for x in (1..n) %}{{x}}{% endfor %}{% for x in (3..1) %}{{x}}{% endfor %}", "12"),
        ("{% for x in ('2'..'3z') %}{{x}}{% endfor %}", "23"),
        ("{% for x in (1.9..3.9) %}{{x}}{% endfor %}{{ (3..1) }}", "1233..1"),
        ("{% for x in h %}{{x[0]}}={{x[1]}} {% endfor %}", "k=1 l=2 "),
        ("{% for x in s %}{{x}}{% endfor %}", "text"),
        ("{% for x in missing %}{{x}}{% else %}none{% endfor %}", "none"),
        ("{% for x in n %}{{x}}{% else %}none{% endfor %}", "none"),
        ("{% for x in a %}{% if x == 3 %}{% break %}{% endif %}{{x}}{% endfor %}!", "12!"),
        ("{% for x in a %}{% if x == 3 %}{% continue %}{% endif %}{{x}}{% endfor %}", "124"),
        ("{% for x in a %}{% for y in a %}{% if y == 2 %}{% break %}{% endif %}{{x}}{{y}} {% endfor %}{% endfor %}", "11 21 31 41 "),
        ("{% for x in a %}{% capture c %}{{x}}{% break %}{% endcapture %}{% endfor %}{{c}}", "1"),
        ("{% assign x = 'o' %}{% for x in a %}{% endfor %}{{x}}", "o"),
        ("{% for x in a %}{% assign l = x %}{% endfor %}{{l}}", "4"),
        ("{% for x in a %} {% endfor %}[]", "[]"),
        ("{% for x in a %}{{forloop.index}}{{forloop.index0}}{{forloop.rindex}}{{forloop.rindex0}} {% endfor %}", "1043 2132 3221 4310 "),
        ("{% for x in a %}{{forloop.first}}{{forloop.last}}{{forloop.length}} {% endfor %}", "truefalse4 falsefalse4 falsefalse4 falsetrue4 "),
        ("{% for x in (1..2) %}{% for y in (1..2) %}{{forloop.parentloop.index}}{{forloop.index}} {% endfor %}{% endfor %}", "11 12 21 22 "),
        ("{% for x in a %}{% cycle 'a', 'b' %}{% endfor %}", "abab"),
        ("{% cycle 'g': 1, 2 %}{% cycle 'h': 1, 2 %}{% cycle 'g': 1, 2 %}", "112"),
        ("{% increment c %}{% increment c %}{{c}}{% decrement d %}", "012-1"),
        (
            "{% tablerow x in a cols:2 limit:3 %}{{x}}{{tablerowloop.col}}{% endtablerow %}",
            '<tr class="row1">\n<td class="col1">11</td><td class="col2">22</td></tr>\n<tr class="row2"><td class="col1">31</td></tr>\n',
        ),
        ("{% tablerow x in e %}{{x}}{% endtablerow %}", '<tr class="row1">\n</tr>\n'),
        ("{% tablerow x in missing %}{{x}}{% endtablerow %}", ""),
        ("{% tablerow x in a limit:1 %}{{tablerowloop.col_last}}{% endtablerow %}", '<tr class="row1">\n<td class="col1">false</td></tr>\n'),
        ("{% for x in a limit:2 reversed %}{{x}}{% endfor %}", "12"),
        ("{% for x in a reversed limit:2 %}{{x}}{% endfor %}", "21"),
        ("{% for x in s offset:1 limit:0 %}{{x}}{% endfor %}", "text"),
        ("{% for x in a %}{% cycle x, 'b' %}{% endfor %}", "1b3b"),
        ("{% for x in a %}{% if x == 2 %} {% break %}{% endif %}{% endfor %}|", " |"),
        ("{% for x in a %} {% continue %} {% endfor %}|", "    |"),
        ("{% cycle n, 'b' %}{% cycle n, 'b' %}", "22"),
        ("{% cycle 1, 'b' %}{% cycle 1, 'b' %}", "1b"),
        ("{% for x in a %}{% ifchanged %}{{ x | divided_by: 2 }}{% endifchanged %}{% endfor %}", "012"),
        ("{% capture 'c-d' %}1{% endcapture %}{{ c-d }}{% capture \"c\" %}2{% endcapture %}{{c}}", "12"),
        ("a\u00a0{{- n -}}\u00a0b {{- n -}} c", "a\u00a02\u00a0b2c"),
        ("{% if n %}\u00a0{% assign z = 1 %}{% endif %}|{% if n %} {% assign z = 1 %}{% endif %}|", "\u00a0||"),
    ],
)  # fmt: skip
def test_loops(text, rendered):
    assert Template(text).render(CONTEXT) == rendered
