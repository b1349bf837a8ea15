"""safetensors: the weights alone, in the format the model hubs use."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from nnstudio.document.compile import complete_weights
from nnstudio.document.project import Project
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.proof import difference
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate


@EXPORTERS.add
class Safetensors(Exporter):
    """Arrays by name (`dense_1/weight`, conventional layout), masks applied, exact values."""

    id = "safetensors"
    label = QT_TRANSLATE_NOOP("Export", "Weights (safetensors)")
    help = QT_TRANSLATE_NOOP("Export", "Only the weights and biases, for other programs to load.")
    extension = ".safetensors"

    def missing(self) -> str:
        if find_spec("safetensors") is None:
            return translate("Export", "The library safetensors is not installed.")
        return ""

    def export(self, project: Project, path: Path) -> Report:
        from safetensors.numpy import load, save

        arrays = masked_weights(project)
        facts = {"program": "NN Studio", "title": project.title}
        content = save(arrays, {name: text for name, text in facts.items() if text})
        found = load(content)
        worst = max((difference(arrays[name], found[name]) for name in arrays), default=0.0)
        return Report((write_bytes(path, content),), len(arrays), worst, "safetensors")


def masked_weights(project: Project) -> dict[str, np.ndarray]:
    """Return every array of the network by name, cut connections as zeros."""
    project = complete_weights(project)
    arrays = {}
    for name in sorted(project.weights):
        array = np.ascontiguousarray(project.weights[name])
        mask = project.masks.get(f"{name}.mask")
        arrays[name] = array if mask is None else array * mask
    return arrays
