"""A paragraph, cut where words in it tell furniture from the article."""

import re
from itertools import pairwise

from onrecord.graph.model import PassageRole
from onrecord.loaders.passages.furniture import furniture
from onrecord.loaders.passages.shapes import ENDED, LEADING_DATE, SENTENCE_END, Part, role_of_shape

_RESUMED = re.compile(
    r"(?<=\b[a-z])[\w'’]*\s+(?=(?:The|A|An|He|She|It|They|We|I|His|Her|Its|Their|This|That|These"
    r"|Those|There|In|On|At|By|But|And|As|For|After|Before|However|Meanwhile|When|While|If)\s[a-z])"
)
_GOES_ON = re.compile(r"\s*[a-z.,;:–—-]")
_CAPTION = re.compile(
    r"(?:(?:image|video|media|photo|picture) caption\b|pictured[:,]|file (?:photo|picture|image)\b"
    r"|(?-i:FILE)(?: PHOTO)? ?[-–—:]"
    r"|in this (?:\w+\.? \d{1,2}, \d{4},? )?(?:file |handout |undated )?"
    r"(?:photo|picture|image|frame)\b)",
    re.IGNORECASE,
)


def cut(paragraph: str, start: int) -> list[Part]:
    """The parts of a paragraph that starts there in the text."""
    words = furniture()
    if role := words.of_line(paragraph) or role_of_shape(Part(start, paragraph)):
        return [Part(start, paragraph, role)]
    parts: list[Part] = []
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
    if dated := LEADING_DATE.match(paragraph):
        found.append((0, dated.end(), "byline"))
    for pattern, role in furniture().glued:
        for match in pattern.finditer(paragraph):
            if role == "promo" or not _GOES_ON.match(paragraph, match.end()):
                found.append((match.start(), match.end(), role))
    return sorted(found)


def _headline_end(paragraph: str, start: int) -> int:
    """Where a headline ends that starts within a paragraph: with its sentence or, where it has no
    stop of its own, before a word that begins one."""
    ended = SENTENCE_END.search(paragraph, start)
    end = ended.end() if ended else len(paragraph)
    resumed = _RESUMED.search(paragraph, start, end) if ENDED.search(paragraph[start:end]) else None
    return resumed.end() if resumed else end


def _part(start: int, text: str, role: PassageRole | None = None) -> list[Part]:
    """The text as a part, without white space at its ends; nothing if there is no more to it."""
    kept = text.strip()
    return [Part(start + text.index(kept), kept, role)] if kept else []


def _captioned(start: int, text: str) -> list[Part]:
    """What stands before a picture's credit: its caption; in a longer run the last sentence is,
    unless it quotes somebody, as captions seldom do."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    if len(ends) < 2 and len(text) <= 300:
        return _part(start, text, "caption")
    last = ends[-1] if ends else 0
    if re.search(r"[\"“”]", text[last:]):
        return _sentences(start, text)
    return [*_sentences(start, text[:last]), *_part(start + last, text[last:], "caption")]


def _sentences(start: int, text: str) -> list[Part]:
    """The sentences of a run, each with the role its words give it."""
    words = furniture()
    if _CAPTION.match(text):
        return _part(start, text, "caption")
    parts: list[Part] = []
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
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
