"""What titles of posts say: which are a body's only one, and which are the same."""

from onrecord.graph.slugs import folded

TOP_POSTS = frozenset(
    "commissioner president chairman chairwoman chair chief director secretary minister"
    " premier governor mayor chancellor executive ceo leader head boss speaker".split()
)
"""Nouns for the one post at the top of a body."""
HEADS = frozenset("leader chief boss head".split())
"""What news calls whoever is at the top, whatever the post's name."""
SAME_POSTS: dict[str, frozenset[str]] = {
    noun: frozenset(words.split())
    for words in (
        "representative rep congressman congresswoman",
        "senator sen",
        "governor gov",
        "judge justice magistrate",
        "lawyer attorney solicitor barrister counsel",
        "spokesman spokeswoman spokesperson",
        "chairman chairwoman chair chairperson",
        "adviser advisor",
    )
    for noun in words.split()
}
_LAWMAKERS = frozenset("representative rep congressman congresswoman senator sen mp".split())
SAME_POSTS |= dict.fromkeys(("lawmaker", "legislator"), _LAWMAKERS)
"""Nouns for one post, by each of them."""
LESSER = frozenset("deputy vice assistant former ex associate acting junior".split())
"""Words that make a post another, lesser one."""

_TELLING_ALONE = frozenset(
    "commissioner president chairman chairwoman chair premier governor mayor chancellor ceo".split()
)
"""Top posts that one may mean without saying at which body: not "the secretary", "the leader"."""


def is_unique(title: str, *, placed: bool) -> bool:
    """Whether a body has one such post at a time; ``placed`` where the words say at which body."""
    words = folded(title).replace("-", " ").split()
    if not words or LESSER & set(words):
        return False
    if words[-1] == "nominee":  # for one office among many
        return len(words) > 1
    return words[-1] in TOP_POSTS and (
        placed or words[-1] in _TELLING_ALONE or (len(words) > 1 and words[-1] not in HEADS)
    )


def same_title(title: str, other: str) -> bool:
    """Whether two titles at one body are one post: "chair" and "chairwoman".

    The first may also be what news calls whoever is at the top: "chief", of a commissioner.
    """
    one, two = folded(title).replace("-", " ").split(), folded(other).replace("-", " ").split()
    if one == two:
        return True
    if not (one and two) or (LESSER & set(one)) != (LESSER & set(two)):
        return False
    if one[:-1] == two[:-1] and one[-1] in SAME_POSTS.get(two[-1], ()):
        return True
    return len(one) == 1 and one[0] in HEADS and is_unique(other, placed=True)
