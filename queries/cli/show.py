"""onrecord view and onrecord export: the graph as a page and as files."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.graph.errors import InputError
from onrecord.queries.cli.common import (
    DEFAULT,
    Home,
    OntologyOption,
    SureOption,
    WorkspaceOption,
    assembled,
    output,
)

if TYPE_CHECKING:
    from onrecord.graph.assemble import Graph
    from onrecord.graph.model import Article
    from onrecord.graph.ontology import Ontology

FromOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="Take the graph from this store, with all that it holds, instead of the workspace.",
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write; - is standard output.")
]


class Format(StrEnum):
    """The formats of an export."""

    jsonl = "jsonl"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"


def view(
    workspace: WorkspaceOption = DEFAULT,
    output_path: OutputOption = None,
    heading: Annotated[str, typer.Option(help="What stands at the top of the page.")] = "onrecord",
    origin: FromOption = None,
    ontology: OntologyOption = None,
    sure: SureOption = None,
) -> None:
    """Write the graph as one HTML page that opens offline, and say where it is."""
    from onrecord.graph.ontology import load_ontology
    from onrecord.queries.view import render

    kinds = load_ontology(ontology)
    graph, articles = _graph(workspace, origin, kinds, sure)
    page = render(graph, articles, heading=heading, ontology=kinds)
    path = output_path or Home(workspace).page
    with output(path) as file:
        file.write(page)
    if str(path) != "-":
        print(path)


def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.jsonl,
    workspace: WorkspaceOption = DEFAULT,
    output_path: OutputOption = None,
    origin: FromOption = None,
    ontology: OntologyOption = None,
    sure: SureOption = None,
) -> None:
    """Write the graph as JSON Lines, GraphML, GEXF or CSV; the same graph gives the same bytes.

    CSV is two files, nodes.csv and edges.csv, and --output is the folder for them.
    """
    from onrecord.graph.export import FORMATS, write_csv
    from onrecord.graph.ontology import load_ontology

    folder = output_path if form is Format.csv and str(output_path) != "-" else None
    if form is Format.csv and folder is None:
        raise typer.BadParameter("CSV is two files: name a folder for them.", param_hint="--output")
    graph, _ = _graph(workspace, origin, load_ontology(ontology), sure)
    if folder is None:
        with output(output_path) as file:
            file.writelines(FORMATS[form](graph))
        return
    try:
        write_csv(graph, folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}.") from error


def _graph(
    workspace: Path, origin: str | None, ontology: "Ontology", sure: float | None
) -> "tuple[Graph[str], dict[str, Article]]":
    from onrecord.graph.workspace import Workspace

    if origin is None:
        with Workspace(Home(workspace).workspace) as kept:
            return assembled(kept, ontology, sure)
    from onrecord.graph.assemble import at_least
    from onrecord.graph.store import open_store

    with open_store(origin) as store:
        return at_least(store.graph(), sure), {}
