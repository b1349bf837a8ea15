"""Problems: each code where it belongs, each offered mend mends it, nothing is ever raised."""

import numpy as np
import pytest

from nnstudio.data.dataset import datasets
from nnstudio.document import edits
from nnstudio.document.compile import network_of
from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.problems import Problem, can_train, problems
from nnstudio.document.project import Project
from nnstudio.document.unknown import unknown_layer
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.errors import Refused
from tests.document.projects import chain, circle, small


def codes(project: Project) -> dict[str, Problem]:
    found = problems(project)
    assert all(problem.text.endswith(".") for problem in found)
    assert all(problem.fix in FIXES or not problem.fix for problem in found)
    for problem in found:
        if problem.fix:
            assert "{" not in FIXES[problem.fix].text(problem.arguments)
    return {problem.code: problem for problem in found}


def mended(project: Project, code: str) -> Project:
    """Return the project after the mend offered for `code`, which must be gone then."""
    problem = codes(project)[code]
    assert problem.fix
    result = apply_fix(project, problem.fix, problem.arguments)
    assert code not in codes(result)
    return result


def test_a_finished_project_has_no_problem() -> None:
    assert problems(circle()) == ()
    assert can_train(circle())


def test_an_empty_canvas_offers_a_first_network() -> None:
    assert mended(Project(), "empty").graph.sinks == ("output_1",)
    bound = Project(data=datasets["iris"].default_spec())
    assert can_train(mended(bound, "empty"))


def test_missing_ends_are_added_and_bound() -> None:
    project = edits.remove(circle(), ["output_1"])
    assert not can_train(project)
    assert can_train(mended(project, "no_output"))
    project = edits.remove(circle(), ["input_1"])
    assert {"no_input", "unconnected"} <= set(codes(project))
    assert can_train(mended(project, "no_input"))


def test_loose_pieces_are_warnings_gaps_are_errors() -> None:
    loose = edits.add_node(circle(), layers.Dense(3), 0, 300)
    assert codes(loose)["unconnected"].severity == "warning"
    assert can_train(loose)
    mended(loose, "unconnected")
    dead = edits.connect(loose, "input_1", "dense_4")
    assert codes(dead)["dead_end"].severity == "warning"
    mended(dead, "dead_end")
    gap = edits.disconnect(circle(), Wire("dense_1", "dense_2"))
    assert codes(gap)["unconnected"].severity == "error"
    assert can_train(mended(gap, "unconnected"))


def test_wrong_shapes_are_told_once_with_a_mend() -> None:
    project = small()
    picture = project.but(graph=project.graph.with_layer("input_1", layers.Input((4, 4, 1))))
    found = codes(picture)
    assert found["shape"].node == "dense_1"
    mended(picture, "shape")
    nodes = (Node("input_1", layers.Input((2,))), Node("dense_1", layers.Dense(2)),
             Node("dense_2", layers.Dense(2)), Node("output_1", layers.Output()))  # fmt: skip
    wires = (Wire("input_1", "dense_1"), Wire("dense_1", "dense_2"), Wire("input_1", "dense_2"),
             Wire("dense_2", "output_1"))  # fmt: skip
    two = Project(graph=Graph(nodes, wires))
    assert mended(two, "shape").graph.shapes["concatenate_1"] == (4,)


def test_a_circle_from_a_damaged_file_is_opened_by_its_mend() -> None:
    nodes = (Node("dense_1", layers.Dense(2)), Node("dense_2", layers.Dense(2)))
    project = Project(graph=Graph(nodes, (Wire("dense_1", "dense_2"), Wire("dense_2", "dense_1"))))
    mended(project, "circle")


