"""Learn the weights of the attribution tagger, loaders/data/attribution.npz.

    python training/attribution.py polnear_train.jsonl

Needs scipy. The file is PolNeAR's training part: one article a line, with ``text`` and
``attributions`` (``source``, ``cue`` and ``content``, each a list of offset pairs). A conditional
random field is fitted by AdaGrad with dropout of features, its weights averaged over the second
half of the epochs. Same file, same seed, same versions: same weights.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from scipy import sparse
from spacy.tokens import Doc

from onrecord.loaders.language import language, parse
from onrecord.loaders.passages import find_passages
from onrecord.loaders.statements.features import Clusters, Keys, features
from onrecord.loaders.statements.layout import lay_out
from onrecord.loaders.statements.tagger import FILE, LABELS, ROLES, Labels, Weights

type Real = npt.NDArray[np.floating[Any]]

SEED = 1
EPOCHS = 6
BATCH = 64
DROPOUT = 0.5
STEP = 0.03
STEP_OF_CHAIN = 0.3
LEAST_COUNT = 4
LEAST_WEIGHT = 0.05
CLUSTERS = (512, 64)

console = Console(stderr=True)


class Data(NamedTuple):
    """Paragraphs one after another: features as a sparse matrix of ones, and the right labels."""

    matrix: sparse.csr_matrix
    labels: Labels
    lengths: Labels

    @property
    def starts(self) -> Labels:
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def part(self, which: Labels) -> "Data":
        """Some of the paragraphs."""
        starts = self.starts
        rows = np.concatenate([np.arange(starts[k], starts[k] + self.lengths[k]) for k in which])
        return Data(self.matrix[rows], self.labels[rows], self.lengths[which])


class Chain(NamedTuple):
    """Weights in training: of features, of the first label, and of one label after another."""

    features: Real
    first: Real
    follows: Real


def clustered(vectors: npt.NDArray[np.float32]) -> Clusters:
    """Each word vector's cluster, by spherical k-means, finely and coarsely."""
    rng = np.random.default_rng(SEED)
    rows = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    found = []
    for count in CLUSTERS:
        centres = rows[rng.choice(len(rows), count, replace=False)]
        nearest = np.zeros(len(rows), dtype=np.uint16)
        for _ in range(15):
            nearest = (rows @ centres.T).argmax(axis=1).astype(np.uint16)
            for k in range(count):
                if (nearest == k).any():
                    centre = rows[nearest == k].mean(axis=0)
                    centres[k] = centre / max(float(np.linalg.norm(centre)), 1e-9)
        found.append(nearest)
    return np.stack(found, axis=1)


def labelled(doc: Doc, attributions: Sequence[dict[str, Any]]) -> Labels:
    """The label of each token; where annotations overlap, a cue hides a source, both a content."""
    labels = np.zeros(len(doc), dtype=np.int64)
    starts = np.array([token.idx for token in doc])
    ends = np.array([token.idx + len(token) for token in doc])
    for role in ("content", "source", "cue"):
        begin = 2 * ROLES.index(role) + 1
        for start, end in (pair for row in attributions for pair in row[role]):
            first = int(np.searchsorted(ends, start, side="right"))
            last = int(np.searchsorted(starts, end))
            while first < last and doc[first].is_space:
                first += 1
            if first < last:
                labels[first:last] = begin + 1
                labels[first] = begin
    return labels


def gather(parsed: Sequence[tuple[Doc, Any]], clusters: Clusters) -> tuple[Data, Keys]:
    """All paragraphs of the articles, and the keys of the features that occur often enough."""
    rows, labels, lengths = [], [], []
    for doc, attributions in parsed:
        layout = lay_out(doc)
        keys, right = features(doc, layout, clusters), labelled(doc, attributions)
        for p in layout.paragraphs:
            rows.append(keys[p.start : p.stop])
            labels.append(right[p.start : p.stop])
            lengths.append(len(p))
    flat = np.concatenate(rows)
    found, counts = np.unique(flat, return_counts=True)
    known = found[(counts >= LEAST_COUNT) & (found > 0)]
    places = np.minimum(np.searchsorted(known, flat), len(known) - 1)
    seen = known[places] == flat
    matrix = sparse.csr_matrix(
        (np.ones(seen.sum(), np.float32), (np.nonzero(seen)[0], places[seen])),
        shape=(len(flat), len(known)),
    )
    return Data(matrix, np.concatenate(labels), np.array(lengths)), known


def steps(lengths: Labels) -> list[Labels]:
    """For each step along the sequences, the rows of those that are long enough, longest first."""
    order = np.argsort(-lengths, kind="stable")
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[order]
    longest = lengths[order]
    return [starts[longest > step] + step for step in range(int(longest[0]))]


