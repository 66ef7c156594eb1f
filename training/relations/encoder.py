"""Write an MPNet encoder as a small, fast ONNX graph with eight-bit weights.

The graph is put together by hand, because the general tools lose too much:
the activations of an MPNet have a few very large channels, and one scale for
a whole tensor leaves nothing for the others.  Here each *token* has its own
scale, worked out as the graph runs, so that a token's result depends on
nothing but its own sequence.  Four further steps keep the result close to the
float one:

* the neurons of each feed-forward block are sorted by the size of their
  weights and cut into groups, and each group has its own scales (``GROUPS``);
* the few large channels of a block's input are divided down before rounding
  and their weights multiplied up (``_smoothing``);
* weights are rounded one input at a time, each error made up for by the
  inputs still to come (``_round``, after GPTQ, Frantar et al. 2022);
* GELU's output is never below -0.17, so nearly all of the byte is spent on
  the positive side (``GELU_ZERO``).

Weights keep to -64..64.  Processors without VNNI add pairs of products in
sixteen bits, and 2 * 255 * 64 still fits.
"""

from collections.abc import Sequence

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from transformers import MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

OPSET = 18
CONTRIB = "com.microsoft"
WEIGHT_MAX = 64
"""Largest weight after rounding: 2 * 255 * 64 fits a signed 16-bit sum."""
GROUPS = 4
"""Into how many groups the neurons of a feed-forward block are cut."""
GELU_ZERO = 24
"""The byte that stands for zero after GELU; -0.17 must not go below 0."""
GELU_MIN = 0.17
SMOOTH_FROM = 3.0
"""Channels this many times larger than the median one are divided down."""
BLOCK = 64
DAMPING = 0.01


