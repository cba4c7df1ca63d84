#!/usr/bin/env bash
# Puts the Node.js peers of the tests, as package-lock.json names them, into BUILD/tests/peers/node_modules; nothing where they
# are there already. A test gives that folder's parent to node: NODE_PATH=BUILD/tests/peers/node_modules node my-peer.js
# Usage: install.sh BUILD
set -euo pipefail
build=${1:?usage: install.sh BUILD}
here=$(cd "$(dirname "$0")" && pwd)
target=$build/tests/peers
mkdir -p "$target"
exec 9> "$target/lock"
flock 9 # two tests may want them at once

installed=$target/node_modules/.installed
if cmp -s "$here/package-lock.json" "$installed"; then
    exit 0
fi
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$target/"
(cd "$target" && npm ci --ignore-scripts --no-fund --no-audit --prefer-offline)
cp "$here/package-lock.json" "$installed"
