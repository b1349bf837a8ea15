"""A run that is slow at first does few epochs in its first second and thousands in ten."""

from nnstudio.document.edits import set_training
from nnstudio.exchange.templates import load_template
from nnstudio.training.pace import Easing
from nnstudio.training.runner import Runner


def test_the_first_second_can_be_watched_and_ten_seconds_are_enough() -> None:
    pace = Easing()
    assert pace.epochs(0.0) == 1
    assert 30 <= pace.epochs(1.0) <= 60
    assert pace.epochs(10.0) > 5000


def test_a_run_slow_at_first_ends_on_the_same_numbers() -> None:
    project = set_training(load_template("start"), "epochs", 12)
    ends = []
    for pace in (None, Easing(epochs_per_second=2000.0)):
        runner = Runner()
        runner.set_pace(pace)
        runner.load(project)
        runner.play()
        assert runner.wait(5.0)
        while runner.state == "running":
            runner.wait(0.1)
        ends.append(runner.result(project))
        runner.close()
    first, second = ends
    assert first.run.epoch == second.run.epoch == 12
    assert all((first.weights[name] == second.weights[name]).all() for name in first.weights)
