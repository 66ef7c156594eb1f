"""What was found, in a few lines."""

from collections import Counter
from collections.abc import Iterable

from onrecord.graph.assemble import Graph
from onrecord.graph.ontology import Ontology

MOST = 8
"""How many actors are listed."""


def summary(graph: "Graph[str]", ontology: Ontology) -> str:
    """Counts of nodes by kind and relations by family, and the actors with the most relations."""
    kinds = Counter(data["labels"][0] for _, data in graph.nodes(data=True))
    families: Counter[str] = Counter()
    active: Counter[str] = Counter()
    for source, target, data in graph.edges(data=True):
        if data["type"] in ontology.relations:
            families[ontology.types[data["type"]].family] += 1
            active.update({source, target})
    actors = {node for node in active if "Actor" in graph.nodes[node]["labels"]}
    ranked = sorted(actors, key=lambda node: (-active[node], node))[:MOST]
    width = max((len(graph.nodes[node]["name"]) for node in ranked), default=0)
    lines = [
        "Found      " + (_listed(kinds, ontology.kinds) or "nothing"),
        "Relations  " + (_listed(families, ontology.families) or "none"),
    ]
    if ranked:
        lines.append("Most active")
        lines += [f"  {graph.nodes[node]['name']:<{width}}  {active[node]}" for node in ranked]
    return "\n".join(lines)


def _listed(counts: Counter[str], order: Iterable[str]) -> str:
    return " · ".join(f"{name} {counts[name]}" for name in order if counts[name])
