"""Pronouns: by who is speaking, by who is said to say it, else by salience, or not at all."""

from collections.abc import Mapping

from spacy.tokens import Token

from onrecord.loaders.coreference.entities import Cluster, Entities
from onrecord.loaders.mentions import Noticed

_SUBJECT, _OBJECT, _OTHER = 80.0, 50.0, 30.0
_SURE = 1.15
"""How many times as salient as the next the antecedent of a pronoun must be."""
_FAR = 4
"""How many sentences back an antecedent may lie."""
_MINE = frozenset({"i", "me", "my", "myself"})
_THEIRS = frozenset({"they", "them", "their", "theirs", "themselves"})
_ITS = frozenset({"it", "its", "itself"})
_HERS = frozenset({"she", "her", "hers", "herself"})
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
_EMPTY = frozenset({"be", "seem", "appear", "emerge", "turn", "take"})


def link_pronoun(entities: Entities, mention: Noticed, quoted: Mapping[int, Token]) -> None:
    """Link a pronoun where its antecedent is sure; ``quoted`` gives who speaks at a token."""
    token = mention.head
    if token.lower_ == "it" and _is_pleonastic(token):
        return
    speaker = entities.of(quoted.get(token.i))
    if token.lower_ in _MINE:
        if speaker is not None and speaker.kind == "Person":
            entities.put(mention, speaker)
        return
    if token.lower_ in _THEIRS and _others_between(entities, token):
        return
    cluster = _teller(entities, token) if token.i not in quoted else None
    if cluster is None or cluster is speaker or not _agrees(cluster, token.lower_):
        cluster = _most_salient(entities, token, quoted, speaker)
    if cluster is not None:
        mention.kind = cluster.kind
        entities.put(mention, cluster)


def _others_between(entities: Entities, token: Token) -> bool:
    """Whether the last plural subject is no entity, as of "the reasons fail"."""
    for before in reversed(entities.doc[max(0, token.i - 60) : token.i]):
        if before.dep_ in {"nsubj", "nsubjpass"} and before.tag_ in {"NNS", "NNPS"}:
            return entities.at(before.i) is None
    return False


def _most_salient(
    entities: Entities, token: Token, quoted: Mapping[int, Token], speaker: Cluster | None
) -> Cluster | None:
    excluded = {speaker, *_fellow_arguments(entities, token)}
    if speaker is not None:  # one says "we" of one's own body, and "you" to who is told
        told = _fellow_arguments(entities, quoted[token.i])
        excluded |= entities.held_at(speaker) | told
    scores = {
        cluster: score
        for cluster in entities.clusters
        if cluster not in excluded
        and _agrees(cluster, token.lower_)
        and (score := _salience(entities, cluster, token, quoted))
    }
    ranked = sorted(scores, key=lambda c: -scores[c])
    sure = len(ranked) == 1 or (ranked and scores[ranked[0]] >= _SURE * scores[ranked[1]])
    return ranked[0] if sure else None


def _teller(entities: Entities, token: Token) -> Cluster | None:
    """Who says it, where the pronoun is the subject of what is said: "Lee said she would"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "ccomp":
        return None
    return next((entities.of(c) for c in verb.head.children if c.dep_ == "nsubj"), None)


def _fellow_arguments(entities: Entities, token: Token) -> set[Cluster]:
    """What else the pronoun's verb has as an argument, and so it cannot be."""
    if token.dep_ not in _CORE and token.dep_ != "pobj":
        return set()
    verb = token.head if token.dep_ in _CORE else token.head.head
    others = (c for c in verb.children if c.dep_ in _CORE and c != token)
    return {cluster for c in others if (cluster := entities.at(c.i)) is not None}


def _agrees(cluster: Cluster, word: str) -> bool:
    """Whether number, kind and gender let the pronoun mean it."""
    if word in _THEIRS:
        return cluster.plural or (cluster.kind == "Body" and cluster.named)
    if word in _ITS:
        return cluster.kind in {"Body", "Document", "Issue"} and not cluster.plural
    female = word in _HERS
    return (
        cluster.kind == "Person"
        and not cluster.plural
        and cluster.gender in ("", "female" if female else "male")
    )


def _salience(
    entities: Entities, cluster: Cluster, token: Token, quoted: Mapping[int, Token]
) -> float:
    """After Lappin and Leass (1994): grammatical role, halved with each sentence's distance."""
    best: dict[int, float] = {}
    for mention in cluster.mentions:
        if mention.head.i >= token.i:
            break
        back = entities.sentences_back(mention.head.i, token.i)
        if back <= _FAR:
            weight = _weight(mention.head)
            if (mention.head.i in quoted) != (token.i in quoted):
                weight /= 4  # what is said and what tells of it are two discourses
            best[back] = max(best.get(back, 0.0), weight / 2**back)
    total = sum(best.values())
    return total / 2 if token.lower_ in _THEIRS and not cluster.plural else total


def _weight(head: Token) -> float:
    if head.dep_ in {"nsubj", "nsubjpass"}:
        return _SUBJECT
    return _OBJECT if head.dep_ in {"dobj", "dative"} else _OTHER


def _is_pleonastic(it: Token) -> bool:
    """Whether "it" means nothing: "it is clear that", "it was understood that"."""
    verb = it.head
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj", "csubjpass", "advcl"} for c in verb.children)
    empty = verb.lemma_ in _EMPTY or it.dep_ == "nsubjpass"
    return it.dep_ == "expl" or (it.dep_ in {"nsubj", "nsubjpass"} and clause and empty)
