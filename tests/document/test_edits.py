"""Edits: what they do, what they refuse and in which words, and that mends mend."""

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused
from tests.document.projects import chain, circle, small


def refused(function: object, *arguments: object, **named: object) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*arguments, **named)  # type: ignore[operator]
    assert caught.value.text.endswith((".", "?"))
    assert caught.value.hint
    return caught.value


def test_pieces_are_added_wired_and_named_once() -> None:
    project = small()
    assert [node.id for node in project.graph.nodes] == [
        "input_1", "dense_1", "dense_2", "dense_3", "output_1",
    ]  # fmt: skip
    assert project.graph.shapes["dense_2"] == (2,)
    assert set(project.places) == set(project.graph.by_id)
    assert edits.new_layer("dense").settings["units"] == 4


def test_a_second_wire_into_dense_is_refused_and_a_concatenate_mends_it() -> None:
    project = edits.add_node(small(), layers.Dense(3), 0, 300)
    project = edits.connect(project, "input_1", "dense_4")
    error = refused(edits.connect, project, "dense_4", "dense_2")
    assert error.fix == "insert_concatenate"
    mended = apply_fix(project, error.fix, error.arguments)
    assert mended.graph.shapes["concatenate_1"] == (7,)
    assert [w.source for w in mended.graph.incoming["dense_2"]] == ["concatenate_1"]
    assert not mended.graph.analysis[1]


def test_no_mend_is_offered_that_would_not_help() -> None:
    project = edits.add_node(small(), layers.Input((8, 8, 1)), 0, 300)
    assert refused(edits.connect, project, "input_2", "dense_2").fix == ""


def test_a_picture_into_dense_is_refused_and_a_flatten_mends_it() -> None:
    project = edits.add_node(Project(), layers.Input((8, 8, 1)), 0, 0)
    project = edits.add_node(project, layers.Dense(3), 200, 0)
    error = refused(edits.connect, project, "input_1", "dense_1")
    assert error.fix == "insert_flatten"
    mended = apply_fix(project, error.fix, error.arguments)
    assert mended.graph.shapes["dense_1"] == (3,)
    assert mended.places["dense_1"][0] - mended.places["flatten_1"][0] >= 199
    assert mended.places["flatten_1"][0] - mended.places["input_1"][0] >= 199


def test_a_refusal_further_down_the_line_is_mended_at_the_new_wire() -> None:
    project = edits.add_node(Project(), layers.Input((4, 4, 1)), 0, 0)
    project = edits.add_node(project, layers.Activation("relu"), 200, 0)
    project = edits.add_node(project, layers.Dense(3), 400, 0, wire_from="activation_1")
    error = refused(edits.connect, project, "input_1", "activation_1")
    mended = apply_fix(project, error.fix, error.arguments)
    assert mended.graph.shapes["dense_1"] == (3,)


def test_a_new_piece_that_needs_a_mend_is_added_with_it() -> None:
    project = edits.add_node(Project(), layers.Input((4, 4, 1)), 0, 0)
    error = refused(edits.add_node, project, layers.Dense(3), 200, 0, wire_from="input_1")
    assert FIXES[error.fix].text(error.arguments) == "Add it with Flatten"
    assert apply_fix(project, error.fix, error.arguments).graph.shapes["dense_1"] == (3,)
    project = small()
    error = refused(edits.add_node, project, layers.Input((5,)), 0, 200, wire_into="dense_2")
    mended = apply_fix(project, error.fix, error.arguments)
    assert mended.graph.shapes["concatenate_1"] == (9,)


def test_circles_wires_into_input_out_of_output_and_twice_are_refused() -> None:
    project = small()
    assert "circle" in refused(edits.connect, project, "dense_2", "dense_1").text
    assert "circle" in refused(edits.connect, project, "dense_2", "dense_2").text
    project = edits.add_node(project, layers.Input((2,)), 0, 200)
    project = edits.add_node(project, layers.Add(), 0, 400)
    assert "data" in refused(edits.connect, project, "dense_1", "input_2").text
    assert "end" in refused(edits.connect, project, "output_1", "add_1").text
    project = edits.connect(project, "dense_1", "add_1")
    assert "already" in refused(edits.connect, project, "dense_1", "add_1").text
    assert "no layer" in refused(edits.connect, project, "dense_1", "nobody").text
    assert "no input called" in refused(edits.connect, project, "dense_2", "add_1", "side").text


def test_shapes_that_cannot_be_added_are_refused_with_the_reason() -> None:
    project = edits.add_node(small(), layers.Add(), 600, 200, wire_from="dense_1")
    error = refused(edits.connect, project, "dense_2", "add_1")
    assert "4" in error.text
    assert "2" in error.text


def test_unwired_parts_may_be_connected_before_their_shape_is_known() -> None:
    project = edits.add_node(Project(), layers.Dense(3), 0, 0)
    project = edits.add_node(project, layers.Dense(2), 200, 0, wire_from="dense_1")
    project = edits.add_node(project, layers.Input((5,)), -200, 0, wire_into="dense_1")
    assert project.graph.shapes["dense_2"] == (2,)


