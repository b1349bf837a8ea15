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
from nnstudio.errors import StudioError
from nnstudio.exchange.card import card
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import npz_bytes, write_bytes
from nnstudio.exchange.model import Array, Model, model_of
from nnstudio.exchange.numpy_ops import lines
from nnstudio.exchange.proof import compare
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.paths import resources

_WEIGHT = re.compile(r"[a-z0-9_]+/[a-z0-9_]+")


@EXPORTERS.add
class NumpyScript(Exporter):
    """A folder with `predict.py`, `model.npz` (keys such as `dense_1/weight`) and the card."""

    id = "numpy"
    label = QT_TRANSLATE_NOOP("Export", "Python script (NumPy)")
    help = QT_TRANSLATE_NOOP(
        "Export", "A folder with a readable predict.py and model.npz; needs Python and NumPy only."
    )
    extension = ""

    def export(self, project: Project, path: Path) -> Report:
        model = model_of(project)
        script, arrays = bundle(model)
        path.mkdir(parents=True, exist_ok=True)
        written = (
            write_bytes(path / "model.npz", npz_bytes(arrays)),
            write_bytes(path / "predict.py", script.encode()),
            write_bytes(path / "README.md", card(project, model).encode()),
        )
        answers = _load(path / "predict.py").predict(model.sample)
        worst = compare(model, answers, path)
        rows = len(next(iter(model.sample.values())))
        return Report((path, *written), rows, worst, "NumPy")


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
    body, texts = lines(model.program, lambda name: f'MODEL["{keys.get(name, name)}"]')
    arrays: dict[str, Array] = {keys[name]: array for name, array in constants.items()}
    arrays |= {name: np.array(value) for name, value in texts.items()}
    for place, slot in enumerate(model.program.inputs):
        arrays[f"input/{place}"] = np.array(slot.name)
        arrays[f"columns/{place}"] = np.array(model.columns[slot.name])
        arrays[f"sample/{place}"] = _plain(model.sample[slot.name])
    for slot in model.program.outputs:
        arrays[f"answer/{slot.name}"] = _plain(model.answers[slot.name])
    template = (resources() / "export" / "predict.py.txt").read_text("utf-8")
    text = Template(template).substitute(
        kinds=repr([slot.type for slot in model.program.inputs]),
        outputs=repr([slot.name for slot in model.program.outputs]),
        body="\n    ".join(body),
    )
    return text, arrays


def _plain(array: Array) -> Array:
    return array.astype(str) if array.dtype.kind == "O" else array


def _load(path: Path) -> ModuleType:
    name = "nnstudio_exported_predict"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise StudioError(f"{path.name}")
    module = importlib.util.module_from_spec(spec)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = bytecode
    return module
