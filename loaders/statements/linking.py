"""Which source and which contents belong to which cue."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from spacy.tokens import Doc, Token

from onrecord.graph import model
from onrecord.graph.model import StatementKind
from onrecord.loaders.language import sentence_numbers, span_of
from onrecord.loaders.statements.attribution import Attribution
from onrecord.loaders.statements.layout import Layout
from onrecord.loaders.statements.tagger import Tagged

_REACH = 2
"""How many paragraphs on a quotation may still go on with a voice."""

_CHAIN = 4
_DOER = frozenset({"nsubj", "poss"})
_SHARES = frozenset({"conj", "xcomp", "advcl"})

_TOO_FAR = 3.0
"""A source that costs more than this is another cue's."""


class _Draft(NamedTuple):
    source: Tagged | None
    cue: Tagged
    contents: list[Tagged]


def link(doc: Doc, tagged: Sequence[Tagged], layout: Layout) -> list[Attribution]:
    """One attribution a cue: its contents, and its source where the sentence has one.

    A content goes to the nearest cue of its paragraph, and a cue to the nearest source of its
    sentence. Near means governed by it in the parse, few others between, few words between. A
    quoted sentence that the tagger left out goes on with what the text before it quotes.
    """
    places = _Places(doc, tagged, layout)
    drafts = {cue: _Draft(places.source_of(cue), cue, []) for cue in places.cues}
    for content in sorted(places.contents, key=places.is_apart):
        voices = [
            cue for cue, draft in drafts.items() if any(map(places.is_quoted, draft.contents))
        ]
        cue = places.cue_of(content, voices)
        if cue is not None:
            drafts[cue].contents.append(content)
    for draft in drafts.values():
        if not draft.contents:
            draft.contents.extend(places.sentence_around(draft))
    found = [draft for draft in drafts.values() if draft.contents]
    return [_attribution(places, draft) for draft in found]


