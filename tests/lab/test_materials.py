"""Laying down the notebooks: what came from us is kept up to date, what is theirs stays theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from b2bkit.errors import B2bkitError
from b2bkit.lab.materials import MANIFEST, Laid, lay_down, source

NOTEBOOK, CSV = "notebooks/00_start_here.ipynb", "data/users.csv"


def write(folder: Path, **files: str) -> Path:
    for name, text in {NOTEBOOK: files.get("notebook"), CSV: files.get("csv")}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return folder


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    return write(tmp_path / "origin", notebook="first notebook", csv="first data")


@pytest.fixture
def folder(tmp_path: Path, origin: Path) -> Path:
    lay_down(tmp_path / "theirs", origin=origin)
    return tmp_path / "theirs"


def test_the_first_time_everything_is_added(tmp_path: Path, origin: Path):
    laid = lay_down(tmp_path / "deep" / "down", origin=origin)
    assert laid == Laid(added=(CSV, NOTEBOOK))
    assert (tmp_path / "deep" / "down" / NOTEBOOK).read_text() == "first notebook"


def test_a_second_time_changes_nothing_and_says_nothing(folder: Path, origin: Path):
    laid = lay_down(folder, origin=origin)
    assert laid == Laid()
    assert str(laid) == ""


@pytest.mark.parametrize(
    ("theirs", "ours", "stands_there", "said"),
    [
        pytest.param(
            "first data", "second data", "second data", "updated", id="unchanged: updated"
        ),
        pytest.param("mine", "second data", "mine", "kept", id="changed, and ours is newer: kept"),
        pytest.param(
            "mine", "first data", "mine", None, id="changed, ours is the same: kept quietly"
        ),
        pytest.param(
            "second data", "second data", "second data", None, id="changed to what is new"
        ),
        pytest.param(None, "first data", "first data", "added", id="deleted: comes back"),
    ],
)
def test_what_happens_to_a_file(
    folder: Path, origin: Path, theirs: str | None, ours: str, stands_there: str, said: str | None
):
    if theirs is None:
        (folder / CSV).unlink()
    else:
        write(folder, csv=theirs)
    laid = lay_down(folder, origin=write(origin, csv=ours))
    assert (folder / CSV).read_text() == stands_there
    assert {group for group in ("added", "updated", "kept") if getattr(laid, group)} == (
        {said} if said else set()
    )


def test_an_updated_file_can_be_updated_again(folder: Path, origin: Path):
    lay_down(folder, origin=write(origin, csv="second data"))
    assert lay_down(folder, origin=write(origin, csv="third data")) == Laid(updated=(CSV,))


def test_a_kept_file_is_named_every_time_until_it_is_renamed(folder: Path, origin: Path):
    write(folder, notebook="mine")
    write(origin, notebook="second notebook")
    for _ in range(2):
        laid = lay_down(folder, origin=origin)
        assert str(laid) == (
            f"Left as you changed them: {NOTEBOOK}."
            " To get b2bkit's own version of one, rename yours and run this again."
        )
    (folder / NOTEBOOK).rename(folder / "notebooks" / "mine.ipynb")
    assert lay_down(folder, origin=origin) == Laid(added=(NOTEBOOK,))


def test_a_file_that_was_there_before_is_never_replaced(tmp_path: Path, origin: Path):
    folder = write(tmp_path / "theirs", csv="their own users")
    assert lay_down(folder, origin=origin) == Laid(added=(NOTEBOOK,), kept=(CSV,))
    assert (folder / CSV).read_text() == "their own users"


@pytest.mark.parametrize("broken", ["", "not json", "[1, 2]"])
def test_a_broken_list_replaces_nothing(folder: Path, origin: Path, broken: str):
    (folder / MANIFEST).write_text(broken)
    lay_down(folder, origin=write(origin, csv="second data"))
    assert (folder / CSV).read_text() == "first data"


def test_what_an_editor_left_behind_is_not_copied(tmp_path: Path, origin: Path):
    checkpoints = origin / "notebooks" / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "00_start_here-checkpoint.ipynb").write_text("{}")
    assert lay_down(tmp_path / "theirs", origin=origin).added == (CSV, NOTEBOOK)


def test_nothing_is_copied_onto_itself(origin: Path):
    assert lay_down(origin / "notebooks" / "..", origin=origin) == Laid()
    assert not (origin / MANIFEST).exists()


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path, origin: Path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(B2bkitError, match=r"cannot be written to .*taken: .* Name another folder"):
        lay_down(tmp_path / "taken", origin=origin)


def test_the_package_is_no_place_for_notebooks(monkeypatch):
    """`b2bkit lab` in a checkout would otherwise fill the folder of that name."""
    monkeypatch.chdir(source())
    with pytest.raises(B2bkitError, match="b2bkit is the package itself"):
        lay_down(Path("b2bkit"))


def test_the_checkout_has_its_own_notebooks_and_data():
    assert (source() / NOTEBOOK).is_file()
    assert (source() / "data").is_dir()


def test_what_was_done_is_said_in_words():
    done = Laid(added=("a", "b"), updated=("c",))
    assert str(done) == "Added 2 files.\nUpdated 1 file that you had not changed."
