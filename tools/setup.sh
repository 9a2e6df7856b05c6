#!/bin/sh
# Makes .venv and installs one lock file into it: setup.sh PYTHON_OF_VENV LOCK_FILE
# Kept apart from the Makefile because it has to explain itself where something is missing.
set -eu
py=$1
lock=$2

# Says whether a Python is new enough, and not too new.
suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
}

# Says whether a Python brings the pip that a virtual environment starts with (Debian's does not without python3-venv).
brings_pip() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}

# Prints every Python on the way, in the order in which they are found, each once.
pythons() {
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        (
            IFS=:
            for folder in $PATH; do
                [ -x "$folder/$name" ] && suits "$folder/$name" &&
                    "$folder/$name" -c 'import os, sys; print(os.path.realpath(sys.executable))'
            done
            true
        )
    done | awk '!seen[$0]++'
}

# Prints how many microseconds of work a Python needs for what a plan asks of it: objects, dictionaries, texts.
pace() {
    "$1" - <<'END'
import time


class Item:
    def __init__(self, number):
        self.number, self.text = number, str(number)

    def size(self):
        return self.number + len(self.text)


def work():
    sizes = {}
    for number in range(3000):
        item = Item(number)
        sizes[item.text] = sizes.get(str(number - 1), 0) % 7 + item.size()
    return ",".join(sizes)


def took():
    start = time.process_time()
    work()
    return time.process_time() - start


print(round(1e6 * min(took() for _ in range(8))))
END
}

# Prints the Python to use and, in a second line, the one that lends it pip: PYTHON if it is set, else the first found,
# unless another one is clearly quicker. One that was built without its compiler's optimisation takes up to twice as long
# for everything, and the first found often is. Paces are taken in turn, since other work on the machine disturbs them.
find_python() {
    found=
    lender=
    IFS=$newline
    for candidate in ${PYTHON:-$(pythons)}; do
        suits "$candidate" || continue
        found="$found$candidate$newline"
        brings_pip "$candidate" && lender=${lender:-$candidate}
    done
    if [ -z "$found" ]; then
        echo "dmdesk needs Python 3.11 to 3.14, and none was found. Set PYTHON=/path/to/python if it lies elsewhere." >&2
        return 1
    fi
    if [ -z "$lender" ]; then
        echo "${found%%"$newline"*} cannot make virtual environments; on Debian or Ubuntu: sudo apt-get install python3-venv" >&2
        return 1
    fi
    for round in 1 2 3 4 5; do
        for candidate in $found; do
            echo "$(pace "$candidate") $candidate"
        done
    done | awk '
        { pace = $1; sub(/^[0-9]+ /, "") }
        !($0 in best) { order[++count] = $0 }
        !($0 in best) || pace < best[$0] { best[$0] = pace }
        END {
            chosen = order[1]
            for (i = 2; i <= count; i++) if (best[order[i]] < 0.85 * best[chosen]) chosen = order[i]
            print chosen
        }'
    echo "$lender"
}

# Makes .venv with a Python; one that brings no pip gets that of its lender: make_venv PYTHON LENDER
make_venv() {
    rm -rf .venv
    if brings_pip "$1"; then
        "$1" -m venv .venv
    else
        "$1" -m venv --without-pip .venv
        wheel=$("$2" -c 'import ensurepip, pathlib
print(*(pathlib.Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))')
        "$py" "$wheel/pip" install --quiet --no-index "$wheel"
    fi
}

newline='
'
if ! "$py" -m pip --version >/dev/null 2>&1; then
    pair=$(find_python)
    make_venv "${pair%%"$newline"*}" "${pair#*"$newline"}"
    echo "dmdesk runs with Python $("$py" -c 'import platform; print(platform.python_version())') of ${pair%%"$newline"*}."
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

# The first start need not wait for what every later one finds ready.
"$py" -m compileall -q -j 0 dmdesk ui migrations main.py
