"""The classifier of relations in torch: an encoder, and heads that judge every pair of ends."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from onrecord.loaders.relations.candidates import KINDS
from onrecord.loaders.relations.windows import END_FEATURES, PAIR_FEATURES
from training.relations.examples import MODALITIES, TYPES

SIZE = 256
ATTENTION = 96
HIDDEN = 384
DROPOUT = 0.15


class Sizes(NamedTuple):
    """How many values the features and the labels have."""

    end: tuple[int, ...]
    pair: tuple[int, ...]
    types: int
    modalities: int
    kinds: int


SIZES = Sizes(END_FEATURES, PAIR_FEATURES, len(TYPES), len(MODALITIES), len(KINDS))


class Scores(NamedTuple):
    """What the heads give for the pairs of one window, as logits; ``cue`` is over the pieces.

    ``third`` is over (about, voice) by none and every end.
    """

    exists: Tensor
    types: Tensor
    negated: Tensor
    modality: Tensor
    core: Tensor
    cue: Tensor
    third: Tensor
    kinds: Tensor


class Heads(nn.Module):
    """From the encoder's states and a window's features to scores for each pair of ends."""

    def __init__(self, width: int, sizes: Sizes) -> None:
        super().__init__()
        self.end_features = nn.ModuleList(nn.Embedding(n, 16) for n in sizes.end)
        self.pair_features = nn.ModuleList(nn.Embedding(n, HIDDEN) for n in sizes.pair)
        whole = 2 * width + 16 * len(sizes.end)
        self.source, self.target = nn.Linear(whole, SIZE), nn.Linear(whole, SIZE)
        self.ask_source = nn.Linear(SIZE, 2 * ATTENTION)
        self.ask_target = nn.Linear(SIZE, 2 * ATTENTION, bias=False)
        self.key, self.value = nn.Linear(width, 2 * ATTENTION), nn.Linear(width, 2 * ATTENTION)
        self.of_source = nn.Linear(SIZE, HIDDEN)
        self.of_target = nn.Linear(SIZE, HIDDEN, bias=False)
        self.of_both = nn.Linear(SIZE, HIDDEN, bias=False)
        self.of_context = nn.Linear(2 * ATTENTION, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, 1 + sizes.types + 1 + sizes.modalities + 1)
        self.third = nn.Linear(HIDDEN, 2 * ATTENTION + 2)
        self.third_end = nn.Linear(whole, 2 * ATTENTION)
        self.kind = nn.Linear(whole, sizes.kinds)
        self.drop = nn.Dropout(DROPOUT)
        self.sizes = sizes
        for table in self.pair_features:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, states: Tensor, window: Any) -> Scores:
        """Judge the pairs of one window; ``states`` are of its own pieces."""
        features = [table(window.end_features[:, n]) for n, table in enumerate(self.end_features)]
        ends = torch.cat([states[window.first], states[window.last], *features], -1)
        ends = self.drop(ends)
        source, target = functional.gelu(self.source(ends)), functional.gelu(self.target(ends))
        a, b = window.pairs.T
        query = (self.ask_source(source)[a] + self.ask_target(target)[b]).view(-1, 2, ATTENTION)
        keys = self.key(states).view(-1, 2, ATTENTION)
        attention = torch.einsum("pha,lha->phl", query, keys) / math.sqrt(ATTENTION)
        values = self.value(states).view(-1, 2, ATTENTION)
        context = torch.einsum("phl,lha->pha", attention.softmax(-1), values).flatten(1)
        hidden = self.of_source(source)[a] + self.of_target(target)[b]
        hidden = hidden + self.of_both(source[a] * target[b]) + self.of_context(context)
        for n, table in enumerate(self.pair_features):
            hidden = hidden + table(window.pair_features[:, n])
        hidden = self.drop(functional.gelu(hidden))
        exists, types, negated, modality, core = self.out(hidden).split(
            [1, self.sizes.types, 1, self.sizes.modalities, 1], -1
        )
        third = self.third(hidden)
        asked, none = third[:, :-2].view(-1, 2, ATTENTION), third[:, -2:, None]
        offered = self.third_end(ends).view(-1, 2, ATTENTION)
        chosen = torch.einsum("pra,era->pre", asked, offered) / math.sqrt(ATTENTION)
        return Scores(
            exists[:, 0],
            types,
            negated[:, 0],
            modality,
            core[:, 0],
            attention[:, 0],
            torch.cat([none, chosen], -1),
            self.kind(ends),
        )


class Classifier(nn.Module):
    """Encoder and heads. Word embeddings and relative positions stay as they came."""

    def __init__(self, encoder: str, sizes: Sizes, layers: int = 12, *, bf16: bool = False) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.encoder.encoder.relative_attention_bias.weight.requires_grad = False
        self.heads = Heads(self.encoder.config.hidden_size, sizes)
        self.drop, self.bf16 = nn.Dropout(0.1), bf16

    def forward(self, windows: Sequence[Any]) -> Iterator[Scores]:
        """Judge the pairs of some windows."""
        longest = max(len(window.ids) for window in windows)
        longest = -(-longest // 32) * 32  # few shapes: the first product of each is slow
        ids = torch.full((len(windows), longest), self.encoder.config.pad_token_id)
        mask = torch.zeros(len(windows), longest)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bf16):
            states = self.states(ids, mask)
        states = self.drop(states.float())
        for row, window in enumerate(windows):
            yield self.heads(states[row, : len(window.ids)], window)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The encoder's last states, by torch's fused attention, which takes half the time."""
        states = self.encoder.embeddings(input_ids=ids)
        stack = self.encoder.encoder
        with torch.no_grad():
            bias = stack.compute_position_bias(states) + (1 - mask)[:, None, None] * -1e4
            bias = bias.to(torch.bfloat16) if self.bf16 else bias
        for layer in stack.layer:
            attention = layer.attention
            attended = attention.dropout(_attend(attention.attn, states, bias))
            states = attention.LayerNorm(attended + states)
            states = layer.output(layer.intermediate(states), states)
        return states


def _attend(attention: Any, states: Tensor, bias: Tensor) -> Tensor:
    heads, size = attention.num_attention_heads, attention.attention_head_size
    parts = (layer(states) for layer in (attention.q, attention.k, attention.v))
    query, key, value = (part.unflatten(-1, (heads, size)).transpose(1, 2) for part in parts)
    found = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
    return attention.o(found.transpose(1, 2).flatten(2))
