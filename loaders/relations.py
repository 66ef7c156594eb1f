"""Typed relations: who criticises, asks, backs, sues, writes or belongs to whom, and the words that say so.

Four ways of saying a relation are read, all from the ontology's cues: a verb with its subject and
object ("the union criticised the plan"), a noun with its preposition ("her attack on the bill"), an
adjective ("critical of the bill"), and a judgement in something said ("the bill is a disgrace").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.graph import model
from onrecord.graph.ontology import Ontology
from onrecord.loaders.clauses import Clause, agents, child, is_negated, modality, patients, together
from onrecord.loaders.coreference import Cluster, Coreference, owners
from onrecord.loaders.cues import Cues, Match, british
from onrecord.loaders.language import span_of
from onrecord.loaders.mentions import Noticed, noun_class
from onrecord.loaders.statements import Attribution

_DESCRIBING = frozenset(
    "call describe label brand dub deem term denounce dismiss portray characterise slam condemn consider"
    " regard view see paint cast blast depict frame declare find think".split()
)
_SUPPORTING = frozenset(
    "launch make mount issue express voice deliver give offer announce have hold lead file raise show"
    " level voice pose signal declare reiterate register receive draw spark face begin open conduct"
    " stage convey share take repeat renew send throw".split()
)
_RECEIVING = frozenset("receive draw spark face provoke prompt trigger attract meet".split())
_OWN_WORDS = frozenset("letter memo memorandum email e-mail note op-ed column essay statement article book memoir tweet post blog speech".split())
_SAYING = frozenset(
    "say write tell announce reveal reach warn argue state add declare explain urge ask call describe"
    " claim insist promise acknowledge admit confirm set suggest".split()
)
_ACTS = frozenset(
    "comment remark rhetoric statement claim record behaviour behavior conduct handling leadership decision"
    " response refusal failure attack attempt use treatment stance position language obsession policy judgment"
    " judgement temperament action approach proposal plan call suggestion assertion assessment accusation"
    " criticism rationale argument opposition support performance campaign agenda".split()
)
_LOOKING_INTO = frozenset({"INVESTIGATES", "EXPOSES", "REPORTS_ON"})
_LIGHT = frozenset("be become remain seem look sound send pose make represent constitute mark show set give create cause amount".split())
_OUGHT = frozenset({"should", "must", "ought"})
_WRONGS = frozenset({"ATTACKS", "KILLS", "HARMS", "THREATENS"})
_FINDING = frozenset("find conclude determine establish rule".split())
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_LONGEST_EVIDENCE = 700
"""Characters of evidence beyond which only the cue's own sentence is quoted."""


@dataclass(frozen=True)
class Edge:
    """A relation between two entities of the article, as tokens."""

    type: str
    source: Cluster
    target: Cluster
    source_token: Token
    target_token: Token
    cue: tuple[Token, ...]
    evidence: model.Span
    about: Cluster | None = None
    negated: bool = False
    modality: model.Modality = "asserted"
    voice: Cluster | None = None
    confidence: float = 0.8


