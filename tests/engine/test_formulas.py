"""Formulas mean the same as a function, as calls on buffers and as plain arithmetic."""

import ast
import math

import numpy as np
import pytest

from nnstudio.engine import ACTIVATIONS, LOSSES, OPTIMIZERS
from nnstudio.engine.erf import erf
from nnstudio.engine.formula import UFUNCS, ArrayCode, function, has_scalar_code, parse, scalar_code

FORMULAS = sorted(
    {
        *(text for entry in ACTIVATIONS for text in (*entry.forward, *entry.backward)),
        *(text for entry in LOSSES for text in (*entry.residual, *entry.gradient)),
        *(text for kind in OPTIMIZERS for text in kind.rule),
    }
)


def arrays_of(text: str) -> dict[str, np.ndarray]:
    """Return some numbers between 0.1 and 0.9 for every variable of a formula."""
    found = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    rng = np.random.default_rng(len(text))
    return {name: rng.uniform(0.1, 0.9, 5) for name in sorted(found - set(UFUNCS))}


@pytest.mark.parametrize("text", FORMULAS)
def test_calls_on_buffers(text: str) -> None:
    values = arrays_of(text)
    target = parse(text)[0]
    given = {name: array.copy() for name, array in values.items()}
    expected = function((text,), target)(**given)
    space = {**UFUNCS, **values, "copyto": np.copyto}

    def constant(number: float) -> str:
        space[f"n{abs(hash(number))}"] = np.array(number)
        return f"n{abs(hash(number))}"

    def spare(index: int) -> str:
        space.setdefault(f"spare{index}", np.full(5, np.nan))
        return f"spare{index}"

    for line in ArrayCode(lambda name: name, constant, spare).lines(text):
        exec(line, space)
    assert values[target] == pytest.approx(expected, rel=1e-14)
    for name, array in values.items():
        assert name == target or np.array_equal(array, given[name])


@pytest.mark.parametrize("text", [text for text in FORMULAS if has_scalar_code((text,))])
def test_plain_arithmetic(text: str) -> None:
    values = {name: float(array[0]) for name, array in arrays_of(text).items()}
    target, node = parse(text)
    expected = function((text,), target)(**values)
    space = {name: getattr(math, name) for name in ("exp", "expm1", "tanh", "sqrt")}
    found = eval(scalar_code(node, lambda name: name), {**space, **values})
    assert found == pytest.approx(float(expected), rel=1e-14)


def test_erf() -> None:
    x = np.concatenate([np.linspace(-7, 7, 2001), [0.0, 1e-300, 50.0, -50.0, np.inf]])
    assert np.abs(erf(x) - [math.erf(v) for v in x]).max() <= 1e-15
    assert np.isnan(erf(np.array([np.nan]))[0])
    assert erf(np.ones(2, dtype=np.float32)).dtype == np.float32
