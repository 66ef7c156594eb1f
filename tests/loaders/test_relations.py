"""Typed relations: windows and ends, the classifier's files, and what plain sentences say."""

import json
import shutil
import string
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.graph.errors import ModelError
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading
from onrecord.loaders.coreference import resolve
from onrecord.loaders.language import sentence_numbers
from onrecord.loaders.mentions import find_mentions
from onrecord.loaders.reader import read
from onrecord.loaders.relations.candidates import Candidate, find_candidates
from onrecord.loaders.relations.classifier import CARD, FOLDER, Classifier, classifier
from onrecord.loaders.relations.windows import WORDS, Window, find_windows
from onrecord.loaders.statements import find_statements

Read = Callable[[str], Reading]
Parsed = Callable[[str], Doc]
RELATIONS = load_ontology().relations
QUOTED = (
    "Ann Lee, who leads the Port Union, said the plan was a disgrace.\n\n"
    + "Nobody at the harbour had asked for it, she told the crews on Monday. " * 20
    + "\n\n“It puts lives at risk,” said Ann Lee.\n\n“The Port Authority must drop it.”\n"
)


def windows_of(doc: Doc) -> tuple[list[Candidate], list[Window]]:
    said = find_statements(doc)
    candidates = find_candidates(doc, resolve(doc, find_mentions(doc), said), said)
    return candidates, list(find_windows(doc, candidates, classifier().tokenizer))


def triples(reading: Reading) -> set[tuple[str, str, str]]:
    names = {e.id: e.name for e in reading.entities}
    return {(names[r.source], r.type, names[r.target]) for r in reading.relations}


# ------------------------------------------------------------------ windows


def test_every_candidate_is_read_once_and_in_its_own_words(parsed: Parsed) -> None:
    doc = parsed(QUOTED)
    candidates, windows = windows_of(doc)
    assert len(windows) > 1
    seen: list[int] = []
    for window in windows:
        for place, end in enumerate(window.ends):
            if not window.end_features[place, -1]:
                head = candidates[end].head
                low = window.offsets[window.first[place], 0]
                high = window.offsets[window.last[place], 1]
                assert low <= head.idx
                assert high >= head.idx + len(head)
                seen.append(int(end))
    assert seen == list(range(len(candidates)))


def test_pairs_are_near_or_a_speaker_and_what_is_said(parsed: Parsed) -> None:
    doc = parsed(QUOTED)
    candidates, windows = windows_of(doc)
    numbers = sentence_numbers(doc)
    for window in windows:
        assert len({*map(tuple, window.pairs.tolist())}) == len(window.pairs)
        for one, other in window.pairs:
            a, b = candidates[window.ends[one]], candidates[window.ends[other]]
            near = abs(numbers[a.head.i] - numbers[b.head.i]) <= 1
            assert near or a.head == b.speaker or b.head == a.speaker
            assert a.cluster is None or a.cluster is not b.cluster


def test_a_window_keeps_whole_sentences_and_its_size(parsed: Parsed) -> None:
    candidates, windows = windows_of(parsed(QUOTED))
    for window in windows:
        inside = [candidates[e].head for e in window.ends[window.end_features[:, -1] == 0]]
        sentences = {head.sent.start: len(head.sent) for head in inside}
        assert len(sentences) == 1 or sum(sentences.values()) <= WORDS


# --------------------------------------------------------- the classifier's files


@pytest.mark.parametrize("harm", ["missing", "damaged", "no card"])
def test_what_is_wrong_with_its_files_is_one_error(harm: str, tmp_path: Path) -> None:
    folder = tmp_path / "relations"
    shutil.copytree(str(FOLDER), folder)
    part = folder / json.loads((folder / CARD).read_text("utf-8"))["parts"][0]
    if harm == "missing":
        part.unlink()
    elif harm == "damaged":
        part.write_bytes(part.read_bytes()[:-1])
    else:
        (folder / CARD).unlink()
    with pytest.raises(ModelError, match="again"):
        Classifier(folder)


def test_the_cut_vocabulary_has_every_character_of_its_pieces_in_both_places() -> None:
    vocabulary = classifier().tokenizer.get_vocab()
    pieces = {piece.removeprefix("##") for piece in vocabulary if not piece.startswith(("<", "["))}
    letters = {letter for piece in pieces if len(piece) > 1 for letter in piece}
    assert not [c for c in letters if c not in vocabulary or f"##{c}" not in vocabulary]


@settings(max_examples=100)
@given(st.text(string.ascii_letters + string.digits + "éüñçøå’“”—–£€.,;:-", min_size=1))
def test_no_word_of_known_letters_is_unknown(text: str) -> None:
    encoded = classifier().tokenizer.encode(text)
    assert "[UNK]" not in encoded.tokens


