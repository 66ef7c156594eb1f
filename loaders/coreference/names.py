"""Names that mean the same: surnames, short forms, acronyms, and what a gazetteer knows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Token

from onrecord.graph.identity.names import without_form
from onrecord.loaders import people
from onrecord.loaders.coreference.entities import Cluster, Entities, owners
from onrecord.loaders.coreference.pronouns import GENDERS, clause_subject
from onrecord.loaders.gazetteer import Entry
from onrecord.loaders.language import text_of
from onrecord.loaders.mentions import Noticed, key, noun_class

_OFTEN = 3
"""How often the article must name somebody for the surname alone to be theirs among several."""

_GROUPS = frozenset({"group", "holdings"})
"""Words after a firm's name that one article, as legal forms, now has and now leaves out."""

_ALIAS = re.compile(
    r"(?: [a-z]+)?[ ,(–—-]*"
    r"(?:(?:also|better|once|otherwise|formerly|previously) (?:known as|called)"
    r"|known as|a\.?k\.?a\.?|[,(–—-] ?(?:formerly|previously)) (?:the )?[\"“‘']?"
)
"""The words between two names of one: "Kent Camp, also known as the Dell"."""

_STATE_ACTS = frozenset(
    "say accuse agree warn insist deny reject condemn demand retaliate impose announce claim argue"
    " threaten refuse urge ask balk criticise criticize denounce conclude decide invade withdraw"
    " oppose propose pledge promise fear regard recognise recognize expel summon deploy consider"
    " maintain want seek hope view see support back blame".split()
)
_ACTS_ON_STATES = frozenset("accuse urge warn condemn blame threaten press pressure".split())
_OF_STATES = frozenset(
    "demand decision position ambassador envoy policy claim accusation response refusal ally stance"
    " interest proposal offer threat troop diplomat government leader intention".split()
)
"""What is the state's, of what stands after a city's name."""

_TOLD = 2
"""How many pronouns, or surnames before a relative is named, tell that it is somebody else's."""


def link_names(entities: Entities, names: Sequence[Noticed]) -> None:
    """Make the named entities: longest names first, so that a short form finds its long one."""
    groups: dict[_Group, list[Noticed]] = {}
    relatives = _relatives(names)
    told = _told_genders(entities)
    for name in names:
        person = name.kind == "Person"
        gender = people.gender_of((), set(_title(name))) if person else ""
        groups.setdefault(_Group(person, key(name.text), gender), []).append(name)
    for group in sorted(
        groups, key=lambda g: (-len(g.name.split()), -len(g.name), not g.gender, g)
    ):
        members = groups[group]
        if group.person:
            cluster = _same_person(entities, _gendered(group, members, told), members, relatives)
        else:
            entry = _entry(entities, members)
            cluster = _same_body(entities, group.name, members[0], entry)
        for name in members:
            cluster = entities.put(name, cluster)
            if not group.person:
                cluster.entry = cluster.entry or entry
            if name.title:
                cluster.titles.append(tuple(_title(name)))
    _link_aliases(entities, names)
    _link_seats(entities)
    entities.clusters.sort(key=lambda c: c.start)
    for cluster in entities.clusters:
        cluster.mentions.sort(key=lambda m: m.head.i)
        if cluster.kind == "Person":
            cluster.gender = _gender(cluster)


def _link_aliases(entities: Entities, names: Sequence[Noticed]) -> None:
    """Join names of which the article says that they are one's: "Kent Camp, known as the Dell"."""
    text = text_of(entities.doc)
    for one, other in pairwise(names):
        between = text[one.span.end_char : other.span.start_char]
        first, second = entities.of(one.head), entities.of(other.head)
        if first is None or second is None or first is second:
            continue
        if (first.kind == "Person") == (second.kind == "Person") and _ALIAS.fullmatch(between):
            entities.join(first, second)


def _link_seats(entities: Entities) -> None:
    """Take the seat of a government for its country where the state acts: "Paris denied it"."""
    for cluster in list(entities.clusters):
        entry = cluster.entry
        if entry is None or entry.category != "seat of government" or cluster.kind != "Place":
            continue
        for mention in [m for m in cluster.mentions if _is_state(m.head)]:
            entities.move(mention, entities.implied(str(entry.country)))


def _is_state(seat: Token) -> bool:
    """Whether a city's name means the state: it claims, is accused, or it is its demand."""
    governor = seat.head
    if seat.dep_ in {"nsubj", "dobj"}:
        acts = _STATE_ACTS if seat.dep_ == "nsubj" else _ACTS_ON_STATES
        return governor.lemma_ in acts
    if seat.dep_ == "poss":
        return governor.lemma_.lower() in _OF_STATES
    return seat.dep_ == "pobj" and governor.dep_ == "agent" and governor.head.lemma_ in _STATE_ACTS


