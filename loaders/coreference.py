"""Which mentions of an article are the same: names first, then posts, nouns and pronouns.

A sieve in the manner of Lee et al. (2013): the surest links are made first, and each later one may
use them. A link that is not sure is not made: a surname that two people of the article share, or a
pronoun with two antecedents equally near, stays by itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.graph.model import EntityKind
from onrecord.loaders import people
from onrecord.loaders.clauses import stands_for
from onrecord.loaders.gazetteer import Entry, gazetteer
from onrecord.loaders.mentions import Noticed, key, noun_class
from onrecord.loaders.statements import Attribution

_SYNONYMS: dict[str, str] = {
    noun: words.split()[0]
    for words in (
        "letter memo memorandum email e-mail",
        "report review study inquiry assessment audit investigation finding survey",
        "bill act legislation law measure statute",
        "lawsuit suit complaint filing",
        "documentary film programme program broadcast",
        "scheme plan proposal initiative programme program project policy offer move step decision measure idea",
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
_TOP_POSTS = frozenset(
    "commissioner president chairman chairwoman chair chief director secretary minister premier governor mayor"
    " chancellor executive ceo leader head boss speaker".split()
)
_HEADS = frozenset("leader chief boss head".split())
_LESSER = frozenset("deputy vice assistant former ex associate acting junior".split())
_SUBJECT, _OBJECT, _OTHER = 80.0, 50.0, 30.0
_SURE = 1.15
"""How many times as salient as the next the antecedent of a pronoun must be."""
_FAR = 4
"""How many sentences back an antecedent may lie."""


@dataclass(eq=False)
class Cluster:
    """An entity of the article in the making: its mentions, names and titles."""

    kind: EntityKind
    mentions: list[Noticed] = field(default_factory=list)
    named: bool = False
    title: str = ""
    names: dict[str, str] = field(default_factory=dict)
    titles: list[tuple[str, ...]] = field(default_factory=list)
    gender: people.Gender = ""
    plural: bool = False
    entry: Entry | None = None

    def add(self, mention: Noticed) -> None:
        self.mentions.append(mention)
        if mention.form == "name":
            self.named = True
            self.names.setdefault(key(mention.text), mention.text)

    @property
    def full(self) -> str:
        """Of its names of most words, the commonest, as ``key`` gives it; "" where it has none.

        Of a person's names two words are full: "Ann Lee", not a headline's "Sues Ann Lee".
        """
        used = Counter(key(m.text) for m in self.mentions if m.form == "name")
        enough = 2 if self.kind == "Person" else 99
        return max(
            self.names, key=lambda n: (min(len(n.split()), enough), used[n], len(n)), default=""
        )

    @property
    def start(self) -> int:
        """The first token that means it; -1 for what is only implied."""
        return min((m.head.i for m in self.mentions), default=-1)

    @property
    def first(self) -> Noticed:
        return self.mentions[0]


class Coreference:
    """The entities of an article, and which of them a token means."""

    def __init__(
        self, doc: Doc, mentions: Sequence[Noticed], attributions: Sequence[Attribution]
    ) -> None:
        self.doc = doc
        self.clusters: list[Cluster] = []
        self._of: dict[int, Cluster] = {}
        self._sentence = {t.i: n for n, sent in enumerate(doc.sents) for t in sent}
        self._quoted = _quoted_by(doc, attributions)
        self._home = _home([m for m in mentions if m.form == "name"])
        self._link_names([m for m in mentions if m.form == "name"])
        for mention in mentions:
            if mention.form == "role":
                self._link_same(mention)
        for mention in mentions:
            if mention.head.i not in self._of and mention.form != "pronoun":
                self._link_noun(mention)
        for mention in mentions:
            if mention.form == "pronoun":
                self._link_pronoun(mention)

    def of(self, token: Token | None) -> Cluster | None:
        """The entity that a head token means, None where it is not known."""
        return None if token is None else self._of.get(stands_for(token).i)

    def put(self, mention: Noticed, cluster: Cluster | None = None) -> Cluster:
        """Add a mention to an entity, by default a new one."""
        if cluster is None:
            cluster = Cluster(mention.kind, plural=mention.plural)
            self.clusters.append(cluster)
        cluster.add(mention)
        tokens = mention.span if mention.form == "name" else [mention.head]
        for token in tokens:
            self._of.setdefault(token.i, cluster)
        return cluster

    def implied(self, name: str) -> Cluster:
        """The body of this name, of which the article may have no mention: a senator's senate."""
        entry = self._known(name)
        for cluster in self.clusters:
            if (entry is not None and cluster.entry == entry) or key(name) in cluster.names:
                return cluster
        cluster = Cluster("Body", named=True, entry=entry, names={key(name): name})
        self.clusters.append(cluster)
        return cluster

    # ---------------------------------------------------------------- names

    def _link_names(self, names: Sequence[Noticed]) -> None:
        """Longest names first, so that a short form finds what it is short for."""
        groups: dict[tuple[str, str], list[Noticed]] = {}
        for name in names:
            groups.setdefault(
                ((name.kind == "Person" and "Person") or "", key(name.text)), []
            ).append(name)
        order = sorted(groups, key=lambda g: (-len(g[1].split()), -len(g[1]), g[1]))
        for group in order:
            members = groups[group]
            find = self._same_person if group[0] else self._same_body
            cluster = find(group[1], members)
            for name in members:
                cluster = self.put(name, cluster)
                if cluster.kind != "Person":
                    cluster.entry = cluster.entry or self._known(name.text)
                words = [t.lower_.rstrip(".") for t in name.title]
                if words:
                    cluster.titles.append(tuple(words))
        for cluster in self.clusters:
            if cluster.kind == "Person":
                titles = {word for title in cluster.titles for word in title}
                cluster.gender = people.gender_of(people.parts(cluster.full)[0], titles)
        self.clusters.sort(key=lambda c: c.start)
        for cluster in self.clusters:
            cluster.mentions.sort(key=lambda m: m.head.i)

    def _same_person(self, name: str, members: Sequence[Noticed]) -> Cluster | None:
        given, surname = people.parts(name)
        known = [c for c in self.clusters if c.kind == "Person"]
        if given:
            fits = [
                c
                for c in known
                if people.parts(c.full)[1] == surname
                and people.given_names_fit(given, people.parts(c.full)[0])
            ]
        else:
            fits = [c for c in known if people.parts(c.full)[1] == name]
            fits = fits or [c for c in known if name in people.parts(c.full)[0][:1]]
        titles = {t.lower_.rstrip(".") for m in members for t in m.title}
        gender = people.gender_of(given, titles)
        if gender and len(fits) > 1:
            fits = [
                c for c in fits if people.gender_of(people.parts(c.full)[0], set()) in (gender, "")
            ]
        if len(fits) < 2:
            return fits[0] if fits else None
        # A bare surname is that of the one person who was introduced before it was first used.
        first = min(m.head.i for m in members)
        introduced = [c for c in fits if c.start < first]
        if not given and len(introduced) == 1:
            return introduced[0]
        fits.sort(key=lambda c: (-len(c.mentions), c.start))
        return fits[0] if len(fits[0].mentions) >= 2 * len(fits[1].mentions) else None

    def _known(self, name: str) -> Entry | None:
        """The gazetteer's entry; of bodies in several countries, that of the article's own."""
        entry = gazetteer().lookup(name, vouched=True, country=self._home)
        entry = entry or gazetteer().demonym(name)
        return entry if entry is not None and entry.identity else None

    def _same_body(self, name: str, members: Sequence[Noticed]) -> Cluster | None:
        entry = self._known(members[0].text)
        for cluster in self.clusters:
            if cluster.kind == "Person":
                continue
            if entry is not None and cluster.entry == entry:
                return cluster
            text = members[0].text
            country = cluster.entry is not None and cluster.entry.kind == "Place"
            if any(
                _same_words(name, n)
                or is_acronym(text, n)
                or (not country and _adds_its_kind(text, n))
                or _is_end_of(name, n)
                for n in cluster.names.values()
            ):
                return cluster
        return None

    # ------------------------------------------------------- posts and nouns

    def _link_same(self, mention: Noticed) -> None:
        """A post in apposition to a name, or said of it: "Ann Lee, the chair", "Lee is the chair"."""
        if mention.plural:
            return
        person = self._named_beside(mention)
        if person is not None and person.kind == "Person":
            mention.predicate = True
            self.put(mention, person)
            person.titles.append(tuple(t.lower_ for t in mention.span if t.dep_ != "det"))

    def _named_beside(self, mention: Noticed) -> Cluster | None:
        head, doc = mention.head, self.doc
        beside: list[Token] = [c for c in head.children if c.dep_ == "appos"]
        if head.dep_ == "appos":
            beside.append(head.head)
        if head.dep_ == "attr" and head.head.lemma_ in {"be", "become", "remain"}:
            beside += [c for c in head.head.children if c.dep_ == "nsubj"]
        if head.dep_ == "conj":
            first = head.head
            if first.i in self._of and noun_class(first) == "post":
                beside.append(first)
        for token in beside:
            cluster = self.of(token)
            if cluster is not None and cluster.kind == "Person" and not _negated(head.head):
                return cluster
        start = mention.span.start
        if start > 1 and doc[start - 1].text == ",":
            before = start - 2
            if doc[before].text == ")":
                while before > 0 and doc[before].text != "(":
                    before -= 1
                before -= 1
            cluster = self._of.get(before)
            if (
                cluster is not None
                and cluster.kind == "Person"
                and head.dep_ in {"conj", "appos", "dep", "npadvmod"}
            ):
                return cluster
        return None

    def _link_noun(self, mention: Noticed) -> None:
        cluster = self._antecedent(mention)
        if cluster is None or (cluster.kind != mention.kind and not cluster.named):
            cluster = None if cluster is None or cluster.kind != mention.kind else cluster
        self.put(mention, cluster)

    def _antecedent(self, mention: Noticed) -> Cluster | None:
        before = [c for c in self.clusters if c.first.head.i < mention.head.i]
        if mention.form == "role" and not mention.plural:
            return self._holder(mention, before) if mention.definite else None
        if mention.kind == "Body":
            return self._known_body(mention, before) if mention.definite else None
        if mention.kind in {"Document", "Issue"}:
            return self._known_thing(mention, before)
        same = [
            c
            for c in before
            if not c.named and c.kind == mention.kind and _same_noun(c.first, mention)
        ]
        return same[-1] if same and mention.definite else None

    def _holder(self, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
        """Who holds the post that the words name: "the commissioner", "the leader of the force"."""
        noun = mention.head.lemma_.lower()
        modifiers = {
            t.lower_
            for t in mention.span
            if t.i < mention.head.i and t.dep_ in {"compound", "amod"}
        }
        lesser = modifiers & _LESSER
        # A holder named further on counts too where nobody before fits: news opens with "the chief".
        everyone = [c for c in self.clusters if c.kind == "Person" and c.named]
        fits = []
        for person in everyone:
            for title in person.titles:
                if lesser != set(title) & _LESSER:
                    continue
                if (noun in title and self._may_share_owner(mention, person)) or (
                    noun in _HEADS and set(title) & _TOP_POSTS and self._same_owner(mention, person)
                ):
                    fits.append(person)
                    break
        if not fits:
            unnamed = [
                c
                for c in before
                if not c.named and c.kind == "Person" and _same_noun(c.first, mention)
            ]
            return unnamed[-1] if unnamed else None
        earlier = [c for c in fits if c in before]
        if len(fits) > 1 and earlier:
            return max(
                earlier,
                key=lambda c: max(m.head.i for m in c.mentions if m.head.i < mention.head.i),
            )
        return fits[0] if len(fits) == 1 else None

    def _may_share_owner(self, mention: Noticed, person: Cluster) -> bool:
        """Whether nothing named speaks against it: "the bank's adviser" is no minister's adviser."""
        owner = next((c for t in owners(mention.head) if (c := self.of(t)) and c.named), None)
        return owner is None or owner is person or self._same_owner(mention, person)

    def _same_owner(self, mention: Noticed, person: Cluster) -> bool:
        """Whether "the leader of X" and a title of the person's speak of one body X."""
        owner = next((c for t in owners(mention.head) if (c := self.of(t))), None)
        if owner is None:
            return False
        words = [
            t
            for m in person.mentions
            for t in (*m.title, *(owners(m.head) if m.form == "role" else ()))
        ]
        held = {c for t in words if (c := self.of(t)) and c.kind == "Body"}
        return owner in held or not held

    def named_group(self, token: Token) -> Cluster | None:
        """The named body that a bare noun inside a phrase means: "panel chair" of a committee."""
        span = self.doc[token.i : token.i + 1]
        mention = Noticed(span, token, "noun", "Body", category="group")
        fit = self._known_body(mention, [c for c in self.clusters if c.start < token.i])
        return fit if fit is not None and fit.named else None

    def _known_body(self, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
        noun = mention.head.lemma_.lower()
        wanted = _SYNONYMS.get(noun, noun)
        modifiers = [
            t
            for t in mention.span
            if t.i < mention.head.i and t.dep_ in {"compound", "amod", "nmod"}
        ]
        fits = []
        for cluster in before:
            if cluster.kind != "Body" or cluster.plural != mention.plural:
                continue
            words = {head for name in cluster.names.values() for head in _what_kind(name)}
            if cluster.named and (noun in words or wanted in {_SYNONYMS.get(w, w) for w in words}):
                names = {w for name in cluster.names for w in name.split()}
                if {t.lower_ for t in modifiers} <= names | words:
                    fits.append(cluster)
            elif not cluster.named and _same_noun(cluster.first, mention):
                fits.append(cluster)
        return max(fits, key=lambda c: self._last(c, mention), default=None)

    def _known_thing(self, mention: Noticed, before: Sequence[Cluster]) -> Cluster | None:
        noun = mention.head.lemma_.lower()
        wanted = _SYNONYMS.get(noun, noun)
        mine = _modifiers(mention)
        owner = next((c for t in owners(mention.head) if (c := self.of(t))), None)
        fits = []
        for cluster in before:
            if cluster.kind != mention.kind or self._distance(cluster, mention) > 40:
                continue
            heads = {m.head.lemma_.lower() for m in cluster.mentions if m.form != "pronoun"}
            theirs = {word for m in cluster.mentions for word in _modifiers(m)}
            same = noun in heads
            if not same and wanted not in {_SYNONYMS.get(h, h) for h in heads}:
                continue
            if mention.definite and owner is None:
                fits_here = mine <= theirs or (not theirs and same) or bool(mine & theirs)
                near = same or self._distance(cluster, mention) <= 12
                if fits_here and near:
                    fits.append(cluster)
            elif same and owner is not None and owner.kind == "Person":
                if owner in (theirs_of := self._owners(cluster)) or not any(
                    c.kind == "Person" for c in theirs_of
                ):
                    fits.append(cluster)
            elif same and (
                mine & theirs or (not mine and owner is not None and owner in self._owners(cluster))
            ):
                fits.append(cluster)
        if (
            not fits
            and mention.definite
            and not mine
            and owner is None
            and noun in {"move", "step", "decision", "plan"}
        ):
            fits = [
                c
                for c in before
                if c.kind == "Issue"
                and self._distance(c, mention) <= 2
                and c.first.category == "issue"
                and c.first.head.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}
                and _SYNONYMS.get(c.first.head.lemma_) == "scheme"
            ]
        return max(
            fits,
            key=lambda c: (
                len(mine & {w for m in c.mentions for w in _modifiers(m)}),
                self._last(c, mention),
            ),
            default=None,
        )

    def _owners(self, cluster: Cluster) -> list[Cluster]:
        return [c for m in cluster.mentions for t in owners(m.head) if (c := self.of(t))]

    def _last(self, cluster: Cluster, mention: Noticed) -> int:
        return max((m.head.i for m in cluster.mentions if m.head.i < mention.head.i), default=-1)

    def _distance(self, cluster: Cluster, mention: Noticed) -> int:
        """Sentences from the entity's last mention to this one."""
        last = self._last(cluster, mention)
        return 999 if last < 0 else self._sentence[mention.head.i] - self._sentence[last]

    # -------------------------------------------------------------- pronouns

    def _link_pronoun(self, mention: Noticed) -> None:
        token = mention.head
        if token.lower_ == "it" and _is_pleonastic(token):
            return
        speaker = self._speaker(token)
        word = token.lower_
        if word in {"i", "me", "my", "myself"}:
            if speaker is not None and speaker.kind == "Person":
                self.put(mention, speaker)
            return
        teller = self._teller(token)
        if teller is not None and teller is not speaker and self._agrees(teller, word):
            self.put(mention, teller)
            return
        near = self._fellow_arguments(token)
        scores = {
            cluster: score
            for cluster in self.clusters
            if cluster is not speaker
            and cluster not in near
            and self._agrees(cluster, word)
            and (score := self._salience(cluster, token))
        }
        ranked = sorted(scores, key=lambda c: -scores[c])
        if ranked and (len(ranked) == 1 or scores[ranked[0]] >= _SURE * scores[ranked[1]]):
            mention.kind = ranked[0].kind
            self.put(mention, ranked[0])

    def _teller(self, token: Token) -> Cluster | None:
        """Who says it, where the pronoun is the subject of what is said: "Lee said she would"."""
        verb = token.head
        if token.dep_ != "nsubj" or verb.dep_ != "ccomp" or token.i in self._quoted:
            return None
        return next((self.of(c) for c in verb.head.children if c.dep_ == "nsubj"), None)

    def _fellow_arguments(self, token: Token) -> set[Cluster]:
        """What else the pronoun's verb has as an argument, and so it cannot be."""
        core = {"nsubj", "nsubjpass", "dobj", "dative"}
        if token.dep_ not in core and token.dep_ != "pobj":
            return set()
        verb = token.head if token.dep_ in core else token.head.head
        return {
            cluster
            for c in verb.children
            if c.dep_ in core and c != token and (cluster := self._of.get(c.i)) is not None
        }

    def _speaker(self, token: Token) -> Cluster | None:
        head = self._quoted.get(token.i)
        return None if head is None else self.of(head)

    def _agrees(self, cluster: Cluster, word: str) -> bool:
        if word in {"they", "them", "their", "theirs", "themselves"}:
            return cluster.plural or (cluster.kind == "Body" and cluster.named)
        if word in {"it", "its", "itself"}:
            return cluster.kind in {"Body", "Document", "Issue"} and not cluster.plural
        if cluster.kind != "Person" or cluster.plural:
            return False
        female = word in {"she", "her", "hers", "herself"}
        return cluster.gender in ("", "female" if female else "male")

    def _salience(self, cluster: Cluster, token: Token) -> float:
        """After Lappin and Leass (1994): grammatical role, halved with each sentence's distance."""
        here, best = self._sentence[token.i], dict[int, float]()
        for mention in cluster.mentions:
            if mention.head.i >= token.i:
                break
            back = here - self._sentence[mention.head.i]
            if back > _FAR:
                continue
            role = _OTHER
            if mention.head.dep_ in {"nsubj", "nsubjpass"}:
                role = _SUBJECT
            elif mention.head.dep_ in {"dobj", "dative"}:
                role = _OBJECT
            if (mention.head.i in self._quoted) != (token.i in self._quoted):
                role /= 4
            best[back] = max(best.get(back, 0.0), role / 2**back)
        total = sum(best.values())
        plural = token.lower_ in {"they", "them", "their", "theirs", "themselves"}
        return total / 2 if plural and not cluster.plural else total


def _home(names: Sequence[Noticed]) -> str | None:
    """The country most of whose bodies the article names; None where none is ahead."""
    found = Counter(
        entry.country
        for name in names
        if name.kind == "Body"
        and (entry := gazetteer().lookup(name.text, vouched=True))
        and entry.country
    )
    ranked = found.most_common(2)
    ahead = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if ahead else None


def owners(token: Token) -> list[Token]:
    """The heads of what a noun belongs to: its possessor, what modifies it, its "of"/"at" phrase."""
    found = [c for c in token.children if c.dep_ in {"poss", "compound", "nmod"}]
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in {
            "of",
            "at",
            "for",
            "in",
            "to",
            "by",
            "from",
            "on",
        }:
            found += [c for c in prep.children if c.dep_ == "pobj"]
    return found


def is_acronym(short: str, name: str) -> bool:
    """Whether the one is made of the initials of the other: "WHO", "World Health Organization"."""
    letters = short.replace(".", "")
    if not (1 < len(letters) <= 6 and letters.isupper()):
        return False
    words = [w for w in name.replace("-", " ").split() if w[:1].isalnum()]
    capitals = [w[0] for w in words if w[0].isupper()]
    return letters in ("".join(capitals), "".join(w[0] for w in words).upper())


def _same_words(one: str, other: str) -> bool:
    """Whether two names have the same words, some cut short, or one adds what kind of body it is."""
    a, b = one.split(), key(other).split()
    if len(a) == len(b):
        return a[-1] == b[-1] and all(
            x == y or (min(len(x), len(y)) >= 3 and (x.startswith(y) or y.startswith(x)))
            for x, y in zip(a, b, strict=True)
        )
    return False


def _adds_its_kind(one: str, other: str) -> bool:
    """Whether the longer name only adds, in lower case, what kind of body it is: "Hill Road school"."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    added = longer[len(shorter) :]
    return (
        bool(shorter and added)
        and longer[: len(shorter)] == shorter
        and all(w.islower() for w in added)
    )


def _is_end_of(one: str, other: str) -> bool:
    """Whether the name leaves out where the body is: "Planning Committee" of "Kent Planning Committee"."""
    a, b = one.split(), key(other).split()
    return 1 < len(a) < len(b) and b[-len(a) :] == a


def _what_kind(name: str) -> set[str]:
    """The nouns that say what kind of body a name names: its head, and its gazetteer category's."""
    words = key(name).split()
    head = words[: words.index("of")][-1:] if "of" in words[1:] else words[-1:]
    entry = gazetteer().lookup(name, vouched=True)
    category = entry.category.split() if entry and entry.category else []
    return {*head, *(category if category[:1] != ["armed"] else ["military"])}


def _same_noun(one: Noticed, other: Noticed) -> bool:
    mine, theirs = _modifiers(one), _modifiers(other)
    return one.head.lemma_.lower() == other.head.lemma_.lower() and (theirs <= mine)


def _modifiers(mention: Noticed) -> set[str]:
    generic = {
        "latest",
        "proposed",
        "new",
        "own",
        "planned",
        "same",
        "controversial",
        "recent",
        "such",
    }
    return {
        t.lemma_.lower()
        for t in mention.span
        if t.i < mention.head.i
        and t.dep_ in {"compound", "amod", "nmod"}
        and t.lower_ not in generic
    }


def _is_pleonastic(it: Token) -> bool:
    """Whether "it" means nothing: "it is clear that", "it emerged that", "it was understood that"."""
    verb = it.head
    clause = any(c.dep_ in {"ccomp", "xcomp", "csubj", "csubjpass", "advcl"} for c in verb.children)
    empty = (
        verb.lemma_ in {"be", "seem", "appear", "emerge", "turn", "take"} or it.dep_ == "nsubjpass"
    )
    return it.dep_ == "expl" or (it.dep_ in {"nsubj", "nsubjpass"} and clause and empty)


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


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
