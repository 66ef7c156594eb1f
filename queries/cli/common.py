"""What the commands share: options, where things are kept, and how they speak."""

import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from onrecord.graph.confidence import SURE
from onrecord.graph.errors import InputError, OnrecordError

if TYPE_CHECKING:
    from onrecord.graph.assemble import Graph
    from onrecord.graph.model import Article
    from onrecord.graph.ontology import Ontology
    from onrecord.graph.workspace import Workspace

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        envvar="ONRECORD_WORKSPACE",
        help="The folder that keeps articles, readings, store and page.",
    ),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        "-s",
        envvar="ONRECORD_STORE",
        help="neo4j://HOST, bolt://HOST or a file; by default graph.kgl in the workspace.",
    ),
]
OntologyOption = Annotated[
    Path | None,
    typer.Option("--ontology", help="A YAML file with kinds and relations of your own."),
]
ArticlesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLES...",
        show_default=False,
        help="Files or folders (.txt, .html, .jsonl), or - for JSON Lines on standard input.",
    ),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="How many processes read at once.")
]
SureOption = Annotated[
    float | None,
    typer.Option(
        "--sure",
        min=0,
        max=1,
        show_default=str(SURE),
        help="The least confidence of the relations shown, from 0 to 1; posts and statements stay.",
    ),
]
DEFAULT = Path(".onrecord")
DEBUG = "ONRECORD_DEBUG"


@dataclass(frozen=True)
class Home:
    """The folder of a workspace and the files in it."""

    folder: Path

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace.sqlite"

    @property
    def store(self) -> Path:
        return self.folder / "graph.kgl"

    @property
    def page(self) -> Path:
        return self.folder / "page.html"


def debugging() -> bool:
    """Whether the user wants to see where errors arise (ONRECORD_DEBUG is set)."""
    return bool(os.environ.get(DEBUG))


def say(message: str) -> None:
    """Say something that is no result."""
    print(message, file=sys.stderr, flush=True)


def shown(address: str) -> str:
    """A store's address without user and password."""
    return re.sub(r"//[^/]*@", "//", address)


class Complaints:
    """Says each error as it comes and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: OnrecordError) -> None:
        self.count += 1
        if debugging():
            traceback.print_exception(error)
        say(f"Left out: {error}")

    def close(self) -> None:
        """Say how many there were."""
        if self.count:
            say(f"{self.count} left out, as said above; the rest was read.")


def assembled(
    kept: "Workspace", ontology: "Ontology", sure: float | None
) -> "tuple[Graph[str], dict[str, Article]]":
    """The graph of all readings of a workspace, and its articles by id."""
    from onrecord.graph.assemble import assemble
    from onrecord.graph.identity import Identities

    pairs = kept.shown()
    identities = Identities((reading for _, reading in pairs), kept.judgements())
    graph = assemble(pairs, identities, ontology, sure=SURE if sure is None else sure)
    return graph, {article.id: article for article, _ in pairs}


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears only once it is complete.

    Raises:
        InputError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
