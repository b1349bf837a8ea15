"""Binding data: one edit that fits Input and Output, whatever the target, hidden layers kept."""

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.data.dataset import datasets
from nnstudio.data.propose import propose
from nnstudio.data.spec import DataSpec, FeatureStep, Source
from nnstudio.data.table import Table, category_column, number_column
from nnstudio.document import edits
from nnstudio.document.compile import (
    bindings,
    live_graph,
    losses_of,
    metric_names,
    network_of,
    prepared_of,
)
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.errors import Refused, StudioError
from tests.document.projects import chain, circle, small


def table(**columns: list[object]) -> Table:
    """Return a table; columns of texts are categories."""
    fields = [
        category_column(name, values)  # type: ignore[arg-type]
        if any(isinstance(value, str) for value in values)
        else number_column(name, values)  # type: ignore[arg-type]
        for name, values in columns.items()
    ]
    return Table(tuple(fields), "mine")


PUPILS = table(
    height=[150, 160, 170, 180, 155, 165, 175, 185],
    club=["art", "music", "sport", "art", "music", "sport", "art", "music"],
    sex=["f", "m", "f", "m", "f", "m", "f", "m"],
    weight=[40, 50, 60, 70, 45, 55, 65, 75],
)


def bound(project: Project, target: str, data: Table = PUPILS) -> Project:
    return edits.bind_data(
        project, propose(data, Source("embedded", "mine"), target), {"mine": data}
    )


@pytest.mark.parametrize(
    ("target", "units", "activation", "loss", "metric"),
    [
        ("sex", 1, "sigmoid", "binary_crossentropy", "accuracy"),
        ("club", 3, "softmax", "categorical_crossentropy", "accuracy"),
        ("weight", 1, "identity", "mean_squared_error", "mean_absolute_error"),
    ],
)
@pytest.mark.parametrize("start", ["empty", "small"])
def test_every_kind_of_target_gets_what_it_needs(
    start: str, target: str, units: int, activation: str, loss: str, metric: str
) -> None:
    project = bound(Project() if start == "empty" else small(), target)
    assert problems(project) == ()
    assert bound(project.but(template="iris"), target).template == ""
    last = project.graph.incoming["output_1"][0].source
    settings = project.graph[last].layer.settings
    assert (settings["units"], settings["activation"]) == (units, activation)
    assert losses_of(project) == {"output_1": loss}
    assert metric in metric_names(project)
    hidden = project.graph["dense_1"].layer
    assert hidden == (layers.Dense(8, "relu") if start == "empty" else layers.Dense(4, "tanh"))
    prepared = prepared_of(project)
    answer = network_of(project).predict(prepared.train.inputs["input_1"])
    assert answer.shape == prepared.train.targets["output_1"].shape


def test_it_is_one_step_and_nothing_happens_when_it_is_refused() -> None:
    store = Store(small())
    spec = propose(PUPILS, Source("embedded", "mine"), "sex")
    before = store.project
    with pytest.raises(Refused, match="not in the project"):
        store.apply("Use data", edits.bind_data, spec, {})
    assert store.project is before
    store.apply("Use data", edits.bind_data, spec, {"mine": PUPILS})
    store.undo()
    assert store.project is before


def test_a_target_of_one_class_is_refused_in_words() -> None:
    data = table(x=[1, 2, 3, 4], y=["same"] * 4)
    with pytest.raises(Refused) as caught:
        bound(Project(), "y", data)
    assert caught.value.hint


def test_weights_follow_the_columns_of_one_hot_categories() -> None:
    project = edits.complete_weights(bound(Project(), "weight"))
    old = dict(zip(project.fitted.feature_names(), project.weights["dense_1/weight"], strict=True))  # type: ignore[union-attr]
    assert project.data is not None
    order = project.data.columns
    spec = replace(project.data, columns=(order[2], order[1], order[0], order[3]))
    moved = edits.set_data_spec(project, spec)
    names = moved.fitted.feature_names()  # type: ignore[union-attr]
    assert names != tuple(old)
    for name, row in zip(names, moved.weights["dense_1/weight"], strict=True):
        np.testing.assert_array_equal(row, old[name])


def test_another_target_starts_the_last_layer_anew_and_keeps_the_others() -> None:
    project = edits.complete_weights(bound(Project(), "sex"))
    assert project.data is not None
    other = edits.set_data_spec(project, project.data.with_target(["club"]))
    assert "dense_2/weight" not in other.weights
    assert "dense_1/weight" in other.weights


def test_another_dataset_starts_anew_but_keeps_the_cuts() -> None:
    project = edits.cut(circle(), "dense_2/weight", (0, 0))
    spiral = edits.bind_data(project, datasets["spiral"].default_spec())
    assert not spiral.weights
    assert not spiral.masks["dense_2/weight.mask"][0, 0]
    noisy = edits.bind_data(project, datasets["circle"].default_spec(noise=0.2))
    assert noisy.weights["dense_1/weight"] is project.weights["dense_1/weight"]


def test_the_users_own_loss_and_activation_stay_while_the_target_stays() -> None:
    project = edits.set_setting(circle(), "output_1", "loss", "half_squared_error")
    project = edits.set_setting(project, "dense_3", "activation", "tanh")
    again = edits.bind_data(project, datasets["circle"].default_spec(noise=0.1))
    assert again.graph == project.graph


def test_two_inputs_keep_their_columns_and_the_first_takes_new_ones() -> None:
    project = edits.add_node(Project(), layers.Input((1,), ("height",)), 0, 0)
    project = edits.add_node(project, layers.Input((1,), ("club",)), 0, 120)
    project = edits.add_node(project, layers.Concatenate(), 200, 0, wire_from="input_1")
    project = edits.connect(project, "input_2", "concatenate_1")
    project = edits.add_node(project, layers.Dense(1), 400, 0, wire_from="concatenate_1")
    project = edits.add_node(project, layers.Output(), 600, 0, wire_from="dense_1")
    project = bound(project, "weight")
    inputs, outputs = bindings(project.graph)
    assert inputs == {"input_1": ("height", "sex"), "input_2": ("club",)}
    assert outputs == {"output_1": ("weight",)}
    assert problems(project) == ()
    assert prepared_of(project).train.inputs["input_2"].shape[1] == 3


def test_pictures_get_a_flatten_with_room() -> None:
    project = edits.bind_data(small(), datasets["digits8x8"].default_spec())
    assert problems(project) == ()
    assert project.graph.incoming["dense_1"][0].source == "flatten_1"
    assert len(set(project.places.values())) == len(project.graph.nodes)


def test_derived_columns_are_inputs_too() -> None:
    spec: DataSpec = datasets["plane_xor"].default_spec()
    spec = replace(spec, features=(FeatureStep("x1x2", "product", ("x1", "x2")),))
    project = edits.bind_data(chain(layers.Dense(1)), spec)
    assert project.graph.shapes["input_1"] == (3,)
    assert problems(project) == ()


def test_loose_pieces_are_left_out_of_what_runs() -> None:
    project = edits.add_node(circle(), layers.Dense(9), 0, 500)
    project = edits.add_node(project, layers.Dense(9), 0, 700, wire_from="dense_1")
    assert live_graph(circle().graph) == live_graph(project.graph)
    assert network_of(project).parameter_count == network_of(circle()).parameter_count


def test_what_can_not_run_says_why() -> None:
    with pytest.raises(StudioError, match="no data"):
        prepared_of(small())
    with pytest.raises(StudioError):
        network_of(edits.remove(circle(), ["input_1"]))
    unbound = edits.unbind_data(circle())
    assert unbound.data is None
    assert unbound.weights
