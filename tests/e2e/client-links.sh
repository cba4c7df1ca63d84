#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference device over TLS, with the server's certificate and with a wrong one, and over two SIP flows at a time: each
# push is taken once.
# Usage: client-links.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need curl openssl
programs=$1
start_server "$programs"

device() { # NAME [options…]
    local name=$1
    shift
    background "$programs/reveille-client" --user "sip:$name@lab.example" --retry 500 "$@" \
        </dev/null >"$work/$name.out" 2>"$work/$name.err"
}
said() { [ "$(grep -c "\"event\":\"$2\"" "$work/$1.out")" -ge "${3:-1}" ]; }
takes_a_push() { # NAME
    local id
    id=$(api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"to $1\",\"ttl_s\":60,\"when\":\"now\"}" |
        sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
    delivered() { api GET "/v1/pushes/$id" | grep -q '"state": *"delivered"'; }
    wait_for 20 delivered || fail "$1: not delivered: $(api GET "/v1/pushes/$id") $(cat "$work/$1.out")"
    [ "$(grep -c '"event":"push-received"' "$work/$1.out")" = 1 ] || fail "$1: $(cat "$work/$1.out")"
}

device secure --transport tls --registrar "$(bound sip_tls)" --tls-ca "$work/data/tls.crt"
wait_for 20 said secure registered || fail "secure: $(cat "$work/secure.out" "$work/secure.err")"
takes_a_push secure

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=other -keyout "$work/other.key" \
    -out "$work/other.crt" 2>/dev/null
device careful --transport tls --registrar "$(bound sip_tls)" --tls-ca "$work/other.crt"
wait_for 20 said careful flow-lost || fail "careful: $(cat "$work/careful.out" "$work/careful.err")"
grep -q '"reason":"tls-handshake"' "$work/careful.out" || fail "careful: $(cat "$work/careful.out")"
said careful registered && fail "careful: registered with a server it cannot know"

device double --flows 2 --registrar "$(bound sip_udp)"
wait_for 20 said double registered 2 || fail "double: $(cat "$work/double.out")"
takes_a_push double
api GET "/v1/devices?query=double" | grep -q 'sip/2' || fail "double: one flow only: $(api GET "/v1/devices?query=double")"
echo "ok: TLS, a wrong certificate, two flows"
