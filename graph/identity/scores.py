"""How likely two profiles are one, as a sum of named parts, each with its reason.

The sum runs from 0 to 1. From :data:`SURE` on two are one without anybody being asked; from
:data:`WAITS` on they wait for a judgement; below it nothing is done. A part that speaks against
keeps a pair from being sure, whatever the sum. The weights are set by hand and measured in
docs/identity.md.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from onrecord.graph.identity.names import Fit, Words, bodies_fit, kind_of, persons_fit
from onrecord.graph.identity.profiles import Held, Profile
from onrecord.graph.identity.titles import is_unique
from onrecord.graph.times import first_day, last_day

SURE = 0.9
WAITS = 0.4
WEAK = 0.5
"""What a fit of names is worth that may well be chance."""
MARGIN = 0.1
"""By how much a name's owner must fit better than the next, or else the next fits as well."""
SEVERAL = 3
"""In how many articles a full name must be for its surname alone to be sure of meaning it."""
FAMED = 10
"""How many times as many articles have one who is far better known than all others of the name."""
NEAR = 366
"""Within how many days one person seldom moves between two bodies of a kind."""


class Part(NamedTuple):
    """What one thing that was looked at adds; ``against`` where it speaks for two."""

    name: str
    weight: float
    why: str
    against: bool = False


class Score(NamedTuple):
    """A pair's score and what it is made of."""

    fit: Fit
    parts: tuple[Part, ...]

    @property
    def value(self) -> float:
        """From 0 to 1, in hundredths; below :data:`SURE` where only a reader can tell."""
        one_seat = any(part.name == "seat" for part in self.parts)
        sure = (FITS[self.fit].can_be_sure or one_seat) and not self.against
        most = 1.0 if sure else SURE - 0.01
        return round(min(max(sum(part.weight for part in self.parts), 0.0), most), 2)

    @property
    def against(self) -> bool:
        return any(part.against for part in self.parts)

    @property
    def sure(self) -> bool:
        return self.value >= SURE

    @property
    def telling(self) -> float:
        """The sum without companions: the better known of two always has more of them."""
        return sum(part.weight for part in self.parts if part.name != "companions")


class Weight(NamedTuple):
    """What a fit of names is worth, what is added where nobody else bears them, and its reason."""

    base: float
    alone: float
    can_be_sure: bool
    why: str


FITS: dict[Fit, Weight] = {
    "same": Weight(0.75, 0.2, True, "Both are called “{0}”."),
    "told": Weight(0.6, 0.3, True, "An article that calls one “{0}” calls it “{1}” as well."),
    "form": Weight(0.65, 0.25, True, "“{0}” and “{1}” differ by the legal form alone."),
    "middle": Weight(0.65, 0.15, True, "“{0}” and “{1}” differ by a middle name."),
    "suffix": Weight(0.5, 0.2, False, "“{0}” and “{1}” may be father and son."),
    "surname": Weight(0.5, 0.3, True, "“{0}” is the surname of “{1}”."),
    "short": Weight(0.55, 0.2, True, "“{0}” and “{1}” have given names of which one is short."),
    "shared": Weight(0.6, 0.3, True, "Both are called “{0}”, as others may be elsewhere."),
    "initial": Weight(0.5, 0.15, True, "“{0}” and “{1}” fit by an initial."),
    "single": Weight(0.45, 0.3, True, "Both are called “{0}” and nothing more."),
    "letters": Weight(0.4, 0.1, False, "“{0}” are the first letters of “{1}”."),
    "part": Weight(0.35, 0.1, False, "“{0}” is a part of the name “{1}”."),
    "renamed": Weight(0.2, 0.0, False, "“{0}” and “{1}” share a word, and may be renamed."),
    "office": Weight(0.0, 0.0, True, "“{0}” is a post of which a body has one."),
    "two": Weight(0.0, 0.0, False, "“{0}” and “{1}” have a surname in common and nothing else."),
}
EVIDENCE = {"post": 0.4, "body": 0.25, "title": 0.15, "holder": 0.3, "home": 0.3,
            "scene": 0.2, "outlet": 0.1, "companion": 0.05}  # fmt: skip
COMPANIONS = 3
"""How many shared companions count."""


def spelt(name: Words) -> str:
    """Words of a name as a reader may see them."""
    return " ".join(name)