class _Places:
    """Where the tagged spans stand: in which paragraph and sentence, under which words."""

    def __init__(self, doc: Doc, tagged: Sequence[Tagged], layout: Layout) -> None:
        self.doc = doc
        self.tagged = tagged
        self.cues = [span for span in tagged if span.role == "cue"]
        self.sources = [span for span in tagged if span.role == "source"]
        self.contents = [span for span in tagged if span.role == "content"]
        self.paragraph = {i: n for n, p in enumerate(layout.paragraphs) for i in p}
        self.sentence = dict(enumerate(sentence_numbers(doc)))
        self.speaking = {self.sentence[cue.start] for cue in self.cues}
        self.quotations = {q.start for q in layout.quotations}
        self.quoted = {i for q in layout.quotations for i in range(q.start, q.end)}
        self.order = {span: n for n, span in enumerate(tagged)}
        self.heads = {span: head_of(doc, span) for span in tagged}
        self.above = {span: [t.i for t in head.ancestors] for span, head in self.heads.items()}

    def is_quoted(self, content: Tagged) -> bool:
        """Whether the content begins with a quotation mark."""
        return content.start in self.quotations

    def is_apart(self, content: Tagged) -> bool:
        """Whether no sentence that the content stands in or borders on has a cue."""
        touched = (self.sentence.get(i) for i in (content.start, content.end - 1, content.end))
        return self.speaking.isdisjoint(touched)

    def cue_of(self, content: Tagged, voices: Sequence[Tagged]) -> Tagged | None:
        """The cue that a content most likely belongs to; ``voices`` are those that quote already.

        A quotation whose sentence has no cue goes on with what is quoted before it, or else with
        the nearest cue. Anything else without a cue is nobody's.
        """
        here = self.paragraph[content.start]
        near = [c for c in self.cues if self.paragraph[c.start] == here]
        if self.is_apart(content):
            if not self.is_quoted(content):
                return None
            heard = [c for c in self.cues if abs(here - self.paragraph[c.start]) <= _REACH]
            said = [c for c in heard if c.start < content.start]
            near = [c for c in said if c in voices][-1:] or said[-1:] or heard
        return min(near, key=lambda cue: self._cost(content, cue), default=None)

    def source_of(self, cue: Tagged) -> Tagged | None:
        """The source that a cue most likely has, None for "is expected" or "critics' claims"."""
        here = self.sentence[cue.start]
        verb = self.heads[cue]
        passive = verb.tag_ == "VBN" and not any(t.lemma_ == "have" for t in verb.lefts)
        near = [
            (self._cost(source, cue), source)
            for source in self.sources
            if self.sentence[source.start] == here
            and not (passive and verb.i not in self.above[source])
        ]
        cost, source = min(near, default=(_TOO_FAR, None))
        return source if cost < _TOO_FAR else self._subject_of(verb)

    def _subject_of(self, verb: Token) -> Tagged | None:
        """The source by the parse alone: whoever does what the cue says."""
        for _ in range(_CHAIN):
            doers = [t for t in verb.lefts if t.dep_ in _DOER]
            doers += [t for by in verb.rights if by.dep_ == "agent" for t in by.rights]
            if doers or any(t.dep_ == "nsubjpass" for t in verb.lefts):
                parts = [self._stripped(t.left_edge.i, t.right_edge.i + 1) for t in doers[-1:]]
                return next((Tagged("source", *p[1:]) for p in parts if self._is_free(p)), None)
            if verb.dep_ not in _SHARES:
                return None
            verb = verb.head
        return None

    def sentence_around(self, draft: _Draft) -> list[Tagged]:
        """The sentence that an aside (", she said,", "According to the union,") attributes.

        Its parts before and after the aside, unless other attributions are made there.
        """
        if draft.source is None:
            return []
        start, end = min(draft.source.start, draft.cue.start), max(draft.source.end, draft.cue.end)
        sentence = self.doc[draft.cue.start].sent
        last = sentence.end
        while last > end and (self.doc[last - 1].is_space or self.doc[last - 1].is_punct):
            last -= 1
        opens = start == sentence.start or self.doc[start - 1].is_punct
        closes = end == last or self.doc[end].is_punct
        if not (opens and closes):
            return []
        parts = [self._stripped(sentence.start, start), self._stripped(end, last)]
        return [part for part in parts if part.start < part.end and self._is_free(part)]

    def _stripped(self, start: int, end: int) -> Tagged:
        while start < end and (self.doc[start].is_space or self.doc[start].is_punct):
            start += 1
        while start < end and (self.doc[end - 1].is_space or self.doc[end - 1].is_punct):
            end -= 1
        return Tagged("content", start, end)

    def _is_free(self, part: Tagged) -> bool:
        return all(other.end <= part.start or part.end <= other.start for other in self.tagged)

    def _cost(self, span: Tagged, cue: Tagged) -> float:
        first, last = sorted((self.order[span], self.order[cue]))
        between = [other.role for other in self.tagged[first + 1 : last]]
        cost = 1.5 * between.count("cue") + between.count(span.role)
        cost += 1.5 * abs(self.sentence[span.start] - self.sentence[cue.start])
        cost += 0.03 * min(20, max(cue.start - span.end, span.start - cue.end))
        for steps, above in enumerate(self.above[span]):
            if cue.start <= above < cue.end:
                return cost - 2 + 0.2 * steps
        return cost - any(span.start <= above < span.end for above in self.above[cue])


def head_of(doc: Doc, span: Tagged) -> Token:
    """The token that governs the span: the one with most of it below itself in the parse."""
    tops = [
        t
        for t in doc[span.start : span.end]
        if not span.start <= t.head.i < span.end or t.head == t
    ]
    if len(tops) == 1:
        return tops[0]
    return max(tops, key=lambda t: sum(span.start <= below.i < span.end for below in t.subtree))


def _attribution(places: _Places, draft: _Draft) -> Attribution:
    doc, source = places.doc, draft.source
    contents = sorted(draft.contents)
    return Attribution(
        source=_span(doc, source) if source else None,
        source_head=head_of(doc, source) if source else None,
        cue=_span(doc, draft.cue),
        content=tuple(_span(doc, content) for content in contents),
        kind=_kind(doc, contents, places.quoted),
    )


def _kind(doc: Doc, contents: Sequence[Tagged], quoted: Set[int]) -> StatementKind:
    words = [t.i in quoted for c in contents for t in doc[c.start : c.end] if not t.is_punct]
    return "direct" if all(words) else "mixed" if any(words) else "indirect"


def _span(doc: Doc, tagged: Tagged) -> model.Span:
    return span_of(doc[tagged.start : tagged.end])
