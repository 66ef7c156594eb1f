"""Candidate ends: every word of an article that an edge could run from or to.

With names and known nouns alone three fifths of the edges that careful readers see have both ends;
with every noun, pronoun and infinitive more than nine tenths.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders.coreference import Cluster, Entities
from onrecord.loaders.language import own_words
from onrecord.loaders.statements import Attribution

FORMS = ("name", "role", "noun", "pronoun", "other noun", "clause")
KINDS: tuple[EntityKind | Literal[""], ...] = ("", "Person", "Body", "Document", "Issue", "Place")
DEPENDENCIES = (
    "",
    *"nsubj nsubjpass dobj pobj poss appos conj compound attr agent dative ROOT xcomp ccomp csubj"
    " pcomp npadvmod nmod amod oprd acl advcl relcl".split(),
)
SAID = ("", "direct", "indirect", "mixed")

_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "pcomp"})
_COUNTED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"})
_EMPTY = frozenset({"EX", "WDT", "WP", "WRB"})


class Candidate(NamedTuple):
    """A word that may be an end, and what is known of it before any relation is.

    ``speaker`` is the head of whoever says the words that it stands in, None for the article's own.
    """

    head: Token
    form: str
    cluster: Cluster | None
    said: str
    speaker: Token | None

    @property
    def kind(self) -> EntityKind | Literal[""]:
        """The kind of the entity that it is known to mean; "" where it means none yet."""
        return self.cluster.kind if self.cluster is not None else ""


def innermost(doc: Doc, attributions: Sequence[Attribution]) -> dict[int, Attribution]:
    """For each token that stands in somebody's words, the shortest statement that holds it."""
    found: dict[int, Attribution] = {}
    for said in sorted(attributions, key=lambda a: -sum(e - s for s, e in a.content)):
        for start, end in said.content:
            for token in doc.char_span(start, end, alignment_mode="contract") or ():
                found[token.i] = said
    return found


def find_candidates(
    doc: Doc, entities: Entities, attributions: Sequence[Attribution]
) -> list[Candidate]:
    """All candidate ends of the article's own passages, in order."""
    said = innermost(doc, attributions)
    forms: dict[int, str] = {
        mention.head.i: mention.form for c in entities.clusters for mention in c.mentions
    }
    return list(_candidates(doc, entities, said, forms))


def _candidates(
    doc: Doc, entities: Entities, said: dict[int, Attribution], forms: dict[int, str]
) -> Iterator[Candidate]:
    for token in own_words(doc):
        form = forms.get(token.i) or _form(token)
        if not form:
            continue
        words = said.get(token.i)
        yield Candidate(
            token,
            form,
            entities.at(token.i),
            words.kind if words else "",
            words.source_head if words else None,
        )


def _form(token: Token) -> str:
    """The form of a word that no mention has; "" where it cannot be an end."""
    if token.tag_ in _EMPTY or token.dep_ == "expl":
        return ""
    if token.pos_ in {"NOUN", "PROPN"}:
        return "" if token.dep_ == "compound" and token.pos_ == "NOUN" else "other noun"
    if token.pos_ == "PRON" or token.tag_ == "PRP$":
        return "pronoun"
    if token.tag_ in {"VB", "VBG"}:
        return "clause" if token.dep_ in _CLAUSES else ""
    return "other noun" if token.tag_ == "CD" and token.dep_ in _COUNTED else ""
