"""Nouns that mean somebody or something known: "the federation", "the move"."""

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.loaders import people
from onrecord.loaders.clauses import child
from onrecord.loaders.coreference.entities import Cluster, Entities, owners
from onrecord.loaders.coreference.roles import holders
from onrecord.loaders.mentions import Noticed

_SYNONYMS: dict[str, str] = {
    noun: words.split()[0]
    for words in (
        "letter memo memorandum email e-mail",
        "report review study inquiry assessment audit investigation finding survey",
        "bill act legislation law measure statute",
        "lawsuit suit complaint filing",
        "documentary film programme program broadcast",
        "scheme plan proposal initiative programme program project policy offer move step"
        " decision measure idea",
        "police force constabulary",
        "union federation association guild",
        "committee panel commission subcommittee board",
        "company firm corporation business",
        "court tribunal",
        "party",
        "government administration",
        "newspaper paper",
    )
    for noun in words.split()
}
_MODIFYING = frozenset({"compound", "amod", "nmod"})
_SAYING_WHAT = frozenset("program programme show newspaper paper magazine company website".split())
_NEAR = 12
"""Sentences over which a synonym ("the memo", of a letter) still takes something up again."""
_HOME = frozenset("country nation state city town government".split())
"""Nouns that, unless one of the kind was just named, mean the readers' own."""
_SOON = 3
"""Sentences within which news names what it opened with: "a federal court"."""
_RANKED = {"high": "supreme", "highest": "supreme", "top": "supreme", "federal": "us"}
"""What news says of a court, in place of what its name says."""
ANOTHER = frozenset(
    "other another different separate further additional second next eventual future potential"
    " possible prospective would-be likely".split()
)
"""What says of a noun that it is not, or not yet, what was spoken of."""
_GENERIC = frozenset("latest proposed new own planned same controversial recent such".split())
_BARE = frozenset({"move", "step", "decision", "plan"})
"""What news calls a scheme again without any other word: "the move"."""


def link_noun(entities: Entities, mention: Noticed) -> None:
    """A noun phrase becomes a mention of what it means, or an entity of its own."""
    cluster = _antecedent(entities, mention)
    known = cluster is not None and (cluster.named or cluster.kind == mention.kind)
    entities.put(mention, cluster if known else None)


def _antecedent(entities: Entities, mention: Noticed) -> Cluster | None:
    named = _called(entities, mention) or _named_as(entities, mention)
    if named is not None or any(t.lower_ in ANOTHER for t in mention.span):
        return named
    here = mention.head.i
    before = [c for c in entities.clusters if c.mentions and c.mentions[0].head.i < here]
    if mention.kind in {"Document", "Issue"}:
        return _known_thing(entities, mention, before)
    if mention.form == "noun" and (announced := _announced(entities, mention)):
        return announced
    if not mention.definite or _is_told_apart(mention):
        return None
    if mention.form == "role" and not mention.plural:
        return _holder(entities, mention, before)
    whose = any(t.tag_ == "PRP$" for t in mention.span)  # "his campaign" is not yet known for whose
    return (_unnamed if mention.form == "role" or whose else _known_body)(entities, mention, before)


