"""Words to search for, as patterns that both engines match alike.

The patterns decide what is found; Neo4j's full-text index only narrows down where they look.
"""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import chain, islice

from onrecord.graph.errors import QueryError
from onrecord.graph.slugs import folded
from onrecord.graph.store.base import Hit, Row
from onrecord.graph.store.contents import BOOKKEEPING, primary_first

_MATCH = "all(pattern IN $patterns WHERE text =~ pattern)"
NODES = (
    f"WITH n WHERE NOT n:{BOOKKEEPING}"
    f" AND any(text IN [n.name] + coalesce(n.aliases, []) WHERE {_MATCH})"
    " RETURN n.id AS id, labels(n) AS labels, n.name AS text ORDER BY size(text), text, id"
    " LIMIT $limit"
)
"""What of the nodes ``n`` is found, by the parameters patterns and limit."""
EDGES = (
    f"WITH r, r.quote AS text WHERE {_MATCH}"
    " RETURN r.id AS id, type(r) AS kind, text ORDER BY size(text), text, id LIMIT $limit"
)
"""What of the edges ``r`` is found."""

_STOP = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then"
    " there these they this to was will with".split()
)
"""Words that Neo4j's ``standard-folding`` analyzer leaves out of the index."""


def patterns(words: str) -> list[str]:
    """A regular expression for each word, of the kind that Java and Rust share.

    Raises:
        QueryError: there is no letter or digit in the words.
    """
    found = _words(words)
    if not found:
        raise QueryError(f"There is no word in {words!r}. Give letters or digits to search for.")
    return [f"(?s).*{''.join(map(_letter, word))}.*" for word in found]


def narrowed(words: str) -> str:
    """A Lucene query that finds at least the texts in which the words are.

    Only ASCII letters and digits are sure to stand in the index as they stand here.
    """
    parts = {part for word in _words(words) for part in re.findall("[a-z0-9]+", word)}
    safe = sorted(part for part in parts if not any(part in stop for stop in _STOP))
    return " ".join(f"+*{part}*" for part in safe) or "*:*"


def hits(nodes: Iterable[Row], edges: Iterable[Row], limit: int) -> list[Hit]:
    """What was found, nodes first."""
    named = (Hit(id_, primary_first(labels)[0], text) for id_, labels, text in nodes)
    return list(islice(chain(named, (Hit(*edge) for edge in edges)), limit))


def _words(words: str) -> list[str]:
    return sorted(set(re.findall(r"[^\W_]+", folded(words))))


def _letter(letter: str) -> str:
    return f"[{''.join(sorted({letter, letter.upper(), *_variants().get(letter, ())}))}]"


@cache
def _variants() -> dict[str, set[str]]:
    """From a letter in lower case to its accented forms in both cases."""
    variants: defaultdict[str, set[str]] = defaultdict(set)
    for accented in map(chr, range(sys.maxunicode + 1)):
        plain = unicodedata.normalize("NFD", accented)
        composed = accented == unicodedata.normalize("NFC", accented)
        if composed and len(plain) > 1 and all(map(unicodedata.combining, plain[1:])):
            variants[plain[0].lower()].add(accented)
    return variants
