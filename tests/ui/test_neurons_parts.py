"""What the neuron view computes without a window: anatomy, places, lines, names, scales."""

from itertools import pairwise

import numpy as np
import pytest

from nnstudio.document.picture import names
from nnstudio.document.picture.dissection import anatomy_of
from nnstudio.document.picture.layout import lay_out
from nnstudio.document.picture.strands import (
    ALL_DRAWN,
    LEVELS,
    TOP_DRAWN,
    Strands,
    density,
    drawn,
    levels,
    strands_of,
)
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused
from nnstudio.ui.neurons import changes
from nnstudio.ui.neurons.values import Values
from nnstudio.ui.selection import Entry


def chain(*given: Layer) -> Project:
    """Return a project whose layers are wired one after the other."""
    nodes = [Node(f"n{place}", layer) for place, layer in enumerate(given)]
    return Project(graph=Graph(tuple(nodes), tuple(Wire(a.id, b.id) for a, b in pairwise(nodes))))


def branches() -> Project:
    """Return an input read by two Dense layers that are joined, and one sum."""
    nodes = (
        Node("in", layers.Input((2,))),
        Node("a", layers.Dense(3)),
        Node("b", layers.Dense(2)),
        Node("joined", layers.Concatenate()),
        Node("c", layers.Dense(3)),
        Node("sum", layers.Add()),
        Node("out", layers.Output(columns=("y",))),
    )
    wires = (
        Wire("in", "a"),
        Wire("in", "b"),
        Wire("b", "joined", "inputs"),
        Wire("a", "joined", "inputs"),
        Wire("joined", "c"),
        Wire("c", "sum", "inputs"),
        Wire("a", "sum", "inputs"),
        Wire("sum", "out"),
    )
    return Project(graph=Graph(nodes, wires))


def test_activation_dropout_and_output_are_part_of_their_neurons() -> None:
    found = anatomy_of(
        chain(
            layers.Input((2,)),
            layers.Dense(3),
            layers.Activation("tanh"),
            layers.Dropout(0.5),
            layers.Dense(2, activation="softmax"),
            layers.Output(columns=("kind",), classes=("cat", "dog")),
        )
    )
    assert list(found.groups) == ["n0", "n1", "n4"]
    hidden, last = found.groups["n1"], found.groups["n4"]
    assert (hidden.signal, hidden.function, hidden.dropped) == ("n3", "tanh", True)
    assert last.names == ("cat", "dog")
    assert found.home["n5"] == "n4"
    assert found.columns == (("n0",), ("n1",), ("n4",))


def test_layers_that_send_neurons_on_as_themselves_are_part_of_them() -> None:
    found = anatomy_of(
        chain(
            layers.Input((2,)),
            layers.Dense(6),
            layers.LayerNormalization(),
            layers.GaussianNoise(),
            layers.Reshape((3, 2)),
            layers.Permute(),
            layers.Flatten(),
            layers.Dense(1),
        )
    )
    assert list(found.groups) == ["n0", "n1", "n5", "n7"]
    assert found.groups["n1"].merged == ("n1", "n2", "n3", "n4")
    assert found.groups["n1"].signal == "n3"
    (tie,) = found.ties
    assert tie.target == "n5"
    assert tie.run.units.tolist() == [0, 2, 4, 1, 3, 5]


def test_an_activation_with_other_readers_before_it_stands_alone() -> None:
    nodes = (
        Node("in", layers.Input((2,))),
        Node("a", layers.Dense(2)),
        Node("t", layers.Activation("tanh")),
        Node("b", layers.Dense(1)),
        Node("c", layers.Dense(1)),
    )
    wires = (Wire("in", "a"), Wire("a", "t"), Wire("a", "b"), Wire("t", "c"))
    found = anatomy_of(Project(graph=Graph(nodes, wires)))
    assert found.groups["a"].signal == "a"
    assert found.groups["t"].kind == "other"
    assert [tie.target for tie in found.ties] == ["t"]


