#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What firewall-pinhole.sh shows with a kernel's firewall, without root: the mapping of a device in the simulated NAT closes,
# the server notices with its evidence, wakes the device over another bearer, and it is back from another port with what it
# had; the push is taken once. Over SIP and over CoAP.
# Usage: nat-pinhole.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
. "$here/nat-lib.sh"
programs=$1

nat_options=(--set udp_timeout_ms=3000)
start_behind "$programs" --set liveness/udp_pinhole_ms=9000 --set liveness/keep_alive_grace_ms=1000 \
    --set liveness/request_timeout_ms=2000 --set liveness/learn=off

. "$here/pinhole-closes.sh"
pinhole_closes sip --registrar "$(inside udp_1)"
pinhole_closes datagram --connect datagram --registrar "$(inside udp_2)" --no-pinhole-tests
grep -q '"reason":"idle"' "$work/nat.out" || fail "the NAT does not tell that a mapping was idle"
grep '"packet-dropped"' "$work/nat.out" | grep -q '"reason":"no_mapping"' || fail "the NAT does not tell what it dropped"
