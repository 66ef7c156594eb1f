"""onrecord judge: who is the same as whom, where a doubt is left, and which edges are wrong."""

import getpass
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.queries.cli.common import (
    DEFAULT,
    Home,
    OntologyOption,
    StoreOption,
    WorkspaceOption,
    say,
)
from onrecord.queries.cli.edges import clean, judge_edge, list_edges, told, withdrawal
from onrecord.queries.cli.read import rebuild

if TYPE_CHECKING:
    from onrecord.graph.identity import Identities, Key, Pair
    from onrecord.graph.judgements import Judgement, Verdict
    from onrecord.graph.model import Article
    from onrecord.graph.reading import Reading
    from onrecord.graph.workspace import Workspace

VERDICTS: "dict[str, Verdict]" = {"s": "same", "d": "different", "u": "unsure"}
KEYS = "s same   d different   u unsure   b back   q quit"
QUOTES = 3
"""How many articles of each side are quoted."""
BEFORE, AFTER = 90, 150
"""How many characters around a name are quoted."""


def judge(
    node: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="Review what is joined in this node instead; with --edge, right, wrong or unsure.",
        ),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="Print the pairs that wait, and ask nothing.")
    ] = False,
    edge: Annotated[
        str | None,
        typer.Option(
            "--edge", metavar="EDGE", help="Judge this edge: --edge EDGE wrong (right, unsure)."
        ),
    ] = None,
    edges: Annotated[bool, typer.Option("--edges", help="Print the judgements on edges.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --list or --edges: print JSON.")
    ] = False,
    undo: Annotated[
        bool,
        typer.Option(
            "--undo", help="Take back the last judgement that counts, with --edge on that edge."
        ),
    ] = False,
    by: Annotated[str, typer.Option(help="Whose judgements these are.")] = "",
    workspace: WorkspaceOption = DEFAULT,
    store: StoreOption = None,
    ontology: OntologyOption = None,
) -> None:
    """Say who is the same as whom, where names and posts alone leave a doubt.

    Shows the pairs that wait, best first, and takes a key for each: s same, d different, u unsure,
    b back (takes the last one back), q quit. With the id of a node, shows the article that named it
    first beside each other one that was joined to it; d takes that one out. Then graph, store and
    page are made anew. Judgements are kept in the workspace and hold when articles are added,
    corrected, or read by a newer reader. Where standard input is no terminal, each line is a key.

    With --edge and the id of an edge, as queries, page and exports show it, says whether that edge
    is right. One that is wrong is hidden from store, page, queries and exports.
    """
    from onrecord.graph.identity import Identities
    from onrecord.graph.ontology import load_ontology
    from onrecord.graph.workspace import Workspace

    home, kinds = Home(workspace), load_ontology(ontology)
    with Workspace(home.workspace) as kept:
        if edges:
            list_edges(kept, as_json=as_json)
            return
        if edge is not None:
            changed = judge_edge(kept, edge, None if undo else node or "", by or _user())
        elif undo:
            changed = _undo(kept, by or _user())
        else:
            read = kept.shown()
            identities = Identities([reading for _, reading in read], kept.judgements())
            pairs = identities.waiting if node is None else identities.joined(node)
            if not pairs:
                say(
                    "No pair waits for a judgement." if node is None else f"Nothing joined: {node}."
                )
            sides = _Sides(identities, read, whole=node is None)
            if listing or as_json:
                _list(pairs, sides, as_json=as_json)
                return
            changed = _Review(kept, identities, sides, by or _user()).run(pairs)
        if changed:
            rebuild(kept, home, store, kinds)
            say("Graph, store and page are made anew.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "a reader"


def _undo(kept: "Workspace", by: str) -> bool:
    from onrecord.graph.judgements import EdgeJudgement, standing

    judgements = standing(kept.ledger())
    if not judgements:
        say("There is no judgement to take back.")
        return False
    last = judgements[-1]
    kept.judge(withdrawal(last, by))
    if isinstance(last, EdgeJudgement):
        print(f"Taken back: {told(last)}.")
    else:
        print(f"Taken back: {last.left.name} and {last.right.name} are {last.verdict}.")
    return True


@dataclass(frozen=True)
class Side:
    """One of two: who it is, in how many articles, which posts it holds, and what is quoted."""

    id: str
    name: str
    kind: str
    aliases: Sequence[str]
    articles: int
    posts: Sequence[str]
    quotes: Sequence[dict[str, str]]


class _Sides:
    """Gathers what a reader needs to see of each side of a pair."""

    def __init__(
        self,
        identities: "Identities",
        read: "Sequence[tuple[Article, Reading]]",
        *,
        whole: bool,
    ) -> None:
        self._identities, self._whole = identities, whole
        self._read = {article.id: (article, reading) for article, reading in read}

    def __call__(self, key: "Key") -> Side:
        node = self._identities.of(*key)
        known = self._identities.described(node)
        members = self._identities.members(node) if self._whole else [key]
        posts = Counter(post for member in members for post in self._posts(member))
        quoted = [quote for member in (key, *members) if (quote := self._quote(member))]
        return Side(
            id=node,
            name=known.name if self._whole else self._identities.ref(key).name,
            kind=known.kind,
            aliases=known.aliases,
            articles=len({article for article, _ in members}),
            posts=[post for post, _ in posts.most_common(QUOTES)],
            quotes=list({quote["article"]: quote for quote in quoted}.values())[:QUOTES],
        )

    def _posts(self, key: "Key") -> list[str]:
        _, reading = self._read[key[0]]
        name = {entity.id: entity.name for entity in reading.entities}
        return [
            ("former " if post.former else "") + post.title
            + (f" of {name[post.body]}" if post.body else "")
            for post in reading.posts
            if post.person == key[1]
        ]  # fmt: skip

    def _quote(self, key: "Key") -> dict[str, str] | None:
        """The first words of the article that name it, and where they stand."""
        article, reading = self._read[key[0]]
        mentions = [m for m in reading.mentions if m.entity == key[1]]
        if not mentions:
            return None
        at = min(mentions, key=lambda m: (m.form != "name", m.start))
        start = max(article.text.rfind("\n", 0, at.start) + 1, at.start - BEFORE)
        line = article.text.find("\n", at.end)
        end = min(len(article.text) if line < 0 else line, at.end + AFTER)
        quote = article.text[start:end]
        if start and article.text[start - 1] != "\n":
            quote = quote.partition(" ")[2]  # no half words
        return {
            "article": article.id,
            "outlet": article.outlet or "",
            "date": article.published.isoformat() if article.published else "",
            "quote": quote.strip(),
        }


def _list(pairs: "Sequence[Pair]", sides: _Sides, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_plain(p, sides) for p in pairs], ensure_ascii=False, indent=1))
        return
    for pair in pairs:
        left, right = sides(pair.left), sides(pair.right)
        print(clean(f"{pair.score.value:.2f}  {_called(left)}  |  {_called(right)}"))


