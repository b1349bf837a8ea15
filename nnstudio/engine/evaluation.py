"""Evaluation: loss and metrics of a network as it is, in plans that only go forward."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine import examples
from nnstudio.engine.metrics import Metric
from nnstudio.engine.network import Network
from nnstudio.engine.plans.assembly import Mode
from nnstudio.engine.plans.feed import Feed
from nnstudio.engine.plans.head import Goal
from nnstudio.engine.plans.step_plan import StepPlan

Array = NDArray[Any]

AT_ONCE = 256


class Evaluation:
    """Measures one network against targets; dropout is off, running statistics are used."""

    def __init__(self, network: Network, goals: Sequence[Goal], metrics: Sequence[Metric]) -> None:
        self._network = network
        self._goals = goals
        self._metrics = metrics
        self._feeds: dict[int, Feed] = {}

    def measure(self, x: Any, y: Any) -> dict[str, float]:
        """Return the loss and every metric; see Trainer.evaluate."""
        inputs, targets = self._network.checked(x, y, self._goals)
        return {"loss": self._loss(inputs, targets), **self._measured(x, targets)}

    def _loss(self, inputs: Mapping[str, Array], targets: Mapping[str, Array]) -> float:
        count = len(next(iter(inputs.values())))
        parts = dict.fromkeys((goal.sink for goal in self._goals), 0.0)
        arranged = None
        with np.errstate(all="ignore"):
            for start in range(0, count, AT_ONCE):
                feed = self._feed(min(AT_ONCE, count - start))
                arranged = arranged or feed.plan.arrange(inputs, targets)
                feed.load(arranged, np.arange(start, start + feed.batch))
                feed.run(0, 1, ())
                for sink, part in feed.parts().items():
                    parts[sink] += part
        shapes = self._network.graph.shapes
        return sum(
            goal.weight
            * parts[goal.sink]
            / goal.loss.divisor(max(count, 1), prod(shapes[goal.sink]))
            for goal in self._goals
        )

    def _measured(self, x: Any, targets: Mapping[str, Array]) -> dict[str, float]:
        """Return metrics: of the first output they fit by name, of others as `<sink>.<name>`."""
        if not self._metrics:
            return {}
        sinks = self._network.sinks
        answers = examples.by_name(self._network.predict(x), sinks, "")
        found: dict[str, float] = {}
        for metric in self._metrics:
            for goal in self._goals:
                if len(sinks) > 1 and metric.classes != goal.loss.classes:
                    continue
                name = f"{goal.sink}.{metric.id}" if metric.id in found else metric.id
                found[name] = metric(answers[goal.sink], targets[goal.sink])
        return found

    def _feed(self, batch: int) -> Feed:
        if batch not in self._feeds:
            plan = StepPlan(self._network.body, batch, self._goals, None, Mode())
            self._feeds[batch] = plan.feed(1)
        return self._feeds[batch]
