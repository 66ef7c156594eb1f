"""What a store's engine is told about the graph: constraints and indexes, from the ontology.

Migrations are numbered and only ever added. Each names what it brings, so that a store made by an
older onrecord is brought up by the next load, and ``onrecord store check`` can say what it lacks.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from onrecord.graph.errors import StoreError
from onrecord.graph.ontology import Ontology
from onrecord.graph.store.contents import BOOKKEEPING, Register

NAMES = "onrecord_names"
QUOTES = "onrecord_quotes"
"""The full-text indexes of Neo4j."""


class Thing(NamedTuple):
    """A constraint or an index: what it is for, the labels or types it covers, how it is made."""

    kind: Literal["CONSTRAINT", "INDEX"]
    purpose: str
    covers: frozenset[str]
    create: str


Things = Mapping[str, Thing]


class Vocabulary(NamedTuple):
    """The primary labels and the types that a store has or may have."""

    labels: tuple[str, ...]
    types: tuple[str, ...]

    @classmethod
    def of(cls, ontology: Ontology, *registers: Register) -> "Vocabulary":
        """The ontology's, in its order, then what else stores hold."""
        labels = (label for register in registers for label in register.labels)
        types = (kind for register in registers for kind in register.types)
        return cls(
            tuple(dict.fromkeys((*ontology.kinds, *labels))),
            tuple(dict.fromkeys((*ontology.types, *types))),
        )


class Migration(NamedTuple):
    """One step in the history of the schema."""

    number: int
    brings: str
    things: Callable[[Vocabulary], Things]


def _unique_ids(words: Vocabulary) -> Things:
    return {
        f"onrecord_id_{label}": Thing(
            "CONSTRAINT",
            f"the id of a {label} is unique",
            frozenset({label}),
            f"CREATE CONSTRAINT onrecord_id_{label} IF NOT EXISTS"
            f" FOR (n:`{label}`) REQUIRE n.id IS UNIQUE",
        )
        for label in (*words.labels, BOOKKEEPING)
    }


def _full_text(words: Vocabulary) -> Things:
    analyzer = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
    return {
        NAMES: Thing(
            "INDEX",
            "nodes are found by their names",
            frozenset(words.labels),
            f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:{_either(words.labels)})"
            f" ON EACH [n.name, n.aliases] {analyzer}",
        ),
        QUOTES: Thing(
            "INDEX",
            "edges are found by their quotes",
            frozenset(words.types),
            f"CREATE FULLTEXT INDEX {QUOTES} IF NOT EXISTS FOR ()-[r:{_either(words.types)}]-()"
            f" ON EACH [r.quote] {analyzer}",
        ),
    }


def _of_edges(words: Vocabulary) -> Things:
    """An index covers edges of one type; of many types at once, the planner asks one for each."""
    return {
        f"onrecord_about_of_{kind}": Thing(
            "INDEX",
            f"a {kind} is found by what it is about",
            frozenset({kind}),
            f"CREATE INDEX onrecord_about_of_{kind} IF NOT EXISTS"
            f" FOR ()-[r:`{kind}`]-() ON (r.about)",
        )
        for kind in words.types
    }


MIGRATIONS = (
    Migration(1, "an id for every node, unique by kind", _unique_ids),
    Migration(2, "full-text search over names and quotes", _full_text),
    Migration(3, "edges found by what they are about", _of_edges),
)
VERSION = MIGRATIONS[-1].number


def wanted(words: Vocabulary) -> dict[str, Thing]:
    """Everything that a store with these words should have, by its name."""
    return {
        name: thing for migration in MIGRATIONS for name, thing in migration.things(words).items()
    }


def lacking(there: Mapping[str, Iterable[str]], words: Vocabulary) -> dict[str, Thing]:
    """What is wanted and not there; ``there`` says what each thing in the store covers."""
    return {
        name: thing
        for name, thing in wanted(words).items()
        if not thing.covers <= set(there.get(name, ()))
    }


def behind(version: int) -> list[str]:
    """The migrations that a store of this version has not seen, one sentence each.

    Raises:
        StoreError: the store is of a later version than this onrecord knows.
    """
    if version > VERSION:
        raise StoreError(
            f"The store is of version {version}, and this onrecord knows {VERSION}."
            " Update onrecord."
        )
    return [
        f"Migration {m.number} is missing: {m.brings}." for m in MIGRATIONS if m.number > version
    ]


def _either(names: Iterable[str]) -> str:
    return "|".join(f"`{name}`" for name in names)
