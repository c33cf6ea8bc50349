"""Jupyter logs what a handler raises and goes on; here that fails the test."""

import pytest


@pytest.fixture(autouse=True)
def no_swallowed_errors(caplog):
    yield
    assert not [record for record in caplog.get_records("call") if record.exc_info], caplog.text
