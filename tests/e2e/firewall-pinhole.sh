#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The pinhole of a device behind a firewall closes. A push finds it closed, and so does a probe: the server says so with its
# evidence, wakes the device over another bearer, and the device is back from another port with what it had; the push is
# taken once. Over SIP and over CoAP, both in UDP.
# Usage: firewall-pinhole.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1

raise_network 3 4 60
start_behind "$programs" --set liveness/udp_pinhole_ms=9000 --set liveness/keep_alive_grace_ms=1000 \
    --set liveness/request_timeout_ms=2000 --set liveness/learn=off

. "$here/pinhole-closes.sh"
pinhole_closes sip --registrar "$server_address:5060"
if [ -n "$(bound datagram_coap)" ]; then
    pinhole_closes datagram --connect datagram --registrar "$server_address:5683" --no-pinhole-tests
fi
