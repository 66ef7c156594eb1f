"""The entities of an article in the making, and which of them a token means."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders import people
from onrecord.loaders.clauses import stands_for
from onrecord.loaders.coreference.countries import Countries
from onrecord.loaders.gazetteer import Entry, gazetteer
from onrecord.loaders.language import sentence_numbers
from onrecord.loaders.mentions import Noticed, key

_OWNING = frozenset("of at for in to by from on".split())


@dataclass(eq=False)
class Cluster:
    """An entity of the article in the making: its mentions, names and titles."""

    kind: EntityKind
    mentions: list[Noticed] = field(default_factory=list)
    named: bool = False
    names: dict[str, str] = field(default_factory=dict)
    titles: list[tuple[str, ...]] = field(default_factory=list)
    gender: people.Gender = ""
    plural: bool = False
    entry: Entry | None = None

    def add(self, mention: Noticed) -> None:
        self.mentions.append(mention)
        if mention.form == "name":
            self.named = True
            self.names.setdefault(key(mention.text), mention.text)

    @property
    def full(self) -> str:
        """Of its names of most words, the commonest, as ``key`` gives it; "" where it has none.

        Of a person's names two words are full: "Ann Lee", not a headline's "Sues Ann Lee".
        """
        if len(self.names) < 2:
            return next(iter(self.names), "")
        used = Counter(key(m.text) for m in self.mentions if m.form == "name")
        enough = 2 if self.kind == "Person" else 99
        return max(
            self.names, key=lambda n: (min(len(n.split()), enough), used[n], len(n)), default=""
        )

    @property
    def start(self) -> int:
        """The first token that means it; -1 for what is only implied."""
        return min((m.head.i for m in self.mentions), default=-1)

    @property
    def first(self) -> Noticed:
        """Its first mention."""
        return self.mentions[0]

    @property
    def is_place(self) -> bool:
        """Whether it is a country or another known place, as which it may still act."""
        return self.entry is not None and self.entry.kind == "Place"

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The nouns that say what kind of body it is: its names' heads, its gazetteer category."""
        found: set[str] = set()
        for name in self.names.values():
            words = key(name).split()
            found.update(words[: words.index("of")][-1:] if "of" in words[1:] else words[-1:])
            entry = gazetteer().lookup(name, vouched=True)
            if entry is not None and entry.category is not None:
                found.update(_nouns_of(entry.category))
        return frozenset(found)


def _nouns_of(category: str) -> Iterator[str]:
    """What news calls a body of the gazetteer's category: "agency", of "regulator or agency"."""
    for kind in re.split(", | or ", category):
        if kind == "news agency":  # "the agency" is seldom Reuters
            continue
        yield "military" if kind.startswith("armed") else kind.split()[-1]
        if kind == "police force":
            yield "police"


class Entities:
    """The entities of an article, found step by step; see :func:`coreference.resolve`."""

    def __init__(self, doc: Doc, countries: Countries) -> None:
        self.doc = doc
        self.countries = countries
        self.clusters: list[Cluster] = []
        self._of: dict[int, Cluster] = {}
        self._sentence = sentence_numbers(doc)

    def of(self, token: Token | None) -> Cluster | None:
        """The entity that a head token means, None where it is not known."""
        return None if token is None else self._of.get(stands_for(token).i)

    def put(self, mention: Noticed, cluster: Cluster | None = None) -> Cluster:
        """Add a mention to an entity, by default a new one."""
        if cluster is None:
            cluster = Cluster(mention.kind, plural=mention.plural)
            self.clusters.append(cluster)
        cluster.add(mention)
        tokens = mention.span if mention.form == "name" else [mention.head]
        for token in tokens:
            self._of.setdefault(token.i, cluster)
        return cluster

    def join(self, kept: Cluster, other: Cluster) -> None:
        """Make one entity of two."""
        for mention in other.mentions:
            kept.add(mention)
        kept.titles += other.titles
        kept.entry = kept.entry or other.entry
        self.clusters.remove(other)
        self._of = {i: kept if c is other else c for i, c in self._of.items()}

    def move(self, mention: Noticed, to: Cluster) -> None:
        """Take a name for a mere mention of another entity: "Paris", of France."""
        old = self._of[mention.head.i]
        old.mentions.remove(mention)
        if not old.mentions:
            self.clusters.remove(old)
        mention.form = "noun"
        to.mentions.append(mention)
        self._of |= dict.fromkeys((token.i for token in mention.span), to)

    def implied(self, name: str) -> Cluster:
        """The body of this name, of which the article may have no mention: a senator's senate."""
        entry = self.entry(name)
        for cluster in self.clusters:
            if (entry is not None and cluster.entry == entry) or key(name) in cluster.names:
                return cluster
        cluster = Cluster("Body", named=True, entry=entry, names={key(name): name})
        self.clusters.append(cluster)
        return cluster

    def at(self, index: int) -> Cluster | None:
        """The entity that the token with this index is itself a mention of."""
        return self._of.get(index)

    def entry(self, name: str) -> Entry | None:
        """The gazetteer's entry; of bodies in several countries, that of the article's own."""
        entry = gazetteer().lookup(name, vouched=True, country=self.countries.home)
        if entry is not None and not self.countries.may_mean(name, entry):
            entry = None
        entry = entry or gazetteer().demonym(name) or _of_country(name)
        return entry if entry is not None and entry.identity else None

    def last(self, cluster: Cluster, before: int) -> int:
        """The entity's last token before another; -1 where there is none."""
        return max((m.head.i for m in cluster.mentions if m.head.i < before), default=-1)

    def sentences_back(self, index: int, from_index: int) -> int:
        """How many sentences lie between two tokens."""
        return self._sentence[from_index] - self._sentence[index]

    def owner(self, token: Token) -> Cluster | None:
        """The first known entity that a noun belongs to."""
        return next((c for t in owners(token) if (c := self.of(t)) is not None), None)

    def held_at(self, person: Cluster) -> set[Cluster]:
        """The bodies that a person's titles are at."""
        words = [
            t
            for m in person.mentions
            for t in (*m.title, *(owners(m.head) if m.form == "role" else ()))
        ]
        return {c for t in words if (c := self.of(t)) is not None and c.kind == "Body"}


def _of_country(name: str) -> Entry | None:
    """What the gazetteer knows by a name without its country: "British Foreign Office"."""
    first, _, rest = name.partition(" ")
    known = gazetteer()
    place = known.demonym(first) or known.lookup(first)
    entry = known.lookup(rest, vouched=True, country=place.name) if rest and place else None
    return entry if entry is not None and place and entry.country == place.name else None


def owners(token: Token) -> list[Token]:
    """The heads of what a noun belongs to: its possessor, its modifiers, its "of" phrase."""
    found = [c for c in token.children if c.dep_ in {"poss", "compound", "nmod"}]
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in _OWNING:
            found += [c for c in prep.children if c.dep_ == "pobj"]
    return found
