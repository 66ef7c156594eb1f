"""Relations said by a noun: "her attack on the bill", "an aide to the minister", "Lee's letter"."""

import re
from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from onrecord.loaders import people
from onrecord.loaders.clauses import agents, all_after, child, objects_of
from onrecord.loaders.coreference import Cluster
from onrecord.loaders.language import text_of
from onrecord.loaders.mentions import Noticed, noun_class
from onrecord.loaders.relations.rules.cues import Match
from onrecord.loaders.relations.rules.edges import Manner, RuleEdge, RuleEnds
from onrecord.loaders.relations.rules.requests import asks, change_asked

OWN_WORDS = frozenset(
    "letter memo memorandum email e-mail note op-ed column essay statement article book"
    " memoir tweet post blog speech".split()
)
"""What a person writes or speaks in their own name."""

_SUPPORTING = frozenset(
    "launch make mount issue express voice deliver give offer announce have hold lead file"
    " raise show level voice pose signal declare reiterate register receive draw spark face"
    " begin open conduct stage convey share take repeat renew send throw deal strike".split()
)
_RECEIVING = frozenset("receive draw spark face provoke prompt trigger attract meet".split())
_JOINING = frozenset("be come speak vote join stand unite".split())
_LOOKING_INTO = frozenset({"INVESTIGATES", "EXPOSES", "REPORTS_ON"})
_ROLES = frozenset({"WORKS_FOR", "REPRESENTS", "MEMBER_OF", "FAMILY_OF"})
_AFFILIATION = re.compile(r"\s*[,(]\s*([DR])-[A-Z][A-Za-z.]+")
_PARTIES = {"D": "Democratic Party", "R": "Republican Party"}
"""The Associated Press's party letters after a name: "Ann Lee (D-Ohio)"."""


def of_noun(ends: RuleEnds, noun: Token) -> Iterator[RuleEdge]:
    """The relations that a noun of the article says."""
    for match in ends.cues.of_noun(noun):
        if noun_class(noun) in {"post", "person", "family"} or match.cue.type in _ROLES:
            yield from _by_role(ends, noun, match)
        elif match.cue.source_after:
            for source in all_after(noun, match.cue.source_after):
                yield from ends.edge(match.cue.type, (source, noun), match.tokens)
        elif match.last != noun:
            yield from _by_event(ends, noun, match)
    yield from _owned(ends, noun)


def _by_role(ends: RuleEnds, noun: Token, match: Match) -> Iterator[RuleEdge]:
    """ "An aide to the minister", "the minister's aide", "ministry spokesman Lee"."""
    holder = noun
    one = _one_of(noun)
    if one is not None:
        holder = one
    elif ends.who(noun) is None and noun.dep_ in {"compound", "nmod", "amod"}:
        holder = noun.head
    person = ends.who(holder)
    if person is None or not person.named or (one is None and noun.tag_ in {"NNS", "NNPS"}):
        return
    targets = objects_of(match.last) if match.last != noun else []
    owning = {"poss"} if noun_class(noun) == "family" else {"poss", "compound", "nmod"}
    before = [c for c in noun.children if c.dep_ in owning]
    for target in targets or _bodies_first(ends, before):
        if noun_class(noun) == "family" and _rather_another(ends, person, target):
            continue
        manner = ends.described(noun)
        yield from ends.edge(match.cue.type, (holder, target), match.tokens, manner)


def _bodies_first(ends: RuleEnds, before: list[Token]) -> list[Token]:
    """Of what stands before a role its body: the bank, of "the bank's Mali adviser"."""
    inside = (t for token in before for t in token.subtree)
    bodies = (t for t in inside if (c := ends.who(t)) and c.kind == "Body" and not c.is_place)
    return list(islice(bodies, 1)) or before


def _one_of(noun: Token) -> Token | None:
    """Who is one of several: Lee in "Lee, one of the mayor's aides", "Lee is one of his aides"."""
    one = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if one.lower_ != "one":
        return None
    if one.dep_ == "attr":
        return child(one.head, "nsubj")
    return one.head if one.dep_ == "appos" else child(one, "appos")


def _rather_another(ends: RuleEnds, relative: Cluster, pronoun: Token) -> bool:
    """Whether "his wife, Ann Lee" is rather said of another Lee than of whom "his" seems."""
    who = ends.who(pronoun)
    if pronoun.pos_ != "PRON" or who is None or not who.full or not relative.full:
        return False
    surname = people.parts(relative.full)[1]
    others = (c for c in ends.entities.clusters if c.kind == "Person" and c is not relative)
    return people.parts(who.full)[1] != surname and any(
        c.full and people.parts(c.full)[1] == surname for c in others
    )


