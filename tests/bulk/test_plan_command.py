"""`b2bkit bulk plan`: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bulk_files import table
from click.testing import CliRunner, Result

from b2bkit.bulk import plan
from b2bkit.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["bulk", "plan", *map(str, arguments)])


def test_json_is_the_plans_own(tmp_path: Path):
    path = table(tmp_path, "external_id,visits", "a,1", "b,x", "c,3", "d")
    result = run(path, "--json")
    assert json.loads(result.stdout) == plan(path).to_dict()
    assert result.exit_code == 1


def test_json_without_refused_rows_is_whole_too(tmp_path: Path):
    result = run(table(tmp_path, "external_id,visits", "a,1"), "--json")
    assert json.loads(result.stdout)["refused"] == []
    assert list(json.loads(result.stdout)) == [
        "rows", "valid", "refused", "requests", "bytes", "minutes", "columns",
    ]  # fmt: skip
    assert result.exit_code == 0


def test_notices_stand_beside_the_json(tmp_path: Path):
    path = tmp_path / "latin.csv"
    path.write_bytes("external_id,city\na,Köln\n".encode("latin-1"))
    result = run(path, "--json")
    assert "not UTF-8" in result.stderr
    assert json.loads(result.stdout)["valid"] == 1


def test_people_see_a_table(tmp_path: Path):
    result = run(table(tmp_path, "external_id,visits", "a,1", "b,x", "c,3"))
    assert (
        "2 of 3 rows go to POST /users/track, 1 are refused. Nothing is sent yet." in result.stdout
    )
    assert "row 2, visits: the column is of type integer, the cell holds text" in result.stdout


def test_every_option_reaches_the_plan(tmp_path: Path):
    path = table(tmp_path, "no,Visits,note,tag,zip,x", "7,3,n,gold,01234,-")
    result = run(
        path, "--json", "--id", "no:external_id", "--rename", "Visits=visits", "--drop", "note",
        "--type", "zip=integer", "--op", "tag=add", "--null", "-", "--create", "--duplicates",
        "keep", "--batch", "50", "--only-changed", tmp_path / "store",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    made = plan(
        path, id="no:external_id", rename={"Visits": "visits"}, drop=["note"],
        types={"zip": "integer"}, ops={"tag": "add"}, null="-", create=True, duplicates="keep",
        batch=50,
    )  # fmt: skip
    assert json.loads(result.stdout) == made.to_dict()
    assert [it.type for it in made.columns] == ["text", "integer", "text", "integer", "text"]


def test_a_use_case_and_a_webhook_file(tmp_path: Path):
    path = table(tmp_path, "external_id", "a", "b")
    result = run(path, "--json", "--use-case", "counter", "--name", "your_attribute_count=n")
    assert json.loads(result.stdout)["bytes"] == len(
        b'{"attributes":[{"external_id":"a","n":{"inc":1}},{"external_id":"b","n":{"inc":1}}]}'
    )
    hook = tmp_path / "hook.toml"
    hook.write_text('[webhook]\nurl = "https://rest.iad-06.braze.com/x"\nmethod = "GET"\n')
    assert json.loads(run(path, "--json", "--webhook", hook).stdout)["requests"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.csv"], "none.csv is not a file"),
        (["{file}", "--id", "nobody"], "id: the file has no column nobody"),
        (["{file}", "--type", "x"], "is not of the form COL=TYPE"),
        (["{file}", "--type", "x=number"], "'number' is not one of text, integer"),
        (["{file}", "--op", "x=plus"], "'plus' is not one of inc, add, remove"),
        (["{file}", "--batch", "0"], "batch is a number from 1 to 1,000"),
        (["{file}", "--duplicates", "drop"], "'drop' is not one of"),
        (["{file}", "--use-case", "nothing"], "nothing"),
        (["{file}", "--use-case", "counter", "--webhook", "{file}"], "not both"),
        (["{twice}"], "'x' more than once"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(
    tmp_path: Path, arguments: list[str], words: str
):
    file = table(tmp_path, "external_id,x", "a,1")
    twice = table(tmp_path, "x,x", "a,1", name="twice.csv")
    result = run(*(it.format(file=file, twice=twice) for it in arguments))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_no_cell_is_shown(tmp_path: Path):
    path = table(tmp_path, "external_id,n,d", "MARKED1,1,MARKED2", "MARKED3,MARKED4,2026-01-01")
    for arguments in ([], ["--json"]):
        assert "MARKED" not in run(path, *arguments).output
