"""Rules that turn the facts of a run into one or two sentences and a repair."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nnstudio.document.names import layer_name
from nnstudio.i18n import translate
from nnstudio.training.facts import RECTIFYING, SATURATING, Facts, activation_of
from nnstudio.training.outcome import Repair

WINDOW = 20
SCALED = 20.0
"""Inputs beyond this size are called unscaled: a weight of 1 already saturates sigmoid and tanh."""
GAP = 0.10
SATURATED = 0.6
STILL = 0.005
"""A loss that moves by less than this share over the window is called flat."""
NOISE = 0.01
"""So is one that rises by less than this share of the first loss: a learned network trembles."""


@dataclass(frozen=True)
class Advice:
    """What is going on. `trend` and `finding` name the rules that spoke (ids), `evidence` the
    numbers behind them; `repair` is offered as a button when it isn't None."""

    text: str
    trend: str = ""
    finding: str = ""
    evidence: str = ""
    repair: Repair | None = None


def advise(facts: Facts) -> Advice:
    """Return the sentence about a run: how the loss moves, and the most pressing finding."""
    trend = _trend(facts)
    for rule in _FINDINGS:
        finding = rule(facts, trend)
        if finding is not None:
            return _joined(trend, finding)
    return trend


def _joined(trend: Advice, finding: Advice) -> Advice:
    if finding.finding == "reached" and trend.trend != "falling":
        return replace(finding, trend=trend.trend)  # what moves now is no more than noise
    return Advice(
        f"{trend.text} {finding.text}".strip(),
        trend.trend,
        finding.finding,
        "\n".join(filter(None, (trend.evidence, finding.evidence))),
        finding.repair or trend.repair,
    )


def trend_of(losses: np.ndarray) -> str:
    """Return "waiting", "exploding", "oscillating", "flat", "rising" or "falling".

    Judged over the last 20 measured epochs: exploding is a loss without a number or above three
    times the first and still growing; oscillating changes direction in 60 % of the steps by
    more than a tenth without getting anywhere; flat moves by less than 0.5 %, or rises by less
    than 1 % of the first loss.
    """
    if len(losses) and not np.isfinite(losses[-1]):
        return "exploding"
    if len(losses) < 3:
        return "waiting"
    recent = losses[-WINDOW:]
    half = len(recent) // 2
    early, late = float(recent[:half].mean()), float(recent[-half:].mean())
    size = max(abs(early), 1e-12)
    if late > 3 * abs(float(losses[0])) and late > early:
        return "exploding"
    steps = np.diff(recent)
    turns = np.mean(np.sign(steps[1:]) != np.sign(steps[:-1])) if len(steps) > 4 else 0.0
    if turns >= 0.6 and np.abs(steps).mean() > 0.1 * size and late > 0.9 * early:
        return "oscillating"
    trembles = 0 <= late - early < NOISE * abs(float(losses[0]))
    if trembles or abs(late - early) < STILL * size:
        return "flat" if len(losses) >= WINDOW else "waiting"
    return "falling" if late < early else "rising"


def _trend(facts: Facts) -> Advice:
    trend = trend_of(facts.losses)
    texts = {
        "waiting": "",
        "exploding": translate("Advice", "The loss is exploding."),
        "oscillating": translate("Advice", "The loss jumps up and down."),
        "flat": translate("Advice", "The loss has stopped changing."),
        "rising": translate("Advice", "The loss is rising."),
        "falling": translate("Advice", "The loss is falling."),
    }
    evidence = ""
    if trend != "waiting":
        recent = facts.losses[-WINDOW:]
        evidence = translate(
            "Advice", "Loss {first} → {last} over the last {count} measured epochs"
        ).format(first=_short(recent[0]), last=_short(recent[-1]), count=len(recent))
    divisor = {"exploding": 10.0, "oscillating": 3.0, "rising": 3.0}.get(trend)
    repair = None if divisor is None else smaller_rate(facts, divisor)
    return Advice(texts[trend], trend, "", evidence, repair)


def smaller_rate(facts: Facts, divisor: float) -> Repair:
    """Return the repair that divides the learning rate, rounded to two digits."""
    rate = float(f"{float(facts.settings.get('learning_rate', 0.01)) / divisor:.2g}")
    label = translate("Advice", "Learning rate {rate}").format(rate=_short(rate))
    return Repair(label, (("learning_rate", rate),))


def _unscaled(facts: Facts, trend: Advice) -> Advice | None:
    if facts.input_scale is None or facts.input_scale <= SCALED or trend.trend == "falling":
        return None
    return Advice(
        translate("Advice", "The inputs are large; scaled ones are learned better."),
        finding="unscaled",
        evidence=translate("Advice", "Largest input: {value}").format(
            value=_short(facts.input_scale)
        ),
        repair=Repair(translate("Advice", "Scale the data"), scale=True),
    )


