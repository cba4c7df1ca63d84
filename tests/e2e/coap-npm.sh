#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A CoAP device on another implementation than libcoap, the npm package coap: registers, refreshes, takes confirmable pushes,
# one answered with the acknowledgement, one separately, one in blocks; over a wire that doubles datagrams and one that
# loses them. Each push reaches the program once and each registration is one.
# Usage: coap-npm.sh PROGRAM_DIR    with the packages of tests/peers in PROGRAM_DIR/../tests/peers
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need curl node jq
modules=$(cd "$1/../tests/peers/node_modules" 2>/dev/null && pwd) || { echo "missing: tests/peers/install.sh has not run" >&2; exit 2; }
start_server "$1"

user=sip:alice@lab.example
device=urn:uuid:00000000-0000-4000-8000-00000000c0a7
out=$work/device.out
mkfifo "$work/device.in"
exec 7<>"$work/device.in"
coap=$(bound datagram_coap)
background env NODE_PATH="$modules" node "$here/../peers/coapdevice.js" "${coap##*:}" $user $device mail-1 \
    <"$work/device.in" >"$out" 2>"$work/device.err"
has() { jq -e -s "any(.[]; $1)" "$out" >/dev/null 2>&1; }   # an event for which this holds
count() { jq -s "[.[] | select($1)] | length" "$out"; }
lines() { wc -l <"$out"; }
tell() { # COMMAND: and waits until it is heard
    local before
    before=$(count '.event == "done"')
    echo "$1" >&7
    heard() { [ "$(count '.event == "done"')" -gt "$before" ]; }
    wait_for 5 heard || fail "the device does not listen: $(tail -5 "$out" "$work/device.err")"
}
wait_for 10 has '.event == "ready"' || fail "no device: $(cat "$out" "$work/device.err")"
answered() { has ".event == \"answer\" and .to == \"$1\" and .code == \"$2\""; }
registrations() { api GET "/v1/journal?limit=500&kind=connection" | jq '[.items[] | select(.event == "registered")] | length'; }

# Each datagram comes twice: one registration, one answer in effect.
tell "double both"
tell register
wait_for 10 answered register 2.01 || fail "not registered: $(cat "$out" "$work/device.err")"
jq -e -s 'any(.[]; .event == "answer" and (.body | test("^ka=[0-9]+;lt=600$")))' "$out" >/dev/null || fail "no grant: $(cat "$out")"
tell refresh
wait_for 10 answered refresh 2.04 || fail "not refreshed: $(cat "$out")"
tell "double none"
[ "$(registrations)" = 1 ] || fail "$(registrations) registrations: $(api GET "/v1/journal?limit=20&kind=connection")"
[ "$(api GET /v1/devices | jq '.items | length')" = 1 ] || fail "not one device: $(api GET /v1/devices)"

push_to() { # BODY: pushes it and waits until it is delivered; it must have reached the program once
    push=$(api POST /v1/pushes "{\"to\":{\"session\":\"mail-1\"},\"content_type\":\"text/plain\",\"body\":\"$1\",\"ttl_s\":60,\"when\":\"now\"}" | jq -r .id)
    wait_for 20 delivered || fail "not delivered: ${1:0:40}: $(api GET "/v1/pushes/$push") $(tail -20 "$out")"
    [ "$(count ".event == \"request\" and (.url | contains(\"$push\"))")" = 1 ] ||
        fail "taken $(count ".event == \"request\" and (.url | contains(\"$push\"))") times: ${1:0:40}"
}
by_server() { count ".event == \"datagram\" and .by == \"server\" and .type == \"$1\""; }

push_to "good morning"
has '.event == "request" and .method == "POST" and .body == "good morning"' || fail "another body: $(cat "$out")"
acks=$(by_server ack)
push_to "slow and steady"
[ "$(by_server ack)" -gt "$acks" ] || fail "the separate answer was not acknowledged: $(tail -20 "$out")"
large=$(seq -s ' ' 1 1200)
push_to "$large"
has ".event == \"request\" and .octets == ${#large}" || fail "the blocks do not make the whole: $(tail -20 "$out")"
echo "ok: with the acknowledgement, separately, in blocks"

tell "double both"
push_to "twice on the wire"
tell "double device" # the package itself knows a request again only once it has answered it
acks=$(by_server ack)
push_to "slow and twice on the wire"
[ $(($(by_server ack) - acks)) -ge 2 ] || fail "the repeated answer was not acknowledged again: $(tail -20 "$out")"
tell "double none"
echo "ok: doubled datagrams, each push taken once"

sent=$(by_server con)
tell "lose ack"
push_to "the acknowledgement is lost"
[ $(($(by_server con) - sent)) -ge 2 ] || fail "the push was not sent again: $(tail -20 "$out")"
tell "lose con"
push_to "slow, and the answer is lost"
has '.event == "datagram" and .lost' || fail "nothing was lost"
echo "ok: lost datagrams, each push taken once"

tell remove
wait_for 10 answered remove 2.02 || fail "not removed: $(tail -5 "$out")"
tell refresh
wait_for 10 answered refresh 4.04 || fail "a registration that was removed stands: $(tail -5 "$out")"
has '.event == "error"' && fail "$(grep '"error"' "$out")"
echo "ok: removed"