def test_its_types_are_the_ontologys() -> None:
    assert set(classifier().types) == set(RELATIONS)


def test_the_weights_stay_small() -> None:
    data = Path(str(FOLDER)).parent
    sizes = [file.stat().st_size for file in data.rglob("*") if file.is_file()]
    learnt = [f for f in data.rglob("*") if f.suffix in {".weights", ".npz"} or f.name == "model"]
    assert sum(file.stat().st_size for file in learnt) <= 110_000_000
    assert max(sizes) < 50_000_000


# ------------------------------------------------------------------ what is read


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("The Port Union criticised Ann Lee.", ("Port Union", "CRITICISES", "Ann Lee")),
        ("Ann Lee was criticised by the Port Union.", ("Port Union", "CRITICISES", "Ann Lee")),
        ("The Port Union drew fire from Ann Lee.", ("Ann Lee", "CRITICISES", "Port Union")),
        ("“Ann Lee is a disgrace,” said Tom Kay.", ("Tom Kay", "CRITICISES", "Ann Lee")),
        ("Tom Kay urged Ann Lee to resign.", ("Tom Kay", "REQUESTS", "Ann Lee")),
        ("Tom Kay accused Ann Lee of lying.", ("Tom Kay", "ACCUSES", "Ann Lee")),
        ("Tom Kay sued the Port Union on Monday.", ("Tom Kay", "SUES", "Port Union")),
        ("Tom Kay praised Ann Lee for her courage.", ("Tom Kay", "PRAISES", "Ann Lee")),
        ("Tom Kay welcomed the plan for the quay.", ("Tom Kay", "SUPPORTS", "plan for the quay")),
        ("The Port Union met Ann Lee on Monday.", ("Port Union", "CONSULTS", "Ann Lee")),
        ("Ann Lee is a member of the Port Union.", ("Ann Lee", "MEMBER_OF", "Port Union")),
        ("Ann Lee is married to Tom Kay.", ("Ann Lee", "FAMILY_OF", "Tom Kay")),
    ],
)
def test_a_plain_sentence_is_read(text: str, triple: tuple[str, str, str], reading: Read) -> None:
    assert triple in triples(reading(text))


def test_what_is_denied_is_negated(reading: Read) -> None:
    found = reading("The Port Union did not criticise Ann Lee.").relations
    assert found
    assert all(edge.negated for edge in found)


def test_a_claim_has_its_speakers_voice(reading: Read) -> None:
    found = reading("Tom Kay said that the Port Union had sued Ann Lee.")
    names = {e.id: e.name for e in found.entities}
    (edge,) = (r for r in found.relations if r.type == "SUES")
    assert edge.voice is not None
    assert names[edge.voice] == "Tom Kay"


def test_what_is_wanted_is_an_end(reading: Read) -> None:
    found = reading("Ann Lee wants to close the northern quay, which Tom Kay opposes.")
    wanted = {e.id for e in found.entities if e.name.startswith("close the northern quay")}
    assert wanted & {r.target for r in found.relations}


@pytest.mark.parametrize(
    "text",
    [
        "The Port Union and Ann Lee were in town on Monday.",
        "Ann Lee stood beside a banner of the Port Union.",
    ],
)
def test_no_conflict_is_read_into_it(text: str, reading: Read) -> None:
    found = reading(text).relations
    assert not [r for r in found if RELATIONS[r.type].family == "conflict"]


def test_what_is_less_sure_is_left_out() -> None:
    article = Article(id="a", text=QUOTED)
    some, all_of_them = (read(article, kept=kept).relations for kept in (0.5, 0.1))
    assert len(some) < len(all_of_them)
    assert all(r.confidence >= 0.5 for r in some)
    assert {r.evidence for r in some} <= {r.evidence for r in all_of_them}


def test_an_ontology_with_fewer_types_is_enough() -> None:
    whole = load_ontology()
    kept = {n: r for n, r in whole.relations.items() if n not in {"CRITICISES", "LOCATED_IN"}}
    found = read(Article(id="a", text=QUOTED), whole.model_copy(update={"relations": kept}))
    assert {r.type for r in found.relations} <= set(kept)


def test_each_window_is_judged_by_itself(parsed: Parsed) -> None:
    """What a window scores does not depend on what was scored before."""
    _, windows = windows_of(parsed(QUOTED))
    forward = [classifier().score(w).exists for w in windows]
    backward = [classifier().score(w).exists for w in reversed(windows)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(forward, backward, strict=True))
