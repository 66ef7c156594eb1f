"""What a person's name says: surname, given name, its short forms, and what pronoun fits it."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from onrecord.graph.identity.names import long_form

Gender = Literal["male", "female", ""]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MALE_TITLES = frozenset(
    "sir mr lord baron king prince duke father brother son uncle nephew grandson grandfather"
    " husband widower boyfriend man congressman chairman spokesman businessman".split()
)
_FEMALE_TITLES = frozenset(
    "dame mrs ms miss lady baroness queen princess duchess mother sister daughter aunt niece"
    " granddaughter grandmother wife widow girlfriend woman congresswoman chairwoman spokeswoman"
    " businesswoman".split()
)


@cache
def _genders() -> dict[str, Gender]:
    data = yaml.safe_load((files("onrecord.loaders") / "data/first_names.yaml").read_text("utf-8"))
    return {name: gender for gender in ("male", "female") for name in data[gender]}


def is_given_name(word: str) -> bool:
    """Whether the lower-case word is a common given name."""
    return word in _genders() or long_form(word) != word


def parts(name: str) -> tuple[tuple[str, ...], str]:
    """Given names and surname of a name in the form :func:`mentions.key` gives."""
    words = name.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words[:-1]), words[-1]


def given_names_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two given names may be one person's: equal, initial, short form, or left out."""
    if not one or not other:
        return True
    a, b = one[0], other[0]
    if long_form(a) == long_form(b):
        return True
    initials = (
        len(a) == 1 or len(b) == 1 or (max(len(a), len(b)) <= 3 and not {a, b} & set(_genders()))
    )
    return (a[0] == b[0] and initials) or bool(set(one[1:]) & {b}) or bool(set(other[1:]) & {a})


def gender_of(given: tuple[str, ...], titles: set[str]) -> Gender:
    """Which pronoun fits, by title or given name; "" where neither tells."""
    if titles & _MALE_TITLES:
        return "male"
    if titles & _FEMALE_TITLES:
        return "female"
    return _genders().get(given[0], "") if given else ""
