"""What the values of every layer are called: the same names as in the neuron view."""

from math import prod

from nnstudio.data.labels import shown_name
from nnstudio.document.picture.dissection import anatomy_of
from nnstudio.document.project import Project
from nnstudio.i18n import language


class Naming:
    """Remembers the names until the network or its data changes."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._names: dict[str, tuple[str, ...]] = {}

    def of(self, project: Project, node: str) -> tuple[str, ...]:
        """Return a name for every value of a layer; numbers where there are no names."""
        now = (project.graph, project.fitted, project.places, language())
        if len(self._of) != len(now) or any(a is not b for a, b in zip(self._of, now, strict=True)):
            self._of, self._names = now, _names(project)
        return self._names.get(node, ())


def _names(project: Project) -> dict[str, tuple[str, ...]]:
    anatomy = anatomy_of(project)
    found = {}
    for node, shape in project.graph.shapes.items():
        group = anatomy.groups.get(node) or anatomy.groups.get(anatomy.home.get(node, ""))
        size = prod(shape)
        known = group.names if group is not None else ()
        if project.data is not None:
            known = tuple(shown_name(project.data.source, name) for name in known)
        found[node] = known if len(known) == size else tuple(str(i + 1) for i in range(size))
    return found
