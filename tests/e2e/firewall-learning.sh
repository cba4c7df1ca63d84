#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How long a real firewall keeps a quiet path open is learned within 20 %, by test sockets beside the live path; the
# keep-alive interval that the device is told then keeps its path open: pushes arrive without a wake-up.
# Usage: firewall-learning.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1
lifetime=13 # seconds the router remembers
shortest=4

raise_network $lifetime $lifetime 600
start_behind "$programs" --set liveness/learn=on --set liveness/keep_alive_min_s=$shortest \
    --set liveness/keep_alive_max_s=60 --set liveness/request_timeout_ms=3000
[ -n "$(bound datagram_coap)" ] || skip "this server has no datagram interface"

. "$here/learns-keepalive.sh"
learns_keepalive "$server_address:5683"
