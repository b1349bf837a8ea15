"""Puts the picture together: title, connections, neurons, numbers, legend."""

import numpy as np

from nnstudio.document.compile import complete_weights
from nnstudio.document.names import layer_name
from nnstudio.document.picture.anatomy import Anatomy, Link
from nnstudio.document.picture.dissection import anatomy_of
from nnstudio.document.picture.layout import Layout, lay_out
from nnstudio.document.picture.strands import ALL_DRAWN
from nnstudio.document.project import Project
from nnstudio.engine import ACTIVATIONS
from nnstudio.errors import StudioError
from nnstudio.exchange.svg.legend import draw_legend
from nnstudio.exchange.svg.lines import Wires, draw_ties, draw_wires, wires_of, write_weights
from nnstudio.exchange.svg.look import GROUND, TEXT
from nnstudio.exchange.svg.neurons import draw_header, draw_neurons, draw_pixels, draw_tiles
from nnstudio.exchange.svg.writer import FAMILY, Svg
from nnstudio.i18n import translate


def network_svg(project: Project, numbers: bool = True, family: str = FAMILY) -> str:
    """Return the SVG text of a project's network; `numbers` writes weights and biases.

    Weights that were never drawn are drawn from the seed. Raise StudioError when there is
    nothing to draw or a layer's size isn't known.
    """
    project = complete_weights(project)
    anatomy = anatomy_of(project)
    if not anatomy.groups:
        raise StudioError(
            translate("Picture", "There are no neurons to draw."),
            translate("Picture", "Add layers and connect them first."),
        )
    svg = Svg(family)
    _Picture(svg, project, anatomy, lay_out(anatomy), numbers).draw()
    title = project.title or translate("Picture", "A neural network")
    sizes = " - ".join(
        " + ".join(str(anatomy.groups[id].size) for id in column) for column in anatomy.columns
    )
    return svg.document(title, sizes, GROUND)


class _Picture:
    def __init__(
        self, svg: Svg, project: Project, anatomy: Anatomy, layout: Layout, numbers: bool
    ) -> None:
        self.svg, self.project, self.anatomy, self.layout = svg, project, anatomy, layout
        self.numbers = numbers
        tiled = {link.weight for link in anatomy.links if layout.places[link.target].tiles}
        self.tiled = [link for link in anatomy.links if link.weight in tiled]
        self.wires = [
            wires_of(link, layout, project.weights, project.masks)
            for link in anatomy.links
            if link.weight not in tiled
        ]
        self.limit = max((self._largest(link) for link in anatomy.links), default=0.0)

    def draw(self) -> None:
        shown = self._draw_connections()
        for id, group in self.anatomy.groups.items():
            place = self.layout.places[id]
            function = ACTIVATIONS[group.function].label if group.function != "identity" else ""
            title = layer_name(self.project.graph, id)
            draw_header(self.svg, group, place, title, translate("Activation", function))
            if place.picture:
                draw_pixels(self.svg, group, place)
            else:
                bias = self.project.weights.get(group.bias) if self.numbers else None
                draw_neurons(self.svg, group, place, group.names, bias)
        if self.numbers:
            for wires in self.wires:
                write_weights(self.svg, wires)
        self._finish(shown)

    def _draw_connections(self) -> int:
        draw_ties(self.svg, self.anatomy, self.layout)
        shown = sum(draw_wires(self.svg, wires, self.limit) for wires in self.wires)
        for link in self.tiled:
            grid = self.anatomy.groups[link.runs[0].group].grid
            assert grid is not None
            place = self.layout.places[link.target]
            draw_tiles(self.svg, link, place, self._matrix(link), grid, self._largest(link))
            shown += len(self._matrix(link)) * len(place.shown)
        return shown

    def _finish(self, shown: int) -> None:
        left, top, right, _ = self.svg.box
        self.svg.text(
            (left + right) / 2, top - 22, self.project.title, 20, fill=TEXT, font_weight="600"
        )
        if self.anatomy.links:
            count = sum(wires.count for wires in self.wires)
            count += sum(self._matrix(link).size for link in self.tiled)
            draw_legend(self.svg, self.limit, _dashed(self.wires), shown, count)

    def _matrix(self, link: Link) -> np.ndarray:
        matrix = np.asarray(self.project.weights[link.weight], np.float64)
        mask = self.project.masks.get(f"{link.weight}.mask")
        return matrix if mask is None else np.where(mask, matrix, 0.0)

    def _largest(self, link: Link) -> float:
        matrix = np.abs(self._matrix(link))
        finite = matrix[np.isfinite(matrix)]
        return float(finite.max()) if finite.size else 0.0


def _dashed(wires: list[Wires]) -> bool:
    """Whether minus is dashed in most layers."""
    return any(len(each.values) <= ALL_DRAWN for each in wires)
