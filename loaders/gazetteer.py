"""Known names, titles and nouns: lists that a reader could have written, and may add to.

The package's own lists are in ``data/gazetteer`` (each says where it comes from). ``gazetteer``
reads them, and after them any file or folder of your own in the same form, whose entries take the
place of ours with the same name and country. A file has either ``entries`` (category -> name -> how
else it is written) or ``posts`` and the lists of nouns; ``bodies_uk.yaml`` and ``titles.yaml``
explain their form in their heads.

    words = gazetteer()
    words.lookup("Scotland Yard")     Entry(name="Metropolitan Police Service", kind="Body", ...)
    words.lookup("the Yard")          the same; "Yard" alone is None, unless vouched=True
    words.lookup("the Senate")        Entry(name="Senate", identity=False, ...): a Body, but which?
    words.title("Rep.")               Title(name="representative", body="United States House ...")
    words.demonym("French")           Entry(name="France", kind="Place", ...)
    "memo" in words.documents, "Sir" in words.honorifics
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.graph.errors import GazetteerError
from onrecord.graph.model import EntityKind

Words = tuple[str, ...]
_SHORT = 5
"""Letters from which on a title's form is no abbreviation, which has a plural: "Sens."."""
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


class Entry(NamedTuple):
    """A body, place or document that the lists know.

    ``identity`` is False where the words are several entries' ("the Senate"): kind holds, and
    category and country where all agree, but which one it is must be learnt from the article.
    """

    name: str
    kind: EntityKind
    category: str | None
    country: str | None
    acronyms: Words = ()
    aliases: Words = ()
    weak: Words = ()
    demonyms: Words = ()
    identity: bool = True


class Title(NamedTuple):
    """A post's title: full form, field, abbreviations, and what it says of its body.

    ``body`` is the name of the entry that the title implies by itself (a senator's), ``of`` the
    sort of thing that other words must name (the governor's state), ``none_in`` such things that
    have no such post.
    """

    name: str
    field: str
    forms: Words = ()
    body: str | None = None
    of: str | None = None
    none_in: Words = ()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Names(_Strict):
    acronyms: Words = ()
    aliases: Words = ()
    weak: Words = ()
    demonyms: Words = ()
    country: str | None = None


class _Post(_Strict):
    forms: Words = ()
    body: str | None = None
    of: str | None = None
    none_in: Words = ()


class _File(_Strict):
    source: str
    country: str | None = None
    kind: EntityKind = "Body"
    entries: Mapping[str, Mapping[str, _Names]] = {}
    posts: Mapping[str, Mapping[str, _Post]] = {}
    honorifics: Words = ()
    suffixes: Words = ()
    heads: Words = ()
    former: Words = ()
    acting: Words = ()
    documents: Words = ()
    issues: Words = ()


