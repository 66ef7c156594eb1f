"""Who said what: the statements of an article, with their source, cue and content.

The steps, a file each: quotation marks (``quotes``), the article's paragraphs and quotations
(``layout``), what is seen of each word (``features``), which words are source, cue and content
(``tagger``), and what belongs together (``linking``).
"""

from spacy.tokens import Doc

from onrecord.loaders.statements.attribution import Attribution
from onrecord.loaders.statements.layout import lay_out
from onrecord.loaders.statements.linking import link
from onrecord.loaders.statements.tagger import tag

__all__ = ["Attribution", "find_statements"]


def find_statements(doc: Doc) -> list[Attribution]:
    """The attributions of a parsed article, in the order of their cues.

    Offsets are the text's. Only the article's own passages are read.
    """
    layout = lay_out(doc)
    return link(doc, tag(doc, layout), layout)
