"""Whether a node of the graph is the one that gold means: by its names, case and titles aside.

What has no settled name can be known by where it stands, if gold tells: by the head of its words.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import dropwhile, takewhile
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.graph.model import Span
from onrecord.graph.slugs import folded
from onrecord.queries.gold import GoldNode

LONGER = 5
"""How many letters a word needs to be enough to know an issue or a document by."""

UNSETTLED = frozenset({"Issue", "Document"})
"""The kinds that have no settled name."""

ARTICLES = frozenset({"a", "an", "the"})
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness rev reverend rep"
    " representative congressman congresswoman sen senator gov governor president minister mayor"
    " secretary ambassador judge justice attorney sheriff chief commissioner deputy inspector"
    " superintendent detective officer sergeant sgt captain capt lieutenant lt colonel col general"
    " gen".split()
)
HANGING = frozenset(
    "of for to in on at by from with without about against over under into between among within"
    " during after before since until towards toward as that which who whom whose where when while"
    " because if and or but".split()
)
"""The words that begin what hangs on a phrase behind its head."""


def plain(name: str, titles: bool = False) -> str:
    """The name without case, accents, punctuation and leading articles; and titles, if asked."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", folded(name)))
    dropped = ARTICLES | TITLES if titles else ARTICLES
    while len(words) > 1 and words[0] in dropped:
        words.pop(0)
    return " ".join(words)


def longer_words(*names: str) -> set[str]:
    """The words of the names by which an unsettled name is known; a plural is its singular."""
    words = {word for name in names for word in plain(name).split()} - STOP_WORDS
    return {word.removesuffix("s") for word in words if len(word) >= LONGER}


def answered(
    nodes: Mapping[str, Mapping[str, Any]], gold: Mapping[str, GoldNode]
) -> dict[str, frozenset[str]]:
    """The gold keys that each node answers to: by name, failing that by alias, failing that
    (issues and documents) by the largest number of longer words shared.
    """
    known = {key: _names(node.kind, (node.name, *node.aliases)) for key, node in gold.items()}
    words = {
        key: longer_words(node.name, *node.aliases)
        for key, node in gold.items()
        if node.kinds & UNSETTLED
    }
    answers = {}
    for node, properties in nodes.items():
        kind, name, aliases = properties["labels"][0], properties["name"], _aliases(properties)
        keys = _equal(_names(kind, (name,)), known) or _equal(_names(kind, aliases), known)
        if not keys and kind in UNSETTLED:
            mine = longer_words(name, *aliases)
            shared = {key: len(mine & theirs) for key, theirs in words.items()}
            most = max(shared.values(), default=0)
            keys = frozenset(key for key, count in shared.items() if count == most > 0)
        answers[node] = keys
    return answers


def like_unnamed(properties: Mapping[str, Any], description: str) -> bool:
    """Whether a node is the unnamed somebody that the description means."""
    if properties.get("named", True):
        return False
    mine = longer_words(properties["name"], *_aliases(properties))
    return not mine.isdisjoint(longer_words(description))


def same_head(text: str, one: Span, other: Span) -> bool:
    """Whether two stretches of a text have one head: "plan" of "the plan" and "Lee's plan for it".

    The head of each must stand in the other, so "Lee's" and "Lee's plan" differ.
    """
    return one.start <= _head(text, other) < one.end and other.start <= _head(text, one) < other.end


def _head(text: str, span: Span) -> int:
    """Where the last word starts before a comma, a dash or what hangs on behind."""
    words = re.finditer(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:()\[\]–—]", text[slice(*span)])
    phrase = list(takewhile(_carries, dropwhile(lambda word: not _carries(word), words)))
    return span.start + (phrase[-1].start() if phrase else 0)


def _carries(word: re.Match[str]) -> bool:
    return word[0][0].isalnum() and word[0].lower() not in HANGING


def _aliases(properties: Mapping[str, Any]) -> Iterable[str]:
    aliases: Iterable[str] = properties.get("aliases", ())
    return aliases


def _names(kind: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(name, titles=kind == "Person") for name in names)


def _equal(names: frozenset[str], known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(key for key, theirs in known.items() if names & theirs)
