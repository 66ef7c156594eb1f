"""The page itself: pyvis's Network with a template of our own.

pyvis's own template loads files from the network and lets names run as scripts; here every value
is escaped or inert JSON, and a Content-Security-Policy admits nothing but the page's own two
scripts and its style, each by its hash.
"""

import base64
import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped]

from onrecord.graph.model import Article
from onrecord.graph.ontology import Ontology, load_ontology
from onrecord.queries.view.content import Content, Row

HERE = files("onrecord.queries.view")
SCRIPTS = (
    "model",
    "elements",
    "shapes",
    "placing",
    "labels",
    "picture",
    "saving",
    "panel",
    "legend",
    "lists",
    "search",
    "main",
)
"""The page's script in its parts, in the order in which they are joined."""


class Page(Network):  # type: ignore[misc]
    """The graph as one HTML file that needs nothing else; shows itself in a notebook."""

    def __init__(
        self,
        graph: "nx.MultiDiGraph[Any]",
        articles: Mapping[str, Article] | None = None,
        *,
        heading: str = "onrecord",
        ontology: Ontology | None = None,
    ) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(
            loader=FunctionLoader(lambda name: (HERE / name).read_text("utf-8")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self.path = "page.html.j2"
        content = Content(graph, articles or {}, ontology or load_ontology())
        self.facts = {"heading": heading, **content.facts()}
        self.nodes, self.edges = content.nodes, content.lines
        self.texts = content.passages.texts()

    def generate_html(self, *_ignored: Any, **_options: Any) -> str:
        """The page as HTML; pyvis's own parameters change nothing."""
        data = {**self.facts, "nodes": self.nodes, "lines": list(self._numbered())}
        scripts = [Markup(vis()), Markup(script())]
        style = Markup((HERE / "page.css").read_text("utf-8"))
        self.html = self.templateEnv.get_template(self.path).render(
            heading=self.facts["heading"],
            policy="; ".join(_policy(scripts, style)),
            style=style,
            scripts=scripts,
            data=Markup(inert(data)),
            texts=Markup(inert(self.texts)),
        )
        return str(self.html)

    def _numbered(self) -> Iterator[Row]:
        """The lines with nodes and types as numbers, so that a large page is read the sooner."""
        nodes = {node["id"]: number for number, node in enumerate(self.nodes)}
        types = {row["name"]: number for number, row in enumerate(self.facts["types"])}
        for line in self.edges:
            ends: Row = {end: nodes[line[end]] for end in ("from", "to") if end in line}
            rest = {key: value for key, value in line.items() if key not in ("id", "from", "to")}
            yield {**rest, **ends, "type": types[line["type"]]}

    def write_html(self, name: str, *_ignored: Any, **_options: Any) -> None:
        """Write the page in UTF-8; pyvis's other parameters change nothing."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        """The page in a sandboxed frame, for notebooks."""
        return (
            '<iframe sandbox="allow-scripts allow-downloads" title="onrecord"'
            ' style="width:100%;height:720px;border:0"'
            f' srcdoc="{html.escape(self.generate_html())}"></iframe>'
        )


def vis() -> str:
    """The script of vis-network, as the installed pyvis brings it."""
    return (files("pyvis") / "lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")


def script() -> str:
    """The page's own script, its parts joined in one scope."""
    parts = "\n".join((HERE / "js" / f"{part}.js").read_text("utf-8") for part in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def inert(data: Any) -> str:
    """JSON that can stand in a script element: ASCII, and no character that HTML gives meaning."""
    text = json.dumps(data, separators=(",", ":"), sort_keys=True)
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&"})


def _policy(scripts: list[Markup], style: Markup) -> Iterator[str]:
    yield "default-src 'none'"
    yield "script-src " + " ".join(_hash(part) for part in scripts)
    yield "style-src " + _hash(style)
    yield "img-src data:"
    yield "base-uri 'none'"
    yield "form-action 'none'"


def _hash(part: str) -> str:
    digest = hashlib.sha256(part.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
