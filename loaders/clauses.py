"""Who does what to whom in a clause: subjects, objects and complements of every verb.

The parse says it only for the plain case. Here passives are turned, coordinated and embedded verbs
get the subject they share, and relative pronouns are replaced by what they stand for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.graph.model import Modality

_OBJECT_CONTROL = frozenset(
    "ask urge tell force order allow persuade encourage press push call want expect invite help get"
    " advise require enable permit instruct beg implore request pressure beseech exhort lead cause"
    " prompt direct command warn let make see have convince hire train instruct".split()
)
_INTENDING = frozenset(
    "plan want intend seek hope vow pledge promise threaten aim try attempt propose offer prepare"
    " consider expect wish vow agree need desire mean".split()
)
_INTENT_NOUNS = frozenset(
    "intention plan desire effort attempt bid vow promise pledge threat hope".split()
)
_REFUSING = frozenset("refuse decline fail neglect cease stop deny".split())
_MAYBE = frozenset("would could might may should can".split())
_REPORTEDLY = frozenset("reportedly apparently seemingly".split())
_ALLEGEDLY = frozenset("allegedly purportedly supposedly".split())
_RELATIVE = frozenset({"WDT", "WP"})


@dataclass(frozen=True)
class Clause:
    """A verb with its agents and objects (head tokens), as they are in meaning, not in form."""

    verb: Token
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    negated: bool
    modality: Modality


def clauses(doc: Doc) -> Iterator[Clause]:
    """The clauses of the article's own passages, in order."""
    for token in doc:
        if (
            token.pos_ in {"VERB", "AUX"}
            and token._.of_article
            and token.dep_ not in {"aux", "auxpass"}
        ):
            yield Clause(
                token,
                tuple(agents(token)),
                tuple(patients(token)),
                is_negated(token),
                modality(token),
            )


def together(token: Token | None) -> list[Token]:
    """A head, what is coordinated with it, and whom it is said to include: "firms such as A and B"."""
    if token is None:
        return []
    heads = [token, *token.conjuncts] if token.dep_ != "conj" else [token]
    members = [
        p
        for head in heads
        for c in head.children
        if c.dep_ == "prep"
        and c.lower_ in {"including", "as", "like"}
        and (c.lower_ != "as" or child(c, "amod") or (c.i > 0 and c.nbor(-1).lower_ == "such"))
        for p in c.children
        if p.dep_ == "pobj"
    ]
    return heads + [m for member in members for m in (member, *member.conjuncts)]


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    return next((c for c in token.children if c.dep_ in deps), None)


