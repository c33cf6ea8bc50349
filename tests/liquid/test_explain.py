"""`Template.explain` tells each step of a render: what it reads, does, decides and prints."""

import pytest

from b2bkit.liquid import Context, Template, TemplateError

COUNTER = """\
{% assign visits = custom_attribute.${visits} | default: 0 | plus: 1 %}{
  "attributes": [{"external_id": "{{${user_id}}}", "visits": {{visits}}}]
}"""
CONTEXT = Context(
    attributes={"user_id": "u-1", "country": "FR", "name": "O'Neil"},
    custom_attribute={"visits": 4, "tags": ["a", "b"], "cart": [{"id": 1}, {"id": 2}], "vip": True},
    event_properties={"items": [{"name": name} for name in "abcdefg"], "pair": ["x", "y"]},
    variables={"count": 2, "price": 1.5, "address": {"city": "Ulm"}},
    now="2026-03-15T10:00:00Z",
)


def steps(text, context=CONTEXT):
    """List the steps that are no plain text."""
    return [step for step in Template(text).explain(context) if step.kind != "text"]


def happened(text):
    return [str(each) for each in steps(text)[0].happened]


def test_a_counter_is_told_from_the_missing_value_to_the_number_printed():
    explanation = Template(COUNTER).explain(Context(attributes={"user_id": "u-1"}))
    assert str(explanation) == (
        "   1  {% assign visits = custom_attribute.${visits} | default: 0 | plus: 1 %}\n"
        "          custom_attribute.${visits} is nothing\n"
        "          | default: 0 gives 0 (number)\n"
        "          | plus: 1 gives 1 (number)\n"
        "          → visits is 1 (number)\n"
        '   1  prints { "attributes": [{"external_id": "\n'
        "   2  {{${user_id}}}\n"
        "          ${user_id} is 'u-1' (text)\n"
        "          prints u-1\n"
        '   2  prints ", "visits":\n'
        "   2  {{visits}}\n"
        "          visits is 1 (number)\n"
        "          prints 1\n"
        "   2  prints }] }\n"
        "Rendered to the end."
    )


def test_a_loop_with_commas_shows_where_the_comma_is_left_out():
    text = (
        "[{% for x in event_properties.${pair} %}{{x}}"
        "{% unless forloop.last %},{% endunless %}{% endfor %}]"
    )
    told = [(it.depth, it.text, it.outcome, it.printed) for it in Template(text).explain(CONTEXT)]
    assert told == [
        (0, "[", "", "["),
        (0, "{% for x in event_properties.${pair} %}", "2 rounds", ""),
        (1, "", "round 1 of 2", ""),
        (2, "{{x}}", "", "x"),
        (2, "{% unless forloop.last %}", "not true: goes in", ""),
        (3, ",", "", ","),
        (1, "", "round 2 of 2", ""),
        (2, "{{x}}", "", "y"),
        (2, "{% unless forloop.last %}", "true: goes past", ""),
        (0, "]", "", "]"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{${user_id}}}", ["${user_id} is 'u-1' (text)"]),
        ("{{custom_attribute.${visits}}}", ["custom_attribute.${visits} is 4 (number)"]),
        ("{{custom_attribute.${nope}}}", ["custom_attribute.${nope} is nothing"]),
        ("{{custom_attribute.${vip}}}", ["custom_attribute.${vip} is true (boolean)"]),
        (
            "{{custom_attribute.${tags}}}",
            ['custom_attribute.${tags} is ["a", "b"] (list of 2)'],
        ),
        (
            "{{custom_attribute.${cart}[0].id}}",
            ["custom_attribute.${cart}[0].id is 1 (number)"],
        ),
        ("{{custom_attribute.${cart[1].id}}}", ["custom_attribute.${cart[1].id} is 2 (number)"]),
        ("{{address.city}}{{x}}", ["address.city is 'Ulm' (text)"]),
        ("{{address}}", ['address is {"city": "Ulm"} (object)']),
        ("{{address['zip code']}}", ["address['zip code'] is nothing"]),
        (
            "{{custom_attribute.${tags}[count]}}",
            ["count is 2 (number)", "custom_attribute.${tags}[count] is nothing"],
        ),
        ("{{${name}}}", ['${name} is "O\'Neil" (text)']),
        ("{{price}}", ["price is 1.5 (number)"]),
        ("{{ 'now' | date: '%F' }}", ["| date: '%F' gives '2026-03-15' (text)"]),
        ("{{ true }}{{ nil }}", []),
    ],
)
def test_values_are_told_with_their_kind(text, expected):
    assert happened(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{{ 'a,b' | split: ',' | join: ' ' | upcase }}",
            [
                '| split: \',\' gives ["a", "b"] (list of 2)',
                "| join: ' ' gives 'a b' (text)",
                "| upcase gives 'A B' (text)",
            ],
        ),
        (
            "{{ 1 | plus: count }}",
            ["count is 2 (number)", "| plus: count gives 3 (number)"],
        ),
        (
            "{{ 1 | plus: {{count | times: 2}} }}",
            [
                "count is 2 (number)",
                "| times: 2 gives 4 (number)",
                "| plus: count | times: 2 gives 5 (number)",
            ],
        ),
        (
            "{{ false | default: 'x', allow_false: true }}",
            ["| default: 'x', allow_false: true gives false (boolean)"],
        ),
        ("{{ 'a' | nonsense }}", ["| nonsense is no filter of Braze's: nothing changes"]),
    ],
)
def test_each_filter_is_told_with_its_result(text, expected):
    assert happened(text) == expected


