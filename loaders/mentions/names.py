"""Names: what the recogniser finds, mended by what news itself says.

Titles before names, given names, words that only bodies carry, a gazetteer's names, and one kind
for one name throughout the article. No name stands within what the recogniser takes for something
else: "FIFA" in "FIFA World Cup".
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders import people
from onrecord.loaders.gazetteer import gazetteer
from onrecord.loaders.language import is_own, language, own_words
from onrecord.loaders.mentions.kinds import (
    BODY_ENDS,
    INSTITUTIONS,
    LAWS,
    SHOWS,
    category_of,
    kind_of,
    short_for,
    sorts_of,
    told_bodies,
    told_places,
    told_relatives,
)
from onrecord.loaders.mentions.nobody import is_nobody
from onrecord.loaders.mentions.spans import FUNCTION_WORDS, bare, split_places, title_before
from onrecord.loaders.mentions.words import (
    ARTICLES,
    Noticed,
    is_honorific,
    is_post,
    key,
    noun_class,
)

Name = tuple[Span, EntityKind]


def find_names(doc: Doc) -> list[Noticed]:
    """The names of the article's own passages, in order, without overlap.

    Their ``category`` is "people" for a nation, faith or party's adherents, "facility" for a
    building, "unnamed" where a common noun ends the words ("Ohio police"), else "name".
    """
    seen = [
        (span, kind, ent.label_)
        for ent in doc.ents
        for part in (split_places(ent) if is_own(ent[0]) else ())
        if (kind := kind_of(part)) and (span := bare(part, kind))
    ]
    found: list[Name] = [(span, kind) for span, kind, _ in seen]
    found = [*_titled(doc, found), *found, *_listed(doc), *_laws(doc)]
    found = [_with_institution(span, kind) for span, kind in found]
    found += _owned(doc, found)
    found += _seen_elsewhere(doc, found)
    others = [ent for ent in doc.ents if kind_of(ent) is None]
    found = [name for name in found if not _is_part(name[0], others)]
    found = _without_others(found, others)
    short = short_for(found, others)
    kinds = _one_kind_a_name(found) | {name: kind for name, kind in short.items() if kind}
    sorts = sorts_of((span, label) for span, _, label in seen)
    names = [
        Noticed(
            span,
            span.root,
            "name",
            kind,
            category=category_of(span, sorts),
            plural=span.root.tag_ in {"NNPS", "NNS"} and kind == "Body",
            title=title_before(span) if kind == "Person" else [],
        )
        for span in _without_overlap([span for span, _ in found])
        if not is_nobody(span, sorts) and not _is_family(span, kinds)
        if short.get(key(span.text), "a name")
        for kind in [kinds[key(span.text)]]
    ]
    titles = {name.head.i: name.title for name in names if any(map(_is_plural_post, name.title))}
    for name in names:
        if name.kind == "Person" and not name.title:  # "Sens. Ann Lee and Tom Kim"
            shared = (titles[t.i] for t in name.head.conjuncts if t.i in titles)
            name.title = next(shared, [])
    return names


def _is_family(span: Span, kinds: Mapping[str, EntityKind]) -> bool:
    """Whether the word means all of a surname whom the article names: "the Bidens"."""
    surname = key(span.text).removesuffix("s")
    plural = len(span) == 1 and surname != key(span.text)
    article = span.start > 0 and span.doc[span.start - 1].lower_ == "the"
    return (
        plural
        and article
        and any(kind == "Person" and name.endswith(f" {surname}") for name, kind in kinds.items())
    )


def _is_plural_post(token: Token) -> bool:
    """Whether the word is the title of all whose names follow: "Presidents", "Sens."."""
    short = token.text.removesuffix("s")
    plural = token.tag_ in {"NNS", "NNPS"} or (
        token.text != short and gazetteer().title(short) is not None
    )
    return plural and is_post(token)


def _without_others(found: list[Name], others: Sequence[Span]) -> list[Name]:
    """Without the names that the recogniser more often takes for something else.

    What the gazetteer knows is kept, and what only the rules here found.
    """
    taken = Counter(key(other.text) for other in others)
    places = {(other.start, other.end) for other in others}
    count = Counter(key(s.text) for s, _ in found if (s.start, s.end) not in places)
    return [
        (span, kind)
        for span, kind in found
        if not 0 < count[key(span.text)] < taken[key(span.text)]
        or gazetteer().lookup(span.text, vouched=True) is not None
    ]


def _is_part(span: Span, others: Sequence[Span]) -> bool:
    """Whether the words are only a part of one of the others."""
    return any(
        other.start <= span.start and span.end <= other.end and len(span) < len(other)
        for other in others
    )


@cache
def _matcher() -> PhraseMatcher:
    matcher = PhraseMatcher(language().vocab)
    for words, kind in gazetteer().spellings():
        matcher.add(kind, [language().make_doc(words)])
    return matcher


def _listed(doc: Doc) -> Iterator[Name]:
    """Names that the gazetteer knows, and words that with "the" before them are one."""
    for span in _matcher()(doc, as_spans=True):
        if is_own(span[0]) and any(t.pos_ == "PROPN" for t in span):
            yield span, span.label_  # type: ignore[misc]
    for token in own_words(doc):
        if token.lower_ == "the" and token.head.pos_ == "PROPN":
            span = doc[token.i + 1 : token.head.i + 1]
            entry = gazetteer().lookup(f"the {span.text}") if len(span) else None
            if entry is not None:
                yield span, entry.kind


def _laws(doc: Doc) -> Iterator[Name]:
    """Words with capitals that end in what only laws or shows are called: "Fair Roads Bill"."""
    for token in own_words(doc):
        start = token.i
        if token.text.istitle() and token.lemma_.lower() in LAWS | SHOWS:
            while start > token.sent.start and doc[start - 1].text.istitle():
                start -= 1
            while doc[start].pos_ in FUNCTION_WORDS and doc[start].pos_ != "DET":
                start += 1  # "On the Kent Show", at the start of a sentence
            start += doc[start].lower_ in ARTICLES
            before_name = token.i + 1 < len(doc) and doc[token.i + 1].pos_ == "PROPN"
            if start < token.i and not before_name:  # not "President Bill Clinton"
                yield doc[start : token.i + 1], "Document"


def _titled(doc: Doc, known: list[Name]) -> Iterator[Name]:
    """Capitalised words after an honorific, a title or a given name are a person's name."""
    covered = {t.i for span, kind in known if kind == "Person" for t in span}
    towns = {key(span.text) for span, kind in known if kind == "Place"}
    for token in own_words(doc):
        if not token.text[:1].isupper() or token.i in covered:
            continue
        honorific = is_honorific(token)
        given = people.is_given_name(token.lower_) and key(token.text) not in towns
        if not (honorific or given or is_post(token)):
            continue
        end = token.i + 1
        while end < len(doc) and _may_be_name(doc[end]):
            end += 1
        if not given and end < len(doc) and is_post(doc[end]):
            continue  # "Chief Election Commissioner"
        run = doc[token.i + (not given) : end]
        enough = len(run) > 0 if honorific else 1 < len(run) < 4
        if enough and covered.isdisjoint(t.i for t in run) and _ends_as_a_person(run):
            covered.update(t.i for t in run)
            yield run, "Person"


