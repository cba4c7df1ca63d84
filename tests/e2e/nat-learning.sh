#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What firewall-learning.sh shows with a kernel's firewall, without root: how long the simulated NAT keeps a quiet path open is
# learned within 20 %, and the keep-alive interval that the device is told then keeps its path open without a wake-up.
# Usage: nat-learning.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
. "$here/nat-lib.sh"
lifetime=8
shortest=2

nat_options=(--set udp_timeout_ms=$((lifetime * 1000)))
start_behind "$1" --set liveness/learn=on --set liveness/keep_alive_min_s=$shortest --set liveness/keep_alive_max_s=40 \
    --set liveness/request_timeout_ms=1500
programs=$1
. "$here/learns-keepalive.sh"
learns_keepalive "$(inside udp_2)"
