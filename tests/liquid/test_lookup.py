"""Paths into values; only JSON-like data can be reached."""

import pytest

from b2bkit.liquid import Context, Template

VALUES = {
    "list": ["a", "b", "c"],
    "table": {"a b": 1, "size": "own", "k": {"deep": [{"x": "y"}]}},
    "other": {"one": 1, "two": 2},
    "text": "four",
    "key": "k",
    "which": "text",
    "number": 5,
    "i": 1,
}


@pytest.mark.parametrize(
    ("path", "rendered"),
    [
        ("list[0]", "a"),
        ("list[-1]", "c"),
        ("list[3]", ""),
        ("list[i]", "b"),
        ("list['0']", ""),
        ("list.first", "a"),
        ("list.last", "c"),
        ("list.size", "3"),
        ("list.nosuch", ""),
        ("table['a b']", "1"),
        ('table["a b"]', "1"),
        ("table.size", "own"),
        ("table[key].deep[0].x", "y"),
        ("other.size", "2"),
        ("other.first[0]", "one"),
        ("other.last", ""),
        ("other[0]", ""),
        ("text.size", "4"),
        ("text.first", ""),
        ("text[0]", ""),
        ("number.size", "8"),
        ("number.real", ""),
        ("text.upper", ""),
        ("list.append", ""),
        ("table.__class__", ""),
        ("table.k.nosuch.at.all", ""),
        ("[which]", "four"),
        ("['text']", "four"),
        ("nosuch.a[0].b", ""),
        ("now", ""),
        ("today", ""),
    ],
)
def test_a_path_gives_what_is_there_or_nothing(path, rendered):
    assert Template(f"{{{{ {path} }}}}").render(Context(variables=VALUES)) == rendered