def _may_be_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.is_alpha and not is_post(token)


def _ends_as_a_person(run: Span) -> bool:
    """Whether the last word can be a surname, and not a team's, a paper's or a body's noun."""
    last = run[-1]
    article = run.start > 0 and run.doc[run.start - 1].lower_ == "the"
    return (
        last.text[:1].isupper()
        and last.tag_ != "NNPS"
        and not (article and noun_class(last) != "post")
        and last.lemma_.lower() not in INSTITUTIONS
        and last.lower_ not in BODY_ENDS
        and noun_class(last) != "group"
        and not any(is_honorific(t) for t in run)
    )


def _with_institution(span: Span, kind: EntityKind) -> Name:
    """A name that modifies what only a body is called is that body's: "Ohio police"."""
    doc, end = span.doc, span.end
    while (
        end < len(doc)
        and doc[end].dep_ == "compound"
        and doc[end].pos_ in {"NOUN", "PROPN"}
        and doc[end].head.i > end
    ):
        end += 1
    if end < len(doc) and end <= span.end + 1 and span.root.head.i in {end, span.end}:
        head = doc[end]
        noun = head.lemma_.lower()
        fits = noun in INSTITUTIONS and (
            kind != "Body"
            or noun in {"station", "school", "hospital", "university", "college", "campaign"}
        )
        if fits and span.root.dep_ in {"compound", "nmod", "amod", "poss"} and head.text != "'s":
            return doc[span.start : end + 1], "Body"
    return span, kind


