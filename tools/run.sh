#!/bin/sh
# Starts dmdesk: run.sh PYTHON_OF_VENV [PLAN_FILE]
# Without a plan file it opens the user's own copy of the sample plan, made the first time and kept ever after.
# Where there is no display it prints the plan instead, so that there is something to look at.
set -eu
py=$1
plan=${2:-}

if [ -z "$plan" ]; then
    plan=$("$py" -c '
import platformdirs
print(platformdirs.user_data_path("dmdesk", appauthor=False, ensure_exists=True) / "LDM-294 sample.dmplan")')
    if [ ! -e "$plan" ]; then
        fresh=${plan%.dmplan}.new.dmplan
        rm -f "$fresh"
        "$py" -m dmdesk sample "$fresh" >/dev/null
        mv "$fresh" "$plan"
        echo "Your copy of the sample plan: $plan"
    fi
fi

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    mkdir -p build
    name=$(basename "$plan" .dmplan)
    pdf="build/${name%.pdf}.pdf"
    echo "There is no display here, so dmdesk prints the plan instead of opening a window."
    "$py" -m dmdesk print "$plan" "$pdf" >/dev/null
    echo "The printed plan: $(pwd)/$pdf"
    exit
fi

[ -e .venv/qt.stamp ] || { sh tools/qt_libraries.sh "$py" && touch .venv/qt.stamp; }
exec "$py" main.py "$plan"