def _plain(pair: "Pair", sides: _Sides) -> dict[str, Any]:
    return {
        "score": pair.score.value,
        "parts": [part._asdict() for part in pair.score.parts],
        "left": vars(sides(pair.left)),
        "right": vars(sides(pair.right)),
    }


def _called(side: Side) -> str:
    number = f"{side.articles} article{'s' * (side.articles != 1)}"
    return f"{side.name} ({side.kind}, {number}{''.join(f'; {p}' for p in side.posts[:1])})"


class _Review:
    """Asks about one pair after the other and writes the answers into the ledger."""

    def __init__(self, kept: "Workspace", identities: "Identities", sides: _Sides, by: str) -> None:
        self._kept, self._identities, self._sides, self._by = kept, identities, sides, by
        self._made: list[Judgement] = []

    def run(self, pairs: "Sequence[Pair]") -> bool:
        """Ask until all are judged or the reader quits; whether the ledger says anything new."""
        while len(self._made) < len(pairs):
            pair = pairs[len(self._made)]
            self._show(pair, f"{len(self._made) + 1} of {len(pairs)}")
            if not self._answer(pair):
                break
        print(f"Judged: {len(self._made)} of {len(pairs)}.")
        return bool(self._made)

    def _answer(self, pair: "Pair") -> bool:
        """Take keys until the pair is judged or the one before taken back; False to quit."""
        from onrecord.graph.judgements import Judgement

        while True:
            key = _key()
            if key in ("q", ""):
                return False
            if key in VERDICTS:
                judgement = Judgement(
                    verdict=VERDICTS[key],
                    left=self._identities.ref(pair.left),
                    right=self._identities.ref(pair.right),
                    by=self._by,
                    at=datetime.now(UTC),
                    why=" ".join(part.why for part in pair.score.parts),
                    score=pair.score.value,
                )
                self._kept.judge(judgement)
                self._made.append(judgement)
                return True
            if key == "b" and self._made:
                self._kept.judge(withdrawal(self._made.pop(), self._by))
                return True
            say("Nothing was judged yet; --undo takes back earlier ones." if key == "b" else KEYS)

    def _show(self, pair: "Pair", number: str) -> None:
        from rich.columns import Columns
        from rich.console import Console
        from rich.panel import Panel
        from rich.text import Text

        console = Console(stderr=True, highlight=False)
        width = max(console.width // 2 - 1, 30)
        console.rule(Text(number))
        sides = [self._sides(key) for key in (pair.left, pair.right)]
        console.print(Columns(
            [Panel(Text(_clean_lines(_told(side))), title=Text(clean(side.name)), width=width)
             for side in sides]
        ))  # fmt: skip
        for part in pair.score.parts:
            console.print(Text(f"{part.weight:+.2f}  {clean(part.why)}"))
        console.print(Text(f" {pair.score.value:.2f}  in all.   {KEYS}"))


def _told(side: Side) -> list[str]:
    lines = [f"{side.kind}, {side.articles} article{'s' * (side.articles != 1)}"]
    lines += [f"also {', '.join(side.aliases)}"] if side.aliases else []
    lines += side.posts
    for quote in side.quotes:
        where = ", ".join(filter(None, (quote["date"], quote["outlet"], quote["article"])))
        lines += ["", where, f"“{quote['quote']}”"]
    return lines


def _clean_lines(lines: Sequence[str]) -> str:
    return "\n".join(map(clean, lines))


def _key() -> str:
    """The key pressed, or the first letter of the next line; "" at the end of input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip().lower()[:1] or ("?" if line else "")
    try:
        return typer.getchar().lower()
    except EOFError:
        return ""