def test_a_piece_dropped_on_a_wire_stands_between_with_room() -> None:
    project = small()
    wire = project.graph.wires[1]
    dropped = edits.add_node(project, layers.Dropout(0.2), 300, 0, on_wire=wire)
    path = [
        dropped.graph.incoming["dense_2"][0].source,
        dropped.graph.incoming["dropout_1"][0].source,
    ]
    assert path == ["dropout_1", "dense_1"]
    columns = sorted(dropped.places[id][0] for id in dropped.graph.by_id)
    assert min(np.diff(columns)) >= 199
    refused(edits.add_node, project, layers.Output(), 0, 0, on_wire=wire)
    refused(edits.add_node, project, layers.Flatten(), 0, 0, on_wire=Wire("a", "b"))


def test_the_order_of_wires_into_concatenate_survives_an_insertion() -> None:
    project = edits.add_node(Project(), layers.Input((2,)), 0, 0)
    project = edits.add_node(project, layers.Dense(3), 200, 0, wire_from="input_1")
    project = edits.add_node(project, layers.Concatenate(), 400, 0, wire_from="dense_1")
    project = edits.connect(project, "input_1", "concatenate_1")
    wire = project.graph.incoming["concatenate_1"][0]
    project = edits.add_node(project, layers.Activation("relu"), 0, 0, on_wire=wire)
    arriving = [w.source for w in project.graph.incoming["concatenate_1"]]
    assert arriving == ["activation_1", "input_1"]


def test_removing_takes_wires_places_weights_and_group_members_along() -> None:
    project = edits.group(circle(), ["dense_1", "dense_2"])
    removed = edits.remove(project, ["dense_2"])
    assert "dense_2" not in removed.graph
    assert "dense_2" not in removed.places
    assert not any(name.startswith("dense_2/") for name in removed.weights)
    assert removed.groups == {"group_1": ("dense_1",)}
    assert len(removed.graph.wires) == 2


def test_deleting_inside_a_chain_heals_it_and_keeps_the_other_weights() -> None:
    project = circle()
    healed = edits.remove_and_heal(project, ["dense_2"])
    assert [w.source for w in healed.graph.incoming["dense_3"]] == ["dense_1"]
    assert healed.weights["dense_1/weight"] is project.weights["dense_1/weight"]
    assert healed.weights["dense_3/weight"].shape == (4, 1)
    np.testing.assert_array_equal(
        healed.weights["dense_3/weight"][:2], project.weights["dense_3/weight"]
    )
    both = edits.remove_and_heal(project, ["dense_1", "dense_2"])
    assert [w.source for w in both.graph.incoming["dense_3"]] == ["input_1"]


def test_healing_that_does_not_fit_leaves_a_gap() -> None:
    project = chain(layers.Flatten(), layers.Dense(2), shape=(3, 3, 1))
    removed = edits.remove_and_heal(project, ["flatten_1"])
    assert not removed.graph.incoming["dense_1"]


def test_settings_are_checked_and_labels_cleaned() -> None:
    project = small()
    assert edits.set_setting(project, "dense_1", "units", 4) is project
    refused(edits.set_setting, project, "dense_1", "units", 0)
    refused(edits.set_setting, project, "dense_1", "colour", 1)
    assert edits.rename(project, "dense_1", " 은닉\x00층 ").graph["dense_1"].label == "은닉층"
    refused(edits.move, project, {"dense_1": (float("nan"), 0)})
    moved = edits.move(project, {"dense_1": (5, 6)})
    assert moved.places["dense_1"] == (5.0, 6.0)
    assert moved.graph is project.graph


def test_training_settings_reach_plan_and_optimizer() -> None:
    project = small()
    changed = edits.set_training(project, "learning_rate", 0.5)
    assert changed.training.learning_rate == 0.5
    assert edits.set_training(changed, "epochs", 7).training.epochs == 7
    assert edits.set_training(changed, "optimizer", "sgd").training.learning_rate == 0.5
    refused(edits.set_training, project, "epochs", 0)
    refused(edits.set_training, project, "speed", 1)
    refused(edits.set_training, project, "optimizer", "magic")


def test_a_typed_weight_changes_one_number_of_a_copy() -> None:
    project = circle()
    typed = edits.set_weight(project, "dense_1/weight", (0, 2), 0.5)
    assert typed.weights["dense_1/weight"][0, 2] == 0.5
    assert project.weights["dense_1/weight"][0, 2] != 0.5
    assert typed.weights["dense_2/weight"] is project.weights["dense_2/weight"]
    assert not typed.weights["dense_1/weight"].flags.writeable
    refused(edits.set_weight, project, "dense_1/weight", (9, 9), 1.0)
    refused(edits.set_weight, project, "dense_9/weight", (0, 0), 1.0)
    refused(edits.set_weight, project, "dense_1/weight", (0, 0), float("nan"))
    single = edits.reset_weights(edits.set_training(project, "precision", "float32"))
    refused(edits.set_weight, single, "dense_1/weight", (0, 0), 1e300)


