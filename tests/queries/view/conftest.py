"""A real browser, headless, and pages opened in it from a file."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from onrecord.graph.model import Article
from onrecord.queries.view import write

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


Opened = Callable[..., Page]
Written = Callable[["nx.MultiDiGraph[Any]", dict[str, Article] | None], Path]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from ONRECORD_CHROMIUM or the path; in CI its lack is a failure."""
    found = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium")
    if not found:
        lack = "No Chromium: install it, or name it in ONRECORD_CHROMIUM."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(lack)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Writes a graph's page, once."""
    files: dict[tuple[nx.MultiDiGraph[Any], bool], Path] = {}

    def write_once(graph: "nx.MultiDiGraph[Any]", articles: dict[str, Article] | None) -> Path:
        key = (graph, articles is not None)
        if key not in files:
            files[key] = tmp_path_factory.mktemp("page") / "page.html"
            write(files[key], graph, articles, heading="The harbour")
        return files[key]

    return write_once


USUAL: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def usual(browser: Browser) -> Page:
    """The tab in which tests take turns: a new one costs as much as a test."""
    return browser.new_page(**USUAL)


@pytest.fixture
def opened(browser: Browser, usual: Page, written: Written) -> Iterator[Opened]:
    """Writes a graph's page and opens it, in a tab of its own where playwright's options are given.

    In the end no page may have asked the network for anything or met an error.
    """
    troubles: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            troubles.append(request.url)

    heard: dict[Any, Callable[[Any], None]] = {
        "pageerror": lambda error: troubles.append(str(error)),
        "console": lambda message: troubles.append(message.text),
        "dialog": lambda dialog: troubles.append(dialog.message),
        "request": asked,
    }
    used: list[Page] = []

    def open_page(
        graph: "nx.MultiDiGraph[Any]",
        articles: dict[str, Article] | None = None,
        **options: Any,
    ) -> Page:
        page = browser.new_page(**{**USUAL, **options}) if options else usual
        used.append(page)
        for event, hear in heard.items():
            page.on(event, hear)
        page.goto(written(graph, articles).as_uri())
        return page

    yield open_page
    for page in used:
        page.goto("about:blank")  # its address may end where the next test's begins
        for event, hear in heard.items():
            page.remove_listener(event, hear)
        if page is not usual:
            page.close()
    assert troubles == []
