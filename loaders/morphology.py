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
from spacy.vocab import Vocab

type Rules = Callable[[Doc], Doc]

_RULER, _LEMMATIZER = RULES = ("attribute_ruler", "lemmatizer")
"""The components of the language model that ``add_morphology`` takes the place of."""

_SIZE = 8
"""The bytes of an attribute: spaCy gives each as a number of 64 bits."""


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
        self._known: dict[bytes, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        tokens = _rows(doc, self._seen)
        new = [token for token in dict.fromkeys(tokens) if token not in self._known]
        if new:
            told = _rows(self._rules(self._apart(doc.vocab, new)), self._sets)
            self._known.update(zip(new, told, strict=True))
        return _set(doc, self._sets, [self._known[token] for token in tokens])

    def _apart(self, vocab: Vocab, tokens: Sequence[bytes]) -> Doc:
        """The tokens in a Doc of their own."""
        words = np.frombuffer(b"".join(token[:_SIZE] for token in tokens), dtype=np.uint64)
        doc = Doc(vocab, words=[vocab.strings[orth] for orth in words.tolist()])
        return _set(doc, self._seen[1:], [token[_SIZE:] for token in tokens])


def _rows(doc: Doc, attributes: list[int | str]) -> list[bytes]:
    """The attributes of each token, one behind the other."""
    table = np.ascontiguousarray(doc.to_array(attributes)).reshape(-1, len(attributes))
    rows: list[bytes] = table.view(f"V{_SIZE * len(attributes)}").ravel().tolist()
    return rows


def _set(doc: Doc, attributes: list[int | str], rows: Sequence[bytes]) -> Doc:
    table: Any = np.frombuffer(b"".join(rows), dtype=np.uint64)
    return doc.from_array(attributes, table.reshape(-1, len(attributes)))
