"""The shapes of a line: a sentence, a headline, a date, a name, an address."""

import re
from dataclasses import dataclass
from functools import cached_property

from onrecord.graph.model import PassageRole

OPENING, CLOSING = r"\"'“‘«(\[", r"\"'”’»)\]"
_ABBREVIATION = (
    r"(?<!\b[A-Z]\.)(?<!\b(?:[SDJ]r|M[rs]|St|No|vs|Lt)\.)"
    r"(?<!\b(?:Mrs|Sir|Gov|Sen|Rep|Gen|Col|Sgt|Rev)\.)"
)
SENTENCE_END = re.compile(
    rf"[.!?…]{_ABBREVIATION}[{CLOSING}]*\s+(?=[-–—•]?\s?[{OPENING}]*[^\W_a-z])"
)
ENDED = re.compile(rf"[.!?…。！？][{CLOSING}\s]*$")
ANNOUNCING = re.compile(r"[,;:—–-]$")
BULLET = re.compile(r"(?:[-–—•·*▪►»>]|\d{1,2}[.)])\s+")
QUOTED = re.compile(r"[\"'“‘«][^\"“”«»]+[\"'”’»]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ADDRESS = re.compile(
    r"(?:[\w.]+ ?: ?)?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\w+\.com/\S+)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"(?:<[^>]*>\W*)+")

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s\(?[a-z]{2,4}\b\)?)?"
_GAP = r"[\s,|•·–—-]*(?:at\s)?"
_PUBLISHED = (
    r"(?:(?:(?:first|last)\s)?(?:date|published|updated|posted|modified)(?:\s(?:on|at))?\s*:?\s*)"
)
_DATE = re.compile(
    rf"{_PUBLISHED}?(?:{_CLOCK}{_GAP})?{_DAY}(?:T[\d:.+Z-]+|{_GAP}{_CLOCK})?", re.IGNORECASE
)
_DATES = re.compile(
    rf"{_PUBLISHED}(?:{_DAY}|{_CLOCK})(?:\W+(?:{_PUBLISHED}|{_DAY}|{_CLOCK}|[a-z]{{2,4}}\b))*\W*"
    r"|\d+ (?:min(?:ute)?|hour|day|week|month)s? ago",
    re.IGNORECASE,
)
LEADING_DATE = re.compile(
    rf"(?:{_PUBLISHED}{_DAY}|\d{{4}}-\d\d-\d\d)[\s,:;|–—-]+(?=[{OPENING}]?(?-i:[A-Z]))",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:words|story|text|written|posted|reported|compiled|edited)\s)?by[\s:]\s*(?-i:[A-Z@])",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]+(?:\s(?:de|da|la|van|von|bin|al|el|[A-Z][\w.'’-]*))?\s[A-Z][\w.'’-]+"
_NAMES = re.compile(rf"{_NAME}(?:\s*(?:,|and|&|\|)\s*{_NAME}){{0,3}}")


@dataclass
class Part:
    """A run of a paragraph, from ``start`` in the text.

    Attributes:
        role: None until something tells it from the article's words.
        whole: nothing but furniture stands in its paragraph beside it.
    """

    start: int
    text: str
    role: PassageRole | None = None
    whole: bool = False

    @cached_property
    def words(self) -> int:
        """How many words, as far as that matters: those of the first few lines."""
        return len(_WORD.findall(self.text[:400]))

    @cached_property
    def ended(self) -> bool:
        return ENDED.search(self.text) is not None

    @cached_property
    def has_capitals(self) -> bool:
        """Capitalised as a headline is: most of its longer words."""
        longer = [word for word in _WORD.findall(self.text[:200]) if len(word) > 3]
        capital = sum(word[0].isupper() for word in longer)
        return 0 < len(longer) <= 14 and capital >= 0.7 * len(longer)

    @cached_property
    def has_bullet(self) -> bool:
        return BULLET.match(self.text) is not None

    @cached_property
    def announces(self) -> bool:
        """Ends in a colon or the like: what follows belongs to it."""
        return ANNOUNCING.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """A sentence of some length, which furniture does not have."""
        enough = self.words > (7 if self.ended else 30) or (self.ended and len(self.text) > 60)
        return self.role is None and enough and not self.has_capitals

    @property
    def is_title(self) -> bool:
        """A line shaped like a headline: a few words from a capital on, and no sentence's end."""
        first = self.text.lstrip("\"'“‘«([#@")[:1]
        return (
            (first.isupper() or first.isdigit())
            and (not self.ended or self.has_capitals)
            and not self.has_bullet
            and self._is_short_line
        )

    @property
    def is_item(self) -> bool:
        """A line that may stand in a list of links."""
        return self._is_short_line and (not self.ended or self.text.endswith("?"))

    @property
    def is_credit_line(self) -> bool:
        return self.role == "credit" and self.whole and not self.ended

    @property
    def is_name(self) -> bool:
        return _NAMES.fullmatch(self.text) is not None and not self.text.isupper()

    @property
    def is_dated(self) -> bool:
        """A few words with a date before or behind them, such as an outlet's name."""
        date = _DATE.search(self.text)
        if date is None or not (date.start() == 0 or date.end() == len(self.text)):
            return False
        return self.words - len(_WORD.findall(date[0])) <= 6

    @property
    def _is_short_line(self) -> bool:
        is_line = self.role is None and self.whole and self.text[0] != "|"
        return is_line and self.words <= 30 and not self.announces


def role_of_shape(part: Part) -> PassageRole | None:
    """The role that its shape alone gives to a line: rules, links, dates and bylines."""
    text = part.text
    if _MARKUP.fullmatch(text) or _ADDRESS.fullmatch(text) or not _WORD.search(text):
        return "notice"
    if _DATES.fullmatch(text) or _DATE.fullmatch(text):
        return "byline"
    ended = part.ended and not (part.words <= 6 and part.has_capitals)
    return "byline" if _BY.match(text) and part.words <= 16 and not ended else None
