"""A post as its words tell it: the title, at which body it is, and whether it is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.graph import model
from onrecord.loaders.clauses import all_after, child
from onrecord.loaders.coreference import Cluster, Entities, named_group, owners
from onrecord.loaders.gazetteer import Title, gazetteer
from onrecord.loaders.language import span_of
from onrecord.loaders.mentions import is_honorific, is_post, noun_class
from onrecord.loaders.tenure import Change

_FORMER = frozenset("former ex late then one-time onetime then- retired ousted".split())
RANKS = frozenset(
    "general chief prime foreign deputy vice associate assistant executive managing senior"
    " acting interim permanent financial medical principal lead junior first ranking"
    " presidential national political editorial legal under lieutenant major detective"
    " attorney shadow honorary regional".split()
)
"""Words of a title that are seldom a title by themselves."""
_KINDS_OF_POST = frozenset({"police", "press", "majority", "minority", "campaign", "media"})
"""Nouns of bodies that, before a post, say what kind of post it is: "press secretary"."""
_OFFICES = frozenset({"government", "legislature", "local government"})
_OF_PARTIES = frozenset(
    "leader whip chair chairman candidate nominee front-runner aide adviser staff spokesperson head"
    " director official boss chief treasurer member secretary strategist trustee executive"
    " manager coordinator founder analyst consultant owner economist".split()
)
"""Words of titles that a party gives, too."""
_FIRM = frozenset({"company", "firm"})
"""Nouns of bodies that are no part of a title: "company chairman"."""


@dataclass(frozen=True)
class Post:
    """A post held; ``span`` quotes the words that say so."""

    person: Cluster
    title: str
    body: Cluster | None
    span: model.Span
    former: bool
    head: Token
    verb: Token | None = None
    """The verb that gives the post, or takes it: "was appointed", "resigned as"."""
    change: Change = ""
    since: str | None = None
    until: str | None = None
    at: str | None = None


def post_of(
    person: Cluster,
    words: Sequence[Token],
    head: Token,
    ends: tuple[Token, Token],
    entities: Entities,
    *,
    beside: bool = True,
) -> Iterator[Post]:
    """The post that the words tell; ``beside`` where whose it is may stand outside of them."""
    title = _title(words, head, entities)
    adherent = gazetteer().lookup(head.text, vouched=True) is not None  # "ranking Democrat"
    if not title or not (is_post(head) or adherent):
        return
    known = gazetteer().title(title)
    whose = [
        t for t in owners(head) if (beside or t.i > head.i) and not _is_one_of_two(t, entities)
    ]
    whose += all_after(head, "with")
    body = _body([*(t for t in words if t != head), *whose], head, known, person, entities)
    if known is not None and known.body is not None and _is_implied(known.body, body, entities):
        body = entities.implied(known.body)
        title = _without_body(title, body)
    elif " of " in title and (
        department := gazetteer().lookup(f"Department of {title.split(' of ')[1]}")
    ):
        body = entities.implied(department.name)
    abbreviated = known is not None and is_abbreviation(head) and len(title) < len(known.name)
    former = any(t.lower_ in _FORMER for t in words) or any(
        t.lower_ in _FORMER for t in head.children if t.dep_ == "amod"
    )
    if title.lower().startswith("ex-"):
        title, former = title[3:], True
    elif head.tag_ in {"NNS", "NNPS"}:  # "Presidents Lee and Kim"
        title = title[: -len(head.text)] + head.lemma_.lower()
    yield Post(
        person,
        known.name if known and abbreviated else title,
        body,
        around(list(ends)),
        former,
        head,
    )


def _without_body(title: str, body: Cluster) -> str:
    """A title without its body's name, which the tagger may have left there: "House Speaker"."""
    entry, words = body.entry, title.split()
    names = (entry.name, *entry.acronyms, *entry.aliases, *entry.weak) if entry else ()
    starts = (n for n in range(len(words) - 1, 0, -1) if " ".join(words[:n]) in names)
    return " ".join(words[next(starts, 0) :])


