"""Posts held: titles before names, appositions, predicates, and verbs such as "was appointed".

"Deputy Governor Ann Lee", "Ann Lee, deputy governor of the bank", "Lee heads the bank": each gives
a person, a title, a body where the words name one, and whether the post is a former one.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise, product

from spacy.tokens import Token

from onrecord.graph import model
from onrecord.graph.identity.titles import SAME_POSTS, is_unique, same_title
from onrecord.loaders.clauses import Clause, all_after, child
from onrecord.loaders.coreference import ANOTHER, Cluster, Entities, named_group, owners
from onrecord.loaders.cues import Cues
from onrecord.loaders.gazetteer import Title, gazetteer
from onrecord.loaders.language import span_of
from onrecord.loaders.mentions import Noticed, is_honorific, is_post, noun_class
from onrecord.loaders.tenure import Change, tenure

_FORMER = frozenset(
    "former ex late then one-time onetime then- retired ousted outgoing".split()
) - {"outgoing"}
_RANKS = frozenset(
    "general chief prime foreign deputy vice associate assistant executive managing senior"
    " acting interim permanent financial medical principal lead junior first ranking"
    " presidential national political editorial legal under lieutenant major detective"
    " attorney shadow honorary regional".split()
)
_KINDS_OF_POST = frozenset({"police", "press", "majority", "minority", "campaign", "media"})
"""Nouns of bodies that, before a post, say what kind of post it is: "press secretary"."""
_STATE = frozenset(
    {"legislature", "government department", "office of state", "court or tribunal", "government"}
    | {"party", "regulator or agency", "law enforcement agency", "justice agency"}
)
"""The gazetteer's categories of bodies that a state has."""
_OFFICES = frozenset({"government", "legislature", "local government"})
_OF_PARTIES = frozenset(
    "leader whip chair chairman candidate nominee front-runner aide adviser staff spokesperson head"
    " director official boss chief treasurer member secretary strategist trustee executive"
    " manager coordinator founder analyst consultant owner economist".split()
)
"""Words of titles that a party gives, too."""
_FIRM = frozenset({"company", "firm"})
"""Nouns of bodies that are no part of a title: "company chairman"."""
_HEADING = {"head": "head", "lead": "leader", "chair": "chair", "run": "head", "direct": "director"}
_APPOINTING = frozenset(
    "appoint name elect hire nominate make install re-elect reelect reappoint promote".split()
)
_REMOVING = frozenset("dismiss sack fire remove oust depose replace succeed".split())
_SAID_OF = frozenset({"attr", "oprd", "appos"})
"""How a post hangs on what it is said of."""
_SERVING = frozenset("serve act work".split())
_SUCCEEDING = frozenset("succeed replace take start begin continue return".split())
_STARTING = frozenset("appoint name hire make install succeed replace take start begin".split())
"""Verbs whose time is that of the beginning; who is elected or continues does not begin."""
_LEAVING = frozenset("step resign retire quit stand".split())


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