def _holder(entities: Entities, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
    """Who holds the post that the words name, or the last unnamed one, if nobody named may.

    Somebody named further on counts too: news opens with "the chief" and names him later.
    """
    fits = holders(entities, mention)
    if not fits:
        return _unnamed(entities, mention, before)
    earlier = [c for c in fits if c in before]
    if len(fits) > 1 and earlier:
        return max(earlier, key=lambda c: entities.last(c, mention.head.i))
    return fits[0] if len(fits) == 1 else None


def _named_as(entities: Entities, mention: Noticed) -> Cluster | None:
    """The body whose name stands beside the noun, or is made of it: "Lee's government".

    "The firm that runs it, Kent Shows" is Kent Shows, and the Lee government is Lee's.
    """
    if mention.category != "group":
        return None
    bodies = [c for c in entities.clusters if c.kind == "Body" and c.named]
    beside = entities.of(child(mention.head, "appos"))
    owner = entities.owner(mention.head)
    if beside in bodies and not mention.plural:
        return beside
    if owner is None or owner.kind != "Person" or not owner.named:
        return None
    name = f"{people.parts(owner.full)[1]} {mention.head.lemma_.lower()}"
    return next((c for c in bodies if name in c.names), None)


def _is_told_apart(mention: Noticed) -> bool:
    """Whether a clause says which is meant, which so is none before: "the firm that runs it"."""
    clause = child(mention.head, "relcl")
    return (
        mention.category == "group"
        and clause is not None
        and mention.head.nbor(1) == clause.left_edge
        and clause.left_edge.tag_ in {"WDT", "WP", "IN"}
    )


def _called(entities: Entities, mention: Noticed) -> Cluster | None:
    """What a noun only says the kind of, beside its name: "the Guardian newspaper".

    A country's government is the country, when it acts: "the Danish government".
    """
    noun = mention.head.lemma_.lower()
    if noun not in _SAYING_WHAT and noun != "government":
        return None
    names = [entities.of(c) for c in mention.head.children if c.dep_ in {"compound", "amod"}]
    named = [c for c in names if c is not None and c.named and c.kind != "Person"]
    state = noun == "government"
    named = [
        c
        for c in named
        if (c.entry is not None and c.entry.category == "country" if state else not c.is_place)
    ]
    return named[0] if named and not mention.plural else None


def _unnamed(entities: Entities, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
    """The last unnamed entity that the same noun introduced; "your people" are nobody's else."""
    same = [c for c in before if not c.named and c.kind == mention.kind and _same_noun(c, mention)]
    whose = {t.lower_ for t in owners(mention.head) if t.tag_ == "PRP$"}
    owner = entities.owner(mention.head)
    return next(
        (
            c
            for c in reversed(same)
            if entities.owner(c.first.head) is owner
            and {t.lower_ for t in owners(c.first.head) if t.tag_ == "PRP$"} == whose
        ),
        None,
    )


def named_group(entities: Entities, token: Token) -> Cluster | None:
    """The named body that a bare noun inside a phrase means: "panel chair" of a committee."""
    mention = Noticed(entities.doc[token.i : token.i + 1], token, "noun", "Body", "group")
    before = [c for c in entities.clusters if 0 <= c.start < token.i]
    fit = _known_body(entities, mention, before)
    return fit if fit is not None and fit.named else None


def _known_body(entities: Entities, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
    """The last body of that kind: "the federation", "the force"; None where two are as near."""
    fits = [c for c in before if _is_such(entities, c, mention)]
    fits.sort(key=lambda c: -entities.last(c, mention.head.i))
    near = [entities.sentences_back(entities.last(c, mention.head.i), mention.head.i) for c in fits]
    sure = len(fits) == 1 or (fits and near[0] < near[1]) or not all(c.named for c in fits[:2])
    far = mention.head.lemma_.lower() in _HOME and near[:1] > [1]
    return fits[0] if fits and sure and not far else None


def _is_such(entities: Entities, cluster: Cluster, mention: Noticed) -> bool:
    """Whether the noun and its modifiers can mean the body."""
    if cluster.kind != "Body" or cluster.plural != mention.plural:
        return False
    if not cluster.named:
        return _same_noun(cluster, mention) and _whose(entities, mention) <= _whose(
            entities, cluster.first
        )
    noun = mention.head.lemma_.lower()
    if _SYNONYMS.get(noun, noun) not in {_SYNONYMS.get(w, w) for w in cluster.kinds}:
        return False
    if _whose(entities, mention) - {cluster} and not _whose(entities, cluster.first):
        return False  # "Lee's campaign" is not the Kim campaign
    modifiers = {t.lower_ for t in mention.span if t.i < mention.head.i and t.dep_ in _MODIFYING}
    names = {word for name in cluster.names for word in name.split()}
    return {_RANKED.get(w, w) for w in modifiers} <= names | cluster.kinds


def _whose(entities: Entities, mention: Noticed) -> set[Cluster | str]:
    """Whose the noun is, if somebody's: Mali, of "the Malian foreign ministry"."""
    before = [t for t in mention.head.children if t.i < mention.head.i]
    known: set[Cluster | str] = {c for t in before if (c := entities.of(t)) and c.named}
    return known or {t.lemma_ for t in before if t.dep_ == "poss" and t.tag_ != "PRP$"}


def _announced(entities: Entities, mention: Noticed) -> Cluster | None:
    """The body that is named only afterwards: "a Kent panel" before "Kent Planning Panel"."""
    if not any(t.dep_ in _MODIFYING for t in mention.span if t.i < mention.head.i):
        return None
    fits = [
        c for c in entities.clusters if c.named and c.start >= 0 and _is_such(entities, c, mention)
    ]
    first = min(fits, key=_first_named, default=None)
    if first is None or _first_named(first) < mention.head.i:
        return None
    soon = entities.sentences_back(mention.head.i, _first_named(first)) <= _SOON
    return first if soon else None


def _first_named(cluster: Cluster) -> int:
    """The first token that names it: a headline and the first sentence may both announce it."""
    return min((m.head.i for m in cluster.mentions if m.form == "name"), default=cluster.start)


def _known_thing(entities: Entities, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
    """The document or issue that the words take up again: "the memo", "this plan", "her letter"."""
    known = [c for c in before if c.kind == mention.kind]
    new = any(t.lower_ in {"a", "an"} for t in mention.span)
    fits = [c for c in known if not new and _takes_up(entities, mention, c)]
    fits = fits or _schemes_nearby(entities, mention, before)
    noun, mine = mention.head.lemma_.lower(), _modifiers(mention)
    return max(
        fits,
        key=lambda c: (
            len(mine & _all_modifiers(c)),
            any(m.head.lemma_.lower() == noun for m in c.mentions),
            entities.last(c, mention.head.i),
        ),
        default=None,
    )


def _takes_up(entities: Entities, mention: Noticed, cluster: Cluster) -> bool:
    noun = mention.head.lemma_.lower()
    heads = {m.head.lemma_.lower() for m in cluster.mentions if m.form != "pronoun"}
    same = noun in heads
    alike = same or _SYNONYMS.get(noun, noun) in {_SYNONYMS.get(h, h) for h in heads}
    if not alike or cluster.plural != mention.plural:
        return False
    mine, theirs = _modifiers(mention), _all_modifiers(cluster)
    owner = entities.owner(mention.head)
    back = entities.sentences_back(entities.last(cluster, mention.head.i), mention.head.i)
    if any(t.tag_ == "PRP$" for t in mention.span):  # whose is not known yet
        return same and not mention.plural and mine <= theirs and back <= _NEAR
    if mention.definite and owner is None:
        return (same or back <= _NEAR) and (
            mine <= theirs or bool(mine & theirs) or (same and not theirs)
        )
    if not same:
        return False
    owners_there = [c for m in cluster.mentions if (c := entities.owner(m.head)) is not None]
    if owner is not None and owner.kind == "Person":
        theirs_alone = any(c.kind == "Person" for c in owners_there)
        return mine <= theirs and (owner in owners_there or not theirs_alone)
    return bool(mine & theirs) or (not mine and owner is not None and owner in owners_there)


def _schemes_nearby(
    entities: Entities, mention: Noticed, before: Sequence[Cluster]
) -> list[Cluster]:
    """The schemes and plans of the last sentences, for a bare "the move"."""
    bare = mention.definite and not _modifiers(mention) and entities.owner(mention.head) is None
    if not bare or mention.head.lemma_.lower() not in _BARE:
        return []
    return [
        c
        for c in before
        if c.kind == "Issue"
        and _SYNONYMS.get(c.first.head.lemma_) == "scheme"
        and entities.sentences_back(entities.last(c, mention.head.i), mention.head.i) <= 2
    ]


def _same_noun(cluster: Cluster, mention: Noticed) -> bool:
    first = cluster.first
    same = first.head.lemma_.lower() == mention.head.lemma_.lower()
    in_name = first.head.tag_ == "NNP" and first.head.dep_ == "pobj" and not first.definite
    return same and not in_name and _modifiers(mention) <= _modifiers(first)


def _all_modifiers(cluster: Cluster) -> set[str]:
    return {word for m in cluster.mentions for word in _modifiers(m)}


def _modifiers(mention: Noticed) -> set[str]:
    """The words that say which one it is."""
    return {
        t.lemma_.lower()
        for t in mention.span
        if t.i < mention.head.i and t.dep_ in _MODIFYING and t.lower_ not in _GENERIC
    }
