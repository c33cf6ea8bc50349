"""JupyterLab in headless Chromium: one `b2bkit lab` and one browser, a page and a kernel per test.

Run it with `make browser`. These tests have a pytest of their own: Playwright's synchronous
interface keeps an event loop running in the main thread, where the unit tests start theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import ADVICE, FLAGS, find_chromium
from lab_server import Lab, serve_lab
from notebook_page import NotebookRunner
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = find_chromium()  # here, because it may ask Playwright before Playwright's loop runs
WAIT = 60_000  # milliseconds; a busy machine with two cores takes its time, a passing test does not

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if CHROMIUM is None:
        pytest.exit(ADVICE, returncode=1)
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {"viewport": {"width": 1280, "height": 1000}}


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all tests, on a copy of the notebooks and data that `b2bkit lab` made.

    The person's own kernels come first there, if they have any, as Jupyter has it outside of
    virtual environments.
    """
    kernels_of_the_person_first = {"JUPYTER_PREFER_ENV_PATH": "0"}
    home = tmp_path_factory.mktemp("lab")
    with serve_lab(home, environment=kernels_of_the_person_first) as running:
        yield running


@pytest.fixture
def quiet_page(lab: Lab, page: Page) -> Iterator[Page]:
    """A page that asks for nothing outside its own server, or the test fails; no kernel stays."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(WAIT)
    yield page
    for session in page.request.get(lab.url("api/sessions")).json():
        page.request.delete(lab.url(f"api/sessions/{session['id']}"))
    own = (lab.address, lab.address.replace("http", "ws", 1), "data:", "blob:", "about:")
    outside = [url for url in asked if not url.startswith(own)]
    assert not outside, f"the page asked for {outside}"


@pytest.fixture
def run_notebook(lab: Lab, quiet_page: Page, request: pytest.FixtureRequest) -> NotebookRunner:
    """`run_notebook("00_start_here.ipynb")` opens it, runs it, and gives its place on the page."""
    return NotebookRunner(lab, quiet_page, request.node.originalname)
