#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The simulated NAT forgets an idle TCP connection and tells neither end: a push over it stays unanswered, the server says so,
# wakes the device over another bearer and delivers over the new connection, once. The same where the NAT answers late segments
# with a reset.
# Usage: nat-tcp.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
. "$here/nat-lib.sh"
programs=$1

nat_options=(--set tcp_timeout_ms=2000)
start_behind "$programs" --set liveness/request_timeout_ms=2000 --set liveness/learn=off
start_device phone "$programs" --user sip:alice@lab.example --transport tcp --registrar "$(inside tcp_1)" --keep-alive none \
    --proven 1
wait_for 10 said phone registered || fail "did not register: $(cat "$work/phone.out")"

forgot_so_often() { [ "$(grep '"mapping-closed"' "$work/nat.out" | grep -c '"reason":"idle"')" -ge "$1" ]; }
lost_so_often() { [ "$(api GET "/v1/journal?kind=connection&limit=500" | jq '[.items[] | select(.event == "lost")] | length')" -ge "$1" ]; }
finds_it_lost() { # COUNT BODY
    wait_for 10 forgot_so_often "$1" || fail "$2: the NAT does not forget: $(tail -3 "$work/nat.out")"
    push=$(push "$2")
    came_back_with phone "$push" "$2"
    lost_so_often "$1" || fail "$2: the loss was not told"
    echo "ok: $2, $(api GET "/v1/journal?kind=connection&limit=500" | jq -c '[.items[] | select(.event == "lost")][0].fields | [.reason, .rule]')"
}
finds_it_lost 1 "swallowed"
tell_nat '{"do":"set","tcp_late":"reset"}'
wait_for 5 grep -q '"changed"' "$work/nat.out"
finds_it_lost 2 "reset"
grep '"packet-dropped"' "$work/nat.out" | grep -q '"protocol":"tcp"' || fail "the NAT does not tell what it dropped"
