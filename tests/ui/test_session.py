"""What the front ends of one kernel share."""

import os
from types import SimpleNamespace

import psutil
import pytest

from b2bkit.ui import session as session_module
from b2bkit.ui.session import Cell, Session, running_cell, was_restarted


class Model:
    pass


def test_there_is_one_sandbox_and_it_starts_when_asked_for(session):
    assert "sandbox" not in vars(session)
    assert session.sandbox is session.sandbox
    assert session.sandbox.url.startswith("http://127.0.0.1:")


def test_closing_ends_the_sandbox():
    session = Session()
    session.close()
    sandbox = session.sandbox
    session.close()
    assert "not running" in repr(sandbox)


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (Cell("a", "1"), Cell("a", "2"), True),
        (Cell("a", "1"), Cell("a", "1"), False),
        (Cell("a", "1"), Cell("b", "2"), False),
        (None, None, False),
    ],
    ids=["run again", "twice in one run", "another cell", "no cell"],
)
def test_a_cell_that_is_run_again_keeps_its_model(session, first, second, is_same):
    made = [session.keep(cell, Model, "explorer") for cell in (first, second)]
    assert (made[0] is made[1]) == is_same


def test_two_in_a_cell_are_found_again_in_their_order(session):
    first = [session.keep(Cell("a", "1"), Model, "explorer") for _ in range(2)]
    again = [session.keep(Cell("a", "2"), Model, "explorer") for _ in range(2)]
    assert first == again


def test_a_cell_that_asks_for_something_else_starts_anew(session):
    counter = session.keep(Cell("a", "1"), Model, "explorer", "counter")
    assert session.keep(Cell("a", "2"), Model, "explorer", "canvas") is not counter


def test_outside_a_notebook_there_is_no_cell():
    assert running_cell() is None
    assert not was_restarted()


def test_the_running_cell_is_the_one_jupyter_names(monkeypatch):
    parent = {"metadata": {"cellId": "a"}, "header": {"msg_id": "7"}}
    monkeypatch.setattr(
        session_module, "_shell", lambda: SimpleNamespace(get_parent=lambda: parent)
    )
    assert running_cell() == Cell("a", "7")


@pytest.mark.parametrize(
    ("older_by", "restarted"), [(0.1, False), (60, True)], ids=["first start", "restart"]
)
def test_a_kernel_younger_than_its_connection_file_was_restarted(
    monkeypatch, tmp_path, older_by, restarted
):
    file = tmp_path / "kernel.json"
    file.write_text("{}")
    written = psutil.Process().create_time() - older_by
    os.utime(file, (written, written))
    kernel = SimpleNamespace(parent=SimpleNamespace(abs_connection_file=str(file)))
    monkeypatch.setattr(session_module, "_shell", lambda: SimpleNamespace(kernel=kernel))
    assert was_restarted() is restarted


def test_a_restarted_kernel_says_so_in_words():
    assert "was restarted, so the sandbox is new" in Session(restarted=True).news
    assert "restarted" not in Session().news