@pytest.mark.parametrize(
    ("condition", "expected", "outcome"),
    [
        ("count == 2", ["count is 2 (number)", "count == 2: 2 == 2 is true"], "true: goes in"),
        (
            "custom_attribute.${tags} contains 'c'",
            [
                'custom_attribute.${tags} is ["a", "b"] (list of 2)',
                "custom_attribute.${tags} contains 'c': [\"a\", \"b\"] contains 'c' is false",
            ],
            "false: goes past",
        ),
        ("${nope}", ["${nope} is nothing"], "false: goes past"),
        (
            "${nope} == blank",
            ["${nope} is nothing", "${nope} == blank: nil == blank is true"],
            "true: goes in",
        ),
        ("1 < 2", ["1 < 2 is true"], "true: goes in"),
        (
            "count > 5 and ${nope}",
            ["count is 2 (number)", "count > 5: 2 > 5 is false"],
            "false: goes past",
        ),
        (
            "count > 5 or count >= 2",
            [
                "count is 2 (number)",
                "count > 5: 2 > 5 is false",
                "count is 2 (number)",
                "count >= 2: 2 >= 2 is true",
            ],
            "true: goes in",
        ),
    ],
)
def test_a_condition_is_told_with_the_values_compared(condition, expected, outcome):
    step = steps(f"{{% if {condition} %}}x{{% endif %}}")[0]
    assert [str(each) for each in step.happened] == expected
    assert step.outcome == outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{% if count == 1 %}a{% elsif count == 2 %}b{% else %}c{% endif %}",
            [
                ("{% if count == 1 %}", "false: goes past"),
                ("{% elsif count == 2 %}", "true: goes in"),
            ],
        ),
        (
            "{% if count == 1 %}a{% elsif count == 3 %}b{% else %}c{% endif %}",
            [
                ("{% if count == 1 %}", "false: goes past"),
                ("{% elsif count == 3 %}", "false: goes past"),
                ("{% else %}", "goes in"),
            ],
        ),
        (
            "{% unless count == 1 %}a{% endunless %}",
            [("{% unless count == 1 %}", "not true: goes in")],
        ),
        (
            "{% case count %}{% when 1, 2 %}a{% else %}b{% endcase %}",
            [("{% case count %}", ""), ("{% when 1, 2 %}", "goes in")],
        ),
        (
            "{% case count %}{% when 1 %}a{% else %}b{% endcase %}",
            [("{% case count %}", ""), ("{% else %}", "goes in")],
        ),
        (
            "{% case count %}{% when 1 %}a{% endcase %}",
            [("{% case count %}", "no `when` fits")],
        ),
        (
            "{% for x in nope %}a{% else %}b{% endfor %}",
            [("{% for x in nope %}", "nothing to go through"), ("{% else %}", "goes in")],
        ),
        (
            "{% if count == 2 %}{% if count == 1 %}a{% else %}b{% endif %}{% else %}c{% endif %}",
            [
                ("{% if count == 2 %}", "true: goes in"),
                ("{% if count == 1 %}", "false: goes past"),
                ("{% else %}", "goes in"),
            ],
        ),
        (
            "{% liquid\nif count == 1\necho 'a'\nelse\nassign b = 1\nendif %}",
            [
                ("if count == 1", "false: goes past"),
                ("else", "goes in"),
                ("assign b = 1", "b is 1 (number)"),
            ],
        ),
    ],
)
def test_the_branch_taken_is_told(text, expected):
    assert [(step.text, step.outcome) for step in steps(text)] == expected


def test_a_choice_is_compared_with_what_the_case_is_about():
    assert happened("{% case count %}{% when 1, 2 %}a{% when '2' %}b{% endcase %}") == [
        "count is 2 (number)",
        "count == 1: 2 == 1 is false",
        "count == 2: 2 == 2 is true",
        "count == '2': 2 == '2' is false",
    ]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("{% assign a = 'x' %}", "a is 'x' (text)"),
        ("{% assign count = count %}", "count is 2 (number)"),
        ("{% capture a %}{{count}}!{% endcapture %}", "a is '2!' (text)"),
        ("{% increment a %}", ""),
        (
            "{% connected_content https://x.example/{{count}} :save answer %}",
            "GET https://x.example/2: no answer given; answer is nothing",
        ),
        ("{% catalog_items games 7 %}", "items is [] (list of 0)"),
        ("{% abort_message('enough') %}", "aborts"),
        ("{% for x in event_properties.${items} %}{% break %}{% endfor %}", "1 round of 7"),
    ],
)
def test_what_comes_of_a_tag_is_told(text, outcome):
    assert steps(text)[0].outcome == outcome


