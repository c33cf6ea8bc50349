"""What does not parse: the message, and the place in the author's own text."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest

from b2bkit.errors import B2bkitError
from b2bkit.liquid import Context, Template, TemplateError

WRONG = [
    # text, line, column, message
    ("{{ x", 1, 1, "`{{` is never closed: add `}}`."),
    ("a\nb {% if x", 2, 3, "`{%` is never closed: add `%}`."),
    ("{% if {{x == 1 %}a{% endif %}", 1, 7, "`{{` is never closed: add `}}`."),
    ("{% raw %}x", 1, 1, "`raw` is never closed: add `{% endraw %}`."),
    ("{% comment %}x", 1, 1, "`comment` is never closed: add `{% endcomment %}`."),
    ("{{{x}}}", 1, 1, "Three opening braces in a row are not valid: write `{{`."),
    ("{% if {{{x}}} %}{% endif %}", 1, 7, "Three opening braces in a row are not valid: write `{{`."),
    ("{{${a}", 1, 1, "`{{` is never closed: add `}}`."),
    ("{{ ${} }}", 1, 4, "`${` needs a name and a closing brace, as in `${first_name}`."),
    ("{{ ${a${b}} }}", 1, 4, "`${` needs a name and a closing brace, as in `${first_name}`."),
    ("{{ items[0].${b} }}", 1, 12, "`${...}` cannot follow this directly."),
    ("{{ x${b} }}", 1, 4, "`${...}` cannot follow this directly."),
    ("{{ ${a}b }}", 1, 8, "This cannot follow `}` directly."),
    ("x\n\n{% if a %}b{% else %}", 3, 4, "`if` is never closed: add `{% endif %}`."),
    ("{% if a %}{% for b in c %}{% endif %}", 1, 30, "`endif` stands here without the tag it belongs to."),
    ("{% for a in b %}{% if c %}{% endif %}", 1, 4, "`for` is never closed: add `{% endfor %}`."),
    ("{% case a %}{% when 1 %}", 1, 4, "`case` is never closed: add `{% endcase %}`."),
    ("{% capture a %}", 1, 4, "`capture` is never closed: add `{% endcapture %}`."),
    ("{% unless a %}", 1, 4, "`unless` is never closed: add `{% endunless %}`."),
    ("{% endif %}", 1, 4, "`endif` stands here without the tag it belongs to."),
    ("{% frobnicate %}", 1, 4, "Braze has no tag `frobnicate`."),
    ("{% %}", 1, 4, "A tag needs a name, as in `{% if ... %}`."),
    ("{% if %}{% endif %}", 1, 4, "Something is missing behind the tag's name."),
    ("{% if a == %}{% endif %}", 1, 11, "A value is missing here."),
    ("{% if = 1 %}{% endif %}", 1, 7, "A value is expected here: a name, a number or a text in quotes."),
    ("{% if a = 1 %}{% endif %}", 1, 9, "A single `=` does not compare: write `==`."),
    ("{% if a | size > 5 %}{% endif %}", 1, 9, "A filter cannot stand here: set a variable with `assign` first."),
    ("{% assign a = b > 1 %}", 1, 17, "A comparison cannot stand here: it belongs into an `if`."),
    ("{% if a && b %}{% endif %}", 1, 9, "`&&` is not an operator: write `and`."),
    ("{% if a || b %}{% endif %}", 1, 9, "`||` is not an operator: write `or`."),
    ("{% if (a) %}{% endif %}", 1, 7, "Braze has no parentheses in conditions: put one `if` into another."),
    ("{% if not a %}{% endif %}", 1, 7, "Braze has no `not`: use `unless` or `!=`."),
    ("{{ “x” }}", 1, 4, "Curly quotes do not quote anything: write straight ones."),
    ("{{ a | }}", 1, 7, "The name of a filter is expected behind `|`."),
    ("{{ a b }}", 1, 6, "This cannot stand here: an operator, a `|` or a comma may be missing before it."),
    ("{{ a | append: 'x' 'y' }}", 1, 20, "A comma is missing between a filter's arguments."),
    ("{{ a. }}", 1, 6, "A plain name is expected here."),
    ("{% for a b %}{% endfor %}", 1, 10, "A `for` needs a name, `in` and a list, as in `{% for item in items %}`."),
    ("{% for a in b backwards %}{% endfor %}", 1, 15, "Behind its list, a `for` takes only `reversed`, `limit:` and `offset:`."),
    ("{% assign a %}", 1, 12, "An `assign` needs a name, `=` and a value, as in `{% assign name = 1 %}`."),
    ("{% assign ${a} = 1 %}", 1, 11, "A plain name is expected here."),
    ("{% for ${a} in b %}{% endfor %}", 1, 8, "A plain name is expected here."),
    ("{% render 'x' %}", 1, 4, "Braze has no tag `render`: use a content block, `{{content_blocks.${name}}}`."),
    ("{% include 'x' %}", 1, 4, "Braze has no tag `include`: use a content block, `{{content_blocks.${name}}}`."),
    ("{% connected_content :save x %}", 1, 4, "`connected_content` needs a URL."),
    ("{% catalog_items Games %}", 1, 4, "`catalog_items` needs a catalog and what to take from it."),
    ("{% message_extras :key k %}", 1, 4, "`message_extras` needs a `:key` and a `:value`."),
    ("{% liquid\n assign a = 1\n !x\n%}", 3, 1, "A line of `liquid` must start with a tag's name."),
    ("{% liquid\n assign a = 1\n if a\n%}", 3, 2, "`if` is never closed: add `{% endif %}`."),
    ("{% # one\n two %}", 2, 2, "Each line of an inline comment must start with `#`."),
    ("{% assign v = {{ a | }} %}", 1, 21, "The name of a filter is expected behind `|`."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "message"), WRONG)
def test_what_does_not_parse_says_what_and_where(text, line, column, message):
    with pytest.raises(TemplateError) as caught:
        Template(text)
    error = caught.value
    assert (error.line, error.column, error.message) == (line, column, message)
    assert error.block is None
    assert isinstance(error, B2bkitError)


def test_the_excerpt_shows_the_authors_line_with_a_caret():
    with pytest.raises(TemplateError) as caught:
        Template('{\n\t"a": "{{custom_attribute.${x y} | }}"\n}')
    error = caught.value
    assert (
        error.excerpt
        == '\t"a": "{{custom_attribute.${x y} | }}"\n\t                                 ^'
    )
    assert str(error) == f"{error.message} (line 2, column 35)\n{error.excerpt}"


def test_the_excerpt_of_a_long_line_is_the_part_around_the_place():
    with pytest.raises(TemplateError) as caught:
        Template("a" * 300 + "{{ b | }}" + "c" * 300)
    shown, caret = caught.value.excerpt.split("\n")
    assert len(shown) == 100
    assert shown[caret.index("^") - 1] == "|"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 1 | divided_by: 0 }}", "Liquid error: divided by 0."),
        ("{% if '5' < 10 %}a{% endif %}", "Liquid error: comparison of String with 10 failed."),
        ("{% if 10 >= x %}a{% endif %}", "Liquid error: comparison of Integer with String failed."),
        ("{% for i in (1..f) %}{% endfor %}", "Liquid error: invalid integer."),
        ("{% for i in l limit: 'two' %}{% endfor %}", "Liquid error: invalid integer."),
    ],
)
def test_a_render_raises_where_a_value_does_not_fit(text, message):
    with pytest.raises(TemplateError) as caught:
        Template(text).render(Context(variables={"x": "text", "l": [1], "f": 2.5}))
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize("tag", ["break", "continue"])
def test_a_loop_is_not_left_from_outside(tag):
    with pytest.raises(TemplateError) as caught:
        Template(f"a{{% {tag} %}}b").render()
    assert caught.value.message == f"`{tag}` outside a loop."
