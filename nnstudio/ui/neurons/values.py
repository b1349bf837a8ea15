"""The numbers the picture shows now: weights, masks, signals, maps, and their held scales."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.edits.weights import complete_weights
from nnstudio.document.picture.anatomy import Anatomy, Group, Link
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.training.snapshot import Snapshot

Array = NDArray[Any]

BOUNDED = ("sigmoid", "step", "softmax", "tanh")
"""Activations whose signals stay within -1 … 1; their colour scale never moves."""

SMALLEST_LIMIT = 1e-6


class Values:
    """Read by items; written by the view from the document and from snapshots.

    `mode` says what a line's width means: "weights" √|w| or "signals" |w·x|. The scales follow
    the largest value, but while `held` (training) they only stay or grow where they must not
    clip: lines thicken instead of being renormalised.
    """

    def __init__(self) -> None:
        self.mode = "weights"
        self.held = False
        self.weights: Mapping[str, Array] = {}
        self.masks: Mapping[str, Array] = {}
        self.signals: Mapping[str, Array] = {}
        self.maps: Mapping[str, Array] = {}
        self.raw: Mapping[str, Any] = {}
        self._limits: dict[str, float] = {}
        self._signal_limits: dict[str, float] = {}

    def take_project(self, project: Project) -> None:
        """Show the numbers of the document; missing weights as training would start with them."""
        try:
            self.weights = complete_weights(project).weights
        except StudioError:
            self.weights = project.weights
        self.masks = project.masks

    def take_snapshot(self, snapshot: Snapshot, weights: bool) -> None:
        """Show signals and maps of a snapshot, and its weights too while it leads."""
        if weights and snapshot.weights is not None:
            self.weights = snapshot.weights
        if snapshot.signals is not None:
            self.signals = {
                id: np.asarray(array, np.float64).reshape(-1)
                for id, array in snapshot.signals.items()
            }
        self.raw = snapshot.example.raw if snapshot.example is not None else {}
        if snapshot.maps is not None:
            self.maps = snapshot.maps

    def forget(self) -> None:
        """Drop signals, maps and scales (another project or structure)."""
        self.signals, self.maps = {}, {}
        self._limits, self._signal_limits = {}, {}

    def rescale(self, anatomy: Anatomy) -> None:
        """Set the scales to the largest values; while held, only a scale that is missing."""
        if not (self.held and self.mode in self._limits):
            largest = max(
                (self._largest(self.strengths(anatomy, link)) for link in anatomy.links), default=0
            )
            self._limits[self.mode] = max(largest, SMALLEST_LIMIT)
        for group in anatomy.groups.values():
            now = self._largest(self.signals.get(group.signal, np.zeros(1)))
            shown = self.maps.get(group.signal)
            if shown is not None:
                now = max(now, self._largest(shown))
            before = self._signal_limits.get(group.id, 0.0) if self.held else 0.0
            self._signal_limits[group.id] = max(now, before, SMALLEST_LIMIT)

    @staticmethod
    def _largest(values: Array) -> float:
        finite = values[np.isfinite(values)]
        return float(np.abs(finite).max(initial=0.0))

    @property
    def limit(self) -> float:
        """The value that is drawn with the full width."""
        return self._limits.get(self.mode, 1.0)

    def matrix(self, link: Link) -> Array | None:
        """Return the weights of a link as they count, (rows, units): 0 where cut."""
        weight = self.weights.get(link.weight)
        if weight is None or weight.ndim != 2:
            return None
        mask = self.mask(link)
        return weight if mask is None else np.where(mask, weight, 0)

    def mask(self, link: Link) -> Array | None:
        """Return which connections are wired, None for all."""
        mask = self.masks.get(f"{link.weight}.mask")
        weight = self.weights.get(link.weight)
        return (
            mask if mask is not None and weight is not None and mask.shape == weight.shape else None
        )

    def frozen(self, name: str) -> Array | None:
        """Return which entries of an array are locked, None for none."""
        flags = self.masks.get(f"{name}.frozen")
        held = self.weights.get(name)
        return (
            flags if flags is not None and held is not None and flags.shape == held.shape else None
        )

    def strengths(self, anatomy: Anatomy, link: Link) -> Array:
        """Return what the lines of a link show, (rows, units): w, or w·x in signal mode."""
        weight = self.matrix(link)
        if weight is None:
            rows = sum(len(run.units) for run in link.runs)
            return np.zeros((rows, anatomy.groups[link.target].size))
        if self.mode == "weights":
            return weight
        return weight * self.arriving(anatomy, link)[:, None]

    def arriving(self, anatomy: Anatomy, link: Link) -> Array:
        """Return the signal that enters each row of a link; 0 while it is not known."""
        parts = []
        for run in link.runs:
            signal = self.signals.get(anatomy.groups[run.group].signal)
            known = signal is not None and len(signal) == anatomy.groups[run.group].size
            parts.append(
                signal[run.units] if known and signal is not None else np.zeros(len(run.units))
            )
        return np.concatenate(parts) if parts else np.zeros(0)

    def signal(self, group: Group, unit: int) -> float | None:
        """Return what a neuron sends on for the current example; None while not known."""
        values = self.signals.get(group.signal)
        return float(values[unit]) if values is not None and unit < len(values) else None

    def share(self, group: Group, values: Array) -> Array:
        """Return signals on the colour scale of their layer, -1 … 1.

        0 is neutral, as nothing is sent then; only the probability of one class runs from the
        colour of class 0 to that of class 1.
        """
        if group.binary:
            return np.asarray(np.clip(2 * values - 1, -1, 1))
        if group.function in BOUNDED:
            return np.asarray(np.clip(values, -1, 1))
        return np.asarray(np.clip(values / self._signal_limits.get(group.id, 1.0), -1, 1))

    def map(self, group: Group, unit: int) -> Array | None:
        """Return a neuron's answers over the plane, (rows upwards, columns), or None."""
        found = self.maps.get(group.signal)
        return found[unit] if found is not None and unit < len(found) else None

    def has_map(self, group: Group) -> bool:
        """Return whether the neurons of a group have response maps."""
        return group.grid is None and self.maps.get(group.signal) is not None

    def bias(self, group: Group, unit: int) -> float | None:
        """Return the bias of a neuron; None when its layer has none."""
        values = self.weights.get(group.bias) if group.bias else None
        at = group.bias_index(unit)[0]
        if values is None or at >= len(values):
            return None
        mask = self.masks.get(f"{group.bias}.mask")
        return 0.0 if mask is not None and not mask[at] else float(values[at])
