#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Registration and push over CoAP with libcoap as the device: discovery, registration, refresh and removal by its client,
# a push and one in blocks to its server, a confirmation, a registration that waits for a slow disk, registration over DTLS with a pre-shared key, and every packet decoded by tshark
# without a malformed mark.
# Usage: coap-libcoap.sh PROGRAM_DIR
# Runs in a network namespace that vanishes with its processes, where the standard ports are free.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need dumpcap tshark curl coap-client-openssl coap-server-openssl sha256sum sqlite3
ip link set lo up

background dumpcap -q -i lo -f udp -w "$work/capture.pcapng" -a duration:120 </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"
start_server "$1" --set datagram/coap=127.0.0.1:5683 --set datagram/dtls=127.0.0.1:5684

device=urn:uuid:00000000-0000-4000-8000-00000000c0a9
user=sip:alice@lab.example
ask() { # METHOD URI [option…]: what the server says, its payload in $work/answer
    local method=$1 uri=$2
    shift 2
    coap-client-openssl -v 6 -B 5 -m "$method" -o "$work/answer" "$@" "$uri" >"$work/asked" 2>&1
}
register() { # URI QUERY… [-- option…]: as options, since libcoap's client cuts a long query short
    local uri=$1 options=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        options+=(-O "15,$1")
        shift
    done
    [ $# -eq 0 ] || shift
    ask post "$uri" "${options[@]}" "$@"
}
code() { sed -n 's/.*t:ACK c:\([0-9.]*\).*/\1/p' "$work/asked" | tail -1; }
location() { sed -n 's/.*Location-Path:rd, Location-Path:\([^, ]*\).*/\1/p' "$work/asked" | tail -1; }
expect() { [ "$(code)" = "$1" ] || fail "$2: $(code) instead of $1: $(cat "$work/asked")"; }

ask get "coap://127.0.0.1/.well-known/core?rt=core.rd"
grep -q '</rd>;rt="core.rd"' "$work/answer" || fail "no directory: $(cat "$work/asked")"

# The device is a CoAP server on a port of its own: a resource that keeps what is posted to it.
background stdbuf -oL coap-server-openssl -A 127.0.0.1 -p 6683 -d 4 -v 7 </dev/null >"$work/device.log" 2>&1
wait_for 5 coap-client-openssl -B 1 -m put -e nothing coap://127.0.0.1:6683/push >/dev/null 2>&1

register coap://127.0.0.1/rd "ep=$device" "u=$user" s=mail-1 app=mail lt=600 b=coap://127.0.0.1:6683
expect 2.01 registration
grep -q '^ka=[0-9]*;lt=600$' "$work/answer" || fail "no grant: $(cat "$work/answer")"
key=$(location)
ask post "coap://127.0.0.1/rd/$key"
expect 2.04 refresh
register coap://127.0.0.1/rd "ep=$device" "u=$user" s=x b=coap://192.0.2.1:5683
expect 4.03 "an address outside the allowed networks"

push_to() { # SESSION BODY [MEMBERS]
    push=$(api POST /v1/pushes "{\"to\":{\"session\":\"$1\"},\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":60,\"when\":\"now\"${3:-}}" |
        sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p')
    [ -n "$push" ] || fail "the push was not taken"
    wait_for 20 delivered || fail "not delivered: $(api GET "/v1/pushes/$push")"
}
got() { coap-client-openssl -B 5 -o "$work/got" coap://127.0.0.1:6683/push && [ "$(cat "$work/got")" = "$1" ]; }
push_to mail-1 "Good morning"
got "Good morning" || fail "libcoap got: $(cat "$work/got")"
large=$(seq -s ' ' 1 1200)
push_to mail-1 "$large"
got "$large" || fail "libcoap got $(wc -c <"$work/got") octets of ${#large}"
push_to mail-1 "Say that you have it" ',"confirm":true'
grep -q 'Uri-Query:confirm=1' "$work/device.log" || fail "the device was not asked: $(tail -5 "$work/device.log")"
ask post "coap://127.0.0.1/rd/$key/confirm" -O 15,id=p-none
expect 4.04 "a confirmation of no push"
ask post "coap://127.0.0.1/rd/$key/confirm" -O "15,id=$push"
expect 2.04 confirmation
api GET "/v1/pushes/$push" | grep -q '"state": *"confirmed"' || fail "not confirmed: $(api GET "/v1/pushes/$push")"
# Another program holds the disk: the request is acknowledged, and answered by itself once the registration is written.
background sqlite3 "$work/data/reveille.db" "BEGIN IMMEDIATE;" ".shell touch '$work/held'; sleep 3" "ROLLBACK;" </dev/null >"$work/sqlite.log" 2>&1
wait_for 5 test -e "$work/held" || fail "the disk is not held: $(cat "$work/sqlite.log")"
register coap://127.0.0.1/rd "ep=$device" "u=$user" s=mail-2 app=mail lt=600
grep -q 't:CON c:2.01.*Location-Path:rd' "$work/asked" || fail "not answered by itself: $(cat "$work/asked")"
grep -q '^ka=[0-9]*;lt=600$' "$work/answer" || fail "no grant: $(cat "$work/answer")"
ask delete "coap://127.0.0.1/rd/$(location)"
expect 2.02 "removal of that"

ask delete "coap://127.0.0.1/rd/$key"
expect 2.02 removal
ask post "coap://127.0.0.1/rd/$key"
expect 4.04 "a refresh after it"

if [ -n "$(bound datagram_dtls)" ]; then
    api PUT "/v1/users/sip:bob@lab.example" '{"password":"secret"}' >/dev/null
    secret=$(printf 'bob:lab.example:secret' | sha256sum | cut -d ' ' -f 1)
    over_dtls() { register coaps://127.0.0.1/rd ep=urn:uuid:00000000-0000-4000-8000-00000000c0aa "u=sip:$1@lab.example" s=chat-1 -- -u bob -k "$2"; }
    over_dtls bob "$secret"
    expect 2.01 "registration over DTLS"
    over_dtls carol "$secret"
    expect 4.01 "another user than the identity's"
    over_dtls bob wrong
    [ -z "$(code)" ] || fail "a wrong key was taken: $(cat "$work/asked")"
fi

sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"
count() { tshark -r "$work/capture.pcapng" -d udp.port==6683,coap -Y "$1" 2>/dev/null | wc -l; }
messages=$(count coap) blocks=$(count 'coap.opt.block_number') handshakes=$(count 'dtls.handshake.type == 1')
malformed=$(count '_ws.malformed')
[ "$(count 'coap.type == 2 && coap.code == 0 && udp.srcport == 5683')" -eq 1 ] || fail "the request that waited was not acknowledged"
echo "$messages CoAP messages, $blocks with blocks, $handshakes DTLS hellos, $malformed malformed"
[ "$messages" -ge 20 ] && [ "$blocks" -ge 8 ] || fail "it is not in the capture"
[ "$malformed" -eq 0 ] || fail "$(tshark -r "$work/capture.pcapng" -d udp.port==6683,coap -Y _ws.malformed 2>/dev/null | head -5)"
