"""Every workload trains, here and in its peers; the ratios are measured when asked for.

NNSTUDIO_SPEED=1 compares processor times (some minutes; the machine should be quiet).
"""

import os

import numpy as np
import pytest

from nnstudio.engine import bench
from nnstudio.engine.workloads import WORKLOADS
from nnstudio.errors import StudioError
from tests.benchmarks.compare import compare

SMALL = [id for id, workload in WORKLOADS.items() if workload.sizes[0] < 100]

# Least ratio of the peer's processor time to ours: with OpenBLAS pinned to older kernels, without.
LEAST = {
    ("W1a", "torch"): (18, 20),
    ("W1a", "sklearn"): (20, 20),
    ("W1b", "torch"): (16, 18),
    ("W2", "torch"): (80, 85),
    ("W3", "torch"): (15, 17),
    ("W3", "sklearn"): (11.5, 11.5),
    ("W4s", "torch"): (1.1, 1.7),
    ("W4a", "torch"): (1.1, 1.7),
    ("W4s", "sklearn"): (1.2, 1.4),
    ("W4a", "sklearn"): (1.2, 1.4),
    ("W5a", "torch"): (1.4, 2.0),
    ("W5b", "torch"): (1.1, 1.75),
}


@pytest.mark.parametrize("id", SMALL)
def test_a_workload_learns(id: str) -> None:
    workload = WORKLOADS[id]
    x, y = workload.examples()
    losses = workload.trainer().fit(x, y, 60)["loss"]
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0]


def test_the_bench_tells_what_it_measured() -> None:
    (row,) = bench.run(["W1a"], seconds=0.02)
    assert (row.workload, row.network, row.batch, row.optimizer) == ("W1a", "2-4-2-1", 10, "SGD")
    assert 0.5 < row.microseconds < 5000
    assert row.examples_per_second == pytest.approx(10e6 / row.microseconds)
    with pytest.raises(StudioError, match="nothing called W0"):
        bench.run(["W0"])


@pytest.mark.skipif(os.environ.get("NNSTUDIO_SPEED") != "1", reason="set NNSTUDIO_SPEED=1")
@pytest.mark.parametrize("id", sorted({id for id, _ in LEAST}))
def test_ratios(id: str) -> None:
    peers = [peer for workload, peer in LEAST if workload == id]
    found = compare(id, peers, rounds=7, seconds=0.2)
    column = 0 if os.environ.get("OPENBLAS_CORETYPE") else 1
    for peer in peers:
        assert found[peer]["ratio"] >= LEAST[id, peer][column], peer
