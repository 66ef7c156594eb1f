"""From profiles to groups: who is surely one is joined, who may be is left for a judgement.

The best known go first: fuller names before shorter ones, those of whom more is said before those
of whom only the name is known. Each joins the one group that it surely belongs to, or begins a
group of its own. So a surname is compared with all who bear it, and the order in which articles
come changes nothing. Candidates are found by keys (blocking), so the time grows about as the number
of entities does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from onrecord.graph.identity.groups import Groups
from onrecord.graph.identity.names import (
    Words,
    letters,
    long_form,
    parts,
    person_name,
    without_form,
)
from onrecord.graph.identity.profiles import Key, Profile
from onrecord.graph.identity.scores import FITS, WAITS, WEAK, Score, compared, weigh

LIMIT = 30
"""With how many groups of one key a profile is compared: those that are best known."""
WAITING = 3
"""With how many groups, those that fit best, a profile may be joined or wait."""


type Block = tuple[object, ...]
type Index = defaultdict[Block, dict[Profile, None]]


class Pair(NamedTuple):
    """Two groups, each by one of its keys, and how likely they are one."""

    left: Key
    right: Key
    score: Score


def match(atoms: Sequence[Profile], groups: Groups) -> list[Pair]:
    """Join what is surely one; return what may be, best first."""
    _join_namesakes(atoms, groups)
    gathered: defaultdict[Key, list[Profile]] = defaultdict(list)
    for atom in atoms:
        gathered[groups.root(atom.first)].append(atom)
    whole = [Profile.of(parts) for parts in gathered.values()]
    whole.sort(key=lambda p: (-len(p.name), not p.described, -len(p.articles), p.first))
    index: Index = defaultdict(dict)
    unsure = [profile for profile in whole if _waits(profile, index, groups)]
    waiting = [pair for profile in unsure for pair in _waits(profile, index, groups)]
    waiting = [pair for pair in waiting if groups.root(pair.left) != groups.root(pair.right)]
    return sorted(waiting, key=lambda pair: (-pair.score.value, pair.left, pair.right))


def _waits(profile: Profile, index: Index, groups: Groups) -> list[Pair]:
    """Join a profile to the group it surely belongs to, or return those that it may belong to.

    The second time it is compared with what has been learnt of all others since the first.
    """
    blocks = list(_blocks(profile))
    for block in blocks:
        index[block].pop(profile, None)
    options = _options(profile, index)
    sure = (o for o, score in options if score.sure and groups.join(o.first, profile.first))
    if owner := next(sure, None):
        owner.absorb(profile)
    for block in blocks:
        index[block][owner or profile] = None
    return [
        Pair(other.first, profile.first, score)
        for other, score in options
        if not owner and score.value >= WAITS and not groups.are_apart(other.first, profile.first)
    ]


def _join_namesakes(atoms: Iterable[Profile], groups: Groups) -> None:
    """Join those of one full name of whom nothing but the name is known, or one post or body is.

    This is what scoring would come to; it is done first so that a name in ten thousand articles is
    not compared ten thousand times.
    """
    named: defaultdict[tuple[str, Words], list[Profile]] = defaultdict(list)
    for atom in atoms:
        if name := _full_name(atom):
            named[atom.realm, name].append(atom)
    for (kind, _), namesakes in named.items():
        articles = {article for atom in namesakes for article in atom.articles}
        if kind == "Person" and len(articles) < len(namesakes):
            continue  # an article has two of them
        first: dict[object, Key] = {}
        for atom in namesakes:
            for known in (*atom.posts, *atom.bodies, *atom.homes) or ("the name",):
                groups.join(first.setdefault(known, atom.first), atom.first)


def _full_name(atom: Profile) -> Words:
    """The name, or with one that others may bear another name that tells; empty where none is."""
    if atom.realm == "Person":
        return atom.name if person_name(atom.name).given else ()
    return max((a for a in atom.aliases if len(a) > 1), default=()) if atom.shared else atom.name


def _options(profile: Profile, index: Index) -> list[tuple[Profile, Score]]:
    """The groups that it may belong to, best first."""
    near = dict.fromkeys(
        other
        for block in _blocks(profile, looking=True)
        for other in islice(index.get(block, ()), LIMIT)
    )
    weighed = [(other, score) for other in near if (score := weigh(profile, other))]
    weighed = [option for option in weighed if option[1].fit != "two"]
    weighed.sort(key=lambda option: (-option[1].value, option[0].first))
    found = []
    for other, score in weighed[:WAITING]:
        rivals = [
            (len(third.articles), rival)
            for third, rival in weighed
            if FITS[rival.fit].base >= FITS[score.fit].base
            and third is not other
            and (rival.against or not _alike(other, third))
        ]
        found.append((other, compared(score, len(other.articles), rivals)))
    return sorted(found, key=lambda option: (-option[1].value, option[0].first))


def _alike(one: Profile, other: Profile) -> bool:
    """Whether two that are not surely one are so likely one that neither is the other's rival."""
    score = weigh(one, other)
    return score is not None and not score.against and FITS[score.fit].base > WEAK


def _blocks(profile: Profile, *, looking: bool = False) -> Iterator[Block]:
    """The keys under which a profile is found, or under which it looks for others."""
    if profile.realm == "Person":
        for name in (profile.name, *profile.aliases):
            person = person_name(name)
            for given in person.given:
                yield "initial", person.surname, given[0]
            if person.given:
                yield "initial", person.surname, long_form(person.given[0])[0]
            if not (looking and person.given):
                yield "surname", person.surname
                yield from (("body", person.surname, body) for body in profile.bodies)
        return
    yield from ((profile.realm, name) for name in (profile.name, *profile.aliases))
    if profile.realm == "Body":
        yield "form", without_form(profile.name)
        yield "letters", letters(profile.name) or profile.name[0]
        yield from ((profile.realm, part) for part in parts(profile.name))
        yield from (("holder", *holder) for holder in profile.holders if len(holder[0]) > 1)
