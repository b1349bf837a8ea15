"""Which pieces fit at a port, the likeliest first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire
from nnstudio.engine.layer import LAYERS
from nnstudio.errors import Refused, StudioError


@dataclass(frozen=True)
class Offer:
    """A kind of layer the add menu shows."""

    kind: str
    label: str
    help: str
    group: str


def every_piece() -> list[Offer]:
    """Return all kinds in the order of the palette."""
    return [Offer(kind.id, kind.label, kind.help, kind.group) for kind in LAYERS]


def after(project: Project, node: str) -> list[Offer]:
    """Return what a wire out of `node` could go into."""
    return _ranked(project, node, lambda kind: _trial(project, kind, wire_from=node))


def before(project: Project, node: str) -> list[Offer]:
    """Return what could feed `node`."""
    return _ranked(project, "", lambda kind: _trial(project, kind, wire_into=node))


def between(project: Project, wire: Wire) -> list[Offer]:
    """Return what could stand in the middle of a wire."""
    return _ranked(project, wire.source, lambda kind: _trial(project, kind, on_wire=wire))


def _trial(project: Project, kind: str, **wiring: object) -> bool:
    try:
        made = edits.add_node(project, edits.new_layer(kind), 0.0, 0.0, **wiring)  # type: ignore[arg-type]
    except (Refused, StudioError):
        return False
    return len(made.graph.analysis[1]) <= len(project.graph.analysis[1])


def _ranked(project: Project, source: str, fits: Callable[[str], bool]) -> list[Offer]:
    """Return the offers that fit, ordered by how often the kind follows `source` in practice."""
    offers = [offer for offer in every_piece() if fits(offer.kind)]
    order = {kind: rank for rank, kind in enumerate(_likely(project, source))}
    return sorted(offers, key=lambda offer: order.get(offer.kind, len(order)))


def _likely(project: Project, source: str) -> Iterable[str]:
    """Return kinds from likely to unlikely: flat values go to Dense, pictures are flattened."""
    shape = project.graph.shapes.get(source)
    if shape is not None and len(shape) > 1:
        return ("flatten", "activation", "batch_normalization", "dropout")
    has_output = any(True for _ in project.graph.of_kind("output"))
    if source and project.graph[source].layer.id == "dense" and not has_output:
        return ("dense", "output", "dropout", "activation", "batch_normalization")
    return ("dense", "dropout", "activation", "batch_normalization", "output", "add", "concatenate")
