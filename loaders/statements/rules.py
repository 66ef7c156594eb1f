"""Attributions by rule: cue words, the parse around them, and quotation marks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from onrecord.graph import model
from onrecord.loaders.language import sentences
from onrecord.loaders.statements.attribution import Attribution
from onrecord.loaders.statements.quotes import Quote, find_quotes

SAYING = frozenset(
    """
    accuse acknowledge add admit advise advocate affirm agree allege announce answer apologize
    argue ask assert assure attack backtrack believe blame blast boast brag call caution
    challenge charge cite claim clarify comment complain concede conclude condemn confess
    confirm consider contend continue counter criticise criticize declare decry defend demand
    denounce deny describe dismiss dispute doubt echo email emphasise emphasize endorse estimate
    exclaim expect explain express fear feel find forecast hail hint hope imply indicate inform
    insist joke label lament liken maintain mention mock muse note observe oppose pledge point
    portray praise predict prefer proclaim promise propose question quip quote read reassure
    recall recommend reckon recount reiterate reject remark remember remind repeat reply report
    request respond retort reveal say scoff see shout show signal slam state stress suggest
    support suspect tell term testify think threaten thunder tout tweet understand urge vow wait
    want warn welcome whisper wonder worry write yell
    """.split()
)
NAMING = frozenset(
    """
    brand call declare deem describe dub label name portray tag term
    """.split()
)
NOUNS = frozenset(
    """
    accusation allegation announcement argument assertion assessment assurance belief call claim
    comment complaint concern conclusion criticism decision demand estimate expectation fear
    finding hope idea opinion pledge position prediction promise proposal question remark
    request statement suggestion support threat view vow warning wish
    """.split()
)
_CONTENT = frozenset(
    """
    ccomp xcomp dobj obj oprd attr acomp prep pobj
    """.split()
)
_RECIPIENT = frozenset(
    """
    tell ask remind assure inform warn urge advise reassure
    """.split()
)
_BEFORE_CUE = frozenset(
    """
    aux auxpass neg advmod
    """.split()
)
_SAID_ASIDE = frozenset(
    """
    on in during at to after before about by
    """.split()
)
_EDGE = frozenset({",", ".", ";", ":", "-", "–", "—", "--"})


def find_statements(doc: Doc) -> list[Attribution]:
    """The attributions of a parsed article, in the order of their cues.

    Offsets are the text's. Only the article's own passages are read.
    """
    text = doc.text
    quotes = find_quotes(text)
    return [
        _attribution(source, cue, content)
        for sent in sentences(doc)
        for source, cue, content in _in_sentence(sent, quotes, text)
    ]


type _Part = list[Token]


def _in_sentence(
    sent: Span, quotes: Sequence[Quote], text: str
) -> Iterator[tuple[_Part, _Part, list[_Part]]]:
    for token in sent:
        if token.lower_ == "according" and token.nbor().lower_ == "to" and token.i + 2 < sent.end:
            source = next((list(c.subtree) for c in token.nbor().children if c.dep_ == "pobj"), [])
            clause = [t for t in sent if t not in set(token.subtree)]
            yield _trim(source), [token, token.nbor()], _runs(clause)
        elif token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING:
            subject = _subject(token)
            source = _phrase(subject, token) if subject else []
            cue = [c for c in token.lefts if c.dep_ in _BEFORE_CUE and token.i - c.i < 4] + [token]
            cue += [c for c in token.rights if c.dep_ == "prt"]
            content = _quoted(source + cue, quotes, text, sent) or _content(
                token, source, quotes, sent
            )
            if content and (source or any(t.is_quote for part in content for t in part)):
                yield source, _run(cue), content
        elif token.pos_ == "NOUN" and token.lemma_ in NOUNS:
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            clause = [
                c for c in token.rights if c.dep_ in ("acl", "ccomp", "relcl") and c.pos_ == "VERB"
            ]
            if owner is not None and clause and clause[0].left_edge.i == token.i + 1:
                yield list(owner.subtree), [token], [_trim(list(clause[0].subtree))]


def _content(cue: Token, source: _Part, quotes: Sequence[Quote], sent: Span) -> list[_Part]:
    mine = {t.i for t in source} | {cue.i}
    right = [
        c
        for c in cue.rights
        if c.dep_ in _CONTENT
        and c.i not in mine
        and not (c.dep_ == "dobj" and cue.lemma_ in _RECIPIENT and _has_clause(cue))
        and not (c.dep_ == "prep" and c.lower_ in _SAID_ASIDE)
    ]
    if right:
        edge = max(c.right_edge.i for c in right)
        part = _trim([cue.doc[i] for i in range(right[0].left_edge.i, edge + 1) if i not in mine])
        if part:
            return _runs(part)
    left = [c for c in cue.lefts if c.dep_ in ("ccomp", "dobj")]
    if left:
        return _runs([t for t in left[0].subtree if t.i not in mine])
    if cue.dep_ in ("parataxis", "ccomp") and cue.head != cue and source:
        own = set(cue.subtree)
        return _runs([t for t in cue.head.subtree if t not in own])
    inside = [
        [t for t in sent if q.start <= t.idx < q.end]
        for q in quotes
        if not q.start <= cue.idx < q.end
    ]
    return [
        part
        for part in inside
        if part and abs(part[0].i - cue.i) and not mine & {t.i for t in part}
    ]


def _quoted(block: _Part, quotes: Sequence[Quote], text: str, sent: Span) -> list[_Part]:
    """The quotations that stand directly before or after source and cue, and those that go on."""
    doc = sent.doc
    start = min(t.idx for t in block)
    end = max(t.idx + len(t) for t in block)
    if any(q.start <= start < q.end for q in quotes):
        return []
    before = [q for q in quotes if q.end <= start and not text[q.end : start].strip(" \n,")][-1:]
    after = [q for q in quotes if q.start >= end and not text[end : q.start].strip(" \n,:")][:1]
    if before and not after:
        clause = max(end, sent.end_char)
        after = [q for q in quotes if q.start >= clause and not text[clause : q.start].strip(" .")][
            :1
        ]
    found = []
    for quote in before + after:
        span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
        if span is not None:
            found.append(list(span))
    return found


def _has_clause(cue: Token) -> bool:
    return any(c.dep_ in ("ccomp", "xcomp") for c in cue.rights)


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return None
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        return _subject(verb.head)
    return verb.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else None


def _phrase(head: Token, cue: Token) -> _Part:
    inside = set(cue.subtree) if cue.is_ancestor(head) is False else {cue}
    part = [t for t in head.subtree if t not in inside]
    return _trim(max(_runs(part), key=lambda run: head in run))


def _trim(part: _Part) -> _Part:
    while part and (part[-1].text in _EDGE or part[-1].is_space):
        part = part[:-1]
    while part and (part[0].text in _EDGE or part[0].is_space):
        part = part[1:]
    return part


def _run(tokens: Iterable[Token]) -> _Part:
    found = sorted(tokens, key=lambda t: t.i)
    return list(found[0].doc[found[0].i : found[-1].i + 1])


def _runs(tokens: Sequence[Token]) -> list[_Part]:
    runs: list[_Part] = [[tokens[0]]] if tokens else []
    for before, after in pairwise(tokens):
        if after.i > before.i + 1:
            runs.append([])
        runs[-1].append(after)
    return [run for run in map(_trim, runs) if run]


def _span(part: _Part) -> model.Span:
    return model.Span(part[0].idx, part[-1].idx + len(part[-1]))


def _attribution(source: _Part, cue: _Part, content: list[_Part]) -> Attribution:
    quoted = [part[0].is_quote and part[-1].is_quote for part in content]
    marks = any(t.is_quote for part in content for t in part)
    heads = {t.i for t in source}
    return Attribution(
        source=_span(source) if source else None,
        source_head=next((t for t in source if t.head.i not in heads or t.head == t), None),
        cue=_span(cue),
        content=tuple(map(_span, content)),
        kind="direct" if all(quoted) else "mixed" if marks else "indirect",
    )
