"""Reading CSV: every encoding, every line end, exact cells, and the rows as they stand."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.bulk.errors import FileChanged, FileProblem
from b2bkit.bulk.source import lines, open_source, raw, strict

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, content: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def cells(source) -> dict[int, tuple[str, ...]]:
    """Give the cells of every readable row, by its number."""
    return {
        int(number): row
        for block in source.blocks()
        for number, row in zip(
            block.numbers,
            zip(*(c.to_pylist() for c in block.columns.values()), strict=True),
            strict=True,
        )
    }


def unreadable(source) -> list[tuple[int, str]]:
    return [each for block in source.blocks() for each in block.unreadable]


PLAIN = "external_id,city\n007,Köln\nb,Łódź\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(PLAIN.encode(), "Köln", id="UTF-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), "Köln", id="UTF-8 with a mark"),
        pytest.param(PLAIN.encode("utf-16"), "Köln", id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), "Köln", id="UTF-16 big-endian"),
        pytest.param(PLAIN.encode("utf-16-le"), "Köln", id="UTF-16 without a mark"),
        pytest.param(PLAIN.replace("Łódź", "x").encode("latin-1"), "Köln", id="Latin-1"),
        pytest.param(gzip.compress(PLAIN.encode()), "Köln", id="gzip"),
        pytest.param(
            gzip.compress(PLAIN[:20].encode()) + gzip.compress(PLAIN[20:].encode()),
            "Köln",
            id="gzip in two members",
        ),
        pytest.param(PLAIN.replace(",", ";").encode(), "Köln", id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t").encode(), "Köln", id="tabs"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), "Köln", id="CRLF"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), "Köln", id="CR alone"),
        pytest.param(PLAIN.rstrip("\n").encode(), "Köln", id="no line end at the end"),
        pytest.param(PLAIN.replace("\n", "\n\n").encode(), "Köln", id="blank lines are no rows"),
        pytest.param(b"\n" + PLAIN.encode(), "Köln", id="blank line before the header"),
    ],
)
def test_the_same_cells_come_out(tmp_path: Path, content: bytes, expected: str):
    source = open_source(write(tmp_path, content))
    assert source.names == ("external_id", "city")
    found = cells(source)
    assert found[1] == ("007", expected)
    assert list(found) == [1, 2]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('a,"two\nlines"', ("a", "two\nlines")),
        ('a,"two\r\nlines"', ("a", "two\r\nlines")),
        ('a,"a ""quoted"" word"', ("a", 'a "quoted" word')),
        ('a,5" disk', ("a", '5" disk')),
        ('a,"b"c', ("a", "bc")),
        ('a,"",', None),
        ('a,""', ("a", "")),
        ('"a,b",c', ("a,b", "c")),
        ("a, b ", ("a", " b ")),
        ("a,x\0y", ("a", "x\0y")),
        ("12345678901234567890,1e5", ("12345678901234567890", "1e5")),
        ("a,'b,c'", None),
    ],
)
def test_a_cell_arrives_as_it_stands(tmp_path: Path, line: str, expected: tuple[str, str] | None):
    source = open_source(write(tmp_path, f"p,q\n{line}\nlast,row\n".encode()))
    found = cells(source)
    assert found.get(1) == expected
    assert found[2] == ("last", "row")


def test_rows_of_another_length_are_reported_and_the_others_go(tmp_path: Path):
    source = open_source(write(tmp_path, b"p,q\n1\n2,3\n4,5,6\n7,8\n"))
    assert cells(source) == {2: ("2", "3"), 4: ("7", "8")}
    assert unreadable(source) == [
        (1, "the row has 1 cell, the header 2"),
        (3, "the row has 3 cells, the header 2"),
    ]


def test_a_quote_that_is_never_closed_is_reported(tmp_path: Path):
    source = open_source(write(tmp_path, b'p,q\n1,2\n3,"4\n5,6\n'))
    assert cells(source) == {1: ("1", "2")}
    assert unreadable(source) == [(2, "a quote is opened and never closed")]


def test_a_header_alone_has_no_rows(tmp_path: Path):
    assert cells(open_source(write(tmp_path, b"p,q"))) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\n\r\n", "is empty", id="only line ends"),
        pytest.param(b"p,q,p\n", "'p' more than once", id="two of a name"),
        pytest.param(b"p, p \n", "'p' more than once", id="blanks make no difference"),
        pytest.param(b"p,,q,\n", "no name for column 2, 4", id="blank names"),
        pytest.param(b"\xef\xbb\xbfp\nK\xf6ln\n", "begins as UTF-8", id="mark lies"),
        pytest.param(gzip.compress(PLAIN.encode())[:-9], "cut off", id="gzip cut off"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, words: str):
    with pytest.raises(FileProblem, match=words):
        cells(open_source(write(tmp_path, content)))


def test_a_file_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(FileProblem, match="is not a file"):
        open_source(tmp_path / "none.csv")


def test_latin_1_comes_with_a_notice(tmp_path: Path):
    source = open_source(write(tmp_path, "p\nKöln €\n".encode("cp1252")))
    assert cells(source) == {1: ("Köln €",)}
    assert "not UTF-8" in source.notices[0]


def test_utf_8_comes_without_a_notice(tmp_path: Path):
    assert open_source(write(tmp_path, PLAIN.encode())).notices == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_come_back_byte_for_byte(tmp_path: Path, encoding: str, end: str):
    text = [f'id;"no te"{end}', f'1;"a{end}b"{end}', f"2;Köln{end}", f'3;5" "x"{end}', "4;end"]
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    source = open_source(write(tmp_path, mark + "".join(text).encode(encoding)))
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    assert source.header.decode(encoding).removeprefix("\ufeff") == text[0]
    assert list(source.originals([1, 3, 4])) == [
        (row, text[row].encode(plain)) for row in (1, 3, 4)
    ]
    assert source.with_cells(text[4].encode(plain), ["why", 'a "b"; c']) == (
        f'4;end;why;"a ""b""; c"{end}'.encode(plain)
    )


def test_header_and_all_rows_together_are_the_file(tmp_path: Path):
    content = b'\xef\xbb\xbfp,q\r\n1,"a\nb"\r\n2,5" x\r\n3\r\n4,end'
    source = open_source(write(tmp_path, content))
    rows = b"".join(line for _, line in source.originals(range(1, 5)))
    assert source.header + rows == content


def test_a_file_changed_after_it_was_opened_is_noticed(tmp_path: Path):
    path = write(tmp_path, PLAIN.encode())
    source = open_source(path)
    path.write_bytes(PLAIN.replace("007", "008").encode())
    with pytest.raises(FileChanged, match="Plan it again"):
        cells(source)


@pytest.mark.parametrize("content", [PLAIN.encode()[:-4], PLAIN.encode() + b"c,d\n", b""])
def test_a_file_cut_or_grown_is_noticed(tmp_path: Path, content: bytes):
    path = write(tmp_path, PLAIN.encode())
    source = open_source(path)
    path.write_bytes(content)
    with pytest.raises(FileChanged):
        cells(source)


ALPHABET = st.text(st.sampled_from('ab,;"\n\r0é '), max_size=60)


@settings(deadline=None)
@given(ALPHABET, st.integers(1, 9))
def test_pieces_of_any_size_give_the_same_rows(text: str, size: int):
    data = text.encode()
    whole = [row.cells for row in strict.rows(data, ",", last=True)]
    pieces = (data[place : place + size] for place in range(0, len(data), size))
    found: list[list[bytes]] = []
    for each in lines.blocks(pieces, ","):
        rows = each.rows or tuple(strict.rows(each.data, ",", last=True))
        assert [row.end for row in rows] == each.ends.tolist()
        found += [row.cells for row in rows]
    assert found == whole


@settings(deadline=None)
@given(ALPHABET)
def test_the_fast_way_reads_what_the_strict_way_reads(tmp_path_factory, text: str):
    path = write(tmp_path_factory.getbasetemp(), b"p,q\n" + text.encode())
    found = open_source(path)
    expected = list(strict.rows(text.encode(), ",", last=True))
    assert cells(found) == {
        number: tuple(cell.decode() for cell in row.cells)
        for number, row in enumerate(expected, 1)
        if len(row.cells) == 2 and row.closed
    }
    assert len(unreadable(found)) == sum(len(r.cells) != 2 or not r.closed for r in expected)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_pythons_csv_writes_arrives_exactly(tmp_path_factory, rows, delimiter: str):
    rows = [(f"x{one}", other) for one, other in rows]
    rows = [tuple(cell.encode(errors="replace").decode() for cell in row) for row in rows]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("p", "q"), *rows])
    path = write(tmp_path_factory.getbasetemp(), text.getvalue().encode("utf-8-sig"))
    assert list(cells(open_source(path)).values()) == rows


def test_a_row_longer_than_a_piece_is_read(tmp_path: Path):
    long = "x" * (raw.PIECE + 10)
    source = open_source(write(tmp_path, f'p,q\n1,"{long}\n"\n2,b\n'.encode()))
    assert cells(source) == {1: ("1", long + "\n"), 2: ("2", "b")}


def test_many_blocks_keep_counting(tmp_path: Path):
    rows = "".join(f"{row},{'y' * 90}\n" for row in range(1, 30_001))
    source = open_source(write(tmp_path, f"p,q\n{rows}".encode()))
    assert len(list(source.blocks())) > 2
    assert all(int(found[0]) == number for number, found in cells(source).items())
    assert [line for _, line in source.originals([29_999])] == [f"29999,{'y' * 90}\n".encode()]
