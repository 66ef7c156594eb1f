"""The ontology: the kinds of node and types of relation, read from YAML and checked when loaded."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from onrecord.graph.errors import OntologyError

PLOVER_ROOTS = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE"
    " SANCTION COERCE ASSAULT".split()
)
"""The sixteen event types of PLOVER, less RETREAT (Halterman et al., 2023)."""

Label = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]*$")]
Type = Annotated[str, Field(pattern=r"^[A-Z][A-Z_]*$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(_Part):
    """A kind of node: its primary label's meaning, looks, and second labels."""

    meaning: str
    colour: Colour
    shape: str
    also: tuple[Label, ...] = ()


class Family(_Part):
    """A family of relations: what they share, and how its lines look."""

    meaning: str
    colour: Colour
    dash: tuple[int, ...]


class RelationType(_Part):
    """A type of relation. See the head of ontology.yaml for how cues are written."""

    family: str
    meaning: str
    example: str = ""
    source: tuple[Label, ...] = Field(min_length=1)
    target: tuple[Label, ...] = Field(min_length=1)
    plover: str = ""
    cameo: Annotated[str, Field(pattern=r"^\d{0,4}$")] = ""
    polarity: Literal[-1, 0, 1] = 0
    verbs: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    judgements: Words = ()
    changes: Words = ()
    rules: Words = ()


class Ontology(_Part):
    """Kinds, families and relation types, checked against one another."""

    kinds: Mapping[Label, Kind]
    families: Mapping[str, Family]
    relations: Mapping[Type, RelationType]
    record: Mapping[Type, RelationType]

    @model_validator(mode="before")
    @classmethod
    def _record_is_a_family(cls, data: object) -> object:
        record = data.get("record") if isinstance(data, dict) else None
        if isinstance(data, dict) and isinstance(record, dict):
            return data | {"record": {k: {"family": "record"} | v for k, v in record.items()}}
        return data

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        labels = set(self.kinds) | {second for kind in self.kinds.values() for second in kind.also}
        if both := set(self.relations) & set(self.record):
            raise ValueError(f"types stand in both relations and record: {sorted(both)}")
        for name, relation in self.types.items():
            if relation.family not in self.families:
                raise ValueError(f"{name} is of the unknown family {relation.family!r}")
            if unknown := {*relation.source, *relation.target} - labels:
                raise ValueError(f"{name} runs between unknown kinds: {sorted(unknown)}")
            if relation.plover and relation.plover not in PLOVER_ROOTS:
                raise ValueError(f"{name} has the unknown PLOVER root {relation.plover!r}")
        if missing := PLOVER_ROOTS - {relation.plover for relation in self.relations.values()}:
            raise ValueError(f"no relation has the PLOVER roots {sorted(missing)}")
        return self

    @cached_property
    def types(self) -> Mapping[str, RelationType]:
        """All relation types, those read from text first, then those of the record."""
        return {**self.relations, **self.record}

    def labels(self, kind: str) -> tuple[str, ...]:
        """The labels of a node of this kind, the primary one first."""
        return (kind, *self.kinds[kind].also)

    def allows(self, relation: str, source_kind: str, target_kind: str) -> bool:
        """Whether the relation may run from the one kind to the other."""
        ends = self.types[relation]
        return not (
            set(ends.source).isdisjoint(self.labels(source_kind))
            or set(ends.target).isdisjoint(self.labels(target_kind))
        )

    def of_family(self, family: str) -> Iterator[str]:
        """The types of one family, in the ontology's order."""
        return (name for name, relation in self.types.items() if relation.family == family)


def load_ontology(path: Path | None = None) -> Ontology:
    """Read an ontology from a YAML file, by default the one that ships with onrecord.

    Raises:
        OntologyError: the file cannot be read, is no YAML, or contradicts itself.
    """
    if path is None:
        return _shipped()
    try:
        return _parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"The ontology {path} cannot be read: {error}.") from error


@cache
def _shipped() -> Ontology:
    return _parse((files("onrecord.graph") / "ontology.yaml").read_text("utf-8"), "ontology.yaml")


def _parse(text: str, name: str) -> Ontology:
    try:
        return Ontology.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise OntologyError(f"{name} is not valid YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "as a whole"
        message = f"{name} is not a valid ontology at {place}: {first['msg']}."
        raise OntologyError(message) from error
