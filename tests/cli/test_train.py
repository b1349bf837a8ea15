"""`nnstudio train`: further epochs, seeds, settings, reports, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnstudio.exchange.project_file import open_project
from tests.cli.conftest import Run


@pytest.fixture
def iris(run: Run, tmp_path: Path) -> Path:
    assert run("new", "iris", "-o", "iris.nns").code == 0
    return tmp_path / "iris.nns"


def same(a: Path, b: Path) -> bool:
    return a.read_bytes() == b.read_bytes()


def test_ten_and_ten_epochs_are_twenty_bit_for_bit(run: Run, iris: Path, tmp_path: Path) -> None:
    assert run("train", iris, "--epochs", 20, "-o", "twenty.nns").code == 0
    assert run("train", iris, "--epochs", 10, "-o", "ten.nns").code == 0
    assert run("train", "ten.nns", "--epochs", 10, "-o", "again.nns").code == 0
    assert same(tmp_path / "twenty.nns", tmp_path / "again.nns")


def test_the_same_seed_gives_the_same_bytes_and_another_doesnt(
    run: Run, iris: Path, tmp_path: Path
) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert run("train", iris, "--epochs", 2, "--seed", seed, "-o", f"{name}.nns").code == 0
    assert same(tmp_path / "a.nns", tmp_path / "b.nns")
    assert not same(tmp_path / "a.nns", tmp_path / "c.nns")
    assert open_project(tmp_path / "c.nns").project.training.seed == 6


def test_a_seed_starts_anew(run: Run, iris: Path, tmp_path: Path) -> None:
    run("train", iris, "--epochs", 3, "-o", "a.nns")
    run("train", "a.nns", "--epochs", 2, "--seed", 1, "-o", "b.nns")
    assert open_project(tmp_path / "b.nns").project.run.epoch == 2


def test_the_project_stays_as_it_was_unless_in_place(run: Run, iris: Path) -> None:
    before = iris.read_bytes()
    run("train", iris, "--epochs", 2, "-o", "other.nns")
    assert iris.read_bytes() == before
    done = run("train", iris, "--epochs", 2)
    assert done.code == 1
    assert "--in-place" in done.sentence
    assert iris.read_bytes() == before
    assert run("train", iris, "--epochs", 2, "--in-place").code == 0
    assert open_project(iris).project.run.epoch == 2


def test_json_is_one_object_with_the_measures_of_each_part(run: Run, iris: Path) -> None:
    done = run("train", iris, "--epochs", 100, "-o", "out.nns", "--json")
    facts = json.loads(done.out)
    assert done.err == ""
    assert facts["epochs"] == 100
    assert facts["iterations"] == 600
    assert facts["ended"] == "finished"
    assert facts["loss"] == facts["training"]["loss"]
    assert facts["test"]["accuracy"] >= 0.9
    assert set(facts["validation"]) >= {"loss", "accuracy"}
    assert facts["seconds"] > 0


def test_words_for_people(run: Run, iris: Path) -> None:
    done = run("train", iris, "--epochs", 2, "-o", "out.nns")
    assert "2 epochs, 12 iterations" in done.out
    assert "test: loss" in done.out
    assert done.err == "", "no progress bar where there is no terminal"


def test_epochs_default_to_the_plan(run: Run, iris: Path, tmp_path: Path) -> None:
    assert run("train", iris, "--set", "training.epochs=4", "-o", "out.nns").code == 0
    assert open_project(tmp_path / "out.nns").project.run.epoch == 4


def test_settings_of_training_and_layers(run: Run, iris: Path, tmp_path: Path) -> None:
    done = run(
        "train", iris, "--epochs", 1, "-o", "out.nns",
        "--set", "training.optimizer=momentum",
        "--set", "training.learning_rate=1/20",
        "--set", "training.shuffle=off",
        "--set", "dense_1.units=6",
        "--set", "dense_1.activation=tanh",
    )  # fmt: skip
    assert done.code == 0, done.err
    project = open_project(tmp_path / "out.nns").project
    assert project.training.optimizer.id == "momentum"
    assert project.training.learning_rate == 0.05
    assert project.training.shuffle is False
    assert project.weights["dense_1/weight"].shape == (4, 6)
    assert project.graph["dense_1"].layer.settings["activation"] == "tanh"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("foo", "is not KEY=VALUE"),
        ("foo=1", "is not KEY=VALUE"),
        ("training.foo=1", "no training setting foo"),
        ("training.learning_rate=abc", "training.learning_rate: “abc” is not a number"),
        ("training.learning_rate=-1", "Learning rate can't be"),
        ("training.optimizer=foo", "Optimizer can't be foo"),
        ("training.epochs=1.5", "Epochs can't be 1.5"),
        ("training.shuffle=maybe", "Shuffle can't be maybe"),
        ("dense_9.units=3", "no layer dense_9"),
        ("dense_1.units=0", "Neurons can't be 0"),
        ("dense_1.colour=red", "no setting colour"),
        ("dense_1.activation=foo", "can't be foo"),
        ("dense_2.units=2", ""),
        ("=", "is not KEY=VALUE"),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_nothing_is_written(
    change: str, words: str, run: Run, iris: Path, tmp_path: Path
) -> None:
    done = run("train", iris, "--set", change, "-o", "out.nns")
    assert done.code == 1
    assert words in done.sentence
    assert not (tmp_path / "out.nns").exists()


@pytest.mark.parametrize("arguments", [["--epochs", "0"], ["--epochs", "x"], ["--seed", "1.5"],
                                       ["--in-place", "-o", "x.nns"], ["--foo"]])  # fmt: skip
def test_wrong_usage_ends_with_two(arguments: list[str], run: Run, iris: Path) -> None:
    done = run("train", iris, *arguments)
    assert done.code == 2
    assert done.err.startswith("usage: nnstudio train")
    assert "nnstudio train --help" in done.err


@pytest.mark.parametrize("place", ["out.txt", "no/out.nns", "folder.nns"])
def test_a_place_for_the_result_is_checked_before_the_work(
    place: str, run: Run, iris: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.nns").mkdir()
    done = run("train", iris, "--epochs", 100_000, "-o", place)
    assert done.code == 1
    assert done.sentence


def test_a_run_that_explodes_keeps_the_last_good_step(run: Run, tmp_path: Path) -> None:
    run("new", "diabetes", "-o", "net.nns")
    done = run(
        "train", "net.nns", "-o", "out.nns", "--epochs", 200, "--json",
        "--set", "training.optimizer=sgd", "--set", "training.learning_rate=900",
    )  # fmt: skip
    assert done.code == 1
    assert done.sentence
    facts = json.loads(done.out)
    assert facts["ended"] == "diverged"
    weights = open_project(tmp_path / "out.nns").project.weights
    assert all(np.isfinite(array).all() for array in weights.values())


def test_a_network_that_cannot_learn_says_why(run: Run) -> None:
    run("new", "blank", "-o", "blank.nns")
    done = run("train", "blank.nns", "-o", "out.nns")
    assert done.code == 1
    assert done.sentence


def test_korean_speaks_korean(run: Run, iris: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNSTUDIO_LANGUAGE", "ko")
    assert "테스트: loss" in run("train", iris, "--epochs", 1, "-o", "out.nns").out
    done = run("train", iris, "--epochs", "x")
    assert done.code == 2
    assert done.err.startswith("사용법: nnstudio train")
    assert "정수를 쓰십시오" in done.err
