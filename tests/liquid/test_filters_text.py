"""The filters that change, cut, split and replace text."""

import pytest
from applying import apply, findings, run
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.run import LimitReached, Limits


@pytest.mark.parametrize(
    ("name", "value", "arguments", "result"),
    [
        ("append", "care", ("less",), "careless"),
        ("append", 7, (8,), "78"),
        ("append", None, ("x",), "x"),
        ("append", "x", (None,), "x"),
        ("append", ["a"], ("!",), '["a"]!'),
        ("prepend", "less", ("care",), "careless"),
        ("prepend", 1.0, (True,), "true1.0"),
        ("upcase", "straße né", (), "STRASSE NÉ"),
        ("upcase", True, (), "TRUE"),
        ("downcase", "ÀB", (), "àb"),
        ("capitalize", "élan VITAL", (), "Élan vital"),
        ("capitalize", None, (), ""),
        ("strip", "\t a b\r\n", (), "a b"),
        ("strip", "\u00a0a\u00a0", (), "\u00a0a\u00a0"),
        ("strip_newlines", "a\r\nb\nc\rd", (), "abc\rd"),
        ("newline_to_br", "a\r\nb\n", (), "a<br />\nb<br />\n"),
    ],
)
def test_text_is_changed(name, value, arguments, result):
    assert apply(name, value, *arguments) == result


@pytest.mark.parametrize(
    ("value", "arguments", "result"),
    [
        ("abcdefghij", (7,), "abcd..."),
        ("abcdefghij", (10,), "abcdefghij"),
        ("abcdefghij", (9, ""), "abcdefghi"),
        ("abcdefghij", ("8", "--"), "abcdef--"),
        ("abcdefghij", (1,), "..."),
        ("abcdefghij", (-1,), "..."),
        ("abcdefghij", (5, None), "abcde"),
        ("a" * 50, (), "a" * 50),
        ("a" * 51, (), "a" * 47 + "..."),
        (1234567, (5,), "12..."),
        (None, (5,), None),
        ("né色😀x", (4, ""), "né色😀"),
    ],
)
def test_truncate_counts_the_ending_in(value, arguments, result):
    assert apply("truncate", value, *arguments) == result


@pytest.mark.parametrize(
    ("value", "arguments", "result"),
    [
        ("one two three", (2,), "one two..."),
        ("one two three", (3,), "one two three"),
        ("one  two\tthree four", (3,), "one two three..."),
        ("one  two ", (3,), "one  two "),
        ("one two ", (2,), "one two..."),
        ("one two three", (0,), "one..."),
        ("one two three", (1, ""), "one"),
        ("one two three", (2, None), "one two"),
        (" ".join("abcdefghijklmnop"), (), "a b c d e f g h i j k l m n o..."),
        (None, (2,), None),
        ("", (2,), ""),
    ],
)
def test_truncatewords_leaves_short_text_as_it_is(value, arguments, result):
    assert apply("truncatewords", value, *arguments) == result


@pytest.mark.parametrize(
    ("value", "arguments", "result"),
    [
        ("abcdef", (0,), "a"),
        ("abcdef", (2, 3), "cde"),
        ("abcdef", (4, 9), "ef"),
        ("abcdef", (6,), ""),
        ("abcdef", (7,), ""),
        ("abcdef", (-3, 2), "de"),
        ("abcdef", (-2, 9), "ef"),
        ("abcdef", (-7, 2), ""),
        ("abcdef", (1, -1), ""),
        ("abcdef", (1, None), "b"),
        ("abcdef", ("1", "2"), "bc"),
        (12345, (1, 2), "23"),
        (None, (0,), ""),
        (["a", "b", "c"], (1, 2), ["b", "c"]),
        (["a", "b", "c"], (-1,), ["c"]),
        (["a", "b", "c"], (5,), []),
        ({"a": 1}, (0, 4), '{"a"'),
    ],
)
def test_slice_takes_characters_or_items(value, arguments, result):
    assert apply("slice", value, *arguments) == result


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("slice", "abc", ("x",)),
        ("slice", "abc", (None,)),
        ("slice", "abc", (1.0,)),
        ("slice", "abc", (0, "many")),
        ("truncate", "abc", ("x",)),
        ("truncate", "abc", (None,)),
        ("truncatewords", "abc", ("x",)),
    ],
)
def test_a_length_that_is_no_whole_number_is_a_fault(name, value, arguments):
    with pytest.raises(Fault, match="invalid integer"):
        apply(name, value, *arguments)


