"""What a cell holds, and what would be lost; the quick look agrees with the exact reading."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.bulk.cells import Kind, Loss, read
from b2bkit.bulk.texts import SHORT, SURE, Texts, surely_text


@pytest.mark.parametrize(
    ("text", "kind", "loss"),
    [
        ("0", Kind.INTEGER, None),
        ("-12", Kind.INTEGER, None),
        ("999999999999999", Kind.INTEGER, None),
        (" 5", Kind.INTEGER, Loss.BLANKS_AROUND),
        ("1000000000000000", Kind.TEXT, Loss.LONG_NUMBER),
        ("12345678901234567890", Kind.TEXT, Loss.LONG_NUMBER),
        ("007", Kind.TEXT, Loss.LEADING_ZEROS),
        ("-01.5", Kind.TEXT, Loss.LEADING_ZEROS),
        ("-0", Kind.TEXT, None),
        ("+49 30 1234", Kind.TEXT, Loss.PLUS_SIGN),
        ("1e5", Kind.TEXT, Loss.EXPONENT),
        ("1.5", Kind.FLOAT, None),
        ("-0.25", Kind.FLOAT, None),
        ("1.10", Kind.FLOAT, Loss.TRAILING_ZEROS),
        ("52.52000659999999", Kind.FLOAT, None),
        ("0.12345678901234567890123", Kind.FLOAT, Loss.LONG_NUMBER),
        (".5", Kind.TEXT, None),
        ("5.", Kind.TEXT, None),
        ("1,5", Kind.TEXT, Loss.DECIMAL_COMMA),
        ("1.234,50", Kind.TEXT, Loss.DECIMAL_COMMA),
        ("true", Kind.BOOLEAN, None),
        ("FALSE", Kind.BOOLEAN, None),
        ("yes", Kind.TEXT, Loss.YES_NO),
        ("N", Kind.TEXT, Loss.YES_NO),
        ("nan", Kind.TEXT, Loss.NOT_A_NUMBER),
        ("-Infinity", Kind.TEXT, Loss.NOT_A_NUMBER),
        ("NULL", Kind.TEXT, Loss.NULL_WORD),
        ("N/A", Kind.TEXT, Loss.NULL_WORD),
        ("2026-03-15", Kind.DATE, None),
        ("2026-03-15T10:00:00Z", Kind.DATE, None),
        ("2024-02-29", Kind.DATE, None),
        ("03/15/2026", Kind.DATE, None),
        ("2026-02-30", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("2026-1-5", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("15.03.2026", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("15.03.26", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("13/31/2026", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("Mar 26 2026 06:12 PM", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("26. March 2026", Kind.TEXT, Loss.UNREADABLE_DATE),
        ("1.2.34", Kind.TEXT, None),
        ("192.168.1.1", Kind.TEXT, None),
        ("[]", Kind.LIST, None),
        ('["a", 1]', Kind.LIST, None),
        ("['a', 'b']", Kind.LIST, Loss.SINGLE_QUOTES),
        ("[NaN]", Kind.TEXT, None),
        ("[a]", Kind.TEXT, None),
        ('{"a": 1}', Kind.JSON, None),
        ("{a}", Kind.TEXT, None),
        ('"5"', Kind.TEXT, None),
        (" ", Kind.TEXT, None),
        ("a\0b", Kind.TEXT, Loss.CONTROL),
        ("two\nlines", Kind.TEXT, None),
        ("12 Main Street", Kind.TEXT, None),
        ("٣", Kind.TEXT, None),
        ("[" * 100_000, Kind.TEXT, None),
    ],
)
def test_what_a_cell_holds(text: str, kind: Kind, loss: Loss | None):
    assert read(text) == (kind, loss)


WORDS = st.sampled_from(
    ["true", "no", "None", "nan", "n/a", "Mon 03 26 10:00:00.Z 2026", "March 3, 2026", "May 1 2020"]
)
SHAPES = st.one_of(
    st.text(max_size=30),
    st.text(st.sampled_from("0123456789-+.eE,/: TZ"), max_size=20),
    st.text(st.sampled_from('[]{}", 0129.truefalsnaé\\\n'), max_size=20),
    st.dates().map(str),
    st.datetimes().map(lambda it: it.isoformat()),
    st.floats().map(repr),
    st.integers().map(str),
    st.lists(st.one_of(st.integers(), st.booleans(), st.text(max_size=4))).map(
        lambda it: str(it).replace("'", '"').replace("T", "t").replace("F", "f")
    ),
    WORDS,
    WORDS.map(str.upper),
)


@settings(deadline=None)
@given(st.lists(SHAPES.map(lambda it: it.encode(errors="replace").decode()), min_size=1))
def test_a_cell_that_is_sure_is_read_the_same(cells: list[str]):
    texts = Texts(pa.array(cells, pa.string()))
    for kind, pattern in SURE.items():
        for cell, sure in zip(cells, texts.matches(pattern), strict=True):
            if sure and (kind is not Kind.LIST or len(cell.encode()) <= SHORT):
                assert read(cell) == (kind, None)
    for cell, sure in zip(cells, surely_text(texts), strict=True):
        if sure:
            assert read(cell) == (Kind.TEXT, None)
