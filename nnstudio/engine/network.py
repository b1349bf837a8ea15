"""Network: a graph with weights, compiled into plans on demand."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnstudio.engine import examples
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.graph import Graph, GraphBuilder
from nnstudio.engine.initializers import initial_weights
from nnstudio.engine.layer import Layer, Shape
from nnstudio.engine.layers.input import Input
from nnstudio.engine.losses import LOSSES, Loss, proposed_loss
from nnstudio.engine.plans.assembly import Body, Mode
from nnstudio.engine.plans.head import Goal
from nnstudio.engine.plans.predict_plan import PredictPlan
from nnstudio.engine.plans.step_plan import StepPlan
from nnstudio.engine.store import WeightStore
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]

SMALL = 10_000  # parameters up to which float64 is the default
PREDICTED_AT_ONCE = 256

_PASSING = ("output", "dropout", "flatten", "reshape", "permute")


class Network:
    """A runnable network. Not safe for use from two threads at once.

    `weights` are arrays by name in conventional layout; missing ones are drawn from `seed`.
    `masks` are boolean arrays: `dense_1/weight.mask` (False = cut) and `dense_1/weight.frozen`
    (True = keeps its value). `dtype` None means float64 up to 10 000 parameters, else float32.
    Raise StudioError when the graph is incomplete or an array doesn't fit.
    """

    def __init__(
        self,
        graph: Graph,
        seed: int = 0,
        dtype: DTypeLike | None = None,
        weights: Mapping[str, Any] | None = None,
        masks: Mapping[str, Any] | None = None,
    ) -> None:
        graph.check()
        self.graph = graph
        self.parameter_count = sum(
            int(np.prod(weight.shape))
            for weight in graph.weights.values()
            if weight.role == "parameter"
        )
        small = self.parameter_count <= SMALL
        self.dtype = np.dtype(dtype or (np.float64 if small else np.float32))
        if self.dtype not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise StudioError(
                translate("Engine", "Networks can't compute in {dtype}.").format(dtype=self.dtype),
                translate("Engine", "Use float32 or float64."),
            )
        store = WeightStore(graph, self.dtype)
        start = initial_weights(graph, seed, self.dtype)
        states = {name: start[name] for name in start if name not in store.names}
        vector = store.vector({name: start[name] for name in store.names}, 0.0)
        self.body = Body(graph, store, vector, states)
        self.mask: Array | None = None
        self.frozen: Array | None = None
        self.masks: dict[str, Array] = {}
        self.version = 0
        self._predict_plans: dict[int, PredictPlan] = {}
        if masks:
            self.set_masks(masks)
        if weights:
            self.set_weights(weights)

    @classmethod
    def sequential(
        cls, shape: Shape, layers: Sequence[Layer], seed: int = 0, dtype: DTypeLike | None = None
    ) -> "Network":
        """Return a network of one input of `shape` and `layers` one behind another."""
        build = GraphBuilder()
        last = build.add(Input(shape))
        for layer in layers:
            last = build.add(layer, last)
        return cls(build.build(), seed, dtype)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the Input nodes, in the order they were made."""
        return tuple(node.id for node in self.graph.of_kind("input"))

    @property
    def sinks(self) -> tuple[str, ...]:
        """Ids of the Output nodes, or of the nodes nothing reads."""
        return self.graph.sinks

    @property
    def weights(self) -> dict[str, Array]:
        """Fresh copies of all arrays by name, in conventional layout; states included."""
        store, vector, states = self.body.store, self.body.weights, self.body.states
        return {
            name: states[name].copy() if name in states else store.read(vector, name)
            for name in self.graph.weights
        }

    def set_weights(self, values: Mapping[str, Any]) -> None:
        """Replace arrays by name; raise StudioError for an unknown name or a wrong shape."""
        checked = {name: self._checked(name, value) for name, value in values.items()}
        for name, value in checked.items():
            if name in self.body.states:
                self.body.states[name][...] = value
            else:
                self.body.store.write(self.body.weights, name, value)
        self._cut()
        self.version += 1

    def set_masks(self, masks: Mapping[str, Any]) -> None:
        """Replace all masks and frozen flags; cut weights become 0."""
        cut: dict[str, Array] = {}
        held: dict[str, Array] = {}
        for name, value in masks.items():
            weight, _, kind = name.rpartition(".")
            if kind not in ("mask", "frozen") or weight not in self.body.store.names:
                fits = [f"{known}.mask" for known in self.body.store.names]
                raise examples.unknown_name(name, [*fits, *(f[:-4] + "frozen" for f in fits)])
            flags = np.asarray(value, dtype=bool)
            self._check_shape(name, flags.shape, self.graph.weights[weight].shape)
            (cut if kind == "mask" else held)[weight] = flags
        store = self.body.store
        opened = all(flags.all() for flags in cut.values())
        self.mask = None if opened else store.vector(cut, 1.0)
        loose = not any(flags.any() for flags in held.values())
        self.frozen = None if loose else store.vector(held, False, np.bool_)
        self.masks = {name: np.array(value, dtype=bool) for name, value in masks.items()}
        self._cut()
        self.version += 1

    def predict(self, x: Any) -> Any:
        """Return the answers (N, ...) for inputs (N, ...): an array, or {output id: array}."""
        found = self._forward(x, self.sinks)
        return found[self.sinks[0]] if len(self.sinks) == 1 else found

    def signals(self, x: Any) -> dict[str, Array]:
        """Return what every node gives, {node id: (N, *shape)}."""
        return self._forward(x, self.graph.order)

    def gradients(
        self,
        x: Any,
        y: Any,
        loss: Any = None,
        loss_weights: Mapping[str, float] | None = None,
        dropout: Mapping[str, Any] | None = None,
    ) -> dict[str, Array]:
        """Return ∂loss/∂weight by name, in conventional layout, as one training step sees them.

        Batch normalisation uses the batch's own statistics and keeps its running ones. Dropout
        passes everything on unless `dropout` gives its mask, {node id: (N, *shape)}.
        """
        goals = self.goals(loss, loss_weights)
        inputs, targets = self.checked(x, y, goals)
        count = len(next(iter(inputs.values())))
        gradient = np.zeros_like(self.body.weights)
        injected = {id: np.asarray(mask) for id, mask in (dropout or {}).items()}
        mode = Mode(training=True, injected=injected)
        plan = StepPlan(self.body, count, goals, gradient, mode)
        feed = plan.feed(1)
        feed.load(plan.arrange(inputs, targets), np.arange(count))
        with np.errstate(all="ignore"):
            feed.run(0, 1, ())
        if self.mask is not None:
            gradient *= self.mask
        return {name: self.body.store.read(gradient, name) for name in self.body.store.names}

    def goals(self, loss: Any = None, weights: Mapping[str, float] | None = None) -> list[Goal]:
        """Return loss and weight of every sink: as given, as its Output says, or as fits it.

        `loss` is an id, a Loss, or a mapping of these by sink.
        """
        chosen = dict(loss) if isinstance(loss, Mapping) else dict.fromkeys(self.sinks, loss)
        for id in (*chosen, *(weights or {})):
            if id not in self.sinks:
                raise examples.unknown_name(id, self.sinks)
        return [
            Goal(sink, self._loss(sink, chosen.get(sink)), self._loss_weight(sink, weights))
            for sink in self.sinks
        ]

    def checked(
        self, x: Any, y: Any, goals: Sequence[Goal]
    ) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return inputs by source, in their own type, and targets by sink, in the network's."""
        inputs = self._inputs(x)
        shapes = {sink: self.graph.shapes[sink] for sink in self.sinks}
        losses = {goal.sink: goal.loss for goal in goals}
        count = len(next(iter(inputs.values())))
        return inputs, examples.targets(y, shapes, losses, count, self.dtype)

    def summary(self) -> str:
        """Return a table of layers, shapes and parameters as text."""
        rows = [("layer", "shape", "parameters")]
        for id in self.graph.order:
            count = sum(
                int(np.prod(weight.shape))
                for name, weight in self.graph.weights.items()
                if name.startswith(f"{id}/") and weight.role == "parameter"
            )
            rows.append((id, " × ".join(map(str, self.graph.shapes[id])), f"{count:,}"))
        rows.append(("", "", f"{self.parameter_count:,}"))
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return "\n".join(
            f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}" for a, b, c in rows
        )

    def _inputs(self, x: Any) -> dict[str, Array]:
        shapes = {id: self.graph.shapes[id] for id in self.sources}
        return examples.inputs(x, shapes)

    def _forward(self, x: Any, nodes: Sequence[str]) -> dict[str, Array]:
        inputs = self._inputs(x)
        count = len(next(iter(inputs.values())))
        shapes = self.graph.shapes
        found = {id: np.empty((count, *shapes[id]), dtype=self.dtype) for id in nodes}
        for start in range(0, count, PREDICTED_AT_ONCE):
            part = slice(start, min(start + PREDICTED_AT_ONCE, count))
            plan = self._predict_plan(part.stop - part.start)
            plan.run({id: array[part] for id, array in inputs.items()})
            for id in nodes:
                found[id][part] = plan.value(id)
        return found

    def _predict_plan(self, batch: int) -> PredictPlan:
        if batch not in self._predict_plans:
            if len(self._predict_plans) >= 8:
                self._predict_plans.pop(next(iter(self._predict_plans)))
            self._predict_plans[batch] = PredictPlan(self.body, batch)
        return self._predict_plans[batch]

    def _loss(self, sink: str, given: Any) -> Loss:
        if isinstance(given, Loss):
            return given
        layer = self.graph[sink].layer
        id = given or getattr(layer, "loss", "") or proposed_loss(self._last_activation(sink))
        if id not in LOSSES:
            raise examples.unknown_name(str(id), LOSSES.ids())
        return LOSSES[id]

    def _last_activation(self, sink: str) -> str:
        id = sink
        while True:
            settings = self.graph[id].layer.settings
            for name in ("activation", "function"):
                if settings.get(name) in ACTIVATIONS:
                    return str(settings[name])
            sources = self.graph.incoming[id]
            if self.graph[id].layer.id not in _PASSING or not sources:
                return "identity"
            id = sources[0].source

    def _loss_weight(self, sink: str, weights: Mapping[str, float] | None) -> float:
        if weights is not None and sink in weights:
            return float(weights[sink])
        return float(getattr(self.graph[sink].layer, "loss_weight", 1.0))

    def _cut(self) -> None:
        if self.mask is not None:
            self.body.weights[self.mask == 0.0] = 0.0

    def _checked(self, name: str, value: Any) -> Array:
        if name not in self.graph.weights:
            raise examples.unknown_name(name, tuple(self.graph.weights))
        array = examples.numbers(value, name, finite=False)
        self._check_shape(name, array.shape, self.graph.weights[name].shape)
        return array

    @staticmethod
    def _check_shape(name: str, received: Shape, fits: Shape) -> None:
        if received != fits:
            raise StudioError(
                translate("Engine", "{name} has the shape {fits}. Received: {shape}.").format(
                    name=name, fits=fits, shape=received
                ),
                translate("Engine", "Weights are (inputs, neurons), biases (neurons)."),
            )
