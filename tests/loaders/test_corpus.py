"""Reading many articles: once each, in order, on any executor, and on from where it ended."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.errors import InputError, OnrecordError, OntologyError, ReadingError
from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology
from onrecord.graph.reading import Reading
from onrecord.graph.workspace import Workspace
from onrecord.loaders import corpus

ARTICLES = [Article(id=f"{n:03}", text=f"Article {n}.") for n in range(150)]


class Reader:
    """Stands in for the reader, to count its calls and to fail where it is told."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.refuses: dict[str, Exception] = {}

    def __call__(self, article: Article, _: Ontology) -> Reading:
        self.calls.append(article.id)
        if article.id in self.refuses:
            raise self.refuses[article.id]
        parts = ("passages", "entities", "mentions", "posts", "statements", "relations")
        return Reading.build(article, **dict.fromkeys(parts, ()))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()
    monkeypatch.setattr(corpus, "read", reader)
    return reader


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "workspace.sqlite", create=True) as workspace:
        yield workspace


@pytest.mark.parametrize("workers", [0, 1, 4])
def test_readings_come_in_the_order_of_the_articles(reader: Reader, workers: int) -> None:
    executor = ThreadPoolExecutor(workers) if workers else None
    pairs = list(corpus.read_all(ARTICLES, executor=executor))
    assert [article for article, _ in pairs] == ARTICLES
    assert [reading.article.id for _, reading in pairs] == [article.id for article in ARTICLES]
    assert sorted(reader.calls) == [article.id for article in ARTICLES]


def test_no_more_articles_are_taken_than_may_wait(reader: Reader) -> None:
    taken: list[Article] = []

    def endless() -> Iterator[Article]:
        for article in ARTICLES:
            taken.append(article)
            yield article

    with ThreadPoolExecutor(2) as executor:
        results = corpus.read_all(endless(), executor=executor)
        next(results)
        assert len(taken) == corpus.WINDOW < len(ARTICLES)
        results.close()  # type: ignore[attr-defined]
    assert len(reader.calls) <= corpus.WINDOW


def test_what_was_read_is_not_read_again(reader: Reader, workspace: Workspace) -> None:
    heard: list[tuple[str, bool]] = []

    def tell(article: Article, reading: Reading | None) -> None:
        heard.append((article.id, reading is not None))

    corpus.read_corpus(ARTICLES[:3], workspace, progress=tell)
    corpus.read_corpus(ARTICLES[:4], workspace, progress=tell)
    assert reader.calls == ["000", "001", "002", "003"]
    assert sorted(heard) == sorted(
        [(id_, True) for id_ in reader.calls] + [(id_, False) for id_ in reader.calls[:3]]
    )


def test_a_changed_article_is_read_again_and_no_other(reader: Reader, workspace: Workspace) -> None:
    corpus.read_corpus(ARTICLES[:3], workspace)
    changed = ARTICLES[1].model_copy(update={"text": "Corrected."})
    corpus.read_corpus([ARTICLES[0], changed, ARTICLES[2]], workspace)
    assert reader.calls == ["000", "001", "002", "001"]
    assert workspace.articles() == [ARTICLES[0], changed, ARTICLES[2]]


def test_another_ontology_makes_another_reader(
    reader: Reader, workspace: Workspace, tmp_path: Path
) -> None:
    shipped = Path(corpus.__file__).parents[1] / "graph/ontology.yaml"
    mine = tmp_path / "mine.yaml"
    mine.write_text(shipped.read_text("utf-8").replace("speaks ill of", "scolds"), "utf-8")
    corpus.read_corpus(ARTICLES[:1], workspace)
    corpus.read_corpus(ARTICLES[:1], workspace, ontology=mine)
    assert len(reader.calls) == 2
    mine.with_name("bad.yaml").write_text("kinds: 3")
    with pytest.raises(OntologyError):
        corpus.read_corpus(ARTICLES[:1], workspace, ontology=mine.with_name("bad.yaml"))


def test_an_article_that_cannot_be_read_is_named_and_the_rest_is_read(
    reader: Reader, workspace: Workspace
) -> None:
    reader.refuses = {"001": InputError("It is no use."), "002": ValueError("gone\nand more")}
    said: list[OnrecordError] = []
    corpus.read_corpus(ARTICLES[:4], workspace, on_error=said.append)
    assert [article.id for article, _ in workspace.readings()] == ["000", "003"]
    assert [str(error) for error in said] == [
        "The article '001' is left out: It is no use.",
        "The article '002' is left out: a fault of ours, ValueError: gone",
    ]
    for refused in ARTICLES[1:3]:
        with pytest.raises(type(reader.refuses[refused.id])) as raised:
            corpus.read_corpus([refused], workspace)
        assert raised.value.__notes__[-1] == f"while reading the article {refused.id!r}"


def test_a_process_that_dies_is_no_articles_fault(reader: Reader, workspace: Workspace) -> None:
    reader.refuses = {"001": BrokenProcessPool("It was killed.")}
    said: list[OnrecordError] = []
    with pytest.raises(ReadingError, match="has died"):
        corpus.read_corpus(ARTICLES[:3], workspace, on_error=said.append)
    assert not said


def test_a_run_that_was_cut_off_goes_on_where_it_ended(
    reader: Reader, workspace: Workspace
) -> None:
    def cut(article: Article, _: Any) -> None:
        if article.id == "004":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.read_corpus(ARTICLES[:9], workspace, progress=cut)
    corpus.read_corpus(ARTICLES[:9], workspace)
    assert reader.calls == [article.id for article in ARTICLES[:9]]


def test_the_version_is_the_same_each_time_and_counts_code_and_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = corpus.version()
    for name in ("same", "other"):
        shutil.copytree(Path(corpus.__file__).parent, tmp_path / name)
    (tmp_path / "other/data/more.yaml").write_text("new: data\n", "utf-8")
    versions = [first]
    for name in ("same", "other"):
        monkeypatch.setattr(corpus, "__file__", str(tmp_path / name / "corpus.py"))
        versions.append(corpus.version())
    assert versions[0] == versions[1] != versions[2]
