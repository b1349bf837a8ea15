"""The kinds of layers, one file each; `layers.Dense(4, activation="tanh")`."""

from nnstudio.engine.layer import GROUPS, LAYERS
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.add import Add
from nnstudio.engine.layers.average import Average
from nnstudio.engine.layers.batch_normalization import BatchNormalization
from nnstudio.engine.layers.concatenate import Concatenate
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.flatten import Flatten
from nnstudio.engine.layers.gaussian_noise import GaussianNoise
from nnstudio.engine.layers.input import Input
from nnstudio.engine.layers.layer_normalization import LayerNormalization
from nnstudio.engine.layers.multiply import Multiply
from nnstudio.engine.layers.output import Output
from nnstudio.engine.layers.permute import Permute
from nnstudio.engine.layers.reshape import Reshape
from nnstudio.engine.layers.subtract import Subtract

LAYERS.sort(key=lambda kind: (GROUPS.index(kind.group), kind.label))

__all__ = [
    "Activation",
    "Add",
    "Average",
    "BatchNormalization",
    "Concatenate",
    "Dense",
    "Dropout",
    "Flatten",
    "GaussianNoise",
    "Input",
    "LayerNormalization",
    "Multiply",
    "Output",
    "Permute",
    "Reshape",
    "Subtract",
]
