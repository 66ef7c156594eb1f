"""Who is who across articles: which entities of the readings are one, and what it is called.

Entities are the same where a judgement says so, and otherwise where their names leave no doubt: two
people of one full name, two bodies of which one's name is the other's name or acronym, two issues
of one name of several words. A person known by surname alone is whoever else in the corpus bears
that surname, if one person does. Whoever is not named is never the same as anybody in another
article. A judgement `different` keeps apart what the names would join.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.graph.judgements import EntityRef, Judgement
from onrecord.graph.model import Entity, EntityKind
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded, slug

Key = tuple[str, str]
"""An article's id and, within it, an entity's."""


class Described(NamedTuple):
    """What an entity is called once its names from all articles are put together."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    named: bool


class Identities:
    """The canonical id of every entity of the readings, and what it is called."""

    def __init__(self, readings: Iterable[Reading], judgements: Sequence[Judgement] = ()) -> None:
        ordered = sorted(readings, key=lambda reading: reading.article.id)
        self._entities = {(r.article.id, e.id): e for r in ordered for e in r.entities}
        self._parent: dict[Key, Key] = {key: key for key in self._entities}
        self._apart: list[tuple[Key, Key]] = []
        self._judge(judgements)
        self._match()
        groups: defaultdict[Key, list[Key]] = defaultdict(list)
        for key in self._entities:
            groups[self._root(key)].append(key)
        self._described: dict[str, Described] = {}
        self._ids: dict[Key, str] = {}
        for keys in groups.values():
            described = _described([self._entities[key] for key in keys])
            node = self._fresh(described, keys[0])
            self._described[node] = described
            self._ids |= dict.fromkeys(keys, node)

    def of(self, article: str, entity: str) -> str:
        """The canonical id of an article's entity."""
        return self._ids[article, entity]

    def described(self, node: str) -> Described:
        """Kind, name and aliases of a canonical id."""
        return self._described[node]

    def _judge(self, judgements: Sequence[Judgement]) -> None:
        """Join and keep apart what the ledger says; of two judgements on a pair the later holds."""
        verdicts: dict[frozenset[Key], str] = {}
        for judgement in judgements:
            pair = [self._found(ref) for ref in (judgement.left, judgement.right)]
            if None not in pair:
                verdicts[frozenset(key for key in pair if key)] = judgement.verdict
        pairs = {tuple(sorted(pair)): verdict for pair, verdict in verdicts.items()}
        self._apart = [(a, b) for (a, b), verdict in pairs.items() if verdict != "same"]
        for (a, b), verdict in pairs.items():
            if verdict == "same":
                self._join(a, b)

    def _found(self, ref: EntityRef) -> Key | None:
        """The entity a judgement speaks of: a newer reading may have given it another id."""
        entity = self._entities.get((ref.article, ref.entity))
        if entity is not None and ref.name in (entity.name, *entity.aliases):
            return ref.article, ref.entity
        same = (
            key
            for key, other in self._entities.items()
            if key[0] == ref.article and ref.name in (other.name, *other.aliases)
        )
        return next(same, None)

    def _match(self) -> None:
        """Join what the names leave no doubt about."""
        named: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
        aliased: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        surnamed: defaultdict[str, set[str]] = defaultdict(set)
        for key, entity in self._entities.items():
            realm, name = _realm(entity.kind), " ".join(_words(entity.name))
            if entity.named or (entity.kind == "Issue" and " " in name):
                named[realm, name].append(key)
            for alias in _identifying(entity):
                aliased[realm, alias].add(name)
            if entity.kind == "Person" and entity.named and " " in name:
                surnamed[_words(name)[-1]].add(name)
        for keys in named.values():
            for key in keys[1:]:
                self._join(keys[0], key)
        short = [(k, names - {k[1]}) for k, names in aliased.items() if k in named]
        short += [(k, surnamed[k[1]]) for k in named if k[0] == "Person" and " " not in k[1]]
        for (realm, name), fuller in short:
            if len(fuller) == 1:
                self._join(named[realm, next(iter(fuller))][0], named[realm, name][0])

    def _root(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def _join(self, one: Key, other: Key) -> None:
        """Make two entities one, unless a judgement keeps any two of their groups apart."""
        a, b = sorted((self._root(one), self._root(other)))
        if a == b or {a, b} in ({self._root(x), self._root(y)} for x, y in self._apart):
            return
        self._parent[b] = a

    def _fresh(self, described: Described, first: Key) -> str:
        """An id that says who it is; whoever is not named, or is one of two, also says where."""
        node = f"{described.kind.lower()}:{slug(described.name)}"
        if not (described.named or described.kind == "Issue") or node in self._described:
            node += f"@{first[0]}:{first[1]}"
        return node


def _realm(kind: EntityKind) -> str:
    """Kinds that may be one: a town is a place, and the body that governs it."""
    return "Body" if kind == "Place" else kind


def _words(name: str) -> list[str]:
    return [word.strip(".,'’\"") for word in folded(name).removeprefix("the ").split()] or [name]


def _identifying(entity: Entity) -> list[str]:
    """A body's aliases that can mean no other: acronyms, and names of several words."""
    if entity.kind != "Body" or not entity.named:
        return []
    telling = (a for a in entity.aliases if " " in a or (a.isupper() and len(a) > 2))
    return sorted({" ".join(_words(alias)) for alias in telling})


def _described(entities: Sequence[Entity]) -> Described:
    """The name most articles use, of those the fullest; all other names are aliases."""
    named = any(entity.named for entity in entities)
    counts = Counter(entity.name for entity in entities if entity.named == named)
    name = max(counts, key=lambda n: (counts[n], len(n), n))
    others = {folded(n): n for e in entities for n in sorted((*e.aliases, e.name)) if n != name}
    kinds = Counter(entity.kind for entity in entities)
    kind = max(kinds, key=lambda k: (k == "Body", kinds[k], k))
    return Described(kind, name, tuple(sorted(others.values())), named)
