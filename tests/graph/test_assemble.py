"""What readings say together, and that every edge quotes its article."""

import networkx as nx
import pytest

from onrecord.graph.assemble import assemble
from onrecord.graph.errors import ReadingError
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading

ONE = Article(id="one", text="Ann Lee, governor of the Bank, left.", outlet="The Paper")
TWO = Article(id="two", text="Governor Ann Lee and Deputy Governor Tom Kay left.")
NOTHING = dict.fromkeys(("statements", "relations"), ())


def person(key: str, name: str) -> dict[str, str]:
    return {"id": key, "kind": "Person", "name": name}


def mention(article: Article, entity: str, words: str) -> dict[str, object]:
    start = article.text.index(words)
    return {"start": start, "end": start + len(words), "entity": entity, "form": "name"}


def post(article: Article, who: str, title: str, body: str | None, words: str) -> dict[str, object]:
    start = article.text.index(words)
    return {"person": who, "title": title, "body": body, "start": start, "end": start + len(words)}


@pytest.fixture
def graph() -> "nx.MultiDiGraph[str]":
    one = Reading.build(
        ONE,
        passages=[],
        entities=[person("e1", "Ann Lee"), {"id": "e2", "kind": "Body", "name": "Bank"}],
        mentions=[mention(ONE, "e1", "Ann Lee"), mention(ONE, "e2", "Bank")],
        posts=[
            {**post(ONE, "e1", "governor", "e2", "Ann Lee, governor of the Bank"), "since": "2019"}
        ],
        **NOTHING,
    )
    two = Reading.build(
        TWO,
        passages=[],
        entities=[person("e1", "Ann Lee"), person("e2", "Tom Kay")],
        mentions=[mention(TWO, "e1", "Ann Lee"), mention(TWO, "e2", "Tom Kay")],
        posts=[
            post(TWO, "e1", "Governor", None, "Governor Ann Lee"),
            post(TWO, "e2", "Deputy Governor", None, "Deputy Governor Tom Kay"),
        ],
        **NOTHING,
    )
    pairs = [(TWO, two), (ONE, one)]
    return assemble(pairs, Identities([one, two]), load_ontology())


def test_a_post_named_without_its_body_is_the_one_the_corpus_knows(
    graph: "nx.MultiDiGraph[str]",
) -> None:
    held = {(s, t) for s, t, d in graph.edges(data=True) if d["type"] == "HOLDS"}
    assert held == {
        ("person:ann-lee", "post:governor@body:bank"),
        ("person:tom-kay", "post:deputy-governor@body:bank"),
    }
    inferred = [d.get("inferred", False) for _, _, d in graph.edges(data=True) if d["type"] == "AT"]
    assert sorted(inferred) == [False, True, True]


def test_an_edge_has_the_times_that_the_words_tell(graph: "nx.MultiDiGraph[str]") -> None:
    held = {d["article"]: d for s, _, d in graph.edges(data=True) if d["type"] == "HOLDS"}
    assert held["one"]["since"] == "2019"
    assert not {"since", "until", "at"} & set(held["two"])


def test_every_edge_but_publication_quotes_its_article(graph: "nx.MultiDiGraph[str]") -> None:
    texts = {a.id: a.text for a in (ONE, TWO)}
    for _, _, edge in graph.edges(data=True):
        if edge["type"] != "PUBLISHED_BY":
            assert texts[edge["article"]][edge["start"] : edge["end"]] == edge["quote"]


def test_a_reading_of_another_text_is_refused() -> None:
    other = Article(id="one", text="x")
    reading = Reading.build(
        ONE,
        passages=[],
        entities=[person("e1", "Ann Lee")],
        mentions=[mention(ONE, "e1", "Ann Lee")],
        posts=[],
        **NOTHING,
    )
    with pytest.raises(ReadingError):
        assemble([(other, reading)], Identities([reading]), load_ontology())
