"""Loads the scripts of packaging/, which are no package, so that tests can call their functions."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def script(name: str) -> ModuleType:
    """Return packaging/<name>.py as a module, loaded once."""
    known = f"packaging_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, PACKAGING / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[known] = module
        sys.path.insert(0, str(PACKAGING))
        try:
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(str(PACKAGING))
    return sys.modules[known]