def test_data_must_be_there_and_fit() -> None:
    assert not can_train(small())
    assert "no_data" in codes(small())
    project = circle()
    wide = project.but(graph=project.graph.with_layer("input_1", layers.Input((3,), ("x1", "x2"))))
    assert can_train(mended(wide, "input_shape"))
    lost = project.but(graph=project.graph.with_layer("input_1", layers.Input((2,), ("a", "b"))))
    assert can_train(mended(lost, "lost_columns"))
    two = edits.set_setting(project, "dense_3", "units", 2)
    assert can_train(mended(two, "output_width"))
    data = project.data
    assert data is not None
    untargeted = project.but(data=data.with_target([]))
    assert "no_target" in codes(untargeted)


@pytest.mark.parametrize("id", ["iris", "diabetes", "digits8x8"])
def test_the_width_of_the_end_is_mended_for_every_kind_of_target(id: str) -> None:
    project = edits.bind_data(Project(), datasets[id].default_spec())
    last = project.graph.incoming["output_1"][0].source
    wrong = edits.set_setting(project, last, "units", 7)
    assert can_train(mended(wrong, "output_width"))
    passing = edits.remove(project, [last])
    passing = edits.connect(passing, "dense_1", "output_1")
    assert can_train(mended(passing, "output_width"))


def test_activations_and_losses_that_do_not_go_together() -> None:
    project = circle()
    inside = edits.set_setting(project, "dense_1", "activation", "softmax")
    mended(inside, "softmax_inside")
    step = edits.set_setting(project, "dense_2", "activation", "step")
    mended(step, "step_activation")
    linear = edits.set_setting(project, "dense_1", "activation", "identity")
    mended(linear, "linear_stack")
    loss = edits.set_setting(project, "output_1", "loss", "categorical_crossentropy")
    mended(loss, "loss_activation")
    iris = edits.bind_data(Project(), datasets["iris"].default_spec())
    plain = edits.set_setting(iris, "dense_2", "activation", "identity")
    mended(plain, "activation_target")
    numbers = edits.bind_data(Project(), datasets["diabetes"].default_spec())
    shares = edits.set_setting(numbers, "dense_2", "activation", "softmax")
    assert codes(shares)


def test_old_rules_train_one_layer_only() -> None:
    project = edits.set_training(circle(), "objective", "perceptron")
    assert not can_train(project)
    assert can_train(mended(project, "objective"))
    single = chain(layers.Dense(1, "step"))
    assert mended(single, "step_activation").training.objective == "perceptron"


def test_settings_that_will_not_work() -> None:
    project = circle()
    mended(edits.set_training(project, "learning_rate", 50.0), "learning_rate")
    wire = project.graph.incoming["dense_2"][0]
    normal = edits.add_node(project, layers.BatchNormalization(), 0, 0, on_wire=wire)
    mended(edits.set_training(normal, "batch_size", 1), "lonely_batch")
    zeros = edits.set_setting(edits.reset_weights(project), "dense_1", "initializer", "zeros")
    mended(zeros, "same_start")
    locked = project
    for name in project.weights:
        locked = edits.freeze_entries(locked, name, None, True)
    assert "all_frozen" in codes(locked)
    broken = edits.set_weights(project, {"dense_1/bias": np.full(4, np.nan)})
    mended(broken, "not_finite")


def test_nothing_to_learn_and_too_much() -> None:
    idle = chain(layers.Activation("relu"))
    assert mended(idle, "nothing_to_learn").graph.weights
    huge = chain(layers.Dense(100_000), layers.Dense(100_000), layers.Dense(1))
    assert codes(huge)["too_large"].node in ("dense_1", "dense_2")
    for making in (network_of, edits.complete_weights):
        with pytest.raises(Refused, match="million"):
            making(huge)


def test_an_unknown_layer_is_named() -> None:
    project = chain(layers.Dense(1))
    strange = edits.replace_layer(
        project, "dense_1", unknown_layer("capsule", {"n": 3}, ("input",))
    )
    assert "capsule" in codes(strange)["shape"].text
    assert strange.graph["dense_1"].layer.has_output
    with pytest.raises(Refused):
        apply_fix(strange, "no such mend")