def test_rows_of_a_joined_input_know_their_neurons() -> None:
    found = anatomy_of(branches())
    link = found.into("c")
    assert link is not None
    assert [link.source(row) for row in range(5)] == [
        ("b", 0), ("b", 1), ("a", 0), ("a", 1), ("a", 2)
    ]  # fmt: skip
    assert link.rows_from("a", 1) == [3]
    assert {tie.run.group for tie in found.ties} == {"a", "c"}
    assert found.groups["sum"].outputs == ("out",)
    strands = strands_of(link, lay_out(found))
    assert len(strands) == 15


def test_names_follow_columns_classes_and_school() -> None:
    three = anatomy_of(
        chain(
            layers.Input((2,), columns=("x1", "키")),
            layers.Dense(2),
            layers.Dense(1),
            layers.Dense(3, activation="softmax"),
            layers.Output(columns=("kind",), classes=("a", "b", "c")),
        )
    )
    assert three.groups["n0"].names == ("x₁", "키")
    assert three.groups["n2"].names == ("h₁⁽²⁾",)
    assert three.groups["n3"].names == ("a", "b", "c")
    assert names.weight_name(0, 1, 1) == "w₁₂⁽¹⁾"
    assert names.weight_name(11, 1, 2) == "w₁₂﹐₂⁽²⁾"
    assert names.bias_name(None, 1) == "b⁽¹⁾"


@pytest.mark.parametrize(
    ("shape", "columns", "grid"),
    [
        ((28, 28), (), (28, 28)),
        ((4, 6, 1), (), (4, 6)),
        ((4, 6, 3), (), None),
        ((25,), tuple(f"p{i}" for i in range(25)), (5, 5)),
        ((25,), tuple(f"pixel_{i // 5}_{i % 5}" for i in range(25)), (5, 5)),
        ((25,), tuple(chr(97 + i) for i in range(25)), None),
        ((4,), tuple(f"p{i}" for i in range(4)), None),
    ],
)
def test_which_inputs_are_pictures(
    shape: tuple[int, ...], columns: tuple[str, ...], grid: tuple[int, int] | None
) -> None:
    called = columns or ("",) * int(np.prod(shape))
    assert names.picture_grid(shape, called) == grid


