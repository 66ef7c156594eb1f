"""What the readings tell of an entity, or of several that are one: all that identity goes by."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from onrecord.graph.confidence import SURE
from onrecord.graph.identity.names import (
    Words,
    is_shared,
    person_name,
    persons_fit,
    telling,
    without_form,
    words,
)
from onrecord.graph.model import Entity, Span
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded

Key = tuple[str, str]
"""An article's id and, within it, an entity's."""
RARE = 5
"""In at most how many articles a name still tells which world an article is of, ..."""
RARE_SHARE = 0.02
"""... or in which share of them, where that is more."""


class Held(NamedTuple):
    """A post as one article has it; ``body`` is empty where it names none."""

    title: str
    body: Words
    at_place: bool
    former: bool
    on: date | None
    since: str | None = None
    until: str | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the words tell both when it began and when it ended."""
        return self.since is not None and self.until is not None


@dataclass(eq=False)
class Profile:
    """What is known of one entity, or of several that are taken for one."""

    first: Key
    """The first of its entities, by article and id."""
    realm: str
    """Its kind, and "Body" for a place too, as a town may act."""
    name: Words
    shared: bool = False
    """Whether others may well bear the name: "ministry of health", a surname, "the scheme"."""
    kinds: Collection[str] = frozenset()
    aliases: Collection[Words] = frozenset()
    """Its other names, as far as each can mean no other; a person's not without a middle name
    or suffix, as the father may be meant."""
    articles: Collection[str] = frozenset()
    held: Collection[Held] = frozenset()
    titles: Collection[str] = frozenset()
    posts: Collection[tuple[str, Words]] = frozenset()
    """Titles it holds, with the bodies they are at."""
    bodies: Collection[Words] = frozenset()
    """What it holds a post at, is a member of, or works for."""
    homes: Collection[Words] = frozenset()
    """What it is said to be part of, or in."""
    holders: Collection[tuple[Words, str]] = frozenset()
    """Who holds a post there, and its title."""
    near: Collection[Words] = frozenset()
    """The rare names in its articles."""
    scenes: Collection[Words] = frozenset()
    """Of each of its articles the place named most."""
    outlets: Collection[str] = frozenset()

    @property
    def described(self) -> bool:
        """Whether more is said of it than its name."""
        return bool(self.held or self.bodies or self.homes)

    @classmethod
    def of(cls, parts: Sequence["Profile"]) -> "Profile":
        """What is known of several together; the parts stay as they are."""
        whole = copy(parts[0])
        for part in parts[1:]:
            whole.absorb(part)
        return whole

    def absorb(self, other: "Profile") -> None:
        """Add what is known of another that is the same; the fullest name is its name."""
        for field in _GROWING:
            if more := getattr(other, field):
                known = getattr(self, field)
                if not isinstance(known, set):  # its own, and no longer an entity's
                    known = set(known)
                    setattr(self, field, known)
                known.update(more)
        self.first = min(self.first, other.first)
        aliases = {*self.aliases, *(side.name for side in (self, other) if not side.shared)}
        if (len(other.name), other.name) > (len(self.name), self.name):
            self.name, self.shared = other.name, other.shared
        self.aliases = frozenset(aliases - {self.name})


_GROWING = tuple(
    field.name
    for field in fields(Profile)
    if field.name not in {"first", "realm", "name", "shared", "aliases"}
)


def realm(kind: str) -> str:
    """Kinds that may be one: a town is a place, and the body that governs it."""
    return "Body" if kind == "Place" else kind


def profiles(readings: Sequence[Reading]) -> Iterator[Profile]:
    """A profile of each entity that may be one with an entity of another article."""
    contested = _contested(readings)
    places = {words(e.name) for r in readings for e in r.entities if e.kind == "Place"}
    names = [{words(e.name) for e in r.entities if e.named} for r in readings]
    counts = Counter(name for there in names for name in there)
    most = max(RARE, int(RARE_SHARE * len(readings)))
    for reading, there in zip(readings, names, strict=True):
        rare = frozenset(n for n in there if counts[n] <= most and not is_shared(n))
        for profile in _of_article(reading, rare, places):
            profile.shared |= profile.name in contested
            yield profile


