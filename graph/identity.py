"""Who is who across articles: judgements, scores that explain themselves, canonical ids.

A judgement says that two entities of two readings are the same, are different, or that nobody can
tell. Judgements are only ever appended, so a wrong one is undone by a later one; people's outrank
the machine's.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.graph.model import Entity, EntityKind
from onrecord.graph.reading import Reading
from onrecord.graph.slugs import folded, slug


class Described(NamedTuple):
    """What an entity is called once its names from all articles are put together."""

    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    named: bool


class Identities:
    """Which entities of which articles are one, and what that one is called."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        groups: defaultdict[str, list[Entity]] = defaultdict(list)
        self._ids: dict[tuple[str, str], str] = {}
        for reading in sorted(readings, key=lambda r: r.article.id):
            for entity in reading.entities:
                node = f"{entity.kind.lower()}:{slug(entity.name)}"
                if not entity.named:
                    node += f"@{reading.article.id}:{entity.id}"
                self._ids[reading.article.id, entity.id] = node
                groups[node].append(entity)
        self._described = {node: _described(entities) for node, entities in groups.items()}

    def of(self, article: str, entity: str) -> str:
        """The canonical id of an article's entity."""
        return self._ids[article, entity]

    def described(self, node: str) -> Described:
        """Kind, name and aliases of a canonical id."""
        return self._described[node]


def _described(entities: list[Entity]) -> Described:
    first = entities[0]
    names = {folded(n): n for e in entities for n in (*e.aliases, e.name) if n != first.name}
    aliases = tuple(sorted(names.values()))
    return Described(first.kind, first.name, aliases, any(e.named for e in entities))
