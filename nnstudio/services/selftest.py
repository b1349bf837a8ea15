"""Self-test: whether everything was shipped and works here; `nnstudio --self-test` runs it."""

import json
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data import datasets
from nnstudio.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LAYERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    SCHEDULES,
)
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.project_file import open_project, save
from nnstudio.exchange.templates import TEMPLATES, describe, load_template
from nnstudio.i18n import LANGUAGES, QT_TRANSLATE_NOOP, translate
from nnstudio.paths import resources
from nnstudio.registry import Registry
from nnstudio.training.objective import OBJECTIVES
from nnstudio.training.session import Session

KINDS_FILE = "kinds.json"
LIBRARIES = ("PySide6", "pyqtgraph", "qtawesome", "onnx", "safetensors", "PIL", "python_calamine")


def kinds() -> dict[str, list[str]]:
    """Return the ids of every registry: what the program can do."""
    registries: Mapping[str, Registry[Any]] = {
        "layers": LAYERS,
        "activations": ACTIVATIONS,
        "losses": LOSSES,
        "metrics": METRICS,
        "optimizers": OPTIMIZERS,
        "initializers": INITIALIZERS,
        "schedules": SCHEDULES,
        "objectives": OBJECTIVES,
        "datasets": datasets,
        "exporters": EXPORTERS,
    }
    found = {name: sorted(registry.ids()) for name, registry in registries.items()}
    return {**found, "templates": sorted(TEMPLATES)}


def run(say: Callable[[str], object]) -> int:
    """Do every check and say its result in a line; return 0, or 1 when one failed."""
    code = 0
    for name, check in CHECKS:
        try:
            result = check()
        except Exception as error:  # the purpose is to report whatever is wrong here
            code = 1
            shown = str(error) if isinstance(error, StudioError) else repr(error)
            say(f"{translate('SelfTest', 'FAILED')}  {translate('SelfTest', name)}: {shown}")
        else:
            say(f"{translate('SelfTest', 'ok')}  {translate('SelfTest', name)}: {result}")
    return code


def _complete() -> str:
    """Compare the registries with the list that was shipped: a bundle may have lost modules."""
    shipped = json.loads((resources() / KINDS_FILE).read_text("utf-8"))
    found = kinds()
    lost = [f"{name}/{id}" for name, ids in shipped.items() for id in ids if id not in found[name]]
    if lost:
        text = translate("SelfTest", "These parts are missing: {names}.")
        raise StudioError(text.format(names=", ".join(lost)))
    count = sum(len(ids) for ids in found.values())
    return translate("SelfTest", "{count} parts").format(count=count)


def _libraries() -> str:
    lost = [name for name in LIBRARIES if find_spec(name) is None]
    if lost:
        text = translate("SelfTest", "These libraries are missing: {names}.")
        raise StudioError(text.format(names=", ".join(lost)))
    return ", ".join(LIBRARIES)


def _shipped() -> str:
    """Read what the window needs: fonts, icons, texts, examples."""
    folder = resources()
    for name in ("Regular", "SemiBold", "Bold"):
        (folder / "fonts" / f"Pretendard-{name}.otf").read_bytes()
    for language in LANGUAGES:
        if language != "en":
            json.loads((folder / "i18n" / f"{language}.json").read_text("utf-8"))
    for id in LAYERS.ids():
        (folder / "icons" / f"{id}.svg").read_bytes()
    for id in TEMPLATES:
        load_template(id)
        describe(id)
    return translate("SelfTest", "{count} examples").format(count=len(TEMPLATES))


def _data() -> str:
    for kind in datasets:
        if not kind.load().row_count:
            raise StudioError(kind.id)
    return translate("SelfTest", "{count} datasets").format(count=len(datasets))


def _training() -> str:
    session = Session(load_template("xor"))
    before = session.evaluate()["training"]["loss"]
    session.train(300)
    after = session.evaluate()["training"]["loss"]
    if not after < before:
        raise StudioError(f"{before:.4g} → {after:.4g}")
    text = translate("SelfTest", "loss {before} → {after}")
    return text.format(before=f"{before:.3g}", after=f"{after:.3g}")


def _files() -> str:
    project = Session(load_template("iris"))
    project.train(2)
    learned = project.result(project.project)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.nns"
        save(learned, path)
        again = open_project(path).project
    for name, array in learned.weights.items():
        if not np.array_equal(array, again.weights[name]):
            raise StudioError(name)
    return translate("SelfTest", "saved and opened, every bit equal")


def _exports() -> str:
    session = Session(load_template("iris"))
    session.train(2)
    learned = session.result(session.project)
    proved = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in EXPORTERS:
            exporter = kind()
            if not exporter.missing():
                report = exporter.export(learned, Path(folder) / f"{kind.id}{kind.extension}")
                proved += [kind.id] if report.rows else []
    return translate("SelfTest", "checked: {ids}").format(ids=", ".join(proved))


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    (QT_TRANSLATE_NOOP("SelfTest", "parts"), _complete),
    (QT_TRANSLATE_NOOP("SelfTest", "libraries"), _libraries),
    (QT_TRANSLATE_NOOP("SelfTest", "shipped files"), _shipped),
    (QT_TRANSLATE_NOOP("SelfTest", "data"), _data),
    (QT_TRANSLATE_NOOP("SelfTest", "training"), _training),
    (QT_TRANSLATE_NOOP("SelfTest", "project file"), _files),
    (QT_TRANSLATE_NOOP("SelfTest", "export"), _exports),
)
