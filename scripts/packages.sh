#!/usr/bin/env bash
# The one list of Debian 12 packages. Usage: scripts/packages.sh run|test  — installs what is missing, nothing else.
set -euo pipefail

build=(
    build-essential cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-base-dev-tools qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libqt6svg6-dev libqt6sql6-sqlite libgl1-mesa-dev
    libosip2-dev libsmpp34-dev libboost-dev libssl-dev zlib1g-dev libjemalloc-dev libgammu-dev libyaml-cpp-dev libsqlite3-dev tzdata
    qt6-translations-l10n fonts-dejavu-core
)
# Peers and judges that the tests talk to.
test=(
    git ca-certificates curl procps util-linux libcoap3-bin
    sip-tester libxml2-utils linphone-cli baresip-core openssl tshark kamailio mosquitto iproute2 sqlite3 xvfb xauth
    nftables conntrack jq nodejs kannel kannel-extras
)

# Some packages of nodejs bring npm and clash with Debian's.
command -v npm >/dev/null || test+=(npm)

case "${1:-}" in
    run) wanted=("${build[@]}") ;;
    test) wanted=("${build[@]}" "${test[@]}") ;;
    *) echo "usage: $0 run|test" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing: ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -q
echo 'wireshark-common wireshark-common/install-setuid boolean false' | "${as_root[@]}" debconf-set-selections || true
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
