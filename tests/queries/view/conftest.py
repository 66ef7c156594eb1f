"""A real browser, headless, and pages opened in it from a file."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

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


@pytest.fixture
def opened(browser: Browser, written: Written) -> Iterator[Opened]:
    """Writes a graph's page and opens it, with playwright's options of a context.

    In the end no page may have asked the network for anything or met an error.
    """
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            troubles.append(request.url)

    def open_page(
        graph: "nx.MultiDiGraph[Any]",
        articles: dict[str, Article] | None = None,
        **context: Any,
    ) -> Page:
        usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
        contexts.append(browser.new_context(**{**usual, "reduced_motion": "reduce", **context}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on("request", asked)
        page.goto(written(graph, articles).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
