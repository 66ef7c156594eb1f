"""The query library: one question a .cypher file, found, checked, documented and run on any store.

A file opens with a header of ``//`` comments, in YAML: ``answers``, the question; ``parameters``,
each with ``type``, ``means``, ``example`` and, where it may be left out, ``default``; ``columns``,
each with what it holds. The rest is Cypher that the embedded store and Neo4j both run.

A parameter's type is ``text``, ``integer``, ``date`` (ISO 8601) or ``node``: the name, alias or id
of a node, without regard to case and accents. Cypher gets the ids of all nodes so called, a list;
the list is empty where a node that may be left out is.

Every query may use ``$sure``, which no header tells: it looks at relations of at least that
confidence only, and at all that the store holds where it is 0.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onrecord.graph.confidence import raised
from onrecord.graph.errors import QueryError
from onrecord.graph.slugs import folded
from onrecord.graph.store import Result, Store

SURE = "sure"
"""The parameter of all queries."""
FOLDERS = ("people", "bodies", "positions", "statements", "evidence")

_HEADER = re.compile(r"(?://[^\n]*\n)+")
_PARAMETER = re.compile(r"\$(\w+)")
_RETURNED = re.compile(r"^RETURN\b(.*?)(?:^ORDER BY\b|\Z)", re.MULTILINE | re.DOTALL)
_ALIAS = re.compile(r"\bAS (\w+)")
_NAMES = (
    "MATCH (n:Person|Body|Document|Issue|Place|Outlet) WHERE $all OR n.id IN $names"
    " OR any(text IN [n.name] + coalesce(n.aliases, [])"
    r" WHERE toLower(text) IN $folded OR text =~ '(?s).*[^\\x00-\\x7f].*')"
    " RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases"
)
"""Of all nodes, or of those that may go by some names: of ASCII, only capitals are ever folded."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Part):
    """What a query may be told; one without ``default`` must be given."""

    type: Literal["node", "text", "integer", "date"]
    means: str
    example: Any
    default: Any = None

    @property
    def required(self) -> bool:
        """Whether the query cannot run without it."""
        return "default" not in self.model_fields_set

    def value(self, given: object) -> object:
        """The given value, or its text from a command line, as the type has it.

        Raises:
            ValueError: it is no such value.
        """
        match self.type, given:
            case "node", str():
                return [given]
            case "node", [*names] if all(isinstance(name, str) for name in names):
                return names
            case "text", str():
                return given
            case "integer", int() | str() if not isinstance(given, bool):
                return int(given)
            case "date", str():
                return date.fromisoformat(given)
            case "date", date() if not isinstance(given, datetime):
                return given
        raise ValueError(given)


class Header(_Part):
    """What the head of a query file tells."""

    answers: str
    parameters: Mapping[str, Parameter] = Field(default_factory=dict)
    columns: Mapping[str, str] = Field(min_length=1)


