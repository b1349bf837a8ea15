"""Files of every format version stay here for ever and keep opening."""

from pathlib import Path

import pytest

from nnstudio.document.compile import network_of, prepared_of
from nnstudio.document.problems import problems
from nnstudio.exchange.migrations import FORMAT, MIGRATIONS
from nnstudio.exchange.project_file import open_project, save
from nnstudio.training.session import Session

FILES = sorted((Path(__file__).resolve().parents[1] / "files").glob("v*/*.nns"))


def test_there_is_a_file_of_every_version_and_a_way_from_each() -> None:
    versions = {int(path.parent.name[1:]) for path in FILES}
    assert versions == set(range(1, FORMAT + 1))
    assert set(MIGRATIONS) == set(range(1, FORMAT))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_old_file_opens_whole_and_saves_again(path: Path, tmp_path: Path) -> None:
    opened = open_project(path)
    assert not opened.warnings
    assert {problem.code for problem in problems(opened.project)} <= {"objective"}
    prepared = prepared_of(opened.project)
    network = network_of(opened.project)
    answer = network.predict(next(iter(prepared.train.inputs.values())))
    save(opened.project, tmp_path / "again.nns")
    again = network_of(open_project(tmp_path / "again.nns").project)
    same = again.predict(next(iter(prepared.train.inputs.values())))
    assert answer.tobytes() == same.tobytes()


def test_a_trained_file_of_version_1_still_knows_what_it_learned() -> None:
    path = next(path for path in FILES if path.name == "iris_30_epochs.nns")
    session = Session(open_project(path).project)
    assert session.epoch == 30
    assert session.evaluate()["training"]["accuracy"] > 0.9
