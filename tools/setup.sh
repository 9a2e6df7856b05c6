#!/bin/sh
# Makes .venv and installs one lock file into it: setup.sh PYTHON_OF_VENV LOCK_FILE
# Kept apart from the Makefile because it has to explain itself where something is missing.
set -eu
py=$1
lock=$2

# Prints the first Python that is new enough and able to make virtual environments.
find_python() {
    old_enough=
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || continue
        old_enough=$candidate
        "$candidate" -c 'import venv, ensurepip' 2>/dev/null || continue
        echo "$candidate"
        return
    done
    if [ -n "$old_enough" ]; then
        echo "$old_enough cannot make virtual environments; on Debian or Ubuntu: sudo apt-get install python3-venv" >&2
    else
        echo "dmdesk needs Python 3.11 to 3.14, and none was found. Set PYTHON=/path/to/python if it lies elsewhere." >&2
    fi
    return 1
}

if ! "$py" -m pip --version >/dev/null 2>&1; then
    base=$(find_python)
    rm -rf .venv
    "$base" -m venv .venv
fi

echo "Installing the dependencies of dmdesk ($lock) ..."
"$py" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" || {
    echo "The dependencies could not be installed (the first time, a network connection is needed)." >&2
    exit 1
}

# The checkout is the program: let this Python find it, and give it a command.
"$py" - <<'END'
import os
import sysconfig
from pathlib import Path

Path(sysconfig.get_path("purelib"), "dmdesk.pth").write_text(os.getcwd() + "\n", encoding="utf-8")
scripts = Path(sysconfig.get_path("scripts"))
if os.name == "nt":
    (scripts / "dmdesk.cmd").write_text('@"%~dp0python.exe" -P -m dmdesk %*\n', encoding="utf-8")
else:
    command = scripts / "dmdesk"
    command.write_text('#!/bin/sh\nexec "$(dirname "$(realpath "$0")")/python" -P -m dmdesk "$@"\n', encoding="utf-8")
    command.chmod(0o755)
END
