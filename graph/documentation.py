"""The page on the ontology, made from it: ``python -m onrecord.graph.documentation``."""

import sys
from collections.abc import Iterable, Mapping

from onrecord.graph.ontology import Ontology, RelationType, load_ontology

HEAD = """\
# The ontology

The kinds of node and the types of relation that onrecord knows. They are data:
`graph/ontology.yaml` is the one place that names them. A copy of
your own is used with `--ontology FILE`. PLOVER (Halterman et al., 2023) and CAMEO (Schrodt, 2012)
are the event codings that a type answers to, where one does; the stand is the source's towards the
target.

This page is made from the file: `python -m onrecord.graph.documentation`.
"""
SIGNS = {-1: "−", 0: "", 1: "+"}


def documented(ontology: Ontology) -> str:
    """The page, in Markdown."""
    parts = [HEAD, "## Kinds of node\n", *_kinds(ontology)]
    for name, family in ontology.families.items():
        types = {type_: ontology.types[type_] for type_ in ontology.of_family(name)}
        parts += [f"\n## Family {name}\n\n{_sentence(family.meaning)}\n", *_types(types)]
    return "\n".join(parts) + "\n"


def _kinds(ontology: Ontology) -> Iterable[str]:
    rows = ((f"`{n}`", k.meaning, ", ".join(k.also)) for n, k in ontology.kinds.items())
    return _table(("label", "is", "also"), rows)


def _types(types: Mapping[str, RelationType]) -> Iterable[str]:
    rows = (
        (
            f"`{name}`",
            t.meaning,
            t.example,
            f"{_any(t.source)} → {_any(t.target)}",
            " ".join(filter(None, (t.plover, t.cameo))),
            SIGNS[t.polarity],
        )
        for name, t in types.items()
    )
    return _table(("type", "means", "example", "between", "PLOVER, CAMEO", "stand"), rows)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _any(labels: Iterable[str]) -> str:
    return ", ".join(labels)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    sys.stdout.write(documented(load_ontology()))
