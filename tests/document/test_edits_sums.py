"""A wire that brings another shape to a sum is refused with a mend that helps."""

import pytest

from nnstudio.document import edits
from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused


def sum_of(first: Layer, second: Layer) -> Project:
    """An Add that `first` leads to, and `second` beside it; both read one Input."""
    project = edits.add_node(Project(), layers.Input((3,)), 0, 0)
    for number, layer in enumerate((first, second)):
        id = edits.next_id(project, layer.id)
        project = edits.add_node(project, layer, 200, 100.0 * number, id, wire_from="input_1")
    return edits.add_node(project, layers.Add(), 400, 0, wire_from=f"{first.id}_1")


@pytest.mark.parametrize(
    ("second", "source", "text", "shape"),
    [
        (layers.Dense(7), "dense_2", "Use 4 neurons", (4,)),
        (layers.Activation("relu"), "activation_1", "Use Concatenate instead", (7,)),
    ],
)
def test_the_mend_of_unequal_shapes_draws_the_wire(
    second: Layer, source: str, text: str, shape: tuple[int, ...]
) -> None:
    project = sum_of(layers.Dense(4), second)
    with pytest.raises(Refused) as refused:
        edits.connect(project, source, "add_1")
    error = refused.value
    assert FIXES[error.fix].text(error.arguments) == text
    mended = apply_fix(project, error.fix, error.arguments)
    assert (source, "add_1") in {(w.source, w.target) for w in mended.graph.wires}
    assert mended.graph.shapes["add_1"] == shape
