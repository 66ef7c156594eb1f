"""Windows: an article cut into what the encoder reads at once, and the pairs of ends in each.

A window is a run of whole sentences, where possible of whole paragraphs, and no sentence is read
twice. Who speaks in a window but is named outside it stands before it: "Ann Lee said. ".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer

from onrecord.loaders.language import sentences, text_of
from onrecord.loaders.relations.candidates import DEPENDENCIES, FORMS, KINDS, SAID, Candidate

WORDS = 160
"""Tokens that a window is filled up to, if it has more than one sentence."""
PIECES = 400
"""Pieces of the encoder's vocabulary after which a window is cut off."""
FAR = 8
"""Steps in the parse beyond which two words are just far apart."""
REACH = 1
"""Sentences between two ends, unless one of them says what the other stands in."""
END_FEATURES = (len(FORMS), len(KINDS), len(DEPENDENCIES) + 1, len(SAID), 2)
"""How many values each feature of an end has: form, kind, dependency, said, before the window."""
PAIR_FEATURES = (20, 4, 4, FAR + 1, 3)
"""The same of a pair: distance, sentences, speaker, steps in the parse, which governs which."""

_BREAKING = 2
"""Line breaks that end a paragraph."""

type Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """What the encoder reads at once, and the ordered pairs of ends that it judges there.

    ``ends`` are places in the article's list of candidates, ``first`` and ``last`` the pieces of
    each; ``pairs`` are places in ``ends``. ``offsets`` are the pieces' places in the article's
    text, (-1, -1) of what is not from there.
    """

    ids: Ints
    offsets: Ints
    ends: Ints
    first: Ints
    last: Ints
    end_features: Ints
    pairs: Ints
    pair_features: Ints


def find_windows(
    doc: Doc, candidates: Sequence[Candidate], tokenizer: Tokenizer
) -> Iterator[Window]:
    """The windows of an article's own passages that have a pair of ends."""
    at = {candidate.head.i: place for place, candidate in enumerate(candidates)}
    for run in _runs(doc):
        words = range(run[0].start, run[-1].end)
        inside = [at[i] for i in words if i in at]
        heads = (candidates[place].speaker for place in inside)
        outside = {at[h.i] for h in heads if h is not None and h.i in at and h.i not in words}
        window = _window(doc, candidates, run, sorted(outside), inside, tokenizer)
        if window is not None:
            yield window


def _runs(doc: Doc) -> Iterator[list[Span]]:
    """The sentences of each window: whole paragraphs while they fit, else as many as do."""
    paragraphs: list[list[Span]] = [[]]
    for sentence in sentences(doc):
        paragraphs[-1].append(sentence)
        if sentence[-1].is_space and sentence[-1].text.count("\n") >= _BREAKING:
            paragraphs.append([])
    run: list[Span] = []
    for paragraph in paragraphs:
        if run and sum(map(len, [*run, *paragraph])) > WORDS:
            yield run
            run = []
        for sentence in paragraph:
            if run and sum(map(len, [*run, sentence])) > WORDS:
                yield run
                run = []
            run.append(sentence)
    if run:
        yield run


def _window(
    doc: Doc,
    candidates: Sequence[Candidate],
    run: list[Span],
    outside: list[int],
    inside: list[int],
    tokenizer: Tokenizer,
) -> Window | None:
    """The window of a run; ``outside`` are the speakers to be put before it."""
    before, spans = "", []
    for place in outside:
        name = _name(candidates[place])
        spans.append((len(before), len(before) + len(name)))
        before += f"{name} said. "
    start = run[0].start_char
    shift = start - len(before)
    for head in (candidates[place].head for place in inside):
        spans.append((head.idx - shift, head.idx + len(head) - shift))
    encoded = tokenizer.encode(before + text_of(doc)[start : run[-1].end_char])
    offsets = np.array(encoded.offsets[:PIECES])
    low, high = offsets.T
    lows, highs = np.array(spans).reshape(-1, 2).T
    covered = (high > low) & (low < highs[:, None]) & (high > lows[:, None])
    seen = covered.any(1)
    covered, ends = covered[seen], np.array(outside + inside)[seen]
    if len(ends) < 2:
        return None
    ahead = np.isin(ends, outside)
    first = covered.argmax(1)
    chosen = [candidates[place] for place in ends]
    pairs, pair_features = _pairs(chosen, first, ahead)
    own = (high > low) & (low >= len(before))
    return Window(
        ids=np.array(encoded.ids[:PIECES]),
        offsets=np.where(own[:, None], offsets + shift, -1),
        ends=ends,
        first=first,
        last=covered.shape[1] - 1 - covered[:, ::-1].argmax(1),
        end_features=np.array([[*_features(c), a] for c, a in zip(chosen, ahead, strict=True)]),
        pairs=pairs,
        pair_features=pair_features,
    )


