"""What changed between two projects, by ids; arrays are compared by identity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Changes:
    """Ids and names that were added, removed or changed; `all` after another project is open."""

    nodes_added: tuple[str, ...] = ()
    nodes_removed: tuple[str, ...] = ()
    nodes_changed: tuple[str, ...] = ()
    wires_added: tuple[Wire, ...] = ()
    wires_removed: tuple[Wire, ...] = ()
    moved: tuple[str, ...] = ()
    notes_added: tuple[str, ...] = ()
    notes_removed: tuple[str, ...] = ()
    notes_changed: tuple[str, ...] = ()
    weights: frozenset[str] = field(default=NONE)
    masks: frozenset[str] = field(default=NONE)
    groups: bool = False
    data: bool = False
    training: bool = False
    title: bool = False
    run: bool = False
    all: bool = False

    @property
    def structure(self) -> bool:
        """Whether the network is another one: layers, settings, wires or masks."""
        return bool(
            self.nodes_added
            or self.nodes_removed
            or self.nodes_changed
            or self.wires_added
            or self.wires_removed
            or self.masks
        )

    def __bool__(self) -> bool:
        return any(bool(getattr(self, name)) for name in self.__dataclass_fields__)


def diff(old: Project, new: Project, all: bool = False) -> Changes:
    """Return what differs; `nodes_changed` names nodes with another layer or label."""
    nodes_old, nodes_new = old.graph.by_id, new.graph.by_id
    wires_old, wires_new = set(old.graph.wires), set(new.graph.wires)
    notes_old = {note.id: note for note in old.notes}
    notes_new = {note.id: note for note in new.notes}
    both = [id for id in nodes_new if id in nodes_old]
    return Changes(
        nodes_added=tuple(id for id in nodes_new if id not in nodes_old),
        nodes_removed=tuple(id for id in nodes_old if id not in nodes_new),
        nodes_changed=tuple(id for id in both if nodes_new[id] != nodes_old[id]),
        wires_added=tuple(wire for wire in new.graph.wires if wire not in wires_old),
        wires_removed=tuple(wire for wire in old.graph.wires if wire not in wires_new),
        moved=tuple(id for id in both if new.places.get(id) != old.places.get(id)),
        notes_added=tuple(id for id in notes_new if id not in notes_old),
        notes_removed=tuple(id for id in notes_old if id not in notes_new),
        notes_changed=tuple(
            id for id in notes_new if id in notes_old and notes_new[id] != notes_old[id]
        ),
        weights=_changed_arrays(old.weights, new.weights),
        masks=_changed_arrays(old.masks, new.masks),
        groups=old.groups != new.groups,
        data=old.data != new.data or (old.tables is not new.tables and not _same_tables(old, new)),
        training=old.training != new.training,
        title=old.title != new.title,
        run=old.run is not new.run,
        all=all,
    )


def _changed_arrays(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    if old is new:
        return NONE
    names = {*old, *new}
    return frozenset(name for name in names if old.get(name) is not new.get(name))


def _same_tables(old: Project, new: Project) -> bool:
    return old.tables.keys() == new.tables.keys() and all(
        old.tables[name] is new.tables[name] for name in new.tables
    )