class _Group(NamedTuple):
    """Mentions of one name, "Mr. Lee" apart from "Mrs. Lee"."""

    person: bool
    name: str
    gender: people.Gender


def _title(name: Noticed) -> list[str]:
    """The words of a title but for whose it is: "spokesman", of "the Lees' spokesman Tom Kim"."""
    return [t.lower_.rstrip(".") for t in name.title if t.dep_ not in {"poss", "case"}]


def _gender(person: Cluster) -> people.Gender:
    titles = {word for title in person.titles for word in title}
    return people.gender_of(people.parts(person.full)[0], titles)


def _entry(entities: Entities, members: Sequence[Noticed]) -> Entry | None:
    """What a gazetteer knows the name as; a people is not its country: "Americans".

    What one country owns is none of another's: "Mali's Home Office".
    """
    entry = entities.entry(members[0].text)
    if entry is None or (entry.kind == "Place" and members[0].plural):
        return None
    owners_here = (c.text for m in members for c in m.head.children if c.dep_ == "poss")
    known = [e for e in map(entities.entry, owners_here) if e and e.category == "country"]
    return None if any(owner.name != entry.country for owner in known) else entry


def _told_genders(entities: Entities) -> dict[int, people.Gender]:
    """The gender of subjects, by their tokens, of what is their own: "Lee sold his shares"."""
    return {
        subject.i: gender
        for token in entities.doc
        if token.dep_ == "poss"
        and (gender := GENDERS.get(token.lower_, ""))
        and (subject := clause_subject(token)) is not None
    }


def _gendered(
    group: _Group, members: Sequence[Noticed], told: Mapping[int, people.Gender]
) -> _Group:
    """A bare surname with the gender that pronouns tell, more than once and none another.

    "Lee criticised his plan" may be of another's plan, so that once is not enough.
    """
    if group.gender or " " in group.name:
        return group
    genders = Counter(told[m.head.i] for m in members if m.head.i in told)
    sure = len(genders) == 1 and genders.total() >= _TOLD
    return group._replace(gender=next(iter(genders))) if sure else group


def _relatives(names: Sequence[Noticed]) -> dict[str, set[str]]:
    """Names of people who are told to be somebody's relatives, with the names of whose they are.

    "Lee's wife, Mary Lee" and "Mary Lee, the daughter of Tom Lee": by ``key``, empty where nobody
    is named ("his wife Mary Lee").
    """
    called = {token.i: key(name.text) for name in names for token in name.span}
    found: dict[str, set[str]] = {}
    for name in names:
        root = name.head
        beside = [root.head] if root.dep_ == "appos" else []
        beside += [c for c in root.children if c.dep_ == "appos"]
        for noun in (*beside, *name.title):
            if noun_class(noun) == "family":
                whose = {called[t.i] for t in owners(noun) if t.i in called} - {key(name.text)}
                found.setdefault(key(name.text), set()).update(whose)
    return found


def _same_person(
    entities: Entities,
    group: _Group,
    members: Sequence[Noticed],
    relatives: Mapping[str, set[str]],
) -> Cluster | None:
    given, surname = people.parts(group.name)
    known = [c for c in entities.clusters if c.kind == "Person"]
    if given:
        fits = [
            c
            for c in known
            if _spelt(people.parts(c.full)[1]) == _spelt(surname)
            and people.given_names_fit(given, people.parts(c.full)[0])
        ]
    else:
        fits = [c for c in known if _spelt(people.parts(c.full)[1]) == _spelt(surname)]
        fits = fits or [c for c in known if _single(surname) in map(_single, c.full.split())]
    gender = group.gender or people.gender_of(given, set())
    if gender:
        fits = [c for c in fits if _gender(c) in (gender, "")]
    if not given:
        fits = _without_relatives(fits, group.name, members, relatives)
    if len(fits) < 2:
        return fits[0] if fits else None
    # A bare surname is that of the one person who was introduced before it was first used.
    first = min(m.head.i for m in members)
    introduced = [c for c in fits if c.start < first]
    if not given and len(introduced) == 1:
        return introduced[0]
    # Else that of whom the article is about: papers name the others of the family in full.
    fits.sort(key=lambda c: (-len(c.mentions), c.start))
    often, next_often = (len(c.mentions) for c in fits[:2])
    return fits[0] if often >= max(_OFTEN, 2 * next_often) else None


