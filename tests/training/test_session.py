"""A run without threads: the same numbers again, resumed exactly, changed while it goes on."""

from dataclasses import replace

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.project import Project, RunState
from nnstudio.engine import GraphBuilder, layers
from nnstudio.errors import StudioError
from nnstudio.exchange.project_file import open_project, save
from nnstudio.exchange.templates import load_template
from nnstudio.training.outcome import Diverged, Finished
from nnstudio.training.session import Session
from nnstudio.training.snapshot import PARTS, Wants
from tests.helpers.projects import circle, trainable


def trained(project: Project, epochs: int) -> Project:
    session = Session(project)
    session.train(epochs)
    return session.result(project)


def same_weights(first: Project, second: Project) -> bool:
    return all(np.array_equal(first.weights[n], second.weights[n]) for n in first.weights)


def test_the_same_seed_gives_the_same_numbers():
    first, second = trained(circle(), 12), trained(circle(), 12)
    assert same_weights(first, second)
    assert first.run.curves == second.run.curves
    assert not same_weights(first, trained(circle(seed=4), 12))


def test_the_length_of_chunks_changes_nothing():
    whole, pieces = Session(circle()), Session(circle())
    whole.train(20)
    pieces.prolong(20)
    while pieces.outcome is None:
        pieces.chunk(0.0)
    assert same_weights(whole.result(circle()), pieces.result(circle()))
    assert whole.log.curves() == pieces.log.curves()


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_ten_and_ten_epochs_are_twenty(optimizer, tmp_path):
    project = circle(optimizer=optimizer)
    halfway = trained(project, 10)
    save(halfway, tmp_path / "half.nns")
    resumed = trained(open_project(tmp_path / "half.nns").project, 10)
    whole = trained(project, 20)
    assert same_weights(resumed, whole)
    assert (resumed.run.epoch, resumed.run.iteration) == (20, 500)
    assert resumed.run.curves == whole.run.curves


def test_a_run_goes_on_in_the_middle_of_an_epoch():
    session = Session(circle())
    for _ in range(7):
        session.step("batch")
    middle = session.result(circle())
    assert (middle.run.epoch, middle.run.iteration) == (0, 7)
    assert same_weights(trained(middle, 2), trained(circle(), 2))


def test_dropout_goes_on_exactly():
    project = trainable("circle", (4,))
    wire = next(w for w in project.graph.wires if w.source == "dense_1")
    project = edits.add_node(project, layers.Dropout(0.3), 0, 0, on_wire=wire)
    assert same_weights(trained(trained(project, 3), 3), trained(project, 6))


def test_steps_of_a_sample_a_batch_and_an_epoch():
    session = Session(circle())
    session.step("sample")
    assert (session.epoch, session.iteration) == (0, 1)
    session.step("batch")
    assert (session.epoch, session.iteration) == (0, 2)
    session.step("epoch")
    assert session.epoch == 1
    assert session.log.length == 1


def test_metrics_suit_the_target():
    scores = Session(circle()).evaluate()
    assert set(scores["training"]) == {"loss", "accuracy"}
    assert set(scores["test"]) == {"loss", "accuracy"}
    scores = Session(trainable("sine", (8,))).evaluate()
    expected = {"loss", "mean_absolute_error", "root_mean_squared_error", "r2"}
    assert set(scores["training"]) == expected


def test_metrics_and_curves_agree():
    session = Session(circle())
    session.train(5)
    row = session.log.last_row()
    scores = session.evaluate()
    assert row["accuracy"] == scores["training"]["accuracy"]
    assert row["validation_loss"] == scores["validation"]["loss"]


def test_the_goal_is_the_plan_and_then_as_much_again():
    session = Session(circle(epochs=4))
    assert isinstance(session.train(), Finished)
    assert session.epoch == 4
    session.train()
    assert session.epoch == 8
    session.train(3)
    assert session.epoch == 11


def test_precision_is_double_for_small_networks():
    assert Session(circle()).network.dtype == np.float64
    large = trainable("circle", (120, 100))
    assert Session(large).network.dtype == np.float32
    forced = edits.set_training(large, "precision", "float64")
    assert Session(forced).network.dtype == np.float64


def test_regularisation_schedule_and_clipping_reach_the_trainer():
    plain = trained(circle(), 5)
    for name, value in (("l1", 0.01), ("l2", 0.05), ("clip_norm", 0.1), ("schedule", "cosine")):
        assert not same_weights(plain, trained(circle(**{name: value, "schedule_steps": 5}), 5))
    assert np.abs(trained(circle(l2=0.5), 20).weights["dense_1/weight"]).sum() < (
        np.abs(trained(circle(), 20).weights["dense_1/weight"]).sum()
    )


def test_early_stopping_brings_the_best_weights_back():
    project = trainable(
        "circle", (16, 16), training={"epochs": 400, "patience": 5, "learning_rate": 0.05}, noise=50
    )
    session = Session(project)
    outcome = session.train()
    assert isinstance(outcome, Finished)
    assert session.epoch < 400
    best = session.log.column("validation_loss").min()
    assert session.evaluate()["validation"]["loss"] == pytest.approx(best)
    kept = Session(edits.set_training(project, "restore_best", False))
    kept.train()
    assert kept.evaluate()["validation"]["loss"] > best


def test_a_huge_learning_rate_is_rescued():
    session = Session(circle(learning_rate=0.01, optimizer="sgd"))
    session.train(3)
    session.set("learning_rate", 1000.0)
    good = session.network.weights
    session.prolong(500)
    while session.outcome is None:
        session.chunk()
    if isinstance(session.outcome, Diverged):
        assert all(np.isfinite(w).all() for w in session.network.weights.values())
        assert session.outcome.repairs
    assert all(np.isfinite(w).all() for w in good.values())


