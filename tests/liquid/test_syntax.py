"""The scanner: every spelling of a field, and every place where braces mean something else."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liquid.exceptions import LiquidSyntaxError

from b2bkit.liquid import Context, Template
from b2bkit.liquid.places import whole
from b2bkit.liquid.scanner import rewrite
from b2bkit.liquid.syntax import Reference, name_path

PERSON = Context(
    attributes={
        "first_name": "Ann",
        "time_zone": "Asia/Tokyo",
        "most_recent_location": {"latitude": 35.6},
    },
    custom_attribute={
        "zip code": "10001",
        "größe": "M",
        "it's": "quoted",
        "100%": "full",
        "n": 5,
        "two": 7,
        "address": {"city": "Rome", "street name": "Via"},
        "a.b": "exact",
        "a": {"b": "path"},
        "cart": ["hat", "bag"],
        "brands": ["Nike", "Converse"],
    },
    event_properties={"songs": [{"title": "S", "album": {"name": "N"}}], "赤": "red"},
    context={"limit": "L"},
    campaign={"name": "Spring"},
    variables={"b": 3, "store": "Nike", "words": "x,y"},
)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        # where a field may stand
        ("{{${first_name}}}", "Ann"),
        ("{{ ${first_name} }}", "Ann"),
        ("{{custom_attribute.${zip code}}}", "10001"),
        ("{{custom_attribute.${ zip code }}}", "10001"),
        ("{{custom_attribute.${größe}}}{{event_properties.${赤}}}", "Mred"),
        ("{{custom_attribute.${it's}}}", "quoted"),
        ("{{custom_attribute.${100%}}}", "full"),
        ("{% if custom_attribute.${100%} == 'full' %}y{% endif %}", "y"),
        ("{{context.${limit}}}", "L"),
        ("{{${nosuch}}}{{custom_attribute.${nosuch}.x[0].y}}", ""),
        # paths after the braces and inside them
        ("{{event_properties.${songs}[0].album.name}}", "N"),
        ("{{event_properties.${songs}[0]['title']}}", "S"),
        ("{{${most_recent_location}.latitude}}", "35.6"),
        ("{{${most_recent_location.latitude}}}", "35.6"),
        ("{{custom_attribute.${address.city}}}", "Rome"),
        ("{{custom_attribute.${address['street name']}}}", "Via"),
        ("{{custom_attribute.${cart[1]}}}", "bag"),
        ("{{custom_attribute.${cart}[-2]}}", "hat"),
        ("{{custom_attribute.${a.b}}}", "exact"),
        ("{{custom_attribute.${a}.b}}", "path"),
        # runs of braces and signs next to them
        ('{"n":{{custom_attribute.${n}}}}', '{"n":5}'),
        ('[{"n":{{custom_attribute.${n}}}},{"m":{{b}}}]', '[{"n":5},{"m":3}]'),
        ("{{${first_name}}}!", "Ann!"),
        ("You have ${{custom_attribute.${n}}}", "You have $5"),
        ("You have ${{ b | plus: 1 }}", "You have $4"),
        ("#{{b}}, {b} and } and $ and %}", "#3, {b} and } and $ and %}"),
        # blanks that are missing, or too many
        ("{%if b==3%}y{%endif%}", "y"),
        ("{% assign  t  =  b|plus:1%}{{t}}", "4"),
        ("{% case b %}{% when  3 %}three{% endcase %}", "three"),
        ('{% if store != "doesn\'t exist" %}y{% endif %}', "y"),
        ("{{- ' x ' -}} y", " x y"),
        ("{{ }}{{}}{{-}}", ""),
    ],
)
def test_a_field_is_read_wherever_it_stands(text, rendered):
    assert Template(text).render(PERSON) == rendered


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{% assign v = {{custom_attribute.${n}}} %}{{v}}", "5"),
        ("{% assign v = {{b}} | plus: {{custom_attribute.${two}}} %}{{v}}", "10"),
        ("{% assign v = {{b | times: 2}} %}{{v}}", "6"),
        ("{% assign v = {{b | times: 2}} | plus: 1 %}{{v}}", "7"),
        ("{% assign v = b | plus: {{b | times: 2}} %}{{v}}", "9"),
        ("{{custom_attribute.${n} | plus: {{b}}}}", "8"),
        ("{{custom_attribute.${n} | plus: {{b | minus: {{b}}}}}}", "5"),
        ("{% if {{b}} == {{b | plus: 0}} %}y{% endif %}", "y"),
        ("{% if {{custom_attribute.${brands} | size}} == 2 %}y{% endif %}", "y"),
        ("{% if {{custom_attribute.${brands}}} contains {{store}} %}y{% endif %}", "y"),
        ("{% if {{b == 3}} %}y{% endif %}", "y"),
        ("{% unless {{-b-}} == 4 %}y{% endunless %}", "y"),
        ("{% for w in {{words | split: ','}} limit:1 %}{{w}}{% endfor %}", "x"),
        ("{% for w in {{custom_attribute.${cart}}} reversed %}{{w}} {% endfor %}", "bag hat "),
        ("{% case {{store}} %}{% when {{store}} %}y{% endcase %}", "y"),
        ("{% assign v = {{custom_attribute.${address}}}.city %}{{v}}", "Rome"),
        ("{%- assign v = {{custom_attribute.${x}}}\n| default: {{b}}\n%}{{v}}", "3"),
        ("{% capture v %}<{{b}}>{% endcapture %}{{v}}", "<3>"),
        ("{% liquid\nassign v = {{b | plus: 1}}\necho v\n%}", "4"),
        ("{% echo {{b}} | plus: {{b}} %}", "6"),
    ],
)
def test_inner_braces_mean_nothing_and_their_filters_go_first(text, rendered):
    assert Template(text).render(PERSON) == rendered


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{{ '${first_name}' }}", "${first_name}"),
        ("{{ '{{1}} and {{2}}' }}", "{{1}} and {{2}}"),
        ('{% assign v = "{{${first_name}}} | %" %}{{v}}', "{{${first_name}}} | %"),
        ("{% raw %}{{${first_name}}}{% if %}{% endraw %}", "{{${first_name}}}{% if %}"),
        ("a{% comment %}{{${first_name}}} it's {% if %}{{ {% endcomment %}b", "ab"),
        ("{% comment %}{% comment %}x{% endcomment %}y{% endcomment %}z", "z"),
        ("{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}z", "z"),
        ("a {%- comment -%} x {%- endcomment -%} b", "ab"),
        ("{% # it's {{${first_name}}} %}b", "b"),
        ("{% case b %}{% comment %}x{% endcomment %}{% # y %}{% when 3 %}3{% endcase %}", "3"),
        ("${first_name}", "${first_name}"),
        ('{{ "Purchase doesn\'t exist" }}', "Purchase doesn't exist"),
    ],
)
def test_strings_raw_comments_and_plain_text_are_left_alone(text, rendered):
    assert Template(text).render(PERSON) == rendered


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{% assign reversed = 'x,y' | split: ',' | reverse %}{% for i in reversed %}{{i}}{% endfor %}", "yx"),
        ("{% for limit in custom_attribute.${cart} limit: 1 %}{{limit}}{% endfor %}", "hat"),
        ("{% assign offset = 1 %}{% for i in custom_attribute.${cart} offset: offset %}{{i}}{% endfor %}", "bag"),
        ("{{ item.limit }}{{ item.if }}{{ item.empty }}{{ item.contains }}", "1234"),
        ("{% assign for = 5 %}{{ for }}", "5"),
        ("{% assign n-m = 5 %}{{ n-m }}", "5"),
    ],
)  # fmt: skip
def test_keywords_are_names_where_a_name_belongs(text, rendered):
    item = {"limit": 1, "if": 2, "empty": 3, "contains": 4}
    context = PERSON.replace(variables={"item": item})
    assert Template(text).render(context) == rendered


def test_a_local_variable_does_not_hide_a_namespace():
    text = "{% assign campaign = 'mine' %}{% assign first_name = 'x' %}"
    assert Template(text + "{{campaign}} {{campaign.${name}}} {{${first_name}}}").render(
        PERSON
    ) == ("mine Spring Ann")


def test_a_standard_attribute_is_not_a_plain_variable():
    assert Template("[{{first_name}}]").render(PERSON) == "[]"


def test_references_are_kept_by_their_offset():
    text = rewrite("{{ custom_attribute.${zip code}[0] }}{{${a.b}}}", whole(""))
    assert text == "{{ ____________________________[0] }}{{______}}"
    assert text.references == {
        3: Reference("custom_attribute", "zip code", 3, 28),
        39: Reference("", "a.b", 39, 6),
    }
    assert [each.field for each in text.references.values()] == [
        ("custom_attribute", "zip code"),
        ("attributes", "a"),
    ]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("city", ()),
        ("zip code", ()),
        ("a.b", ("a", "b")),
        ("items[0].name", ("items", 0, "name")),
        ("a['b c'][\"d\"]", ("a", "b c", "d")),
        ("a.", ()),
        (".a", ()),
        ("a[x]", ()),
    ],
)
def test_a_name_is_read_as_a_path_only_if_it_is_one(name, path):
    assert name_path(name) == path


MARKS = ["{{", "}}", "{%", "%}", "${", "}", "'", '"', "|", "\n", "-", "raw", "endraw", "comment"]
MARKS += ["endcomment", "liquid", "connected_content", "custom_attribute.", "x", " ", "é", "{{{"]


@given(st.lists(st.sampled_from(MARKS)).map("".join) | st.text())
def test_the_scanner_keeps_the_length_of_any_text(text):
    try:
        rewritten = rewrite(text, whole(text))
    except LiquidSyntaxError as error:
        offset = error.token.start_index
    else:
        assert len(rewritten) == len(text)
        assert rewritten.written == text
        offset = 0
    assert 0 <= offset <= len(text)