def test_cut_join_and_freeze_are_flags_that_vanish_when_they_say_nothing() -> None:
    project = circle()
    cut = edits.cut(project, "dense_1/weight", (1, 3))
    assert not cut.masks["dense_1/weight.mask"][1, 3]
    assert cut.masks["dense_1/weight.mask"].sum() == 7
    assert cut.weights is project.weights
    assert not edits.join(cut, "dense_1/weight", (1, 3)).masks
    lone = edits.cut(project, "dense_2/weight", (slice(None), 0))
    assert lone.masks["dense_2/weight.mask"].tolist() == [[False, True]] * 4
    frozen = edits.freeze_entries(project, "dense_1/bias", None, True)
    assert frozen.masks["dense_1/bias.frozen"].all()
    assert not edits.freeze_entries(frozen, "dense_1/bias", None, False).masks
    refused(edits.cut, project, "dense_1/weight", (4, 0))
    wire = project.graph.incoming["dense_2"][0]
    normal = edits.add_node(project, layers.BatchNormalization(), 0, 0, on_wire=wire)
    refused(edits.freeze_entries, normal, "batch_normalization_1/running_mean", None, True)


def test_reset_forgets_everything_but_locked_numbers() -> None:
    project = edits.set_weight(circle(), "dense_1/weight", (0, 0), 7.0)
    assert not edits.reset_weights(project).weights
    locked = edits.freeze_entries(project, "dense_1/weight", (0, 0), True)
    reset = edits.complete_weights(edits.reset_weights(locked, seed=5))
    assert reset.weights["dense_1/weight"][0, 0] == 7.0
    assert reset.weights["dense_1/weight"][0, 1] != project.weights["dense_1/weight"][0, 1]
    assert reset.training.seed == 5


def test_weights_of_a_run_are_taken_over_by_name_and_shape() -> None:
    project = circle()
    new = {"dense_1/weight": np.ones((2, 4))}
    taken = edits.set_weights(project, new)
    assert taken.weights["dense_1/weight"].sum() == 8
    assert taken.weights["dense_2/weight"] is project.weights["dense_2/weight"]
    new["dense_1/weight"][0, 0] = 99
    assert taken.weights["dense_1/weight"].sum() == 8
    refused(edits.set_weights, project, {"dense_1/weight": np.ones((2, 5))})


def test_notes_title_and_groups() -> None:
    project = edits.add_note(small(), "remember", 1, 2)
    project = edits.edit_note(project, "note_1", "변경")
    project = edits.move_note(project, "note_1", 3, 4)
    assert (project.notes[0].text, project.notes[0].x) == ("변경", 3.0)
    assert not edits.remove_note(project, "note_1").notes
    assert not edits.remove(project, ["note_1"]).notes
    refused(edits.edit_note, project, "note_9", "x")
    assert edits.set_title(project, " XOR \n").title == "XOR"
    grouped = edits.group(project, ["dense_1", "dense_1", "dense_2"])
    assert grouped.groups == {"group_1": ("dense_1", "dense_2")}
    assert not edits.ungroup(grouped, "group_1").groups
    refused(edits.ungroup, project, "group_1")
    refused(edits.group, project, [])


def test_duplicates_bring_their_weights_and_inner_wires() -> None:
    project = circle()
    doubled, ids = edits.duplicate(project, ["dense_1", "dense_2"])
    assert ids == ("dense_4", "dense_5")
    assert [w.source for w in doubled.graph.incoming["dense_5"]] == ["dense_4"]
    np.testing.assert_array_equal(
        doubled.weights["dense_5/weight"], project.weights["dense_2/weight"]
    )
    assert doubled.places["dense_4"] == tuple(v + 40 for v in project.places["dense_1"])


def test_subtract_takes_two_wires_in_order() -> None:
    project = edits.add_node(small(), layers.Subtract(), 600, 200, wire_from="dense_1")
    error = project.graph.analysis[1]["subtract_1"]
    assert "needs 2 wires, but it has 1" in error.text
    project = edits.add_node(project, layers.Dense(4), 300, 300, wire_from="input_1")
    units = project.graph.shapes["dense_1"][0]
    project = edits.set_setting(project, "dense_3", "units", units + 1)
    refusal = refused(edits.connect, project, "dense_3", "subtract_1")
    assert refusal.fix == "match_units"
    project = FIXES[refusal.fix].apply(project, **refusal.arguments)
    arriving = project.graph.incoming["subtract_1"]
    assert [(w.source, w.target_port) for w in arriving] == [
        ("dense_1", "first"),
        ("dense_3", "second"),
    ]
    refusal = refused(edits.connect, project, "input_1", "subtract_1")
    assert "takes 2 wires" in refusal.text
    assert not refusal.fix
    first = edits.disconnect(project, arriving[0])
    assert [w.target_port for w in first.graph.incoming["subtract_1"]] == ["second"]
