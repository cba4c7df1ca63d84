#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference device over OTA-HTTP: it opens the connection, over TCP with its password and over TLS; goes silent, is woken
# by a SIR and is back with its state; waits to be called and is called; and, on SIP, is woken by a SIR posted to its call
# port. What a SIR asks for comes back over OTA-HTTP and CoAP. Each push is taken once.
# Usage: client-ota-http.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need curl jq
programs=$1
start_server "$programs" --set liveness/request_timeout_ms=2000 --set wake/answer_timeout_ms=4000 \
    --set bearer.post/type=http --set bearer.post/allowed_networks=127.0.0.0/8

device() { # NAME [options…]: prints to $work/NAME.out, obeys $work/NAME.in
    local name=$1 commands
    shift
    mkfifo "$work/$name.in"
    exec {commands}<>"$work/$name.in"
    background "$programs/reveille-client" --user "sip:$name@lab.example" --name "$name" --retry 300 --proven 2 "$@" \
        <&"$commands" >"$work/$name.out" 2>"$work/$name.err"
}
said() { [ "$(grep -c "\"event\":\"$2\"" "$work/$1.out")" -ge "${3:-1}" ]; }
told() { jq -rs "[.[] | select(.event == \"$2\")] | last | .$3" "$work/$1.out"; }
show() { cat "$work/$1.out" "$work/$1.err"; api GET "/v1/journal?limit=20" | jq -c '.items[] | [.kind, .event, .user, .fields]'; }
device_of() { api GET "/v1/devices?query=$1" | jq -c '.items[0]'; }
is() { [ "$(device_of "$1" | jq -r .liveness.state)" = "$2" ]; }
state_of() { device_of "$1" | jq -c '[.id, .user, .wake_routes, .subscriptions, .preferences, .capabilities]'; }
push_to() { # NAME BODY
    push=$(api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":60,\"when\":\"wake\"}" | jq -r .id)
    wait_for 25 delivered || fail "$1: not delivered: $(api GET "/v1/pushes/$push") $(show "$1")"
    local taken
    taken=$(jq -s "[.[] | select(.event == \"push-received\" and .body == \"$2\" and .duplicate == false)] | length" "$work/$1.out")
    [ "$taken" = 1 ] || fail "$1: taken $taken times: $(show "$1")"
}
with_password() { api PUT "/v1/users/sip:$1@lab.example" '{"password":"secret"}' >/dev/null; }

# TO-TCP, with a password; silent, woken, back with its state.
with_password tcp
device tcp --connect ota-http --registrar "$(bound ota_http_tcp)" --password secret --application mail
wait_for 10 said tcp registered || fail "tcp: $(show tcp)"
push_to tcp "over TCP"
before=$(state_of tcp)
echo silent >"$work/tcp.in"
wait_for 5 said tcp silent
push_to tcp "after silence"
said tcp sir-received && said tcp reconnecting || fail "tcp: was not woken: $(show tcp)"
wait_for 5 is tcp up || fail "tcp: not up: $(device_of tcp)"
[ "$(state_of tcp)" = "$before" ] || fail "tcp: was $before, is $(state_of tcp)"
echo "ok: TCP, silent, woken, back as it was"

# What a SIR asks for comes back with the registration; and by CoAP.
returned() { # NAME: what the server keeps of it
    device_of "$1" | jq -c '[.returned[] | select(.value != null) | [.what, .over]] | sort'
}
asked() { # NAME OVER: it is silent, woken with requests, and tells
    local id
    echo silent >"$work/$1.in"
    wait_for 5 said "$1" silent "$3"
    id=$(told "$1" started device | jq -Rr '@uri')
    api POST "/v1/devices/$id/wake" '{"request":["capability","preferences","security","subscription"]}' >"$work/asked"
    wait_for 20 said "$1" information-answered || fail "$1: told nothing: $(cat "$work/asked") $(show "$1")"
    tells() { [ "$(returned "$1")" = "[[\"capability\",\"$2\"],[\"preferences\",\"$2\"],[\"security\",\"$2\"],[\"subscription\",\"$2\"]]" ]; }
    wait_for 10 tells "$1" "$2" || fail "$1: kept is $(returned "$1"): $(device_of "$1") $(show "$1")"
}
asked tcp ota_http 2
device coap --connect datagram --registrar "$(bound datagram_coap)" --application mail
wait_for 10 said coap registered || fail "coap: $(show coap)"
asked coap coap 1
echo "ok: what a SIR asked for came back over OTA-HTTP and CoAP"

# A wrong password.
with_password wrong
device wrong --connect ota-http --registrar "$(bound ota_http_tcp)" --password other
wait_for 10 said wrong register-failed || fail "wrong: $(show wrong)"
[ "$(told wrong register-failed reason)" = credentials ] || fail "wrong: $(show wrong)"
said wrong registered && fail "wrong: believes to be registered: $(show wrong)"
echo "ok: a wrong password is not taken"

# TO-TCP over TLS.
with_password tls
device tls --connect ota-http --transport tls --registrar "$(bound ota_http_tls)" --tls-ca "$work/data/tls.crt" --password secret
wait_for 10 said tls registered || fail "tls: $(show tls)"
push_to tls "over TLS"
device_of tls | grep -q '"transport":"tls"' || fail "tls: $(device_of tls)"
echo "ok: TLS"

# PO-TCP: the server calls.
with_password called
device called --connect ota-http --registrar "$(bound ota_http_tcp)" --password secret --called-only --call-port 0 --no-wake-listener
wait_for 5 said called started || fail "called: $(show called)"
id=$(told called started device | jq -Rr '@uri')
api PUT "/v1/devices/$id" "{\"user\":\"sip:called@lab.example\",\"wake_routes\":[{\"bearer\":\"ota_http\",\"address\":\"127.0.0.1\",\"port\":$(told called started call_port)}]}" |
    grep -q wake_routes || fail "called: no route"
push_to called "when called"
wait_for 5 said called registered || fail "called: $(show called)"
echo silent >"$work/called.in"
wait_for 5 said called silent
push_to called "when called again"
said called called 2 || fail "called: was not called again: $(show called)"
echo "ok: called by the server, silent, called again"

# A SIR by POST, to a device on SIP.
device posted --registrar "$(bound sip_udp)" --keep-alive none --call-port 0 --wake-bearer http
wait_for 10 said posted registered || fail "posted: $(show posted)"
echo silent >"$work/posted.in"
wait_for 5 said posted silent
at=http://127.0.0.1:$(told posted started call_port)/
post() { curl -s -o /dev/null -w '%{http_code}' --max-time 5 "$@" "$at"; }
[ "$(post -d nonsense -H 'Content-Type: application/vnd.wap.sia')" = 400 ] || fail "posted: nonsense is taken"
[ "$(post -d x -H 'Content-Type: text/plain')" = 415 ] || fail "posted: text is taken"
[ "$(post)" = 405 ] || fail "posted: GET is taken"
said posted reconnecting && fail "posted: followed nonsense"
[ "$(post -X POST -H 'Content-Length: 0')" = 204 ] || fail "posted: an empty wake-up is not taken"
wait_for 10 said posted registered 2 || fail "posted: not back: $(show posted)"
push_to posted "after a post"
echo silent >"$work/posted.in"
wait_for 5 said posted silent
push_to posted "after silence"
api GET "/v1/journal?kind=sir&limit=50" | jq -e '.items[] | select(.event == "sir-sent" and .fields.bearer == "post")' >/dev/null ||
    fail "posted: no SIR by HTTP: $(show posted)"
said posted sir-received || fail "posted: heard no SIR: $(show posted)"
echo "refuse 486" >"$work/posted.in"
wait_for 5 said posted refusing
[ "$(post -X POST -H 'Content-Length: 0')" = 403 ] || fail "posted: it does not say that it refuses"
echo "ok: woken by POST"
