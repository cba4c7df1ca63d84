#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The firewall forgets a mapping and gives the device's next packet another port (NAT rebinding). The server sees that the
# address has changed; it stays the same device with what it had, nothing is woken, and pushes go to the new address.
# Usage: firewall-rebinding.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1

raise_network 30 60 600
start_behind "$programs" --set liveness/request_timeout_ms=3000 --set liveness/learn=off \
    --set liveness/keep_alive_s=2

. "$here/is-rebound.sh"
is_rebound sip --registrar "$server_address:5060"
if [ -n "$(bound datagram_coap)" ]; then
    is_rebound datagram --connect datagram --registrar "$server_address:5683" --no-pinhole-tests
fi
