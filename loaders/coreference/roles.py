"""Posts that mean somebody: "Ann Lee, the chair", and later "the chair"."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from onrecord.graph.identity.titles import HEADS, LESSER, SAME_POSTS, TOP_POSTS
from onrecord.loaders import people
from onrecord.loaders.coreference.entities import Cluster, Entities
from onrecord.loaders.mentions import Noticed, is_honorific, is_post, noun_class

_LOOSE = frozenset({"conj", "appos", "dep", "npadvmod"})
_OWNING = frozenset({"det", "poss", "case"})


def link_posts(entities: Entities, mentions: Iterable[Noticed]) -> None:
    """Posts in apposition to a name or said of it: "Ann Lee, the chair", "Lee is the chair"."""
    for mention in mentions:
        person = None if mention.plural else _named_beside(entities, mention)
        if person is not None:
            mention.predicate = True
            entities.put(mention, person)
            words = tuple(t.lower_ for t in mention.span if t.dep_ not in _OWNING)
            person.titles.append(words)
            person.gender = person.gender or people.gender_of((), set(words))


def _named_beside(entities: Entities, mention: Noticed) -> Cluster | None:
    """The person whose name stands in apposition to the post, or is its subject."""
    head = mention.head
    if _is_none(mention):
        return None
    beside = [c for c in head.children if c.dep_ == "appos"]
    if head.dep_ == "appos":  # of the last of several: "Ann Lee and Tom Kim, its chair"
        before = (t for t in (head.head, *head.head.conjuncts) if t.i < mention.span.start)
        beside.append(max(before, key=lambda t: t.i, default=head.head))
    elif head.dep_ == "conj" and noun_class(head.head) == "post":
        beside.append(head.head)
    elif head.dep_ == "attr" and head.head.lemma_ in {"be", "become", "remain"}:
        beside = [c for c in head.head.children if c.dep_ == "nsubj" and _is_so(head.head)]
    known = [entities.of(t) for t in beside]
    known += [_named_before(entities, mention), _named_after(entities, mention)]
    return next((c for c in known if c is not None and c.kind == "Person"), None)


def _is_none(mention: Noticed) -> bool:
    """Whether it is said that somebody is not that: "not the best chair", "no governor"."""
    before = mention.span.doc[max(0, mention.span.start - 1) : mention.head.i]
    return any(token.lower_ in {"no", "not", "never"} for token in before)


def _is_so(verb: Token) -> bool:
    """Whether the verb says that it is so, not that it is not, will or would be: "may become"."""
    return not any(
        c.dep_ == "neg" or c.tag_ in {"MD", "TO"} or c.lower_ in {"if", "whether"}
        for c in verb.children
    )


def _named_before(entities: Entities, mention: Noticed) -> Cluster | None:
    """The name before the comma before the post, where the parse lost it: "Lee (Ohio), head of"."""
    doc, at = entities.doc, mention.span.start - 1
    if at < 1 or doc[at].text != "," or mention.head.dep_ not in _LOOSE:
        return None
    at -= 1
    if doc[at].text == ")":
        at = next((i for i in range(at, 0, -1) if doc[i].text == "("), 1) - 1
    return entities.at(at)


def _named_after(entities: Entities, mention: Noticed) -> Cluster | None:
    """The name after what the post is for, which the parse takes for that: "envoy to Mali Ann Lee".

    Not so "the lawyer of Governor Ann Lee", who is no lawyer.
    """
    for prep in mention.head.children:
        for root in prep.children if prep.dep_ == "prep" and prep.i > mention.head.i else ():
            person, for_what = entities.at(root.i), entities.doc[prep.i + 1 : root.i + 1]
            names = [t for t in for_what if entities.at(t.i) is person]
            before = for_what[: len(for_what) - len(names)]
            plain = all(
                t.pos_ in {"PROPN", "DET"} and not (is_post(t) or is_honorific(t)) for t in before
            )
            if person is not None and len(names) > 1 and len(before) and plain:
                return person
    return None


def holders(entities: Entities, mention: Noticed) -> list[Cluster]:
    """Who may hold the post that the words name: "the commissioner", "the leader of the force"."""
    return [
        person
        for person in entities.clusters
        if person.kind == "Person"
        and person.named
        and any(_fits_title(entities, mention, person, title) for title in person.titles)
    ]


def _fits_title(
    entities: Entities, mention: Noticed, person: Cluster, words_of_title: Sequence[str]
) -> bool:
    noun = mention.head.lemma_.lower()
    title = set(words_of_title if is_post(mention.head) else words_of_title[-1:])
    same = noun in title or not title.isdisjoint(SAME_POSTS.get(noun, ()))
    if not (same or (noun in HEADS and title & TOP_POSTS)):
        return False
    words = {t.lower_ for t in mention.span if t.i < mention.head.i}
    genders = {people.gender_of((), {noun}), person.gender}
    if words & LESSER != title & LESSER or genders == {"male", "female"}:
        return False
    before = (entities.of(t) for t in mention.head.children if t.i < mention.head.i)
    owner = entities.owner(mention.head) or next((c for c in before if c and c.named), None)
    if noun_class(mention.head) == "family":
        return noun in title and owner in _relatives(entities, person, noun)
    if any(t.tag_ == "PRP$" for t in mention.span):
        return False  # whose is not known yet
    if owner is None or not owner.named or owner is person:
        return same
    # "The Ohio congressman" may sit on whatever committee; "the French president" is of France.
    held = {body for body in entities.held_at(person) if body.is_place == owner.is_place}
    country = owner.entry if owner.entry and owner.entry.category == "country" else None
    abroad = country is not None and country.name != entities.countries.home
    return owner in held or not (held or (abroad and not words & title))


def _relatives(entities: Entities, person: Cluster, noun: str) -> list[Cluster | None]:
    """Whose wife, son or aunt the person is said to be."""
    roles = (m.head for m in person.mentions if m.head.lemma_.lower() == noun)
    return [entities.owner(head) for head in roles]