class Relations:
    """Reads the relations of one article."""

    def __init__(
        self,
        doc: Doc,
        coreference: Coreference,
        attributions: Sequence[Attribution],
        ontology: Ontology,
        cues: Cues,
    ) -> None:
        self.doc, self.coreference = doc, coreference
        self.ontology, self.cues = ontology, cues
        self.attributions = attributions
        self._said: dict[int, Attribution] = {}
        for attribution in sorted(attributions, key=lambda a: -sum(e - s for s, e in a.content)):
            for start, end in attribution.content:
                for token in doc.char_span(start, end, alignment_mode="contract") or ():
                    self._said[token.i] = attribution

    def read(self, clauses: Iterable[Clause]) -> list[Edge]:
        """All relations, in the order of their evidence; one for the same words and ends."""
        found: dict[object, Edge] = {}
        for clause in clauses:
            for edge in self._of_clause(clause):
                found.setdefault((edge.type, edge.source, edge.target, edge.evidence), edge)
                said = self._said.get(edge.cue[0].i)
                for charge in self._accused(edge, said) if said and said.source_head else ():
                    found.setdefault((charge.type, charge.source, charge.target, charge.evidence), charge)
        for token in self.doc:
            if token._.of_article and token.pos_ in {"NOUN", "PROPN"}:
                for edge in self._of_noun(token):
                    found.setdefault((edge.type, edge.source, edge.target, edge.evidence), edge)
        return sorted(found.values(), key=lambda e: (e.evidence, e.cue[0].i, e.type))

    # ---------------------------------------------------------------- verbs

    def _of_clause(self, clause: Clause) -> Iterator[Edge]:
        verb = clause.verb
        described = list(self._described(clause))
        yield from described
        if not described:
            yield from self._by_verb(clause)
        yield from self._by_adjective(clause)
        yield from self._judged(clause)
        yield from self._written_in(clause)
        if verb.lemma_ in _FINDING:
            yield from self._finding(clause)

    def _by_verb(self, clause: Clause) -> Iterator[Edge]:
        matches = [m for m in self.cues.of_verb(clause.verb) if m.cue.type != "FINDS"]
        for match in matches:
            sources, targets = self._ends(clause, match)
            about = self._after(match.tokens[0], match.cue.about_after)
            for source in sources:
                for target in targets:
                    kind = self._type(match.cue.type, [m.cue.type for m in matches], source, target)
                    if kind is None:
                        continue
                    change = self._change(clause.verb) if self._asks(kind) else None
                    if change is not None:
                        yield from self._edge("REQUESTS_CHANGE", source, target, (*match.tokens, change), clause, about=change)
                    else:
                        yield from self._edge(kind, source, target, match.tokens, clause, about=about)
        if clause.verb.lemma_ in {"seek", "want", "request", "demand", "propose", "ask"}:
            for token in clause.objects:
                if token.lemma_.lower() in self.cues.changes and (rule := self._rule(token)) is not None:
                    for source in clause.subjects:
                        yield from self._edge("REQUESTS_CHANGE", source, rule, (clause.verb, token), clause)

    def _asks(self, kind: str) -> bool:
        return self.ontology.relations[kind].family == "request" or kind == "CONSULTS"

    def _ends(self, clause: Clause, match: Match) -> tuple[Sequence[Token], Sequence[Token]]:
        verb, last = clause.verb, match.last
        if match.cue.source_after:
            sources = self._all_after(verb, match.cue.source_after)
            return sources, clause.objects or clause.subjects
        if last == verb or last.dep_ in {"prt", "advmod", "oprd", "acomp"}:
            return clause.subjects, clause.objects
        if last.pos_ == "ADP" or last.dep_ in {"prep", "dative", "agent"}:
            return clause.subjects, [t for p in last.children if p.dep_ == "pobj" for t in together(p)]
        if last.pos_ == "VERB":
            return clause.subjects, patients(last)
        return clause.subjects, clause.objects if last not in clause.objects else []

    def _type(self, own: str, others: Sequence[str], source: Token, target: Token) -> str | None:
        """The most specific of the types that one cue may mean and that may run between the ends."""
        a, b = self._kind(source), self._kind(target)
        fits = [name for name in others if a and b and self.ontology.allows(name, a, b)]
        if not fits:
            return None
        width = {name: len({k for t in self.ontology.relations[name].target for k in self._members(t)}) for name in fits}
        who = self._who(target)
        somebody = b == "Person" or (who is not None and who.kind == "Body" and not who.named)
        best = min(fits, key=lambda name: width[name] if somebody else -width[name])
        return own if own == best else None

    def _members(self, label: str) -> list[str]:
        return [kind for kind in self.ontology.kinds if label in self.ontology.labels(kind)]

    def _kind(self, token: Token) -> str | None:
        cluster = self._who(token)
        if cluster is not None:
            return "Body" if cluster.kind == "Place" and cluster.named and token.dep_ in {"nsubj", "pobj", "poss"} else cluster.kind
        return "Issue" if self._may_be_issue(token) else None

    def _after(self, word: Token, preposition: str) -> Token | None:
        return next(iter(self._all_after(word, preposition)), None) if preposition else None

    def _all_after(self, word: Token, preposition: str) -> list[Token]:
        return [
            t
            for c in word.children
            if c.lower_ == preposition and c.dep_ in {"prep", "agent", "dative"}
            for p in c.children
            if p.dep_ in {"pobj", "pcomp"}
            for t in together(p)
        ]

    def _change(self, verb: Token) -> Token | None:
        """What is to be changed, where what is asked for changes a rule."""
        for token in verb.subtree:
            if token != verb and token.lemma_.lower() in self.cues.changes and (rule := self._rule(token)) is not None:
                return rule
        return None

    def _rule(self, change: Token) -> Token | None:
        heads = patients(change) if change.pos_ == "VERB" else [
            p for c in change.children if c.dep_ == "prep" and c.lower_ in {"to", "of", "in"} for p in c.children if p.dep_ == "pobj"
        ]
        return next((t for t in heads if t.lemma_.lower() in self.cues.rules), None)

    def _written_in(self, clause: Clause) -> Iterator[Edge]:
        """ "She set out the plan in a letter": what one says in one's own letter, one has written."""
        verb = clause.verb
        prepositions = [
            t
            for t in verb.subtree
            if t.dep_ == "prep" and t.lower_ == "in" and next((a for a in t.ancestors if a.pos_ in {"VERB", "AUX"}), None) in (verb, None)
        ]
        for token in (p for c in prepositions for p in c.children if p.dep_ == "pobj"):
            own = any(c.lower_ in {"a", "an", "his", "her", "their", "its"} for c in token.children)
            if token.lemma_.lower() in _OWN_WORDS and own and (verb.lemma_ in _SAYING or child(verb, "dobj", "ccomp")):
                for source in clause.subjects:
                    yield from self._edge("AUTHORS", source, token, (token,), clause)

    # ---------------------------------------------------- saying what it is

    def _described(self, clause: Clause) -> Iterator[Edge]:
        """ "called the plan a threat", "described the plan as reckless"."""
        verb = clause.verb
        if british(verb.lemma_) not in _DESCRIBING:
            return
        for target, words in self._descriptions(verb, clause.objects):
            kind = self._judgement(words)
            if kind is not None:
                for source in clause.subjects:
                    yield from self._edge(kind, source, target, (verb, words[0]), clause)

    def _descriptions(self, verb: Token, objects: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
        for c in verb.children:
            if c.dep_ in {"oprd", "acomp"} or (c.dep_ == "prep" and c.lower_ == "as"):
                for target in objects or self._between(verb, c):
                    yield target, _within(c)
            elif c.dep_ == "ccomp" and not any(k.dep_ in {"aux", "mark"} for k in c.children):
                subject = child(c, "nsubj")
                if subject is not None:
                    yield subject, [t for t in _within(c) if t != subject]
        if len(objects) == 1 and objects[0].dep_ == "dobj" and (second := child(objects[0], "appos")) is not None:
            yield objects[0], _within(second)

    def _between(self, verb: Token, complement: Token) -> list[Token]:
        """The noun between a verb of calling and what it calls it, where the parse has no object."""
        return [c for c in verb.children if c.pos_ in {"PROPN", "NOUN"} and verb.i < c.i < complement.i][:1]

    def _judged(self, clause: Clause) -> Iterator[Edge]:
        """In something said: "the plan is a disgrace" puts the speaker against the plan."""
        attribution = self._said.get(clause.verb.i)
        if attribution is None or attribution.source_head is None or clause.negated:
            return
        if clause.modality == "conditional" or clause.verb.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
            return
        verb, source = clause.verb, attribution.source_head
        words = [t for c in verb.children if c.dep_ in {"attr", "acomp", "oprd"} for t in _within(c)]
        if verb.lemma_ in _LIGHT:
            words += [t for c in verb.children if c.dep_ == "dobj" for t in _within(c)]
        if verb.lemma_ not in _LIGHT:
            words = [verb] if british(verb.lemma_) in self.cues.judgements else []
        kind = self._judgement(words)
        for target in clause.subjects:
            if kind is not None and self._is_definite(target) and not (kind == "SUPPORTS" and self._kind(target) in {"Person", "Body"}):
                yield from self._edge(kind, source, target, (verb, words[0]), clause, own=attribution, confidence=0.6)
            if any(c.lower_ in _OUGHT and c.dep_ == "aux" for c in verb.children):
                yield from self._urged(clause, target, attribution)

    def _is_definite(self, token: Token) -> bool:
        """Whether it is somebody or something in particular, and not "children" or "a city"."""
        cluster = self._who(token)
        return cluster is not None and (cluster.named or any(m.definite for m in cluster.mentions))

    def _urged(self, clause: Clause, target: Token, said: Attribution) -> Iterator[Edge]:
        """ "The mayor should resign", "the law must be changed": what the speaker asks for."""
        verb = clause.verb
        passive = child(verb, "auxpass") is not None
        if passive and verb.lemma_ in self.cues.changes:
            kind = "REQUESTS_CHANGE"
        elif not passive and (who := self._who(target)) is not None and who.kind in {"Person", "Body"}:
            kind = "REQUESTS"
        else:
            return
        for edge in self._edge(kind, said.source_head, target, (verb,), clause, own=said, confidence=0.6):
            yield replace(edge, modality="asserted")

    def _accused(self, edge: Edge, said: Attribution) -> Iterator[Edge]:
        """Who says that somebody did harm accuses them of it."""
        speaker = self.coreference.of(said.source_head)
        if speaker not in (None, edge.source, edge.target) and edge.type in _WRONGS and not edge.negated:
            if edge.modality in {"asserted", "alleged"} and self.ontology.allows("ACCUSES", speaker.kind, edge.source.kind):
                yield replace(edge, type="ACCUSES", source=speaker, target=edge.source, source_token=said.source_head, target_token=edge.source_token, evidence=self._evidence(edge.cue[0], said.source_head, edge.source_token), about=None, voice=None, modality="asserted", confidence=0.6)

    def _judgement(self, words: Sequence[Token]) -> str | None:
        """The relation that the first judging word of a description stands for."""
        for token in words:
            if any(c.dep_ == "neg" or c.lower_ in {"no", "not"} for c in token.children):
                continue
            phrases = (self.doc[token.i : token.i + size].text.lower() for size in (4, 3, 2, 1))
            for text in (*phrases, british(token.lemma_.lower())):
                if text in self.cues.judgements:
                    return self.cues.judgements[text]
        return None

    def _by_adjective(self, clause: Clause) -> Iterator[Edge]:
        words = [c for c in clause.verb.children if c.dep_ in {"acomp", "attr", "prep", "advmod", "oprd"}]
        if clause.verb.lemma_ not in {"be", "become", "remain", "seem", "feel", "stay", "stand", "come"}:
            return
        for word in words:
            for match in self.cues.of_adjective(word):
                last = match.last
                targets = [t for p in last.children if p.dep_ == "pobj" for t in together(p)]
                for source in clause.subjects:
                    for target in targets:
                        yield from self._edge(match.cue.type, source, target, match.tokens, clause)

    def _finding(self, clause: Clause) -> Iterator[Edge]:
        """ "The review found that the ward was unsafe": a finding about the ward."""
        content = child(clause.verb, "ccomp")
        about = agents(content) or patients(content) if content is not None else []
        own = child(content, "nsubj", "nsubjpass") if content is not None else None
        for source in clause.subjects:
            cluster = self._who(source)
            if cluster is None or cluster.kind not in {"Document", "Body"}:
                continue
            for target in together(own) if own is not None else about:
                if not self._is_definite(target):
                    continue
                yield from self._edge("FINDS", source, target, (clause.verb,), clause)
                for author in self._authors(source):
                    yield from self._edge("FINDS", author, target, (clause.verb,), clause, confidence=0.6)

    def _authors(self, document: Token) -> list[Token]:
        return [t for preposition in ("by", "from") for t in self._all_after(document, preposition)]

    # ---------------------------------------------------------------- nouns

    def _of_noun(self, noun: Token) -> Iterator[Edge]:
        for match in self.cues.of_noun(noun):
            if noun_class(noun) in {"post", "person", "family"} or match.cue.type in {"WORKS_FOR", "REPRESENTS", "MEMBER_OF", "FAMILY_OF"}:
                yield from self._by_role(noun, match)
            elif match.cue.source_after:
                for source in self._all_after(noun, match.cue.source_after):
                    yield from self._edge(match.cue.type, source, noun, match.tokens)
            elif match.last != noun:
                yield from self._by_event(noun, match)
        if noun_class(noun) == "document" and noun.lemma_.lower() in _OWN_WORDS | {"report", "review"}:
            for owner in (c for c in noun.children if c.dep_ == "poss"):
                if (who := self._who(owner)) is not None and who.kind == "Person":
                    yield from self._edge("AUTHORS", owner, noun, (noun,))

    def _by_role(self, noun: Token, match: Match) -> Iterator[Edge]:
        """ "an aide to the minister", "the minister's aide", "party member Ann Lee"."""
        person = self._who(noun)
        holder = noun
        if person is None and noun.dep_ in {"compound", "nmod", "amod"} and noun.head.i > noun.i:
            holder = noun.head
            person = self._who(holder)
        if person is None or not person.named or noun.tag_ in {"NNS", "NNPS"}:
            return
        after = [t for p in match.last.children if p.dep_ == "pobj" for t in together(p)] if match.last != noun else []
        for target in after or [c for c in noun.children if c.dep_ in {"poss", "compound", "nmod"}]:
            yield from self._edge(match.cue.type, holder, target, match.tokens)

    def _by_event(self, noun: Token, match: Match) -> Iterator[Edge]:
        """ "her attack on the bill", "the union launched an attack on the bill"."""
        targets = [t for p in match.last.children if p.dep_ == "pobj" for t in together(p)]
        sources = [c for c in noun.children if c.dep_ == "poss"] or [
            t for text in ("by", "from", "among", "between") for t in self._all_after(noun, text)
        ]
        sources = sources or [t for target in targets for t in self._all_after(target, "by")]
        if self.ontology.relations[match.cue.type].family in {"conflict", "doing"} and match.cue.type in _LOOKING_INTO:
            targets = targets + [t for target in targets for t in self._named_within(target)]
        verb = noun.head
        head = None
        if not sources and noun.dep_ in {"dobj", "conj", "nsubjpass", "attr"}:
            top = noun.head if noun.dep_ == "conj" else noun
            verb = top.head
            if verb.lemma_ in _SUPPORTING and verb.lemma_ not in _RECEIVING and verb.pos_ == "VERB":
                sources, head = agents(verb), verb
        if not sources and noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with", "of"} and noun.head.head.pos_ in {"VERB", "AUX"}:
            if noun.head.head.lemma_ in {"be", "come", "speak", "vote", "join", "stand", "unite"}:
                sources, head = agents(noun.head.head), noun.head.head
        change = self._change(noun) if self._asks(match.cue.type) else None
        for source in sources:
            for target in targets:
                kind = "REQUESTS_CHANGE" if change is not None else match.cue.type
                yield from self._edge(kind, source, target, match.tokens, verb=head, about=change, confidence=0.7)

    def _named_within(self, token: Token) -> list[Token]:
        """Named bodies and places inside a phrase: "allegations of fraud at the bank"."""
        return [
            t
            for t in token.subtree
            if t != token and t.dep_ == "pobj" and t.head.lower_ in {"at", "in", "by", "within", "against"}
            and (who := self.coreference.of(t)) is not None and who.named and who.kind in {"Body", "Person"}
        ]

    # ----------------------------------------------------------------- ends

    def _who(self, token: Token) -> Cluster | None:
        cluster = self.coreference.of(token)
        if cluster is None and token.lower_ in _FIRST_PLURAL:
            attribution = self._said.get(token.i)
            cluster = self.coreference.of(attribution.source_head) if attribution else None
        lemma = token.lemma_.lower()
        if lemma in {"member", "rank"} or (lemma in {"lawyer", "attorney"} and token.tag_ == "NNS"):
            # "members of the council", "the force's rank and file", "lawyers for the firm" act for it.
            body = self._after(token, "of") or self._after(token, "for") or child(token, "poss")
            named = self.coreference.of(body)
            return named if named is not None and named.named else cluster
        return cluster

    def _may_be_issue(self, token: Token) -> bool:
        if token.pos_ == "VERB" and token.tag_ == "VBG":
            return True
        return token.pos_ == "NOUN" and noun_class(token) not in {"measure", "person", "post", "family", "group", "place"}

    def _issue(self, token: Token) -> Cluster | None:
        if not self._may_be_issue(token):
            return None
        kind: model.EntityKind = "Issue"
        if token.tag_ == "NNS" and token.lemma_.lower().endswith(("er", "or", "ist", "ian", "ant")):
            kind = "Body"  # people by what they do, whom no list has: "hackers"
        start = min((t.i for t in token.subtree if t.i <= token.i and t.dep_ in {"amod", "compound", "nmod", "poss", "det", "nummod"}), default=token.i)
        return self.coreference.put(Noticed(self.doc[start : token.i + 1], token, "noun", kind, category="issue", plural=kind == "Body"))

    def _edge(
        self,
        kind: str,
        source_token: Token,
        target_token: Token,
        cue: tuple[Token, ...],
        clause: Clause | None = None,
        *,
        verb: Token | None = None,
        about: Token | None = None,
        own: Attribution | None = None,
        confidence: float = 0.8,
    ) -> Iterator[Edge]:
        source = self._who(source_token)
        target = self._who(target_token)
        if source is None or (target is None and not self.ontology.allows(kind, source.kind, "Issue") and source.kind != "Place"):
            return
        target = target or self._issue(target_token)
        if target is None or source is target:
            return
        for cluster in (source, target):
            if cluster.kind == "Place" and cluster.named and not self.ontology.allows(kind, source.kind, target.kind):
                cluster.kind = "Body"
        if not self.ontology.allows(kind, source.kind, target.kind):
            return
        governing = clause.verb if clause else verb
        attribution = self._said.get(cue[0].i)
        voice = self.coreference.of(attribution.source_head) if attribution and attribution is not own else None
        edge = Edge(
            kind,
            source,
            target,
            source_token,
            target_token,
            cue,
            self._evidence(cue[0], source_token, target_token),
            about=(self.coreference.of(about) or self._issue(about)) if about is not None else None,
            negated=bool(governing is not None and is_negated(governing)),
            modality=modality(governing) if governing is not None else "asserted",
            voice=voice if voice is not source else None,
            confidence=confidence,
        )
        yield edge
        owner = self._owner_of_act(target_token) if kind in {"CRITICISES", "ACCUSES", "PRAISES", "OPPOSES", "SUPPORTS", "AGREES_WITH"} else None
        if owner is not None and (who := self.coreference.of(owner)) not in (None, source) and self.ontology.allows(kind, source.kind, who.kind):
            yield Edge(
                kind, source, who, source_token, owner, cue, edge.evidence, target, edge.negated, edge.modality, edge.voice, 0.6
            )

    def _owner_of_act(self, token: Token) -> Token | None:
        """Whose act or words the target is: to criticise somebody's remarks is to criticise them."""
        if token.lemma_.lower() not in _ACTS:
            return None
        return child(token, "poss") or self._after(token, "by")

    def _evidence(self, cue: Token, *ends: Token) -> model.Span:
        tokens = sorted([cue, *ends], key=lambda t: t.i)
        first, last = tokens[0].sent, tokens[-1].sent
        span = span_of(self.doc[first.start : last.end])
        return span if span.end - span.start <= _LONGEST_EVIDENCE else span_of(cue.sent)


_DESCRIPTION = frozenset({"amod", "compound", "advmod", "nmod", "conj", "det", "neg", "poss", "npadvmod", "acomp", "attr"})


def _within(token: Token) -> list[Token]:
    """The words that describe, from a description's head: not what hangs on it by a preposition."""
    head = next((c for c in token.children if c.dep_ in {"pobj", "amod", "acomp", "pcomp"}), token) if token.pos_ in {"ADP", "SCONJ"} else token
    kept, queue = [head], [head]
    while queue:
        here = queue.pop()
        more = [c for c in here.children if c.dep_ in _DESCRIPTION]
        kept += more
        queue += more
    return sorted(kept, key=lambda t: t.i)
