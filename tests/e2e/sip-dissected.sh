#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job under the eyes of tshark: a device registers, goes silent, is woken by a WSP push, comes back and takes its
# message. Every packet of it decodes without a malformed mark.
# Usage: sip-dissected.sh PROGRAM_DIR
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
need dumpcap tshark curl
ip link set lo up

background dumpcap -q -i lo -w "$work/capture.pcapng" -a duration:120 </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"

start_server "$1" --set sip/udp=127.0.0.1:5060 --set sip/tcp=127.0.0.1:5060 --set wake/answer_timeout_ms=4000
mkfifo "$work/commands"
exec 7<>"$work/commands" # a writer first, or opening it to read would wait
background "$1/reveille-client" --user sip:alice@lab.example --name phone --registrar 127.0.0.1:5060 --client-port 2948 \
    <"$work/commands" >"$work/client.out" 2>"$work/client.err"

up() { api GET /v1/devices | grep -q '"state": *"up"'; }
wait_for 20 up || fail "the client did not register: $(cat "$work/client.out" "$work/client.err")"

push() { # TEXT: submits and waits for delivery
    local id
    id=$(api POST /v1/pushes "{\"to\":{\"user\":\"sip:alice@lab.example\"},\"application\":\"wml.ua\",\"content_type\":\"text/plain\",\"body\":\"$1\",\"ttl_s\":60,\"when\":\"wake\"}" |
        sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p')
    delivered() { api GET "/v1/pushes/$id" | grep -q '"state": *"delivered"'; }
    wait_for 40 delivered || fail "not delivered: $(api GET "/v1/pushes/$id") $(tail -5 "$work/client.out")"
}
push "while connected"
echo silent >&7
push "after a wake-up"
echo quit >&7
sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"

count() { tshark -r "$work/capture.pcapng" -Y "$1" 2>/dev/null | wc -l; }
registers=$(count 'sip.Method == "REGISTER"') messages=$(count 'sip.Method == "MESSAGE"') pushes=$(count wsp)
malformed=$(count '_ws.malformed || _ws.expert.severity == "Error"')
echo "$registers REGISTER, $messages MESSAGE, $pushes WSP pushes, $malformed malformed"
[ "$registers" -ge 2 ] && [ "$messages" -ge 2 ] && [ "$pushes" -ge 1 ] || fail "the main job is not in the capture"
[ "$malformed" -eq 0 ] || fail "$(tshark -r "$work/capture.pcapng" -Y '_ws.malformed || _ws.expert.severity == "Error"' 2>/dev/null | head -5)"