class Query(NamedTuple):
    """One question: where it stands, what its header tells, and its Cypher."""

    folder: str
    name: str
    header: Header
    cypher: str

    @classmethod
    def parsed(cls, folder: str, name: str, text: str) -> Self:
        """Read a query file.

        Raises:
            QueryError: the header is malformed, or does not tell the parameters and columns that
                the Cypher has.
        """
        match = _HEADER.match(text)
        head = re.sub(r"^// ?", "", match[0] if match else "", flags=re.MULTILINE)
        try:
            header = Header.model_validate(yaml.safe_load(head))
        except yaml.YAMLError as error:
            raise QueryError(f"The header of the query {name!r} is not YAML: {error}.") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "as a whole"
            raise QueryError(
                f"The header of the query {name!r} is wrong at {place}: {first['msg']}."
            ) from error
        query = cls(folder, name, header, text[match.end() if match else 0 :])
        query._check()
        return query

    @property
    def examples(self) -> dict[str, Any]:
        """The example of every parameter."""
        return {name: p.example for name, p in self.header.parameters.items()}

    def bind(self, given: Mapping[str, object], sure: float = 0.0) -> dict[str, Any]:
        """The values of all parameters, those given and the defaults of the others.

        Names of nodes stay names; ``run`` finds the nodes.

        Raises:
            QueryError: a parameter is unknown or missing, or its value is not of its type.
        """
        known = self.header.parameters
        for name in given:
            if name not in known:
                some = ", ".join(known) or "none"
                raise QueryError(f"{self.name} has no parameter {name!r}. It has: {some}.")
        values = {name: p.default for name, p in known.items() if not p.required}
        for name, value in given.items():
            try:
                values[name] = known[name].value(value)
            except ValueError:
                raise QueryError(
                    f"{self.name} cannot take {name}={value!r}: it is no {known[name].type}."
                    f" Give one, such as {known[name].example}."
                ) from None
        if missing := [name for name in known if name not in values]:
            example = " ".join(f'{name}="{known[name].example}"' for name in missing)
            raise QueryError(
                f"{self.name} needs {', '.join(missing)}. Add, for example, {example}."
            )
        return {**values, SURE: sure}

    def run(
        self,
        store: Store,
        given: Mapping[str, object] | None = None,
        timeout: float | None = None,
        sure: float | None = None,
    ) -> Result:
        """Ask the store, of relations of at least ``sure``; ``timeout`` is in seconds.

        Raises:
            ConfidenceError: ``sure`` is out of range, or lower than what the store holds.
            QueryError: as ``bind``, or no node has the name given.
            StoreError: the store cannot answer.
        """
        values = self.bind(given or {}, 0.0 if sure is None else raised(sure, store.sure()))
        nodes = [name for name, p in self.header.parameters.items() if p.type == "node"]
        if any(values[name] for name in nodes):
            names = _Names(store, {called for name in nodes for called in values[name]})
            values |= {name: names.ids(values[name]) for name in nodes}
        return store.run(self.cypher, values, timeout=timeout)

    def _check(self) -> None:
        for told, there, what in (
            (
                self.header.parameters,
                sorted({*_PARAMETER.findall(self.cypher)} - {SURE}),
                "parameters",
            ),
            (self.header.columns, self._returned(), "columns"),
        ):
            if (sorted(told) if what == "parameters" else list(told)) != there:
                raise QueryError(
                    f"The header of the query {self.name!r} tells the {what} {', '.join(told)};"
                    f" its Cypher has {', '.join(there)}. Make them the same."
                )

    def _returned(self) -> list[str]:
        clauses = _RETURNED.findall(self.cypher)
        return _ALIAS.findall(clauses[-1]) if clauses else []


class Library:
    """Queries by name, in the order of their folders."""

    def __init__(self, queries: Iterable[Query]) -> None:
        self._queries = {query.name: query for query in queries}

    def __iter__(self) -> Iterator[Query]:
        return iter(self._queries.values())

    def __getitem__(self, name: str) -> Query:
        """The query of that name.

        Raises:
            QueryError: there is none.
        """
        try:
            return self._queries[name]
        except KeyError:
            hint = _hint(name, self._queries) or "`onrecord query` lists them all."
            raise QueryError(f"There is no query {name!r}. {hint}") from None


def load_library(folder: Traversable | None = None) -> Library:
    """Read and check the queries in a folder's five rooms, by default those that come along.

    Raises:
        QueryError: a query file is malformed.
    """
    rooms = folder or files("onrecord.queries")
    return Library(
        Query.parsed(room, file.name.removesuffix(".cypher"), file.read_text("utf-8"))
        for room in FOLDERS
        for file in sorted((rooms / room).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".cypher")
    )


class _Names:
    """Which of a store's nodes go by some names."""

    def __init__(self, store: Store, names: Iterable[str]) -> None:
        self.store = store
        self.called: dict[str, set[str]] = {}
        for node, *spelt in self._spelt(list(names)):
            self.called.setdefault(node, set()).add(node)
            for spelling in spelt:
                self.called.setdefault(folded(spelling), set()).add(node)

    def ids(self, names: Iterable[str]) -> list[str]:
        """The ids of all nodes that go by one of the names, sorted."""
        return sorted({node for name in names for node in self._ids(name)})

    def _ids(self, name: str) -> set[str]:
        if nodes := self.called.get(name) or self.called.get(folded(name)):
            return nodes
        spelt = {folded(each): each for _, *all_of_it in self._spelt() for each in all_of_it}
        hint = _hint(folded(name), spelt) or "find_by_name finds names by their letters."
        raise QueryError(f"Nobody and nothing in the graph is called {name!r}. {hint}")

    def _spelt(self, names: list[str] | None = None) -> Iterator[list[str]]:
        """The id and all names of the nodes that may go by these, or of all nodes."""
        asked = {
            "all": names is None,
            "names": names or [],
            "folded": list(map(folded, names or [])),
        }
        for node, name, aliases in self.store.run(_NAMES, asked):
            yield [node, name, *aliases]


def _hint(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    spelt = [k if not isinstance(known[k], str) else str(known[k]) for k in close]
    return f"Did you mean {' or '.join(spelt)}?" if close else ""
