"""Everything the items of one picture read while drawing."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont

from nnstudio.document.picture.anatomy import Anatomy, Group, Link
from nnstudio.document.picture.dissection import anatomy_of
from nnstudio.document.picture.layout import ASPECT, Layout, lay_out
from nnstudio.document.picture.strands import ALL_DRAWN, MOST_LINES, Strands, strands_of
from nnstudio.document.project import Project
from nnstudio.ui.canvas.face import title_of_each
from nnstudio.ui.neurons.values import Values
from nnstudio.ui.selection import Entry
from nnstudio.ui.theme import Theme, ThemeManager, diverging_map

MOST_GROWTH = 1.3
WIDEST = 6.0
"""Width of the line of the largest weight, in scene units."""


class Board:
    """The network as drawn: parts and places, numbers, look, and what the mouse points at."""

    def __init__(self, themes: ThemeManager) -> None:
        self.themes = themes
        self.values = Values()
        self.anatomy = Anatomy()
        self.layout = Layout()
        self.strands: Mapping[str, Strands] = {}
        self.titles: Mapping[str, str] = {}
        self.pages: dict[str, int] = {}
        self.hover: Entry | None = None
        self.hover_neuron: tuple[str, int] | None = None
        self.entry: Entry | None = None
        self.neuron: tuple[str, int] | None = None
        self.nodes: frozenset[str] = frozenset()
        self.draft = False
        self.typing = False
        self.aspect = ASPECT
        self.off: dict[str, frozenset[int]] = {}
        self.locked: dict[str, frozenset[int]] = {}
        self.locked_layers: set[str] = set()

    def dissect(self, project: Project) -> None:
        """Take over the structure of a project; `place` comes next."""
        self.anatomy = anatomy_of(project)
        self.titles = title_of_each(project.graph)
        self.pages = {id: page for id, page in self.pages.items() if id in self.anatomy.groups}
        self.layout = lay_out(self.anatomy, self.pages)

    def place(self) -> None:
        """Place the neurons again (another page of a sample, another shape of the window)."""
        self.layout = lay_out(self.anatomy, self.pages, self.aspect)
        self.strands = {link.weight: strands_of(link, self.layout) for link in self.anatomy.links}

    @property
    def theme(self) -> Theme:
        """The current colours."""
        return self.themes.theme

    def font(self, detail: float, factor: float = 1.0, weight: str = "regular") -> QFont:
        """Return a font that nearly keeps its size on the screen at scale `detail`."""
        font = self.themes.font(factor, weight)
        font.setPointSizeF(max(font.pointSizeF() * growth(detail) / detail, 0.1))
        return font

    def pixels(self, detail: float, length: float) -> float:
        """Return the scene length of `length` interface pixels."""
        return length * self.themes.scale * growth(detail) / detail

    def color(self, share: float) -> QColor:
        """Return the colour of a value on a scale of -1 … 1 over the panel colour."""
        if not np.isfinite(share):
            return QColor(self.theme.bad)
        red, green, blue = diverging_map(self.theme)[round((share + 1) * 127.5)]
        return QColor(int(red), int(green), int(blue))

    def group_of(self, entry: Entry) -> Group | None:
        """Return the neurons a weight or bias belongs to."""
        return self.anatomy.groups.get(entry.node)

    def link_of(self, entry: Entry) -> Link | None:
        """Return the link a connection belongs to; None for a bias."""
        return self.anatomy.link(entry.weight)

    def tiled(self, link: Link) -> bool:
        """Whether pictures of the weights stand for the lines of a link."""
        return self.layout.places[link.target].tiles

    @property
    def few(self) -> bool:
        """Whether there are so few lines in all that minus can be dashed."""
        lines = sum(len(self.strands[link.weight]) for link in self._lined)
        return lines <= ALL_DRAWN

    @property
    def _lined(self) -> list[Link]:
        return [link for link in self.anatomy.links if not self.tiled(link)]

    def crowded(self, link: Link) -> bool:
        """Whether a link has too many lines to draw any."""
        return len(self.strands[link.weight]) > MOST_LINES

    def widest(self, link: Link) -> float:
        """Return the width of the largest weight's line: thinner where neurons stand close."""
        pitches = [self.layout.places[run.group].pitch for run in link.runs]
        return min(max(0.075 * min(*pitches, self.layout.places[link.target].pitch), 1.8), WIDEST)

    def line(self, entry: Entry) -> NDArray[np.float64] | None:
        """Return the line (x1, y1, x2, y2) of a connection, None when it isn't shown."""
        strands = self.strands.get(entry.weight)
        if strands is None or len(entry.index) != 2:
            return None
        at = strands.find(*entry.index)
        return None if at is None else strands.lines[at]

    def entry_signal(self, entry: Entry) -> float | None:
        """Return the signal that enters a connection for the current example."""
        link = self.link_of(entry)
        if link is None or len(entry.index) != 2:
            return None
        group, unit = link.source(entry.index[0])
        return self.values.signal(self.anatomy.groups[group], unit)

    def note_masks(self) -> None:
        """Find which neurons are switched off and which neurons and layers are locked."""
        self.off, self.locked, self.locked_layers = {}, {}, set()
        for id, group in self.anatomy.groups.items():
            self.off[id] = self._off(group)
            link = self.anatomy.into(id)
            flags = self.values.frozen(link.weight) if link is not None else None
            if flags is not None and flags.ndim == 2:
                self.locked[id] = frozenset(np.flatnonzero(flags.all(axis=0)).tolist())
                if flags.all() and self._bias_locked(group):
                    self.locked_layers.add(id)
                    self.locked[id] = frozenset()

    def _bias_locked(self, group: Group) -> bool:
        flags = self.values.frozen(group.bias) if group.bias else None
        return not group.bias or (flags is not None and bool(flags.all()))

    def _off(self, group: Group) -> frozenset[int]:
        links = self.anatomy.out_of(group.id)
        incoming = self.anatomy.into(group.id)
        if not links:
            mask = self.values.mask(incoming) if incoming is not None else None
            return frozenset() if mask is None else frozenset(np.flatnonzero(~mask.any(0)).tolist())
        sends = np.zeros(group.size, bool)
        for link in links:
            mask = self.values.mask(link)
            if mask is None:
                return frozenset()
            for start, run in zip(link.starts, link.runs, strict=True):
                if run.group == group.id:
                    sends[run.units] |= mask[start : start + len(run.units)].any(axis=1)
        return frozenset(np.flatnonzero(~sends).tolist())


def growth(detail: float) -> float:
    """Return how much larger texts are drawn where neurons are large."""
    return min(max(detail, 1.0), MOST_GROWTH)
