"""Saves one file again and again in a child process, kills it at random moments, looks at the file.

Run as a program: `killed_while_saving.py FOLDER COUNT SEED`; prints how often each state was met.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import numpy as np

from nnstudio.document.project import Project, freeze
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.exchange.atomic import backup_of
from nnstudio.exchange.project_file import open_project, save


def project(number: int) -> Project:
    """Return a project whose every part says `number`."""
    nodes = (Node("input_1", layers.Input((40,))), Node("dense_1", layers.Dense(50)))
    weights = {
        "dense_1/weight": np.full((40, 50), float(number)),
        "dense_1/bias": np.full(50, float(number)),
    }
    return Project(
        graph=Graph(nodes, (Wire("input_1", "dense_1"),)),
        title=str(number),
        weights=freeze(weights),
    )


def save_for_ever(path: Path, number: int, started: int) -> None:
    """Save project after project until somebody kills this process."""
    os.write(started, b".")
    while True:
        number += 1
        save(project(number), path)


def number_in(path: Path) -> int:
    """Return the number all parts of a file agree on."""
    opened = open_project(path).project
    for array in opened.weights.values():
        assert (array == float(opened.title)).all()
    assert len(opened.weights) == 2
    return int(opened.title)


def main() -> None:
    folder, count, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    path = folder / "project.nns"
    save(project(0), path)
    number, grown, halves = 0, 0, 0
    for _ in range(count):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            save_for_ever(path, number, writing)
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)
        time.sleep(chance.random() * 0.012)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = number_in(path)
        assert found >= number, f"{found} after {number}"
        if backup_of(path).exists():
            assert number_in(backup_of(path)) in (found - 1, found)
        halves += sum(left.suffix == ".tmp" for left in folder.iterdir())
        for left in folder.glob(".*.tmp"):
            left.unlink()
        grown += found > number
        number = found
    names = sorted(left.name for left in folder.iterdir())
    assert names == ["project.nns", "project.nns.bak"], names
    print(f"{count} kills, {number} saves, {grown} times a newer file, {halves} halves left beside")


if __name__ == "__main__":
    main()
