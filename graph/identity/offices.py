"""Who holds a post that an article names without its holder: "the commissioner".

The one exception to the rule that whoever is not named is joined to nobody of another article. It
is made for a post of which a body has one holder at a time, where the corpus knows one person, and
nobody else, who holds it at the article's date.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from onrecord.graph.identity.profiles import Key
from onrecord.graph.identity.scores import NEAR, SURE, Part, Score
from onrecord.graph.identity.titles import same_title
from onrecord.graph.model import Holding
from onrecord.graph.reading import Reading
from onrecord.graph.times import first_day, last_day

type _Root = Callable[[Key], Key]
type _Stand = Literal["holds", "may", "not"]


class Seat(NamedTuple):
    """Somebody whom an article points at by a post, the one known holder, and why."""

    pointed: Key
    holder: Key
    score: Score


class _Told(NamedTuple):
    """What one article says of a post: that somebody holds it, or held it."""

    post: Holding
    body: Key
    holder: Key
    article: str
    on: date | None


def seats(readings: Sequence[Reading], root: _Root, name: Callable[[Key], str]) -> Iterator[Seat]:
    """Each unnamed holder of a post whom the corpus knows, in the order of the readings.

    ``root`` gives one key for all that are known to be one, ``name`` what an entity is called.
    """
    told = _told(readings, root)
    for reading in readings:
        named = {entity.id for entity in reading.entities if entity.named}
        for post in reading.posts:
            known = None if post.person in named else _known(post, reading, root, told)
            if known is not None:
                day = reading.article.published
                holder = name((known.article, known.post.person))
                why = (
                    f"The article means the {post.title} of {name(known.body)}, and"
                    f" {f'on {day}' if day else 'here'} nobody but {holder}"
                    f" is known to be that ({known.article})."
                )
                score = Score("office", (Part("office", SURE, why),))
                yield Seat((reading.article.id, post.person), known.holder, score)


def _told(readings: Sequence[Reading], root: _Root) -> dict[Key, list[_Told]]:
    """What the articles say of the posts at each body that has a name."""
    found: defaultdict[Key, list[_Told]] = defaultdict(list)
    for reading in readings:
        article = reading.article
        named = {entity.id for entity in reading.entities if entity.named}
        for post in reading.posts:
            if post.person in named and post.body in named:
                body, holder = root((article.id, post.body)), root((article.id, post.person))
                found[body].append(_Told(post, body, holder, article.id, article.published))
    return found


def _known(
    post: Holding, reading: Reading, root: _Root, told: dict[Key, list[_Told]]
) -> _Told | None:
    """What best tells who holds the post at the article's date; None where that is in doubt.

    Where the words name no body it is one that the article is about.
    """
    article, day = reading.article.id, reading.article.published
    named = {entity.id for entity in reading.entities if entity.named}
    bodies = [root((article, post.body))] if post.body else _about(reading, post, root, told)
    terms = [
        term
        for body in bodies
        for term in told.get(body, ())
        if same_title(post.title, term.post.title)
    ]
    here = {
        root((article, p.person))
        for p in reading.posts
        if p.person in named and not p.former and same_title(post.title, p.title)
    }
    held: defaultdict[tuple[Key, Key], list[_Told]] = defaultdict(list)
    for term in terms:
        held[term.body, term.holder].append(term)
    stands = {seat: _stand(own, day) for seat, own in held.items()}
    options = [seat for seat, stand in stands.items() if stand != "not"]
    if len(options) != 1 or here - {options[0][1]}:
        return None
    seat, own = options[0], held[options[0]]
    alone = len({term.holder for term in terms}) == 1 and not any(t.post.former for t in own)
    if stands[seat] != "holds" and not alone:
        return None
    return min(own, key=lambda term: (term.post.former, _days(term, day), term.article))


def _about(reading: Reading, post: Holding, root: _Root, told: dict[Key, list[_Told]]) -> list[Key]:
    """The bodies, and the places, that the article mentions most, and before the post.

    One that is known for posts of other titles has no such post, however often it is mentioned.
    """
    found: list[Key] = []
    for kind in ("Body", "Place"):
        here = {e.id: root((reading.article.id, e.id)) for e in reading.entities if e.kind == kind}
        mentions = [m for m in reading.mentions if m.entity in here]
        counts = Counter(here[m.entity] for m in mentions)
        before = {here[m.entity] for m in mentions if m.start < post.start}
        for body in list(counts):
            known = told.get(body, ())
            if known and not any(same_title(post.title, term.post.title) for term in known):
                del counts[body]
        most = max(counts.values(), default=0)
        found += sorted(body for body in before if counts[body] == most > 0)
    return found


def _stand(terms: Sequence[_Told], day: date | None) -> _Stand:
    """Whether what is told of somebody's post lets them hold it on a day.

    Told of within a year, or before and after, it "holds"; told of without a date it "may".
    """
    current = [term for term in terms if not term.post.former]
    if day is None:
        return "may" if current else "not"
    if any(_is_within(term.post, day) for term in terms):
        return "holds"
    if not current or any(_is_outside(term.post, day) for term in terms):
        return "not"
    dates = [term.on for term in current if term.on]
    left = [term.on for term in terms if term.post.former and term.on]
    if len(dates) + len(left) < len(terms):
        return "may"
    begun = [last_day(term.post.since) for term in current if term.post.since]
    return _stood(dates, begun, left, day)


def _stood(dates: Sequence[date], begun: Sequence[date], left: Sequence[date], day: date) -> _Stand:
    """The same by the days of the articles that call somebody the holder, and a former one."""
    gone = [end for end in left if end <= day]
    since = [held for held in dates if gone and min(gone) < held <= day]
    if gone and len(since) <= len(gone):  # news may still call a former holder by the post
        return "may" if max(dates) > day else "not"
    if len(left) > len(gone) and max(dates) < day:
        return "may"  # it ended at some time in between
    spanned = min((*dates, *begun)) <= day <= max(dates)
    return "holds" if spanned or any(abs((held - day).days) <= NEAR for held in dates) else "not"


def _is_within(post: Holding, day: date) -> bool:
    """Whether the post had surely begun by that day, and surely was not over."""
    begun = post.since is not None and last_day(post.since) <= day
    return begun and post.until is not None and day <= first_day(post.until)


def _is_outside(post: Holding, day: date) -> bool:
    """Whether the post had surely not begun by that day, or surely was over."""
    ahead = post.since is not None and first_day(post.since) > day
    return ahead or (post.until is not None and last_day(post.until) < day)


def _days(term: _Told, day: date | None) -> int:
    """How far from the day it was told; without dates farther than all."""
    return abs((term.on - day).days) if term.on and day else date.max.toordinal()
