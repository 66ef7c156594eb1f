"""Learn the classifier of relations.

    python -m training.relations.train ENCODER EXAMPLES.pickle OUT --layers 10

``ENCODER`` is the folder of MPNet-base, ``EXAMPLES.pickle`` what ``training.relations.examples``
wrote. After each epoch the weights are written to ``OUT.N.pt``, and what they find in 24 articles
that nothing is learnt from is printed. Same files, same seed, same versions: same weights, but for
the order in which two threads add floats.
"""

import hashlib
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, NamedTuple

import torch
import typer
from torch import Tensor, nn
from torch.nn import functional

from training.relations.examples import Edge, Example
from training.relations.model import SIZES, Classifier, Scores

WATCHED = 24
BATCH = 6
WARM_UP = 0.08
RATE, HEADS_RATE = 5e-5, 6e-4
"""The learning rates of the encoder's uppermost layer, and of the heads."""
DECAY_BY_LAYER = 0.95
AGAIN = 0.2
"""The weight of a pair that says an edge again by other words, and is none of the reading's."""


class Learnt(NamedTuple):
    """A window as tensors, and its right answers."""

    example: Example
    window: Any
    exists: Tensor
    weight: Tensor


def main(
    encoder: str,
    examples: Path,
    out: Path,
    layers: Annotated[int, typer.Option(help="How many of the encoder's layers are kept.")] = 10,
    epochs: Annotated[int, typer.Option(help="How often all windows are learnt from.")] = 4,
    seed: Annotated[int, typer.Option(help="Of what is drawn at random.")] = 1,
) -> None:
    """Learn from the examples."""
    torch.manual_seed(seed)
    random.seed(seed)
    windows = [_learnt(example) for example in pickle.loads(examples.read_bytes())]
    watched = _watched(windows)
    learn = [w for w in windows if w.example.article not in watched]
    held = [w for w in windows if w.example.article in watched]
    print(f"{len(learn)} windows to learn from, {len(held)} to watch", flush=True)
    model = Classifier(encoder, SIZES, layers, bf16=True)
    optimizer = torch.optim.AdamW(_groups(model), weight_decay=0.01, fused=True)
    steps = epochs * (len(learn) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (WARM_UP * steps)) * max(0.02, 1 - s / steps)
    )
    began = time.monotonic()
    for epoch in range(1, epochs + 1):
        model.train()
        for batch in _batches(learn):
            judged = model([w.window for w in batch])
            loss = torch.stack([_loss(w, s) for w, s in zip(batch, judged, strict=True)]).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch}, {time.monotonic() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), out.with_suffix(f".{epoch}.pt"))
        _measure(model, held)


def _learnt(example: Example) -> Learnt:
    window = SimpleNamespace(**{k: torch.as_tensor(v) for k, v in vars(example.window).items()})
    exists, weight = torch.zeros(len(window.pairs)), torch.ones(len(window.pairs))
    weight[example.again] = AGAIN
    pairs = [edge.pair for edge in example.edges]
    exists[pairs] = weight[pairs] = 1
    return Learnt(example, window, exists, weight)


def _watched(windows: Sequence[Learnt]) -> set[str]:
    """The articles that are only watched, drawn by the hash of their ids."""
    articles = {w.example.article for w in windows if not w.example.article.startswith("made")}
    return set(sorted(articles, key=lambda a: hashlib.sha256(a.encode()).hexdigest())[:WATCHED])


def _groups(model: Classifier) -> list[dict[str, Any]]:
    """The parameters with their learning rates: lower layers learn more slowly."""
    top = len(model.encoder.encoder.layer) - 1
    groups: list[dict[str, Any]] = [{"params": list(model.heads.parameters()), "lr": HEADS_RATE}]
    for name, parameter in model.encoder.named_parameters():
        if parameter.requires_grad:
            _, _, rest = name.partition("layer.")
            layer = int(rest.partition(".")[0]) if rest else -1
            groups.append({"params": [parameter], "lr": RATE * DECAY_BY_LAYER ** (top - layer)})
    return groups


