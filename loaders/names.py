"""Named people, bodies and places: the reader's own tagger, and what the article says as a whole.

spaCy's tagger sees four words to either side. Whether "Marek" is a man, a town or a firm often
stands somewhere else in the article ("Mr Marek", "in Marek", "Marek Ltd"), so the tagger here is
spaCy's, trained further (``training/names.py``), with evidence of each word added to its
embedding: what the gazetteer knows, and how the word is used throughout the article.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)

from onrecord.loaders.gazetteer import gazetteer

_KINDS = ("Body", "Place", "Document")
_PLACED = frozenset("in at near from to around across outside of into".split())
_SAYS = frozenset(
    "say says said told tells added adds claims claimed argued wrote tweeted asked insisted warned"
    " replied explained announced".split()
)
_BODY_WORD = re.compile(
    r"(?:party|ministry|department|university|college|school|institute|council|committee|commission"
    r"|association|federation|union|society|club|league|bank|court|police|agency|authority|company"
    r"|corporation|corp\.?|inc\.?|ltd\.?|limited|plc|llc|group|foundation|trust|centre|center"
    r"|organi[sz]ation|office|bureau|board|service|services|force|army|navy|hospital|church|network"
    r"|media|news|times|post|tribune|press|team|fc|airlines?|airways|industries|holdings|partners"
    r"|motors|energy|water|house|senate|parliament|assembly|congress|cabinet|government)",
    re.IGNORECASE,
)
_PLACE_WORD = re.compile(
    r"(?:street|road|avenue|river|lake|mount|mountains?|island|islands|bay|sea|ocean|valley|hills?"
    r"|county|province|district|region|city|town|village|park|airport|square|bridge|port|beach)",
    re.IGNORECASE,
)
_FIRST_OF_DOC = 17
EVIDENCE = 33
"""Numbers of evidence per token; ``evidence`` says which."""


def evidence(doc: Doc) -> NDArray[np.float32]:
    """What speaks for each token's being a name, of shape (tokens, EVIDENCE), from 0 to 1.

    Columns 0-3: tagged as a proper noun, noun, adjective, verb. 4-9: begins or goes on in a body,
    place or document that the gazetteer knows. 10-16: demonym, honorific, title, suffix of a name,
    word that ends bodies' names, word of places' names, all capitals. From 17, for words with a
    capital, the share of the word's uses in the article that are: after an honorific or a title;
    last, first, within or alone in a run of capitals; in a run that a body's or place's word
    ends; after a preposition of place; after "the"; before a verb of speech; before "'s"; in
    brackets; part of a body or place of the gazetteer; at a sentence's start; and whether the word
    is there without a capital, and more than once.
    """
    out = np.zeros((len(doc), EVIDENCE), dtype=np.float32)
    words = [token.text for token in doc]
    _local(doc, words, out)
    _throughout(doc, words, out)
    return out


def _local(doc: Doc, words: Sequence[str], out: NDArray[np.float32]) -> None:
    if words:
        out[:, :4] = [_tag(token.tag_) for token in doc]
        out[:, 10:17] = [_word(word) for word in words]
    taken = [False] * len(doc)
    found = sorted(_matcher(doc.vocab)(doc), key=lambda match: (match[1] - match[2], match[1]))
    for label, start, end in found:
        kind, weak = doc.vocab.strings[label].split()
        if any(taken[start:end]) or (
            weak == "weak" and (start == 0 or words[start - 1].lower() != "the")
        ):
            continue
        taken[start:end] = [True] * (end - start)
        column = 4 + 2 * _KINDS.index(kind)
        out[start, column] = 1
        out[start + 1 : end, column + 1] = 1


@cache
def _tag(tag: str) -> tuple[bool, ...]:
    return tag.startswith("NNP"), tag in {"NN", "NNS"}, tag.startswith("JJ"), tag.startswith("VB")


@lru_cache(maxsize=100_000)
def _word(word: str) -> tuple[bool, ...]:
    known = gazetteer()
    if not word[0].isupper():
        return False, False, word in known.heads, False, False, False, False
    bare = word.rstrip(".")
    return (
        known.demonym(word) is not None,
        bare in known.honorifics,
        word.lower() in known.heads or known.title(word) is not None,
        bare in known.suffixes,
        _BODY_WORD.fullmatch(word) is not None,
        _PLACE_WORD.fullmatch(word) is not None,
        len(word) > 1 and word.isupper(),
    )


def _throughout(doc: Doc, words: Sequence[str], out: NDArray[np.float32]) -> None:
    uses: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        if word[0].isupper():
            uses[word].append(i)
    lower = [word.lower() for word in words]
    small = {word for word, other in zip(words, lower, strict=True) if word == other}
    titled = [False, *(out[:, 11:13].any(axis=1)).tolist()]
    body, place = (out[:, column].tolist() for column in (14, 15))
    table = np.zeros((len(doc), EVIDENCE - _FIRST_OF_DOC), dtype=np.float32)
    table[:, 12] = out[:, 4:6].any(axis=1)
    table[:, 13] = out[:, 6:8].any(axis=1)
    table[:, 14] = [bool(token.is_sent_start) for token in doc]
    for start, end in _runs(words):
        alone, last = end - start == 1, end - 1
        of_body, of_place = any(body[start:end]), any(place[start:end])
        before = lower[start - 1] if start else ""
        after = words[end] if end < len(words) else ""
        for i in range(start, end):
            first, final = i == start, i == last
            table[i, :12] = (
                titled[i],
                final and not alone,
                first and not alone,
                not first and not final,
                alone,
                of_body,
                of_place,
                first and before in _PLACED,
                first and before == "the",
                final and after in _SAYS,
                final and after in {"'s", "’s"},
                alone and before == "(" and after == ")",
            )
    for word, places in uses.items():
        mean = table[places[0]] if len(places) == 1 else table[places].mean(axis=0)
        mean[-1] = 0.5 * (word.lower() in small) + 0.5 * (len(places) > 1)
        out[places, _FIRST_OF_DOC:] = mean


def _runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Unbroken runs of words with a capital."""
    runs = []
    start = None
    for i, word in enumerate((*words, "")):
        capital = word[:1].isupper()
        if capital and start is None:
            start = i
        elif not capital and start is not None:
            runs.append((start, i))
            start = None
    return runs


