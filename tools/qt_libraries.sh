#!/bin/sh
# Sees to it that the system libraries Qt loads are there (Linux only): qt_libraries.sh PYTHON_OF_VENV
# Qt's wheels bring Qt itself, but not the libraries that talk to X11, Wayland, OpenGL and the fonts.
set -eu
py=$1
[ "$(uname -s)" = Linux ] || exit 0

packages="libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libwayland-client0 libwayland-cursor0
libwayland-egl1 libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1
libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0 libzstd1"
install="apt-get install -y --no-install-recommends $(echo $packages)"

qt=$("$py" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')/Qt
missing() {
    ldd "$qt/lib/libQt6Widgets.so.6" "$qt/lib/libQt6Svg.so.6" "$qt/plugins/platforms/libqoffscreen.so" \
        "$qt/plugins/platforms/libqxcb.so" "$qt/plugins/platforms/libqwayland.so" |
        sed -n 's/^[[:space:]]*\(lib[^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' '
}

[ -n "$(missing)" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Qt needs these system libraries, please install them: $(missing)" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    printf '%s\n' "Qt needs a few system libraries. Please run this once, then try again:" "sudo $install" >&2
    exit 1
fi
echo "Installing the system libraries that Qt needs ..."
export DEBIAN_FRONTEND=noninteractive
$as_root $install >/dev/null 2>&1 || { $as_root apt-get update -qq && $as_root $install >/dev/null; }
if [ -n "$(missing)" ]; then
    echo "Qt still misses these system libraries: $(missing)" >&2
    exit 1
fi
