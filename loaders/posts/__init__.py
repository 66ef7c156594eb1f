"""Posts held: titles before names, appositions, predicates, and verbs such as "was appointed".

"Deputy Governor Ann Lee", "Ann Lee, deputy governor of the bank", "Lee heads the bank": each gives
a person, a title, a body where the words name one, and whether the post is a former one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise, product

from spacy.tokens import Token

from onrecord.graph import model
from onrecord.graph.identity.titles import is_unique
from onrecord.loaders.clauses import Clause
from onrecord.loaders.coreference import ANOTHER, Cluster, Entities, owners
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.mentions import Noticed, is_honorific, is_post
from onrecord.loaders.posts.context import at_home, spoken_for, told_elsewhere
from onrecord.loaders.posts.words import RANKS, Post, around, is_abbreviation, post_of
from onrecord.loaders.tenure import Change, tenure

__all__ = ["Post", "find_offices", "find_posts"]

_HEADING = {"head": "head", "lead": "leader", "chair": "chair", "run": "head", "direct": "director"}
_APPOINTING = frozenset(
    "appoint name elect hire nominate make install re-elect reelect reappoint promote".split()
)
_REMOVING = frozenset(
    "dismiss sack fire remove oust depose replace succeed terminate expel".split()
)
_SAID_OF = frozenset({"attr", "oprd", "appos"})
"""How a post hangs on what it is said of."""
_SERVING = frozenset("serve act work".split())
_SUCCEEDING = frozenset("succeed replace take start begin continue return".split())
_STARTING = frozenset("appoint name hire make install succeed replace take start begin".split())
"""Verbs whose time is that of the beginning; who is elected or continues does not begin."""
_LEAVING = frozenset("step resign retire quit stand".split())


def find_posts(
    entities: Entities, clauses: Sequence[Clause], published: date | None = None
) -> list[Post]:
    """The posts that named people hold, in the order of the words that say so.

    ``published`` is the article's day, by which "last year" is told.
    """
    found = [
        post
        for person in entities.clusters
        if person.kind == "Person" and person.named
        for mention in person.mentions
        for post in (
            _before_name(person, mention, entities)
            if mention.form == "name"
            else _said_of(person, mention, entities)
            if mention.predicate
            else ()
        )
    ]
    found += [post for clause in clauses for post in _by_verb(clause, entities)]
    announced = dict(_announced(entities, clauses))
    found = [replace(p, body=p.body or announced.get(p.person)) for p in found]
    told = [*found, *_pointed(entities)]
    found = [
        replace(p, body=p.body or told_elsewhere(p, told) or spoken_for(p, entities)) for p in found
    ]
    found = [_dated(post, published) for post in at_home(found, entities)]
    unique = {(p.person, p.title.lower(), p.body, p.span): p for p in found}
    return sorted(unique.values(), key=lambda post: (post.span, post.title))


def _pointed(entities: Entities) -> Iterator[Post]:
    """The posts by which the article points at people whom it names: "Mali's finance minister"."""
    for person in entities.clusters:
        for mention in person.mentions if person.kind == "Person" and person.named else ():
            if mention.form == "role" and not mention.predicate:
                ends = _ends(mention, entities)
                yield from post_of(person, list(mention.span), mention.head, ends, entities)


def _dated(post: Post, published: date | None) -> Post:
    """The post with the time that the words tell; its span quotes these words too."""
    told = tenure(post.head, post.verb, post.change, published)
    words = told.words or post.span
    return replace(
        post,
        span=model.Span(min(post.span.start, words.start), max(post.span.end, words.end)),
        former=post.former or told.over,
        since=told.since,
        until=told.until,
        at=told.at,
    )


def find_offices(entities: Entities, acting: Collection[Cluster]) -> list[Post]:
    """The posts of those of ``acting`` whom the article does not name, but points at by the post.

    "The commissioner", "the Met's chief": a post of which a body has one holder at a time, so that
    who holds it may be known from elsewhere. "A spokesman" and "one director" may be anybody.
    """
    found = [
        post
        for person in entities.clusters
        if person.kind == "Person" and not person.named and person in acting
        for mention in person.mentions[:1]
        if mention.form == "role" and _points(mention, entities)
        for post in post_of(
            person, list(mention.span), mention.head, _ends(mention, entities), entities
        )
        if not post.former and is_unique(post.title, placed=post.body is not None)
    ]
    return sorted(found, key=lambda post: (post.span, post.title))


def _points(mention: Noticed, entities: Entities) -> bool:
    """Whether the words mean somebody known by a post, who is not named beside them.

    "His boss" is known by a tie to somebody; "whoever becomes the mayor" is nobody yet.
    """
    unsure = any(t.lower_ in ANOTHER or t.tag_ == "PRP$" for t in mention.span)
    after = _ends(mention, entities)[1].right_edge.i + 1
    doc = entities.doc
    beside = after + 1 < len(doc) and doc[after].text == "," and doc[after + 1].pos_ == "PROPN"
    said = mention.head.dep_ in _SAID_OF
    return mention.definite and not (mention.plural or unsure or beside or said)


def _ends(mention: Noticed, entities: Entities) -> tuple[Token, Token]:
    """The first and last token of a post's words with whose it is: "the head of the bank"."""
    owned = [t for t in owners(mention.head) if entities.of(t) is not None]
    return mention.span[0], max([mention.head, *owned], key=lambda t: t.i)


