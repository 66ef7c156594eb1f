"""Searching names and quotes: every engine finds the same, in the same order."""

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable

import pytest

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError
from onrecord.graph.slugs import folded
from onrecord.graph.store import Hit, Store

Told = Callable[[dict[str, list[tuple[str, str, str]]]], "Graph[str]"]


def test_names_come_before_quotes_and_short_before_long(full: Store) -> None:
    assert full.search("night shift") == [
        Hit("issue:night-shift-plan", "Issue", "night shift plan"),
        *full.search("night shift")[1:],
    ]
    texts = [hit.text for hit in full.search("union")]
    nodes = [hit for hit in full.search("union") if ":" in hit.id]
    assert texts[: len(nodes)] == sorted(texts[: len(nodes)], key=lambda text: (len(text), text))
    assert nodes[0] == Hit("body:harbour-union", "Body", "Harbour Union")


@pytest.mark.parametrize("words", ["José Álvarez", "jose alvarez", "ALVAREZ", "lvar", "jose, álv"])
def test_case_accents_and_order_do_not_matter(full: Store, words: str) -> None:
    assert full.search(words)[0].text == "José Álvarez"


def test_an_alias_is_found_under_its_name(full: Store) -> None:
    assert full.search("dockers")[0] == Hit("body:harbour-union", "Body", "Harbour Union")


def test_words_that_an_index_would_leave_out_are_found(full: Store) -> None:
    for word in ("the", "of", "not", "s", "will"):
        hits = full.search(word, limit=1000)
        assert all(word in folded(hit.text) or ":" in hit.id for hit in hits)
    assert any(hit.text == "Ann Lee" for hit in full.search("the port"))  # her alias has it


def test_every_word_must_be_there(full: Store) -> None:
    assert full.search("harbour crane") == []
    assert full.search("nobody-of-this-name") == []


def test_the_limit_holds(full: Store) -> None:
    assert full.search("a", limit=3) == full.search("a", limit=1000)[:3]


@pytest.mark.parametrize("words", ["", "  ", "?!", "*:*", "“”"])
def test_no_word_is_no_question(full: Store, words: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        full.search(words)


@pytest.mark.parametrize(
    "words",
    ["AND", "a OR b", "name:ann", "ann~", "(ann", '"ann', "ann\\", "a*b?", "[a TO b]", "ann^9"],
)
def test_signs_that_an_index_would_obey_are_only_signs(full: Store, words: str) -> None:
    full.search(words)


def test_both_engines_find_the_same(full: Store, embedded: Store) -> None:
    words = {word for _, data in embedded.graph().nodes(data=True) for word in data["name"].split()}
    asked = [*sorted(words, key=str)[:60], "night plan", "a", "e", "1", "the", "er", "ann lee", "é"]
    for word in asked:
        if any(map(str.isalnum, word)):
            assert full.search(word, 50) == embedded.search(word, 50), word


def test_every_accent_that_unicode_knows_is_passed_over(store: Store, told: Told) -> None:
    spelt = defaultdict(set)
    for letter in map(chr, range(sys.maxunicode)):
        plain = unicodedata.normalize("NFD", letter)
        composed = letter == unicodedata.normalize("NFC", letter)  # one spelling of each
        if composed and len(plain) > 1 and plain[0].isascii() and plain[0].isalpha():
            spelt[plain[0].lower()].add(f"q{letter}q")
    store.load(told({"a": [(name, "PRAISES", name) for names in spelt.values() for name in names]}))
    for letter, names in spelt.items():
        hits = store.search(f"q{letter}q", limit=1000)
        assert {hit.text for hit in hits if hit.kind == "Person"} == names
