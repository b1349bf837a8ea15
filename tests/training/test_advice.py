"""Every rule of advice, judged from facts made for it; and repairs that fit the project."""

import numpy as np
import pytest

from nnstudio.i18n import set_language
from nnstudio.training.advice import Advice, advise, trend_of
from nnstudio.training.facts import Facts, gather, hidden_nodes
from nnstudio.training.outcome import Repair
from nnstudio.training.repair import apply_repair
from nnstudio.training.session import Session
from nnstudio.training.snapshot import Statistics, Wants
from tests.helpers.projects import circle, trainable

FALLING = np.linspace(1.0, 0.5, 40)
FLAT = np.full(40, 0.6)
PROJECT = trainable("circle", (4, 2), activation="relu")


def facts(losses=FALLING, **more) -> Facts:
    given = {
        "epochs": np.arange(len(losses), dtype=float),
        "losses": np.asarray(losses, float),
        "graph": PROJECT.graph,
        "hidden": hidden_nodes(PROJECT.graph),
        "settings": PROJECT.training.values(),
        **more,
    }
    return Facts(**given)


def units(**given) -> Statistics:
    return Statistics(**{"mean": 0.0, "deviation": 1.0, "smallest": 0, "largest": 1, **given})


@pytest.mark.parametrize(
    ("losses", "trend"),
    [
        ([], "waiting"),
        ([0.5], "waiting"),
        (FALLING, "falling"),
        (FALLING[::-1], "rising"),
        (FLAT, "flat"),
        (np.r_[1.1, np.full(30, 0.030), np.full(10, 0.039)], "flat"),
        (0.6 + 0.3 * (-1.0) ** np.arange(40), "oscillating"),
        ([0.5, 0.6, 0.9, 2.0, 9.0], "exploding"),
        ([0.5, 0.4, np.nan], "exploding"),
        (1.0 / np.arange(1, 200), "falling"),
    ],
)
def test_the_trend_of_a_loss(losses, trend):
    assert trend_of(np.asarray(losses, float)) == trend


def test_a_falling_loss_needs_no_repair():
    advice = advise(facts())
    assert advice.text == "The loss is falling."
    assert advice.repair is None
    assert "→" in advice.evidence


@pytest.mark.parametrize(
    ("losses", "rate"),
    [([0.5, 0.6, 0.9, 2.0, 9.0], 0.001), (0.6 + 0.3 * (-1.0) ** np.arange(40), 0.0033)],
)
def test_a_wild_loss_is_offered_a_smaller_rate(losses, rate):
    advice = advise(facts(losses))
    assert advice.repair.training == (("learning_rate", rate),)
    assert apply_repair(PROJECT, advice.repair).training.learning_rate == rate


def test_dead_neurons_are_named():
    advice = advise(facts(statistics={"dense_1": units(dead=(1,))}))
    assert advice.text == (
        "The loss is falling. Neuron 2 of Dense 1 is always 0, so it cannot learn."
    )
    mended = apply_repair(PROJECT, advice.repair)
    assert mended.graph["dense_1"].layer.settings["activation"] == "leaky_relu"
    several = advise(facts(statistics={"dense_1": units(dead=(1, 3))}))
    assert several.text.startswith("The loss is falling. 2 neurons")
    assert "2, 4" in several.evidence


def test_saturation_slows_a_flat_run():
    project = trainable("circle", (4,), activation="sigmoid")
    given = {
        "graph": project.graph,
        "hidden": hidden_nodes(project.graph),
        "statistics": {"dense_1": units(saturated=0.8)},
    }
    assert advise(facts(FLAT, **given)).finding == "saturated"
    assert advise(facts(FALLING, **given)).finding == ""


def test_overfitting_is_a_gap_of_a_tenth():
    metrics = {"metrics": {"accuracy": 0.95}, "validation": {"accuracy": 0.84}}
    advice = advise(facts(**metrics))
    assert advice.finding == "overfit"
    assert advice.repair.training == (("l2", 0.001),)
    assert "95.0 %" in advice.evidence
    near = {"metrics": {"accuracy": 0.95}, "validation": {"accuracy": 0.86}}
    assert advise(facts(**near)).finding == ""
    numbers = {"metrics": {"r2": 0.9}, "validation": {"r2": 0.7}}
    assert advise(facts(**numbers)).finding == "overfit"


def test_underfitting_offers_more_neurons():
    advice = advise(facts(FLAT, metrics={"accuracy": 0.6}))
    assert advice.finding == "underfit"
    mended = apply_repair(PROJECT, advice.repair)
    assert mended.graph["dense_1"].layer.settings["units"] == 8
    bare = trainable("circle")
    advice = advise(
        facts(FLAT, metrics={"accuracy": 0.6}, graph=bare.graph, hidden=hidden_nodes(bare.graph))
    )
    assert advice.finding == "underfit"
    assert advice.repair is None


def test_unscaled_inputs_are_offered_scaling():
    advice = advise(facts(FLAT, input_scale=400.0))
    assert advice.finding == "unscaled"
    mended = apply_repair(PROJECT, advice.repair)
    scalings = {c.scaling for c in mended.data.columns if c.role == "feature"}
    assert scalings == {"standard"}
    assert advise(facts(FALLING, input_scale=400.0)).finding == ""


@pytest.mark.parametrize(
    ("metrics", "validation", "reached"),
    [
        ({"accuracy": 1.0}, {"accuracy": 1.0}, True),
        ({"accuracy": 1.0}, {}, True),
        ({"accuracy": 1.0}, {"accuracy": 0.95}, False),
        ({"r2": 0.995}, {}, True),
        ({"r2": 0.9}, {}, False),
    ],
)
def test_a_reached_goal_is_said(metrics, validation, reached):
    found = advise(facts(metrics=metrics, validation=validation)).finding
    assert (found == "reached") is reached


def test_noise_at_the_goal_needs_no_repair():
    advice = advise(facts(FALLING[::-1] * 1e-6, metrics={"accuracy": 1.0}))
    assert advice.text == "Every example is right."
    assert advice.repair is None


def test_a_repair_of_several_settings():
    repair = Repair("both", (("learning_rate", 0.002), ("clip_norm", 1.0)))
    mended = apply_repair(circle(), repair)
    assert mended.training.learning_rate == 0.002
    assert mended.training.clip_norm == 1.0


def test_facts_come_from_a_real_run():
    project = circle()
    session = Session(project)
    session.train(30)
    snapshot = session.snapshot(Wants(frozenset({"statistics"})))
    advice = advise(gather(project, session.log, snapshot, 5.0))
    assert isinstance(advice, Advice)
    assert advice.trend == "falling"


def test_advice_speaks_korean():
    set_language("ko")
    text = advise(facts(statistics={"dense_1": units(dead=(1,))})).text
    assert any("가" <= letter <= "힣" for letter in text)