def _name(speaker: Candidate) -> str:
    """What a speaker outside the window is called before it."""
    cluster = speaker.cluster
    if cluster is not None and cluster.names:
        return cluster.names[cluster.full]
    head = speaker.head
    return head.doc[head.left_edge.i : head.i + 1].text[-60:]


def _features(end: Candidate) -> tuple[int, ...]:
    dep = end.head.dep_
    return (
        FORMS.index(end.form),
        KINDS.index(end.kind),
        DEPENDENCIES.index(dep) if dep in DEPENDENCIES else len(DEPENDENCIES),
        SAID.index(end.said),
    )


def _pairs(ends: Sequence[Candidate], first: Ints, ahead: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The ordered pairs of ends near enough for an edge, and the features of each."""
    doc = ends[0].head.doc
    heads = [end.head.i for end in ends]
    number = np.cumsum([bool(token.is_sent_start) for token in doc[min(heads) : max(heads) + 1]])
    sentence = number[np.array(heads) - min(heads)]
    apart = sentence[None] - sentence[:, None]
    speaker = np.array([-1 if end.speaker is None else end.speaker.i for end in ends])
    says = np.array(heads)[:, None] == speaker[None]
    same = (speaker[:, None] == speaker[None]) & (speaker >= 0)
    voice = np.where(says, 1, np.where(says.T, 2, np.where(same, 3, 0)))
    cluster = np.array([-1 if end.cluster is None else id(end.cluster) for end in ends])
    one = (cluster[:, None] == cluster[None]) & (cluster >= 0)
    near = (np.abs(apart) <= REACH) & ~ahead & ~ahead[:, None]
    allowed = (near | says | says.T) & ~one & ~np.eye(len(ends), dtype=bool)
    steps, governs = _parse(ends, sentence)
    far = first[None] - first[:, None]
    distance = np.sign(far) * np.minimum(np.round(np.log2(np.abs(far) + 1)), 9) + 9
    where = np.where(np.abs(apart) > REACH, 3, apart + 1)
    columns = (distance, where, voice, steps, governs)
    pairs = np.argwhere(allowed)
    a, b = pairs.T
    return pairs, np.stack([column[a, b] for column in columns], 1).astype(np.int64)


def _parse(ends: Sequence[Candidate], sentence: Ints) -> tuple[Ints, Ints]:
    """Steps in the parse between each two ends, and whether one of them governs the other."""
    steps = np.full((len(ends), len(ends)), FAR)
    governs = np.zeros_like(steps)
    bounds = [0, *(np.flatnonzero(np.diff(sentence)) + 1), len(ends)]
    for low, high in pairwise(bounds):
        heads = [end.head for end in ends[low:high]]
        base = heads[0].sent.start
        above = np.zeros((len(heads), len(heads[0].sent)), dtype=np.int64)
        for row, head in enumerate(heads):
            above[row, head.i - base] = 1
            for token in head.ancestors:
                above[row, token.i - base] = 1
        shared = above @ above.T
        depth = above.sum(1)
        steps[low:high, low:high] = np.minimum(depth[:, None] + depth - 2 * shared, FAR)
        governs[low:high, low:high] = np.where(
            shared == depth[:, None], 1, np.where(shared == depth, 2, 0)
        )
    return steps, governs
