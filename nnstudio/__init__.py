"""NN Studio: build, train, watch and take away neural networks (lazy public face for scripts)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from nnstudio.document.project import Project
    from nnstudio.engine import Network, Trainer

__all__ = ["Network", "Project", "Trainer", "__version__"]

_HOMES = {
    "Network": "nnstudio.engine",
    "Trainer": "nnstudio.engine",
    "Project": "nnstudio.document.project",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that `import nnstudio` costs nothing (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'nnstudio' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
