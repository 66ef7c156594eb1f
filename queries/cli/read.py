"""onrecord build and onrecord read: from articles to readings, store and page."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from onrecord.graph.errors import InputError
from onrecord.queries.cli.common import (
    DEFAULT,
    ArticlesArgument,
    Complaints,
    Home,
    JobsOption,
    OntologyOption,
    StoreOption,
    SureOption,
    WorkspaceOption,
    assembled,
    output,
    say,
    shown,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from onrecord.graph.assemble import Graph
    from onrecord.graph.model import Article
    from onrecord.graph.ontology import Ontology
    from onrecord.graph.reading import Reading
    from onrecord.graph.workspace import Workspace


def build(
    articles: ArticlesArgument,
    workspace: WorkspaceOption = DEFAULT,
    store: StoreOption = None,
    ontology: OntologyOption = None,
    jobs: JobsOption = 1,
    sure: SureOption = None,
) -> None:
    """Read articles, put what they say into the graph store, and write the page.

    What was read before is not read again. An article that changed replaces what it said before,
    and the articles of earlier builds stay.
    """
    from onrecord.graph.ontology import load_ontology
    from onrecord.graph.workspace import Workspace
    from onrecord.loaders.corpus import read_corpus
    from onrecord.queries.cli.summary import summary

    home = Home(workspace)
    kinds = load_ontology(ontology)
    complaints = Complaints()
    found = _articles(articles, complaints)
    with Workspace(home.workspace, create=True) as kept:
        kept.sure = sure
        known = {article.id: article for article in kept.articles()}
        known |= {article.id: article for article in found}
        with _executor(jobs) as executor, _progress(len(known)) as tell:
            read_corpus(
                known.values(),
                kept,
                ontology=ontology,
                executor=executor,
                progress=tell,
                on_error=complaints,
            )
        graph = rebuild(kept, home, store, kinds)
    print(summary(graph, kinds))
    address = shown(store or str(home.store))
    print(f"\nworkspace  {home.workspace}\nstore      {address}\npage       {home.page}")
    complaints.close()


def rebuild(kept: "Workspace", home: Home, store: str | None, ontology: "Ontology") -> "Graph[str]":
    """Make graph, store and page anew from what the workspace keeps."""
    from onrecord.graph.store import open_store
    from onrecord.queries.view import render

    graph, texts = assembled(kept, ontology, kept.sure)
    with open_store(store or str(home.store)) as opened:
        opened.load(graph)
    page = render(graph, texts, ontology=ontology)
    with output(home.page) as file:
        file.write(page)
    return graph


def read(
    articles: ArticlesArgument,
    ontology: OntologyOption = None,
    jobs: JobsOption = 1,
    sure: SureOption = None,
) -> None:
    """Read articles and print their readings, a line of JSON each (docs/reading-json.md)."""
    from onrecord.graph.confidence import SURE, surer
    from onrecord.loaders.corpus import read_all

    complaints = Complaints()
    found = _articles(articles, complaints)
    with _executor(jobs) as executor, _progress(len(found)) as tell:
        results = read_all(found, ontology=ontology, executor=executor, on_error=complaints)
        for article, reading in results:
            print(surer(reading, SURE if sure is None else sure).to_json())
            tell(article, reading)
    complaints.close()


def _articles(paths: list[str], complaints: Complaints) -> "list[Article]":
    from onrecord.loaders.articles import read_articles

    found = list(read_articles(paths, on_error=complaints))
    if not found:
        raise InputError("No article could be read: the messages above say why.")
    return found


def _executor(jobs: int) -> "AbstractContextManager[Executor | None]":
    if jobs == 1:
        return nullcontext()
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(
        jobs,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),  # Ctrl-C is for the parent to answer
    )


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[Article, Reading | None], None]]":
    """A bar on a terminal's standard error, and a word on articles in which nobody was found."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)

        def tell(article: "Article", reading: "Reading | None") -> None:
            bar.update(task, advance=1, description=article.id)
            if reading and not any(entity.kind == "Person" for entity in reading.entities):
                say(f"Note: no people were found in {article.id!r}; the rest of it is kept.")

        yield tell
