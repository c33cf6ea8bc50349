"""Take the pictures in docs/images: JupyterLab on a copy of the notebooks, in headless Chromium.

    .venv/bin/python scripts/screenshot.py              every picture
    .venv/bin/python scripts/screenshot.py explorer-dark

Each picture is a row of SHOTS; what is done on the page before it is taken is a function here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chromium import ADVICE, FLAGS, find_chromium
from lab_server import DARK, Lab, Settings, serve_lab
from notebook_page import NotebookRunner
from playwright.sync_api import Browser, Locator, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WAIT = 60_000


@dataclass(frozen=True)
class Shot:
    """One picture: which notebook, what is done in it, and what part of the page is taken.

    The window is high enough for the part to be whole.
    """

    name: str
    notebook: str
    prepare: Callable[[Locator], Locator]
    settings: Settings = field(default_factory=dict)
    width: int = 1280
    height: int = 2000


def count_twice(notebook: Locator) -> Locator:
    """Count something for a user, send it twice, and show the Explorer with what came back."""
    explorer = notebook.locator(".b2b-explorer")
    explorer.get_by_label("Use case").select_option("Count with a custom attribute (counter)")
    explorer.get_by_label("Counter").fill("promo_views")
    explorer.get_by_label("custom_attribute.${promo_views}", exact=True).fill("5")
    for row in (1, 2):
        explorer.get_by_role("button", name="Send", exact=True).click()
        explorer.locator(".b2b-results tbody tr").nth(row - 1).wait_for()
    return explorer


SHOTS = [
    Shot("explorer-light", "00_start_here.ipynb", count_twice),
    Shot("explorer-dark", "00_start_here.ipynb", count_twice, DARK),
]


def take(shot: Shot, lab: Lab, browser: Browser) -> Path:
    """Open the notebook, run it, prepare the page, and write the picture."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, device_scale_factor=2
    )
    page.set_default_timeout(WAIT)
    notebook = NotebookRunner(lab, page, shot.name)(shot.notebook, shot.settings)
    path = IMAGES / f"{shot.name}.png"
    shot.prepare(notebook).screenshot(path=path, animations="disabled")
    page.close()
    return path


def main(names: Sequence[str]) -> int:
    """Take the named shots, or all; print where they are."""
    if (chromium := find_chromium()) is None:
        print(ADVICE, file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with (
        tempfile.TemporaryDirectory() as home,
        serve_lab(Path(home)) as lab,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=list(FLAGS)) as browser,
    ):
        for shot in wanted:
            print(take(shot, lab, browser).relative_to(IMAGES.parents[1]))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    # The empty list is there because Python 3.11 checks it as well.
    parser.add_argument("names", nargs="*", choices=[[], *(shot.name for shot in SHOTS)])
    sys.exit(main(parser.parse_args().names))
