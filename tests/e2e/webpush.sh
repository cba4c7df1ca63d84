#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An application server of others, the npm package web-push as it is, pushes over HTTPS: it makes its VAPID keys, signs and
# encrypts. The reference device hands on what it received, over SIP in a MESSAGE and in an MSRP session, CoAP and OTA-HTTP;
# decrypted it is what was sent, octet for octet. Topics, TTL 0, receipts, wrong keys, kill -9, and the end of an address.
# Usage: webpush.sh PROGRAM_DIR    with the packages of tests/peers in PROGRAM_DIR/../tests/peers
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need curl node jq
programs=$(cd "$1" && pwd)
modules=$(cd "$1/../tests/peers/node_modules" 2>/dev/null && pwd) || { echo "missing: tests/peers/install.sh has not run" >&2; exit 2; }
settings=(--set ota_http/authentication=open --set triggers/http=off)
start_server "$programs" "${settings[@]}"
export NODE_PATH=$modules NODE_EXTRA_CA_CERTS=$work/data/tls.crt
export REVEILLE_URL=http://$operations REVEILLE_TOKEN=$token

peer() { node "$here/../peers/webpush.js" "$@"; }
ctl() { "$programs/reveillectl" "$@"; }
mkfifo "$work/commands"
exec 7<>"$work/commands"
device() { # NAME INPUT [options…]
    local name=$1 input=$2
    shift 2
    background "$programs/reveille-client" --user "sip:$name@lab.example" --no-wake-listener --retry 500 "$@" \
        <"$input" >"$work/$name.out" 2>"$work/$name.err"
}
events() { jq -s "[.[] | select(.event == \"$2\")] | length" "$work/$1.out"; }
said() { [ "$(events "$1" "$2")" -ge "${3:-1}" ]; }
id_of() { api GET "/v1/devices?query=$1" | jq -r '.items[0].id'; }
address_for() { # NAME [options…]: leaves the endpoint in $endpoint and its resource in $resource
    local name=$1
    shift
    ctl webpush add "$(id_of "$name")" news --json "$@" >"$work/made" || fail "no address: $(cat "$work/made")"
    endpoint=$(jq -r .endpoint "$work/made") resource=$(jq -r .id "$work/made")
}
send() { # STATUS TEXT [OPTIONS]: to $endpoint; the answer is in $work/answer
    peer send "$work/keys" "$endpoint" "$2" "${3:-{\}}" >"$work/answer" 2>"$work/send.err" || fail "not sent: $(cat "$work/send.err")"
    [ "$(jq .status "$work/answer")" = "$1" ] || fail "answered $(cat "$work/answer"), not $1, to ${2:0:40} ${3:-}"
}
field() { jq -r ".headers[\"$1\"] // \"\"" "$work/answer"; }
got() { # NAME N TEXT: the Nth push is this, encrypted on the way and the same behind
    wait_for 20 said "$1" push-received "$2" || fail "$1: nothing came: $(tail -3 "$work/$1.out") $(api GET '/v1/journal?limit=5')"
    jq -s "[.[] | select(.event == \"push-received\")][$2 - 1]" "$work/$1.out" >"$work/push"
    [ "$(jq -r .content_encoding "$work/push")" = aes128gcm ] || fail "$1: the device is not told the coding: $(cat "$work/push")"
    [ "$(jq -r .content_type "$work/push")" = application/octet-stream ] || fail "$1: another type: $(cat "$work/push")"
    [ "$(jq -r .application "$work/push")" = news ] || fail "$1: another application: $(cat "$work/push")"
    peer decrypt "$work/keys" "$(jq -r .body_base64 "$work/push")" >"$work/clear" || fail "$1: cannot be decrypted: $(cat "$work/push")"
    [ "$(cat "$work/clear")" = "$3" ] || fail "$1: $(head -c 80 "$work/clear") instead of ${3:0:80}"
}

peer keys "$work/keys" || fail "no keys"
peer keys "$work/others" || fail "no other keys"
key=$(jq -r .vapid.publicKey "$work/keys")
device alice "$work/commands" --registrar "$(bound sip_udp)"
wait_for 20 said alice registered || fail "alice: $(cat "$work/alice.out" "$work/alice.err")"
address_for alice --name shop --vapid-key "$key"
alice=$endpoint alices=$resource
case $endpoint in https://*) ;; *) fail "no https address: $endpoint" ;; esac

send 201 "hello Alice, übermorgen"
[[ $(field location) == "$endpoint"/m/p-* ]] || fail "no location: $(cat "$work/answer")"
got alice 1 "hello Alice, übermorgen"
large=$(head -c 3993 /dev/zero | tr '\0' x)
send 201 "$large" '{"urgency":"high"}'
got alice 2 "$large"
ctl journal --kind trigger --json | jq -e 'any(.items[]; .event == "webpush-accepted" and .fields.subject == "mailto:ops@shop.example" and (.fields.initiator | startswith("shop (r-")))' >/dev/null ||
    fail "not journaled: $(ctl journal --kind trigger --json)"
