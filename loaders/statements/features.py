"""What the tagger sees of each token: its word, its place in the parse, and quotation marks.

A feature is a number, hashed from the numbers that spaCy gives to words, tags and dependencies. So
a whole article's features are a few array operations, and the weights hold no word of what they
were learnt from.
"""

import numpy as np
import numpy.typing as npt
from spacy import symbols
from spacy.tokens import Doc

from onrecord.loaders.statements.layout import Layout

type Flags = npt.NDArray[np.bool_]
type Ints = npt.NDArray[np.int64]
type Column = npt.NDArray[np.uint64]
type Keys = npt.NDArray[np.uint32]
type Clusters = npt.NDArray[np.uint16]

_ATTRIBUTES: list[int | str] = [
    "LOWER",
    "LEMMA",
    "TAG",
    "DEP",
    "SHAPE",
    "SUFFIX",
    "POS",
    "ORTH",
    "HEAD",
]
_ANCESTORS = 8
_FACTOR, _FOLD, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(29), np.uint64(32)
_CHILDREN = tuple(
    getattr(symbols, name)
    for name in (
        "nsubj nsubjpass agent ccomp xcomp dobj parataxis neg aux mark prt prep oprd advcl acomp"
        " attr"
    ).split()
)
_FAR = 99


class _Table:
    """Collects the columns of features; each template has a number of its own.

    Key 0 is no feature: what a template yields where it does not apply.
    """

    def __init__(self) -> None:
        self.columns: list[Keys] = []

    def add(
        self, *parts: Column | Ints, template: int | None = None, where: Flags | None = None
    ) -> None:
        number = len(self.columns) + 1 if template is None else template
        key = np.full(len(parts[0]), number, dtype=np.uint64) * _FACTOR
        for part in parts:
            key ^= key >> _FOLD
            key = (key ^ part.astype(np.uint64)) * _FACTOR
        key >>= _HIGH
        self.columns.append((key if where is None else key * where).astype(np.uint32))


def features(doc: Doc, layout: Layout, clusters: Clusters) -> Keys:
    """The features of every token: a row a token, a column a template.

    ``clusters`` gives, for each row of the pipeline's word vectors, a fine and a coarse cluster.
    """
    if not len(doc):
        return np.zeros((0, 0), dtype=np.uint32)
    lower, lemma, tag, dep, shape, suffix, pos, orth, head = doc.to_array(_ATTRIBUTES).T
    here = np.arange(len(doc))
    heads = here + head.astype(np.int64)
    rows = doc.vocab.vectors.find(keys=orth)
    fine, coarse = np.where(rows < 0, 0, clusters[rows].T.astype(np.int64) + 1)

    table = _Table()
    add = table.add
    for by in (-1, 0, 1):
        add(_shift(lower, by))
        add(_shift(tag, by))
        add(_shift(lemma, by))
        add(_shift(dep, by))
    for column in (fine, coarse, shape, suffix):
        add(column)
    add(_shift(lower, -1), lower)
    add(lower, _shift(lower, 1))
    add(_shift(tag, -1), tag)
    add(tag, _shift(tag, 1))
    add(_shift(tag, -1), tag, _shift(tag, 1))
    add(_shift(tag, -2), _shift(tag, -1), tag)
    add(tag, _shift(tag, 1), _shift(tag, 2))
    add(lemma, _shift(tag, 1))
    add(_shift(dep, -1), dep, _shift(dep, 1))
    _add_parse(
        table, (lemma, tag, dep, fine.astype(np.uint64), coarse.astype(np.uint64)), heads, lower
    )
    _add_quotations(table, (lemma, tag, dep, pos), heads, layout)
    return np.stack(table.columns, axis=1)


