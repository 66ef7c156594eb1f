"""Which parts of a text are the article, and which are its page's furniture.

Three things tell them apart: words that publishers wrap articles in (``data/furniture.yaml``), the
shape of a line, and where in the document it stands. Where they leave a doubt the words are taken
for the article's: a promo that is read does less harm than a sentence that is not.

A paragraph is a line, or several where the text is hard-wrapped. It is cut where furniture is glued
into it: a picture's caption and credit, a pointer to another article, a sentence that asks to
subscribe. A dateline ("PARIS (AP) —") stays in the body.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from onrecord.graph.model import Passage, PassageRole
from onrecord.loaders.furniture import furniture

_OPENING, _CLOSING = r"\"'“‘«(\[", r"\"'”’»)\]"
_ABBREVIATION = (
    r"(?<!\b[A-Z]\.)(?<!\b(?:[SDJ]r|M[rs]|St|No|vs|Lt)\.)"
    r"(?<!\b(?:Mrs|Sir|Gov|Sen|Rep|Gen|Col|Sgt|Rev)\.)"
)
_SENTENCE_END = re.compile(
    rf"[.!?…]{_ABBREVIATION}[{_CLOSING}]*\s+(?=[-–—•]?\s?[{_OPENING}]*[^\W_a-z])"
)
_ENDED = re.compile(rf"[.!?…。！？][{_CLOSING}\s]*$")
_OPEN_ENDED = re.compile(r"[,;:—–-]$")
_LINE = re.compile(r"\S(?:[^\r\n\u2028\u2029]*\S)?")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_BULLET = re.compile(r"(?:[-–—•·*▪►»>]|\d{1,2}[.)])\s+")
_QUOTED = re.compile(r"[\"'“‘«][^\"“”«»]+[\"'”’»]")
_ADDRESS = re.compile(
    r"(?:[\w.]+ ?: ?)?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\w+\.com/\S+)",
    re.IGNORECASE,
)
_RESUMED = re.compile(
    r"(?<=\b[a-z])[\w'’]*\s+(?=(?:The|A|An|He|She|It|They|We|I|His|Her|Its|Their|This|That|These|Those|There"
    r"|In|On|At|By|But|And|As|For|After|Before|However|Meanwhile|When|While|If)\s[a-z])"
)
_GOES_ON = re.compile(r"\s*[a-z.,;:–—-]")
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
_VERB = (
    r"(?:(?:(?:first|last)\s)?(?:date|published|updated|posted|modified)(?:\s(?:on|at))?\s*:?\s*)"
)
_DATE = re.compile(
    rf"{_VERB}?(?:{_CLOCK}{_GAP})?{_DAY}(?:T[\d:.+Z-]+|{_GAP}{_CLOCK})?", re.IGNORECASE
)
_DATED = re.compile(
    rf"(?:{_VERB}{_DAY}|\d{{4}}-\d\d-\d\d)[\s,:;|–—-]+(?=[{_OPENING}]?(?-i:[A-Z]))", re.IGNORECASE
)
_UPDATED = re.compile(
    rf"{_VERB}(?:{_DAY}|{_CLOCK})(?:\W+(?:{_VERB}|{_DAY}|{_CLOCK}|[a-z]{{2,4}}\b))*\W*"
    r"|\d+ (?:min(?:ute)?|hour|day|week|month)s? ago",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:words|story|text|written|posted|reported|compiled|edited)\s)?by[\s:]\s*(?-i:[A-Z@])",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]+(?:\s(?:de|da|la|van|von|bin|al|el|[A-Z][\w.'’-]*))?\s[A-Z][\w.'’-]+"
_NAMES = re.compile(rf"{_NAME}(?:\s*(?:,|and|&|\|)\s*{_NAME}){{0,3}}")
_CAPTION = re.compile(
    r"(?:(?:image|video|media|photo|picture) caption\b|pictured[:,]|file (?:photo|picture|image)\b"
    r"|(?-i:FILE)(?: PHOTO)? ?[-–—:]"
    r"|in this (?:\w+\.? \d{1,2}, \d{4},? )?(?:file |handout |undated )?"
    r"(?:photo|picture|image|frame)\b)",
    re.IGNORECASE,
)

_BOXES = frozenset({"promo", "notice", "footer"})


@dataclass
class _Part:
    """A run of a paragraph; ``role`` is None until something tells it from the article."""

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
        return _ENDED.search(self.text) is not None

    @cached_property
    def has_capitals(self) -> bool:
        """Capitalised as a headline is: most of its longer words."""
        longer = [word for word in _WORD.findall(self.text[:200]) if len(word) > 3]
        capital = sum(word[0].isupper() for word in longer)
        return 0 < len(longer) <= 14 and capital >= 0.7 * len(longer)

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
            self.role is None
            and self.whole
            and (first.isupper() or first.isdigit())
            and self.words <= 30
            and not _OPEN_ENDED.search(self.text)
            and not _BULLET.match(self.text)
            and (not self.ended or self.has_capitals)
        )

    @property
    def is_credit_line(self) -> bool:
        return self.role == "credit" and self.whole and not self.ended

    @property
    def is_item(self) -> bool:
        """A line that may stand in a list of links."""
        unended = self.whole and not self.ended and not _OPEN_ENDED.search(self.text)
        return self.role is None and unended and self.words <= 30


def find_passages(text: str) -> list[Passage]:
    """The passages of a text in order, without overlap; white space between them is left out.

    Every other character of the text is in exactly one passage.
    """
    paragraphs = [_cut(text[start:end], start) for start, end in _paragraphs(text)]
    for paragraph in paragraphs:
        own = [part for part in paragraph if part.role is None] or paragraph
        own[0].whole = len(own) == 1
    parts = [part for paragraph in paragraphs for part in paragraph]
    _tell_headline(parts)
    _tell_captions(parts)
    _tell_shelved(parts)
    _tell_enclosed(parts)
    prose = [place for place, part in enumerate(parts) if part.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(parts), len(parts))
    _tell_head(parts[:first])
    _tell_tail(parts[last + 1 :])
    for place, part in enumerate(parts):
        if part.is_title and (part.words <= 20 or place < first):
            part.role = "pull_quote" if _QUOTED.fullmatch(part.text) else "heading"
    return [passage for paragraph in paragraphs for passage in _passages(paragraph)]


def _passages(parts: Iterable[_Part]) -> Iterator[Passage]:
    """The parts of one paragraph as passages, neighbours of one role joined."""
    for role, run in groupby(parts, key=lambda part: part.role or "body"):
        *_, last = first, *_ = list(run)
        yield Passage(start=first.start, end=last.start + len(last.text), role=role)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph starts and ends: a line, or the lines that a hard wrap made of one."""
    groups: list[list[tuple[int, int]]] = []
    above = None
    for line in _LINE.finditer(text):
        if above is not None and len(text[above : line.start()].rstrip(" \t").splitlines()) < 2:
            groups[-1].append(line.span())
        else:
            groups.append([line.span()])
        above = line.end()
    width = max((_width(text, group) for group in groups if len(group) > 2), default=0)
    for group in groups:
        if len(group) > 1 and width and _width(text, group, width):
            yield group[0][0], group[-1][1]
        else:
            yield from _joined(text, group)


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines, joined where one breaks off and those below carry it to a sentence's end."""
    run: list[tuple[int, int]] = []
    for start, end in lines:
        if run and not (text[start].islower() and _breaks_off(text[slice(*run[-1])])):
            yield from _run(text, run)
            run = []
        run.append((start, end))
    yield from _run(text, run)


