"""Who does what to whom in a clause: subjects, objects and complements of every verb.

The parse says it only for the plain case. Here passives are turned, coordinated and embedded verbs
get the subject they share, and relative pronouns are replaced by what they stand for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.graph.model import Modality
from onrecord.loaders.language import own_words

_OBJECT_CONTROL = frozenset(
    "ask urge tell force order allow persuade encourage press push call want expect invite help get"
    " advise require enable permit instruct beg implore request pressure beseech exhort lead cause"
    " prompt direct command warn let make see have convince hire train instruct".split()
)
_INTENDING = frozenset(
    "plan want intend seek hope vow pledge promise threaten aim try attempt propose offer prepare"
    " consider expect wish vow agree need desire mean".split()
)
_BRINGING_ABOUT = frozenset("help get force let make see have cause lead".split())
_REFUSING = frozenset("refuse decline fail neglect cease stop deny".split())
_ADDRESSING = frozenset(
    "write speak post tweet send say talk testify issue email publish appear release".split()
)
"""Verbs of telling, to whom or where another verb then does not act: "posted on X accusing"."""
_ACCUSING = frozenset("accuse suspect blame charge indict sue".split())
_MOODS: tuple[tuple[frozenset[str], Modality], ...] = (
    (frozenset({"allegedly", "purportedly", "supposedly"}), "alleged"),
    (frozenset({"reportedly", "apparently", "seemingly"}), "reported"),
    (frozenset({"would", "could", "might", "may", "should", "can"}), "conditional"),
    (frozenset({"will", "'ll", "’ll", "wo"}), "intended"),
)
_PARTS = frozenset(
    "some most many all part parts half few several both each any none much more rest majority"
    " number lot plenty couple handful dozens scores hundreds thousands millions".split()
)
"""Words for some of those that "of" tells."""
_RELATIVE = frozenset({"WDT", "WP"})
_INSIDE = 1
"""spaCy's ``ent_iob`` of a token within a name, but for its first."""


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
    for token in own_words(doc):
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            yield Clause(
                token,
                tuple(agents(token)),
                tuple(patients(token)),
                is_negated(token),
                modality(token),
            )


def together(token: Token | None) -> list[Token]:
    """A head, what is coordinated with it, and what it includes: "firms such as A and B"."""
    if token is None:
        return []
    heads = [token, *token.conjuncts] if token.dep_ != "conj" else [token]
    heads += [more for head in heads for more in _beside_name(head)]
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


def _beside_name(head: Token) -> list[Token]:
    """What is coordinated with a whole name, though the parse hangs it on a word within the name.

    In "the Union of Ohio and Demos", Demos is hung on Ohio.
    """
    end = head.i + 1
    while end < len(head.doc) and head.doc[end].ent_iob == _INSIDE:
        end += 1
    return [c for t in head.doc[head.i + 1 : end] for c in t.conjuncts if c.i >= end and c.ent_type]


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    for c in token.children:
        if c.dep_ in deps:
            return c
    return None


def all_after(word: Token, preposition: str) -> list[Token]:
    """The heads of what follows the word's own preposition, with what is coordinated."""
    return [
        t
        for c in word.children
        if c.lower_ == preposition and c.dep_ in {"prep", "agent", "dative"}
        for p in c.children
        if p.dep_ in {"pobj", "pcomp"}
        for t in together(p)
    ]


def after(word: Token, preposition: str) -> Token | None:
    """The first head after the word's own preposition."""
    return next(iter(all_after(word, preposition)), None) if preposition else None


def objects_of(preposition: Token) -> list[Token]:
    """The heads of a preposition's objects."""
    return [t for p in preposition.children if p.dep_ == "pobj" for t in together(p)]


def stands_for(token: Token) -> Token:
    """What a relative pronoun refers to, or a part is of; any other token as it is."""
    if token.lower_ in _PARTS:
        return next((t for t in all_after(token, "of")), token)  # "most of the members"
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
    telling = _telling(verb) if verb.tag_ == "VBG" else None
    if telling is not None:
        return _subjects(telling)
    if own is not None:
        return [stands_for(t) for t in together(own)]
    shared = _SHARED.get(verb.dep_)
    return shared(verb) if shared is not None else []


def _telling(verb: Token) -> Token | None:
    """The verb of "wrote to the bank accusing it", where the writer accuses and not the bank."""
    told = verb.head if verb.dep_ == "acl" and verb.head.dep_ == "pobj" else verb
    to_whom = told.head if told.dep_ in {"pobj", "pcomp"} else None
    return to_whom.head if to_whom is not None and to_whom.head.lemma_ in _ADDRESSING else None


def _of_conjunct(verb: Token) -> list[Token]:
    return _subjects(verb.head) if verb.head.pos_ in {"VERB", "AUX"} else []


