#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What firewall-rebinding.sh shows with a kernel's firewall, without root: the simulated NAT moves a mapping to another outside
# address and port, told to and by its schedule. The server sees another address of the same device, which keeps what it had;
# nothing is woken, and pushes go to the new address.
# Usage: nat-rebinding.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
. "$here/nat-lib.sh"
programs=$1

nat_options=(--set udp_timeout_ms=60000)
start_behind "$programs" --set liveness/request_timeout_ms=3000 --set liveness/learn=off --set liveness/keep_alive_s=2

. "$here/is-rebound.sh"
is_rebound sip --registrar "$(inside udp_1)"
is_rebound datagram --connect datagram --registrar "$(inside udp_2)" --no-pinhole-tests
forget_pinholes() { tell_nat '{"do":"set","rebind_every_ms":8000}'; }
is_rebound scheduled --registrar "$(inside udp_1)"
grep '"mapping-rebound"' "$work/nat.out" | grep -q '"because":"schedule"' || fail "not by its schedule: $(tail "$work/nat.out")"