def weigh(one: Profile, other: Profile) -> Score | None:
    """Score a pair by what is known of the two, None where nothing of their names fits.

    Whether anybody else fits as well is for :func:`compared` to say.
    """
    found = _fit(one, other)
    if found is None:
        return None
    fit, names = found
    parts = [Part("name", FITS[fit].base, FITS[fit].why.format(*map(spelt, names)), fit == "two")]
    if fit != "two":
        shared = list(_shared(one, other))
        parts += shared
        if one.realm != "Person":
            parts += _elsewhere(one, other, fit, {part.name for part in shared})
        elif not shared:
            parts += _conflicts(one, other) or _strangers(one, other, fit)
    common = set(one.articles) & set(other.articles)
    if common and fit != "two" and (one.realm == "Person" or one.name != other.name):
        why = f"The article {min(common)} has both, apart from each other."
        parts.append(Part("one article", -0.3, why, against=True))
    return Score(fit, tuple(parts))


def compared(score: Score, known: int, rivals: Sequence[tuple[int, Score]]) -> Score:
    """The score in view of the others that the name may mean as well.

    ``known`` is how many articles have the one that it is scored against; each rival comes with
    the number that have it, and its score.
    """
    parts = _compared(score, known, rivals)
    return score._replace(parts=(*score.parts, *(part for part in parts if part.weight)))


def _compared(score: Score, known: int, rivals: Sequence[tuple[int, Score]]) -> Iterable[Part]:
    several = Part("known", 0.1, f"{known} articles have the full name.")
    if not rivals:
        yield Part("nobody else", FITS[score.fit].alone, "Nobody else here may be meant.")
        if score.fit == "surname" and known >= SEVERAL:
            yield several
        return
    better = sum(rival.telling > score.telling for _, rival in rivals)
    as_good = sum(rival.telling > score.telling - MARGIN for _, rival in rivals)
    others = sum(articles for articles, _ in rivals)
    if known >= FAMED * others and not better:
        why = f"{known} articles have this one, and {others} all others that may be meant."
        yield Part("better known", 0.3, why)
        if score.fit == "surname":
            yield several
    elif as_good:
        yield Part("others", -0.05 * as_good, f"As good a fit: {as_good} more.")
    else:
        yield Part("fits best", MARGIN, f"A worse fit: {len(rivals)} more.")


type _Found = tuple[Fit, tuple[Words, Words]]


def _fit(one: Profile, other: Profile) -> _Found | None:
    """The best fit of any two of their names, and those names, the shorter first."""
    if one.realm != other.realm:
        return None
    fits = list((_persons if one.realm == "Person" else _bodies)(one, other))
    for found, names in fits:
        if found == "two" and names[0][0] == names[1][0]:
            return found, names  # father and son, or other middle names
    return max(fits, key=lambda fit: (FITS[fit[0]].base, fit), default=None)


def _persons(one: Profile, other: Profile) -> Iterable[_Found]:
    for a in (one.name, *one.aliases):
        for b in (other.name, *other.aliases):
            if found := persons_fit(a, b):
                yield found, _ordered(a, b)


def _bodies(one: Profile, other: Profile) -> Iterable[_Found]:
    names = _ordered(one.name, other.name)
    if one.name == other.name:
        alike = not (one.shared or other.shared) or _both(one.aliases, other.aliases)
        yield "same" if alike else "shared" if len(one.name) > 1 else "single", names
    elif one.realm == "Body":
        if one.name in other.aliases or other.name in one.aliases:
            yield "part" if set(names[0]) < set(names[1]) else "told", names
        if found := bodies_fit(*names):
            yield found, names
        elif _both(one.holders, other.holders) and _share_a_word(*names):
            yield "renamed", names


def _ordered(one: Words, other: Words) -> tuple[Words, Words]:
    a, b = sorted((one, other), key=lambda name: (len(name), name))
    return a, b


def _share_a_word(one: Words, other: Words) -> bool:
    return bool(set(one) & set(other) - {"of", "for", "and", "the"})


