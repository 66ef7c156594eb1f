"""onrecord query: list, explain and run the library's questions, or Cypher of one's own."""

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.graph.errors import QueryError
from onrecord.queries.cli.common import DEFAULT, Home, StoreOption, WorkspaceOption

if TYPE_CHECKING:
    from onrecord.graph.store import Result
    from onrecord.queries.library import Library, Query

WIDE = 160
"""How many columns a table has that is not shown on a terminal."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Shape(StrEnum):
    """The shapes of an answer."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    name: Annotated[
        str | None, typer.Argument(help="A query of the library; without one, all are listed.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=VALUE]...", help="The query's parameters."),
    ] = None,
    cypher: Annotated[
        str | None, typer.Option("--cypher", "-c", help="Ask this instead; it may only read.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", "-e", help="Tell what the query answers and takes.")
    ] = False,
    shape: Annotated[Shape, typer.Option("--format", "-f", help="How to answer.")] = Shape.table,
    timeout: Annotated[
        float | None, typer.Option(min=0.001, help="Seconds after which to give up.")
    ] = None,
    sure: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="The least confidence of the relations asked, no lower than what the store holds.",
        ),
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    address: StoreOption = None,
) -> None:
    """Ask the graph: a query of the library by name, or --cypher.

    A node is given by any of its names, and by two or more where a parameter is repeated.
    """
    from onrecord.graph.store import open_store
    from onrecord.queries.library import load_library

    if cypher is not None:
        if sure is not None:
            raise QueryError(
                "Cypher of one's own says itself how sure a relation r has to be, so leave --sure"
                f" out and write `r.confidence >= {sure:g}` there."
            )
        given = _given([name, *(parameters or ())] if name else ())
        with open_store(address or Home(workspace).store) as store:
            values = {key: _literal(value) for key, value in given.items()}
            _show(store.run(cypher, values, timeout=timeout), shape)
        return
    library = load_library()
    if name is None:
        _list(library)
    elif explain:
        _explain(library[name])
    else:
        asked, given = library[name], _given(parameters or ())
        asked.bind(given)
        with open_store(address or Home(workspace).store) as store:
            _show(asked.run(store, given, timeout, sure), shape)


def _given(pairs: Iterable[str]) -> dict[str, Any]:
    """Parameters from ``name=value``; one that is repeated has a list of values.

    Raises:
        QueryError: there is no ``=``.
    """
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"{pair!r} is no parameter. Write it as NAME=VALUE.")
        values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _literal(value: Any) -> Any:
    """A parameter of free Cypher: JSON where it is JSON (3, true, [1, 2]), else text."""
    try:
        return json.loads(value) if isinstance(value, str) else [_literal(v) for v in value]
    except ValueError:
        return value


def _list(library: "Library") -> None:
    width = max(len(query.name) for query in library)
    folder = None
    for found in library:
        if found.folder != folder:
            folder = found.folder
            print(folder)
        print(f"  {found.name:<{width}}  {found.header.answers}")


def _explain(found: "Query") -> None:
    print(f"{found.name}: {found.header.answers}")
    if found.header.parameters:
        print("\nparameters")
    for name, parameter in found.header.parameters.items():
        needed = "needed" if parameter.required else "may be left out"
        print(f"  {name} ({parameter.type}, {needed}): {parameter.means}")
    print("\ncolumns")
    for name, meaning in found.header.columns.items():
        print(f"  {name}: {meaning}")
    given = "".join(f' {name}="{value}"' for name, value in found.examples.items())
    print(f"\nexample\n  onrecord query {found.name}{given}\n\n{found.cypher.strip()}")


def _show(result: "Result", shape: Shape) -> None:
    if shape is Shape.json:
        rows = [{k: _plain(v) for k, v in record.items()} for record in result.records()]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif shape is Shape.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(result.columns)
        writer.writerows([_cell(value) for value in row] for row in result)
    else:
        _table(result)


def _table(result: "Result") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    table = Table(*result.columns, box=SIMPLE_HEAD, pad_edge=False)
    for row in result:
        table.add_row(*(Text(_CONTROLS.sub("\ufffd", _cell(value))) for value in row))
    if table.row_count:
        console.print(table)
    else:
        print("Nothing found.", file=sys.stderr)


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates in ISO 8601."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | None) else _iso(value)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    plain = _plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
