"""Which words are a source, a cue or a content: a linear-chain CRF over a paragraph at a time.

Its weights are learnt by ``training/attribution.py``; training/README.md is its
model card. Quotation marks are hard evidence: a quotation is content as a whole or not at all.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from onrecord.loaders.statements.features import Clusters, Keys, features
from onrecord.loaders.statements.layout import Layout, Quotation

type Floats = npt.NDArray[np.float32]
type Labels = npt.NDArray[np.int64]
type Role = Literal["source", "cue", "content"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
LABELS = 1 + 2 * len(ROLES)
"""Label 0 is none; role r begins with label 2r + 1 and goes on with 2r + 2."""

FILE = Path(__file__).parent.parent / "data" / "attribution.npz"
READINESS = 0.15
"""Added to every label but "none", for each token: two in a hundred attributions more are found,
for a little less precision (settled on polnear_dev; docs/attribution.md)."""
_CONTENT = 2 * ROLES.index("content") + 1


class Weights(NamedTuple):
    """The tagger's weights: ``scores[k]`` are those of the feature ``keys[k]``, one a label."""

    keys: Keys
    scores: npt.NDArray[np.int8]
    scale: Floats
    first: Floats
    follows: Floats
    clusters: Clusters


class Tagged(NamedTuple):
    """The tokens ``doc[start:end]`` have this role in some attribution."""

    role: Role
    start: int
    end: int


@cache
def weights() -> Weights:
    """The weights that are installed with the package."""
    with np.load(FILE) as arrays:
        return Weights(**{name: arrays[name] for name in Weights._fields})


def tag(doc: Doc, layout: Layout) -> list[Tagged]:
    """The sources, cues and contents of the article's own paragraphs, in order."""
    model = weights()
    scores = emissions(features(doc, layout, model.clusters), model)
    labels = np.zeros(len(doc), dtype=np.int64)
    best = decode([scores[p.start : p.stop] for p in layout.paragraphs], model)
    for paragraph, path in zip(layout.paragraphs, best, strict=True):
        labels[paragraph.start : paragraph.stop] = path
    for quotation in layout.quotations:
        _make_whole(labels, quotation)
    return [t for t in spans(labels) if not doc[t.start : t.end].text.isspace()]


def emissions(keys: Keys, model: Weights) -> Floats:
    """How well each label suits each token, by its features alone."""
    places = np.minimum(np.searchsorted(model.keys, keys), len(model.keys) - 1)
    known = model.keys[places] == keys
    rows, _ = np.nonzero(known)
    found = model.scores[places[known]]
    sums = [np.bincount(rows, weights=column, minlength=len(keys)) for column in found.T]
    scores = np.stack(sums, axis=1).astype(np.float32) * model.scale
    scores[:, 1:] += READINESS
    return scores


def decode(sequences: Sequence[Floats], model: Weights) -> list[Labels]:
    """The best labels of each sequence (Viterbi), all sequences a step at a time."""
    if not sequences:
        return []
    order = sorted(range(len(sequences)), key=lambda k: -len(sequences[k]))
    lengths = np.array([len(sequences[k]) for k in order], dtype=np.int64)
    longest = int(lengths[0])
    scores = np.zeros((longest, len(order), LABELS), dtype=np.float32)
    for row, k in enumerate(order):
        scores[: lengths[row], row] = sequences[k]
    live = (lengths > np.arange(longest)[:, None]).sum(axis=1).tolist()
    best = model.first + scores[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for step in range(1, longest):
        n = live[step]
        paths = best[:n, :, None] + model.follows
        back[step, :n] = paths.argmax(axis=1)
        best[:n] = paths.max(axis=1) + scores[step, :n]
    labels = np.zeros((longest, len(order)), dtype=np.int64)
    rows, ahead = np.arange(len(order)), best.argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        n = live[step]
        labels[step, :n] = ahead[:n]
        ahead[:n] = back[step, rows[:n], ahead[:n]]
    found = {k: labels[: lengths[row], row] for row, k in enumerate(order)}
    return [found[k] for k in range(len(order))]


def spans(labels: Labels) -> Iterator[Tagged]:
    """The runs that labels mark, in order."""
    start = 0
    marks = [*labels.tolist(), 0]
    for at, mark in enumerate(marks):
        goes_on = mark and mark % 2 == 0
        if goes_on and at > start and marks[at - 1] in (mark, mark - 1):
            continue
        if at > start and marks[start]:
            yield Tagged(ROLES[(marks[start] - 1) // 2], start, at)
        start = at


def _make_whole(labels: Labels, quotation: Quotation) -> None:
    inside = labels[quotation.start : quotation.end]
    content = inside >= _CONTENT
    if not content.any() or not (content | (inside == 0)).all():
        return
    goes_on = inside[0] != _CONTENT and quotation.start and labels[quotation.start - 1] >= _CONTENT
    inside[:] = _CONTENT + 1
    if not goes_on:
        inside[0] = _CONTENT