@pytest.mark.parametrize(
    ("value", "separator", "result"),
    [
        ("a-b-c", "-", ["a", "b", "c"]),
        ("-a--b--", "-", ["", "a", "", "b"]),
        ("---", "-", []),
        ("abc", "-", ["abc"]),
        ("", "-", []),
        ("  a  b\tc\n", " ", ["a", "b", "c"]),
        ("a\u00a0b c", " ", ["a\u00a0b", "c"]),
        ("né😀", "", ["n", "é", "😀"]),
        ("ab", None, ["a", "b"]),
        ("a.b", ".", ["a", "b"]),
        ("a, b,c", ", ", ["a", "b,c"]),
        (1213, 1, ["", "2", "3"]),
        (None, ",", []),
    ],
)
def test_split_drops_blank_pieces_at_the_end(value, separator, result):
    assert apply("split", value, separator) == result


@pytest.mark.parametrize(
    ("name", "value", "arguments", "result"),
    [
        ("replace", "a-b-c", ("-", "+"), "a+b+c"),
        ("replace", "a-b-c", ("-",), "abc"),
        ("replace", "a-b-c", ("-", None), "abc"),
        ("replace", "abc", ("", "."), ".a.b.c."),
        ("replace", "abc", (None, "."), ".a.b.c."),
        ("replace", 1010, (0, 2), "1212"),
        ("replace", None, ("a", "b"), ""),
        ("replace", "a.c", (".", "?"), "a?c"),
        ("replace_first", "a-b-c", ("-", "+"), "a+b-c"),
        ("replace_first", "abc", ("x", "+"), "abc"),
        ("replace_first", "abc", ("", "+"), "+abc"),
        ("replace_last", "a-b-c", ("-", "+"), "a-b+c"),
        ("replace_last", "-abc", ("-", "+"), "+abc"),
        ("replace_last", "abc", ("x", "+"), "abc"),
        ("replace_last", "abc", ("", "+"), "abc+"),
        ("replace_last", "a-b", ("-", r"\\"), r"a\\b"),
        ("remove", "a-b-c", ("-",), "abc"),
        ("remove", "abc", ("",), "abc"),
        ("remove", "abc", (None,), "abc"),
        ("remove_first", "a-b-c", ("-",), "ab-c"),
        ("remove_last", "a-b-c", ("-",), "a-bc"),
        ("remove_last", "-abc", ("-",), "abc"),
        ("remove_last", "abc", ("",), "abc"),
    ],
)
def test_text_is_replaced_and_removed(name, value, arguments, result):
    assert apply(name, value, *arguments) == result


@pytest.mark.parametrize(
    ("new", "result"),
    [
        (r"\"", r"a\"b-c"),
        (r"\n", r"a\nb-c"),
        (r"\\", r"a\b-c"),
        (r"\\\\", r"a\\b-c"),
        (r"[\0]", "a[-]b-c"),
        (r"[\&]", "a[-]b-c"),
        (r"[\1]", "a[]b-c"),
        (r"[\`]", "a[a]b-c"),
        (r"[\']", "a[b-c]b-c"),
    ],
)
def test_a_backslash_in_the_replacement_is_a_command_as_in_ruby(new, result):
    assert apply("replace_first", "a-b-c", "-", new) == result


@pytest.mark.parametrize(
    ("new", "ids"), [(r"\\", ["replace-backslash"]), (r"\"", []), (r"\n", []), ("x", [])]
)
def test_only_a_backslash_that_does_something_leaves_a_finding(new, ids):
    assert findings("replace", r"a\b", "\\", new) == ids


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("append", ("y" * 60,)),
        ("prepend", ("y" * 60,)),
        ("replace", ("", "y")),
        ("replace", ("x", "yyy")),
        ("replace", ("x", r"[\0]")),
        ("replace", ("x", r"\'")),
        ("replace_first", ("x", "y" * 60)),
        ("replace_last", ("x", "y" * 60)),
        ("truncatewords", (1, "y" * 60)),
    ],
)
def test_what_multiplies_text_is_measured_before_it_is_made(name, arguments):
    with pytest.raises(LimitReached, match=r"filter_result_chars \(100\)"):
        apply(name, "x" * 50, *arguments, in_run=run(Limits(filter_result_chars=100)))


@given(st.text(), st.text(min_size=1))
def test_what_was_split_joins_to_the_same_text_but_for_the_end(text, separator):
    if separator != " ":
        joined = apply("join", apply("split", text, separator), separator)
        assert text.startswith(joined)
        assert text[len(joined) :].replace(separator, "") == ""


@given(st.text(), st.integers(0, 80), st.text(max_size=5))
def test_truncated_text_is_no_longer_than_asked_or_its_ending(text, length, ending):
    assert len(apply("truncate", text, length, ending)) <= max(length, len(ending))
