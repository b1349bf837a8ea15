"""The libraries that results are compared with: skip without them, fail when they are demanded."""

import importlib
import importlib.util
import os
from types import ModuleType
from typing import Any

import pytest

PEERS = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime", "sklearn": "scikit-learn"}
DEMANDED = os.environ.get("NNSTUDIO_REQUIRE_PEERS") == "1"


def missing_peers() -> list[str]:
    """Return the names of the peers that are not installed."""
    return [
        label
        for name, label in PEERS.items()
        if importlib.util.find_spec(name.split(".")[0]) is None
    ]


def peer(name: str) -> ModuleType | Any:
    """Return the module `name` ("torch", "sklearn.datasets"); skip the test when it is missing."""
    label = PEERS[name.split(".")[0]]
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        if DEMANDED:
            pytest.fail(f"{label} is not installed, and NNSTUDIO_REQUIRE_PEERS=1", pytrace=False)
        pytest.skip(f"{label} is not installed")
