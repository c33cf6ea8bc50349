"""Catalog tags set `items` from the context; `message_extras` prints nothing."""

import pytest

from b2bkit.liquid import Context, Template

GAMES = {
    "10": {"title": "Tales", "price": 7.5},
    "11": {"title": "Go", "note": "For {{${first_name}}}"},
}
CONTEXT = Context(
    attributes={"first_name": "Ann"},
    custom_attribute={"game": "11"},
    catalogs={"Games": GAMES},
    catalog_selections={"Games": {"cheap": [GAMES["10"], GAMES["11"]]}},
)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("{% catalog_items Games 10 %}{{items[0].title}} {{items[0].price}}", "Tales 7.5"),
        ("{% catalog_items Games 11 10 %}{{items | map: 'title' | join: ','}}", "Go,Tales"),
        ("{% catalog_items Games {{custom_attribute.${game}}} %}{{items[0].title}}", "Go"),
        ("{% assign id = 10 %}{% catalog_items Games {{id}} 11 %}{{items.size}}", "2"),
        ("{% catalog_items Games 99 %}{{items.size}}[{{items[0].title}}]", "0[]"),
        ("{% catalog_items Games 99 10 %}{{items[0].title}}", "Tales"),
        ("{% catalog_items games 10 %}{{items.size}}", "0"),
        ("{% catalog_items Games 11 %}{{items[0].note}}", "For {{${first_name}}}"),
        ("{{${first_name}}}{% catalog_items Games 11 :rerender %}{{items[0].note}}", "AnnFor Ann"),
        ("{% catalog_selection_items Games cheap %}{{items | map: 'title' | join}}", "Tales Go"),
        ("{% catalog_selection_items Games none %}{% if items[0] == blank %}b{% endif %}", "b"),
        ("a{% message_extras :key k :value {{${first_name}}} %}b", "ab"),
    ],
)
def test_items_come_from_the_context(text, rendered):
    assert Template(text).render(CONTEXT) == rendered


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("catalog_items Games 99", "item '99' of catalog 'Games'"),
        ("catalog_items Toys 1", "item '1' of catalog 'Toys'"),
        ("catalog_selection_items Games dear", "selection 'dear' of catalog 'Games'"),
    ],
)
def test_what_is_not_there_is_noted(tag, words):
    (finding,) = Template(f"x {{% {tag} %}}").preview(CONTEXT).findings
    assert (finding.id, finding.severity, finding.column) == ("catalog-item-missing", "warning", 6)
    assert words in finding.message


def test_rerendering_leaves_the_given_items_as_they_are():
    text = "{{${first_name}}}{% catalog_items Games 11 :rerender %}{{items[0].note}}"
    Template(text).render(CONTEXT)
    assert GAMES["11"]["note"] == "For {{${first_name}}}"


def test_extras_that_are_too_large_are_noted_once_and_the_first_of_equal_keys_counts():
    text = "{% message_extras :key a :value {{v}} %}{% message_extras :key a :value {{w}} %}"
    small, large = "x" * 1023, "x" * 1024
    assert Template(text).preview(Context(variables={"v": small, "w": large})).findings == ()
    findings = Template(text).preview(Context(variables={"v": large, "w": small})).findings
    assert {f.id for f in findings} == {"message-extras-too-large"}
