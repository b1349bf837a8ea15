"""Every primitive operation means the same in the program, in ONNX and in predict.py."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnstudio.document.project import Project
from nnstudio.engine.interpret import run
from nnstudio.exchange import numpy_ops, onnx_ops
from nnstudio.exchange.card import Card
from nnstudio.exchange.exporters.numpy_script import _load, bundle
from nnstudio.exchange.exporters.onnx import _reference, _runtime, onnx_model
from nnstudio.exchange.files import npz_bytes
from nnstudio.exchange.model import Model
from nnstudio.ops import KINDS, ProgramBuilder
from tests.helpers.peers import peer

RNG = np.random.default_rng(3)
A, B = RNG.normal(0, 1, (4, 3, 2)), RNG.normal(0, 1, (4, 3, 2))
HOLES = np.where(RNG.random((4, 3, 2)) < 0.4, np.nan, A)
BITS = (A > 0).astype(float)
TEXTS = np.array(["가", "나", "", "가"], dtype=object)

# kind: the values of its inputs, settings, shape of one example of the result
CASES: dict[str, tuple[list[Any], dict[str, Any], tuple[int, ...]]] = {
    **{kind: ([A, B], {}, (3, 2)) for kind in
       ("add", "subtract", "multiply", "divide", "maximum", "minimum", "greater_equal")},
    **{kind: ([A * 3], {}, (3, 2)) for kind in
       ("negate", "abs", "exp", "sin", "tanh", "sigmoid", "softplus", "erf", "identity")},
    "power": ([np.abs(A) + 0.1, B], {}, (3, 2)),
    "log": ([np.abs(A) + 0.1], {}, (3, 2)),
    "sqrt": ([np.abs(A)], {}, (3, 2)),
    "is_nan": ([HOLES], {}, (3, 2)),
    "where": ([BITS, A, B], {}, (3, 2)),
    "sum": ([A], {"axes": (1, 2), "keep": True}, (1, 1)),
    "mean": ([A], {"axes": (-1,)}, (3,)),
    "max": ([A], {"axes": (-1,), "keep": True}, (3, 1)),
    "argmax": ([A], {}, (3,)),
    "matmul": ([A, np.ones((2, 5))], {}, (3, 5)),
    "reshape": ([A], {"shape": (2, 3)}, (2, 3)),
    "transpose": ([A], {"permutation": (0, 2, 1)}, (2, 3)),
    "concat": ([A, B], {"axis": 1}, (6, 2)),
    "slice": ([A], {"start": 1, "stop": 3, "axis": 1}, (2, 2)),
    "equal_text": ([TEXTS], {"text": "가"}, ()),
    "take_text": ([np.array([2.0, 0.0, 1.0, 2.0])], {"texts": ("가", 'b"\'\\', "다")}, ()),
}  # fmt: skip


def model(kind: str) -> Model:
    """Return a program of one operation, fed with the values of its case."""
    values, settings, shape = CASES[kind]
    build, sample, names = ProgramBuilder(), {}, []
    for place, value in enumerate(values):
        if kind == "matmul" and place == 1:
            names.append(build.constant("dense_1/weight", value))
            continue
        name = f"입력 {place}"
        build.input(name, value.shape[1:], "text" if value.dtype == object else "float")
        sample[name] = value
        names.append(name)
    if kind == "take_text":
        names = [build.emit("argmax", build.emit("reshape", names[0], name="r", shape=(1,)),
                            name="zero")]  # fmt: skip
    result = build.emit(kind, *names, name="result", **settings)
    type = {"take_text": "text", "argmax": "int"}.get(kind, "float")
    build.output(result, shape, type)
    program = build.build()
    columns = {slot.name: (slot.name,) for slot in program.inputs}
    return Model(Project(), program, columns, sample, run(program, sample), None)


def test_every_operation_has_a_spelling_and_a_case() -> None:
    assert set(KINDS) == onnx_ops.KINDS == numpy_ops.KINDS == set(CASES)


@pytest.mark.parametrize("kind", CASES)
def test_onnx_means_the_same(kind: str) -> None:
    made = model(kind)
    content = onnx_model(made, Card("", {})).SerializeToString()
    fed = {n: a if a.dtype == object else a.astype(np.float32) for n, a in made.sample.items()}
    expected = made.answers["result"]
    (reference,) = _reference(content, fed)
    found = [reference]
    if peer("onnxruntime"):
        found += _runtime(content, ["result"], fed)
    for answer in found:
        if expected.dtype.kind == "f":
            assert answer == pytest.approx(expected, rel=1e-5, abs=2e-5, nan_ok=True)
        else:
            assert answer.tolist() == expected.tolist()


@pytest.mark.parametrize("kind", CASES)
def test_the_script_means_the_same(kind: str, tmp_path: Path) -> None:
    made = model(kind)
    script, arrays = bundle(made)
    (tmp_path / "predict.py").write_text(script, "utf-8")
    (tmp_path / "model.npz").write_bytes(npz_bytes(arrays))
    answer = _load(tmp_path / "predict.py").predict(made.sample)["result"]
    expected = made.answers["result"]
    if expected.dtype.kind == "f":
        assert answer == pytest.approx(expected, abs=1e-12, nan_ok=True)
    else:
        assert answer.tolist() == expected.tolist()