def _of_article(reading: Reading, rare: frozenset[Words], places: set[Words]) -> Iterator[Profile]:
    article = reading.article
    entities = {entity.id: entity for entity in reading.entities}
    name = {entity.id: words(entity.name) for entity in reading.entities}
    told: defaultdict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for post in reading.posts:
        title, body = folded(post.title), entities.get(post.body or "")
        at = name[body.id] if body else ()
        at_place = body is not None and body.kind == "Place"
        holder = told[post.person]
        if post.at is None:  # else it is of a time of its own
            held = Held(title, at, at_place, post.former, article.published, post.since, post.until)
            holder["held"].add(held)
        holder["titles"].add(title)
        if body:
            holder["posts"].add((title, at))
            holder["bodies"].add(at)
            if entities[post.person].named:
                told[body.id]["holders"].add((name[post.person], title))
    for relation in reading.relations:
        told_so = relation.confidence >= SURE and not relation.negated and not relation.voice
        if relation.type in _TELLING and told_so:
            told[relation.source][_TELLING[relation.type]].add(name[relation.target])
    scene = _scene(reading, name, places)
    for entity in reading.entities:
        if _may_recur(entity, name[entity.id]):
            yield Profile(
                first=(article.id, entity.id),
                realm=realm(entity.kind),
                name=name[entity.id],
                shared=_is_shared(entity),
                kinds=(entity.kind,),
                aliases=_aliases(entity),
                articles=(article.id,),
                near=rare,
                scenes=scene - {name[entity.id]},
                outlets=(article.outlet,) if article.outlet else (),
                **{field: frozenset(values) for field, values in told[entity.id].items()},
            )


_TELLING = {"MEMBER_OF": "bodies", "WORKS_FOR": "bodies", "PART_OF": "homes", "LOCATED_IN": "homes"}


def _contested(readings: Iterable[Reading]) -> set[Words]:
    """The names that bodies of different names go by: an acronym of two, "the Post"."""
    bearers: defaultdict[Words, set[Words]] = defaultdict(set)
    for reading in readings:
        for entity in reading.entities:
            if entity.kind == "Body" and entity.named:
                for alias in entity.aliases:
                    bearers[words(alias)].add(without_form(words(entity.name)))
    return {alias for alias, names in bearers.items() if len(names - {alias}) > 1}


def _is_shared(entity: Entity) -> bool:
    name = words(entity.name)
    if entity.kind == "Person":
        return not person_name(name).given
    return not entity.named or (entity.kind == "Body" and is_shared(name))


def _may_recur(entity: Entity, name: Words) -> bool:
    """Whoever is not named is nobody of another article; a scheme may be, by several words."""
    return entity.named or (entity.kind == "Issue" and len(name) > 1)


def _aliases(entity: Entity) -> Collection[Words]:
    if entity.kind == "Body":
        return telling(entity.aliases)
    if entity.kind == "Person":
        own, full = words(entity.name), {words(alias) for alias in entity.aliases}
        return {a for a in full if len(a) > 1 and persons_fit(own, a) not in ("middle", "suffix")}
    return ()


def _scene(reading: Reading, name: dict[str, Words], places: set[Words]) -> frozenset[Words]:
    """The place that the article names most, of equals the first."""
    first: dict[Words, Span] = {}
    counts: Counter[Words] = Counter()
    for mention in reading.mentions:
        place = name[mention.entity]
        if mention.form == "name" and place in places:
            first.setdefault(place, Span(mention.start, mention.end))
            counts[place] += 1
    return frozenset(sorted(counts, key=lambda place: (-counts[place], first[place]))[:1])
