"""When a post was held, as far as the words beside it say: "since March", "from 2010 to 2014".

A time is told as precisely as the words do, in ISO 8601: "2019", "2019-03" or "2019-03-05". What is
told as seen from the article ("until last year", "in March") needs the article's day to be known.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from spacy.tokens import Token

from onrecord.graph.model import Span
from onrecord.loaders.language import text_of

Change = Literal["begins", "ends", "chosen", ""]
"""Whether a verb says that somebody comes to a post, leaves it, or is chosen for it beforehand."""

_MONTHS = ("January February March April May June July August September October November"
           " December").split()  # fmt: skip
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "one two three four five six seven eight nine ten".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(rf"(?:(?:the )?(?:early |earlier |late |mid-))?{words}(?![\w-])")
    for words in (
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH},?(?: of)? {_YEAR}",
        _YEAR,
        rf"{_MONTH} {_DAY}",
        rf"{_DAY}(?: of)? {_MONTH}",
        rf"(?P<last>last )?{_MONTH}",
        r"(?P<which>last|this) (?P<unit>year|month)",
        rf"(?P<count>an?|\d\d?|{'|'.join(_NUMBERS)}) (?P<unit>year|month)s? ago",
        rf"(?P<last>last )?(?P<weekday>{'|'.join(_DAYS)})",
        r"(?P<which>today|yesterday)",
    )
)
_YEARS = re.compile(rf"\(\s?{_YEAR} ?[-–] ?(?P<end>(?:19|20)\d\d|\d\d)\b\)?")
_TO = re.compile(r",? (?:to|until|till|through|and) ")
_UNTIL = frozenset({"until", "till", "through"})
_PREPOSITIONS = _UNTIL | frozenset({"since", "from", "between", "in", "on", "during"})
_ADVERBIAL = frozenset({"npadvmod", "tmod", "advmod"})
_NEAR = 8
"""How many words after a post the years in brackets may stand that it was held."""


class Tenure(NamedTuple):
    """When a post was held; ``at`` is a time within it, ``over`` whether the words say it is over.

    ``words`` is where they stand, None where they say nothing.
    """

    since: str | None = None
    until: str | None = None
    at: str | None = None
    over: bool = False
    words: Span | None = None


class _Time(NamedTuple):
    """A time whose words end at ``end``; ``value`` is None where the article's day is not known.

    ``past`` tells that it is before the article, whatever day that is of: "last year".
    """

    value: str | None
    end: int
    past: bool


def tenure(head: Token, verb: Token | None, change: Change, published: date | None) -> Tenure:
    """What the words say of the time of a post: those of its noun, and of the verb that gives it.

    The first such words count. A post that ends before it begins has no time.
    """
    found = next(_found(head, verb, change, published), Tenure())
    return Tenure() if found.since and _before(found.until, found.since) else found


def _before(one: str | None, other: str) -> bool:
    """Whether a time is over when the other begins, as far as both are told."""
    return one is not None and one[: len(other)] < other[: len(one)]


def _found(
    head: Token, verb: Token | None, change: Change, published: date | None
) -> Iterator[Tenure]:
    text = text_of(head.doc)
    for token in head.children:  # "the 2012 nominee"
        if token.i < head.i and re.fullmatch(_YEAR, token.text):
            over = published is not None and int(token.text) < published.year
            yield Tenure(at=token.text, over=over)
    for token in head.sent:
        years = _YEARS.match(text, token.idx) if 0 < token.i - head.i < _NEAR else None
        if years:
            first, last = years["year"], years["end"]
            until = first[: -len(last)] + last
            yield Tenure(first, until, over=True, words=Span(*years.span()))
        elif _belongs(token, head, verb):
            if token.lower_ in _PREPOSITIONS:
                yield from _told(token.lower_, token.idx, text, change, published)
            elif token.dep_ in _ADVERBIAL and change:
                yield from _told("", token.left_edge.idx, text, change, published)


def _belongs(token: Token, head: Token, verb: Token | None) -> bool:
    """Whether the words depend on the post's noun or its verb, and on no other verb."""
    while token.head != token:
        token = token.head
        if token in (head, verb):
            return True
        if token.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _told(
    word: str, start: int, text: str, change: Change, published: date | None
) -> Iterator[Tenure]:
    """What the words at an offset tell of the time; ``word`` is their preposition, "" for none."""
    time = _time(text, start + len(word) + bool(word), published)
    if time is None:
        return
    day, end, past = time
    words = Span(start, end)
    to = _TO.match(text, end) if word in ("from", "between") else None
    last = _time(text, to.end(), published) if to else None
    if last is not None:
        over = _is_over(last, published)
        yield Tenure(day, last.value, over=over, words=Span(start, last.end))
    elif word in ("since", "from"):
        yield Tenure(since=day, words=words)
    elif word in _UNTIL and (past or day):
        yield Tenure(until=day, over=_is_over(time, published), words=words)
    elif change == "begins":
        yield Tenure(since=day, words=words)
    elif change == "ends":
        yield Tenure(until=day, over=True, words=words)
    elif word in ("in", "during") and not (past or change):
        yield Tenure(at=day, over=_is_over(time, published), words=words)


def _is_over(time: _Time, published: date | None) -> bool:
    return time.past or (published is not None and _before(time.value, published.isoformat()))


def _time(text: str, start: int, published: date | None) -> _Time | None:
    """The time that the words from an offset on tell, None where they tell none."""
    found = next(filter(None, (pattern.match(text, start) for pattern in _DATES)), None)
    if found is None:
        return None
    told = {name: words for name, words in found.groupdict().items() if words}
    past = "count" in told or "last" in told or told.get("which") in ("last", "yesterday")
    if "year" in told:
        value = _iso(int(told["year"]), _month(told), int(told.get("day", 0)))
    else:
        value = _from(told, published) if published else None
    return _Time(value, found.end(), past)


def _month(told: dict[str, str]) -> int:
    """The number of the month, 0 where none is told."""
    short = [month[:3] for month in _MONTHS]
    return short.index(told["month"][:3]) + 1 if "month" in told else 0


def _iso(year: int, month: int = 0, day: int = 0) -> str | None:
    """The time as precisely as it is told; None where there is no such day."""
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


def _from(told: dict[str, str], published: date) -> str | None:
    """A time as seen from the article: the last one of that name, which may be its own."""
    year, this = published.year, published.month
    if "month" in told:
        month, day = _month(told), int(told.get("day", 0))
        ahead = (month, day) > (this, published.day) if day else month > this
        return _iso(year - (ahead or ("last" in told and month == this)), month, day)
    if "weekday" in told:
        back = (published.weekday() - _DAYS.index(told["weekday"])) % 7
        return (published - timedelta(back or 7 * ("last" in told))).isoformat()
    if told.get("which") in ("today", "yesterday"):
        return (published - timedelta(told["which"] == "yesterday")).isoformat()
    count = 1 if told.get("which") == "last" or told.get("count", "") in ("a", "an") else 0
    if "count" in told and not count:
        words = told["count"]
        count = int(words) if words.isdigit() else _NUMBERS.index(words) + 1
    if told["unit"] == "year":
        return _iso(year - count)
    months = year * 12 + this - 1 - count
    return _iso(months // 12, months % 12 + 1)
