"""Which mentions of an article are the same: names first, then posts, nouns and pronouns.

A sieve in the manner of Lee et al. (2013): the surest links are made first, and each later one may
use them. A link that is not sure is not made: a surname that two people of the article share, or a
pronoun with two antecedents equally near, stays by itself.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from onrecord.loaders.coreference.countries import Countries
from onrecord.loaders.coreference.entities import Cluster, Entities, owners
from onrecord.loaders.coreference.names import link_names
from onrecord.loaders.coreference.nouns import ANOTHER, link_noun, named_group
from onrecord.loaders.coreference.pronouns import link_pronoun
from onrecord.loaders.coreference.roles import link_posts
from onrecord.loaders.mentions import Noticed
from onrecord.loaders.statements import Attribution

__all__ = ["ANOTHER", "Cluster", "Entities", "named_group", "owners", "resolve"]


def resolve(doc: Doc, mentions: Sequence[Noticed], attributions: Sequence[Attribution]) -> Entities:
    """The entities of an article: every mention belongs to one, but for unsure pronouns."""
    names = [m for m in mentions if m.form == "name"]
    entities = Entities(doc, Countries(names))
    link_names(entities, names)
    link_posts(entities, (m for m in mentions if m.form == "role"))
    for mention in mentions:
        if mention.form in {"role", "noun"} and entities.at(mention.head.i) is None:
            link_noun(entities, mention)
    quoted = _quoted_by(doc, attributions)
    for mention in mentions:
        if mention.form == "pronoun":
            link_pronoun(entities, mention, quoted)
    return entities


def _quoted_by(doc: Doc, attributions: Iterable[Attribution]) -> dict[int, Token]:
    """For each token of a direct quote, the head of who says it."""
    found: dict[int, Token] = {}
    for attribution in attributions:
        if attribution.source_head is None or attribution.kind != "direct":
            continue
        for start, end in attribution.content:
            for token in doc.char_span(start, end, alignment_mode="contract") or ():
                found[token.i] = attribution.source_head
    return found
