"""Many articles: read in order, on any executor, into a workspace that remembers what is done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from onrecord.graph.confidence import KEPT
from onrecord.graph.errors import OnrecordError, ReadingError
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology, load_ontology
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace
from onrecord.loaders.reader import VERSION, read

WINDOW = 64
"""How many articles may wait for their turn; bounds memory on a large corpus."""


def version(ontology: Path | None = None) -> str:
    """The reader's version: its number, and a hash of its code, its data and the ontology.

    The hash is there because numbers are forgotten: a reading by other rules is never taken for a
    current one. It covers which relations a reading keeps.
    """
    ours = f"{_ontology(ontology).model_dump_json()}{_code(Path(__file__).parent)}{KEPT}"
    return f"{VERSION}-{sha256(ours.encode()).hexdigest()[:16]}"


def read_all(
    articles: Iterable[Article],
    *,
    ontology: Path | None = None,
    executor: Executor | None = None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> Iterator[tuple[Article, Reading]]:
    """Read articles in their order, here or on an executor: a process pool, or Dask's on a cluster.

    ``ontology`` is a YAML file to be used in place of the one that ships with onrecord.
    An article that cannot be read, even by a fault of ours, goes to ``on_error`` as a ReadingError
    and the rest is read; without ``on_error`` what went wrong is raised.

    Raises:
        InputError: an article cannot be read and there is no ``on_error``.
        OntologyError: the ontology cannot be read.
        ReadingError: a process that was reading has died.
    """
    _ontology(ontology)  # a faulty one is no article's fault
    for article, result in _results(articles, partial(_read, ontology), executor):
        try:
            yield article, result()
        except BrokenExecutor as error:
            raise ReadingError(
                "A process that was reading has died, perhaps for want of memory."
                " Run it again with fewer; what was read is kept."
            ) from error
        except Exception as error:
            error.add_note(f"while reading the article {article.id!r}")
            if on_error is None:
                raise
            why, _, _ = str(error).partition("\n")
            if not isinstance(error, OnrecordError):
                why = f"a fault of ours, {type(error).__name__}: {why}"
            left_out = ReadingError(f"The article {article.id!r} is left out: {why}")
            left_out.__cause__ = error
            on_error(left_out)


def read_corpus(
    articles: Iterable[Article],
    workspace: Workspace,
    *,
    ontology: Path | None = None,
    executor: Executor | None = None,
    progress: Callable[[Article, Reading | None], None] | None = None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> None:
    """Read into the workspace those articles that have no current reading there.

    Each reading is kept as soon as it is made, so a run that was cut off goes on where it ended.
    ``progress`` hears of each article: with its reading, or with None where that was there already.

    Raises:
        InputError: an article cannot be read and there is no ``on_error``.
        OntologyError: the ontology cannot be read.
        ReadingError: a process that was reading has died.
        WorkspaceError: the workspace cannot be written.
    """
    tell = progress or (lambda _article, _reading: None)
    reader = version(ontology)

    def due() -> Iterator[Article]:
        for article in articles:
            if workspace.is_read(article, reader):
                tell(article, None)
            else:
                yield article

    for article, reading in read_all(
        due(), ontology=ontology, executor=executor, on_error=on_error
    ):
        workspace.put(article, reading, reader)
        tell(article, reading)


def _results(
    articles: Iterable[Article], read_one: Callable[[Article], Reading], executor: Executor | None
) -> Iterator[tuple[Article, Callable[[], Reading]]]:
    """Each article with a call that gives its reading, at most WINDOW of them under way."""
    if executor is None:
        yield from ((article, partial(read_one, article)) for article in articles)
        return
    waiting: deque[tuple[Article, Future[Reading]]] = deque()
    try:
        for article in articles:
            waiting.append((article, executor.submit(read_one, article)))
            if len(waiting) >= WINDOW:
                first, future = waiting.popleft()
                yield first, future.result
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result
    finally:
        for _, future in waiting:
            future.cancel()


def _read(ontology: Path | None, article: Article) -> Reading:
    return read(article, _ontology(ontology))


@cache
def _ontology(path: Path | None) -> Ontology:
    """Once in each process: an ontology is small to name and large to send."""
    return load_ontology(path)


@cache
def _code(package: Path) -> str:
    """A hash of every file of the package, of the state that was loaded: hence only once."""
    files = (file for file in package.rglob("*") if file.is_file())
    code = sorted(file for file in files if "__pycache__" not in file.parts)
    return sha256(b"".join(file.read_bytes() for file in code)).hexdigest()
