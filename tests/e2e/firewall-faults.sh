#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Behind a firewall, everything goes wrong that can: a firewall that resets and one that says ICMP, a cable that loses,
# doubles and reorders, a server that is killed while devices are connected. No push is lost, none is taken twice.
# Usage: firewall-faults.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1
pushes=12

raise_network 30 60 600
start_behind "$programs" --set liveness/request_timeout_ms=4000 --set liveness/learn=off \
    --set wake/answer_timeout_ms=4000 --set wake/backoff_ms=300 --set wake/attempts=20

device() { # NAME [options…]: each its own user, so that pushes can be told apart
    local name=$1
    shift
    start_device "$name" "$programs" --user "sip:$name@lab.example" --keep-alive-interval 5 --proven 2 "$@"
    wait_for 20 said "$name" registered || fail "$name did not register"
    devices+=("$name")
}
devices=()
push_to() { # NAME BODY
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":300,\"when\":\"wake\"}" |
        jq -r .id
}
delivered_once() { # NAME PUSH BODY
    wait_for 60 push_is "$2" delivered || fail "$1: $3 is not delivered: $(api GET "/v1/pushes/$2")"
    [ "$(taken "$1" "$3")" = 1 ] || fail "$1: $3 was taken $(taken "$1" "$3") times"
}
state_of() { # NAME
    api GET "/v1/devices?query=$1" | jq -r '.items[0].liveness | "\(.state) \(.reason) \(.evidence.rule)"'
}
state_of_is() { [[ "$(state_of "$1")" == $2 ]]; }

device udp --registrar "$server_address:5060"
device tcp --registrar "$server_address:5060" --transport tcp --keep-alive crlf
if [ -n "$(bound datagram_coap)" ]; then
    device coap --connect datagram --registrar "$server_address:5683" --no-pinhole-tests
fi

# A firewall that resets: both ends are told, the server by a reset of what it sends.
in_router nft insert rule ip firewall pass ip protocol tcp reject with tcp reset
push=$(push_to tcp "after a reset")
wait_for 20 state_of_is tcp "* interrupted *" || wait_for 1 said tcp flow-lost || fail "tcp: the reset was not noticed: $(state_of tcp)"
in_router nft delete rule ip firewall pass handle "$(in_router nft -a list chain ip firewall pass | sed -n 's/.*tcp reset # handle //p')"
delivered_once tcp "$push" "after a reset"
journal_has "kind=connection&user=sip:tcp@lab.example" '.event == "lost" and .fields.reason == "interrupted"' ||
    fail "tcp: not shown as interrupted"
echo "ok: reset"

# A firewall that answers instead of dropping: the pinhole is gone, and ICMP says so at once.
in_router nft insert rule ip firewall arrive iifname '"outer"' ct state new reject
echo silent >"$work/udp.in"
wait_for 5 said udp silent
forget_pinholes
push=$(push_to udp "after ICMP")
delivered_once udp "$push" "after ICMP"
journal_has "kind=connection&user=sip:udp@lab.example" '.event == "lost" and .fields.rule == "icmp_unreachable"' ||
    fail "udp: ICMP was not noticed"
in_router nft delete rule ip firewall arrive handle "$(in_router nft -a list chain ip firewall arrive | sed -n 's/.*reject.*# handle //p')"
echo "ok: ICMP"

# The server is killed with everybody connected and pushes on their way; then once more.
declare -A sent
for round in 1 2; do
    for name in "${devices[@]}"; do
        sent[$name]=$(push_to "$name" "round $round")
    done
    kill_server KILL
    restart_server
    for name in "${devices[@]}"; do
        delivered_once "$name" "${sent[$name]}" "round $round"
    done
done
echo "ok: kill -9"

# A bad cable: 10 % lost each way, 10 % doubled, 20 % out of order.
bad_cable "$programs" 10 10 20
count=0
for ((i = 1; i <= pushes; ++i)); do
    for name in "${devices[@]}"; do
        sent[$name$i]=$(push_to "$name" "bad $i")
    done
done
for ((i = 1; i <= pushes; ++i)); do
    for name in "${devices[@]}"; do
        delivered_once "$name" "${sent[$name$i]}" "bad $i"
        count=$((count + 1))
    done
done
kill "$cable_pid"
wait_for 5 grep -q 'lost [1-9]' "$work/cable.out" || fail "the cable was not bad: $(cat "$work/cable.out")"
echo "ok: $count pushes over a bad cable ($(tail -1 "$work/cable.out")), each taken once"
