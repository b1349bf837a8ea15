"""Gradient check: the network's gradients against finite differences of its loss."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnstudio.engine.network import Network
from nnstudio.engine.plans.assembly import Mode
from nnstudio.engine.plans.step_plan import StepPlan


def check(
    net: Network,
    x: Any,
    y: Any,
    loss: Any = None,
    dropout: Mapping[str, Any] | None = None,
    seed: int = 0,
    step: float = 1e-5,
) -> float:
    """Return the relative error of the gradient along a random direction, in float64.

    (L(w + h·u) − L(w − h·u))/2h is compared with g·u; u is a random direction over all
    weights, and the error relative to the larger of both, or to what |g·u| usually is. Below
    1e-6 is right. Cut and frozen entries are kept out of u.
    """
    double = Network(net.graph, dtype=np.float64, weights=net.weights, masks=net.masks)
    goals = double.goals(loss)
    inputs, targets = double.checked(x, y, goals)
    count = len(next(iter(inputs.values())))
    gradient = np.zeros_like(double.body.weights)
    injected = {id: np.asarray(mask) for id, mask in (dropout or {}).items()}
    plan = StepPlan(double.body, count, goals, gradient, Mode(training=True, injected=injected))
    feed = plan.feed(1)
    feed.load(plan.arrange(inputs, targets), np.arange(count))
    feed.run(0, 1, ())
    direction = np.random.default_rng(seed).standard_normal(gradient.size)
    if double.mask is not None:
        direction *= double.mask
    if (shares := double.body.store.shares()) is not None:
        direction[shares < 1.0] = 0.0
    direction /= max(float(np.linalg.norm(direction)), 1e-300)
    exact = float(gradient @ direction)
    start = double.body.weights.copy()
    losses = []
    for sign in (1.0, -1.0):
        double.body.weights[...] = start + sign * step * direction
        feed.run(0, 1, ())
        losses.append(feed.total(0, 1))
    double.body.weights[...] = start
    estimate = (losses[0] - losses[1]) / (2.0 * step)
    usual = float(np.linalg.norm(gradient)) / gradient.size**0.5  # |g·u| for a random u
    scale = max(abs(exact), abs(estimate), usual)
    return abs(exact - estimate) / scale if scale > 1e-9 else abs(exact - estimate)
