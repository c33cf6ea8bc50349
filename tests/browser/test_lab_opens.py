"""What a person meets when `b2bkit lab` has started JupyterLab, before they do anything."""

from __future__ import annotations

import json
import sys

from lab_server import DARK, Lab
from playwright.sync_api import Page, expect


def test_the_address_leads_to_the_first_notebook(lab: Lab, quiet_page: Page):
    lab.settle()
    quiet_page.goto(lab.url(""))
    tab = quiet_page.get_by_role("tab", name="00_start_here.ipynb")
    tab.wait_for()
    expect(tab).to_have_attribute("aria-selected", "true")


def test_no_news_pop_up_covers_the_page(lab: Lab, quiet_page: Page):
    """With nothing but JupyterLab's own settings it asks whether to fetch news, on every start."""
    lab.settle()
    quiet_page.goto(lab.url(""))
    quiet_page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    quiet_page.wait_for_load_state("networkidle")
    expect(quiet_page.locator(".Toastify__toast")).to_have_count(0)


def test_kernel_is_the_python_that_runs_jupyterlab(lab: Lab, quiet_page: Page):
    """Even where the person has registered another one as `python3`."""
    theirs = lab.private / "JUPYTER_DATA_DIR" / "kernels" / "python3"
    theirs.mkdir(parents=True)
    spec = {"argv": ["other-python", "-f", "{connection_file}"], "display_name": "Mine"}
    (theirs / "kernel.json").write_text(json.dumps(spec | {"language": "python"}))
    specs = quiet_page.request.get(lab.url("api/kernelspecs")).json()
    assert specs["default"] == "python3"
    assert specs["kernelspecs"]["python3"]["spec"]["argv"][0] == sys.executable


def test_extension_manager_only_reads(lab: Lab, quiet_page: Page):
    config = quiet_page.request.get(lab.url("lab")).text()
    page_config = json.loads(
        config.split('id="jupyter-config-data" type="application/json">')[1].split("</script>")[0]
    )
    assert page_config["extensionManager"]["can_install"] is False


def test_a_persons_settings_still_apply(run_notebook, quiet_page: Page):
    run_notebook.open("00_start_here.ipynb", DARK)
    expect(quiet_page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
