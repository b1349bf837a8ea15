"""PyTorch as a peer: the usual eager training step on prepared batches."""

import argparse
from collections.abc import Callable

import torch
from torch import nn

from nnstudio.engine.workloads import WORKLOADS, Workload
from tests.benchmarks.serving import serve

ACTIVATIONS = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU}


def model_of(workload: Workload) -> nn.Sequential:
    """Return the same network; softmax is part of PyTorch's cross-entropy."""
    layers: list[nn.Module] = []
    pairs = list(zip(workload.sizes, workload.sizes[1:], strict=False))
    for index, (inputs, outputs) in enumerate(pairs):
        layers.append(nn.Linear(inputs, outputs))
        if index < len(pairs) - 1:
            layers.append(ACTIVATIONS[workload.hidden]())
    if not workload.has_classes:
        layers.append(ACTIVATIONS[workload.last]())
    return nn.Sequential(*layers)


def optimizer_of(workload: Workload, model: nn.Module) -> torch.optim.Optimizer:
    """Return the workload's optimiser."""
    if workload.optimizer == "adam":
        return torch.optim.Adam(model.parameters(), workload.rate)
    momentum = 0.9 if workload.optimizer == "momentum" else 0.0
    return torch.optim.SGD(model.parameters(), workload.rate, momentum=momentum)


def build(name: str, options: argparse.Namespace) -> tuple[Callable[[], object], int]:
    """Return a call that does one step on the next batch."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    workload = WORKLOADS[name]
    model = model_of(workload)
    optimizer = optimizer_of(workload, model)
    x, y = workload.examples()
    kind = torch.long if workload.has_classes else torch.float32
    batches = list(
        zip(
            torch.tensor(x, dtype=torch.float32).split(workload.batch),
            torch.tensor(y, dtype=kind).split(workload.batch),
            strict=True,
        )
    )
    position = [0]

    def step() -> None:
        inputs, targets = batches[position[0]]
        position[0] = (position[0] + 1) % len(batches)
        optimizer.zero_grad()
        answers = model(inputs)
        if workload.has_classes:
            loss = nn.functional.cross_entropy(answers, targets)
        else:
            loss = 0.5 * nn.functional.mse_loss(answers, targets)
        loss.backward()
        optimizer.step()

    return step, 1


if __name__ == "__main__":
    serve(build)
