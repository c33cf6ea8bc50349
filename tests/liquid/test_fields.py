"""The fields that a template reads, and what their use says about them."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest

from b2bkit.liquid import Context, Field, Template


def shown(fields):
    """Write fields in short: name, kind, choices and what is inside."""
    return {
        str(f): (f.kind, *([f.choices] if f.choices else []), *([shown(f.fields)] if f.fields else []))
        for f in fields
    }  # fmt: skip


def fields(text, **blocks):
    return shown(Template(text, content_blocks=blocks).fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{${first_name}}} {{${first_name}}}", {"${first_name}": ("text",)}),
        ("{{custom_attribute.${zip code}}}", {"custom_attribute.${zip code}": ("text",)}),
        ("{{custom_attribute.${n} | plus: 1}}", {"custom_attribute.${n}": ("number",)}),
        ("{{custom_attribute.${a} | minus: {{custom_attribute.${b}}}}}", {"custom_attribute.${a}": ("number",), "custom_attribute.${b}": ("number",)}),
        ("{% if custom_attribute.${n} >= 5 %}{% endif %}", {"custom_attribute.${n}": ("number",)}),
        ("{{event_properties.${d} | date: '%F'}}", {"event_properties.${d}": ("date",)}),
        ("{{event_properties.${d} | time_zone: ${time_zone}}}", {"event_properties.${d}": ("date",), "${time_zone}": ("text",)}),
        ("{% if custom_attribute.${v} == true %}{% endif %}", {"custom_attribute.${v}": ("boolean",)}),
        ("{% if custom_attribute.${v} %}{% endif %}", {"custom_attribute.${v}": ("boolean",)}),
        ("{% if custom_attribute.${v} %}{{custom_attribute.${v} | plus: 1}}{% endif %}", {"custom_attribute.${v}": ("number",)}),
        ("{% if custom_attribute.${v} == blank or custom_attribute.${v} == nil %}{% endif %}", {"custom_attribute.${v}": ("text",)}),
        ("{{custom_attribute.${l} | join: ','}}", {"custom_attribute.${l}": ("list",)}),
        ("{{custom_attribute.${l}[0]}}{{custom_attribute.${m[1]}}}", {"custom_attribute.${l}": ("list",), "custom_attribute.${m}": ("list",)}),
        ("{{custom_attribute.${l}.first}}{{custom_attribute.${x}.size}}", {"custom_attribute.${l}": ("list",), "custom_attribute.${x}": ("text",)}),
        ("{{custom_attribute.${o}.city}}{{custom_attribute.${p.street name}}}", {"custom_attribute.${o}": ("object", {"city": ("text",)}), "custom_attribute.${p}": ("object", {"street name": ("text",)})}),
        ("{{custom_attribute.${o} | property_accessor: 'k v' | plus: 1}}", {"custom_attribute.${o}": ("object", {"k v": ("number",)})}),
        ("{{${date_of_birth}}}{{${random_bucket_number}}}", {"${date_of_birth}": ("date",), "${random_bucket_number}": ("number",)}),
        # choices
        ("{% if ${language} == 'en' or 'de' == ${language} %}{% endif %}", {"${language}": ("text", ("en", "de"))}),
        ("{% unless ${language} != 'en' %}{% endunless %}", {"${language}": ("text", ("en",))}),
        ("{% case {{${language}}} %}{% when 'en', 'de' %}{% when 'fr' or 'it' %}{% endcase %}", {"${language}": ("text", ("en", "de", "fr", "it"))}),
        ("{% case custom_attribute.${n} %}{% when 1 %}{% when 2.5 %}{% endcase %}", {"custom_attribute.${n}": ("number", (1, 2.5))}),
        # followed back to the source
        ("{% assign x = {{custom_attribute.${n}}} %}{{ x | times: 2 }}", {"custom_attribute.${n}": ("number",)}),
        ("{% assign x = sms.${inbound_message_body} | downcase | strip %}{% if x == 'stop' %}{% endif %}", {"sms.${inbound_message_body}": ("text", ("stop",))}),
        ("{% capture x %} {{custom_attribute.${d}}} {% endcapture %}{{ x | date: '%s' }}", {"custom_attribute.${d}": ("date",)}),
        ("{% if a %}{% assign x = ${city} %}{% else %}{% assign x = ${country} %}{% endif %}{% if x == 'DE' %}{% endif %}", {"${city}": ("text", ("DE",)), "${country}": ("text", ("DE",))}),
        ("{% assign x = custom_attribute.${a} | default: custom_attribute.${b} %}{{ x | plus: 1 }}", {"custom_attribute.${a}": ("number",), "custom_attribute.${b}": ("number",)}),
        ("{% for i in event_properties.${items} %}{{i.name}}{{i.price | plus: 0}}{% if i.kind == 'a' %}{% endif %}{% endfor %}{{i.after}}", {"event_properties.${items}": ("list of objects", {"name": ("text",), "price": ("number",), "kind": ("text", ("a",))})}),
        ("{% for b in {{custom_attribute.${brands}}} %}{% if b == 'Nike' %}{% endif %}{% endfor %}", {"custom_attribute.${brands}": ("list", ("Nike",))}),
        ("{% for a in context.${a} %}{% for b in a.b %}{{b.c}}{% endfor %}{% endfor %}", {"context.${a}": ("list of objects", {"b": ("list of objects", {"c": ("text",)})})}),
        ("{% assign l = event_properties.${items} | where: 'kind', 'x' | map: 'price' %}{{ l.first | plus: 1 }}", {"event_properties.${items}": ("list of objects", {"kind": ("text", ("x",)), "price": ("number",)})}),
        ("{% for i in event_properties.${l} limit: custom_attribute.${n} %}{% endfor %}", {"event_properties.${l}": ("list",), "custom_attribute.${n}": ("number",)}),
        ("{% for i in (1..custom_attribute.${n}) %}{% endfor %}", {"custom_attribute.${n}": ("number",)}),
        # inside tags of Braze's own
        ("{% connected_content https://a/{{${user_id}}} :body a={{custom_attribute.${n} | plus: 1}} :save r %}{{r.x}}", {"${user_id}": ("text",), "custom_attribute.${n}": ("number",)}),
        ("{% catalog_items Games {{custom_attribute.${g}}} %}{{items[0].title}}", {"custom_attribute.${g}": ("text",)}),
        ("{% message_extras :key a :value {{campaign.${name}}} %}", {"campaign.${name}": ("text",)}),
        ("{% liquid\n assign x = custom_attribute.${n} | plus: 1\n echo x\n%}", {"custom_attribute.${n}": ("number",)}),
        # not read
        ("{% raw %}{{${a}}}{% endraw %}{% comment %}{{${b}}}{% endcomment %}${c}{{ '${d}' }}", {}),
        ("{{ plain }}{% for x in list %}{{x.y}}{% endfor %}", {}),
    ],
)  # fmt: skip
def test_fields_are_found_with_their_kinds(text, expected):
    assert fields(text) == expected


def test_fields_come_in_the_order_of_their_first_mention():
    text = "{% if custom_attribute.${b} %}{{${a}}}{% endif %}{{event_properties.${c}}}{{${a}}}"
    assert list(fields(text)) == ["custom_attribute.${b}", "${a}", "event_properties.${c}"]


def test_fields_of_content_blocks_count_where_they_are_put_and_where_they_are_values():
    text = "{{content_blocks.${a}}}{% assign x = {{content_blocks.${b}}} %}{{${z}}}"
    found = fields(text, a="{{${city}}}", b="{{custom_attribute.${n} | plus: 1}}")
    assert found == {"${city}": ("text",), "custom_attribute.${n}": ("number",), "${z}": ("text",)}


def test_content_blocks_that_are_not_known_are_left_out():
    assert shown(Template("{{content_blocks.${a}}}{{${city}}}").fields) == {"${city}": ("text",)}


def test_a_field_names_its_keyword_of_the_context():
    names = "{{${a}}}{{custom_attribute.${b}}}{{event_properties.${c}}}{{most_recently_used_device.${d}}}"
    found = Template(names).fields
    assert [f.namespace for f in found] == [
        "attributes",
        "custom_attribute",
        "event_properties",
        "most_recently_used_device",
    ]
    context = Context(**{f.namespace: {f.name: f"<{f.name}>"} for f in found})
    assert Template(names).render(context) == "<a><b><c><d>"


def test_fields_are_plain_values():
    assert Template("{{custom_attribute.${n} | plus: 1}}").fields == (
        Field("custom_attribute", "n", "number"),
    )
