#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A bad cable behind the firewall, for the paths that firewall-faults.sh leaves out: CoAP over DTLS, SIP over TLS and OTA-HTTP.
# 10 % lost each way, 10 % doubled, 20 % out of order. Every push is taken once.
# Usage: firewall-lossy.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1
pushes=8

raise_network 30 60 600
start_behind "$programs" --set "datagram/dtls=$server_address:5684" --set "sip/tls=$server_address:5061" \
    --set "ota_http/tcp=$server_address:4035" --set ota_http/authentication=open --set liveness/request_timeout_ms=6000 \
    --set liveness/learn=off --set wake/answer_timeout_ms=4000 --set wake/backoff_ms=300 --set wake/attempts=20
devices=()
device() { # NAME [options…]
    local name=$1
    shift
    api PUT "/v1/users/sip:$name@lab.example" '{"password":"secret"}' >/dev/null
    start_device "$name" "$programs" --user "sip:$name@lab.example" --password secret --keep-alive-interval 5 --proven 2 "$@"
    wait_for 60 said "$name" registered || fail "$name did not register: $(cat "$work/$name.out" "$work/$name.err")"
    devices+=("$name")
}
device dtls --connect datagram --transport dtls --registrar "$server_address:5684" --no-pinhole-tests
provide_route "$(jq -r 'select(.event == "started") | .device' "$work/dtls.out")" \
    "$(jq -r 'select(.event == "started") | .client_port' "$work/dtls.out")"
device tls --transport tls --tls-insecure --registrar "$server_address:5061" --keep-alive crlf
device ota --connect ota-http --registrar "$server_address:4035"
bad_cable "$programs" 10 10 20

push_to() { # NAME BODY
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":300,\"when\":\"wake\"}" |
        jq -r .id
}
declare -A sent
for ((i = 1; i <= pushes; ++i)); do
    for name in "${devices[@]}"; do
        sent[$name$i]=$(push_to "$name" "bad $i")
    done
done
count=0
for ((i = 1; i <= pushes; ++i)); do
    for name in "${devices[@]}"; do
        wait_for 90 push_is "${sent[$name$i]}" delivered || fail "$name: bad $i: $(api GET "/v1/pushes/${sent[$name$i]}")"
        [ "$(taken "$name" "bad $i")" = 1 ] || fail "$name: bad $i was taken $(taken "$name" "bad $i") times"
        count=$((count + 1))
    done
done
kill "$cable_pid"
wait_for 5 grep -q 'lost [1-9]' "$work/cable.out" || fail "the cable was not bad: $(cat "$work/cable.out")"
echo "ok: $count pushes over a bad cable ($(tail -1 "$work/cable.out")), each taken once"
