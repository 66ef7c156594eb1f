import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.queries.view import Page, render, write
from onrecord.queries.view.content import Content
from onrecord.queries.view.page import inert


def facts(page: str) -> Any:
    """What the page holds."""
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def line(page: Page, source: str, kind: str, **wanted: Any) -> Any:
    [found] = [
        row
        for row in page.edges
        if (row["from"], row["type"]) == (source, kind)
        and all(row.get(key) == value for key, value in wanted.items())
    ]
    return found


def test_the_same_graph_gives_the_same_bytes(harbour: "nx.MultiDiGraph[str]") -> None:
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(harbour.nodes(data=True))))
    for source, target, key, edge in reversed(list(harbour.edges(keys=True, data=True))):
        other.add_edge(source, target, key, **edge)
    assert render(harbour) == render(other)


def test_writing_keeps_every_letter(tmp_path: Path, harbour: "nx.MultiDiGraph[str]") -> None:
    write(tmp_path / "page.html", harbour, heading="Hafen & Möwe")
    page = (tmp_path / "page.html").read_bytes().decode("utf-8")
    assert page == render(harbour, heading="Hafen & Möwe")
    assert "<h1>Hafen &amp; Möwe</h1>" in page
    Page(harbour).write_html(str(tmp_path / "other.html"))
    assert (tmp_path / "other.html").read_bytes().decode("utf-8") == render(harbour)


def test_nothing_runs_but_what_the_policy_names(harbour: "nx.MultiDiGraph[str]") -> None:
    page = render(harbour)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in html.unescape(policy).split("; "))
    parts = {
        "script-src": re.findall(r"<script>(.*?)</script>", page, re.DOTALL),
        "style-src": re.findall(r"<style>(.*?)</style>", page, re.DOTALL),
    }
    assert rules["default-src"] == "'none'"
    assert [len(found) for found in parts.values()] == [2, 1]
    for kind, found in parts.items():
        digests = [hashlib.sha256(part.encode()).digest() for part in found]
        hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert rules[kind].split() == hashes
    head = page[: page.index("<style>")] + page[page.index("</style>") : page.index("<script")]
    assert re.findall(r'(?:src|href)="([^"]*)"', head) == ["data:,"]


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_data_is_inert_in_html_and_unchanged(data: Any) -> None:
    text = inert(data)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == data


def test_a_notebook_shows_it_in_a_sandbox(harbour: "nx.MultiDiGraph[str]") -> None:
    frame = Page(harbour)._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    [inner] = re.findall(r'srcdoc="([^"]*)"', frame)
    assert html.unescape(inner) == render(harbour)


def test_assertions_of_one_kind_are_one_line(harbour: "nx.MultiDiGraph[str]") -> None:
    page = Page(harbour)
    accuses = line(page, "n:body:harbour-union", "ACCUSES")
    assert accuses["to"] == "n:person:ann-lee"
    assert len(accuses["quotes"]) == 2
    denied = line(page, "n:person:ann-lee", "CRITICISES", negated=True)
    assert denied["to"] == "n:body:harbour-union"


def test_a_post_is_a_line_from_holder_to_body(harbour: "nx.MultiDiGraph[str]") -> None:
    page = Page(harbour)
    director = line(page, "n:person:ann-lee", "HOLDS")
    assert (director["to"], director["post"]) == ("n:body:port-authority", "director")
    deputy = line(page, "n:person:jose-alvarez", "HOLDS")
    assert "to" not in deputy
    assert deputy["quotes"][0]["former"] is True


def test_every_relation_between_actors_is_in_it(harbour: "nx.MultiDiGraph[str]") -> None:
    ontology = load_ontology()
    page = Page(harbour)
    shown = sum(len(row["quotes"]) for row in page.edges)
    kinds = {*ontology.relations, "HOLDS"}
    assert shown == sum(edge["type"] in kinds for _, _, edge in harbour.edges(data=True))
    drawn = {"Person", "Body", "Document", "Issue", "Place"}
    expected = {node for node in harbour if harbour.nodes[node]["labels"][0] in drawn}
    assert {node["id"] for node in page.nodes} == {f"n:{node}" for node in expected}


def test_what_an_actor_said_and_where_it_is_named(
    harbour: "nx.MultiDiGraph[str]", harbour_articles: dict[str, Article]
) -> None:
    content = Content(harbour, harbour_articles, load_ontology())
    texts = content.passages.texts()
    okoro = next(node for node in content.nodes if node["label"] == "Tom Okoro")
    said = [texts[row["passage"]][row["start"] : row["end"]] for row in okoro["said"]]
    assert "The night shift plan is reckless" in said
    assert okoro["said"][said.index("The night shift plan is reckless")]["about"] == [
        "n:issue:night-shift-plan"
    ]
    assert len(okoro["named"]) == 2


def test_only_what_is_used_is_in_the_legend(harbour: "nx.MultiDiGraph[str]") -> None:
    page = facts(render(harbour))
    families = [family["name"] for family in page["families"]]
    assert families == ["conflict", "cooperation", "request", "doing", "structure", "posts"]
    assert {kind["name"] for kind in page["kinds"]} == {"Person", "Body", "Document", "Issue"}
    assert {kind["family"] for kind in page["types"]} == set(families)


def test_families_and_kinds_differ_in_more_than_colour() -> None:
    ontology = load_ontology()
    dashes = [family.dash for family in ontology.families.values()]
    assert len(set(dashes)) == len(dashes)
    drawn = ("Person", "Body", "Document", "Issue", "Place")
    assert len({ontology.kinds[kind].shape for kind in drawn}) == len(drawn)


def test_an_empty_graph_is_a_page_too() -> None:
    page = facts(render(nx.MultiDiGraph()))
    assert page["nodes"] == page["lines"] == []


@pytest.mark.parametrize("missing", ["Post", "record"])
def test_posts_need_not_be_in_an_ontology(missing: str) -> None:
    ontology = load_ontology().model_dump()
    ontology["record"] = {}
    ontology["kinds" if missing == "Post" else "families"].pop(missing)
    page = render(nx.MultiDiGraph(), ontology=type(load_ontology()).model_validate(ontology))
    assert facts(page)["families"] == []