def test_large_layers_show_a_sample_that_can_be_turned() -> None:
    found = anatomy_of(chain(layers.Input((64,)), layers.Dense(1000), layers.Dense(10)))
    place = lay_out(found).places["n1"]
    assert place.hidden == 1000 - len(place.shown)
    turned = lay_out(found, {"n1": 1}).places["n1"]
    assert turned.shown[0] == len(place.shown)
    last = lay_out(found, {"n1": 1000 // len(place.shown)}).places["n1"]
    assert last.shown[-1] == 999


def test_columns_do_not_touch_whatever_the_window() -> None:
    found = anatomy_of(branches())
    for aspect in (0.5, 1.5, 4.0):
        layout = lay_out(found, aspect=aspect)
        boxes = [layout.places[id].box for id in found.groups]
        for place, a in enumerate(boxes):
            for b in boxes[place + 1 :]:
                assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def test_connections_that_skip_a_layer_pass_beside_it() -> None:
    nodes = (
        Node("in", layers.Input((3,))),
        Node("a", layers.Dense(6)),
        Node("joined", layers.Concatenate()),
        Node("b", layers.Dense(2)),
    )
    wires = (
        Wire("in", "a"),
        Wire("a", "joined", "inputs"),
        Wire("in", "joined", "inputs"),
        Wire("joined", "b"),
    )
    found = anatomy_of(Project(graph=Graph(nodes, wires)))
    layout = lay_out(found)
    link = found.into("b")
    assert link is not None
    strands = strands_of(link, layout)
    skipping = np.flatnonzero(strands.rows >= 6)
    for x, y in layout.places["a"].centres:
        assert strands.near(x, y, skipping)[1] > layout.places["a"].radius


def test_the_nearest_line_and_the_crossed_ones() -> None:
    strands = Strands(
        np.array([0, 0, 1]),
        np.array([0, 1, 1]),
        np.array([[0, 0, 10, 0], [0, 0, 10, 10], [0, 10, 10, 10]], float),
    )
    assert strands.near(5, 1) == (0, 1.0)
    assert strands.near(5, 1, np.array([1, 2]))[0] == 1
    assert strands.near(0, 0, np.array([], int)) == (-1, float("inf"))
    assert strands.crossed((5, -1), (5, 6)).tolist() == [0, 1]
    assert strands.crossed((20, -1), (20, 16)).tolist() == []


def test_which_lines_are_drawn(rng: np.random.Generator) -> None:
    few = rng.normal(size=ALL_DRAWN)
    order = drawn(few, np.zeros(ALL_DRAWN, int))
    assert sorted(order.tolist()) == list(range(ALL_DRAWN))
    assert np.abs(few[order[-1]]) == np.abs(few).max()
    columns = np.tile(np.arange(40), 50)
    many = rng.normal(size=2000) * np.where(columns == 3, 0.001, 1.0)
    kept = drawn(many, columns)
    assert len(kept) <= TOP_DRAWN
    assert set(columns[kept].tolist()) == set(range(40))  # a weak neuron keeps some, too
    assert not len(drawn(rng.normal(size=6000), np.zeros(6000, int)))


def test_widths_tell_sign_and_size() -> None:
    found = levels(np.array([0.0, 1.0, -1.0, 0.01, -0.0001, 9.0]), 1.0)
    assert found.tolist() == [0, LEVELS, -LEVELS, 1, -1, 2 * LEVELS]


def test_density_adds_up_what_passes() -> None:
    strands = Strands(
        np.zeros(2, int), np.zeros(2, int), np.array([[0, 1, 8, 1], [0, 3, 8, 3]], float)
    )
    amount = density(strands, np.array([2.0, -3.0]), (0, 0, 8, 4), (8, 4))
    assert amount[1, :, 1].tolist() == [2.0] * 8
    assert amount[3, :, 0].tolist() == [3.0] * 8
    assert amount.sum() == 8 * 5


def test_the_scale_is_held_while_training() -> None:
    found = anatomy_of(chain(layers.Input((2,)), layers.Dense(1)))
    values = Values()
    values.weights = {"n1/weight": np.array([[1.0], [2.0]])}
    values.rescale(found)
    assert values.limit == 2.0
    values.held = True
    values.weights = {"n1/weight": np.array([[1.0], [8.0]])}
    values.rescale(found)
    assert values.limit == 2.0
    values.held = False
    values.rescale(found)
    assert values.limit == 8.0


def test_signal_mode_shows_weight_times_signal() -> None:
    found = anatomy_of(chain(layers.Input((2,)), layers.Dense(1)))
    values = Values()
    values.mode = "signals"
    values.weights = {"n1/weight": np.array([[3.0], [2.0]])}
    values.masks = {"n1/weight.mask": np.array([[True], [False]])}
    values.signals = {"n0": np.array([0.5, 4.0])}
    assert values.strengths(found, found.links[0]).tolist() == [[1.5], [0.0]]


def test_refusals_of_single_connections() -> None:
    found = anatomy_of(branches())
    assert changes.entry_between(found, ("a", 2), ("c", 1)) == Entry("c/weight", (4, 1))
    for source, target in ((("in", 0), ("c", 0)), (("a", 0), ("a", 1)), (("c", 0), ("sum", 0))):
        with pytest.raises(Refused) as caught:
            changes.entry_between(found, source, target)
        assert caught.value.hint


def test_switching_off_reaches_every_reader() -> None:
    project, found = branches(), anatomy_of(branches())
    off = changes.switch(project, found, ("b", 1))
    assert off.masks["c/weight.mask"].all(axis=1).tolist() == [True, False, True, True, True]
    assert changes.is_off(off, found, ("b", 1))
    assert not changes.switch(off, found, ("b", 1)).masks


def test_incomplete_networks_are_drawn_as_far_as_they_go() -> None:
    nodes = (Node("in", layers.Input((2,))), Node("a", layers.Dense(3)), Node("b", layers.Dense(1)))
    found = anatomy_of(Project(graph=Graph(nodes, (Wire("in", "a"),))))
    assert list(found.groups) == ["in", "a"]
    assert anatomy_of(Project()).columns == ()
    assert lay_out(anatomy_of(Project())).places == {}