def _breaks_off(line: str) -> bool:
    return not _ENDED.search(line) and furniture().of_line(line) in (None, "notice")


def _run(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(lines[0][0], lines[-1][1])] if _ENDED.search(text[slice(*lines[-1])]) else lines


def _width(text: str, lines: list[tuple[int, int]], least: int = 0) -> int:
    """The width that lines were wrapped at, 0 if they were not: none but the last has room for
    the first word of the next."""
    width = max(least, *(end - start for start, end in lines))
    full = all(
        end - start + 1 + len(text[after:stop].split(maxsplit=1)[0]) > width
        for (start, end), (after, stop) in pairwise(lines)
    )
    broken = any(not _ENDED.search(text[start:end]) for start, end in lines[:-1])
    return width if full and broken and 40 < width <= 100 else 0


def _cut(paragraph: str, start: int) -> list[_Part]:
    """A paragraph, cut where its words tell furniture from the article."""
    words = furniture()
    if role := words.of_line(paragraph) or _role_of_form(_Part(start, paragraph)):
        return [_Part(start, paragraph, role)]
    parts: list[_Part] = []
    at = 0
    for first, told, role in _glued(paragraph):
        if first < at:
            continue
        before = start + at, paragraph[at:first]
        parts += _captioned(*before) if role == "caption" else _sentences(*before)
        at = told
        if role == "promo" and paragraph[told - 1] not in ")]":
            at = _headline_end(paragraph, told)
        parts += _part(start + first, paragraph[first:at], "credit" if role == "caption" else role)
    return [*parts, *_sentences(start + at, paragraph[at:])]


def _glued(paragraph: str) -> list[tuple[int, int, PassageRole]]:
    """Where furniture stands within a paragraph: of a promo what points to it, of a caption its
    credit."""
    found: list[tuple[int, int, PassageRole]] = []
    if dated := _DATED.match(paragraph):
        found.append((0, dated.end(), "byline"))
    for pattern, role in furniture().glued:
        for match in pattern.finditer(paragraph):
            if role == "promo" or not _GOES_ON.match(paragraph, match.end()):
                found.append((match.start(), match.end(), role))
    return sorted(found)


def _headline_end(paragraph: str, start: int) -> int:
    """Where a headline ends that starts within a paragraph: with its sentence or, where it has no
    stop of its own, before a word that begins one."""
    ended = _SENTENCE_END.search(paragraph, start)
    end = ended.end() if ended else len(paragraph)
    resumed = (
        _RESUMED.search(paragraph, start, end) if _ENDED.search(paragraph[start:end]) else None
    )
    return resumed.end() if resumed else end


