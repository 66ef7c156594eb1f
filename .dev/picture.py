"""Take the README's picture of the page: ``python .dev/picture.py docs/page.png``.

The seeds' page, in headless Chromium (ONRECORD_CHROMIUM or the one on the path), with the first
name of those at odds in focus, so that its lines and their quotes are seen.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from onrecord.queries.cli import main

SIZE: ViewportSize = {"width": 1440, "height": 900}
ROOT = Path(__file__).resolve().parent.parent


def take(page: Path, picture: Path) -> None:
    """Open the page and write what is seen."""
    found = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium")
    if not found:
        sys.exit("There is no Chromium: install it, or name it in ONRECORD_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        tab.goto(page.as_uri())
        tab.locator("#panel section", has_text="At odds").locator(".name").first.click()
        tab.wait_for_timeout(1000)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        try:
            main(["build", str(ROOT / "seeds"), "--workspace", folder])
        except SystemExit as ended:
            if ended.code:
                raise
        take(Path(folder) / "page.html", Path(sys.argv[1]))