def _shared(one: Profile, other: Profile) -> Iterable[Part]:
    """What speaks for one."""
    if posts := _both(one.posts, other.posts):
        title, body = min(posts)
        why = f"Both hold the post of {title} at {spelt(body)}."
        if one.realm == "Person" and any(
            (a.title, a.body) == (b.title, b.body) and _meet(a, b)
            for a in one.held
            for b in other.held
            if a.body and is_unique(a.title, placed=True)
        ):
            yield Part("seat", EVIDENCE["post"], f"{why} There is one at a time.")
        else:
            yield Part("post", EVIDENCE["post"], why)
    elif bodies := _both(one.bodies, other.bodies):
        yield Part("body", EVIDENCE["body"], f"Both belong to {spelt(min(bodies))}.")
    elif titles := _both(one.titles, other.titles) - (_placed(one) & _placed(other)):
        yield Part("title", EVIDENCE["title"], f"Both hold the title {min(titles)}.")
    if holders := _both(one.holders, other.holders):
        who, title = min(holders)
        yield Part("holder", EVIDENCE["holder"], f"At both {spelt(who)} is {title}.")
    if homes := _both(one.homes, other.homes):
        yield Part("home", EVIDENCE["home"], f"Both are in or of {spelt(min(homes))}.")
    if len(companions := _companions(one, other)) > 1:
        few = ", ".join(map(spelt, companions[:COMPANIONS]))
        weight = EVIDENCE["companion"] * len(companions[:COMPANIONS])
        yield Part("companions", weight, f"Articles of both name {few}, whom few others name.")
    if one.realm != "Person":
        yield from _same_setting(one, other)


def _both[T](one: Collection[T], other: Collection[T]) -> set[T]:
    return set(one).intersection(other)


def _companions(one: Profile, other: Profile) -> list[Words]:
    """Rare names in articles of both, but for such as are like their own."""
    own = {name[-1] for side in (one, other) for name in (side.name, *side.aliases)}
    return sorted(name for name in _both(one.near, other.near) if name[-1] not in own)


def _placed(profile: Profile) -> set[str]:
    """The titles that it is known to hold at a body."""
    return {title for title, _ in profile.posts}


def _same_setting(one: Profile, other: Profile) -> Iterable[Part]:
    if scenes := _both(one.scenes, other.scenes):
        why = f"Articles of both name {spelt(min(scenes))} more than other places."
        yield Part("place", EVIDENCE["scene"], why)
    if outlets := _both(one.outlets, other.outlets):
        yield Part("outlet", EVIDENCE["outlet"], f"{min(outlets)} writes of both.")


def _elsewhere(one: Profile, other: Profile, fit: Fit, shared: set[str]) -> Iterable[Part]:
    """That bodies are in other places; for a name that others may bear, that their articles are."""
    if shared & {"holder", "home"}:
        return
    if one.homes and other.homes:
        why = f"One is in or of {spelt(min(one.homes))}, the other {spelt(min(other.homes))}."
        yield Part("homes", -0.3, why, against=True)
    elif fit in {"shared", "single"} and one.scenes and other.scenes and "place" not in shared:
        places = f"{spelt(min(one.scenes))} and {spelt(min(other.scenes))}"
        yield Part("places", -0.15, f"Their articles are of {places}.", against=True)


def _conflicts(one: Profile, other: Profile) -> list[Part]:
    """That one person can hardly hold the posts of both, where nothing else is common to them."""
    pairs = [(a, b) for a in one.held for b in other.held if _contradict(a, b)]
    if not pairs:
        return []
    posts = " and the other ".join(f"{p.title} of {spelt(p.body)}" for p in min(pairs, key=str))
    return [Part("posts", -0.3, f"One is {posts}.", against=True)]


def _strangers(one: Profile, other: Profile, fit: Fit) -> list[Part]:
    """That nothing is common to two of whom enough is known: of one full name, a body each."""
    if one.realm != "Person" or not all(
        any(post.body and not post.former if fit == "same" else True for post in side.held)
        for side in (one, other)
    ):
        return []
    return [Part("nothing in common", -0.1, "No post, body or two rare names are common to them.")]


def _contradict(one: Held, other: Held) -> bool:
    """Whether nobody is likely to hold both: at other bodies of a kind, about the same time."""
    if not (one.body and other.body) or any(s.former and not s.is_dated for s in (one, other)):
        return False
    if set(one.body) <= set(other.body) or set(other.body) <= set(one.body):
        return False
    if not _meet(one, other):
        return False
    if one.at_place and other.at_place:
        return one.title == other.title
    return bool(kind_of(one.body) & kind_of(other.body))


def _meet(one: Held, other: Held) -> bool:
    """Whether two posts may be held within a year of each other, and none ended before the other.

    What is told without a time is held on the article's day, whatever that is.
    """
    for first, second in ((one, other), (other, one)):
        if first.until and second.since and first_day(first.until) <= last_day(second.since):
            return False
    for first, second in ((one, other), (other, one)):
        end = last_day(first.until) if first.until else first.on
        start = first_day(second.since) if second.since else second.on
        if end and start and (start - end).days > NEAR:
            return False
    return True