echo "ok: signed and encrypted by web-push, in a MESSAGE and in a session"

device coap /dev/null --connect datagram --registrar "$(bound datagram_coap)" --session n-1=news
device ota /dev/null --connect ota-http --registrar "$(bound ota_http_tcp)"
for name in coap ota; do
    wait_for 20 said $name registered || fail "$name: $(cat "$work/$name.out" "$work/$name.err")"
    address_for $name
    send 201 "hello $name"
    got $name 1 "hello $name"
done
address_for coap --session n-1
send 201 "to the session"
got coap 2 "to the session"
echo "ok: over CoAP and OTA-HTTP, by device and by session"

endpoint=$alice
send 403 "another key" "{\"signer\":\"$work/others\"}"
send 401 "no key" '{"unsigned":true}'
[ -z "$(field www-authenticate)" ] || fail "VAPID has no challenge: $(cat "$work/answer")"
send 413 "x$large"
send 201 "long" '{"TTL":9999999}'
[ "$(field ttl)" = 2419200 ] || fail "the time to live is not cut: $(cat "$work/answer")"
got alice 3 long
endpoint=${alice}x
send 404 "an unknown address"
address_for alice
send 415 "the older coding" '{"unsigned":true,"contentEncoding":"aesgcm"}'
[ "$(field accept-encoding)" = aes128gcm ] || fail "not told which coding: $(cat "$work/answer")"
endpoint=$alice
echo "ok: refused with 401, 403, 404, 413 and 415"

receipt() { # of the last answer: the status of its receipt
    curl -s -o /dev/null -w '%{http_code}' --cacert "$work/data/tls.crt" "$(field link | sed -n 's/^<\(.*\)>; rel="urn:ietf:params:push:receipt"$/\1/p')"
}
receipt_is() { [ "$(receipt)" = "$1" ]; }
send 202 "with a receipt" '{"headers":{"Prefer":"respond-async"}}'
wait_for 10 receipt_is 204 || fail "no receipt: $(receipt) $(cat "$work/answer")"
got alice 4 "with a receipt"

echo unregister >&7
gone() { api GET "/v1/devices/$(id_of alice)" | jq -e '.liveness.state == "lost"' >/dev/null; }
wait_for 10 gone || fail "still there: $(api GET "/v1/devices/$(id_of alice)")"
send 202 "now or never" '{"TTL":0,"headers":{"Prefer":"respond-async"}}'
wait_for 10 receipt_is 410 || fail "now or never: $(receipt)"
send 201 "cancelled"
message=$(field location)
[ "$(curl -s -X DELETE -o /dev/null -w '%{http_code}' --cacert "$work/data/tls.crt" "$message")" = 204 ] || fail "not cancelled"
[ "$(curl -s -X DELETE -o /dev/null -w '%{http_code}' --cacert "$work/data/tls.crt" "$message")" = 410 ] || fail "cancelled twice"
send 201 "1:0" '{"topic":"score"}'
first=$(field location)
send 201 "2:0" '{"topic":"score"}'
[ "$(curl -s --cacert "$work/data/tls.crt" "$first" | jq -r .state)" = replaced ] || fail "not replaced: $(curl -s --cacert "$work/data/tls.crt" "$first")"

kill -9 "$server_pid"
wait "$server_pid" 2>/dev/null
background "$programs/reveilled" --config "$work/reveille.conf" --data-dir "$work/data" --set server/realm=lab.example \
    --set sip/authentication=open --set server/ports=any "${settings[@]}" --set "sip/udp=$(bound sip_udp)" \
    --set "triggers/https=$(bound triggers_https)" --set "operations/http=$operations" </dev/null >"$work/ready2" 2>>"$work/reveilled.log"
wait_for 20 grep -q '"ready"' "$work/ready2" || fail "no second life: $(tail -5 "$work/reveilled.log")"
send 201 "3:0" '{"topic":"score"}'
echo register >&7
got alice 5 "3:0"
echo "ok: TTL 0, receipts, cancelling, topics, and the same addresses after kill -9"

ctl webpush list "$(id_of alice)" | grep -q "$alices.*shop" || fail "not listed: $(ctl webpush list "$(id_of alice)")"
ctl webpush remove "$(id_of alice)" "$alices" || fail "not removed"
send 404 "a removed address"
address_for alice --until "$(date -u -d '+2 seconds' +%Y-%m-%dT%H:%M:%SZ)"
send 201 "in time"
got alice 6 "in time"
over() { peer send "$work/keys" "$endpoint" "too late" >"$work/answer" 2>&1 && [ "$(jq .status "$work/answer")" = 410 ]; }
wait_for 10 over || fail "does not end: $(cat "$work/answer")"
address_for alice
ctl device remove "$(id_of alice)" || fail "the device is not removed"
send 404 "the device is gone"
echo "ok: 404 and 410 at the end"
