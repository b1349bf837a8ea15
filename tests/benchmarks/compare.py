"""Interleaved comparison: every peer is a process; rounds alternate between them.

    python tests/benchmarks/compare.py --workloads W1a,W4s --peers torch,sklearn --rounds 9

A ratio above 1 means this engine is faster; it is the median over rounds of the peer's
processor time per step divided by ours. One thread each. OPENBLAS_CORETYPE is left as the
environment has it, or set by --pinned / removed by --unpinned.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = {"ours": "ours.py", "torch": "torch_peer.py", "sklearn": "sklearn_peer.py"}
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Peer:
    """A process that trains one workload when asked."""

    def __init__(self, name: str, workload: str, kernels: str, dtype: str) -> None:
        environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
        environment["PYTHONPATH"] = str(HERE.parent.parent)
        if kernels == "pinned":
            environment["OPENBLAS_CORETYPE"] = "Haswell"
        elif kernels == "unpinned":
            environment.pop("OPENBLAS_CORETYPE", None)
        command = [sys.executable, str(HERE / SCRIPTS[name]), "--workload", workload, "--serve"]
        if dtype:
            command += ["--dtype", dtype]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        if self._answer() != "ready":
            raise RuntimeError(f"{name} could not start {workload}")

    def run(self, seconds: float) -> tuple[float, float]:
        """Return wall and processor microseconds per step."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"run {seconds}\n")
        self._process.stdin.flush()
        found = json.loads(self._answer())
        return found["sec"] / found["steps"] * 1e6, found["cpu"] / found["steps"] * 1e6

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def compare(
    workload: str,
    names: list[str],
    rounds: int,
    seconds: float,
    kernels: str = "",
    dtype: str = "",
) -> dict[str, dict[str, float]]:
    """Return processor time per step and the ratio to ours, by peer ("ours" included)."""
    peers = {name: Peer(name, workload, kernels, dtype) for name in ("ours", *names)}
    times: dict[str, list[float]] = {name: [] for name in peers}
    try:
        for _ in range(rounds):
            for name, peer in peers.items():
                times[name].append(peer.run(seconds)[1])
    finally:
        for peer in peers.values():
            peer.close()
    return {
        name: {
            "microseconds": statistics.median(found),
            "ratio": statistics.median(
                theirs / ours for theirs, ours in zip(found, times["ours"], strict=True)
            ),
        }
        for name, found in times.items()
    }


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workloads", default="W1a,W1b,W2,W3,W4s,W4r,W4a,W5a,W5b")
    parser.add_argument("--peers", default="torch")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--dtype", default="", help="of our network; the default is as for users")
    parser.add_argument("--pinned", dest="kernels", action="store_const", const="pinned")
    parser.add_argument("--unpinned", dest="kernels", action="store_const", const="unpinned")
    options = parser.parse_args()
    for workload in options.workloads.split(","):
        found = compare(
            workload,
            options.peers.split(","),
            options.rounds,
            options.seconds,
            options.kernels or "",
            options.dtype,
        )
        shown = "   ".join(
            f"{name} {row['microseconds']:9.2f} µs  ×{row['ratio']:6.2f}"
            for name, row in found.items()
        )
        print(f"{workload:4}  {shown}", flush=True)


if __name__ == "__main__":
    main()
