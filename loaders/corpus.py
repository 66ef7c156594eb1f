"""Many articles: read in order, on any executor, into a workspace that remembers what is done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial

from onrecord.graph.errors import InputError, OnrecordError
from onrecord.graph.model import Article
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace
from onrecord.loaders.reader import VERSION, read

WINDOW = 64
"""How many articles may wait for their turn; bounds memory on a large corpus."""


def read_all(
    articles: Iterable[Article],
    *,
    executor: Executor | None = None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> Iterator[tuple[Article, Reading]]:
    """Read articles in their order, here or on an executor: a process pool, or Dask's on a cluster.

    An article that cannot be read goes to ``on_error`` and the rest is read; without it the error
    is raised.

    Raises:
        InputError: an article cannot be read.
    """
    for article, result in _results(articles, executor):
        try:
            yield article, result()
        except OnrecordError as error:
            named = InputError(f"The article {article.id!r} is left out: {error}")
            if on_error is None:
                raise named from error
            on_error(named)


def read_corpus(
    articles: Iterable[Article],
    workspace: Workspace,
    *,
    executor: Executor | None = None,
    progress: Callable[[Article, Reading | None], None] | None = None,
    on_error: Callable[[OnrecordError], None] | None = None,
) -> None:
    """Read into the workspace those articles that have no current reading there.

    Each reading is kept as soon as it is made, so a run that was cut off goes on where it ended.
    ``progress`` hears of each article: with its reading, or with None where that was there already.

    Raises:
        InputError: an article cannot be read and there is no ``on_error``.
        WorkspaceError: the workspace cannot be written.
    """
    tell = progress or (lambda _article, _reading: None)

    def due() -> Iterator[Article]:
        for article in articles:
            if workspace.is_read(article, VERSION):
                tell(article, None)
            else:
                yield article

    for article, reading in read_all(due(), executor=executor, on_error=on_error):
        workspace.put(article, reading, VERSION)
        tell(article, reading)


def _results(
    articles: Iterable[Article], executor: Executor | None
) -> Iterator[tuple[Article, Callable[[], Reading]]]:
    """Each article with a call that gives its reading, at most WINDOW of them under way."""
    if executor is None:
        yield from ((article, partial(read, article)) for article in articles)
        return
    waiting: deque[tuple[Article, Future[Reading]]] = deque()
    try:
        for article in articles:
            waiting.append((article, executor.submit(read, article)))
            if len(waiting) >= WINDOW:
                first, future = waiting.popleft()
                yield first, future.result
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result
    finally:
        for _, future in waiting:
            future.cancel()