@cache
def _matcher(vocab: Vocab) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab, attr="ORTH")
    split = spacy.blank("en").tokenizer
    patterns: dict[str, list[Doc]] = defaultdict(list)
    for weak in (False, True):
        for spelling, kind in gazetteer().spellings(weak=weak):
            for words in dict.fromkeys((spelling, spelling.replace("'", "’"))):
                tokens = [token.text for token in split(words)]
                patterns[f"{kind} {'weak' if weak else 'sure'}"].append(Doc(vocab, words=tokens))
    for label, docs in patterns.items():
        matcher.add(label, docs)
    return matcher


@registry.architectures("onrecord.NamesEmbed.v1")  # type: ignore[untyped-decorator]
def names_embed(width: int, attrs: list[str], rows: list[int]) -> Model[list[Doc], Any]:
    """spaCy's MultiHashEmbed with static vectors, and the evidence beside them."""
    hashed: list[Model[Any, Any]] = [
        HashEmbed(width, size, column=column, seed=8 + column, dropout=0.0)
        for column, size in enumerate(rows)
    ]
    return chain(
        concatenate(
            chain(FeatureExtractor(attrs), list2ragged(), with_array(concatenate(*hashed))),
            StaticVectors(width, dropout=0.0),
            chain(_evidence_layer(), list2ragged()),
        ),
        with_array(
            Maxout(width, width * (len(rows) + 1) + EVIDENCE, nP=3, dropout=0.0, normalize=True)
        ),
        ragged2list(),
    )


def _evidence_layer() -> Model[list[Doc], list[Any]]:
    def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> Any:  # noqa: ARG001 - thinc passes it by name
        return [evidence(doc) for doc in docs], lambda _: []

    return Model("evidence", forward, dims={"nO": EVIDENCE})


def add_names(nlp: Language) -> None:
    """Put the tagger of names at the end of a pipeline that has a tagger and sentences.

    It sets ``doc.ents`` with the labels PERSON, ORG, GPE (any place), FAC, NORP, DATE, MONEY,
    PRODUCT and MISC.
    """
    tagger = nlp.add_pipe("ner", config=NAMES)
    with as_file(files("onrecord.loaders") / "data" / "names") as folder:
        tagger.from_disk(folder, exclude=["vocab"])  # type: ignore[attr-defined]


NAMES: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "onrecord.NamesEmbed.v1",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [5000, 1000, 2500, 2500],
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
}
"""The tagger's shape: en_core_web_md's, so that training may start from its weights."""
