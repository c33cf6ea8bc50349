#!/bin/sh
# Write constraints.txt: the newest versions that pyproject.toml allows, of everything it names.
#
# The versions are found in an environment of their own, so nothing that happens to be in .venv gets
# in. Only `name==version` is kept: no address, no path.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-.venv/bin/python}
fresh=.build/lock
rm -rf $fresh
"$python" -m venv $fresh
$fresh/bin/python -m pip install --quiet --disable-pip-version-check hatchling editables
$fresh/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation \
    '.[dev,keyring]'
$fresh/bin/python -m pip freeze --exclude b2bkit | grep -E '^[A-Za-z0-9._-]+==[^ ]+$' |
    tr '[:upper:]' '[:lower:]' | LC_ALL=C sort >$fresh.txt
mv $fresh.txt constraints.txt
rm -rf $fresh
echo "constraints.txt: $(wc -l <constraints.txt) versions. Now run make test."
