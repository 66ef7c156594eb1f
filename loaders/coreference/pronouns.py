"""Pronouns: by who is speaking, by who is said to say it, else by salience, or not at all."""

from collections.abc import Mapping

from spacy.tokens import Token

from onrecord.loaders.clauses import stands_for
from onrecord.loaders.coreference.entities import Cluster, Entities
from onrecord.loaders.mentions import Noticed, noun_class
from onrecord.loaders.people import Gender

_SUBJECT, _OBJECT, _OTHER = 80.0, 50.0, 30.0
_SURE = 1.2
"""How many times as salient as the next the antecedent of a pronoun must be."""
_FAR = 4
"""How many sentences back an antecedent may lie."""
_MINE = frozenset({"i", "me", "my", "myself"})
_THEIRS = frozenset({"they", "them", "their", "theirs", "themselves"})
_ITS = frozenset({"it", "its", "itself"})
_HERS = frozenset({"she", "her", "hers", "herself"})
_HIS = frozenset({"he", "him", "his", "himself"})
GENDERS: dict[str, Gender] = {w: "female" if w in _HERS else "male" for w in _HERS | _HIS}
"""The gender that a pronoun tells."""
_HUMAN = frozenset({"person", "post", "family"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative"})
_THINGS = _SUBJECTS | _OBJECTS | {"attr"}
_MINDED = frozenset("say tell add argue think believe want know hope fear feel".split())
_INSIDE = frozenset({"dobj", "pobj", "prep", "dative", "attr", "oprd", "compound", "conj", "poss"})
"""What a verb's complement is made of, and what stands inside it."""
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
    subject = clause_subject(token) if speaker is None else None
    if subject is not None and entities.of(subject) is None and _may_mean(subject, token.lower_):
        return  # "an artist who said he", where the artist is nobody known
    cluster = entities.of(subject)
    doubtful = token.dep_ == "poss" or token.head.dep_ == "advcl"
    rivals = cluster is not None and doubtful and _rivals(entities, cluster, token)
    if rivals and token.dep_ == "poss":
        return
    if cluster is None or rivals or not _agrees(cluster, token.lower_):
        cluster = _most_salient(entities, token, quoted, speaker)
    if cluster is None or (token.lower_ not in GENDERS and _is_doubtful(entities, cluster, token)):
        return
    mention.kind = cluster.kind
    cluster.gender = cluster.gender or GENDERS.get(token.lower_, "")
    entities.put(mention, cluster)


def _others_between(entities: Entities, token: Token) -> bool:
    """Whether the last plural subject is no entity, as of "the reasons fail"."""
    for before in reversed(entities.doc[max(0, token.i - 60) : token.i]):
        if before.dep_ in _SUBJECTS and before.tag_ in {"NNS", "NNPS"}:
            return entities.at(before.i) is None
    return False


def _most_salient(
    entities: Entities, token: Token, quoted: Mapping[int, Token], speaker: Cluster | None
) -> Cluster | None:
    excluded = {speaker, *_fellow_arguments(entities, token)}
    if speaker is not None:  # one says "we" of one's own body, and "you" to who is told
        told = _fellow_arguments(entities, quoted[token.i])
        excluded |= entities.held_at(speaker) | told
    word = token.lower_
    scores = {
        cluster: score
        for cluster in entities.clusters
        if _agrees(cluster, word)
        and cluster not in excluded
        and (score := _salience(entities, cluster, token, quoted))
    }
    ranked = sorted(scores, key=lambda c: -scores[c])
    sure = len(ranked) == 1 or (ranked and scores[ranked[0]] >= _SURE * scores[ranked[1]])
    return ranked[0] if sure else None


def clause_subject(token: Token) -> Token | None:
    """The subject that the pronoun most likely takes up, where grammar tells.

    Of "Lee said she would" it is who says it; of "Lee sold her shares" and "Lee left because she
    lost" the subject of the verb.
    """
    verb = token.head
    if token.dep_ == "nsubj" and verb.dep_ in {"ccomp", "advcl"}:
        return _subject(verb.head)
    if token.dep_ != "poss":
        return None
    while verb.pos_ not in {"VERB", "AUX"} and verb.dep_ in _INSIDE:
        verb = verb.head
    return _subject(verb) if verb.pos_ in {"VERB", "AUX"} else None


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb it depends on."""
    while (own := next((c for c in verb.children if c.dep_ in _SUBJECTS), None)) is None:
        if verb.dep_ not in {"conj", "xcomp"}:
            return None
        verb = verb.head
    return own


def _may_mean(subject: Token, word: str) -> bool:
    """Whether a subject that is no known entity may be what the pronoun means."""
    noun = stands_for(subject)
    human = noun_class(noun) in _HUMAN or subject.lower_ == "who" or noun.pos_ == "PROPN"
    plural = noun.tag_ in {"NNS", "NNPS"}
    if word in _THEIRS:
        return plural or noun.lower_ in _THEIRS
    if word in _ITS:
        return noun.pos_ == "NOUN" and not plural and not human
    return noun.lower_ in (_HERS if word in _HERS else _HIS) or (human and not plural)


def _rivals(entities: Entities, subject: Cluster, token: Token) -> bool:
    """Whether an object before the possessive fits as well: "Lee thanked Kim for her help"."""
    fellows = {
        cluster
        for verb in token.ancestors
        if verb.pos_ in {"VERB", "AUX"}
        for c in verb.children
        if c.dep_ in _OBJECTS and c.i < token.i and (cluster := entities.at(c.i)) is not None
    }
    return any(c is not subject and _agrees(c, token.lower_) for c in fellows)


def _is_doubtful(entities: Entities, cluster: Cluster, token: Token) -> bool:
    """Whether "it" or "they" may well mean something else, or nothing that has a name.

    Not so where grammar says what it is. Else the antecedent has to be a subject or an object, at
    most a sentence back; and "it is" says most things of nothing that was named.
    """
    subject = clause_subject(token)
    if subject is not None and entities.of(subject) is cluster:
        return False
    last = entities.last(cluster, token.i)
    far = entities.sentences_back(last, token.i) > 1
    vague = token.lower_ == "it" and token.head.lemma_ == "be"
    prominent = entities.doc[last].dep_ in _SUBJECTS | _OBJECTS
    speaks = token.dep_ == "nsubj" and token.head.lemma_ in _MINDED
    fits = prominent and not (speaks and cluster.kind not in {"Person", "Body"})
    return far or vague or not fits or _others_since(entities, cluster, token)


def _others_since(entities: Entities, cluster: Cluster, token: Token) -> bool:
    """Whether something that is no entity was spoken of since: "the bank built a ship. It sank"."""
    since = entities.doc[entities.last(cluster, token.i) + 1 : token.i]
    others = [
        t
        for t in since
        if t.head is not token.head and t not in token.ancestors and entities.at(t.i) is not cluster
    ]
    if token.lower_ in _THEIRS:
        several = (t.dep_ == "conj" and entities.at(t.i) is not None for t in others)
        many = (t.dep_ in _SUBJECTS and t.tag_ in {"NNS", "NNPS"} for t in others)
        return any(several) or any(many)
    return any(
        t.dep_ in _THINGS and t.tag_ == "NN" and noun_class(t) not in {"measure", *_HUMAN}
        for t in others
    )


def _fellow_arguments(entities: Entities, token: Token) -> set[Cluster]:
    """What else the pronoun's verb has as an argument, and so it cannot be."""
    if token.dep_ not in _CORE and token.dep_ != "pobj":
        return set()
    verb = token.head if token.dep_ in _CORE else token.head.head
    others = (c for c in verb.children if c.dep_ in _CORE and c != token)
    return {cluster for c in others if (cluster := entities.of(c)) is not None}


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
    here = token.i
    for head in (mention.head for mention in cluster.mentions):
        if head.i >= here:
            break
        back = entities.sentences_back(head.i, here)
        if back <= _FAR:
            weight = _weight(head)
            if (head.i in quoted) != (here in quoted):
                weight /= 4  # what is said and what tells of it are two discourses
            best[back] = max(best.get(back, 0.0), weight / 2**back)
    total = sum(best.values())
    if token.lower_ in _THEIRS and not cluster.plural:
        return total / 2
    if not cluster.named and noun_class(cluster.first.head) == "family":
        return total / 4  # "her daughter" stays in her mother's shade
    if token.lower_ in GENDERS and not cluster.gender:
        return total / (2 if cluster.named or cluster.first.definite else 4)
    return total


def _weight(head: Token) -> float:
    if head.dep_ in _SUBJECTS:
        return _SUBJECT
    whose = head.dep_ == "poss" and head.head.dep_ in _SUBJECTS  # "Lee's role is small"
    return _OBJECT if head.dep_ in _OBJECTS or whose else _OTHER


def _is_pleonastic(it: Token) -> bool:
    """Whether "it" means nothing: "it is clear that", "it was understood that"."""
    verb = it.head
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj", "csubjpass", "advcl"} for c in verb.children)
    empty = verb.lemma_ in _EMPTY or it.dep_ == "nsubjpass"
    return it.dep_ == "expl" or (it.dep_ in {"nsubj", "nsubjpass"} and clause and empty)
