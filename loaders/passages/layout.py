"""What a line is by where it stands: headlines above, links below, captions beside credits."""

from itertools import groupby, pairwise

from onrecord.graph.model import PassageRole
from onrecord.loaders.passages.furniture import furniture
from onrecord.loaders.passages.shapes import QUOTED, SENTENCE_END, Part

_BOXES = frozenset({"promo", "notice", "footer"})
"""What stands in a box of its own, and so do the headlines in it."""


def tell_by_place(parts: list[Part]) -> None:
    """Give a role to every part that is told from the body by what stands around it."""
    _tell_headline(parts)
    _tell_captions(parts)
    _tell_shelved(parts)
    _tell_enclosed(parts)
    prose = [place for place, part in enumerate(parts) if part.is_prose]
    first = prose[0] if prose else len(parts)
    _tell_head(parts[:first])
    _tell_lists(parts[first:])
    for place, part in enumerate(parts):
        if part.is_title and (part.words <= 20 or place < first):
            part.role = "pull_quote" if QUOTED.fullmatch(part.text) else "heading"


def _tell_headline(parts: list[Part]) -> None:
    """A short sentence on top of a longer paragraph is a headline that was given a full stop."""
    first, second, *_ = [*(part for part in parts if part.role is None), None, None]
    if not (first and second and first.whole and first.ended):
        return
    if first.words <= min(14, second.words) and not SENTENCE_END.search(first.text):
        first.role = "heading"


def _tell_captions(parts: list[Part]) -> None:
    """A line without a sentence's end right above a credit is a caption, unless it is the first
    of all; so is one right below, where it is longer than a crosshead."""
    for above, part, below in zip(parts, parts[1:], [*parts[2:], None], strict=False):
        shaped = part.is_title and not part.ended and not QUOTED.fullmatch(part.text)
        credited_below = below is not None and below.is_credit_line
        if shaped and (credited_below or (above.is_credit_line and part.words > 5)):
            part.role = "caption"


def _tell_shelved(parts: list[Part]) -> None:
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


def _tell_enclosed(parts: list[Part]) -> None:
    """A headline has the article below it; between two notices it is one of them."""
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        if part.is_title and above.role in _BOXES | {"byline"} and below.role in _BOXES:
            part.role = below.role


def _tell_head(parts: list[Part]) -> None:
    """Above the article's first sentence stand its headlines; names, dates and rubrics, which are
    shorter, stand around them."""
    for part in parts:
        if part.is_title and part.is_dated:
            part.role = "byline"
    titles = [part for part in parts if part.is_title]
    headline = next((i for i, part in enumerate(titles) if part.words > 3), 0)
    for part in titles[:headline]:
        part.role = "notice"
    for part in titles[headline + 1 :]:
        if part.is_name:
            part.role = "byline"


def _tell_lists(parts: list[Part]) -> None:
    """Lines like headlines, one below the other, are links to other articles, unless the article
    announces them; crossheads have their text between them."""
    own = [part for part in parts if part.role is None]
    runs = [(is_list, list(run)) for is_list, run in groupby(own, key=_may_be_link)]
    for (_, above), (is_list, run) in pairwise(runs):
        if not is_list:
            continue
        if above[-1].announces:
            for part in run:
                part.role = "body"
        elif _are_links(run, ends=run is runs[-1][1]):
            for part in run:
                part.role = "promo"


def _may_be_link(part: Part) -> bool:
    return part.is_item and not part.ended and part.words <= 20


def _are_links(run: list[Part], *, ends: bool) -> bool:
    """Whether a run of lines are links; a list of figures or one with a head of its own is not.

    Above more text the run must be longer, and of lines that could be headlines.
    """
    headed = any(below.has_bullet and not above.has_bullet for above, below in pairwise(run))
    figures = sum(any(map(str.isdigit, part.text)) for part in run)
    words = sum(part.words for part in run) / len(run)
    linked = 2 < len(run) < 9 and words >= 5 and all(part.is_title for part in run)
    return (linked or (ends and len(run) > 1)) and not headed and figures <= len(run) / 2