class _Graph:
    """Nodes and stored tensors of the graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: dict[str, onnx.TensorProto] = {}

    def store(self, name: str, values: np.ndarray) -> str:
        """Keep a tensor in the file (once per name) and return its name."""
        if name not in self.stored:
            values = np.ascontiguousarray(values)
            self.stored[name] = numpy_helper.from_array(values, name)
        return name

    def ints(self, *values: int) -> str:
        """A stored list of whole numbers."""
        name = "ints_" + "_".join(map(str, values))
        return self.store(name, np.array(values, np.int64))

    def number(self, value: float) -> str:
        """A stored float."""
        return self.store(f"number_{value!r}", np.array(value, np.float32))

    def half(self, name: str, values: torch.Tensor) -> str:
        """Store floats in sixteen bits; the runtime widens them on loading."""
        self.store(name, values.detach().numpy().astype(np.float16))
        return self("Cast", name, to=TensorProto.FLOAT)

    def __call__(self, op: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Add a node with one output and return the output's name."""
        return self.many(op, *inputs, outputs=1, domain=domain, **attributes)[0]

    def many(
        self, op: str, *inputs: str, outputs: int, domain: str = "", **attributes: object
    ) -> list[str]:
        """Add a node with several outputs and return their names."""
        count = len(self.nodes)
        names = [f"n{count}" if outputs == 1 else f"n{count}.{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **attributes))
        return names


class _Inputs:
    """What the samples say about the inputs of one weight matrix."""

    def __init__(self, size: int) -> None:
        self.largest = torch.zeros(size)
        self.products = torch.zeros(size, size)

    def add(self, _module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        """A forward pre-hook: take in the inputs of one sample."""
        rows = inputs[0].detach().flatten(0, -2).float()
        self.largest = torch.maximum(self.largest, rows.abs().amax(0))
        rows = rows / rows.norm(dim=1, keepdim=True).clamp_min(1e-9)
        self.products.addmm_(rows.T, rows)


type Statistics = list[dict[str, _Inputs]]


def observe(encoder: MPNetModel, samples: Sequence[Sequence[int]]) -> Statistics:
    """Run samples, the ids of ordinary text, through the float encoder and gather statistics."""
    gathered, hooks = [], []
    for layer in encoder.encoder.layer:
        places = {
            "qkv": layer.attention.attn.q,
            "o": layer.attention.attn.o,
            "up": layer.intermediate.dense,
            "down": layer.output.dense,
        }
        entry = {}
        for kind, module in places.items():
            entry[kind] = _Inputs(module.in_features)
            hooks.append(module.register_forward_pre_hook(entry[kind].add))
        gathered.append(entry)
    try:
        with torch.inference_mode():
            for sample in samples:
                encoder(torch.tensor([list(sample)]))
    finally:
        for hook in hooks:
            hook.remove()
    return gathered


def _smoothing(inputs: _Inputs) -> torch.Tensor | None:
    """By how much to divide each input channel, or None where all are alike."""
    largest = inputs.largest
    factors = (largest / (SMOOTH_FROM * largest.median())).clamp_min(1).sqrt()
    return factors if factors.max() > 1 else None


def _scales(weights: torch.Tensor) -> torch.Tensor:
    """One scale per column: of a few, the one that rounds with least error."""
    top = weights.abs().amax(0).clamp_min(1e-9) / WEIGHT_MAX
    best = torch.full_like(top, torch.inf)
    chosen = top
    for share in np.linspace(0.5, 1.0, 11):
        scale = (top * float(share)).half().float().clamp_min(6e-8)
        rounded = (weights / scale).round().clamp(-WEIGHT_MAX, WEIGHT_MAX) * scale
        error = (rounded - weights).square().sum(0)
        chosen = torch.where(error < best, scale, chosen)
        best = torch.minimum(error, best)
    return chosen


def _round(
    weights: torch.Tensor, products: torch.Tensor, groups: int = 1
) -> list[tuple[np.ndarray, torch.Tensor]]:
    """Round weights [inputs, outputs]; give bytes and scales for each group of inputs.

    The error made in rounding one input's weights is passed on to the inputs after it, by
    ``products``, the inputs' second moments (GPTQ).
    """
    weights = weights.detach().clone()
    size = len(weights)
    step = size // groups
    scales = [_scales(weights[k : k + step]) for k in range(0, size, step)]
    damped = products + DAMPING * products.diagonal().mean() * torch.eye(size)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(damped))
    factor = torch.linalg.cholesky(inverse, upper=True)
    rounded = torch.empty_like(weights)
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        errors = torch.empty(stop - start, weights.shape[1])
        for k in range(start, stop):
            scale = scales[k // step]
            rounded[k] = (weights[k] / scale).round().clamp(-WEIGHT_MAX, WEIGHT_MAX)
            errors[k - start] = (weights[k] - rounded[k] * scale) / factor[k, k]
            weights[k + 1 : stop] -= torch.outer(factor[k, k + 1 : stop], errors[k - start])
        weights[stop:] -= factor[start:stop, stop:].T @ errors
    pieces = rounded.to(torch.int8).numpy()
    return [(pieces[n * step : (n + 1) * step], scale) for n, scale in enumerate(scales)]


class _Writer:
    """Builds the graph of one encoder."""

    def __init__(self, encoder: MPNetModel, statistics: Statistics) -> None:
        self.encoder, self.statistics = encoder, statistics
        self.config = encoder.config
        self.graph = _Graph()

    def model(self) -> onnx.ModelProto:
        """The whole graph."""
        graph = self.graph
        shape = graph("Shape", "ids")
        self.batch = graph("Slice", shape, graph.ints(0), graph.ints(1))
        self.length = graph("Slice", shape, graph.ints(1), graph.ints(2))
        tokens = graph("Mul", self.batch, self.length)
        middle = graph.store("middle", np.array(128, np.uint8))
        low = graph.store("low", np.array(GELU_ZERO, np.uint8))
        self.zeros = {name: graph("Expand", name, tokens) for name in (middle, low)}
        states = self._embeddings()
        self.bias = self._attention_bias()
        for index in range(len(self.encoder.encoder.layer)):
            states = self._layer(index, states)
        size = self.config.hidden_size
        target = graph("Concat", self.batch, self.length, graph.ints(size), axis=0)
        graph.nodes.append(helper.make_node("Reshape", [states, target], ["states"]))
        whole = ["batch", "length"]
        return helper.make_model(
            helper.make_graph(
                graph.nodes,
                "mpnet",
                [helper.make_tensor_value_info("ids", TensorProto.INT64, whole)],
                [helper.make_tensor_value_info("states", TensorProto.FLOAT, [*whole, size])],
                list(graph.stored.values()),
            ),
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
            ir_version=9,
        )

    def _table(self, name: str, weights: torch.Tensor) -> tuple[str, str]:
        """Store a table in bytes with one scale per row."""
        weights = weights.detach()
        scale = (weights.abs().amax(1, keepdim=True) / 127).half().float().clamp_min(6e-8)
        rows = (weights / scale).round().clamp(-127, 127).to(torch.int8)
        stored = self.graph.store(f"{name}.rows", rows.numpy())
        return stored, self.graph.half(f"{name}.scale", scale)

    def _widen(self, rows: str, scale: str) -> str:
        """Bytes times their scale."""
        return self.graph("Mul", self.graph("Cast", rows, to=TensorProto.FLOAT), scale)

    def _norm(self, name: str, states: str, norm: torch.nn.LayerNorm) -> str:
        """Layer normalisation."""
        return self.graph(
            "LayerNormalization",
            states,
            self.graph.half(f"{name}.weight", norm.weight),
            self.graph.half(f"{name}.bias", norm.bias),
            axis=-1,
            epsilon=norm.eps,
        )

    def _embeddings(self) -> str:
        """Words plus positions, normalised: [tokens, size].

        Padding is taken to be on the right, so that positions just count up.
        """
        graph, parts = self.graph, self.encoder.embeddings
        rows, scale = self._table("words", parts.word_embeddings.weight)
        words = self._widen(graph("Gather", rows, "ids"), graph("Gather", scale, "ids"))
        positions = parts.position_embeddings.weight[parts.padding_idx + 1 :]
        self.longest = len(positions)
        rows, scale = self._table("positions", positions)
        start, axis = graph.ints(0), graph.ints(0)
        places = self._widen(
            graph("Slice", rows, start, self.length, axis),
            graph("Slice", scale, start, self.length, axis),
        )
        states = graph("Add", words, places)
        self.flat = graph.ints(-1, self.config.hidden_size)
        states = graph("Reshape", states, self.flat)
        return self._norm("embeddings.norm", states, parts.LayerNorm)

    def _attention_bias(self) -> str:
        """What is added to the attention scores for the distance of two tokens."""
        graph = self.graph
        distances = torch.arange(1 - self.longest, self.longest)[None]
        buckets = MPNetEncoder.relative_position_bucket(
            distances, num_buckets=self.config.relative_attention_num_buckets
        )[0]
        buckets = graph.store("buckets", buckets.numpy().astype(np.uint8))
        table = self.encoder.encoder.relative_attention_bias.weight.detach().numpy()
        by_distance = graph(
            "Gather",
            graph.store("bucket_bias", table),
            graph("Cast", buckets, to=TensorProto.INT64),
        )
        zero, one = graph.ints(0), graph.ints(1)
        count = graph(
            "Range",
            graph.store("from", np.array(0, np.int64)),
            graph("Squeeze", self.length),
            graph.store("by", np.array(1, np.int64)),
        )
        offset = graph("Sub", graph("Unsqueeze", count, zero), graph("Unsqueeze", count, one))
        index = graph("Add", offset, graph.ints(self.longest - 1))
        bias = graph("Transpose", graph("Gather", by_distance, index), perm=[2, 0, 1])
        return graph("Unsqueeze", bias, zero)

    def _bytes(self, states: str, after_gelu: bool = False) -> tuple[str, str, str]:
        """Round each token with its own scale; give bytes, scales and zero."""
        graph, last = self.graph, self.graph.ints(-1)
        if after_gelu:
            top, zero, least = graph("ReduceMax", states, last), "low", GELU_MIN / GELU_ZERO
            steps = 255 - GELU_ZERO
        else:
            top, zero = graph("ReduceMax", graph("Abs", states), last), "middle"
            steps, least = 127, 1e-9
        scale = graph("Max", graph("Mul", top, graph.number(1 / steps)), graph.number(least))
        flat = graph("Squeeze", scale, last)
        rounded = graph("QuantizeLinear", states, flat, self.zeros[zero], axis=0)
        return rounded, scale, zero

    def _product(
        self,
        name: str,
        rounded: tuple[str, str, str],
        weights: tuple[np.ndarray, torch.Tensor],
    ) -> str:
        """Bytes times weights, back in floats."""
        graph = self.graph
        values, scale, zero = rounded
        product = graph(
            "MatMulIntegerToFloat",
            values,
            graph.store(f"{name}.weight", weights[0]),
            graph.number(1.0),
            graph.half(f"{name}.scale", weights[1]),
            zero,
            domain=CONTRIB,
        )
        return graph("Mul", product, scale)

    def _smooth(self, name: str, states: str, factors: torch.Tensor | None) -> str:
        """Divide the large channels down."""
        if factors is None:
            return states
        return self.graph("Mul", states, self.graph.half(f"{name}.smooth", 1 / factors))

    def _rounded(
        self, index: int, kind: str, weights: torch.Tensor, factors: torch.Tensor | None
    ) -> tuple[np.ndarray, torch.Tensor]:
        """Round a matrix [outputs, inputs] whose inputs are divided by ``factors``."""
        products = self.statistics[index][kind].products
        weights = weights.T
        if factors is not None:
            weights = weights * factors[:, None]
            products = products / torch.outer(factors, factors)
        return _round(weights, products)[0]

    def _layer(self, index: int, states: str) -> str:
        """One layer: attention, then the feed-forward block."""
        states = self._attention(index, states)
        return self._feed_forward(index, states)

    def _attention(self, index: int, states: str) -> str:
        graph, size = self.graph, self.config.hidden_size
        attention = self.encoder.encoder.layer[index].attention
        parts = (attention.attn.q, attention.attn.k, attention.attn.v)
        factors = self._halved(_smoothing(self.statistics[index]["qkv"]))
        together = torch.cat([part.weight for part in parts])
        smooth = self._smooth(f"{index}.qkv", states, factors)
        mixed = self._product(
            f"{index}.qkv",
            self._bytes(smooth),
            self._rounded(index, "qkv", together, factors),
        )
        shape = graph("Concat", self.batch, self.length, graph.ints(3 * size), axis=0)
        mixed = graph("Reshape", mixed, shape)
        query, key, value = graph.many("Split", mixed, outputs=3, axis=2, num_outputs=3)
        bias = torch.cat([part.bias for part in parts])
        context = graph(
            "MultiHeadAttention",
            query,
            key,
            value,
            graph.half(f"{index}.qkv.bias", bias),
            "",
            self.bias,
            domain=CONTRIB,
            num_heads=self.config.num_attention_heads,
        )
        context = graph("Reshape", context, self.flat)
        out = self._product(
            f"{index}.o",
            self._bytes(context),
            self._rounded(index, "o", attention.attn.o.weight, None),
        )
        out = graph("Add", out, graph.half(f"{index}.o.bias", attention.attn.o.bias))
        return self._norm(f"{index}.attention.norm", graph("Add", out, states), attention.LayerNorm)

    def _feed_forward(self, index: int, states: str) -> str:
        graph = self.graph
        layer = self.encoder.encoder.layer[index]
        first, second = layer.intermediate.dense, layer.output.dense
        order = second.weight.square().sum(0).argsort(descending=True)
        factors = self._halved(_smoothing(self.statistics[index]["up"]))
        up, up_scale = self._rounded(index, "up", first.weight[order], factors)
        products = self.statistics[index]["down"].products[order][:, order]
        down = _round(second.weight.T[order], products, GROUPS)
        rounded = self._bytes(self._smooth(f"{index}.up", states, factors))
        step = len(order) // GROUPS
        out = states
        for group in range(GROUPS):
            part = slice(group * step, (group + 1) * step)
            name = f"{index}.up.{group}"
            hidden = self._product(name, rounded, (up[:, part], up_scale[part]))
            bias = graph.half(f"{name}.bias", first.bias[order[part]])
            hidden = graph("FastGelu", hidden, bias, domain=CONTRIB)
            piece = self._product(
                f"{index}.down.{group}", self._bytes(hidden, after_gelu=True), down[group]
            )
            out = graph("Add", out, piece)
        out = graph("Add", out, graph.half(f"{index}.down.bias", second.bias))
        return self._norm(f"{index}.norm", out, layer.output.LayerNorm)

    @staticmethod
    def _halved(factors: torch.Tensor | None) -> torch.Tensor | None:
        """Factors whose inverses are exact in sixteen bits."""
        return None if factors is None else 1 / (1 / factors).half().float()


def write(encoder: MPNetModel, statistics: Statistics) -> onnx.ModelProto:
    """The encoder as an ONNX graph from ``ids`` to ``states``, for one sequence at a time.

    Switch ONNX Runtime's graph optimisation down to ORT_ENABLE_BASIC: more would replace parts of
    the graph by slower ones.
    """
    with torch.no_grad():
        return _Writer(encoder.eval(), statistics).model()
