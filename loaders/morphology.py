"""Parts of speech and lemmas: spaCy's own rules, asked only once about each word.

The language model's rules take a third of its time, and all but a few look at nothing of a token
but its word, tag and dependency. So what they make of these is kept for when they come again.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

type Rules = Callable[[Doc], Doc]

_RULER, _LEMMATIZER = RULES = ("attribute_ruler", "lemmatizer")
"""The components of the language model that ``add_morphology`` takes the place of."""


def add_morphology(nlp: Language) -> None:
    """Let a pipeline, loaded with RULES disabled, do after its parser what they would do."""
    nlp.add_pipe("onrecord_morphology", after="parser")


@Language.factory("onrecord_morphology")
def _morphology(nlp: Language, name: str) -> Rules:  # noqa: ARG001 - spaCy passes it by name
    alone, beside = AttributeRuler(nlp.vocab), AttributeRuler(nlp.vocab)
    for rule in nlp.get_pipe(_RULER).patterns:  # type: ignore[attr-defined]
        of_one = all(len(pattern) == 1 for pattern in rule["patterns"])
        (alone if of_one else beside).add(**rule)
    marked = _Remembered(alone, ("ORTH", "TAG", "DEP"), ("TAG", "DEP", "POS", "MORPH", "LEMMA"))
    lemmatizer: Any = nlp.get_pipe(_LEMMATIZER)
    words = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech, known in words.items():  # lists, of which each new word would search all
        words[part_of_speech] = frozenset(known)
    lemmatized = _Remembered(lemmatizer, ("ORTH", "POS", "MORPH", "LEMMA"), ("LEMMA",))

    def apply(doc: Doc) -> Doc:
        # Of two rules the later one holds: those that see several words are the last for theirs.
        return lemmatized(beside(marked(doc)))

    return apply


class _Remembered:
    """Rules that see each token by itself: ``seen``, its ORTH first, decides what they set."""

    def __init__(self, rules: Rules, seen: Sequence[str], sets: Sequence[str]) -> None:
        self._rules = rules
        self._seen: list[int | str] = list(seen)
        self._sets: list[int | str] = list(sets)
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        tokens = _rows(doc, self._seen)
        new = [token for token in dict.fromkeys(tokens) if token not in self._known]
        if new:
            apart = Doc(doc.vocab, words=[doc.vocab.strings[orth] for orth, *_ in new])
            _set(apart, self._seen[1:], [attributes for _, *attributes in new])
            told = _rows(self._rules(apart), self._sets)
            self._known.update(zip(new, told, strict=True))
        return _set(doc, self._sets, [self._known[token] for token in tokens])


def _rows(doc: Doc, attributes: list[int | str]) -> list[tuple[int, ...]]:
    table: Any = doc.to_array(attributes).reshape(len(doc), len(attributes))
    return list(map(tuple, table.tolist()))


def _set(doc: Doc, attributes: list[int | str], rows: Sequence[Sequence[int]]) -> Doc:
    table: Any = np.array(rows, dtype=np.uint64)
    return doc.from_array(attributes, table)
