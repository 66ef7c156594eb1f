"""The command line: onrecord build · read · query · view · export · judge · evaluate · store.

Results go to standard output, everything else to standard error. The exit status is 0 where
something was done, 1 where an error of ours ended it, 2 where the command was not understood.
Modules are imported by the commands that need them, so that ``onrecord --help`` answers at once.
"""

import sys
from collections.abc import Sequence

import typer

from onrecord.graph.errors import OnrecordError
from onrecord.queries.cli import ask, judge, measure, read, show
from onrecord.queries.cli.common import DEBUG, debugging, say

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A graph of people, bodies and positions, read from news articles,"
    " with the words that prove every edge.",
)
app.command()(read.build)
app.command()(read.read)
app.command()(ask.query)
app.command()(show.view)
app.command()(show.export)
app.command()(judge.judge)
app.add_typer(measure.evaluate, name="evaluate")
app.add_typer(measure.store, name="store")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every error becomes one message and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(args=arguments, prog_name="onrecord")
    except OnrecordError as error:
        say(f"Error: {error}")
        sys.exit(1)
    except Exception as error:
        if debugging():
            raise
        say(f"This is a fault of onrecord: {type(error).__name__}: {error}")
        say(f"Please report it with what {DEBUG}=1 shows when you run the command again.")
        sys.exit(1)
