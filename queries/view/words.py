"""The words a relation type is shown by, made from its name."""


def phrase(name: str) -> str:
    """The type as the middle of a sentence: CO_SIGNS is "co-signs", PART_OF "is part of"."""
    words = _words(name)
    return " ".join(words) if words[0].endswith("s") else " ".join(["is", *words])


def denied(name: str) -> str:
    """The type said not to hold: CRITICISES is "does not criticise", PART_OF "is not part of"."""
    verb, *rest = _words(name)
    if not verb.endswith("s"):
        return " ".join(["is not", verb, *rest])
    return " ".join(["does not", _base(verb), *rest])


def _words(name: str) -> list[str]:
    words = name.lower().split("_")
    return [f"co-{words[1]}", *words[2:]] if words[0] == "co" and words[1:] else words


def _base(verb: str) -> str:
    """The verb without its third-person ending."""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return verb[:-2]
    return verb[:-1]