def find_posts(
    entities: Entities, clauses: Sequence[Clause], cues: Cues, published: date | None = None
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
    announced = dict(_announced(entities, clauses, cues))
    found = [replace(p, body=p.body or announced.get(p.person)) for p in found]
    told = [*found, *_pointed(entities)]
    found = [
        replace(p, body=p.body or _told_elsewhere(p, told) or _spoken_for(p, entities))
        for p in found
    ]
    found = [_dated(post, published) for post in _at_home(found, entities)]
    unique = {(p.person, p.title.lower(), p.body, p.span): p for p in found}
    return sorted(unique.values(), key=lambda post: (post.span, post.title))


def _pointed(entities: Entities) -> Iterator[Post]:
    """The posts by which the article points at people whom it names: "Mali's finance minister"."""
    for person in entities.clusters:
        for mention in person.mentions if person.kind == "Person" and person.named else ():
            if mention.form == "role" and not mention.predicate:
                ends = _ends(mention, entities)
                yield from _post(person, list(mention.span), mention.head, ends, entities)


def _told_elsewhere(post: Post, posts: Sequence[Post]) -> Cluster | None:
    """The one body at which the article elsewhere says that the person holds the same post."""
    bodies = {
        p.body
        for p in posts
        if p.body is not None and p.person is post.person
        if same_title(p.title, post.title) and same_title(post.title, p.title)
    }
    return bodies.pop() if len(bodies) == 1 else None


def _spoken_for(post: Post, entities: Entities) -> Cluster | None:
    """Whose spokesman it is that news leaves out: "the bank sued, a spokesman, Lee, said"."""
    if post.head.lemma_.lower() not in SAME_POSTS["spokesman"]:
        return None
    before = entities.doc[post.head.sent.start : post.head.i]
    subjects = (entities.of(t) for t in reversed(before) if t.dep_ in {"nsubj", "nsubjpass"})
    return next((c for c in subjects if c and c.kind == "Body" and c.named), None)


def _at_home(posts: list[Post], entities: Entities) -> list[Post]:
    """The posts, with the article's own country for those of a country that the words leave out.

    News names the country of foreign heads of state, and takes that of its own as known. Where two
    would hold one post of one country, neither is taken to.
    """
    country = _home(entities)
    guessed = [p for p in posts if p.body is None and country and _may_be_of(p.title, country)]
    if country is None or not guessed:
        return posts
    body = entities.implied(country)
    held = [p for p in posts if p.body is body and not p.former]
    sure = {
        p
        for p in guessed
        if p.former
        or {q.person for q in (*guessed, *held) if not q.former and same_title(q.title, p.title)}
        == {p.person}
    }
    return [replace(p, body=body) if p in sure else p for p in posts]


def _may_be_of(title: str, country: str) -> bool:
    """Whether a title is of a country, and of one that has such a post."""
    known = gazetteer().title(title)
    return known is not None and known.of == "country" and country not in known.none_in


def _home(entities: Entities) -> str | None:
    """The country whose state the article is about: it and its bodies are named most."""
    named, organs = Counter[str](), Counter[str]()
    for cluster in entities.clusters:
        if (entry := cluster.entry) and (country := entry.country or entry.name):
            named[country] += len(cluster.mentions)
            organs[country] += len(cluster.mentions) * (entry.category in _STATE)
    ahead = [country for country, _ in named.most_common(1)]
    return next((c for c in ahead if organs[c] == max(organs.values()) > 0), None)


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
        for post in _post(
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
        head = next((t for t in words if is_post(t) and t.lower_ not in _RANKS), None) or (
            token if is_post(token) else None
        )
        ends_here = following is None or _is_abbreviation(following) or is_honorific(following)
        if (head is not None and ends_here) or (head is not None and _is_abbreviation(token)):
            head = token if is_post(token) else head
            ends = (words[0], mention.span[-1])
            yield from _post(person, words, head, ends, entities, beside=False)
            words = []


def _announced(
    entities: Entities, clauses: Sequence[Clause], cues: Cues
) -> Iterator[tuple[Cluster, Cluster]]:
    """ "A nurse of the clinic was sacked. Sister Ann Lee was dismissed for ...": at the clinic.

    News tells first what befell one of a body, and in the next sentence whom, with the same thing.
    """
    sentences = [list(said) for _, said in groupby(clauses, key=lambda c: c.verb.sent.start)]
    for before, after in pairwise(sentences):
        for one, some in ((c, t) for c in before for t in (*c.subjects, *c.objects)):
            body = entities.owner(some) if _is_one_of_many(some) else None
            if body is None or body.kind != "Body" or not body.named:
                continue
            told = {match.cue.type for match in cues.of_verb(one.verb)}
            for other in after:
                people = other.subjects if some in one.subjects else other.objects
                again = any(match.cue.type in told for match in cues.of_verb(other.verb))
                for person in map(entities.of, people if again else ()):
                    if person is not None and person.named and person.start > some.i:
                        yield person, body


def _is_one_of_many(token: Token) -> bool:
    """ "A nurse", "a third officer"."""
    return is_post(token) and any(c.lower_ in {"a", "an", "one", "another"} for c in token.children)


def _is_abbreviation(token: Token) -> bool:
    """Whether the word is a title cut short, which stands for itself: "Rep.", "Sen."."""
    title = gazetteer().title(token.text)
    short = token.text.endswith(".") or token.text.isupper() or len(token) <= 4
    return title is not None and short and token.text.rstrip(".").lower() != title.name


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
    for post in _post(person, list(mention.span), mention.head, (first, last), entities):
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
                for post in _post(person, words, head, ends, entities):
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
                span = _around([*subjects, verb, token])
                title, former = _HEADING[verb.lemma_], verb.tag_ == "VBD"
                yield Post(holder, title, body, span, former, verb)


def _post(
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
    abbreviated = known is not None and _is_abbreviation(head) and len(title) < len(known.name)
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
        _around(list(ends)),
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
            or t.lower_ in _RANKS
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


def _around(tokens: Sequence[Token]) -> model.Span:
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return span_of(first.doc[first.i : last.i + 1])
