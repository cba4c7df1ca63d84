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

start_device phone "$programs" --user sip:alice@lab.example --connect datagram --registrar "$server_address:5683" \
    --keep-alive-interval $shortest
wait_for 10 said phone registered || fail "did not register"

network() { api GET /v1/networks | jq -c '.items[0]'; }
learned() { # longest_open and shortest_closed both within 20 % of the truth
    network | jq -e --argjson t "$((lifetime * 1000))" \
        '.longest_open_ms >= $t * 0.8 and .longest_open_ms <= $t * 1.2 and .shortest_closed_ms >= $t * 0.8 and .shortest_closed_ms <= $t * 1.2' >/dev/null
}
wait_for 200 learned || fail "not learned: $(network)"
network
grep -c '"pinhole-tested"' "$work/phone.out" | sed 's/$/ tests/'

told() { grep '"event":"registered"' "$work/phone.out" | tail -1 | jq .keep_alive_ms; }
is_told() { [ "$(told)" -gt $((shortest * 1000)) ]; }
wait_for 15 is_told || fail "the device was told $(told)"
[ "$(told)" -lt $((lifetime * 1000)) ] || fail "told $(told) ms, which is too long"
registrations=$(grep -c '"event":"flow-lost"' "$work/phone.out")
for i in 1 2; do # each time nearly as late as may be
    sleep $(($(told) / 1000))
    push=$(push "kept open $i")
    came_back_with phone "$push" "kept open $i"
done
[ "$(grep -c '"event":"flow-lost"' "$work/phone.out")" = "$registrations" ] || fail "the path did not stay open"
said phone sir-received && fail "the device had to be woken"
echo "ok: told $(told) ms of $((lifetime * 1000))"