def _owned(doc: Doc, known: list[Name]) -> list[Name]:
    """Capitalised words that a named body owns are a name too: "the network's Newsnight"."""
    covered = {t.i for span, _ in known for t in span}
    bodies = {t.i for span, kind in known if kind == "Body" for t in span}
    return [
        (doc[token.i - len(before) : token.i + 1], "Body")
        for token in own_words(doc)
        if token.pos_ == "PROPN"
        and token.text.istitle()
        and token.i not in covered
        and not is_post(token)
        and any(c.dep_ == "poss" and c.i in bodies for c in token.children)
        for before in [[c for c in token.children if c.dep_ == "compound"]]
        if covered.isdisjoint(c.i for c in before)
    ]


def _seen_elsewhere(doc: Doc, known: list[Name]) -> Iterator[Name]:
    """Words that are a name in one sentence of the article are one in all of them."""
    covered = {t.i for span, _ in known for t in span}
    kinds = _one_kind_a_name(known)
    kinds |= {key(s[-1].text): "Person" for s, kind in known if kind == "Person" and len(s) > 1}
    by_first: defaultdict[str, list[list[str]]] = defaultdict(list)
    for name in sorted(kinds, key=lambda n: -len(n)):
        by_first[name.split()[0]].append(name.split())
    for token in own_words(doc):
        if not token.text[:1].isupper() or token.pos_ not in {"PROPN", "NOUN"}:
            continue
        for words in by_first.get(key(token.text), ()):
            span = doc[token.i : token.i + len(words)]
            if (
                covered.isdisjoint(t.i for t in span)
                and [key(t.text) for t in span] == words
                and span[-1].text[:1].isupper()
            ):
                covered.update(t.i for t in span)
                yield span, kinds[" ".join(words)]
                break


def _one_kind_a_name(found: Sequence[Name]) -> dict[str, EntityKind]:
    """Each name's kind: a person's if a surname, else the gazetteer's, else the commonest."""
    votes: defaultdict[str, Counter[EntityKind]] = defaultdict(Counter)
    written: dict[str, str] = {}
    surnames = {key(span[-1].text) for span, kind in found if kind == "Person" and len(span) > 1}
    told, relatives, places = told_bodies(found), told_relatives(found), told_places(found)
    for span, kind in found:
        votes[key(span.text)][kind] += 1
        written.setdefault(key(span.text), span.text)
    kinds: dict[str, EntityKind] = {}
    for name, count in votes.items():
        entry = gazetteer().lookup(written[name], vouched=True)
        if name in surnames or (name in relatives and entry is None):
            kinds[name] = "Person"
        elif entry is not None and not count["Person"]:
            kinds[name] = "Body" if entry.category == "country" else entry.kind
        elif name in places and not (people.is_given_name(name.split()[0]) or count["Body"]):
            kinds[name] = "Place"
        elif name in told and not people.is_given_name(name.split()[0]):
            kinds[name] = "Body"
        else:
            kinds[name] = max(count, key=lambda kind: (count[kind], kind))
    return kinds


def _without_overlap(spans: list[Span]) -> list[Span]:
    """The longest of overlapping names, in order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(t.i in taken for t in span):
            kept.append(span)
            taken.update(t.i for t in span)
    return sorted(kept, key=lambda s: s.start)