def _of_complement(verb: Token) -> list[Token]:
    """ "Told the firm to pay": the firm pays. "Wants to pay": whoever wants pays."""
    head = verb.head
    if head.pos_ not in {"VERB", "AUX"} or (verb.dep_ == "ccomp" and verb.tag_ not in _UNTENSED):
        return []
    if verb.dep_ == "xcomp" and head.lemma_ in _OBJECT_CONTROL and not is_passive(head):
        return _called_on(verb) or together(child(head, "dobj", "dative")) or _subjects(head)
    return _called_on(verb) or _subjects(head)


def _of_adverbial(verb: Token) -> list[Token]:
    """ "Left, saying that": whoever left says it; "was hit by Lee, saying": Lee does."""
    head = verb.head
    if head.pos_ not in {"VERB", "AUX"} or verb.tag_ not in _UNTENSED:
        return []
    passive = verb.tag_ == "VBG" and is_passive(head)
    return _called_on(verb) or (agents(head) if passive else []) or _subjects(head)


def _called_on(verb: Token) -> list[Token]:
    """ "Called on the mayor to resign": the mayor is to resign."""
    if verb.tag_ != "VB" or verb.head.lemma_ != "call":
        return []
    return [
        p
        for c in verb.head.children
        if c.lower_ in {"on", "upon"}
        for p in c.children
        if p.dep_ == "pobj"
    ]


def _of_prepositional(verb: Token) -> list[Token]:
    """ "Drew fire by cutting": whoever drew it cuts; "blamed the firm for hiding": the firm hid."""
    preposition = verb.head
    if preposition.dep_ != "prep":
        return []
    done_to = patients(preposition.head) if preposition.lower_ in {"for", "of", "from"} else []
    found = done_to or _governor_subject(preposition.head)
    if found or preposition.lower_ != "by":
        return found
    return next((agents(verb) for verb in preposition.ancestors if child(verb, "nsubj")), [])


def _of_noun(verb: Token) -> list[Token]:
    """ "His plan to cut": he cuts; "the bill cutting": the bill does.

    Of "Lee and Kim, represented by Ray" both are.
    """
    if verb.tag_ == "VB":
        return _governor_subject(verb.head)
    apart = verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ","
    return [verb.head, *verb.head.conjuncts] if apart else [verb.head]


_UNTENSED = frozenset({"VB", "VBG", "VBN"})
_SHARED: dict[str, Callable[[Token], list[Token]]] = {
    "conj": _of_conjunct,
    "xcomp": _of_complement,
    "ccomp": _of_complement,
    "advcl": _of_adverbial,
    "pcomp": _of_prepositional,
    "relcl": lambda verb: [verb.head],
    "acl": _of_noun,
}


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
        (c.lower_ in {"never", "no", "n't", "not"} and c.dep_ in {"neg", "advmod", "det"})
        or (c.lower_ == "longer" and child(c, "neg", "det", "advmod"))
        for c in verb.children
    ):
        return True
    head = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VB" and head.dep_ in {"xcomp", "ccomp"}:
        return is_negated(head)  # "refused to back it or even call it fair"
    if verb.dep_ == "pcomp":  # "is not in the habit of backing"
        above = next((a for a in verb.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        if above is not None and above.lemma_ == "be" and child(above, "neg"):
            return True
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
    """How the words present it: a fact, hearsay, an allegation, an intention, a condition."""
    near = {c.lower_ for c in verb.children if c.dep_ in {"advmod", "aux"}}
    for words, meant in _MOODS:
        if near & words:
            return meant
    if _in_if_clause(verb):
        return "conditional"
    complement = verb.tag_ == "VB" and verb.dep_ in {"xcomp", "ccomp"}
    joined = verb.dep_ == "conj" and verb.head.pos_ == "VERB"
    above = modality(verb.head) if complement or joined else "asserted"
    if complement and above not in {"conditional", "intended"}:
        above = "asserted"
    if verb.dep_ == "pcomp" and _is_charge(verb):
        return "alleged"
    return above if above != "asserted" or not _is_aim(verb) else "intended"


def _is_charge(verb: Token) -> bool:
    """Whether it is what somebody is accused of: "accused the firm of hiding it"."""
    above = next((a for a in verb.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    return above is not None and above.lemma_ in _ACCUSING


def _is_aim(verb: Token) -> bool:
    """Whether it is only wanted, planned, asked for or allowed: "pressure to back it"."""
    head = verb.head
    if verb.dep_ == "pcomp":  # "looks forward to backing it"
        return head.lower_ == "to" and head.head.lemma_ == "look"
    if verb.tag_ != "VB":
        return False
    if verb.dep_ == "acl" or (
        verb.dep_ == "advcl" and any(c.lower_ == "to" for c in verb.children)
    ):
        return True
    return verb.dep_ in {"xcomp", "ccomp", "advcl"} and (
        head.lemma_ in _INTENDING
        or head.lemma_ in _OBJECT_CONTROL - _BRINGING_ABOUT
        or head.lower_ in {"going", "set", "due", "ready"}
    )


def _in_if_clause(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children
    )
