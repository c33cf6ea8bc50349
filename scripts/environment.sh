#!/bin/sh
# Make sure .venv exists and holds what pyproject.toml and constraints.txt ask for.
#
#   scripts/environment.sh        what JupyterLab and the notebooks need
#   scripts/environment.sh dev    and the tools that check and test the package
#
# PYTHON chooses the interpreter. A second run does nothing until one of the two files changes, or
# the checkout moves: an environment only works where it was made.
set -eu
cd "$(dirname "$0")/.."

want=${1:-}
venv=.venv
python=$venv/bin/python
stamp=$venv/.installed${want:+-$want}
place=$venv/.made-in

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_pip() { "$1" -c 'import pip' 2>/dev/null; }
has_moved() { [ -f $place ] && [ "$(cat $place)" != "$(pwd)" ]; }
asked_for() { cat pyproject.toml constraints.txt | cksum; }

# Print the first interpreter that is recent enough.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_recent "$PYTHON" || fail "PYTHON=$PYTHON is not Python 3.11 or newer (or does not run):" \
            "point PYTHON at one that is, such as PYTHON=/usr/bin/python3.11."
        echo "$PYTHON"
        return
    fi
    for name in python3.13 python3.12 python3.11 python3 python; do
        if is_recent "$name"; then
            echo "$name"
            return
        fi
    done
    fail "b2bkit needs Python 3.11 or newer, and none is on the PATH: install one" \
        "or name it, as in make lab PYTHON=/path/to/python3.11."
}

# Say why a virtual environment cannot be made, before a half one is left behind.
check_ensurepip() {
    "$1" -c 'import venv; from ensurepip import version' 2>/dev/null && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    fail "Python $version here cannot make a virtual environment, because it comes without" \
        "ensurepip: install the package python$version-venv (Debian and Ubuntu:" \
        "apt-get install python$version-venv), then run the same command again."
}

make_venv() {
    base=$(find_python)
    check_ensurepip "$base"
    [ ! -e $venv ] || say "The environment in $venv does not work here any more; making it anew."
    say "Making $venv with $("$base" --version) ..."
    rm -rf $venv
    trap 'rm -rf $venv' EXIT
    trap 'exit 130' INT TERM
    "$base" -m venv $venv
    pwd >$place
    trap - EXIT INT TERM
}

pip_install() {
    $python -m pip install --quiet --disable-pip-version-check -c constraints.txt "$@" ||
        fail "The packages could not be installed: pip's own words are above this line." \
            "When the cause is gone (no network, a full disk), run the same command again."
}

# The build tools come from the same locked versions, so nothing is built with a newer one.
install() {
    say "Installing into $venv (a minute or two the first time) ..."
    pip_install hatchling editables
    pip_install --no-build-isolation -e ".${want:+[$want]}"
    asked_for >"$stamp"
    asked_for >"$venv/.installed"
}

if ! is_recent $python || ! has_pip $python || has_moved; then make_venv; fi
if [ "$(cat "$stamp" 2>/dev/null)" != "$(asked_for)" ]; then install; fi
