"""Store and history: steps, halves, merging, limits, and what listeners hear."""

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.diff import Changes, diff
from nnstudio.document.history import MAXIMUM_STEPS, Entry, History
from nnstudio.document.project import Project, RunState
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.errors import Refused
from tests.document.projects import circle, small


def test_a_refused_edit_changes_nothing() -> None:
    store = Store(small())
    heard: list[Changes] = []
    store.subscribe(lambda changes, old, new: heard.append(changes))
    before = (store.project, store.revision, store.can_undo)
    with pytest.raises(Refused):
        store.apply("Connect", edits.connect, "dense_2", "dense_1")
    assert (store.project, store.revision, store.can_undo) == before
    assert not heard


def test_listeners_hear_what_changed_until_they_leave() -> None:
    store = Store(small())
    heard: list[tuple[Changes, Project, Project]] = []
    leave = store.subscribe(lambda *told: heard.append(told))
    store.apply("Add", edits.add_node, layers.Dense(3), 0, 500)
    changes, old, new = heard[-1]
    assert changes.nodes_added == ("dense_4",)
    assert changes.structure
    assert new is store.project
    assert "dense_4" not in old.graph
    store.apply("Move", edits.move, {"dense_4": (1, 1)})
    assert heard[-1][0].moved == ("dense_4",)
    assert not heard[-1][0].structure
    leave()
    leave()
    store.undo()
    assert len(heard) == 2


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    store = Store(small())
    store.apply("Units", edits.set_setting, "dense_1", "units", 4)
    assert not store.can_undo
    assert not store.modified


def test_undo_and_redo_walk_through_the_same_values() -> None:
    store = Store(circle())
    values = [store.project]
    for units in (5, 3, 8):
        values.append(store.apply("Units", edits.set_setting, "dense_1", "units", units))
    assert store.undo_label == "Units"
    for value in reversed(values[:-1]):
        store.undo()
        assert store.project is value
    assert not store.can_undo
    store.undo()
    for value in values[1:]:
        store.redo()
        assert store.project is value
    store.redo()
    assert store.redo_label == ""


def test_a_deleted_layer_comes_back_with_its_weights() -> None:
    store = Store(circle())
    weights = store.project.weights["dense_2/weight"]
    store.apply("Delete", edits.remove_and_heal, ["dense_2"])
    store.undo()
    assert store.project.weights["dense_2/weight"] is weights


def test_nudges_merge_until_the_drag_ends() -> None:
    store = Store(small())
    start = store.project
    for x in range(5):
        store.apply("Move", edits.move, {"dense_1": (x, 0)}, merge="move dense_1")
    store.seal()
    store.apply("Move", edits.move, {"dense_1": (9, 9)}, merge="move dense_1")
    store.undo()
    assert store.project.places["dense_1"] == (4.0, 0.0)
    store.undo()
    assert store.project is start


def test_undoing_a_design_step_keeps_numbers_that_were_absorbed_since() -> None:
    store = Store(circle())
    store.apply("Units", edits.set_setting, "dense_1", "units", 6)
    shapes = {name: array.shape for name, array in store.project.weights.items()}
    live = {name: np.full(shape, 2.0) for name, shape in shapes.items()}
    store.absorb(edits.set_weights, live, RunState(4, 40))
    store.undo()
    assert store.project.weights["dense_1/weight"].tolist() == [[2.0] * 4] * 2
    assert store.project.weights["dense_3/weight"][0, 0] == 2.0
    assert store.project.run.epoch == 4
    assert store.project.graph["dense_1"].layer.settings["units"] == 4


def test_numbers_first_learned_after_a_step_are_fitted_when_it_is_undone() -> None:
    store = Store(edits.reset_weights(circle()))
    store.apply("Units", edits.set_setting, "dense_1", "units", 6)
    store.absorb(edits.set_weights, {"dense_1/weight": np.full((2, 6), 2.0)})
    store.undo()
    assert store.project.weights["dense_1/weight"].tolist() == [[2.0] * 4] * 2
    store.redo()
    assert store.project.weights["dense_1/weight"].shape == (2, 6)


