"""onrecord judge --edge and --edges: which edges are right, wrong, or in doubt."""

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

import typer

from onrecord.graph.errors import JudgementError
from onrecord.queries.cli.common import say

if TYPE_CHECKING:
    from onrecord.graph.judgements import EdgeJudgement, EdgeRef, Judgement
    from onrecord.graph.workspace import Workspace

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def clean(text: str) -> str:
    """Text without what would steer the terminal."""
    return _CONTROLS.sub(" ", text)


def judge_edge(kept: "Workspace", edge: str, verdict: str | None, by: str) -> bool:
    """Write a verdict on the edge of an id into the ledger; None takes the last one back.

    Returns whether the ledger says anything new.

    Raises:
        BadParameter: there is no such verdict.
        JudgementError: no article has such an edge.
    """
    from onrecord.graph.judgements import EdgeJudgement, EdgeVerdict, standing

    verdicts = [known for known in get_args(EdgeVerdict) if known != "withdrawn"]
    if verdict is not None and verdict not in verdicts:
        raise typer.BadParameter(f"Say {', '.join(verdicts[:-1])} or {verdicts[-1]} after the id.")
    ref = _found(kept, edge)
    if verdict is not None:
        judgement = EdgeJudgement.model_validate(
            {"verdict": verdict, "edge": ref, "by": by, "at": datetime.now(UTC)}
        )
        kept.judge(judgement)
        print(f"Judged: {told(judgement)}.")
        return True
    made = [j for j in standing(kept.edge_judgements()) if j.subject == ref.known]
    if not made:
        say("There is no judgement on this edge to take back.")
        return False
    kept.judge(withdrawal(made[-1], by))
    print(f"Taken back: {told(made[-1])}.")
    return True


def list_edges(kept: "Workspace", *, as_json: bool) -> None:
    """Print the judgements on edges that stand, of each edge the last."""
    from onrecord.graph.edges import judged
    from onrecord.graph.judgements import standing

    last = {judgement.subject: judgement for judgement in standing(kept.edge_judgements())}
    articles = {judgement.edge.article for judgement in last.values()}
    ids: dict[Any, list[str]] = {}
    for article, reading in kept.readings():
        for id_, ref in judged(article, reading) if article.id in articles else ():
            ids.setdefault(ref.known, []).append(id_)
    if as_json:
        rows = [{"edges": ids.get(known, []), **_plain(made)} for known, made in last.items()]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for known, made in last.items():
        where = f"“{made.edge.quote}” ({made.edge.article}; {made.by}, {made.at:%Y-%m-%d})"
        print(f"{' '.join(ids.get(known, ['-']))}  {told(made)}: {clean(where)}")


def told(judgement: "EdgeJudgement") -> str:
    """A judgement in a few words."""
    edge = judgement.edge
    return clean(f"{edge.source} {edge.type} {edge.target} is {judgement.verdict}")


def withdrawal(judgement: "Judgement | EdgeJudgement", by: str) -> "Judgement | EdgeJudgement":
    """The entry that takes a judgement back."""
    taken_back = {"verdict": "withdrawn", "by": by, "at": datetime.now(UTC), "why": ""}
    return judgement.model_copy(update=taken_back)


def _found(kept: "Workspace", edge: str) -> "EdgeRef":
    from onrecord.graph.edges import judged

    for article, reading in kept.readings():
        for id_, ref in judged(article, reading):
            if id_ == edge:
                return ref
    raise JudgementError(
        f"No article has a relation, a HOLDS or a SAID of the id {edge!r}: the page shows ids below"
        " quotes, `onrecord query evidence_between` in the column id, `onrecord export` as edge."
    )


def _plain(judgement: "EdgeJudgement") -> dict[str, Any]:
    plain = judgement.model_dump(mode="json")
    return {**plain.pop("edge"), **plain}
