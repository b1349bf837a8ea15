"""A peer as a process: answers `run 0.25` on standard input with steps and seconds as JSON."""

import argparse
import json
import sys
import time
from collections.abc import Callable

# Returns a function that trains, and how many steps one call of it does.
Build = Callable[[str, argparse.Namespace], tuple[Callable[[], object], int]]


def measure(train: Callable[[], object], steps: int, seconds: float) -> dict[str, float]:
    """Train for about `seconds` and return steps done, wall seconds and processor seconds."""
    begun = time.perf_counter()
    train()
    once = time.perf_counter() - begun
    repeats = max(1, int(min(0.05, seconds / 4) / max(once, 1e-7)))
    done, begun, processor = 0, time.perf_counter(), time.process_time()
    while True:
        for _ in range(repeats):
            train()
        done += repeats * steps
        passed = time.perf_counter() - begun
        if passed >= seconds:
            return {"steps": done, "sec": passed, "cpu": time.process_time() - processor}


def serve(build: Build) -> None:
    """Read the workload from the command line, warm up, then answer until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workload", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--dtype", default=None)
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    train, steps = build(options.workload, options)
    measure(train, steps, 0.3)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(train, steps, float(line.split()[1]))), flush=True)