def test_an_answered_call_is_told_with_its_status():
    text = "{% connected_content https://x.example %}{{connected.a}}"
    context = Context(connected_content={"https://x.example": {"body": '{"a": 1}'}})
    assert steps(text, context)[0].outcome == (
        "GET https://x.example: answered 200; "
        'connected is {"a": 1, "__http_status_code__": 200} (object)'
    )


def test_a_long_loop_is_told_by_its_first_rounds_and_the_last():
    text = "{% for x in event_properties.${items} %}{{x.name}}{% endfor %}"
    told = [(step.outcome or step.text, step.printed) for step in Template(text).explain(CONTEXT)]
    assert told == [
        ("7 rounds", ""),
        ("round 1 of 7", ""),
        ("{{x.name}}", "a"),
        ("round 2 of 7", ""),
        ("{{x.name}}", "b"),
        ("round 3 of 7", ""),
        ("{{x.name}}", "c"),
        ("3 more rounds", "def"),
        ("round 7 of 7", ""),
        ("{{x.name}}", "g"),
    ]


def test_an_abort_in_a_round_that_would_be_left_out_is_told():
    text = "{% for x in (1..100) %}{% if x == 50 %}{% abort_message('no') %}{% endif %}{% endfor %}"
    explanation = Template(text).explain()
    assert explanation.aborted == "no"
    assert explanation[-1].outcome == "aborts"
    assert explanation[-3].outcome == "round 50 of 100"
    assert [str(it) for it in explanation[-3].reads] == ["x is 50 (number)"]


def test_loops_in_loops_keep_their_own_rounds():
    text = "{% for x in (1..8) %}{% for y in (1..8) %}{{x}}{{y}} {% endfor %}{% endfor %}"
    explanation = Template(text).explain()
    assert [step.outcome for step in explanation if step.kind == "rounds"] == ["4 more rounds"] * 5
    assert "".join(step.printed for step in explanation) == Template(text).render()
    assert len(explanation) < 100


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("a", "Rendered to the end."),
        ("a{% abort_message('too many') %}b", "Braze would not send this message: too many"),
        (
            "a{% abort_message %}b",
            "Braze would not send this message: {% abort_message %} called",
        ),
    ],
)
def test_the_ending_is_told(text, ending):
    explanation = Template(text).explain()
    assert explanation.text == "a"
    assert explanation.ending == ending
    assert str(explanation).endswith(ending)


def test_an_error_ends_the_steps_where_it_happened():
    explanation = Template("{{ 1 }}{% if 'a' < 5 %}b{% endif %}c").explain()
    assert explanation.text == "1"
    assert explanation.error.startswith("Liquid error: comparison of String with 5 failed")
    assert explanation.ending.startswith("The render stops here: Liquid error: comparison")
    assert [(step.text, step.outcome) for step in explanation] == [
        ("{{ 1 }}", ""),
        ("{% if 'a' < 5 %}", "fails"),
    ]


def test_a_text_that_does_not_parse_is_not_explained():
    with pytest.raises(TemplateError):
        Template("{{content_blocks.${b}}}").explain(Context(content_blocks={"b": "{% if %}"}))


def test_steps_in_content_blocks_name_the_block_and_its_lines():
    context = Context(
        content_blocks={"hi": "Hi\n{{count}}", "list": "{{count}},2"}, variables={"count": 1}
    )
    text = "one\n{{content_blocks.${hi}}}{% assign a = content_blocks.${list} | split: ',' %}"
    told = [(it.block, it.line, it.column, it.text) for it in steps(text, context)]
    assert told == [
        ("hi", 2, 1, "{{count}}"),
        (None, 2, 25, "{% assign a = content_blocks.${list} | split: ',' %}"),
        ("list", 1, 1, "{{count}}"),
    ]


def test_places_are_those_of_the_author_s_text():
    text = "one\n  {{ ${user_id} }}\n{%- if count == 2 -%}\n\t{{count}}{% endif %}"
    assert [(it.line, it.column, it.text) for it in steps(text)] == [
        (2, 3, "{{ ${user_id} }}"),
        (3, 1, "{%- if count == 2 -%}"),
        (4, 2, "{{count}}"),
    ]


def test_a_step_hands_out_its_reads_filters_and_tests():
    (step,) = steps("{% if count > 1 and {{count | plus: 1}} == 3 %}{% endif %}")
    assert [(it.name, it.value, it.kind) for it in step.reads] == [("count", 2, "number")] * 2
    assert [(it.filter, it.result, it.known) for it in step.filters] == [("plus: 1", 3, True)]
    assert [(it.text, it.values, it.holds) for it in step.tests] == [
        ("count > 1", "2 > 1", True),
        ("count | plus: 1 == 3", "3 == 3", True),
    ]


def test_explaining_changes_nothing_about_the_template():
    template = Template(COUNTER)
    before = template.render(CONTEXT)
    assert template.explain(CONTEXT).text == before
    assert template.render(CONTEXT) == before
    assert template.explain(CONTEXT) == template.explain(CONTEXT)
