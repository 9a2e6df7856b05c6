#!/bin/sh
# Writes requirements*.lock anew: every file of every dependency by its hash, for all systems and Pythons we support.
# The lock files name no address, so they work with any package index, mirror or folder of wheels.
set -eu
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    python3 -m venv build/lock
    build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
    uv=build/lock/bin/uv
fi
for name in requirements requirements-dev; do
    "$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$name.in" -o "$name.lock"
done
