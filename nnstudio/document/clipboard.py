"""Fragments of a project: copy, and a text form that other windows and other days can paste."""

import base64
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.plain import ID_PATTERN, layer_from_plain, layer_to_plain
from nnstudio.document.project import Note, Project, freeze, nothing
from nnstudio.engine.graph import Node, Wire
from nnstudio.errors import Refused
from nnstudio.i18n import translate

MARK = "nnstudio fragment 1"
LONGEST = 32 * 2**20
KINDS = {"float32": np.float32, "float64": np.float64, "bool": np.bool_}

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Fragment:
    """Layers with the wires among them, their places, weights, masks, and notes."""

    nodes: tuple[Node, ...] = ()
    wires: tuple[Wire, ...] = ()
    places: Mapping[str, tuple[float, float]] = field(default_factory=nothing)
    notes: tuple[Note, ...] = ()
    weights: Mapping[str, Array] = field(default_factory=nothing)
    masks: Mapping[str, Array] = field(default_factory=nothing)


def copy(project: Project, ids: Iterable[str]) -> Fragment:
    """Return the layers and notes with these ids as a fragment; unknown ids are left out."""
    chosen = set(ids)

    def mine(arrays: Mapping[str, Array]) -> Mapping[str, Array]:
        return freeze({n: a for n, a in arrays.items() if n.partition("/")[0] in chosen})

    return Fragment(
        tuple(node for node in project.graph.nodes if node.id in chosen),
        tuple(w for w in project.graph.wires if w.source in chosen and w.target in chosen),
        freeze({id: place for id, place in project.places.items() if id in chosen}),
        tuple(note for note in project.notes if note.id in chosen),
        mine(project.weights),
        mine(project.masks),
    )


def to_text(fragment: Fragment) -> str:
    """Return the fragment as one line of JSON; weights that would be too long are left out."""
    plain: dict[str, Any] = {
        "mark": MARK,
        "nodes": [[node.id, *layer_to_plain(node.layer), node.label] for node in fragment.nodes],
        "wires": [[w.source, w.source_port, w.target, w.target_port] for w in fragment.wires],
        "places": {id: list(place) for id, place in fragment.places.items()},
        "notes": [[note.id, note.text, note.x, note.y] for note in fragment.notes],
    }
    size = sum(array.nbytes for array in (*fragment.weights.values(), *fragment.masks.values()))
    if size * 4 / 3 < LONGEST / 2:
        plain["weights"] = {name: _pack(array) for name, array in fragment.weights.items()}
        plain["masks"] = {name: _pack(array) for name, array in fragment.masks.items()}
    return json.dumps(plain, ensure_ascii=False)


def from_text(text: str) -> Fragment:
    """Return the fragment in a text; raise Refused when there is none."""
    try:
        if len(text) > LONGEST or MARK not in text[:80]:
            raise ValueError("no fragment")
        return _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise Refused(
            translate("Edit", "There is nothing to paste."),
            translate("Edit", "Copy layers first."),
        ) from None


def _read(plain: Mapping[str, Any]) -> Fragment:
    if plain["mark"] != MARK:
        raise ValueError("another mark")
    wires = [Wire(str(s), str(t), str(tp), str(sp)) for s, sp, t, tp in plain["wires"]]
    nodes = []
    for id, kind, settings, label in plain["nodes"]:
        ports = tuple(wire.target_port for wire in wires if wire.target == id)
        nodes.append(Node(_id(id), layer_from_plain(str(kind), settings, ports), str(label)[:80]))
    ids = {node.id for node in nodes}
    ports_of = {node.id: {port.name for port in node.layer.ports} for node in nodes}
    if len(ids) < len(nodes):
        raise ValueError("an id twice")
    if any(w.source not in ids or w.target_port not in ports_of[w.target] for w in wires):
        raise ValueError("a wire to nowhere")
    return Fragment(
        tuple(nodes),
        tuple(wires),
        freeze({_id(id): (_number(x), _number(y)) for id, (x, y) in plain["places"].items()}),
        tuple(Note(_id(i), str(t)[:4000], _number(x), _number(y)) for i, t, x, y in plain["notes"]),
        freeze(
            {name: _unpack(name, ids, given) for name, given in plain.get("weights", {}).items()}
        ),
        freeze({name: _unpack(name, ids, given) for name, given in plain.get("masks", {}).items()}),
    )


def _id(value: Any) -> str:
    if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
        raise ValueError("no id")
    return value


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("no place")
    return number


def _pack(array: Array) -> list[Any]:
    raw = np.ascontiguousarray(array)
    return [raw.dtype.name, list(raw.shape), base64.b64encode(raw.tobytes()).decode("ascii")]


def _unpack(name: str, ids: set[str], given: Any) -> Array:
    kind, shape, text = given
    if name.partition("/")[0] not in ids:
        raise ValueError("an array of no layer")
    array: Array = np.frombuffer(base64.b64decode(text, validate=True), KINDS[kind])
    return array.reshape([int(size) for size in shape])
