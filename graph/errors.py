"""Every error a user can meet, under one root.

    OnrecordError            anything onrecord itself has to say
    ├── InputError           an article that cannot be read; the others still are
    ├── OntologyError        an ontology file that contradicts itself
    ├── GazetteerError       a list of names or titles that cannot be read
    ├── ModelError           learnt weights that are missing or damaged
    ├── ReadingError         a reading that does not fit its article's text
    ├── ConfidenceError      a confidence out of range, or lower than what a store holds
    ├── JudgementError       an edge to be judged that no article has
    ├── WorkspaceError       a workspace that is missing, locked or of another version
    ├── QueryError           a query that is unknown, malformed, or writes
    └── StoreError           a store that cannot do what was asked
        ├── StoreUnavailable     wrong address, server gone, file locked, disk full
        ├── StoreAuthError       wrong user or password
        └── StoreTimeout         a query that took longer than it was given

Each message is one sentence on what is wrong and one on what to do.
"""


class OnrecordError(Exception):
    """Root of every error that onrecord raises on purpose."""


class InputError(OnrecordError):
    """An article that cannot be read."""


class OntologyError(OnrecordError):
    """An ontology that contradicts itself."""


class GazetteerError(OnrecordError):
    """A list of names or titles that cannot be read."""


class ModelError(OnrecordError):
    """Learnt weights that are missing, damaged or of another version."""


class ReadingError(OnrecordError):
    """A reading that does not fit the text it claims to be read from."""


class ConfidenceError(OnrecordError):
    """A confidence that is out of range, or lower than what a store holds."""


class JudgementError(OnrecordError):
    """An edge to be judged that no article has."""


class WorkspaceError(OnrecordError):
    """A workspace that is missing, locked or of another version."""


class QueryError(OnrecordError):
    """A query that is unknown, malformed, lacks a parameter, or writes."""


class StoreError(OnrecordError):
    """A store that cannot do what was asked."""


class StoreUnavailable(StoreError):
    """A store that cannot be reached, is locked, or has no room left."""


class StoreAuthError(StoreError):
    """A store that refuses the credentials."""


class StoreTimeout(StoreError):
    """A query that took longer than it was given."""
