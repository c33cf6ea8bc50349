"""JupyterLab in headless Chromium: one `b2bkit lab` and one browser, a page and a kernel per test.

Run it with `make browser`. These tests have a pytest of their own: Playwright's synchronous
interface keeps an event loop running in the main thread, where the unit tests start theirs.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from chromium import ADVICE, FLAGS, find_chromium
from lab_server import STEADY, Lab, Settings, serve_lab
from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = find_chromium()  # here, because it may ask Playwright before Playwright's loop runs
FAILED = "[data-mime-type='application/vnd.jupyter.stderr']"  # of errors too
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
    """One JupyterLab for all tests, on a copy of the notebooks and data that `b2bkit lab` made."""
    with serve_lab(tmp_path_factory.mktemp("lab")) as running:
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


class NotebookRunner:
    """Opens notebooks, each as a copy of its own, so that no test meets another's kernel."""

    def __init__(self, lab: Lab, page: Page, test: str) -> None:
        self.lab, self.page, self.test = lab, page, test
        self.file: Path | None = None
        """The copy that was opened last."""

    def __call__(self, name: str, *settings: Settings) -> Locator:
        """Open a notebook, run all its cells without an error, and give its place on the page.

        Settings are a person's, such as `DARK` or `SAVE_WIDGET_STATE` of `scripts/lab_server.py`.
        """
        notebook = self.open(name, *settings)
        self.run_all(notebook)
        return notebook

    def open(self, name: str, *settings: Settings) -> Locator:
        """Open a copy of a notebook and wait for its kernel."""
        self.lab.settle(STEADY, *settings)
        original = self.lab.work / "notebooks" / name
        self.file = original.with_name(f"{self.test}-{name}")
        shutil.copy(original, self.file)
        self.page.goto(self.lab.url(f"doc/tree/notebooks/{self.file.name}"))
        # The kernel's own indicator says idle before the session exists; this text does not.
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
        return self.page.locator(".jp-NotebookPanel")

    def run_all(self, notebook: Locator) -> None:
        """Run all cells from the menu, until the last has run or one has failed."""
        self.choose("Run", "Run All Cells")
        cells = notebook.locator(".jp-CodeCell")
        number = f"[{cells.count()}]:"
        ran = cells.last.locator(".jp-InputArea-prompt", has_text=number)
        failed = notebook.locator(FAILED)
        ran.or_(failed).first.wait_for()
        assert not failed.count(), failed.first.inner_text()

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of JupyterLab's menus."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        # The item's accessible name holds its shortcut as well.
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def save(self) -> str:
        """Save the notebook from the menu and give what is in the file then."""
        before = self.file.stat().st_mtime_ns
        with self.page.expect_response(
            lambda answer: answer.request.method == "PUT" and self.file.name in answer.url
        ):
            self.choose("File", "Save Notebook")
        assert self.file.stat().st_mtime_ns > before
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def run_notebook(lab: Lab, quiet_page: Page, request: pytest.FixtureRequest) -> NotebookRunner:
    """`run_notebook("00_start_here.ipynb")` opens it, runs it, and gives its place on the page."""
    return NotebookRunner(lab, quiet_page, request.node.originalname)
