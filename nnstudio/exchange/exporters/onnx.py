"""ONNX: one file that ONNX Runtime and most other runtimes read, preprocessing inside."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.card import Card, card_of
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.model import Array, Model, model_of
from nnstudio.exchange.onnx_ops import IR_VERSION, KINDS, ML_OPSET, OPSET, Spelling
from nnstudio.exchange.proof import compare
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import Slot

if TYPE_CHECKING:
    from onnx import ModelProto, ValueInfoProto

LARGEST = 2_000_000_000
"""Bytes; protobuf holds no more than 2 GiB in one message."""

SAMPLE_NUMBERS = 20_000
"""As many sample values travel inside the file: all rows of small inputs, one of large ones."""


@EXPORTERS.add
class Onnx(Exporter):
    """Opset 17, IR 8, float32; every node and tensor named, checked by running it again."""

    id = "onnx"
    order = 20
    label = QT_TRANSLATE_NOOP("Export", "ONNX")
    help = QT_TRANSLATE_NOOP("Export", "One file for ONNX Runtime, C++, Java, browsers and phones.")
    extension = ".onnx"

    def missing(self) -> str:
        if find_spec("onnx") is None:
            return translate("Export", "The library onnx is not installed.")
        return ""

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        model = model_of(project, KINDS, folder)
        proto = onnx_model(model, card_of(model))
        if proto.ByteSize() > LARGEST:
            raise StudioError(
                translate("Export", "The network is too large for one ONNX file."),
                translate("Export", "Choose another format."),
            )
        content = proto.SerializeToString(deterministic=True)
        answers, reader = _read_again(content, model)
        worst = compare(model, answers, path)
        return Report((write_bytes(path, content),), model.rows, worst, reader)


def onnx_model(model: Model, card: Card) -> "ModelProto":
    """Return the ONNX model of a program; floats are float32, texts strings."""
    from onnx import TensorProto, checker, helper, numpy_helper

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
    proto.doc_string = card.markdown
    helper.set_model_props(proto, _properties(model, card))
    # the plain check only: a full one may end the process
    checker.check_model(proto)
    return proto


def _properties(model: Model, card: Card) -> dict[str, str]:
    """Return texts by name: each fact as JSON, and the sample with its answers."""
    facts = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in card.facts.items()
        if value is not None
    }
    wide = sum(int(np.prod(slot.shape)) for slot in model.program.inputs)
    count = max(1, min(model.rows, SAMPLE_NUMBERS // max(wide, 1)))
    sample = {
        "inputs": {name: _plain(array[-count:]) for name, array in model.sample.items()},
        "outputs": {name: _plain(array[-count:]) for name, array in model.answers.items()},
    }
    return {**facts, "sample": json.dumps(sample, ensure_ascii=False)}


def _plain(array: Array) -> Any:
    """Return nested lists; a missing number is null."""
    if array.dtype.kind != "f":
        return array.tolist()
    plain = array.astype(object)
    plain[~np.isfinite(array)] = None
    return plain.tolist()


def _read_again(content: bytes, model: Model) -> tuple[Mapping[str, Array], str]:
    """Return the answers of a program that isn't this one, and its name."""
    fed = {
        name: array.astype(np.float32) if array.dtype.kind == "f" else array
        for name, array in model.sample.items()
    }
    names = [slot.name for slot in model.program.outputs]
    if find_spec("onnxruntime") is None:
        found, reader = _reference(content, fed), "ONNX"
    else:
        found, reader = _runtime(content, names, fed), "ONNX Runtime"
    return dict(zip(names, found, strict=True)), reader


def _reference(content: bytes, fed: Mapping[str, Array]) -> list[Array]:
    from onnx import load_from_string
    from onnx.reference import ReferenceEvaluator

    with np.errstate(all="ignore"):
        return list(ReferenceEvaluator(load_from_string(content)).run(None, dict(fed)))


def _runtime(content: bytes, names: list[str], fed: Mapping[str, Array]) -> list[Array]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(content, options, providers=providers)
    return list(session.run(names, dict(fed)))
