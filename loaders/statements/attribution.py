"""What is found: one attribution of words, thoughts or wishes to a source (after PolNeAR)."""

from typing import NamedTuple

from spacy.tokens import Token

from onrecord.graph.model import Span, StatementKind


class Attribution(NamedTuple):
    """Somebody is said to have said, written or thought something.

    All spans are offsets into the article's text, without white space at either end. ``source`` is
    the whole noun phrase ("Ann Lee, head of the union") and ``source_head`` its head token; both
    are None where the text names nobody. ``content`` keeps its quotation marks.
    """

    source: Span | None
    source_head: Token | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: StatementKind