def _batches(windows: Sequence[Learnt]) -> Iterator[list[Learnt]]:
    """Windows of about one length together, in an order of chance."""
    order = sorted(windows, key=lambda w: len(w.window.ids) + 24 * random.random())
    batches = [order[i : i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]
    random.shuffle(batches)
    yield from batches


def _loss(learnt: Learnt, scores: Scores) -> Tensor:
    """What is wrong with the scores of a window, a sum over its pairs, edges and ends."""
    loss = functional.binary_cross_entropy_with_logits(
        scores.exists,
        learnt.exists,
        weight=learnt.weight,
        reduction="sum",
        pos_weight=torch.tensor(2.0),
    )
    edges = learnt.example.edges
    if not edges:
        return loss / 12
    rows = torch.tensor([edge.pair for edge in edges])
    types = functional.log_softmax(scores.types[rows], -1)
    cue = functional.log_softmax(scores.cue[rows], -1)
    third = functional.log_softmax(scores.third[rows], -1)
    for row, edge in enumerate(edges):
        loss = loss - 0.35 * types[row, edge.types[0]]
        loss = loss - 0.35 * torch.logsumexp(types[row, edge.types], 0)
        if edge.cue:
            loss = loss - 0.25 * torch.logsumexp(cue[row, edge.cue], 0)
        for role, who in enumerate((edge.about, edge.voice)):
            loss = loss - 0.3 * torch.logsumexp(third[row, role, _places(who)], 0)
    ends, kinds = torch.tensor(learnt.example.kinds).T
    loss = loss + 0.4 * _binary(scores.negated[rows], [edge.negated for edge in edges])
    loss = loss + 0.1 * _binary(scores.core[rows], [edge.core for edge in edges])
    modality = torch.tensor([edge.modality for edge in edges])
    loss = loss + 0.3 * functional.cross_entropy(scores.modality[rows], modality, reduction="sum")
    loss = loss + 0.1 * functional.cross_entropy(scores.kinds[ends], kinds, reduction="sum")
    return loss / 12


def _binary(logits: Tensor, right: list[bool]) -> Tensor:
    return functional.binary_cross_entropy_with_logits(
        logits, torch.tensor(right, dtype=torch.float), reduction="sum"
    )


def _places(who: list[int] | None) -> Any:
    """Where a third party may be chosen: 0 for nobody, else one more than the end's place.

    Somebody whom no end stands for may be any end.
    """
    if who is None:
        return [0]
    return [place + 1 for place in who] or slice(1, None)


@torch.no_grad()
def _measure(model: Classifier, windows: Sequence[Learnt]) -> None:
    """Print precision and recall of pairs and types, and how often the rest is right."""
    model.eval()
    pairs: list[tuple[float, list[Edge], bool, bool]] = []
    right: dict[str, list[bool]] = {name: [] for name in ("negated", "modality", "cue", "kind")}
    for start in range(0, len(windows), BATCH):
        some = windows[start : start + BATCH]
        for one, scores in zip(some, model([w.window for w in some]), strict=True):
            best, sure = scores.types.argmax(-1), scores.exists.sigmoid()
            for pair, weight in enumerate(one.weight.tolist()):
                edges = [edge for edge in one.example.edges if edge.pair == pair]
                typed = any(int(best[pair]) in edge.types for edge in edges)
                pairs.append((float(sure[pair]), edges, typed, weight < 1))
            for edge in one.example.edges:
                right["negated"].append(bool(scores.negated[edge.pair] > 0) == edge.negated)
                right["modality"].append(int(scores.modality[edge.pair].argmax()) == edge.modality)
                right["cue"].append(int(scores.cue[edge.pair].argmax()) in edge.cue)
            for end, kind in one.example.kinds:
                right["kind"].append(int(scores.kinds[end].argmax()) == kind)
    gold = sum(bool(edges) for _, edges, _, _ in pairs)
    core = sum(any(e.core for e in edges) for _, edges, _, _ in pairs)
    for least in (0.3, 0.5, 0.7, 0.8):
        shown = [p for p in pairs if p[0] >= least and not p[3]]
        joined, exact = sum(bool(p[1]) for p in shown), sum(p[2] for p in shown)
        found = sum(p[2] and any(e.core for e in p[1]) for p in shown)
        print(
            f"  at {least}: {len(shown)} shown, joined {joined / max(1, len(shown)):.3f} of them,"
            f" typed {exact / max(1, len(shown)):.3f}; of the readings' joined {joined / gold:.3f},"
            f" typed {exact / gold:.3f}, core typed {found / core:.3f}"
        )
    print("  " + ", ".join(f"{n} {sum(v) / len(v):.3f}" for n, v in right.items()), flush=True)


if __name__ == "__main__":
    typer.run(main)
