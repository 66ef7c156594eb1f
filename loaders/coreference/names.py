"""Names that mean the same: surnames, short forms, acronyms, and what a gazetteer knows."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.loaders import people
from onrecord.loaders.coreference.entities import Cluster, Entities
from onrecord.loaders.gazetteer import Entry, gazetteer
from onrecord.loaders.mentions import Noticed, key


def link_names(entities: Entities, names: Sequence[Noticed]) -> None:
    """Make the named entities: longest names first, so that a short form finds its long one."""
    groups: dict[tuple[bool, str], list[Noticed]] = {}
    for name in names:
        groups.setdefault((name.kind == "Person", key(name.text)), []).append(name)
    for person, text in sorted(groups, key=lambda g: (-len(g[1].split()), -len(g[1]), g)):
        members = groups[person, text]
        cluster = (_same_person if person else _same_body)(entities, text, members)
        for name in members:
            cluster = entities.put(name, cluster)
            if cluster.kind != "Person":
                cluster.entry = cluster.entry or _entry(entities, name)
            if name.title:
                cluster.titles.append(tuple(t.lower_.rstrip(".") for t in name.title))
    entities.clusters.sort(key=lambda c: c.start)
    for cluster in entities.clusters:
        cluster.mentions.sort(key=lambda m: m.head.i)
        if cluster.kind == "Person":
            titles = {word for title in cluster.titles for word in title}
            cluster.gender = people.gender_of(people.parts(cluster.full)[0], titles)


def _entry(entities: Entities, name: Noticed) -> Entry | None:
    """What a gazetteer knows the name as; a people is not its country: "Americans"."""
    entry = entities.entry(name.text)
    people_of = name.plural and entry is not None and entry.kind == "Place"
    return None if people_of else entry


def home(names: Sequence[Noticed]) -> str | None:
    """The country most of whose bodies the article names; None where none is ahead."""
    found = Counter(
        entry.country
        for name in names
        if name.kind == "Body"
        and (entry := gazetteer().lookup(name.text, vouched=True))
        and entry.country
    )
    ranked = found.most_common(2)
    ahead = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if ahead else None


def _same_person(entities: Entities, name: str, members: Sequence[Noticed]) -> Cluster | None:
    given, surname = people.parts(name)
    known = [c for c in entities.clusters if c.kind == "Person"]
    if given:
        fits = [
            c
            for c in known
            if people.parts(c.full)[1] == surname
            and people.given_names_fit(given, people.parts(c.full)[0])
        ]
    else:
        fits = [c for c in known if people.parts(c.full)[1] == name]
        fits = fits or [c for c in known if _single(name) in map(_single, _given(c))]
    titles = {t.lower_.rstrip(".") for m in members for t in m.title}
    gender = people.gender_of(given, titles)
    if gender:
        fits = [c for c in fits if people.gender_of(people.parts(c.full)[0], set()) in (gender, "")]
    if len(fits) < 2:
        return fits[0] if fits else None
    # A bare surname is that of the one person who was introduced before it was first used.
    first = min(m.head.i for m in members)
    introduced = [c for c in fits if c.start < first]
    if not given and len(introduced) == 1:
        return introduced[0]
    fits.sort(key=lambda c: (-len(c.mentions), c.start))
    return fits[0] if len(fits[0].mentions) >= 2 * len(fits[1].mentions) else None


def _given(person: Cluster) -> tuple[str, ...]:
    """The first of a person's given names."""
    return people.parts(person.full)[0][:1]


def _single(name: str) -> str:
    """A name without doubled letters, which papers spell either way: "Phillip", "Philip"."""
    return re.sub(r"(.)\1", r"\1", name)


def _same_body(entities: Entities, name: str, members: Sequence[Noticed]) -> Cluster | None:
    entry = _entry(entities, members[0])
    for cluster in entities.clusters:
        if cluster.kind == "Person":
            continue
        if entry is not None and cluster.entry == entry:
            return cluster
        text = members[0].text
        country = any(e is not None and e.kind == "Place" for e in (entry, cluster.entry))
        if any(
            _same_words(name, n)
            or _is_acronym(text, n)
            or (not country and _adds_its_kind(text, n))
            or _is_end_of(name, n)
            for n in cluster.names.values()
        ):
            return cluster
    return None


def _is_acronym(short: str, name: str) -> bool:
    """Whether the one is made of the initials of the other: "WHO", "World Health Organization"."""
    letters = short.replace(".", "")
    if not (1 < len(letters) <= 6 and letters.isupper()):
        return False
    words = [w for w in name.replace("-", " ").split() if w[:1].isalnum()]
    capitals = [w[0] for w in words if w[0].isupper()]
    return letters in ("".join(capitals), "".join(w[0] for w in words).upper())


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
