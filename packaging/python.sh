# Finds the checkout and a Python that fits; run.sh and test.sh read this file.
# Sets: root (the checkout), python (any Python 3.11-3.14), home (the private environment).

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
home="$root/.venv"

fail() {
    printf 'NN Studio: %s\n' "$1" >&2
    exit 1
}

# A Python fits when its version does and, with "complete", when it can make environments.
fits() {
    local ask='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
    [ "${2:-}" = complete ] && ask="import ensurepip, venv; $ask"
    "$1" -c "$ask" >/dev/null 2>&1
}

find_python() {
    local name found
    if [ -n "${NNSTUDIO_PYTHON:-}" ]; then
        fits "$NNSTUDIO_PYTHON" || fail "NNSTUDIO_PYTHON is $NNSTUDIO_PYTHON, but that is not a working Python 3.11 to 3.14."
        python="$NNSTUDIO_PYTHON"
        return
    fi
    if fits "$home/bin/python"; then
        python="$home/bin/python"
        return
    fi
    for found in complete any; do # one that can make environments, else one that must be completed
        for name in python3 python3.14 python3.13 python3.12 python3.11 python \
            "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-4]*/bin/python; do
            if fits "$name" "$found"; then
                python="$name"
                return
            fi
        done
    done
    fail "No Python 3.11, 3.12, 3.13 or 3.14 was found. Install one (Debian, Ubuntu: sudo apt-get install python3 python3-venv; elsewhere: https://www.python.org/downloads/), or name it: NNSTUDIO_PYTHON=/path/to/python3 bash packaging/run.sh"
}

HOME="${HOME:-/}"
find_python
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" PYTHONUTF8=1
