"""A template that would go on for ever, or grow for ever, ends with an error naming the limit."""

# A row of a table stays one line.
# ruff: noqa: E501

import time
from contextlib import suppress

import pytest

from b2bkit.liquid import Context, Limits, Template, TemplateError
from b2bkit.liquid.limits import LimitReached
from b2bkit.liquid.run import Run

HASTY = Limits(seconds=0.05, loop_iterations=10_000_000)
GROW = "{% assign a = 'xxxxxxxxxx' %}"

BOMBS = [
    ("loop_iterations", "{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}"),
    ("loop_iterations", "{% for i in (1..1000000000000) %}{% endfor %}"),
    ("loop_iterations", "{{ (1..1000000000000) | join: '' }}"),
    ("loop_iterations", "{% tablerow i in (1..100001) %}{% endtablerow %}"),
    ("loop_iterations", "{% for i in (1..2) %}" * 20 + "{% endfor %}" * 20),
    ("filter_result_chars", GROW + "{% assign a = a | append: a %}" * 60),
    ("filter_result_chars", GROW + "{% assign a = a | replace: 'x', a %}" * 9),
    ("filter_result_chars", "{% assign a = '\\' %}{{ a" + " | json_escape" * 60 + " }}"),
    ("filter_result_chars", "{% assign a = 'a,b' | split: ',' %}" + "{% assign a = a | concat: a %}" * 60),
    ("output_chars", GROW + "{% assign a = a | append: a %}" * 16 + "{{ a }}" * 1000),
    ("output_chars", "{% for i in (1..90000) %}" + "0123456789" * 20 + "{% endfor %}"),
    ("output_chars", "{% for i in (1..99) %}{% capture a %}{{a}}{{a}}0123456789{% endcapture %}{% endfor %}"),
    ("namespace", GROW + "{% assign a = a | append: a %}" * 16 + "".join(f"{{% assign b{i} = a %}}" for i in range(99))),
    ("number_digits", "{% assign a = 99 %}{% for i in (1..99) %}{% assign a = a | times: a %}{% endfor %}"),
    ("nesting", "{% if a %}" * 101 + "{% endif %}" * 101),
    ("nesting", "{% if " + "a and " * 5000 + "a %}{% endif %}"),
    ("nesting", "{{ " + "a[" * 5000 + "0" + "]" * 5000 + " }}"),
    ("source_chars", "x" * 500_001),
]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "bomb"), BOMBS, ids=[f"{limit}-{n}" for n, (limit, _) in enumerate(BOMBS)]
)
def test_a_bomb_names_its_limit(limit, bomb):
    # On a machine that is busy, the time may be up before.
    patient = Limits(seconds=60)
    with pytest.raises(TemplateError, match=rf"{limit} \("):
        Template(bomb, limits=patient).render()
    with pytest.raises(TemplateError, match=rf"{limit} \("):
        Template(bomb, limits=patient).preview()


@pytest.mark.parametrize("place", ["${{a[{}]}}", "a[{}]", "a | plus: {}"])
def test_a_number_of_thousands_of_digits_breaks_nothing(place):
    with suppress(TemplateError):
        template = Template("{{ " + place.format("9" * 5_000) + " }}")
        template.preview(Context())
        assert template.render(Context()) == ""


def test_an_explanation_of_a_bomb_ends_with_the_limit():
    bomb = Template("{% for i in (1..9) %}" * 9 + "{% endfor %}" * 9, limits=HASTY)
    assert "seconds (0.05)" in (bomb.explain(Context()).error or "")


def test_the_time_is_up_only_after_the_given_seconds():
    seconds = iter([10.0, 11.0, 11.1])
    run = Run(Limits(seconds=1), ticks=lambda: next(seconds))
    run.check_time()
    with pytest.raises(LimitReached, match="seconds"):
        run.check_time()


@pytest.mark.parametrize("body", ["{{ i }}", "{% assign a = i %}", ""])
def test_a_template_ends_when_its_time_is_up(body):
    with pytest.raises(TemplateError, match=r"seconds \(0.05\)"):
        Template(f"{{% for i in (1..9999999) %}}{body}{{% endfor %}}", limits=HASTY).render()


def test_reading_a_text_ends_when_its_time_is_up():
    with pytest.raises(TemplateError, match=r"seconds \(0\)"):
        Template("{% if a %}b{% endif %}" * 50, limits=Limits(seconds=0))


def test_content_blocks_count_as_part_of_the_text():
    blocks = {"a": "x" * 1000}
    with pytest.raises(TemplateError, match="source_chars"):
        Template("{{content_blocks.${a}}}" * 501, content_blocks=blocks)


def test_content_blocks_that_leave_nothing_are_counted_too():
    blocks = {"a": "{{content_blocks.${a}}}" * 200}
    with pytest.raises(TemplateError, match="content_blocks"):
        Template("{{content_blocks.${a}}}" * 100, content_blocks=blocks)


def test_a_long_run_of_blanks_costs_no_more_than_other_text():
    blanks = " " * 200_000
    assert (
        Template(f"{{{{{blanks}}}}}{{% if a %}}{{% else{blanks}%}}b{{% endif %}}").render() == "b"
    )


def test_limits_that_are_not_reached_do_not_matter():
    text = "{% for i in (1..10000) %}{{ i }}{% endfor %}"
    assert len(Template(text, limits=Limits(seconds=60)).render(Context())) == 38_894


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{{% assign v{n} = ${{a{n}}} %}}" for n in range(5000))
        + "{% if a %}{% endif %}" * 5000,
        "".join(
            f"{{% if b %}}{{% assign x = ${{a{n}}} %}}{{% endif %}}{{{{ x }}}}" for n in range(3000)
        ),
    ],
    ids=["many names in many branches", "one name with many sources"],
)
def test_listing_fields_takes_time_in_step_with_the_text(text):
    template = Template(text, limits=Limits(seconds=60))
    before = time.process_time()
    assert len(template.fields) in (3000, 5000)
    assert time.process_time() - before < 2
