"""docs/queries.md, made from the headers: ``python -m onrecord.queries.documentation``."""

import shlex
import sys

from onrecord.queries.library import FOLDERS, Library, Parameter, Query, load_library

PREFACE = """\
# The query library

Each question is a `.cypher` file that runs on the embedded store and on Neo4j alike.
`onrecord query` lists them, `onrecord query NAME --explain` tells what one takes and gives, and
`onrecord query NAME parameter=value …` asks it. A parameter of the type node takes a name, an alias
or an id, without regard to case and accents, and may be given more than once; in Cypher it is the
list of the ids of all nodes so called. A date is written as 2025-03-01. The examples are made up.

`--sure`, from 0 to 1, leaves out relations of a lower confidence. It cannot be lower than what the
store was built with, which holds where nothing is given. Nodes, posts and statements stay.

This page is made from the files' headers: `python -m onrecord.queries.documentation`.
"""


def documented(library: Library) -> str:
    """The library as a page of Markdown."""
    lines = [PREFACE]
    for folder in FOLDERS:
        lines += [f"## {folder.capitalize()}", ""]
        for query in library:
            if query.folder == folder:
                lines += _section(query)
    return "\n".join(lines)


def _section(query: Query) -> list[str]:
    given = "".join(f" {name}={shlex.quote(str(e))}" for name, e in query.examples.items())
    lines = [f"### {query.name}", "", query.header.answers, ""]
    lines += ["```sh", f"onrecord query {query.name}{given}", "```", ""]
    if query.header.parameters:
        lines += ["| parameter | type | if left out | means |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {p.type} | {_left_out(p)} | {p.means} |"
            for name, p in query.header.parameters.items()
        ]
        lines.append("")
    lines += ["| column | holds |", "|---|---|"]
    lines += [f"| `{name}` | {holds} |" for name, holds in query.header.columns.items()]
    return [*lines, ""]


def _left_out(parameter: Parameter) -> str:
    if parameter.required:
        return "must be given"
    return str(parameter.default) if parameter.type == "integer" else "any"


if __name__ == "__main__":
    sys.stdout.write(documented(load_library()))