def _before_name(person: Cluster, mention: Noticed, entities: Entities) -> Iterator[Post]:
    """ "former Finance Minister Ann Lee", "panel chair Rep. Ann Lee": a title each."""
    words: list[Token] = []
    title = [token for token in mention.title if token.text != "."]
    for at, token in enumerate(title):
        if is_honorific(token) and not is_post(token):
            words = []
            continue
        words.append(token)
        following = title[at + 1] if at + 1 < len(title) else None
        if following is not None and (
            following.lower_ == "of"  # "Secretary of State Ann Lee"
            or gazetteer().title(f"{token.text} {following.text}") is not None  # "Lt. Col. Ann Lee"
        ):
            continue
        head = next((t for t in words if is_post(t) and t.lower_ not in RANKS), None) or (
            token if is_post(token) else None
        )
        ends_here = following is None or is_abbreviation(following) or is_honorific(following)
        if (head is not None and ends_here) or (head is not None and is_abbreviation(token)):
            head = token if is_post(token) else head
            ends = (words[0], mention.span[-1])
            yield from post_of(person, words, head, ends, entities, beside=False)
            words = []


def _announced(entities: Entities, clauses: Sequence[Clause]) -> Iterator[tuple[Cluster, Cluster]]:
    """ "A nurse of the clinic was sacked. Sister Ann Lee was dismissed for ...": at the clinic.

    News tells first what befell one of a body, and in the next sentence whom, with the same thing.
    """
    sentences = [list(said) for _, said in groupby(clauses, key=lambda c: c.verb.sent.start)]
    for before, after in pairwise(sentences):
        for one, some in ((c, t) for c in before for t in (*c.subjects, *c.objects)):
            body = entities.owner(some) if _is_one_of_many(some) else None
            if body is None or body.kind != "Body" or not body.named:
                continue
            for other in after:
                people = other.subjects if some in one.subjects else other.objects
                again = _tells_again(one.verb.lemma_, other.verb.lemma_)
                for person in map(entities.of, people if again else ()):
                    if person is not None and person.named and person.start > some.i:
                        yield person, body


def _tells_again(verb: str, other: str) -> bool:
    """Whether the second verb may tell what the first does: "sacked", "dismissed"."""
    return verb == other or any({verb, other} <= verbs for verbs in (_REMOVING, _APPOINTING))


def _is_one_of_many(token: Token) -> bool:
    """ "A nurse", "a third officer"."""
    return is_post(token) and any(c.lower_ in {"a", "an", "one", "another"} for c in token.children)


def _said_of(person: Cluster, mention: Noticed, entities: Entities) -> Iterator[Post]:
    """ "Ann Lee, general secretary of the union", "Lee is the union's general secretary"."""
    first, last = _ends(mention, entities)
    beside = min(person.mentions, key=lambda m: (m.form != "name", abs(m.head.i - mention.head.i)))
    tokens = [
        first,
        last,
        *(
            beside.span
            if beside.form == "name" and abs(beside.head.i - mention.head.i) < 25
            else ()
        ),
    ]
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    verb = mention.head.head if mention.head.dep_ == "attr" else None
    for post in post_of(person, list(mention.span), mention.head, (first, last), entities):
        ends: Change = "begins" if verb is not None and verb.lemma_ == "become" else ""
        yield replace(post, verb=verb, change=ends)


def _by_verb(clause: Clause, entities: Entities) -> Iterator[Post]:
    """ "Lee heads the bank", "Lee was appointed chair of the bank", "Lee resigned as chair"."""
    if clause.negated or clause.modality != "asserted":
        return
    verb = clause.verb
    if verb.lemma_ in _HEADING:
        yield from _headed(clause, entities)
    posts = [p for c in verb.children if c.lower_ == "as" for p in c.children if p.dep_ == "pobj"]
    if verb.lemma_ in _APPOINTING:
        posts += [c for c in verb.children if c.dep_ in {"oprd", "attr", "dobj"}]
    changes: list[tuple[Sequence[Token], frozenset[str], bool, Change]] = [
        (clause.objects, _APPOINTING, False, "begins" if verb.lemma_ in _STARTING else "chosen"),
        (clause.objects, _REMOVING, True, "ends"),
        (clause.subjects, _SERVING, verb.tag_ == "VBD", ""),
        (clause.subjects, _SUCCEEDING, False, "begins" if verb.lemma_ in _STARTING else ""),
        (clause.subjects, _LEAVING, True, "ends"),
    ]
    for holders, verbs, former, change in changes:
        for token, head in product(holders if verb.lemma_ in verbs else (), filter(is_post, posts)):
            person = entities.of(token)
            if person and person.kind == "Person" and person.named and head != token:
                words = [t for t in head.subtree if t.i <= head.i]
                ends = min(token, head, key=lambda t: t.i), head.right_edge
                for post in post_of(person, words, head, ends, entities):
                    over = post.former or former
                    yield replace(post, former=over, verb=verb, change=change)


def _headed(clause: Clause, entities: Entities) -> Iterator[Post]:
    """The heads of a body whose verb says so; a past tense is a former head's."""
    verb = clause.verb
    for holder, token in product(map(entities.of, clause.subjects), clause.objects):
        body = entities.of(token)
        if holder and body and (holder.kind, body.kind) == ("Person", "Body"):
            subjects = [t for t in clause.subjects if entities.of(t) is holder]
            if holder.named and body.named:
                span = around([*subjects, verb, token])
                title, former = _HEADING[verb.lemma_], verb.tag_ == "VBD"
                yield Post(holder, title, body, span, former, verb)
