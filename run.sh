#!/usr/bin/env bash
# Builds Reveille on a bare Debian 12 and starts the console with its demo. Arguments go to the console instead of --demo.
set -euo pipefail
cd "$(dirname "$0")"

scripts/packages.sh run
cmake --preset release -DREVEILLE_BUILD_TESTS=OFF
cmake --build --preset release
[ $# -gt 0 ] || set -- --demo
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "No display here: the console needs one. Headless, the same server is build/release/bin/reveilled." >&2
    exit 1
fi
exec build/release/bin/reveille "$@"
