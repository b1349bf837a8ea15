"""Exact resume: 10 + 10 epochs through a file are the 20 epochs of one go, bit for bit."""

from pathlib import Path

import pytest

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.exchange.project_file import entries_of, open_project, save
from nnstudio.exchange.templates import load_template
from nnstudio.training.session import Session


def trained(project: Project, *epochs: int) -> Project:
    """Return the project after training, one session for each count of epochs."""
    for count in epochs:
        session = Session(project)
        session.train(epochs=count)
        project = session.result(project)
    return project


@pytest.mark.parametrize("optimizer", ["adam", "momentum", "sgd", "rmsprop"])
def test_a_run_goes_on_through_a_file_as_if_nothing_had_been(
    tmp_path: Path, optimizer: str
) -> None:
    project = edits.set_training(load_template("iris"), "optimizer", optimizer)
    wire = project.graph.incoming["dense_2"][0]
    project = edits.add_node(project, edits.new_layer("dropout"), 0, 0, on_wire=wire)
    project = edits.cut(project, "dense_1/weight", (0, 0))
    whole = trained(project, 20)
    half = trained(project, 10)
    save(half, tmp_path / "a.nns")
    resumed = trained(open_project(tmp_path / "a.nns").project, 10)
    assert resumed.run.epoch == whole.run.epoch == 20
    for name, array in whole.weights.items():
        assert array.tobytes() == resumed.weights[name].tobytes(), name
    weights = [entry for entry in entries_of(whole) if entry[0].startswith("history/slots")]
    assert weights == [e for e in entries_of(resumed) if e[0].startswith("history/slots")]


def test_a_stop_in_the_middle_of_an_epoch_is_resumed_there(tmp_path: Path) -> None:
    project = load_template("iris")
    first = Session(project)
    for _ in range(15):
        first.step("batch")
    save(first.result(project), tmp_path / "a.nns")
    opened = open_project(tmp_path / "a.nns").project
    second, whole = Session(opened), Session(project)
    for _ in range(15):
        second.step("batch")
    for _ in range(30):
        whole.step("batch")
    assert second.iteration == whole.iteration == 30
    for name, array in whole.network.weights.items():
        assert array.tobytes() == second.network.weights[name].tobytes()
