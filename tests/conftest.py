"""For all tests: a made-up world of three articles about a harbour, and a Neo4j server."""

import os
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import settings
from neo4j import Driver, GraphDatabase
from neo4j_server import Server, missing
from xdist.scheduler import LoadScopeScheduling

from onrecord.graph.assemble import Graph, assemble
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading

settings.register_profile("onrecord", deadline=None)  # a busy machine is no failure
settings.load_profile("onrecord")


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """A file's tests share a process, and all that need Neo4j do: so one server is enough."""

    def _split_scope(self, nodeid: str) -> str:
        return "neo4j" if "neo4j" in nodeid else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """What `pytest -n` asks for, from pytest-xdist."""
    return _Together(config, log)


ARTICLES = {
    "gazette": Article(
        id="gazette",
        outlet="Harbour Gazette",
        published=date(2025, 3, 1),
        heading="Dockers turn on port chief",
        url="https://gazette.example/dockers",
        text=(
            "The Harbour Union accused Ann Lee of neglect on Monday.\n"
            "Ann Lee, director of the Port Authority, launched the night shift plan last week.\n"
            "“The night shift plan is reckless,” said Tom Okoro, secretary of the Harbour Union.\n"
            "One crane driver said the quay was unsafe.\n"
        ),
    ),
    "times": Article(
        id="times",
        outlet="Coast Times",
        published=date(2025, 3, 3),
        heading="Port chief under fire",
        text=(
            "The Harbour Union has accused Ann Lee of neglect.\n"
            "Ann Lee and José Álvarez, her former deputy, signed the staff letter.\n"
            "The Port Authority asked the Ministry of Ports to change the safety rules.\n"
            "José Álvarez praised the night shift plan.\n"
            "Tom Okoro said the Ministry of Ports backed the night shift plan.\n"
        ),
    ),
    "leaflet": Article(
        id="leaflet",
        text=(
            "Ann Lee did not criticise the Harbour Union.\n"
            "The Harbour Union may sue the Port Authority over the night shift plan.\n"
        ),
    ),
}

ENTITIES = {
    "union": ("Body", "Harbour Union"),
    "lee": ("Person", "Ann Lee"),
    "port": ("Body", "Port Authority"),
    "plan": ("Issue", "night shift plan"),
    "okoro": ("Person", "Tom Okoro"),
    "driver": ("Person", "One crane driver"),
    "alvarez": ("Person", "José Álvarez"),
    "letter": ("Document", "staff letter"),
    "ministry": ("Body", "Ministry of Ports"),
    "rules": ("Issue", "safety rules"),
}
ALIASES = {"lee": ("the port chief",), "union": ("the dockers",)}

POSTS = [
    ("gazette", "lee", "director", "port", "director of the Port Authority", False),
    ("gazette", "okoro", "secretary", "union", "secretary of the Harbour Union", False),
    ("times", "alvarez", "deputy", None, "her former deputy", True),
]
STATEMENTS = [
    ("gazette", "okoro", "Tom Okoro", "said", "The night shift plan is reckless", ("plan",)),
    ("gazette", "driver", "One crane driver", "said", "the quay was unsafe", ()),
    (
        "times", "okoro", "Tom Okoro", "said",
        "the Ministry of Ports backed the night shift plan", ("ministry", "plan"),
    ),
]  # fmt: skip
RELATIONS: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
    ("gazette", "ACCUSES", "union", "lee", "The Harbour Union accused Ann Lee of neglect", {}),
    ("gazette", "MEMBER_OF", "okoro", "union", "secretary of the Harbour Union", {}),
    ("gazette", "LAUNCHES", "lee", "plan", "launched the night shift plan", {}),
    ("gazette", "CRITICISES", "okoro", "plan", "The night shift plan is reckless", {}),
    ("times", "ACCUSES", "union", "lee", "The Harbour Union has accused Ann Lee of neglect", {}),
    ("times", "CO_SIGNS", "lee", "letter", "Ann Lee and José Álvarez", {}),
    ("times", "CO_SIGNS", "alvarez", "letter", "signed the staff letter", {}),
    (
        "times", "REQUESTS_CHANGE", "port", "ministry",
        "asked the Ministry of Ports to change the safety rules", {"about": "rules"},
    ),
    ("times", "PRAISES", "alvarez", "plan", "José Álvarez praised the night shift plan", {}),
    (
        "times", "SUPPORTS", "ministry", "plan",
        "the Ministry of Ports backed the night shift plan",
        {"voice": "okoro", "modality": "reported"},
    ),
    (
        "leaflet", "CRITICISES", "lee", "union", "Ann Lee did not criticise the Harbour Union",
        {"negated": True},
    ),
    (
        "leaflet", "SUES", "union", "port", "The Harbour Union may sue the Port Authority",
        {"about": "plan", "modality": "conditional"},
    ),
]  # fmt: skip


