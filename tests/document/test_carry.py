"""What was learned stays: overlapping blocks, rows that follow names, neurons and branches."""

import numpy as np

from nnstudio.data.dataset import datasets
from nnstudio.document import edits
from nnstudio.document.project import Project, RunState
from nnstudio.engine import layers
from tests.document.projects import circle


def test_more_neurons_keep_the_old_ones_and_start_near_zero() -> None:
    project = circle()
    wider = edits.set_setting(project, "dense_1", "units", 6)
    old, new = project.weights["dense_1/weight"], wider.weights["dense_1/weight"]
    np.testing.assert_array_equal(new[:, :4], old)
    assert 0 < np.abs(new[:, 4:]).max() < 0.15
    np.testing.assert_array_equal(
        wider.weights["dense_2/weight"][:4], project.weights["dense_2/weight"]
    )
    assert wider.weights["dense_3/weight"] is project.weights["dense_3/weight"]
    assert wider.weights["dense_1/bias"].tolist()[4:] == [0, 0]


def test_fewer_neurons_keep_the_first() -> None:
    project = circle()
    slim = edits.set_setting(project, "dense_1", "units", 2)
    np.testing.assert_array_equal(
        slim.weights["dense_1/weight"], project.weights["dense_1/weight"][:, :2]
    )


def test_masks_follow_and_new_connections_are_whole() -> None:
    project = edits.cut(circle(), "dense_2/weight", (1, 1))
    project = edits.freeze_entries(project, "dense_2/weight", (0, 0), True)
    wider = edits.set_setting(project, "dense_1", "units", 5)
    mask, frozen = wider.masks["dense_2/weight.mask"], wider.masks["dense_2/weight.frozen"]
    assert mask.shape == frozen.shape == (5, 2)
    assert not mask[1, 1]
    assert mask.sum() == 9
    assert frozen[0, 0]
    assert frozen.sum() == 1


def test_a_shared_bias_becomes_one_per_neuron_with_its_value() -> None:
    project = edits.set_setting(circle(), "dense_1", "bias", "layer")
    project = edits.set_weight(project, "dense_1/bias", 0, 0.25)
    project = edits.set_setting(project, "dense_1", "bias", "neuron")
    assert project.weights["dense_1/bias"].tolist() == [0.25] * 4


def test_rows_follow_the_names_of_columns() -> None:
    spec = datasets["iris"].default_spec()
    project = edits.complete_weights(edits.bind_data(Project(), spec))
    names = spec.feature_columns()
    fewer = edits.set_data_spec(project, spec.with_column(names[0], role="ignore"))
    old = project.weights["dense_1/weight"]
    np.testing.assert_array_equal(fewer.weights["dense_1/weight"], old[1:])
    again = edits.set_data_spec(fewer, spec)
    np.testing.assert_array_equal(again.weights["dense_1/weight"][1:], old[1:])
    assert np.abs(again.weights["dense_1/weight"][0]).max() < 0.15


def test_rows_follow_their_branch_of_a_concatenate() -> None:
    project = edits.add_node(Project(), layers.Input((2,)), 0, 0)
    project = edits.add_node(project, layers.Dense(3), 200, 0, wire_from="input_1")
    project = edits.add_node(project, layers.Concatenate(), 400, 0, wire_from="dense_1")
    project = edits.connect(project, "input_1", "concatenate_1")
    project = edits.add_node(project, layers.Dense(1), 600, 0, wire_from="concatenate_1")
    project = edits.complete_weights(project)
    old = project.weights["dense_2/weight"]
    wider = edits.set_setting(project, "dense_1", "units", 4)
    new = wider.weights["dense_2/weight"]
    np.testing.assert_array_equal(new[[0, 1, 2, 4, 5]], old)


def test_a_passing_layer_in_between_changes_nothing() -> None:
    project = circle()
    wire = project.graph.incoming["dense_2"][0]
    dropped = edits.add_node(project, layers.Dropout(0.5), 0, 0, on_wire=wire)
    assert dropped.weights["dense_2/weight"] is project.weights["dense_2/weight"]


def test_an_unwired_layer_keeps_its_numbers_until_it_is_wired_again() -> None:
    project = circle()
    wire = project.graph.incoming["dense_2"][0]
    loose = edits.disconnect(project, wire)
    assert loose.weights["dense_2/weight"] is project.weights["dense_2/weight"]
    again = edits.connect(loose, "dense_1", "dense_2")
    assert again.weights["dense_2/weight"] is project.weights["dense_2/weight"]


def test_optimiser_slots_are_dropped_only_when_a_shape_changes() -> None:
    slots = {"dense_1/weight.v": np.zeros((2, 4))}
    project = circle().but(run=RunState(3, 30, slots, {"epoch": 3}, {"loss": (1.0, 0.5)}))
    assert edits.set_setting(project, "dense_1", "activation", "relu").run is project.run
    wider = edits.set_setting(project, "dense_1", "units", 5)
    assert not wider.run.slots
    assert wider.run.curves == {"loss": (1.0, 0.5)}
    assert wider.run.epoch == 3
