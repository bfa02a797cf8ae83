"""Bytes of first and second views on a phone, as tests/browser/weight.py counts them, of a site that runs.

    python bench/page_weight.py URL PATH...                          as a visitor
    python bench/page_weight.py URL NAME@MAIL PASSWORD PATH...       signed in

Needs Chromium and the packages of requirements/test.txt.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.reader import Reader
from tests.browser.weight import first_and_second


def main(site: str, *words: str) -> None:
    """Print the table."""
    who, paths = (words[:2], words[2:]) if "@" in words[0] else ((), words)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(
            viewport={"width": 360, "height": 760}, locale="id-ID", base_url=site
        ).new_page()
        if who:
            Reader(page, site, has_script=True).sign_in(*who)
        print(
            "| page, KB | first | second | HTML | scripts | pictures | CLS |\n|---|---|---|---|---|---|---|"
        )
        for path in paths:
            print(_row(page, path), flush=True)


def _row(page: Page, path: str) -> str:
    first, second = first_and_second(page, path)
    amounts = (first.bytes, second.bytes, *map(first.of, ("Document", "Script", "Image")))
    return f"| `{path}` | {' | '.join(f'{one / 1000:.1f}' for one in amounts)} | {first.shift:.3f} |"


if __name__ == "__main__":
    main(*sys.argv[1:])
