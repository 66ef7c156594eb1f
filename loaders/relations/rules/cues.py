"""The ontology's cues, indexed by word and matched on the parse.

How cues are written is told at the head of graph/ontology.yaml.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.graph.ontology import Ontology

_PART_DEPS = frozenset(
    "prt advmod prep dobj dative xcomp acomp oprd amod pobj det attr agent npadvmod"
    " compound ccomp".split()
)


@dataclass(frozen=True)
class Cue:
    """One way of saying a relation: its type, its further words, and where its ends stand."""

    type: str
    rest: tuple[str, ...]
    source_after: str = ""
    about_after: str = ""


@dataclass(frozen=True)
class Match:
    """A cue found at a word: the words that make it, and the last of them."""

    cue: Cue
    tokens: tuple[Token, ...]

    @property
    def last(self) -> Token:
        return self.tokens[-1]


class Cues:
    """All cues of an ontology: verbs, nouns, adjectives, and judgements by type."""

    def __init__(self, ontology: Ontology) -> None:
        self.verbs = _index(
            (name, cue) for name, r in ontology.relations.items() for cue in r.verbs
        )
        self.nouns = _index(
            (name, cue) for name, r in ontology.relations.items() for cue in r.nouns
        )
        self.adjectives = _index(
            (name, cue) for name, r in ontology.relations.items() for cue in r.adjectives
        )
        self.judgements: dict[str, str] = {}
        for name, relation in ontology.relations.items():
            for words in relation.judgements:
                self.judgements.setdefault(words.lower(), name)
        self.changes = frozenset(w for r in ontology.relations.values() for w in r.changes)
        self.rules = frozenset(w for r in ontology.relations.values() for w in r.rules)

    def of_verb(self, verb: Token) -> list[Match]:
        """The longest cues that the verb and what hangs on it make, and its object's own.

        "Wrote a letter to the bank" is both writing to the bank and writing the letter.
        """
        if _is_price(verb):
            return []
        particles = {c for c in verb.children if c.dep_ == "prt"}
        # "Picked up" is no picking: a particle that is not the cue's makes another verb.
        found = [m for m in _matches(verb, self.verbs) if particles <= set(m.tokens)]
        longest = _longest(found)
        if longest and longest[0].last.dep_ == "prep":
            longest += [m for m in found if len(m.tokens) == 1 and m not in longest]
        return longest

    def of_noun(self, noun: Token) -> list[Match]:
        """The cues that the noun makes with a preposition of its own, or by itself."""
        return _longest(_matches(noun, self.nouns, optional=True))

    def of_adjective(self, word: Token) -> list[Match]:
        """The cues that the adjective, participle or preposition makes."""
        return _longest(_matches(word, self.adjectives, as_written=True))


def _is_price(verb: Token) -> bool:
    """Whether a charge is one of money: "charged the firm $6 million"."""
    return verb.lemma_ == "charge" and any(
        t.is_currency for c in verb.children for t in (c, *c.children) if t.head.dep_ != "prep"
    )


_MENDED = {"fin": "fine", "ax": "axe"}
"""Lemmas that the language model gets wrong: of "fined", of "axed"."""


def british(word: str) -> str:
    """The lemma in the ontology's spelling: "criticize" is "criticise"."""
    word = _MENDED.get(word, word)
    if word.endswith("ize") and len(word) > 5:
        return word[:-3] + "ise"
    return word


def _index(cues: Iterator[tuple[str, str]]) -> dict[str, list[Cue]]:
    index: defaultdict[str, list[Cue]] = defaultdict(list)
    for name, text in cues:
        words = text.split()
        source = next((w[1:] for w in words if w.startswith("~")), "")
        about = next((w[2:] for w in words if w.startswith("a=")), "")
        rest = tuple(w for w in words[1:] if not w.startswith(("~", "a=")))
        index[words[0]].append(Cue(name, rest, source, about))
    return dict(index)


def _matches(
    word: Token, index: dict[str, list[Cue]], optional: bool = False, as_written: bool = False
) -> Iterator[Match]:
    written = word.lower_ if as_written else british(word.lemma_.lower())
    for cue in index.get(written, ()):
        tokens = _rest(word, cue.rest)
        if tokens is None and optional and len(cue.rest) == 1:
            tokens = (word,)
        if tokens is None:
            continue
        if cue.source_after and not _preposition(word, cue.source_after):
            continue
        yield Match(cue, tokens)


def _rest(word: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The tokens of the cue's further words, each hanging on one before; None if one lacks."""
    tokens = [word]
    for at, text in enumerate(rest):
        found = next(
            (
                c
                for host in reversed(tokens)
                for c in host.children
                if c.dep_ in _PART_DEPS
                and c.i > host.i
                and (c.lower_ == text or c.lemma_.lower() == text)
            ),
            None,
        )
        if found is None and text == "to" and at + 1 < len(rest):
            continue  # "vote to approve": the infinitive's "to" hangs on what follows
        if found is None:
            return None
        tokens.append(found)
    return tuple(tokens)


def _preposition(word: Token, text: str) -> Token | None:
    return next(
        (c for c in word.children if c.dep_ in {"prep", "agent", "dative"} and c.lower_ == text),
        None,
    )


def _longest(matches: Iterable[Match]) -> list[Match]:
    found = list(matches)
    longest = max((len(m.tokens) + bool(m.cue.source_after) for m in found), default=0)
    return [m for m in found if len(m.tokens) + bool(m.cue.source_after) == longest]
