"""At which body a post is whose own words do not say so, as the rest of the article tells."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.graph.identity.titles import SAME_POSTS, same_title
from onrecord.loaders.coreference import Cluster, Entities
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.posts.words import Post


def told_elsewhere(post: Post, posts: Sequence[Post]) -> Cluster | None:
    """The one body at which the article elsewhere says that the person holds the same post."""
    bodies = {
        p.body
        for p in posts
        if p.body is not None and p.person is post.person
        if same_title(p.title, post.title) and same_title(post.title, p.title)
    }
    return bodies.pop() if len(bodies) == 1 else None


def spoken_for(post: Post, entities: Entities) -> Cluster | None:
    """Whose spokesman it is that news leaves out: "the bank sued, a spokesman, Lee, said"."""
    if post.head.lemma_.lower() not in SAME_POSTS["spokesman"]:
        return None
    before = entities.doc[post.head.sent.start : post.head.i]
    subjects = (entities.of(t) for t in reversed(before) if t.dep_ in {"nsubj", "nsubjpass"})
    return next((c for c in subjects if c and c.kind == "Body" and c.named), None)


def at_home(posts: list[Post], entities: Entities) -> list[Post]:
    """The posts, with the article's own country for those of a country that the words leave out.

    News names the country of foreign heads of state, and takes that of its own as known. Where two
    would hold one post of one country, neither is taken to.
    """
    country = entities.countries.home if entities.countries.is_at_home else None
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
