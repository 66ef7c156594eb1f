"""Who is who across articles: which entities of the readings are one, and what it is called.

Entities are the same where a judgement says so, and otherwise where a score made of names, posts,
bodies and companions leaves no doubt (docs/identity.md); what it leaves in doubt waits for a
judgement. Whoever is not named is never the same as anybody in another article unless a judgement
says so, or a post of which a body has one holder tells who it is ("the commissioner", offices.py).
A judgement `different` or `unsure` keeps apart what the score would join.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from onrecord.graph.identity.groups import Groups
from onrecord.graph.identity.matching import Pair, match
from onrecord.graph.identity.names import Words, words
from onrecord.graph.identity.offices import seats
from onrecord.graph.identity.profiles import Key, profiles
from onrecord.graph.identity.scores import Score, weigh
from onrecord.graph.judgements import EntityRef, Judgement, standing
from onrecord.graph.model import Entity, EntityKind
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded, slug

__all__ = ["Described", "Identities", "Key", "Pair"]


class Described(NamedTuple):
    """What an entity is called once its names from all articles are put together."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    named: bool


class Identities:
    """The canonical id of every entity of the readings, and what it is called.

    ``waiting`` are the pairs that await a judgement, best first.
    """

    waiting: list[Pair]

    def __init__(self, readings: Iterable[Reading], judgements: Sequence[Judgement] = ()) -> None:
        ordered = sorted(readings, key=lambda reading: reading.article.id)
        self._entities = {(r.article.id, e.id): e for r in ordered for e in r.entities}
        published = {r.article.id: r.article.published or date.max for r in ordered}
        groups = Groups(self._entities)
        self._judge(judgements, groups)
        self._profiles = {profile.first: profile for profile in profiles(ordered)}
        self.waiting = match(list(self._profiles.values()), groups)
        self._seated = self._seat(ordered, groups)
        members: defaultdict[Key, list[Key]] = defaultdict(list)
        for key in sorted(self._entities, key=lambda key: (published[key[0]], key)):
            members[groups.root(key)].append(key)
        self._described: dict[str, Described] = {}
        self._ids: dict[Key, str] = {}
        self._members: dict[str, list[Key]] = {}
        for keys in members.values():
            described = _described([self._entities[key] for key in keys])
            node = self._fresh(described, keys)
            self._described[node] = described
            self._members[node] = keys
            self._ids |= dict.fromkeys(keys, node)

    def of(self, article: str, entity: str) -> str:
        """The canonical id of an article's entity."""
        return self._ids[article, entity]

    def described(self, node: str) -> Described:
        """Kind, name and aliases of a canonical id."""
        return self._described[node]

    def ref(self, key: Key) -> EntityRef:
        """An entity as a judgement refers to it."""
        return EntityRef(article=key[0], entity=key[1], name=self._entities[key].name)

    def members(self, node: str) -> Sequence[Key]:
        """The entities that a canonical id stands for, the earliest published first."""
        return self._members[node]

    def joined(self, node: str) -> list[Pair]:
        """The first entity of a canonical id with each other, the least alike first.

        Judging one of these different takes the other out.
        """
        keys = self._members.get(node, [("", "")])
        first, *others = sorted(keys, key=self._seated.__contains__)
        pairs = [Pair(first, key, self._score(first, key)) for key in others]
        return sorted(pairs, key=lambda pair: (pair.score.value, pair.right))

    def _score(self, one: Key, other: Key) -> Score:
        """How alike two entities are by themselves; nothing where only a judgement joined them."""
        if other in self._seated:
            return self._seated[other]
        profile, second = self._profiles.get(one), self._profiles.get(other)
        return (profile and second and weigh(profile, second)) or Score("two", ())

    def _seat(self, readings: Sequence[Reading], groups: Groups) -> dict[Key, Score]:
        """Join whom an article points at by a post to its one known holder; the scores of these.

        A judgement on whom it is goes first.
        """
        judged = {groups.root(key) for key, entity in self._entities.items() if entity.named}
        found = list(seats(readings, groups.root, lambda key: self._entities[key].name))
        return {
            pointed: score
            for pointed, holder, score in found
            if groups.root(pointed) not in judged and groups.join(holder, pointed)
        }

    def _judge(self, judgements: Sequence[Judgement], groups: Groups) -> None:
        """Join and keep apart what the ledger says; of two judgements on a pair the later holds."""
        found = _Finder(self._entities)
        verdicts: dict[tuple[Key, Key], str] = {}
        for judgement in standing(judgements):
            left, right = found(judgement.left), found(judgement.right)
            if left and right and left != right:
                pair = (min(left, right), max(left, right))
                verdicts.pop(pair, None)
                verdicts[pair] = judgement.verdict
        for pair, verdict in verdicts.items():
            if verdict != "same":
                groups.hold_apart(*pair)
        for pair, verdict in verdicts.items():
            if verdict == "same":
                groups.join(*pair)

    def _fresh(self, described: Described, keys: Sequence[Key]) -> str:
        """An id that says who it is; whoever is not named, or is one of two, also says where.

        It is made of the first full name to be published, so that later articles do not change it.
        """
        names = [self._entities[key].name for key in keys if self._entities[key].named]
        name = next((name for name in names if " " in name), (*names, described.name)[0])
        node = f"{described.kind.lower()}:{slug(name)}"
        article, entity = keys[0]
        if not (described.named or described.kind == "Issue"):
            return f"{node}@{article}:{entity}"
        if node in self._described:
            node += f"@{article}"
        return f"{node}:{entity}" if node in self._described else node


class _Finder:
    """Finds the entity that a judgement speaks of: a newer reading may have given it another id.

    It is the one of the same id and name, or else the one of that article that has the name, has
    it among its aliases, or has a name that is a part of it or that it is a part of.
    """

    def __init__(self, entities: dict[Key, Entity]) -> None:
        self._entities = entities
        self._there: defaultdict[str, list[Key]] = defaultdict(list)
        for key in entities:
            self._there[key[0]].append(key)

    def __call__(self, ref: EntityRef) -> Key | None:
        sought = words(ref.name)
        here = [(key, self._entities[key]) for key in self._there.get(ref.article, ())]
        for called in (_is_called, _is_also_called, _is_called_in_part):
            found = [key for key, entity in here if called(entity, sought)]
            if (ref.article, ref.entity) in found:
                return ref.article, ref.entity
            if found:
                return found[0] if len(found) == 1 else None
        return None


def _is_called(entity: Entity, name: Words) -> bool:
    return words(entity.name) == name


def _is_also_called(entity: Entity, name: Words) -> bool:
    return any(words(alias) == name for alias in entity.aliases)


def _is_called_in_part(entity: Entity, name: Words) -> bool:
    own = set(words(entity.name))
    return entity.named and (own < set(name) or own > set(name))


def _described(entities: Sequence[Entity]) -> Described:
    """The name most articles use, of those the fullest; all other names are aliases.

    What somebody is called by an article that does not name them is no name: "the commissioner".
    """
    named = any(entity.named for entity in entities)
    counts = Counter(entity.name for entity in entities if entity.named == named)
    name = max(counts, key=lambda n: (counts[n], len(n), n))
    called = [e for e in entities if e.named or e.kind != "Person" or not named]
    others = {folded(n): n for e in called for n in sorted((*e.aliases, e.name)) if n != name}
    kinds = Counter(entity.kind for entity in entities)
    kind = max(kinds, key=lambda k: (k == "Body", kinds[k], k))
    return Described(kind, name, tuple(sorted(others.values())), named)
