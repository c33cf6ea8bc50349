"""A notebook in a browser: open a copy, run it, save it. For the browser tests and screenshots."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from lab_server import STEADY, Lab, Settings

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Shown errors carry this type, like everything on the standard error stream.
FAILED = "[data-mime-type='application/vnd.jupyter.stderr']"


class NotebookRunner:
    """Opens notebooks on one page, each as a copy of its own, so that none meets another's kernel.

    Args:
        lab: The server.
        page: Where they are opened, one after the other.
        label: Goes into the names of the copies.
    """

    def __init__(self, lab: Lab, page: Page, label: str) -> None:
        self.lab, self.page, self.label = lab, page, label
        self.opened = 0
        self.file = lab.work
        """The copy that was opened last."""

    def __call__(self, name: str, *settings: Settings) -> Locator:
        """Open a notebook, run all its cells without an error, and give its place on the page.

        Settings are a person's, such as `DARK` or `SAVE_WIDGET_STATE` of `lab_server`.
        """
        notebook = self.open(name, *settings)
        self.run_all(notebook)
        return notebook

    def open(self, name: str, *settings: Settings) -> Locator:
        """Open a copy of a notebook and wait for its kernel."""
        self.lab.settle(STEADY, *settings)
        original = self.lab.work / "notebooks" / name
        self.opened += 1
        self.file = original.with_name(f"{self.label}-{self.opened}-{name}")
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
