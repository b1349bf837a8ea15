#!/usr/bin/env bash
# Runs all tests without a screen; the first time it makes the private environment with the test tools.
#   bash packaging/test.sh                     everything, on two processes where there are two cores
#   bash packaging/test.sh tests/engine -x     arguments go to pytest
#   NNSTUDIO_REQUIRE_PEERS=1                   fail when PyTorch, ONNX Runtime or scikit-learn is missing
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/python.sh"

"$python" "$root/packaging/environment.py" test

export QT_QPA_PLATFORM=offscreen
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
cd -- "$root"
if [ $# -eq 0 ]; then
    set -- -q
    if [ "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)" -ge 2 ]; then set -- -n 2 "$@"; fi
fi
exec "$home/bin/python" -m pytest "$@"