def _reached(facts: Facts, trend: Advice) -> Advice | None:
    training, validation = facts.metrics.get("accuracy"), facts.validation.get("accuracy")
    judged = training if validation is None else min(training or 0.0, validation)
    if judged is None:
        judged = facts.validation.get("r2", facts.metrics.get("r2"))
        if judged is None or judged < 0.99:
            return None
        text = translate("Advice", "The curve fits almost perfectly.")
    elif judged >= 1.0:
        text = translate("Advice", "Every example is right.")
    elif judged >= 0.99:
        text = translate("Advice", "Almost every example is right.")
    else:
        return None
    return Advice(text, finding="reached", evidence=_scores(facts))


def _dead(facts: Facts, trend: Advice) -> Advice | None:
    for node in facts.hidden:
        found = facts.statistics.get(node)
        if found is None or not found.dead or activation_of(facts.graph, node) not in RECTIFYING:
            continue
        layer = layer_name(facts.graph, node)
        if len(found.dead) == 1:
            text = translate(
                "Advice", "Neuron {number} of {layer} is always 0, so it cannot learn."
            ).format(number=found.dead[0] + 1, layer=layer)
        else:
            text = translate(
                "Advice", "{count} neurons of {layer} are always 0, so they cannot learn."
            ).format(count=len(found.dead), layer=layer)
        setting = "function" if facts.graph[node].layer.id == "activation" else "activation"
        return Advice(
            text,
            finding="dead",
            evidence=translate("Advice", "Always 0: neuron {numbers}").format(
                numbers=", ".join(str(unit + 1) for unit in found.dead[:12])
            ),
            repair=Repair(
                translate("Advice", "Use leaky ReLU"), settings=((node, setting, "leaky_relu"),)
            ),
        )
    return None


def _saturated(facts: Facts, trend: Advice) -> Advice | None:
    for node in facts.hidden:
        found = facts.statistics.get(node)
        if found is None or activation_of(facts.graph, node) not in SATURATING:
            continue
        if found.saturated <= SATURATED or trend.trend == "falling":
            continue
        return Advice(
            translate(
                "Advice", "Most values of {layer} are at the flat ends, where learning is slow."
            ).format(layer=layer_name(facts.graph, node)),
            finding="saturated",
            evidence=translate("Advice", "{share} % of the values are saturated").format(
                share=round(100 * found.saturated)
            ),
            repair=smaller_rate(facts, 10.0),
        )
    return None


def _overfit(facts: Facts, trend: Advice) -> Advice | None:
    for name in ("accuracy", "r2"):
        training, validation = facts.metrics.get(name), facts.validation.get(name)
        if training is None or validation is None or training - validation <= GAP:
            continue
        strength = float(facts.settings.get("l2", 0.0))
        stronger = 0.001 if strength == 0 else float(f"{min(strength * 3, 1.0):.2g}")
        return Advice(
            translate("Advice", "The network learns the training rows by heart (overfitting)."),
            finding="overfit",
            evidence=_scores(facts),
            repair=Repair(
                translate("Advice", "L2 regularisation {value}").format(value=_short(stronger)),
                (("l2", stronger),),
            ),
        )
    return None


def _underfit(facts: Facts, trend: Advice) -> Advice | None:
    score = facts.metrics.get("accuracy", facts.metrics.get("r2"))
    limit = 0.9 if "accuracy" in facts.metrics else 0.5
    if trend.trend != "flat" or score is None or score >= limit:
        return None
    dense = [node for node in facts.hidden if facts.graph[node].layer.id == "dense"]
    if not dense:
        text = translate("Advice", "The network is too simple for this data: add a hidden layer.")
        return Advice(text, finding="underfit", evidence=_scores(facts))
    node = dense[0]
    units = 2 * int(str(facts.graph[node].layer.settings["units"]))
    return Advice(
        translate("Advice", "The network is too simple for this data (underfitting)."),
        finding="underfit",
        evidence=_scores(facts),
        repair=Repair(
            translate("Advice", "{count} neurons in {layer}").format(
                count=units, layer=layer_name(facts.graph, node)
            ),
            settings=((node, "units", units),),
        ),
    )


_FINDINGS: tuple[Callable[[Facts, Advice], Advice | None], ...] = (
    _reached,
    _unscaled,
    _overfit,
    _dead,
    _saturated,
    _underfit,
)


def _scores(facts: Facts) -> str:
    name = "accuracy" if "accuracy" in facts.metrics else "r2"
    training, validation = facts.metrics.get(name), facts.validation.get(name)
    shown = []
    if training is not None:
        shown.append(translate("Advice", "training {value}").format(value=_share(name, training)))
    if validation is not None:
        shown.append(
            translate("Advice", "validation {value}").format(value=_share(name, validation))
        )
    return " · ".join(shown)


def _share(name: str, value: float) -> str:
    return f"{100 * value:.1f} %" if name == "accuracy" else f"R² {value:.3f}"


def _short(value: float) -> str:
    return f"{float(value):.3g}"
