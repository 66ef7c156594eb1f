"""Make the classifier that ships of what was learnt: vocabulary cut, weights rounded to bytes.

    python -m training.relations.export ENCODER WEIGHTS.pt EXAMPLES.pickle TEXTS.jsonl …
        --without held.txt --without calibrate.txt --without unseen.txt

Writes ``loaders/data/relations``: the ONNX file in parts, the tokenizer, and the card with their
hashes. The calibration of an earlier card stays until ``training.relations.calibrate`` writes anew.
"""

import hashlib
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import numpy as np
import onnx
import torch
import typer
from onnx import TensorProto, compose, helper, numpy_helper, version_converter
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.loaders.relations.classifier import CARD, FOLDER, WEIGHTS, Calibration, Scores
from training.relations.encoder import OPSET, observe, write
from training.relations.examples import MODALITIES, TYPES, Example
from training.relations.model import SIZES, Classifier, Heads

SAMPLES = 40
"""Windows by which the rounding is fitted."""
LEAST = 2
"""How often a piece has to stand in the texts to be kept."""
LARGEST = 48_000_000
"""Bytes of a part."""
SEED = 1


def main(
    encoder: Path,
    weights: Path,
    examples: Path,
    texts: list[Path],
    layers: Annotated[int, typer.Option(help="How many of the encoder's layers there are.")] = 10,
    without: Annotated[list[Path], typer.Option(help="Ids of texts to leave out.")] = [],  # noqa: B006
) -> None:
    """Write the files of the classifier."""
    model = Classifier(str(encoder), SIZES, layers)
    model.load_state_dict(torch.load(weights))
    model.eval()
    windows: list[Example] = pickle.loads(examples.read_bytes())
    samples = [w.window.ids.tolist() for w in random.Random(SEED).sample(windows, SAMPLES)]
    statistics = observe(model.encoder, samples)
    apart = {name for path in without for name in path.read_text("utf-8").splitlines()}
    tokenizer, rows = _cut(encoder / "tokenizer.json", _texts(texts, apart))
    words = model.encoder.embeddings.word_embeddings
    model.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(words.weight[rows])
    whole = _joined(write(model.encoder, statistics), _heads(model.heads)).SerializeToString()
    folder = Path(str(FOLDER))
    for old in folder.glob(f"*{WEIGHTS}"):
        old.unlink()
    count = -(-len(whole) // LARGEST)
    size = -(-len(whole) // count)
    parts = [f"classifier-{n + 1}{WEIGHTS}" for n in range(count)]
    for n, part in enumerate(parts):
        (folder / part).write_bytes(whole[n * size : (n + 1) * size])
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    named = [*parts, "tokenizer.json"]
    card = {
        "parts": parts,
        "sha256": {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in named},
        "types": TYPES,
        "modalities": MODALITIES,
        "calibration": _calibration(folder),
    }
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} pieces, {len(whole):,} bytes in {count} parts")


def _calibration(folder: Path) -> Any:
    if (folder / CARD).exists():
        return json.loads((folder / CARD).read_text("utf-8"))["calibration"]
    return Calibration(0.0, 1.0, 1.0, 0.0)._asdict()


def _texts(files: list[Path], apart: set[str]) -> Iterator[str]:
    for file in files:
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if row.get("id") not in apart:
                yield row.get("text") or row["sentence"]


def _cut(path: Path, texts: Iterator[str]) -> tuple[str, list[int]]:
    """The tokenizer without the pieces that news does not use, and the old numbers of the others.

    Single letters stay in both places, at a word's start and within it, so that no word that was
    known becomes unknown.
    """
    full = Tokenizer.from_file(str(path))
    full.no_padding()
    full.no_truncation()
    counts = Counter(piece for text in texts for piece in full.encode(text).ids)
    data = json.loads(path.read_text("utf-8"))
    numbers: dict[str, int] = data["model"]["vocab"]
    special = {token["content"] for token in data["added_tokens"]}
    kept = [
        piece
        for piece, number in sorted(numbers.items(), key=lambda item: item[1])
        if counts[number] >= LEAST or len(piece.removeprefix("##")) == 1 or piece in special
    ]
    now = {piece: number for number, piece in enumerate(kept)}
    data["model"]["vocab"] = now
    for token in data["added_tokens"]:
        token["id"] = now[token["content"]]
    for end in ("sep", "cls"):
        piece, _ = data["post_processor"][end]
        data["post_processor"][end] = [piece, now[piece]]
    data |= {"padding": None, "truncation": None}
    return json.dumps(data, ensure_ascii=False), [numbers[piece] for piece in kept]


class _Wrapped(nn.Module):
    """The heads with tensors alone for inputs and outputs, as ONNX wants them."""

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, states: Tensor, *window: Tensor) -> tuple[Tensor, ...]:
        names = ("first", "last", "end_features", "pairs", "pair_features")
        scores = self.heads(states[0], SimpleNamespace(**dict(zip(names, window, strict=True))))
        return tuple(getattr(scores, name) for name in Scores._fields)


def _heads(heads: Heads) -> onnx.ModelProto:
    """The heads as ONNX, their weights kept in sixteen bits."""
    ends, pairs, length = 7, 11, 23
    inputs = (
        torch.randn(1, length, heads.key.in_features),
        torch.randint(0, length, (ends,)),
        torch.randint(0, length, (ends,)),
        torch.zeros(ends, len(SIZES.end), dtype=torch.long),
        torch.randint(0, ends, (pairs, 2)),
        torch.zeros(pairs, len(SIZES.pair), dtype=torch.long),
    )
    axes = {
        "states": {1: "length"},
        **{key: {0: "ends"} for key in ("first", "last", "end_features")},
        **{key: {0: "pairs"} for key in ("pairs", "pair_features")},
    }
    path = FOLDER / "heads.onnx"
    torch.onnx.export(
        _Wrapped(heads).eval(),
        inputs,
        str(path),
        input_names=list(axes),
        output_names=list(Scores._fields),
        dynamic_axes=axes | {name: {0: "rows"} for name in Scores._fields},
        opset_version=17,
        dynamo=False,
    )
    model = version_converter.convert_version(onnx.load(str(path)), OPSET)
    Path(str(path)).unlink()
    wide = list(model.graph.initializer)
    nodes = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    for tensor in wide:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > 1:
            half = f"{tensor.name}.half"
            model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half))
            model.graph.node.append(
                helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT)
            )
        else:
            model.graph.initializer.append(tensor)
    model.graph.node.extend(nodes)
    return model


def _joined(encoder: onnx.ModelProto, heads: onnx.ModelProto) -> onnx.ModelProto:
    """Encoder and heads as one graph."""
    heads = compose.add_prefix(heads, "heads/", rename_inputs=False, rename_outputs=False)
    heads.ir_version = encoder.ir_version
    return compose.merge_models(encoder, heads, io_map=[("states", "states")])


if __name__ == "__main__":
    typer.run(main)