def expected(scores: Real, chain: Chain, lengths: Labels) -> tuple[Real, Real]:
    """By forward and backward sums: how likely each label of a row, each pair of labels in all."""
    rows = steps(lengths)
    follows = np.exp(chain.follows)
    local = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = np.zeros_like(local), np.ones_like(local)
    norm = np.zeros(len(local))
    pairs = np.zeros((LABELS, LABELS))
    for step, here in enumerate(rows):
        before = (
            np.exp(chain.first) if step == 0 else forward[rows[step - 1][: len(here)]] @ follows
        )
        sums = local[here] * before
        norm[here] = sums.sum(axis=1)
        forward[here] = sums / norm[here, None]
    for here, after in zip(rows[-2::-1], rows[:0:-1], strict=True):
        ahead = local[after] * backward[after] / norm[after, None]
        backward[here[: len(after)]] = ahead @ follows.T
        pairs += (forward[here[: len(after)]].T @ ahead) * follows
    return forward * backward, pairs


def gradient(scores: Real, chain: Chain, data: Data) -> tuple[Real, Real, Real]:
    """Expected less observed: of each row's labels, of first labels, of pairs."""
    labels, starts = data.labels, data.starts
    likely, pairs = expected(scores, chain, data.lengths)
    first = likely[starts].sum(axis=0) - np.bincount(labels[starts], minlength=LABELS)
    inner = np.setdiff1d(np.arange(len(labels)), starts)
    np.subtract.at(pairs, (labels[inner - 1], labels[inner]), 1)
    likely[np.arange(len(labels)), labels] -= 1
    return likely, first, pairs


def learn(data: Data) -> Chain:
    """Fit the chain."""
    rng = np.random.default_rng(SEED)
    size = data.matrix.shape[1]
    chain = Chain(
        np.zeros((size, LABELS), np.float32), np.zeros(LABELS), np.zeros((LABELS, LABELS))
    )
    squares: list[Real] = [
        np.full((size, 1), 0.01, np.float32),
        *(np.full_like(w, 0.01) for w in chain[1:]),
    ]
    kept: list[Chain] = []
    for epoch in range(EPOCHS):
        order = rng.permutation(len(data.lengths))
        for at in range(0, len(order), BATCH):
            batch = data.part(order[at : at + BATCH])
            batch.matrix.data = (rng.random(batch.matrix.nnz) > DROPOUT) / np.float32(1 - DROPOUT)
            used, local = np.unique(batch.matrix.indices, return_inverse=True)
            matrix = sparse.csr_matrix(
                (batch.matrix.data, local, batch.matrix.indptr), (len(batch.labels), len(used))
            )
            rows, first, pairs = gradient(matrix @ chain.features[used], chain, batch)
            slope = matrix.T @ rows
            squares[0][used] += (slope**2).mean(axis=1, keepdims=True)
            chain.features[used] -= STEP * slope / np.sqrt(squares[0][used])
            for k, change in enumerate((first, pairs), start=1):
                squares[k] += change**2
                chain[k][:] -= STEP_OF_CHAIN * change / np.sqrt(squares[k])
        if epoch >= EPOCHS // 2:
            kept.append(Chain(*(weight.copy() for weight in chain)))
        console.print(f"epoch {epoch + 1} of {EPOCHS}")
    return Chain(*(np.mean(weights, axis=0) for weights in zip(*kept, strict=True)))


def packed(chain: Chain, keys: Keys, clusters: Clusters) -> Weights:
    """Weights as they are shipped: the small ones dropped, the rest as bytes."""
    kept = np.abs(chain.features).max(axis=1) >= LEAST_WEIGHT
    scores = chain.features[kept]
    scale = np.maximum(np.abs(scores).max(axis=0) / 127, 1e-9).astype(np.float32)
    return Weights(
        keys=keys[kept],
        scores=np.rint(scores / scale).astype(np.int8),
        scale=scale,
        first=chain.first.astype(np.float32),
        follows=chain.follows.astype(np.float32),
        clusters=clusters,
    )


def train(parsed: Sequence[tuple[Doc, Any]]) -> Weights:
    """Weights from parsed articles and their annotation."""
    clusters = clustered(np.asarray(language().vocab.vectors.data))
    data, keys = gather(parsed, clusters)
    console.print(f"{data.matrix.shape[0]:,} tokens, {len(keys):,} features")
    return packed(learn(data), keys, clusters)


def read(lines: Sequence[str]) -> Iterator[tuple[Doc, Any]]:
    """Parse the articles."""
    for line in lines:
        row = json.loads(line)
        yield parse(row["text"], find_passages(row["text"])), row["attributions"]


def main(
    file: Annotated[Path, typer.Argument(help="Annotated articles, one JSON object a line.")],
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = FILE,
) -> None:
    """Parse, learn, pack, write; the hash of the data goes to the log."""
    text = file.read_text(encoding="utf-8")
    console.print(f"{file.name}: sha256 {hashlib.sha256(text.encode()).hexdigest()}")
    weights = train(list(read(text.splitlines())))
    np.savez_compressed(out, **weights._asdict())
    console.print(f"{out}: {len(weights.keys):,} features, {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    typer.run(main)
