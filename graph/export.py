"""A graph as a file: JSON Lines, GraphML, GEXF or CSV; the same graph gives the same bytes.

JSON Lines is the full and stable form: nodes by id, then edges in the order of the articles' words,
each with the same keys in the same order, null where nothing is known. The other formats hold the
same values for other programs: lists stand as JSON, dates as ISO 8601, ``kind`` is a node's
primary label, and a character that XML cannot hold becomes U+FFFD. GEXF has uses of its own for
``start``, ``end`` and an edge's ``type``, so there they are ``start_offset``, ``end_offset`` and
``relation``.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from onrecord.graph.assemble import Graph

Row = dict[str, Any]

NODE_KEYS = (
    "labels name aliases named content cue category article start end date heading published"
    " byline url sha256"
).split()
EDGE_KEYS = (
    "type source target article start end quote date negated modality voice about confidence former"
).split()

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF_NAMES = {"start": "start_offset", "end": "end_offset", "type": "relation"}


def to_jsonl(graph: "Graph[str]") -> Iterator[str]:
    """The lines of the graph as JSON Lines."""
    for row in (*_nodes(graph), *_edges(graph)):
        yield json.dumps(row, ensure_ascii=False, default=_iso) + "\n"


def to_graphml(graph: "Graph[str]") -> Iterator[str]:
    """The lines of the graph as GraphML."""
    return (f"{line}\n" for line in nx.generate_graphml(_flat(graph)))


def to_gexf(graph: "Graph[str]") -> Iterator[str]:
    """The graph as GEXF 1.2, which Gephi reads."""
    flat = _flat(graph)
    for _, node in flat.nodes(data=True):
        _renamed(node, label=node["name"])
    for *_, key, edge in flat.edges(data=True, keys=True):
        _renamed(edge, label=edge["type"], id=key)
    writer = GEXFWriter(flat)
    del writer.xml.find("meta").attrib["lastmodifieddate"]  # today's date would change the bytes
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{writer}\n'


FORMATS: Mapping[str, Callable[["Graph[str]"], Iterable[str]]] = {
    "jsonl": to_jsonl,
    "graphml": to_graphml,
    "gexf": to_gexf,
}
"""The formats that are one file."""


def write_csv(graph: "Graph[str]", folder: Path) -> None:
    """Write nodes.csv and edges.csv into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = (
        ("nodes", ("node", *NODE_KEYS), _nodes(graph)),
        ("edges", ("edge", *EDGE_KEYS), _edges(graph)),
    )
    for name, keys, rows in tables:
        table = [{key: _cell(value) for key, value in row.items()} for row in rows]
        columns = list(dict.fromkeys((*keys, *(key for row in table for key in row))))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)


def _nodes(graph: "Graph[str]") -> Iterator[Row]:
    for node in sorted(graph):
        yield {"node": node, **_row(NODE_KEYS, {"labels": [], "aliases": [], **graph.nodes[node]})}


def _edges(graph: "Graph[str]") -> Iterator[Row]:
    rows = (
        {"edge": key, **_row(EDGE_KEYS, {**data, "source": source, "target": target})}
        for source, target, key, data in graph.edges(data=True, keys=True)
    )
    return iter(sorted(rows, key=_place))


def _place(edge: Row) -> tuple[Any, ...]:
    """Where an edge stands in the order of the export."""
    where = (edge["article"] or "", -1 if edge["start"] is None else edge["start"])
    return (*where, edge["type"], edge["edge"], edge["source"], edge["target"])


def _row(keys: Sequence[str], data: Row) -> Row:
    """The known keys in their order, then any others by name."""
    return {key: data.get(key) for key in (*keys, *sorted(data.keys() - set(keys)))}


def _flat(graph: "Graph[str]") -> "Graph[str]":
    """The graph in the export's order, with values that XML can hold."""
    flat: Graph[str] = nx.MultiDiGraph()
    for row in _nodes(graph):
        values = _xml_values(row)
        flat.add_node(values.pop("node"), kind=next(iter(row["labels"]), ""), **values)
    for row in _edges(graph):
        values = _xml_values(row)
        source, target, key = (values.pop(name) for name in ("source", "target", "edge"))
        flat.add_edge(source, target, key, **values)
    return flat


def _xml_values(row: Row) -> Row:
    return {
        key: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for key, value in ((k, _scalar(v)) for k, v in row.items() if v is not None)
    }


def _renamed(data: Row, **fixed: str) -> None:
    for name, ours in _GEXF_NAMES.items():
        if name in data:
            data[ours] = data.pop(name)
    data.update(fixed)


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return _iso(value) if isinstance(value, date) else value


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no value of a graph")
