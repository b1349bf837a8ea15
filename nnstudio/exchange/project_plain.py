"""Between a Project and the plain values of `project.json`; all is checked on the way in."""

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio import __version__
from nnstudio.data.prepare import Fitted
from nnstudio.data.spec import (
    ColumnSpec,
    DataSpec,
    FeatureStep,
    Source,
    Split,
    check_spec,
)
from nnstudio.data.table import Table
from nnstudio.document.edits.checks import plain_text
from nnstudio.document.plain import (
    layer_from_plain,
    layer_to_plain,
    settings_to_plain,
)
from nnstudio.document.project import Note, Project, RunState, freeze
from nnstudio.document.training import TrainingPlan
from nnstudio.document.unknown import Unknown
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.errors import StudioError
from nnstudio.exchange.migrations import FORMAT, MIN_READER
from nnstudio.exchange.schema import DataFile, ProjectFile, TrainingFile
from nnstudio.i18n import translate

Array = NDArray[Any]


def to_plain(project: Project) -> dict[str, Any]:
    """Return everything of a project but its arrays and tables, as JSON values."""
    plain: dict[str, Any] = {
        "format_version": FORMAT,
        "min_reader": MIN_READER,
        "program": __version__,
        "title": project.title,
        "template": project.template,
        "nodes": [_node_to_plain(node) for node in project.graph.nodes],
        "wires": [[w.source, w.source_port, w.target, w.target_port] for w in project.graph.wires],
        "places": {id: list(place) for id, place in project.places.items()},
        "notes": [asdict(note) for note in project.notes],
        "groups": {id: list(members) for id, members in project.groups.items()},
        "objective": project.training.objective,
        "training": _training_to_plain(project.training),
        "run": {
            "epoch": project.run.epoch,
            "iteration": project.run.iteration,
            "generator": _jsonable(project.run.generator),
        },
    }
    if project.data is not None:
        plain["data"] = _jsonable(asdict(project.data))
    if project.fitted is not None:
        plain["fitted"] = project.fitted.to_dict()
    return plain


def _node_to_plain(node: Node) -> dict[str, Any]:
    kind, settings = layer_to_plain(node.layer)
    plain: dict[str, Any] = {"id": node.id, "kind": kind}
    if settings:
        plain["settings"] = settings
    if node.label:
        plain["label"] = node.label
    return plain


def _training_to_plain(plan: TrainingPlan) -> dict[str, Any]:
    usual = TrainingPlan()
    return {
        "optimizer": {
            "kind": plan.optimizer.id,
            "settings": settings_to_plain(plan.optimizer),
        },
        "settings": {
            name: value
            for name, value in plan.settings.items()
            if name != "objective" and value != usual.settings[name]
        },
    }


def _jsonable(value: Any) -> Any:
    """Return nested mappings, tuples and NumPy scalars as JSON values."""
    if isinstance(value, Mapping):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, np.ndarray):
        return [_jsonable(item) for item in value.tolist()]
    return value.item() if isinstance(value, np.generic) else value


def build(
    file: ProjectFile,
    arrays: Mapping[str, Mapping[str, Array]],
    tables: Mapping[str, Table],
) -> tuple[Project, tuple[str, ...]]:
    """Return the project and sentences about what had to be left out.

    `arrays` are by part (weights, masks, slots, curves) and name. Raise ValueError for a file
    that contradicts itself, StudioError for data settings that don't fit.
    """
    warnings: list[str] = []
    graph = _graph(file, warnings)
    project = Project(
        graph=graph,
        places=freeze(_places(file, graph)),
        notes=_notes(file),
        groups=freeze(_groups(file, graph)),
        data=_data(file.data),
        tables=freeze(dict(tables)),
        training=_training(file.training, file.objective, warnings),
        title=plain_text(file.title, 200),
        template=file.template,
        fitted=Fitted.from_dict(file.fitted) if file.fitted is not None else None,
        masks=freeze(_masks(graph, arrays.get("masks", {}))),
        weights=freeze(_weights(graph, arrays.get("weights", {}), warnings)),
    )
    return project.but(run=_run(file, arrays)), tuple(warnings)


def _graph(file: ProjectFile, warnings: list[str]) -> Graph:
    wires = tuple(Wire(w.source, w.target, w.target_port, w.source_port) for w in file.wires)
    nodes = []
    for given in file.nodes:
        ports = tuple(wire.target_port for wire in wires if wire.target == given.id)
        layer = layer_from_plain(given.kind, given.settings, ports)
        nodes.append(Node(given.id, layer, plain_text(given.label, 80)))
        if isinstance(layer, Unknown):
            text = translate("File", "The layer “{kind}” is not known here; it is kept as it is.")
            warnings.append(text.format(kind=given.kind))
    by_id = {node.id: node for node in nodes}
    if len({id.casefold() for id in by_id}) < len(nodes):
        raise ValueError("an id twice")
    if len(set(wires)) < len(wires):
        raise ValueError("a wire twice")
    for wire in wires:
        if wire.source not in by_id or wire.target not in by_id or wire.source == wire.target:
            raise ValueError("a wire to nowhere")
        if not by_id[wire.source].layer.has_output:
            raise ValueError("a wire out of an end")
        if wire.target_port not in {port.name for port in by_id[wire.target].layer.ports}:
            raise ValueError("a wire to a port that isn't there")
    return Graph(tuple(nodes), wires)


