"""What names say of each other: how well two can be one's, and which are many bodies' names."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

import yaml

from onrecord.graph.slugs import folded

Words = tuple[str, ...]
Fit = Literal["same", "shared", "told", "form", "middle", "suffix", "short", "initial", "surname",
              "single", "letters", "part", "renamed", "office", "two"]  # fmt: skip
"""How two names may be one's; :data:`onrecord.graph.identity.scores.FITS` explains each."""

_SUFFIXES = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset("bin da de del della der di dos du ibn la le ten ter van von".split())
_LINKS = frozenset("and at for in of on the".split())
_FORMS = frozenset(
    "ag bhd co company corp corporation gmbh inc incorporated llc llp lp ltd limited nv plc pty sa"
    " se".split()
)
KINDS = frozenset(
    "academy administration agency assembly association authority bank board bureau cabinet"
    " chamber charity church club college commission committee company confederation conference"
    " congress convention corporation council court department directorate federation force forces"
    " foundation fund government guild hospital inquiry institute institution ministry office"
    " parliament party police representatives school secretariat senate service services society"
    " tribunal trust union university".split()
)
"""Words for kinds of bodies."""
_FIELDS = frozenset(
    "action affairs agriculture air army and appeal appeals art arts business central chief city"
    " civil commerce communications community constitutional county criminal culture defence"
    " defense democratic development district economic economy education electoral employment"
    " energy environment executive external family federal finance fire first for foreign general"
    " health high higher home house housing human immigration industry information interior"
    " internal international joint justice labor labour land law legal liberal local lower media"
    " medical military national natural navy new of on people planning press prison provincial"
    " public railway regional relations republican rescue revenue rights royal rural safety science"
    " secondary security select social sport sports standards state supreme tax technology tourism"
    " town trade training transport treasury upper urban water welfare women workers youth".split()
)
"""Words that, with those for kinds, make names which bodies of several countries bear."""


@cache
def _long_forms() -> dict[str, str]:
    text = (files("onrecord.graph.identity") / "short_names.yaml").read_text("utf-8")
    return cast(dict[str, str], yaml.safe_load(text))


def long_form(given: str) -> str:
    """The given name that one is commonly short for, or itself."""
    return _long_forms().get(given, given)


@cache
def words(name: str) -> Words:
    """The words to compare a name by: folded, without "the", points and quotation marks."""
    plain = folded(name).replace("’", "'").removeprefix("the ").replace(".", ". ")
    parts = "".join(" " if c in ',"“”()' else c for c in plain).split()
    if len(parts) > 1 and all(len(part.rstrip(".")) == 1 for part in parts):
        return ("".join(part.rstrip(".") for part in parts),)  # "F.B.I."
    return tuple(w for part in parts if (w := part.strip(".'"))) or (name,)


@cache
def is_shared(name: Words) -> bool:
    """Whether bodies of several places may bear the name: "ministry of health", "federation"."""
    return all(word in KINDS or word in _FIELDS for word in name)


def kind_of(name: Words) -> frozenset[str]:
    """The kinds of body that a name tells of."""
    return frozenset(word.removesuffix("s") for word in name if word in KINDS)


class PersonName(NamedTuple):
    """A person's name in parts; no given names where only the surname is known."""

    given: Words
    surname: Words
    suffix: str


@cache
def person_name(name: Words) -> PersonName:
    """Tell given names, surname and suffix apart."""
    suffix = name[-1] if len(name) > 1 and name[-1] in _SUFFIXES else ""
    rest = name[:-1] if suffix else name
    at = len(rest) - 1
    while at > 0 and rest[at - 1] in _PARTICLES:
        at -= 1
    return PersonName(rest[:at], rest[at:], suffix)


@cache
def persons_fit(one: Words, other: Words) -> Fit | None:
    """How two people's names may be one's; "two" where only the surname is the same."""
    a, b = person_name(one), person_name(other)
    if a.surname != b.surname or len(a.surname[-1]) == 1:
        return None
    if not (a.given and b.given):
        return "single" if a.given == b.given else "surname"
    if (a.suffix and b.suffix and a.suffix != b.suffix) or not (
        fit := _given_fit(a.given, b.given)
    ):
        return "two"
    return fit if a.suffix == b.suffix else "suffix"


def _given_fit(one: Words, other: Words) -> Fit | None:
    """How two people's given names may be one's."""
    first, second = one[0], other[0]
    rest, others = one[1:], other[1:]
    if one == other:
        return "same"
    if (first in others or second in rest) and not (rest and others):
        return "middle"
    if not _middles_fit(rest, others):
        return None
    if first == second:
        return "middle"
    if long_form(first) == long_form(second):
        return "short"
    return "initial" if first[0] == second[0] and 1 in (len(first), len(second)) else None


def _middles_fit(one: Words, other: Words) -> bool:
    return all(
        a == b or (a[0] == b[0] and 1 in (len(a), len(b))) for a, b in zip(one, other, strict=False)
    )


@cache
def bodies_fit(one: Words, other: Words) -> Fit | None:
    """How two bodies' names that differ may be one's, by the names alone."""
    short, long = sorted((one, other), key=len)
    if without_form(one) == without_form(other):
        return "form"
    if len(short) == 1 and short[0] == letters(long):
        return "letters"
    return "part" if short in parts(long) else None


def parts(name: Words) -> Iterator[Words]:
    """Shorter names that may be the same body's: less what stands before, less a last "service"."""
    tails = [name[n:] for n in range(1, len(name) - 1) if name[n - 1] not in _LINKS]
    heads = [name[:-1]] if len(name) > 2 and name[-1] in KINDS else []
    return (part for part in (*tails, *heads) if not is_shared(part))


def without_form(name: Words) -> Words:
    """A company's name without its legal form."""
    while len(name) > 1 and name[-1] in _FORMS | {"&"}:
        name = name[:-1]
    return name


def letters(name: Words) -> str:
    """The acronym that a name of three words or more would have, "" for others."""
    heads = "".join(word[0] for word in name if word not in {"of", "for", "and", "the", "&"})
    return heads if len(heads) > 2 else ""


def telling(aliases: Iterable[str]) -> frozenset[Words]:
    """Of a body's aliases those that can mean no other: acronyms, and names of several words."""
    return frozenset(
        w
        for alias in aliases
        if (" " in alias or (len(alias) > 2 and alias.isupper()))
        and not is_shared(w := words(alias))
    )
