"""The training plan: rows for the inspector, checked values, optimisers that share settings."""

import pytest

from nnstudio.document.training import SETTINGS, TrainingPlan
from nnstudio.engine.optimizers import OPTIMIZERS, Momentum
from nnstudio.errors import StudioError


def test_fields_and_rows_agree() -> None:
    plan = TrainingPlan()
    assert list(plan.settings) == [row.name for row in SETTINGS]
    assert plan.settings == {row.name: row.default for row in SETTINGS}
    assert list(plan.values()) == [row.name for row in plan.parameters()]


@pytest.mark.parametrize("kind", [kind.id for kind in OPTIMIZERS])
def test_every_optimizer_can_be_chosen_and_keeps_a_changed_rate(kind: str) -> None:
    plan = TrainingPlan().with_setting("optimizer", "sgd").with_setting("learning_rate", 0.125)
    other = plan.with_setting("optimizer", kind)
    assert other.optimizer.id == kind
    assert other.learning_rate == 0.125
    assert hash(other) == hash(other.with_setting("epochs", other.epochs))


def test_an_untouched_rate_becomes_the_new_kinds_own() -> None:
    plan = TrainingPlan(optimizer=OPTIMIZERS["adam"]())
    assert plan.with_setting("optimizer", "sgd").learning_rate == OPTIMIZERS["sgd"]().learning_rate


def test_settings_are_routed_and_checked() -> None:
    plan = TrainingPlan(optimizer=Momentum(0.1))
    assert plan.with_setting("momentum", 0.5).optimizer.settings["momentum"] == 0.5
    for name, value in [("momentum", 2.0), ("epochs", 1.5), ("schedule", "x"), ("beta_1", 0.9)]:
        with pytest.raises(StudioError):
            plan.with_setting(name, value)
    with pytest.raises(StudioError):
        TrainingPlan(batch_size=-1)
