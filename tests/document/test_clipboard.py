"""Copy and paste, within a project and as a text through another program."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.document import edits
from nnstudio.document.clipboard import MARK, copy, from_text, to_text
from nnstudio.document.project import Project
from nnstudio.errors import Refused
from tests.document.projects import circle

NOTHING = {"mark": MARK, "nodes": [], "wires": [], "places": {}, "notes": []}


def test_a_fragment_survives_as_text_with_weights_and_masks() -> None:
    project = edits.add_note(edits.cut(circle(), "dense_1/weight", (0, 0)), "쪽지", 5, 6)
    project = edits.rename(project, "dense_1", "은닉층")
    fragment = from_text(to_text(copy(project, ["dense_1", "dense_2", "note_1", "ghost"])))
    pasted, ids = edits.paste(Project(), fragment, 0, 0)
    assert ids == ("dense_1", "dense_2", "note_1")
    assert pasted.graph["dense_1"].label == "은닉층"
    assert pasted.places["dense_2"] == project.places["dense_2"]
    np.testing.assert_array_equal(
        pasted.weights["dense_2/weight"], project.weights["dense_2/weight"]
    )
    assert not pasted.masks["dense_1/weight.mask"][0, 0]
    assert pasted.notes[0].text == "쪽지"


def test_pasting_into_another_project_gives_new_ids() -> None:
    project = circle()
    pasted, ids = edits.paste(project, copy(project, ["dense_1"]))
    assert ids == ("dense_4",)
    assert pasted.graph["dense_4"].layer == project.graph["dense_1"].layer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{}",
        MARK,
        json.dumps({"mark": MARK}),
        json.dumps({**NOTHING, "nodes": [["1", "dense", {}, ""]]}),
        json.dumps({**NOTHING, "wires": [["a", "output", "b", "input"]]}),
        json.dumps({**NOTHING, "places": {"a": [10**400, 0]}}),
        '{"mark": "nnstudio fragment 1", "nodes": ' + "[" * 100_000,
    ],
)
def test_other_texts_are_refused_in_words(text: str) -> None:
    with pytest.raises(Refused, match="nothing to paste"):
        from_text(text)


def test_an_empty_fragment_is_refused() -> None:
    with pytest.raises(Refused):
        edits.paste(circle(), copy(circle(), []))


@given(st.data())
def test_a_damaged_text_is_refused_or_read(data: st.DataObject) -> None:
    text = to_text(copy(circle(), ["dense_1", "dense_2"]))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from('"{}[],:0123abc-.eN'))
    try:
        fragment = from_text(text[:place] + letter + text[place + 1 :])
    except Refused:
        return
    edits.paste(circle(), fragment)
