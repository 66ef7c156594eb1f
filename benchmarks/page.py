"""How long a page takes to be written, to be first seen, and to move its focus.

    python benchmarks/page.py 100 1000 20000

For each number of nodes, with three relations a node: seconds to write the page, its size, seconds
until the picture is first drawn (the best of three openings), and milliseconds until a new focus
is drawn (the median of twenty). "cpu" is what of that the page's own thread was at work (of an
opening, until all of the file was read), which a machine that does other work disturbs less; the
load average is printed with it.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import networkx as nx
from playwright.sync_api import Browser, sync_playwright

from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.queries.view import write

WORDS = "ash birch cedar elm fir hazel larch maple oak pine rowan spruce willow yew".split()
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
REFOCUS = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const taken = [];
  for (const focus of [...onrecord.canvas.chosen].slice(0, 20)) {
    await frame();
    const start = performance.now();
    onrecord.go({ focus, line: null });
    await frame();
    taken.push(performance.now() - start);
  }
  return taken;
}"""


def made_up(size: int) -> "tuple[nx.MultiDiGraph[str], dict[str, Article]]":
    """Few nodes with many edges and many with few, in an article for every forty nodes."""
    draw, ontology = random.Random(size), load_ontology()
    articles = {}
    for number in range(size // 40 + 1):
        lines = (" ".join(draw.choices(WORDS, k=40)) for _ in range(30))
        published = date(2025, 1, 1) + timedelta(days=draw.randrange(300))
        facts = {"outlet": f"Outlet {number % 9}", "published": published}
        articles[f"a{number}"] = Article(id=f"a{number}", text="\n".join(lines), **facts)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for article in articles.values():
        graph.add_node(f"article:{article.id}", labels=["Article"], published=article.published)
    names = [f"body:{number}" for number in range(size)]
    for name in names:
        label = " ".join(draw.choices(WORDS, k=2)).title()
        graph.add_node(name, labels=list(ontology.labels("Body")), name=label)
    kinds = [name for name, kind in ontology.relations.items() if "Actor" in kind.target]
    for number in range(3 * size):
        source, target = (names[int(size * draw.random() ** power)] for power in (3, 1.5))
        article = draw.choice(list(articles.values()))
        line = draw.choice(article.text.split("\n"))
        start = article.text.index(line)
        words = {"start": start, "end": start + len(line) // 2, "quote": line[: len(line) // 2]}
        made = {"type": draw.choice(kinds), "article": article.id, "date": article.published}
        graph.add_edge(source, target, key=f"{number:08}", **made, **words)
    return graph, articles


class Seen(NamedTuple):
    """One opening: seconds until the first view, milliseconds of a new focus, and both of CPU."""

    first: float
    first_cpu: float
    focus: list[float]
    focus_cpu: float


def seen(browser: Browser, file: Path) -> Seen:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))

    before = worked()
    page.goto(file.as_uri())
    opened = worked()
    first = page.evaluate("performance.getEntriesByName('drawn')[0].startTime") / 1000
    taken = page.evaluate(REFOCUS)
    result = Seen(first, opened - before, taken, 1000 * (worked() - opened) / len(taken))
    page.close()
    return result


def main(sizes: list[int]) -> None:
    chromium = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium")
    print("nodes  written s  size MB  first view s (cpu)  new focus ms (cpu)  load")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        for size in sizes:
            graph, articles = made_up(size)
            file = Path(folder) / f"{size}.html"
            start = time.perf_counter()
            write(file, graph, articles)
            written = time.perf_counter() - start
            views = [seen(browser, file) for _ in range(3)]
            first, first_cpu = min(v.first for v in views), min(v.first_cpu for v in views)
            focus = median(value for view in views for value in view.focus)
            focus_cpu = min(view.focus_cpu for view in views)
            print(
                f"{size:5}  {written:9.1f}  {file.stat().st_size / 1e6:7.1f}"
                f"  {first:10.2f} ({first_cpu:.2f})   {focus:11.0f} ({focus_cpu:.0f})"
                f"     {os.getloadavg()[0]:5.1f}"
            )
        browser.close()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1_000, 20_000])
