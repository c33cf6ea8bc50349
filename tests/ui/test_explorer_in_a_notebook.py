"""The Explorer through nbclient with its defaults, which store the state of every widget."""

import nbclient
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

KEY = "0f1e2d3c-made-up-live-like-key"

SEND = """
import os
from b2bkit import Explorer

explorer = Explorer("counter")
step = explorer.send_step
step.instance.value = "custom"
step.url.value = os.environ["PARROT"]
step.key_field.value = os.environ["PLANTED"]
step.use_button.click()
step.tick.value = True
step.send_button.click()
explorer
"""
WAIT = """
import asyncio
await asyncio.wait([step.task])
explorer.response
"""
TYPE = """
from b2bkit import Explorer
explorer = Explorer("counter")
explorer.fill_step.fields[0].input.value = "typed-by-a-person"
explorer
"""


def run(*cells, **environment):
    """Execute cells in a kernel, as `nbclient` does unless told otherwise."""
    notebook = new_notebook(cells=[new_code_cell(cell.strip()) for cell in cells])
    client = nbclient.NotebookClient(notebook, timeout=60)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        client.execute()
    return notebook


def test_the_key_is_nowhere_in_the_notebook(parrot_server):
    notebook = run(SEND, WAIT, PARROT=parrot_server.url, PLANTED=KEY)
    written = nbformat.writes(notebook)
    assert parrot_server.heard == [f"Bearer {KEY}"]
    assert "Refused (400)" in written
    assert KEY not in written


def test_what_is_shown_without_a_kernel_is_a_constant():
    notebook = run(TYPE)
    output = notebook.cells[0].outputs[0]
    assert output.data["text/plain"] == "b2bkit Explorer: run this cell to use it."
    assert "typed-by-a-person" not in str(notebook.cells[0].outputs)