class Gazetteer:
    """The lists, indexed by how things are written.

    Attributes:
        entries: bodies, places and documents, in the order of the files.
        titles: posts' titles.
        honorifics: words before a name that are no post ("Sir"), without their dots.
        suffixes: letters after a name that are no post ("QC", "Jr").
        heads: nouns that make a post of the words beside them ("leader").
        former: words before a title that say it is held no more ("former", "ex").
        acting: words before a title that say it is held for the time being.
        documents: nouns of things written or broadcast ("memo"), in the singular.
        issues: nouns of what positions are about ("scheme"), in the singular.
    """

    def __init__(self, sources: Iterable[_File]) -> None:
        entries: dict[tuple[str, str | None], Entry] = {}
        titles: dict[tuple[str, str], Title] = {}
        lists: dict[str, set[str]] = {key: set() for key in _LISTS}
        for source in sources:
            for category, named in source.entries.items():
                for name, more in named.items():
                    country = more.country or source.country
                    spellings = (more.acronyms, more.aliases, more.weak, more.demonyms)
                    entry = Entry(name, source.kind, category, country, *spellings)
                    entries[name, country] = entry
            for field, posts in source.posts.items():
                for name, post in posts.items():
                    titles[name, field] = Title(
                        name, field, post.forms, post.body, post.of, post.none_in
                    )
            for key, words in lists.items():
                words.update(getattr(source, key))
        self.entries = tuple(entries.values())
        self.titles = tuple(titles.values())
        self.honorifics = frozenset(lists["honorifics"])
        self.suffixes = frozenset(lists["suffixes"])
        self.heads = frozenset(lists["heads"])
        self.former = frozenset(lists["former"])
        self.acting = frozenset(lists["acting"])
        self.documents = frozenset(lists["documents"])
        self.issues = frozenset(lists["issues"])
        self._strong: dict[str, list[Entry]] = {}
        self._weak: dict[str, list[Entry]] = {}
        self._demonyms: dict[str, Entry] = {}
        self._titles: dict[str, list[tuple[str, Title]]] = {}
        for entry in self.entries:
            self._index(entry)
        for title in self.titles:
            last = {form: form.split()[-1] for form in title.forms}
            short = [form for form in last if last[form].istitle() and len(last[form]) < _SHORT]
            for form in (title.name, *title.forms, *(f"{form}s" for form in short)):
                written = _plain(form)
                self._titles.setdefault(written.casefold(), []).append((written, title))

    def _index(self, entry: Entry) -> None:
        weak = dict.fromkeys(map(_key, entry.weak))
        if _ARTICLE.match(entry.name):  # "The Guardian" is a newspaper, a guardian is not
            weak[_key(entry.name)] = None
        strong = dict.fromkeys(map(_key, (entry.name, *entry.acronyms, *entry.aliases)))
        for key in weak:
            self._weak.setdefault(key, []).append(entry)
        for key in strong.keys() - weak:
            self._strong.setdefault(key, []).append(entry)
        for words in entry.demonyms:
            self._demonyms.setdefault(words, entry)

    def lookup(
        self, words: str, *, vouched: bool = False, country: str | None = None
    ) -> Entry | None:
        """What the words name, if the lists know it.

        Case counts. A "the" before the words is allowed for, and needed by words that are also a
        common noun or a surname ("the Times", not "Times").

        Args:
            words: the words as they stand in the text, without a possessive ending.
            vouched: something else says that they are a name: the article has the full one, or
                the tagger takes them for a body. Then no "the" is needed.
            country: where the article is at home; decides between entries of several countries.
        """
        key = _key(words)
        found = list(self._strong.get(key, ()))
        if vouched or _ARTICLE.match(words):
            # "Australian" is of Australia, and "The Australian" a newspaper
            adjective = key in self._demonyms and not words.startswith("The ")
            weak = [] if adjective else self._weak.get(key, [])
            at_home = [entry for entry in found + weak if country and entry.country == country]
            found = at_home or found or weak
        elif country:
            found = [entry for entry in found if entry.country == country] or found
        if len(found) < 2:
            return found[0] if found else None
        kind, *others = {entry.kind for entry in found}
        if others:
            return None
        categories = {entry.category for entry in found}
        countries = {entry.country for entry in found}
        return Entry(
            key,
            kind,
            categories.pop() if len(categories) == 1 else None,
            countries.pop() if len(countries) == 1 else None,
            identity=False,
        )

    def title(self, words: str) -> Title | None:
        """The post that the words are a title of, whole: "Det Ch Insp", "co-founder".

        A capital in the list must be one in the text ("PC", not "pc"); hyphens, dots of
        abbreviations and other letters' case do not matter.
        """
        written = _plain(words)
        for form, title in self._titles.get(written.casefold(), ()):
            pairs = zip(form, written, strict=True)
            if all(ours == theirs for ours, theirs in pairs if ours.isupper()):
                return title
        return None

    def demonym(self, words: str) -> Entry | None:
        """The place that the adjective or name of a people belongs to: "French", "Scots"."""
        return self._demonyms.get(words)

    def spellings(self, *, weak: bool = False) -> Iterator[tuple[str, EntityKind]]:
        """Every way in which entries of one kind are written, without "the", sorted.

        Args:
            weak: give those that need a "the" or a voucher, in place of those that do not.
        """
        index = self._weak if weak else self._strong
        for words in sorted(index):
            kinds = {entry.kind for entry in index[words]}
            if len(kinds) == 1:
                yield words, kinds.pop()


_LISTS = ("honorifics", "suffixes", "heads", "former", "acting", "documents", "issues")


@cache
def gazetteer(*more: Path) -> Gazetteer:
    """The package's lists and, after them, those of the files or folders given.

    Raises:
        GazetteerError: a file that is missing, no YAML, or has a key that is not known.
    """
    with as_file(files("onrecord.loaders") / "data" / "gazetteer") as own:
        return Gazetteer([_read(path) for folder in (own, *more) for path in _paths(folder)])


def _paths(path: Path) -> list[Path]:
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def _read(path: Path) -> _File:
    try:
        with path.open(encoding="utf-8") as stream:
            data = yaml.load(stream, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _File.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GazetteerError(
            f"{path} cannot be read as YAML: {' '.join(str(error).split())}."
            " Write it like the files in data/gazetteer."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " > ".join(str(part) for part in first["loc"]) or "the file"
        raise GazetteerError(
            f"{path} is no list of names: {where}: {first['msg']}."
            " Write it like the files in data/gazetteer."
        ) from error


def _key(words: str) -> str:
    return _ARTICLE.sub("", words.strip().replace("’", "'"))


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").replace(".", " ").replace("-", " ").split())
