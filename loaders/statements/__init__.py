"""Who said what: the statements of an article, with their source, cue and content."""

from onrecord.loaders.statements.attribution import Attribution
from onrecord.loaders.statements.rules import find_statements

__all__ = ["Attribution", "find_statements"]
