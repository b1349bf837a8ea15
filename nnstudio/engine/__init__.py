"""The mathematics: layers, networks, training. NumPy only; scripts, window and exports use it."""

from nnstudio.engine import layers, losses, optimizers
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.graph import Graph, GraphBuilder, Node, Wire
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layer import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.engine.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LAYERS",
    "LOSSES",
    "METRICS",
    "OPTIMIZERS",
    "SCHEDULES",
    "Graph",
    "GraphBuilder",
    "Network",
    "Node",
    "Trainer",
    "Wire",
    "layers",
    "losses",
    "optimizers",
]