def test_settings_change_while_it_runs():
    session = Session(circle(optimizer="sgd", learning_rate=0.01))
    session.train(2)
    trainer = session.trainer
    session.set("learning_rate", 0.5)
    session.set("l2", 0.1)
    session.set("batch_size", 25)
    assert session.trainer is trainer
    assert trainer.learning_rate == 0.5
    session.set("optimizer", "adam")
    assert session.trainer is not trainer
    assert session.epoch == 2
    session.train(1)
    assert session.epoch == 3
    assert session.trainer.batches_per_epoch == 10


def test_more_neurons_keep_what_was_learned():
    project = circle()
    session = Session(project)
    session.train(30)
    before, scores = session.network.weights, session.evaluate()["training"]["loss"]
    session.restructure(edits.set_setting(project, "dense_1", "units", 6))
    after = session.network.weights
    assert np.array_equal(after["dense_1/weight"][:, :4], before["dense_1/weight"])
    assert np.array_equal(after["dense_2/weight"][:4], before["dense_2/weight"])
    assert session.epoch == 30
    assert session.evaluate()["training"]["loss"] < scores + 0.2
    session.train(5)
    assert session.epoch == 35


def test_a_typed_weight_joins_the_live_ones():
    project = circle()
    session = Session(project)
    session.train(5)
    live = session.network.weights
    typed = edits.set_weight(project, "dense_1/weight", (0, 1), 0.75)
    session.restructure(typed)
    now = session.network.weights["dense_1/weight"]
    assert now[0, 1] == 0.75
    now[0, 1] = live["dense_1/weight"][0, 1]
    assert np.array_equal(now, live["dense_1/weight"])
    assert session.iteration == 125


def test_cut_weights_come_back_as_they_were():
    project = trained(circle(), 3)
    before = project.weights["dense_1/weight"][1, 2]
    cut = edits.cut(project, "dense_1/weight", (1, 2))
    later = trained(cut, 3)
    assert later.weights["dense_1/weight"][1, 2] == before
    joined = edits.join(later, "dense_1/weight", (1, 2))
    assert Session(joined).network.weights["dense_1/weight"][1, 2] == before
    assert Session(later).network.weights["dense_1/weight"][1, 2] == 0.0


def test_reset_starts_from_the_first_weights():
    project = circle()
    session = Session(project)
    start = session.network.weights
    session.train(3)
    done = session.result(project)
    session.adopt(done)
    session.restructure(edits.reset_weights(done))
    assert session.epoch == 0
    assert session.log.length == 0
    assert all(np.array_equal(session.network.weights[n], start[n]) for n in start)


def test_reset_during_an_unknown_run_counts_too():
    project = circle()
    session = Session(project)
    session.train(3)
    session.restructure(edits.reset_weights(project))
    assert session.epoch == 0
    assert not session.changed


def test_a_broken_network_leaves_the_session_as_it_was():
    project = circle()
    session = Session(project)
    session.train(4)
    live = session.network.weights
    wire = next(w for w in project.graph.wires if w.target == "dense_2")
    broken = edits.disconnect(project, wire)
    with pytest.raises(StudioError):
        session.restructure(broken)
    mended = edits.connect(broken, wire.source, wire.target)
    session.restructure(mended)
    assert session.epoch == 4
    assert all(np.array_equal(session.network.weights[n], live[n]) for n in live)


def test_without_data_it_can_be_looked_at():
    build = GraphBuilder()
    x = build.add(layers.Input((3,)))
    build.add(layers.Output(), build.add(layers.Dense(2, activation="tanh"), x))
    session = Session(Project(graph=build.build()))
    with pytest.raises(StudioError, match="no data"):
        session.train()
    snapshot = session.snapshot(Wants(frozenset(PARTS), {"x2": 1.5}))
    assert snapshot.signals["input_1"].tolist() == [0.0, 1.5, 0.0]
    assert snapshot.weights["dense_1/weight"].shape == (3, 2)
    assert snapshot.maps is None


def test_a_step_function_is_refused_with_a_way_out():
    session = Session(trainable("and", last={"activation": "step"}))
    with pytest.raises(StudioError, match="perceptron"):
        session.train()


def test_run_state_of_another_optimizer_is_left_out():
    project = trained(circle(optimizer="adam"), 3)
    other = edits.set_training(project, "optimizer", "momentum")
    session = Session(other)
    assert session.epoch == 3
    session.train(1)
    assert isinstance(session.harvest().run, RunState)
    assert any(name.endswith(".v") for name in session.harvest().run.slots)


def test_errors_are_in_the_unit_of_the_target():
    session = Session(load_template("diabetes"))
    session.train(20)
    assert session.prepared is not None
    assert session.reading is not None
    rows = session.prepared.test
    (output,) = rows.targets
    columns = session.reading.outputs[output]
    found = session.network.predict(next(iter(rows.inputs.values())))
    predicted = session.reading.fitted.decode_target(columns, found)
    right = session.reading.fitted.decode_target(columns, rows.targets[output])
    measured = session.evaluate()["test"]["mean_absolute_error"]
    assert measured == pytest.approx(np.abs(predicted - right).mean())
    assert 20 < measured < 80


@pytest.mark.parametrize("broken", [{"order": []}, {"chance": ["x"]}, {"rate": []}, {"epoch": "x"}])
def test_a_broken_position_is_told_and_a_reset_mends_it(broken):
    session = Session(circle())
    session.train(1)
    project = session.result(session.project)
    run = replace(project.run, generator={**project.run.generator, **broken})
    session = Session(project.but(run=run))
    with pytest.raises(StudioError, match="Where the last run stood"):
        session.train(1)
    session.restructure(edits.reset_weights(session.project))
    session.train(1)