def _part(start: int, text: str, role: PassageRole | None = None) -> list[_Part]:
    """The text as a part, without white space at its ends; nothing if there is no more to it."""
    kept = text.strip()
    return [_Part(start + text.index(kept), kept, role)] if kept else []


def _captioned(start: int, text: str) -> list[_Part]:
    """What stands before a picture's credit: its caption, or of a longer run the last sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if len(ends) < 3 and len(text) <= 400:
        return _part(start, text, "caption")
    cut = ends[-1] if ends else 0
    return [*_sentences(start, text[:cut]), *_part(start + cut, text[cut:], "caption")]


def _sentences(start: int, text: str) -> list[_Part]:
    """The sentences of a run, each with the role its words give it."""
    words = furniture()
    if _CAPTION.match(text):
        return _part(start, text, "caption")
    parts: list[_Part] = []
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    depth = 0
    for first, last in pairwise(cuts):
        sentence = text[first:last]
        spoken = depth > 0 or sentence[:1] in ('"', "“")
        depth = max(0, depth + sentence.count("“") - sentence.count("”"))
        role = None if spoken else words.of_sentence(sentence)
        if parts and parts[0].role in ("notice", "footer") and len(text) <= 600:
            role = parts[0].role
        parts += _part(start + first, sentence, role)
    return parts


def _role_of_form(part: _Part) -> PassageRole | None:
    """The role that the form of a line gives it: links, rules, dates and names."""
    text = part.text
    if _MARKUP.fullmatch(text) or _ADDRESS.fullmatch(text) or not _WORD.search(text):
        return "notice"
    if (
        part.words > 16
        or text[0] in "-–—"
        or (part.ended and not (part.words <= 6 and part.has_capitals))
    ):
        return None
    return "byline" if _UPDATED.fullmatch(text) or _BY.match(text) else None


def _is_dated(part: _Part) -> bool:
    """A few words with a date before or behind them, such as an outlet's name."""
    date = _DATE.search(part.text)
    others = part.words - len(_WORD.findall(date[0])) if date else part.words
    return date is not None and others <= 6 and (date.start() == 0 or date.end() == len(part.text))


def _tell_headline(parts: list[_Part]) -> None:
    """A short sentence on top of a longer paragraph is a headline that was given a full stop."""
    first, second, *_ = [*(part for part in parts if part.role is None), None, None]
    if not (first and second and first.whole and first.ended):
        return
    if first.words <= min(14, second.words) and not _SENTENCE_END.search(first.text):
        first.role = "heading"


def _tell_captions(parts: list[_Part]) -> None:
    """A line without a sentence's end right above a credit is a caption, unless it is the first
    of all; so is one right below, where it is longer than a crosshead."""
    for above, part, below in zip(parts, parts[1:], [*parts[2:], None], strict=False):
        credited_below = below is not None and below.is_credit_line
        credited_above = above.is_credit_line and part.words > 5
        shaped = part.is_title and not part.ended and not _QUOTED.fullmatch(part.text)
        if shaped and (credited_below or credited_above):
            part.role = "caption"


def _tell_shelved(parts: list[_Part]) -> None:
    """What is listed below "Most read" or an aggregator's footer belongs to it."""
    shelf: PassageRole | None = None
    for part in parts:
        if part.role == "footer":
            shelf = "footer"
        elif part.whole and part.role is None and furniture().is_shelf(part.text):
            part.role = shelf = shelf or "promo"
        elif part.is_prose:
            shelf = None
        elif shelf and part.is_item:
            part.role = shelf


def _tell_enclosed(parts: list[_Part]) -> None:
    """A headline has the article below it; between two notices it is one of them."""
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        if part.is_title and above.role in _BOXES and below.role in _BOXES:
            part.role = above.role


def _tell_head(parts: list[_Part]) -> None:
    """Above the article's first sentence stand its headlines; names, dates and rubrics, which are
    shorter, stand around them."""
    titles = [part for part in parts if part.is_title]
    for part in titles:
        if _is_dated(part):
            part.role = "byline"
    titles = [part for part in titles if part.role is None]
    headline = next((i for i, part in enumerate(titles) if part.words > 3), 0)
    for part in titles[:headline]:
        part.role = "notice"
    for part in titles[headline + 1 :]:
        if _NAMES.fullmatch(part.text) and not part.text.isupper():
            part.role = "byline"


def _tell_tail(parts: list[_Part]) -> None:
    """Below its last sentence, lines like headlines are links, unless they are a list of its own:
    one with a head, or mostly of figures."""
    links = [part for part in parts if part.role is None]
    if not all(part.is_item for part in links):
        return
    bulleted = [_BULLET.match(part.text) is not None for part in links]
    headed = any(below and not above for above, below in pairwise(bulleted))
    figures = sum(any(map(str.isdigit, part.text)) for part in links)
    if len(links) > 1 and not headed and figures <= len(links) / 2:
        for part in links:
            part.role = "promo"
