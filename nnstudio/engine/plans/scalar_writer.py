"""ScalarWriter: the source of one training step as arithmetic on local variables.

Names: x inputs, t targets, h outputs of neurons, z their sums, e what the loss remembers, d errors
at the sums, p weights by their place in the flat vector, and one letter per optimiser slot.
"""

import ast
from collections.abc import Mapping, Sequence

import numpy as np

from nnstudio.engine.formula import parse, scalar_code
from nnstudio.engine.plans.assembly import Body
from nnstudio.engine.plans.chain import Link
from nnstudio.engine.plans.head import Goal
from nnstudio.engine.plans.update import Update


class ScalarWriter:
    """Collects the lines of the step."""

    def __init__(
        self,
        body: Body,
        goal: Goal,
        links: Sequence[Link],
        update: Update,
        fused: bool,
        scale: float,
    ) -> None:
        self._goal = goal
        self._links = links
        self._update = update
        self._fused = fused
        self._scale = scale
        self._lines: list[str] = []
        index = np.arange(body.store.size, dtype=np.int64)
        self._places = [body.store.blocks(index, link.node)["matrix"] for link in links]
        mask = update.mask
        self._cut = set() if mask is None else set(np.flatnonzero(mask == 0.0).tolist())
        frozen = update.frozen
        self._held = set() if frozen is None else set(np.flatnonzero(frozen).tolist())

    def source(self) -> str:
        """Return the whole source."""
        inputs = [f"x{i}" for i in range(self._links[0].inputs)]
        targets = [f"t{j}" for j in range(self._links[-1].units)]
        values = self._forward(inputs)
        self._loss(values[-1])
        self._backward(values)
        self._step()
        return self._wrapped(", ".join((*inputs, *targets)))

    # forward ------------------------------------------------------------------------------

    def _forward(self, inputs: list[str]) -> list[list[str]]:
        """Write the activations of every layer and return the names of all values."""
        values = [inputs]
        for layer, link in enumerate(self._links):
            sums = [self._sum(layer, unit, values[-1]) for unit in range(link.units)]
            last = layer == len(self._links) - 1
            values.append(self._activate(layer, link, sums, self._fused and last))
        return values

    def _sum(self, layer: int, unit: int, values: list[str]) -> str:
        place = self._places[layer][unit]
        terms = [
            f"p{place[i]} * {value}" for i, value in enumerate(values) if place[i] not in self._cut
        ]
        if len(place) > len(values) and place[-1] not in self._cut:
            terms.append(f"p{self._first(layer, unit)}")
        return " + ".join(terms) or "0.0"

    def _first(self, layer: int, unit: int) -> int:
        """Return the index of a neuron's bias; a shared one is kept in the first neuron's place."""
        shared = self._links[layer].bias == "layer"
        return int(self._places[layer][0 if shared else unit][-1])

    def _activate(self, layer: int, link: Link, sums: list[str], remember: bool) -> list[str]:
        found = []
        for unit, total in enumerate(sums):
            z, y = f"z{layer}_{unit}", f"h{layer}_{unit}"
            formula = self._scalar(parse(link.activation.forward[0])[1], {"x": z}, link.numbers)
            reads_sum = link.activation.reads_input and link.activation.id != "identity"
            if remember or reads_sum or formula.count(z) > 1:
                self._lines.append(f"{z} = {total}")
            else:
                formula = formula.replace(z, f"({total})")
            if remember:
                self._lines.append(f"keep({z})")
            self._lines.append(f"{y} = {formula}")
            found.append(y)
        return found

    @staticmethod
    def _scalar(node: ast.expr, places: Mapping[str, str], numbers: Mapping[str, float]) -> str:
        def rename(name: str) -> str:
            return places[name] if name in places else repr(float(numbers[name]))

        return scalar_code(node, rename)

    # loss and backward --------------------------------------------------------------------

    def _loss(self, outputs: list[str]) -> None:
        """Write residuals and the gradients d of the last layer's sums."""
        loss, layer = self._goal.loss, len(self._links) - 1
        numbers = {**loss.constants(np.float64), "scale": self._scale}
        for unit, y in enumerate(outputs):
            places = {"y": y, "t": f"t{unit}", "s": f"e{unit}"}
            if self._fused:
                gradient = f"({y} - t{unit}) * {self._scale!r}"
            else:
                residual = self._scalar(parse(loss.residual[0])[1], places, numbers)
                self._lines += [f"e{unit} = {residual}", f"keep(e{unit})"]
                gradient = self._scalar(parse(loss.gradient[0])[1], places, numbers)
            if not (self._fused or self._goal.straight_through):
                gradient = self._times_slope(layer, unit, gradient)
            self._lines.append(f"d{layer}_{unit} = {gradient}")

    def _times_slope(self, layer: int, unit: int, gradient: str) -> str:
        link = self._links[layer]
        if link.activation.id == "identity":
            return gradient
        places = {"y": f"h{layer}_{unit}", "x": f"z{layer}_{unit}"}
        slope = self._scalar(parse(link.activation.backward[0])[1], places, link.numbers)
        return f"{gradient} * {slope}"

    def _backward(self, values: list[list[str]]) -> None:
        for layer in range(len(self._links) - 1, 0, -1):
            for unit in range(self._links[layer - 1].units):
                parts = [
                    f"d{layer}_{j} * p{place[unit]}"
                    for j, place in enumerate(self._places[layer])
                    if place[unit] not in self._cut
                ]
                blame = f"({' + '.join(parts)})" if len(parts) > 1 else "".join(parts) or "0.0"
                slope = self._times_slope(layer - 1, unit, blame)
                self._lines.append(f"d{layer - 1}_{unit} = {slope}")

    # update -------------------------------------------------------------------------------

    def _step(self) -> None:
        rule = [parse(text) for text in self._update.rule()]
        reads = sum(_count(node, "g") for _, node in rule)
        hoisted = reads == 1 and any(_has_rate_times_gradient(node) for _, node in rule)
        for layer, link in enumerate(self._links):
            values = [f"x{i}" for i in range(link.inputs)]
            if layer:
                values = [f"h{layer - 1}_{i}" for i in range(link.inputs)]
            for unit in range(link.units):
                if hoisted:
                    self._lines.append(f"r = rate * d{layer}_{unit}")
                delta = "r" if hoisted else f"d{layer}_{unit}"
                for i, value in enumerate(values):
                    self._entry(int(self._places[layer][unit][i]), f"{delta} * {value}", hoisted)
                if link.bias == "neuron":
                    self._entry(self._first(layer, unit), delta, hoisted)
            if link.bias == "layer":
                total = f"({' + '.join(f'd{layer}_{j}' for j in range(link.units))})"
                total = f"rate * {total}" if hoisted else total
                self._entry(self._first(layer, 0), total, hoisted)

    def _entry(self, index: int, gradient: str, hoisted: bool) -> None:
        """Write the optimiser's rule for one weight."""
        if index in self._cut or index in self._held:
            return
        places = {"p": f"p{index}", "g": "g"}
        places |= {name: f"{name}{index}" for name in self._update.slots}
        constants = {name: name for name in self._update.optimizer.numbers(1.0, 1)}
        for name, vector in self._update.penalties().items():
            constants[name] = repr(float(vector[index]))
        if not hoisted:
            self._lines.append(f"g = {gradient}")
        for text in self._update.rule():
            target, node = parse(text)
            if hoisted:
                node = _Hoist().visit(ast.parse(ast.unparse(node), mode="eval").body)
                places["_rg"] = gradient
            code = self._scalar_named(node, {**constants, **places})
            self._lines.append(f"{places[target]} = {code}")

    @staticmethod
    def _scalar_named(node: ast.expr, names: Mapping[str, str]) -> str:
        return scalar_code(node, lambda name: names[name])

    # the frame ----------------------------------------------------------------------------

    def _wrapped(self, row: str) -> str:
        size = len(self._update.weights)
        slots = list(self._update.slots)
        varying = self._update.optimizer.varying
        weights = ", ".join(f"p{k}" for k in range(size))
        loads = [f"{weights}, = weights.tolist()"]
        stores = [f"weights[:] = {self._stored('p')},"]
        for position, name in enumerate(slots):
            entries = ", ".join(f"{name}{k}" for k in range(size))
            loads.append(f"{entries}, = slots[{position}].tolist()")
            stores.append(f"slots[{position}][:] = {self._stored(name)},")
        numbers = list(self._update.optimizer.numbers(1.0, 1))
        loads.insert(0, f"{', '.join(numbers)}, = numbers")
        header = f"for {row}, in rows:"
        if varying:
            header = f"for ({row},), ({', '.join(varying)},) in zip(rows, rates):"
        lines = ["def run(rows, rates, keep, numbers, weights, slots, exp=exp, tanh=tanh):"]
        lines += [f"    {line}" for line in loads]
        lines += ["    try:", f"        {header}"]
        lines += [f"            {line}" for line in self._lines]
        lines += ["    except ArithmeticError:", "        pass"]
        lines += [f"    {line}" for line in stores]
        return "\n".join(lines) + "\n"

    def _stored(self, kind: str) -> str:
        """Return the variables of a vector: copies of a shared bias all from its first place."""
        names = [f"{kind}{k}" for k in range(len(self._update.weights))]
        for layer, link in enumerate(self._links):
            if link.bias == "layer":
                for place in self._places[layer]:
                    names[int(place[-1])] = f"{kind}{self._first(layer, 0)}"
        return ", ".join(names)


def _count(node: ast.expr, name: str) -> int:
    return sum(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


def _is_rate_times_gradient(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and isinstance(node.left, ast.Name)
        and isinstance(node.right, ast.Name)
        and (node.left.id, node.right.id) == ("rate", "g")
    )


def _has_rate_times_gradient(node: ast.expr) -> bool:
    return any(_is_rate_times_gradient(inner) for inner in ast.walk(node))


class _Hoist(ast.NodeTransformer):
    """Replaces rate * g by one variable: the rate goes into a neuron's error once."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if _is_rate_times_gradient(node):
            return ast.copy_location(ast.Name("_rg", ast.Load()), node)
        self.generic_visit(node)
        return node
