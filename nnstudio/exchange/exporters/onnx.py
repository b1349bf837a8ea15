"""ONNX: one file that ONNX Runtime and most other runtimes read, preprocessing inside."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nnstudio.document.project import Project
from nnstudio.exchange.card import card
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.model import Array, Model, model_of
from nnstudio.exchange.onnx_ops import IR_VERSION, ML_OPSET, OPSET, Spelling
from nnstudio.exchange.proof import compare
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import Slot

if TYPE_CHECKING:
    from onnx import ModelProto, ValueInfoProto


@EXPORTERS.add
class Onnx(Exporter):
    """Opset 17, IR 8, float32; every node and tensor named, checked by running it again."""

    id = "onnx"
    label = QT_TRANSLATE_NOOP("Export", "ONNX")
    help = QT_TRANSLATE_NOOP("Export", "One file for ONNX Runtime, C++, Java, browsers and phones.")
    extension = ".onnx"

    def missing(self) -> str:
        if find_spec("onnx") is None:
            return translate("Export", "The library onnx is not installed.")
        return ""

    def export(self, project: Project, path: Path) -> Report:
        model = model_of(project)
        content = onnx_model(model, card(project, model)).SerializeToString(deterministic=True)
        answers, reader = _read_again(content, model)
        worst = compare(model, answers, path)
        return Report((write_bytes(path, content),), len(_rows(model)), worst, reader)


def onnx_model(model: Model, description: str = "") -> "ModelProto":
    """Return the ONNX model of a program; floats are float32, texts strings."""
    from onnx import TensorProto, helper, numpy_helper

    spelling = Spelling()
    for op in model.program.ops:
        spelling.spell(op)
    numbers = {n: np.asarray(a, np.float32) for n, a in model.program.constants.items()}
    initial = [numpy_helper.from_array(a, n) for n, a in {**numbers, **spelling.constants}.items()]
    types = {"float": TensorProto.FLOAT, "text": TensorProto.STRING, "int": TensorProto.INT64}

    def info(slot: Slot) -> "ValueInfoProto":
        return helper.make_tensor_value_info(slot.name, types[slot.type], ["N", *slot.shape])

    graph = helper.make_graph(
        spelling.nodes,
        "network",
        [info(slot) for slot in model.program.inputs],
        [info(slot) for slot in model.program.outputs],
        initial,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)]
    proto = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    proto.producer_name = "NN Studio"
    proto.doc_string = description
    helper.set_model_props(proto, _facts(model))
    return proto


def _facts(model: Model) -> dict[str, str]:
    facts = {"columns": json.dumps(dict(model.columns), ensure_ascii=False)}
    if model.fitted is not None and model.fitted.targets:
        facts["classes"] = json.dumps(model.fitted.classes(), ensure_ascii=False)
        facts["targets"] = json.dumps(model.fitted.targets, ensure_ascii=False)
    return facts


def _rows(model: Model) -> Array:
    return next(iter(model.sample.values()))


def _read_again(content: bytes, model: Model) -> tuple[Mapping[str, Array], str]:
    if find_spec("onnxruntime") is None:
        from onnx import load_from_string
        from onnx.reference import ReferenceEvaluator

        session: Any = ReferenceEvaluator(load_from_string(content))
        reader = "ONNX reference"
    else:
        import onnxruntime

        session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
        reader = "ONNX Runtime"
    fed = {
        name: array.astype(np.float32) if array.dtype.kind == "f" else array
        for name, array in model.sample.items()
    }
    names = [slot.name for slot in model.program.outputs]
    return dict(zip(names, session.run(names, fed), strict=True)), reader