def test_undoing_a_removed_neuron_brings_its_own_numbers_back() -> None:
    store = Store(circle())
    old = store.project.weights["dense_1/weight"]
    store.apply("Units", edits.set_setting, "dense_1", "units", 3)
    live = {"dense_1/weight": np.full((2, 3), 2.0)}
    store.absorb(edits.set_weights, live)
    store.undo()
    back = store.project.weights["dense_1/weight"]
    np.testing.assert_array_equal(back[:, 3], old[:, 3])
    assert (back[:, :3] == 2.0).all()


def test_a_training_run_is_one_step_of_the_other_half() -> None:
    store = Store(circle())
    before = store.project.weights
    trained = {name: array + 1 for name, array in before.items()}
    store.apply("Trained 10 epochs", edits.set_weights, trained, RunState(10, 100), half="weights")
    store.apply("Move", edits.move, {"dense_1": (7, 7)})
    store.undo()
    store.undo()
    assert store.project.weights is before
    assert store.project.run.epoch == 0
    store.redo()
    assert store.project.run.epoch == 10


def test_saved_mark_and_replacing() -> None:
    store = Store(small())
    store.apply("Title", edits.set_title, "one")
    assert store.modified
    store.mark_saved("a.nns")
    assert not store.modified
    store.undo()
    assert store.modified
    store.redo()
    assert not store.modified
    heard: list[Changes] = []
    store.subscribe(lambda changes, old, new: heard.append(changes))
    store.replace(circle(), "b.nns")
    assert heard[0].all
    assert not store.can_undo
    assert not store.modified
    assert store.path is not None
    assert store.path.name == "b.nns"
    store.replace(circle(), saved=False)
    assert store.modified
    assert store.path is None


def test_history_is_bounded_in_steps_and_bytes() -> None:
    store = Store(small())
    for x in range(MAXIMUM_STEPS + 20):
        store.apply("Move", edits.move, {"dense_1": (x, 0)})
    count = 0
    while store.can_undo:
        store.undo()
        count += 1
    assert count == MAXIMUM_STEPS
    history = History(steps=50, size=10_000)
    project = Project()
    for number in range(30):
        array = np.full(100, float(number))
        following = project.but(weights={"a/weight": array})
        history.push(Entry("Train", project, following, "weights"))
        project = following
    assert 10 <= len(history.done) <= 13
    moved = project.but(places={"a": (0.0, 0.0)})
    for _ in range(20):
        history.push(Entry("Move", project, moved))
    assert len(history.done) > 25


def test_one_huge_step_can_still_be_undone() -> None:
    history = History(size=10)
    project = Project()
    history.push(Entry("Train", project, project.but(weights={"a/weight": np.zeros(100)})))
    assert len(history.done) == 1


def test_diff_names_everything_that_differs() -> None:
    project = edits.add_note(circle(), "a", 0, 0)
    assert not diff(project, project)
    changed = edits.edit_note(project, "note_1", "b")
    assert diff(project, changed).notes_changed == ("note_1",)
    changed = edits.rename(project, "dense_1", "x")
    assert diff(project, changed).nodes_changed == ("dense_1",)
    changed = edits.remove(project, ["dense_1", "note_1"])
    found = diff(project, changed)
    assert found.nodes_removed == ("dense_1",)
    assert len(found.wires_removed) == 2
    assert found.notes_removed == ("note_1",)
    assert found.weights == {"dense_1/weight", "dense_1/bias"}
    changed = edits.cut(project, "dense_1/weight", (0, 0))
    assert diff(project, changed).masks == {"dense_1/weight.mask"}
    changed = edits.set_weight(project, "dense_1/weight", (0, 0), 0.5)
    assert diff(project, changed).weights == {"dense_1/weight"}
    assert diff(project, edits.set_training(project, "epochs", 3)).training
    assert diff(project, edits.set_title(project, "t")).title
    assert diff(project, edits.unbind_data(project)).data
    assert diff(project, edits.group(project, ["dense_1"])).groups