def _places(file: ProjectFile, graph: Graph) -> dict[str, tuple[float, float]]:
    if not all(abs(value) < 1e9 for place in file.places.values() for value in place):
        raise ValueError("a place outside the canvas")
    return {id: (float(x), float(y)) for id, (x, y) in file.places.items() if id in graph}


def _notes(file: ProjectFile) -> tuple[Note, ...]:
    if len({note.id for note in file.notes}) < len(file.notes):
        raise ValueError("a note twice")
    if not all(abs(note.x) < 1e9 and abs(note.y) < 1e9 for note in file.notes):
        raise ValueError("a note outside the canvas")
    return tuple(
        Note(note.id, plain_text(note.text, 4000), float(note.x), float(note.y))
        for note in file.notes
    )


def _groups(file: ProjectFile, graph: Graph) -> dict[str, tuple[str, ...]]:
    groups = {}
    for id, members in file.groups.items():
        known = tuple(dict.fromkeys(member for member in members if member in graph))
        if known:
            groups[id] = known
    return groups


def _training(file: TrainingFile, objective: str, warnings: list[str]) -> TrainingPlan:
    plan = TrainingPlan()
    kind, own = file.optimizer.kind, file.optimizer.settings
    rows = {"optimizer": kind, **(own if kind in OPTIMIZERS else {}), "objective": objective}
    for name, value in {**rows, **file.settings}.items():
        try:
            plan = plan.with_setting(name, value)
        except (StudioError, TypeError):
            text = translate("File", "The training setting {name} = {value} is not known here.")
            warnings.append(text.format(name=name, value=value))
    return plan


def _data(file: DataFile | None) -> DataSpec | None:
    if file is None:
        return None
    path = PurePosixPath(file.source.path)
    if path.is_absolute() or ".." in path.parts or set(file.source.path) & set("\\:\0"):
        raise ValueError("a data file outside the folder")
    source = Source(
        file.source.kind,
        file.source.id,
        tuple((name, value) for name, value in file.source.settings),
        file.source.path,
        file.source.sha256,
        tuple((name, value) for name, value in file.source.choices),
    )
    if source.kind not in ("builtin", "embedded", "file"):
        raise ValueError("another source of data")
    spec = DataSpec(
        source,
        tuple(_as(ColumnSpec, column) for column in file.columns),
        _as(Split, file.split),
        file.seed,
        tuple(
            FeatureStep(step.name, step.operation, tuple(step.columns), step.scaling)
            for step in file.features
        ),
    )
    check_spec(spec)
    return spec


def _as(kind: type[Any], given: Any) -> Any:
    return kind(**{item.name: getattr(given, item.name) for item in fields(kind)})


def _weights(graph: Graph, given: Mapping[str, Array], warnings: list[str]) -> dict[str, Array]:
    """Return the arrays of layers that exist; one of a wrong shape is left out with a warning."""
    kept = {}
    for name, array in given.items():
        weight = graph.weights.get(name)
        if name.partition("/")[0] not in graph:
            continue
        if array.dtype.kind != "f":
            raise ValueError(f"{name} holds no numbers")
        if weight is not None and weight.shape != array.shape:
            text = translate("File", "The weights {name} don't fit their layer and start anew.")
            warnings.append(text.format(name=name))
            continue
        kept[name] = array
    return kept


def _masks(graph: Graph, given: Mapping[str, Array]) -> dict[str, Array]:
    kept = {}
    for name, array in given.items():
        whole, _, kind = name.rpartition(".")
        weight = graph.weights.get(whole)
        if array.dtype != np.bool_ or kind not in ("mask", "frozen"):
            raise ValueError(f"{name} is no mask")
        if whole.partition("/")[0] in graph and (weight is None or weight.shape == array.shape):
            kept[name] = array
    return kept


def _run(file: ProjectFile, arrays: Mapping[str, Mapping[str, Array]]) -> RunState:
    curves = {}
    for name, array in arrays.get("curves", {}).items():
        if array.ndim != 1 or array.dtype != np.float64:
            raise ValueError(f"the curve {name} is no list of numbers")
        curves[name] = tuple(array.tolist())
    if not all(len(name) < 200 for name in curves):
        raise ValueError("a curve with an endless name")
    return RunState(
        file.run.epoch,
        file.run.iteration,
        freeze(dict(arrays.get("slots", {}))),
        freeze(dict(file.run.generator)),
        freeze(curves),
    )


def curve_arrays(run: RunState) -> dict[str, Array]:
    """Return the curves as float64 arrays; empty ones are left out (NaN = not measured)."""
    return {
        name: np.array([math.nan if v is None else v for v in values], np.float64)
        for name, values in run.curves.items()
        if len(values)
    }
