"""Layers, optimisers and wires as plain JSON values and back, for files and the clipboard."""

import re
from collections.abc import Mapping
from typing import Any

from nnstudio.configured import Configured, changed_settings
from nnstudio.document.unknown import Unknown, unknown_layer
from nnstudio.engine.layer import LAYERS, Layer
from nnstudio.errors import StudioError

ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


def settings_to_plain(item: Configured) -> dict[str, Any]:
    """Return the settings that differ from their defaults, as JSON values."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in changed_settings(item).items()
    }


def layer_to_plain(layer: Layer) -> tuple[str, dict[str, Any]]:
    """Return the kind and the settings of a layer as a file stores them."""
    if isinstance(layer, Unknown):
        return layer.kind, layer.values
    return layer.id, settings_to_plain(layer)


def layer_from_plain(kind: str, settings: Mapping[str, Any], ports: tuple[str, ...] = ()) -> Layer:
    """Return the layer; a placeholder that keeps everything when kind or settings are unknown.

    `ports` are the input ports the wires of the file lead to.
    """
    known = LAYERS.get(kind)
    if known is not None:
        try:
            return known(**settings)
        except (StudioError, TypeError):
            pass
    return unknown_layer(kind, settings, ports)
