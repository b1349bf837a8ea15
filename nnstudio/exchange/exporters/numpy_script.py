"""predict.py + model.npz: a readable script that needs Python and NumPy only."""

import importlib.util
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import ModuleType

import numpy as np

from nnstudio.document.project import Project
from nnstudio.exchange.card import card_of
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import npz_bytes, staged_folder
from nnstudio.exchange.model import Array, Model, model_of
from nnstudio.exchange.numpy_ops import KINDS, lines
from nnstudio.exchange.proof import compare
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.paths import resources

_WEIGHT = re.compile(r"[a-z0-9_]+/[a-z0-9_]+")


@EXPORTERS.add
class NumpyScript(Exporter):
    """A folder with `predict.py`, `model.npz` (keys such as `dense_1/weight`) and the card."""

    id = "numpy"
    order = 10
    label = QT_TRANSLATE_NOOP("Export", "Python script (NumPy)")
    help = QT_TRANSLATE_NOOP(
        "Export", "A folder with a readable predict.py and model.npz; needs Python and NumPy only."
    )
    extension = ""
    folder = True

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        model = model_of(project, KINDS, folder)
        script, arrays = bundle(model)
        files = {
            "model.npz": npz_bytes(arrays),
            "predict.py": script.encode(),
            "README.md": card_of(model).markdown.encode(),
        }
        with staged_folder(path, files) as folder:
            answers = _load(folder / "predict.py").predict(model.sample)
            worst = compare(model, answers, path)
        written = tuple(path / name for name in files)
        return Report((path, *written), model.rows, worst, "predict.py")


def bundle(model: Model) -> tuple[str, Mapping[str, Array]]:
    """Return the text of predict.py and the arrays of model.npz.

    Weights keep their names; what a user named is counted, so that no text of a document
    becomes part of the script.
    """
    constants = model.program.constants
    keys = {
        name: name if _WEIGHT.fullmatch(name) else f"constant/{place}"
        for place, name in enumerate(constants)
    }
    outputs = {slot.name: place for place, slot in enumerate(model.program.outputs)}
    body, texts = lines(model.program, lambda name: f'MODEL["{keys.get(name, name)}"]')
    arrays: dict[str, Array] = {keys[name]: np.asarray(array) for name, array in constants.items()}
    arrays |= {name: np.array(value) for name, value in texts.items()}
    for place, slot in enumerate(model.program.inputs):
        arrays[f"input/{place}"] = np.array(slot.name)
        arrays[f"columns/{place}"] = np.array(model.columns[slot.name])
        arrays[f"sample/{place}"] = _plain(model.sample[slot.name])
    for name, place in outputs.items():
        arrays[f"output/{place}"] = np.array(name)
        arrays[f"answer/{place}"] = _plain(model.answers[name])
        arrays[f"classes/{place}"] = np.array(_classes(model, name), dtype=str)
    template = (resources() / "export" / "predict.py.txt").read_text("utf-8")
    text = Template(template).substitute(
        kinds=repr([slot.type for slot in model.program.inputs]),
        shapes=repr([slot.shape for slot in model.program.inputs]),
        outputs=len(outputs),
        body="\n        ".join(body),
    )
    return text, arrays


def _classes(model: Model, output: str) -> tuple[str, ...]:
    """Return the class names that the columns of an output stand for; () for other outputs."""
    prefix, name = output.rpartition("probabilities")[:2]
    if not name:
        return ()
    texts = next(op for op in model.program.ops if op.output == f"{prefix}class_name")
    return tuple(texts.settings["texts"])


def _plain(array: Array) -> Array:
    return array.astype(str) if array.dtype.kind == "O" else array


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("nnstudio_exported_predict", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = bytecode
    return module