def _by_event(ends: RuleEnds, noun: Token, match: Match) -> Iterator[RuleEdge]:
    """ "Her attack on the bill", "the union launched an attack on the bill"."""
    targets = objects_of(match.last)
    verb = None
    sources = [c for c in noun.children if c.dep_ == "poss"] or [
        t for text in ("by", "from", "among", "between") for t in all_after(noun, text)
    ]
    sources = sources or [t for target in targets for t in _by_whom(target)]
    if not sources:
        verb = _supporting_verb(noun)
        sources = agents(verb) if verb is not None else []
    if match.cue.type in _LOOKING_INTO:
        targets += [t for target in targets for t in ends.named_within(target)]
    rule = change_asked(ends, noun) if asks(ends, match.cue.type) else None
    kind = match.cue.type if rule is None else "REQUESTS_CHANGE"
    none = any(c.lower_ == "no" for c in noun.children)
    manner = Manner(verb, rule, negated=none)
    for source in sources:
        for target in targets:
            yield from ends.edge(kind, (source, target), match.tokens, manner)


def _by_whom(target: Token) -> list[Token]:
    """Who did it, in "the murder of Lee by Kay", whatever the parse hangs the "by" on."""
    following = target.right_edge.i + 1
    by = target.doc[following] if following < len(target.doc) else None
    return all_after(target, "by") or (
        objects_of(by) if by is not None and by.lower_ == "by" else []
    )


def _supporting_verb(noun: Token) -> Token | None:
    """The verb whose subject does what the noun says: "launched an attack", "is in talks"."""
    top = noun.head if noun.dep_ == "conj" else noun
    if top.dep_ in {"dobj", "nsubjpass", "attr"} and top.head.pos_ in {"VERB", "AUX"}:
        return top.head if top.head.lemma_ in _SUPPORTING else None
    if top.dep_ == "pobj" and top.head.lower_ in {"in", "with", "of"}:
        return top.head.head if top.head.head.lemma_ in _JOINING else None
    return None


def _owned(ends: RuleEnds, noun: Token) -> Iterator[RuleEdge]:
    """ "Lee's letter", "the network's Newsnight", "the Hill Road station in Leeds"."""
    cluster = ends.entities.of(noun)
    if cluster is None:
        return
    for owner in (c for c in noun.children if c.dep_ == "poss"):
        who = ends.entities.of(owner)
        if who is None or not who.named:
            continue
        if who.kind == "Person" and noun.lemma_.lower() in OWN_WORDS | {"report", "review"}:
            yield from ends.edge("AUTHORS", (owner, noun), (noun,), ends.described(noun))
        elif who.kind == "Body" and cluster.named and noun in _name_heads(cluster.mentions):
            if who.entry is not None and who.entry.category == "broadcaster":
                _make_programme(cluster)
            kind = "PRODUCES" if cluster.kind == "Document" else "PART_OF"
            pair = (owner, noun) if kind == "PRODUCES" else (noun, owner)
            yield from ends.edge(kind, pair, (noun,))
    if cluster.named and cluster.kind == "Body" and noun in _name_heads(cluster.mentions):
        for place in all_after(noun, "in"):
            where = ends.entities.of(place)
            if where is not None and where.kind == "Place":
                yield from ends.edge("LOCATED_IN", (noun, place), (place.head,))


def _make_programme(cluster: Cluster) -> None:
    """What a broadcaster owns is a programme, unless it has a person's or a known body's name."""
    given = people.is_given_name(cluster.full.split()[0])
    if cluster.kind == "Body" and cluster.entry is None and not given:
        cluster.kind = "Document"


def _name_heads(mentions: list[Noticed]) -> list[Token]:
    return [m.head for m in mentions if m.form == "name"]


def affiliations(ends: RuleEnds) -> Iterator[RuleEdge]:
    """Parties in brackets after American politicians: "Rep. Ann Lee (D-Ohio)"."""
    text = text_of(ends.doc)
    for cluster in list(ends.entities.clusters):
        for mention in cluster.mentions if cluster.kind == "Person" else ():
            end = mention.span.end_char
            found = _AFFILIATION.match(text, end) if mention.form == "name" else None
            if found is None:
                continue
            letters = ends.doc.char_span(found.start(1), found.end(), alignment_mode="expand")
            if letters is not None:
                party = ends.entities.implied(_PARTIES[found[1]])
                pair, manner = (mention.head, letters.root), ends.described(letters.root)
                yield from ends.edge_to("MEMBER_OF", pair, party, tuple(letters), manner)
