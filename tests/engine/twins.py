"""The same networks in PyTorch, for comparison."""

from typing import Any

import numpy as np
import torch
from torch import nn

from nnstudio.engine import Network

ACTIVATIONS: dict[str, Any] = {
    "identity": lambda v: v,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda v: nn.functional.leaky_relu(v, 0.01),
    "elu": nn.functional.elu,
    "softplus": nn.functional.softplus,
    "gelu": nn.functional.gelu,
    "swish": nn.functional.silu,
    "softmax": lambda v: torch.softmax(v, -1),
}
LOSSES: dict[str, Any] = {
    "mean_squared_error": nn.functional.mse_loss,
    "half_squared_error": lambda y, t: 0.5 * ((y - t) ** 2).sum() / len(y),
    "sum_squared_error": lambda y, t: ((y - t) ** 2).sum(),
    "mean_absolute_error": nn.functional.l1_loss,
    "huber": nn.functional.huber_loss,
    "hinge": lambda y, t: torch.clamp(1 - t * y, min=0).mean(),
    "binary_crossentropy": nn.functional.binary_cross_entropy,
    "categorical_crossentropy": lambda y, t: -(t * torch.log(y)).sum() / len(y),
}


class Twin:
    """A network's graph, run by PyTorch on leaf tensors of the same names."""

    def __init__(self, net: Network, dtype: torch.dtype = torch.float64) -> None:
        self.graph = net.graph
        self.dtype = dtype
        weights = net.weights
        self.states = {
            name: torch.tensor(array, dtype=dtype)
            for name, array in weights.items()
            if net.graph.weights[name].role == "state"
        }
        self.weights = {
            name: torch.tensor(array, dtype=dtype, requires_grad=True)
            for name, array in weights.items()
            if name not in self.states
        }
        self.masks = {
            name: torch.tensor(flags) for name, flags in net.masks.items() if name.endswith(".mask")
        }

    def forward(
        self, inputs: dict[str, Any], training: bool = True, dropout: dict[str, Any] | None = None
    ) -> dict[str, torch.Tensor]:
        """Return every node's value."""
        values: dict[str, torch.Tensor] = {}
        for id in self.graph.order:
            layer = self.graph[id].layer
            arriving = [values[wire.source] for wire in self.graph.incoming[id]]
            if layer.id == "input":
                values[id] = torch.tensor(np.asarray(inputs[id]), dtype=self.dtype)
            elif layer.id == "dense":
                values[id] = self._dense(id, layer, arriving[0])
            elif layer.id == "activation":
                values[id] = ACTIVATIONS[layer.function](arriving[0])
            elif layer.id == "batch_normalization":
                values[id] = self._batch_norm(id, layer, arriving[0], training)
            elif layer.id == "add":
                values[id] = torch.stack(arriving).sum(0)
            elif layer.id == "multiply":
                values[id] = torch.stack(arriving).prod(0)
            elif layer.id == "subtract":
                values[id] = arriving[0] - arriving[1]
            elif layer.id == "average":
                values[id] = torch.stack(arriving).mean(0)
            elif layer.id == "concatenate":
                values[id] = torch.cat(arriving, -1)
            elif layer.id == "flatten":
                values[id] = arriving[0].flatten(1)
            elif layer.id == "reshape":
                values[id] = arriving[0].reshape(-1, *self.graph.shapes[id])
            elif layer.id == "permute":
                values[id] = arriving[0].permute(
                    0, *[a + 1 for a in layer.axes(arriving[0].ndim - 1)]
                )
            elif layer.id == "layer_normalization":
                values[id] = nn.functional.layer_norm(
                    arriving[0],
                    arriving[0].shape[-1:],
                    self.weights[f"{id}/scale"],
                    self.weights[f"{id}/shift"],
                    layer.epsilon,
                )
            elif layer.id == "gaussian_noise" and dropout and id in dropout:
                values[id] = arriving[0] + torch.tensor(dropout[id], dtype=self.dtype)
            elif layer.id == "dropout" and dropout and id in dropout:
                values[id] = arriving[0] * torch.tensor(dropout[id], dtype=self.dtype)
            else:
                values[id] = arriving[0]
        return values

    def _weight(self, name: str) -> torch.Tensor:
        mask = self.masks.get(f"{name}.mask")
        return self.weights[name] if mask is None else self.weights[name] * mask

    def _dense(self, id: str, layer: Any, x: torch.Tensor) -> torch.Tensor:
        v = x @ self._weight(f"{id}/weight")
        if layer.bias != "none":
            v = v + self._weight(f"{id}/bias")
        return ACTIVATIONS[layer.activation](v)

    def _batch_norm(self, id: str, layer: Any, x: torch.Tensor, training: bool) -> torch.Tensor:
        channels_second = x.movedim(-1, 1)
        y = nn.functional.batch_norm(
            channels_second,
            self.states[f"{id}/running_mean"],
            self.states[f"{id}/running_variance"],
            self.weights[f"{id}/scale"],
            self.weights[f"{id}/shift"],
            training,
            1.0 - layer.momentum,
            layer.epsilon,
        )
        return y.movedim(1, -1)