def _add_parse(table: _Table, words: tuple[Column, ...], heads: Ints, lower: Column) -> None:
    """Head, head's head, children, and every word above in the tree with the branch to it."""
    lemma, tag, dep, fine, coarse = words
    here = np.arange(len(heads))
    add = table.add
    above = heads[heads]
    add(lemma[heads])
    add(dep, lemma[heads])
    add(dep, tag[heads])
    add(dep, fine[heads])
    add(dep, coarse[heads], _shift(tag, 1))
    add(dep, np.sign(heads - here) + 1, _bucket(np.abs(heads - here)))
    add(dep, dep[heads], lemma[above])
    add(dep, dep[heads], fine[above])
    children = np.zeros(len(heads), dtype=np.int64)
    for bit, relation in enumerate(_CHILDREN):
        mine = (dep == relation) & (heads != here)
        np.bitwise_or.at(children, heads[mine], 1 << bit)
    add(children, coarse)
    add(children[heads], dep, lemma[heads])
    particle = np.zeros(len(heads), dtype=np.uint64)
    for relation in (symbols.prep, symbols.prt):
        mine = (dep == relation) & (heads < here)
        particle[heads[mine][::-1]] = lower[mine][::-1]
    add(lemma, particle)
    add(particle[heads], lemma[heads], dep)
    left, right = _edges(heads)
    at = here
    for _ in range(_ANCESTORS):
        parent = heads[at]
        up = parent != at
        side, edge = np.sign(parent - at) + 1, (left[at] == here) * 2 + (right[at] == here)
        add(dep[at], lemma[parent], side, template=1000, where=up)
        add(dep[at], fine[parent], edge, template=1001, where=up)
        at = parent
    add(lemma[at], np.sign(at - here) + 1)
    add(fine[at], np.sign(at - here) + 1, dep)


def _add_quotations(table: _Table, words: tuple[Column, ...], heads: Ints, layout: Layout) -> None:
    """Whether in quotation marks, how far from where they open and close, and whose they are."""
    lemma, tag, dep, pos = words
    add = table.add
    size = len(heads)
    inside, length = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    since, until = np.full(size, _FAR), np.full(size, _FAR)
    quotations = layout.quotations
    for before, (start, end, _), after in zip(
        (0, *(q.end for q in quotations)),
        quotations,
        (*(q.start for q in quotations[1:]), size),
        strict=False,
    ):
        inside[start:end] = 1
        length[start:end] = end - start
        since[start:end], since[end:after] = np.arange(end - start), np.arange(after - end)
        until[start:end] = np.arange(end - start)[::-1]
        until[before:start] = np.arange(start - before)[::-1]
    opening, closing = _bucket(since), _bucket(until)
    add(inside, np.minimum(since, 7), np.minimum(until, 7))
    add(inside, _bucket(length))
    add(inside, opening, tag)
    add(inside, closing, tag)
    add(inside, opening, lemma)
    add(inside, closing, lemma)
    add(inside, opening, closing, pos)
    add(inside, dep, inside[heads])
    add(inside, inside[heads], _bucket(length), lemma[heads])


def _shift(column: Column, by: int) -> Column:
    """The value ``by`` tokens later (earlier where negative), 0 beyond the ends."""
    out = np.zeros(len(column), dtype=np.uint64)
    if by > 0:
        out[:-by] = column[by:]
    elif by < 0:
        out[-by:] = column[:by]
    else:
        out[:] = column
    return out


def _bucket(distance: Ints) -> Ints:
    """Distances up to 5 as they are, beyond that by powers of two."""
    far = np.log2(np.maximum(distance, 1)).astype(np.int64) + 4
    return np.where(distance <= 5, distance, far)


def _edges(heads: Ints) -> tuple[Ints, Ints]:
    """The first and last token of each token's subtree."""
    left, right = np.arange(len(heads)), np.arange(len(heads))
    while True:
        lower, upper = left.copy(), right.copy()
        np.minimum.at(lower, heads, left)
        np.maximum.at(upper, heads, right)
        if np.array_equal(lower, left) and np.array_equal(upper, right):
            return left, right
        left, right = lower, upper
