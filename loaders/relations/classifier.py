"""The classifier: which pairs of a window's ends stand in a relation, in which, and how it is said.

An encoder (MPNet-base, its upper layers left out) and the heads on top of it, learnt from readings
by careful readers (``training/relations``) and shipped as one ONNX file in parts.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from multiprocessing import parent_process
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.graph.errors import ModelError
from onrecord.graph.model import Modality
from onrecord.loaders.relations.windows import Window

FOLDER = files("onrecord.loaders") / "data/relations"
WEIGHTS = ".weights"
"""The suffix of the parts that, one after the other, are the ONNX file."""
CARD = "card.json"
"""The file that tells the others' hash, the order of the labels, and the calibration."""

type Floats = NDArray[np.float32]


class Scores(NamedTuple):
    """What the classifier gives for the pairs of a window, a row a pair, all as logits.

    ``cue`` is over the window's pieces; ``third`` is over (about, voice), and in each over nobody
    and then the window's ends; ``kinds`` has a row for each end.
    """

    exists: Floats
    types: Floats
    negated: Floats
    modality: Floats
    cue: Floats
    third: Floats
    kinds: Floats


class Evidence(NamedTuple):
    """What speaks for an edge: the logit of a relation between its ends, the logarithm of its
    type's share among all types, and whether the rules tell it too.
    """

    exists: float
    type: float
    told: bool = False


UNSEEN = Evidence(-5.0, -3.0, told=True)
"""The evidence of an edge of the rules whose ends the classifier does not look at together."""


class Calibration(NamedTuple):
    """The weights with which evidence becomes confidence, of a logistic curve (Platt 1999)."""

    bias: float
    exists: float
    type: float
    told: float

    def confidence(self, evidence: Evidence) -> float:
        """The probability that ends, direction and type are right."""
        exists, kind, told = evidence
        return float(self.curve(np.array(exists), np.array(kind), told=told))

    def curve(self, exists: Floats, types: Floats, *, told: bool = False) -> Floats:
        """The same of many pairs at once."""
        score = self.bias + self.exists * exists + self.type * types + self.told * told
        return np.asarray(1 / (1 + np.exp(-score)), dtype=np.float32)


class Classifier:
    """Judges windows; made once a process by :func:`classifier`."""

    def __init__(self, folder: Traversable) -> None:
        # Loading it costs a quarter of a second, and only whoever reads needs it.
        import onnxruntime

        card = _card(folder)
        self.tokenizer: Tokenizer = Tokenizer.from_str(
            (folder / "tokenizer.json").read_text(encoding="utf-8")
        )
        self.types: tuple[str, ...] = tuple(card["types"])
        self.modalities: tuple[Modality, ...] = tuple(card["modalities"])
        self.calibration = Calibration(**card["calibration"])
        options = onnxruntime.SessionOptions()
        # More would put slower operators in the place of those that the file was written with.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        if parent_process() is not None:  # as many processes read as there are processors
            options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            b"".join((folder / name).read_bytes() for name in card["parts"]),
            options,
            providers=["CPUExecutionProvider"],
        )

    def score(self, window: Window) -> Scores:
        """Judge the pairs of one window. Each is run by itself, so that no other changes it."""
        found = self._session.run(
            list(Scores._fields),
            {
                "ids": window.ids[None],
                "first": window.first,
                "last": window.last,
                "end_features": window.end_features,
                "pairs": window.pairs,
                "pair_features": window.pair_features,
            },
        )
        return Scores(*found)


@cache
def classifier() -> Classifier:
    """The classifier that ships with onrecord.

    Raises:
        ModelError: a file of it is missing or is not what the others were made with.
    """
    return Classifier(FOLDER)


def _card(folder: Traversable) -> dict[str, Any]:
    """The card, once every file that it names has been checked against it."""
    advice = "Install onrecord again, or in a clone run `git checkout -- loaders/data/relations`."
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        for name, expected in card["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelError(
                    f"The classifier's file {name} is damaged or of another version. {advice}"
                )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The classifier's files cannot be read: {error}. {advice}") from error
    return card
