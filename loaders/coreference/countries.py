"""Which country an article is about, and so whose parliament "the House" is."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.loaders.gazetteer import Entry, gazetteer
from onrecord.loaders.mentions import Noticed, key

_ANYWHERE = frozenset(
    {"broadcaster", "news agency", "newspaper", "magazine or site", "publisher", "company"}
    | {"intergovernmental organisation", "European Union institution", "armed force or armed group"}
    | {"sports body", "church or faith body", "campaign, charity or think tank"}
)
"""The gazetteer's categories of what any country's news may name without saying whose it is."""


class Countries:
    """The countries that an article's names tell: by place, by adjective, and by full name.

    Short names tell none: a "PPP" may be a party of Pakistan or a way to build roads.

    Attributes:
        home: the country most of whose bodies are named; None where none is ahead.
        is_at_home: whether no country is named more than that one, by its bodies or otherwise.
    """

    def __init__(self, names: Sequence[Noticed]) -> None:
        self._named: defaultdict[str, set[Entry]] = defaultdict(set)
        named, bodies, short = Counter[str](), Counter[str](), Counter[str]()
        for name in names:
            entry = gazetteer().demonym(name.text) or gazetteer().lookup(name.text, vouched=True)
            country = entry and (entry.name if entry.category == "country" else entry.country)
            if entry is None or country is None:
                continue
            named[country] += 1
            if entry.kind == "Place" or _is_full(name.text, entry):
                self._named[country].add(entry)
                bodies[country] += entry.kind == "Body"
            else:
                short[country] += 1
        ranked = (+bodies or short).most_common(2)
        ahead = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        self.home = ranked[0][0] if ahead else None
        self.is_at_home = named[self.home or ""] == max(named.values(), default=0) > 0

    def may_have(self, entry: Entry) -> bool:
        """Whether some country's body may be meant: the country is named, or no other one is."""
        if entry.country is None or self._named.get(entry.country, set()) - {entry}:
            return True
        return not any(self._named[country] - {entry} for country in self._named)

    def may_mean(self, words: str, entry: Entry) -> bool:
        """Whether the words may mean what the gazetteer knows by them.

        "The House" means the home country's; any other name needs its country to be named.
        """
        if entry.country is None or entry.kind != "Body" or entry.category in _ANYWHERE:
            return True
        weak = not _is_full(words, entry) and words not in entry.acronyms
        if weak and self.home is not None:
            return entry.country == self.home
        return self.may_have(entry)


def _is_full(words: str, entry: Entry) -> bool:
    """Whether the words are a name of the entry that is neither short nor a common noun."""
    return key(words) in {key(full) for full in (entry.name, *entry.aliases)}