def _at(article: str, words: str) -> tuple[int, int]:
    start = ARTICLES[article].text.index(words)
    return start, start + len(words)


def _span(article: str, words: str) -> dict[str, int]:
    return dict(zip(("start", "end"), _at(article, words), strict=True))


def _reading(article: str) -> Reading:
    text = ARTICLES[article].text
    here = [key for key, (_, name) in ENTITIES.items() if name in text]
    return Reading.build(
        ARTICLES[article],
        passages=[],
        entities=[
            {
                "id": key,
                "kind": ENTITIES[key][0],
                "name": ENTITIES[key][1],
                "aliases": ALIASES.get(key, ()),
                "named": key != "driver",
            }
            for key in here
        ],
        mentions=[
            {**_span(article, ENTITIES[key][1]), "entity": key, "form": "name"} for key in here
        ],
        posts=[
            {"person": who, "title": title, "body": at, "former": former, **_span(place, words)}
            for place, who, title, at, words, former in POSTS
            if place == article
        ],
        statements=[
            {
                "id": content,
                "source": {**_span(article, source), "entity": who},
                "cue": _span(article, cue),
                "content": (_at(article, content),),
                "kind": "direct" if f"“{content}" in text else "indirect",
                "about": about,
            }
            for place, who, source, cue, content, about in STATEMENTS
            if place == article
        ],
        relations=[
            {
                "id": words,
                "type": kind,
                "source": source,
                "target": target,
                **dict.fromkeys(("source_span", "target_span", "cue_span"), _at(article, words)),
                "evidence": _at(article, words),
                "confidence": 0.9,
                **more,
            }
            for place, kind, source, target, words, more in RELATIONS
            if place == article
        ],
    )


@pytest.fixture(scope="session")
def harbour() -> "Graph[str]":
    """The graph of the three articles, with every kind of node and family of edge in it."""
    readings = [_reading(article) for article in ARTICLES]
    pairs = [(ARTICLES[reading.article.id], reading) for reading in readings]
    return assemble(pairs, Identities(readings), load_ontology())


@pytest.fixture(scope="session")
def harbour_articles() -> dict[str, Article]:
    """The three articles by id."""
    return ARTICLES


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the tests' own, which they may kill and start again."""
    if lack := missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No Neo4j: {lack}.")
    server = Server(tmp_path_factory.mktemp("neo4j"), brief=True)
    server.start()
    yield server
    server.kill()  # its data is of no use to anybody


@pytest.fixture(scope="session")
def neo4j_address(request: pytest.FixtureRequest) -> str:
    """A server's address with user and password: that in NEO4J_URI, or else our own."""
    uri = os.environ.get("NEO4J_URI")
    if not uri:
        server: Server = request.getfixturevalue("neo4j_server")
        return server.address
    user, password = (quote(os.environ[f"NEO4J_{x}"], safe="") for x in ("USERNAME", "PASSWORD"))
    return uri.replace("://", f"://{user}:{password}@")


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_address: str) -> Iterator[Driver]:
    """A bare driver, to look behind the store's back."""
    address = urlsplit(neo4j_address)
    uri = f"{address.scheme}://{address.netloc.rpartition('@')[2]}"
    auth = (unquote(address.username or ""), unquote(address.password or ""))
    with GraphDatabase.driver(uri, auth=auth) as driver:
        if driver.execute_query("MATCH (n) RETURN n LIMIT 1").records:
            pytest.exit("The database at NEO4J_URI holds data, which the tests would delete.", 4)
        yield driver


@pytest.fixture
def empty_neo4j(neo4j_address: str, neo4j_driver: Driver) -> str:
    """The address of a Neo4j store with nothing in it."""
    neo4j_driver.execute_query("MATCH (n) DETACH DELETE n")
    return neo4j_address
