"""safetensors: the weights alone, in the format the model hubs use."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.compile import complete_weights, live_graph
from nnstudio.document.project import Project
from nnstudio.engine.interpret import run
from nnstudio.errors import StudioError
from nnstudio.exchange.card import card_of
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.model import Array, Model, model_of
from nnstudio.exchange.proof import compare
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import Program

TYPES = {"float64": "F64", "float32": "F32"}


@EXPORTERS.add
class Safetensors(Exporter):
    """Arrays by name (`dense_1/weight`, conventional layout), masks applied, exact values.

    The header also holds the layers with their settings, the card and the facts of the data.
    """

    id = "safetensors"
    order = 30
    label = QT_TRANSLATE_NOOP("Export", "Weights (safetensors)")
    help = QT_TRANSLATE_NOOP("Export", "Only the weights and biases, for other programs to load.")
    extension = ".safetensors"

    def missing(self) -> str:
        if find_spec("safetensors") is None:
            return translate("Export", "The library safetensors is not installed.")
        return ""

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        from safetensors.numpy import load

        model = model_of(project, folder=folder)
        content = safetensors_bytes(masked_weights(project), _facts(model))
        worst = compare(model, _answers(model, load(content)), path)
        return Report((write_bytes(path, content),), model.rows, worst, "safetensors")


def masked_weights(project: Project) -> dict[str, NDArray[Any]]:
    """Return every array of the network by name, cut connections as zeros.

    Raise StudioError when there is none.
    """
    project = complete_weights(project.but(graph=live_graph(project.graph)))
    arrays = {}
    for name in sorted(project.graph.weights):
        array = np.ascontiguousarray(project.weights[name])
        mask = project.masks.get(f"{name}.mask")
        arrays[name] = array if mask is None else np.where(mask, array, np.zeros((), array.dtype))
    if not arrays:
        raise StudioError(
            translate("Export", "The network has no weights."),
            translate("Export", "Add a Dense layer first."),
        )
    return arrays


def safetensors_bytes(arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, str]) -> bytes:
    """Return a safetensors file: length of the header, header (JSON), data.

    Written here because the library puts the facts in another order in every run.
    https://github.com/huggingface/safetensors#format
    """
    header: dict[str, Any] = {"__metadata__": dict(facts)} if facts else {}
    pieces, place = [], 0
    for name, array in arrays.items():
        piece = array.astype(array.dtype.newbyteorder("<")).tobytes()
        header[name] = {
            "dtype": TYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [place, place + len(piece)],
        }
        pieces.append(piece)
        place += len(piece)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the data starts at a multiple of 8
    return b"".join([len(text).to_bytes(8, "little"), text, *pieces])


def _facts(model: Model) -> dict[str, str]:
    card = card_of(model)
    graph = model.project.graph
    layers = [
        {
            "id": id,
            "kind": graph[id].layer.id,
            "settings": graph[id].layer.settings,
            "inputs": [wire.source for wire in graph.incoming[id]],
        }
        for id in graph.order
    ]
    facts = {**card.facts, "layers": layers, "card": card.markdown}
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in facts.items()
        if value is not None
    }


def _answers(model: Model, found: Mapping[str, NDArray[Any]]) -> Mapping[str, Array]:
    """Return the answers of the program with the arrays that were read back."""
    constants = {**model.program.constants, **found}
    program = Program(model.program.inputs, model.program.ops, constants, model.program.outputs)
    return run(program, model.sample)