def _without_relatives(
    fits: Sequence[Cluster],
    surname: str,
    members: Sequence[Noticed],
    relatives: Mapping[str, set[str]],
) -> list[Cluster]:
    """Whom a bare surname may mean: not the wife of whoever bears it, whom papers name in full.

    A relative of nobody named is left out only where the article names another of the surname, or
    has the surname more than once before it names the relative.
    """
    others = {name: whose for name, whose in relatives.items() if name != surname}
    whose = {c: _whose(c, others) for c in fits}
    own = [c for c in fits if whose[c] is None]
    return own or [
        c
        for c in fits
        if not any(n.endswith(surname) for n in whose[c] or ())
        and sum(m.head.i < c.start for m in members) < _TOLD
    ]


def _whose(person: Cluster, relatives: Mapping[str, set[str]]) -> set[str] | None:
    """The names of whose relative somebody is told to be, None where of nobody at all."""
    told = [relatives[name] for name in (*person.names, *_given(person)) if name in relatives]
    return set().union(*told) if told else None


def _given(person: Cluster) -> tuple[str, ...]:
    """The first of a person's given names."""
    return people.parts(person.full)[0][:1]


def _spelt(surname: str) -> str:
    """A surname in one spelling of those that other alphabets are given: "Zelenskiy"."""
    return re.sub(r"(?:[iy][iy]|ij)$", "y", surname)


def _single(name: str) -> str:
    """A name without doubled letters, which papers spell either way: "Phillip", "Philip"."""
    return re.sub(r"(.)\1", r"\1", name)


def _same_body(
    entities: Entities, name: str, first: Noticed, entry: Entry | None
) -> Cluster | None:
    for cluster in entities.clusters:
        if cluster.kind == "Person":
            continue
        if entry is not None and cluster.entry == entry:
            return cluster
        text = first.text
        place = first.kind == "Place"  # "S.C." is a state, and no Supreme Court
        country = any(e is not None and e.kind == "Place" for e in (entry, cluster.entry))
        if any(
            _same_words(name, n)
            or _without_form(name) == _without_form(key(n))
            or (not place and _is_acronym(text, n))
            or (not (place or country or cluster.kind == "Place") and _adds_its_kind(text, n))
            or (not (place or country) and _is_end_of(name, n))
            for n in cluster.names.values()
        ):
            return cluster
    alike = [c for c in entities.clusters if any(_core(name) == _core(n) for n in c.names)]
    return alike[0] if len(alike) == 1 and alike[0].kind == "Body" else None


def _core(name: str) -> frozenset[str] | str:
    """A name's words up to whom it is for, in any order: "US appeals court"."""
    words = name.partition(" for ")[0].split()
    return frozenset(words) - {"of"} if len(words) > 2 else name


def _is_acronym(short: str, name: str) -> bool:
    """Whether the one is made of the initials of the other: "WHO", "World Health Organization"."""
    letters = re.sub(r"[.&]", "", short)
    if not (1 < len(letters) <= 6 and letters.isupper()):
        return False
    words = [w for w in name.replace("-", " ").split() if w[:1].isalnum()]
    bare = _without_form(key(name)).split()
    own = [w for w in words if key(w) in bare]
    capitals = ["".join(w[0] for w in some if w[0].isupper()) for some in (words, own)]
    return letters in (*capitals, "".join(w[0] for w in words).upper())


def _without_form(name: str) -> str:
    """A firm's name, as ``key`` gives it, without what says that it is one: "Kent Group Ltd"."""
    words = without_form(tuple(name.split()))
    while len(words) > 1 and words[-1] in _GROUPS:
        words = words[:-1]
    return " ".join(words)


def _same_words(one: str, other: str) -> bool:
    """Whether two names have the same words, some cut short."""
    a, b = one.split(), key(other).split()
    if len(a) == len(b):
        return a[-1] == b[-1] and all(
            x == y or (min(len(x), len(y)) >= 3 and (x.startswith(y) or y.startswith(x)))
            for x, y in zip(a, b, strict=True)
        )
    return False


def _adds_its_kind(one: str, other: str) -> bool:
    """Whether the longer name only adds, in lower case, its kind: "Hill Road school"."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    added = longer[len(shorter) :]
    return (
        bool(shorter and added)
        and longer[: len(shorter)] == shorter
        and all(w.islower() for w in added)
    )


def _is_end_of(one: str, other: str) -> bool:
    """Whether the name leaves out the other's beginning: "Planning Committee", of Kent's."""
    a, b = one.split(), key(other).split()
    return 1 < len(a) < len(b) and b[-len(a) :] == a
