#!/usr/bin/env bash
# Starts NN Studio; the first time it makes a private environment (.venv) and fetches what is needed.
#   bash packaging/run.sh                 opens the window
#   bash packaging/run.sh circle.nns      opens a project
#   bash packaging/run.sh train --help    every command of the program, without a window
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/python.sh"

# Commands are single words; everything else opens the window and needs its libraries.
case "${1:-}" in
    --version | --self-test | --help | -h) goal=command ;;
    "" | -* | */* | *.nns) goal=window ;;
    *) goal=command ;;
esac
if [ "$goal" = window ] && [ "$(uname -s)" = Linux ] &&
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    fail "There is no screen to open a window on (DISPLAY and WAYLAND_DISPLAY are empty). The commands work without one: bash packaging/run.sh --help"
fi

"$python" "$root/packaging/environment.py" "$goal"
# -P: a file such as random.py in the current folder must not stand in for a module.
exec "$home/bin/python" -P -m nnstudio "$@"
