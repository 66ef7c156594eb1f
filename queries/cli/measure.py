"""onrecord evaluate and onrecord store: how good the graph is, and whether its store is whole."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.graph.confidence import SURE
from onrecord.queries.cli.common import (
    DEFAULT,
    ArticlesArgument,
    Home,
    OntologyOption,
    StoreOption,
    WorkspaceOption,
)

evaluate = typer.Typer(no_args_is_help=True, help="Measure what onrecord finds against gold.")
store = typer.Typer(no_args_is_help=True, help="Look after a graph store.")


@evaluate.command()
def graph(
    articles: ArticlesArgument,
    gold: Annotated[
        Path,
        typer.Option(
            help="A YAML file of gold, a folder of them, or readings by hand (.jsonl).",
        ),
    ],
    listing: Annotated[
        bool, typer.Option("--list", help="Also list every fact, missing ones first.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print figures and lists as JSON.")] = False,
    only: Annotated[
        Path | None,
        typer.Option(
            metavar="NAMES.txt", help="Measure the articles of these ids alone, one a line."
        ),
    ] = None,
    sure: Annotated[
        float,
        typer.Option(min=0, max=1, help="Ignore edges of lower confidence."),
    ] = SURE,
    ontology: OntologyOption = None,
) -> None:
    """Read articles anew and tell which of the gold's facts stand in their graph.

    Against readings by hand also tell how much of the graph they bear out, by type and with 95 %
    intervals.
    """
    from onrecord.graph.ontology import load_ontology
    from onrecord.queries.evaluation import evaluate_graph
    from onrecord.queries.readings_report import evaluate_readings
    from onrecord.queries.sample import Sample, load_names

    by_hand = gold.suffix.lower() == ".jsonl"
    report = (evaluate_readings if by_hand else evaluate_graph)(
        [Path(path) for path in articles],
        gold,
        load_ontology(ontology),
        Sample(load_names(only) if only else None, sure),
    )
    if json:
        print(report.to_json())
        return
    print(report.table())
    if listing:
        print(report.listing())


@store.command()
def check(workspace: WorkspaceOption = DEFAULT, address: StoreOption = None) -> None:
    """Tell which constraints, indexes and migrations a store lacks; status 1 where it lacks any."""
    from onrecord.graph.store import open_store

    with open_store(address or Home(workspace).store) as opened:
        missing = opened.check()
    for sentence in missing:
        print(sentence)
    if missing:
        raise typer.Exit(1)
    print("Nothing is missing.")