def stands_for(token: Token) -> Token:
    """What a relative pronoun refers to; any other token is returned as it is."""
    if token.tag_ not in _RELATIVE and not (token.lower_ == "that" and token.tag_ == "WDT"):
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return ancestor.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is what it is done to."""
    if child(verb, "auxpass", "nsubjpass", "agent"):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not child(verb, "aux", "nsubj", "dobj"):
        return is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not child(verb, "aux", "dobj")


def agents(verb: Token) -> list[Token]:
    """The heads of who does it: the active subject, or the passive's "by" phrase."""
    if is_passive(verb):
        by = child(verb, "agent") or next(
            (c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None
        )
        doer = child(by, "pobj") if by is not None else None
        if doer is None and verb.dep_ == "conj":
            return []
        return together(doer)
    return _subjects(verb)


def patients(verb: Token) -> list[Token]:
    """The heads of whom it is done to: the active object, or the passive's subject."""
    if is_passive(verb):
        return _subjects(verb)
    found = [c for c in verb.children if c.dep_ in {"dobj", "dative", "obj"} and c.pos_ != "ADP"]
    heads = [stands_for(t) for c in found for t in together(c)]
    if not heads and verb.dep_ == "relcl" and not child(verb, "dobj", "ccomp", "xcomp"):
        subject = child(verb, "nsubj")
        if (
            subject is not None
            and subject.tag_ not in _RELATIVE
            and not child(verb, "prep", "attr", "acomp")
        ):
            return [verb.head]
    return heads


def _subjects(verb: Token) -> list[Token]:
    """The grammatical subject, shared or implied where the verb has none of its own."""
    own = child(verb, "nsubj", "nsubjpass")
    if own is not None:
        return [stands_for(t) for t in together(own)]
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return _subjects(head)
    if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB" and head.lemma_ == "call":
        called = [
            p
            for c in head.children
            if c.lower_ in {"on", "upon"}
            for p in c.children
            if p.dep_ == "pobj"
        ]
        if called:
            return called  # "called on the mayor to resign": the mayor is to resign
    if verb.dep_ == "xcomp" and head.pos_ in {"VERB", "AUX"}:
        controlled = child(head, "dobj", "dative") if head.lemma_ in _OBJECT_CONTROL else None
        return together(controlled) or _subjects(head) if not is_passive(head) else _subjects(head)
    if verb.dep_ == "ccomp" and verb.tag_ in {"VB", "VBG"} and head.pos_ == "VERB":
        return _subjects(head)
    if verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN", "VB"} and head.pos_ in {"VERB", "AUX"}:
        return (
            agents(head)
            if is_passive(head) and verb.tag_ == "VBG" and agents(head)
            else _subjects(head)
        )
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        if head.lower_ in {"for", "of", "from"} and (done_to := patients(head.head)):
            return done_to  # "blamed the firm for hiding it": the firm hid it
        return _governor_subject(head.head)
    if verb.dep_ == "relcl":
        return [head]
    if verb.dep_ == "acl":
        return _governor_subject(head) if verb.tag_ == "VB" else [head]
    return []


def _governor_subject(token: Token) -> list[Token]:
    """Who acts in "his plan to cut" or "drew fire by cutting": the owner, or the verb's subject."""
    if token.pos_ in {"VERB", "AUX"}:
        return agents(token) or _subjects(token)
    owner = child(token, "poss") or next(
        (c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None
    )
    if owner is not None:
        return together(owner)
    by = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in {"by", "from"}), None)
    if by is not None and child(by, "pobj"):
        return together(child(by, "pobj"))
    if token.dep_ in {"dobj", "attr", "nsubjpass"}:
        return agents(token.head)
    if token.dep_ == "pobj" and token.head.dep_ == "prep":
        return _governor_subject(token.head.head)
    return []


def is_negated(verb: Token) -> bool:
    """Whether the words say that it does not happen."""
    if child(verb, "neg") or any(
        c.lower_ in {"never", "no", "n't", "not"} and c.dep_ in {"neg", "advmod", "det"}
        for c in verb.children
    ):
        return True
    head = verb.head
    if verb.dep_ in {"xcomp", "pcomp"} and (
        head.lemma_ in _REFUSING
        or head.lower_ == "without"
        or (head.pos_ == "VERB" and child(head, "neg"))
    ):
        return True
    subject = child(verb, "nsubj", "nsubjpass")
    return subject is not None and (
        subject.lower_ in {"nobody", "none", "neither"}
        or any(c.lower_ in {"no", "neither"} for c in subject.children)
    )


def modality(verb: Token) -> Modality:
    """How the words present it: as a fact, as hearsay, as alleged, as intended, or as conditional."""
    near = {c.lower_ for c in verb.children if c.dep_ in {"advmod", "aux"}}
    if near & _ALLEGEDLY:
        return "alleged"
    if near & _REPORTEDLY:
        return "reported"
    if near & _MAYBE or _in_if_clause(verb):
        return "conditional"
    if near & {"will", "'ll", "’ll", "wo"}:
        return "intended"
    head = verb.head
    if (
        verb.dep_ in {"xcomp", "acl"}
        and verb.tag_ == "VB"
        and (
            head.lemma_ in _INTENDING
            or head.lemma_ in _INTENT_NOUNS
            or head.lower_ in {"going", "set", "due", "ready"}
        )
    ):
        return "intended"
    if verb.dep_ == "conj" and head.pos_ == "VERB":
        return modality(head)
    return "asserted"


def _in_if_clause(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children
    )
