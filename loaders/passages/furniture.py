"""The words by which a page's furniture is known, compiled from ``data/furniture.yaml``."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from onrecord.graph.model import PassageRole

WORDS = Path(__file__).parents[1] / "data" / "furniture.yaml"

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_NAMES = rf"{_NAME}(?:[\s,&|/-]+(?:(?:and|via|for|of|on|de|van)\s)?{_NAME}){{0,5}}"


def _pattern(phrase: str) -> str:
    return phrase.replace("'", "['’]").replace(" ", r"\s")


def _any(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(_pattern, phrases))})"


class Furniture:
    """Patterns for what is not the article, by where it may stand.

    Attributes:
        glued: what stands within a paragraph, each with a role: of a promo the words that point to
            another article (in brackets with its headline), of a caption the credit behind it.
    """

    def __init__(self, path: Path) -> None:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        picture, wire, label = _any(data["pictures"]), _any(data["wires"]), _labels(data["labels"])
        agency = rf"(?:{picture}|{wire})"
        agencies = rf"{agency}(?:\s*/\s*{agency})*(?:\svia\s{agency})?"
        promo = data["promo"]
        pointers = promo.pop("pointers")
        pointer = rf"{_any(pointers)}\s*(?:[:|►»>]|[-–—](?=\s))\s*"
        stop = r"[.!?…\"'”’)\]]"
        after = rf"(?:^|(?<={stop}\s)(?<!\b[A-Z]\.\s)(?<!\b[DJMS]r\.\s)(?<!\bM[rs]s\.\s))"
        named = rf"(?:{label}\s*(?::|\bby\b)|©)\s*"
        owner = rf"(?:{_NAMES}\s*(?:/|\bvia\b|\bfor\b|\||,|\s-)\s*)?{agencies}"
        pointing = re.compile(
            rf"(?:^|(?<={stop}\s)|(?<=\s)(?=(?-i:[A-Z]))){pointer}(?=\S)", re.IGNORECASE
        )
        bracketed = re.compile(rf"[(\[]{pointer}[^()\[\]]{{1,300}}[)\]]", re.IGNORECASE)
        inside = r"[^()\[\]]"
        credit = re.compile(
            rf"[(\[](?:{named}|(?i:{label})\s?:|{agency}\s*/|{inside}{{1,80}}/\s?{agency}\b"
            rf"|(?i:(?:{label}\s)?courtesy\sof)\b){inside}{{0,150}}[)\]]"
            rf"|(?:^|(?<=[^\s•*–—-]\s)|(?<={stop})){named}(?:{owner}\b|{_NAMES}(?=\.?$))\.?"
            rf"|{after}(?:{_NAMES}\s*(?:/|\bvia\b)\s*{agencies}|{agency}\s*/\s*{_NAMES}"
            rf"|{picture}(?:\s*/\s*{agency})*)\.?$"
            rf"|[(\[]{picture}[)\]]\.?$"
        )
        signature = re.compile(rf"[(\[]{wire}[)\]]\.?$|^(?i:{agency})\.?$")
        self.glued: list[tuple[re.Pattern[str], PassageRole]] = [
            (bracketed, "promo"),
            (pointing, "promo"),
            (credit, "caption"),
            (signature, "credit"),
        ]
        self._shelf = self._compile({"promo": promo.pop("shelves") + pointers})
        roles: tuple[PassageRole, ...] = ("credit", "promo", "notice", "footer")
        self._lines, self._starts, self._sentences, self._anywhere = (
            self._compile({role: data[role].get(place, ()) for role in roles})
            for place in ("lines", "starts", "sentences", "anywhere")
        )

    @staticmethod
    def _compile(
        phrases: dict[PassageRole, list[str]],
    ) -> list[tuple[PassageRole, re.Pattern[str]]]:
        return [
            (role, re.compile(_any(listed), re.IGNORECASE))
            for role, listed in phrases.items()
            if listed
        ]

    def is_shelf(self, line: str) -> bool:
        """Whether the line is the head of a list of other articles ("Most read", "Read more")."""
        return any(p.fullmatch(line.strip(" :.…>|-–—")) for _, p in self._shelf)

    def of_line(self, line: str) -> PassageRole | None:
        """The role of a whole line that is furniture as it stands, or by how it begins."""
        bare = line.strip(' :.…>|-–—!"“”')
        whole = (role for role, pattern in self._lines if pattern.fullmatch(bare))
        begun = (role for role, pattern in self._starts if pattern.match(line))
        return next(whole, None) or next(begun, None)

    def of_sentence(self, sentence: str) -> PassageRole | None:
        """The role of a sentence that is furniture by how it begins or by what it contains."""
        begun = (role for role, pattern in self._sentences if pattern.match(sentence))
        has = (role for role, pattern in self._anywhere if pattern.search(sentence))
        return next(begun, None) or next(has, None)


def _labels(words: list[str]) -> str:
    """A label counts with a capital, or in capitals: "Picture:", "PICTURE:", not "the picture:"."""
    return rf"\b{_any(form(word) for word in words for form in (str.capitalize, str.upper))}"


@cache
def furniture() -> Furniture:
    """The phrases that come with the package."""
    return Furniture(WORDS)
