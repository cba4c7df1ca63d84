#!/usr/bin/env bash
# Installs what is missing on a Debian 12, builds, and runs every test; then the suites that suit them again under the
# address, undefined-behaviour and thread sanitizers. Needs no display. REVEILLE_QUICK=1 leaves the sanitizers out.
set -euo pipefail
cd "$(dirname "$0")"

scripts/packages.sh test
export QT_QPA_PLATFORM=offscreen
jobs=$(nproc)
failed=0

step() { printf '\n=== %s (%s)\n' "$1" "$(date +%T)"; }

step "build, warnings as errors"
cmake --preset release -DREVEILLE_BUILD_TESTS=ON
cmake --build --preset release
step "peers from npm"
tests/peers/install.sh build/release
step "all tests"
ctest --preset release -j "$jobs" || failed=1

if [ -z "${REVEILLE_QUICK:-}" ]; then
    step "address and undefined behaviour sanitizers"
    cmake --preset asan -DREVEILLE_BUILD_GUI=OFF
    cmake --build --preset asan --target sanitized_tests
    ctest --preset asan -j "$jobs" -L sanitized || failed=1

    step "thread sanitizer"
    cmake --preset tsan -DREVEILLE_BUILD_GUI=OFF
    cmake --build --preset tsan --target threaded_tests
    ctest --preset tsan -L threaded || failed=1
fi

step "done"
exit $failed