def _title(words: Sequence[Token], head: Token, entities: Entities) -> str:
    """The title proper: without owners, articles, and what only describes the holder."""
    after = [t for t in words if t.i > head.i]
    if after[:1] and after[0].lower_ == "of" and len(after) == 2:
        return head.doc[head.i : after[-1].i + 1].text
    kept = [
        t
        for t in words
        if t.i <= head.i
        and (
            t == head
            or t.dep_ in {"compound", "nmod"}
            or t.lower_ in RANKS
            or (t.dep_ == "amod" and t.head.i < head.i)
            or t.text == "-"
            or (t.lower_ == "top" and noun_class(head) == "person")
            or (t.i == head.i - 1 and gazetteer().title(f"{t.text} {head.text}") is not None)
        )
        and not is_honorific(t)
        and t.lower_ not in _FORMER
        and t.lemma_.lower() not in _FIRM
        and (t == head or (entities.of(t) is None and not _is_owner(t, entities)))
    ]
    while kept and kept[0].text == "-":
        kept.pop(0)
    return (
        head.doc[kept[0].i : kept[-1].i + 1].text
        if _contiguous(kept)
        else " ".join(t.text for t in kept)
    )


def _is_owner(token: Token, entities: Entities) -> bool:
    """Whether a bare noun before the post means a body of the article: "panel chair"."""
    if noun_class(token) != "group" or token.lemma_.lower() in _KINDS_OF_POST:
        return False
    whole = gazetteer().title(token.doc[token.i : token.i + 2].text)  # "House Speaker"
    if whole is not None and whole.body is not None:
        return False
    return named_group(entities, token) is not None


def _contiguous(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[-1].i - tokens[0].i == len(tokens) - 1


def _is_one_of_two(token: Token, entities: Entities) -> bool:
    """Whether something else is coordinated with it: "Kim and minister Lee", not within a name."""
    link = child(token, "cc")
    return link is not None and entities.at(link.i) is not entities.at(token.i)


def _is_implied(name: str, body: Cluster | None, entities: Entities) -> bool:
    """Whether a title alone says at which body it is held, beside what else the words name.

    "Rep. Lee of Ohio" sits in the House, not in Ohio; a French premier has no British office.
    """
    implied = gazetteer().lookup(name)
    if implied is None or not entities.countries.may_have(implied):
        return False
    if body is None or body.kind == "Place":
        return True
    return body.is_place and body.entry is not None and body.entry.name == implied.country


def _body(
    words: Sequence[Token], head: Token, title: Title | None, person: Cluster, entities: Entities
) -> Cluster | None:
    """Whose post it is: that of a body, sooner than of a country or a person, before the head."""
    found: list[tuple[int, Cluster]] = []
    for token in words:
        cluster = entities.of(token)
        if cluster is None and _is_owner(token, entities):
            cluster = named_group(entities, token)
        if cluster is None or cluster is person or _is_side(cluster, token, title):
            continue
        if any(t.lower_ == "to" for t in head.doc[head.i : token.i]):  # "the ambassador to Mali"
            found.append((4, cluster))
        elif cluster.kind == "Body" and not cluster.is_place:
            found.append((0, cluster))
        elif cluster.kind in {"Body", "Place", "Person"}:
            found.append((1 if token.dep_ == "poss" else 2 + (cluster.kind == "Person"), cluster))
    if not found and head.dep_ == "conj" and is_post(head.head):  # "the bank's founder and chair"
        return _body(list(head.head.lefts), head.head, title, person, entities)
    return min(found, key=lambda option: option[0])[1] if found else None


def _is_side(body: Cluster, token: Token, title: Title | None) -> bool:
    """Whether a party's name only says on which side the holder of an office is: "Labour MP"."""
    if title is None or token.dep_ == "poss":
        return False
    of_state = title.body or title.of == "department"
    own = not _OF_PARTIES.isdisjoint(title.name.split())
    office = (title.of or title.field in _OFFICES) and not own
    entry = body.entry
    if entry is None or entry.category != "party" or not (of_state or office):
        return False
    return not (title.of == "country" and token.text in (entry.name, *entry.acronyms))


def around(tokens: Sequence[Token]) -> model.Span:
    """The text from the first of the tokens to the last."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return span_of(first.doc[first.i : last.i + 1])


def is_abbreviation(token: Token) -> bool:
    """Whether the word is a title cut short, which stands for itself: "Rep.", "Sen."."""
    title = gazetteer().title(token.text)
    short = token.text.endswith(".") or token.text.isupper() or len(token) <= 4
    return title is not None and short and token.text.rstrip(".").lower() != title.name
