"""Names as ids: lower case, no accents, words joined by hyphens."""

import re
import unicodedata


def folded(name: str) -> str:
    """The name without case or accents, to compare by."""
    marks = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in marks if not unicodedata.combining(c))


def slug(name: str) -> str:
    """The name as an id; names that hold no letter or digit keep their code points."""
    words = re.findall(r"[^\W_]+", folded(name))
    return "-".join(words) or "-".join(f"u{ord(c):x}" for c in name) or "nameless"
