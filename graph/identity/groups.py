"""Groups that grow by joining, some of which must stay apart (union-find with exclusions)."""

from collections import defaultdict
from collections.abc import Iterable

from onrecord.graph.identity.profiles import Key


class Groups:
    """Which keys are one, and which groups are held apart."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._parent = {key: key for key in keys}
        self._apart: defaultdict[Key, set[Key]] = defaultdict(set)

    def root(self, key: Key) -> Key:
        """The first key of the group."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: Key, other: Key) -> bool:
        """Make two groups one; False where they are held apart."""
        a, b = sorted((self.root(one), self.root(other)))
        if b in self._apart[a]:
            return False
        if a != b:
            self._parent[b] = a
            for third in self._apart.pop(b, ()):
                self._apart[third].discard(b)
                self._apart[third].add(a)
                self._apart[a].add(third)
        return True

    def hold_apart(self, one: Key, other: Key) -> None:
        """Keep two groups from ever being one; what is one already stays so."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def are_apart(self, one: Key, other: Key) -> bool:
        return self.root(other) in self._apart[self.root(one)]
