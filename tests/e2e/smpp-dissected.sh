#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A wake-up by SMS and one by USSD under the eyes of tshark: it decodes the link down to the WSP push with its SIR (smpp, gsm_sms_ud,
# wsp), every packet without a malformed mark, and the link is bound and unbound.
# Usage: smpp-dissected.sh PROGRAM_DIR PEERS_DIR NODE_MODULES
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
need dumpcap tshark curl node
ip link set lo up
number=491701234567

background dumpcap -q -i lo -w "$work/capture.pcapng" -a duration:120 </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"

mkfifo "$work/smsc.commands"
exec 8<>"$work/smsc.commands"
NODE_PATH=$3 background node "$2/smsc.js" --port 2775 --terminal "$number=127.0.0.1:2948" \
    <"$work/smsc.commands" >"$work/smsc.out" 2>"$work/smsc.err"
wait_for 20 grep -q listening "$work/smsc.out" || fail "no SMSC: $(cat "$work/smsc.err")"
smsc=(address=127.0.0.1:2775 system_id=ppg1 password=secret)
settings=()
for key in type=smpp source=2948 "${smsc[@]}"; do settings+=(--set "bearer.smsc/$key"); done
for key in type=ussd source=100 operation=request "${smsc[@]}"; do settings+=(--set "bearer.ussd/$key"); done
start_server "$1" --set sip/udp=127.0.0.1:5060 "${settings[@]}"
bound_twice() { [ "$(grep -c '"bind"' "$work/smsc.out")" -ge 2 ]; }
wait_for 20 bound_twice || fail "not bound: $(cat "$work/smsc.out")"

device=urn:uuid:00000000-0000-4000-8000-000000000001
came_back() { [ "$(grep -c '"registered"' "$work/client.out")" -ge "$1" ]; }
mkfifo "$work/commands"
exec 7<>"$work/commands"
background "$1/reveille-client" --user sip:alice@lab.example --device "$device" --registrar 127.0.0.1:5060 --client-port 2948 \
    --no-wake-route <"$work/commands" >"$work/client.out" 2>"$work/client.err"
client_pid=$!
wait_for 20 came_back 1 || fail "the client did not register: $(cat "$work/client.err")"
api PUT "/v1/devices/$device" "{\"user\":\"sip:alice@lab.example\",\"wake_routes\":[{\"bearer\":\"sms\",\"address\":\"$number\",\"port\":2948},{\"bearer\":\"ussd\",\"address\":\"$number\",\"port\":2948}]}" >"$work/put"
woken() { # BEARER: a wake-up that ended well
    wake=$(api POST "/v1/devices/$device/wake" "{\"bearer\":\"$1\"}" | sed -n 's/.*"id": *"\(w-[^"]*\)".*/\1/p')
    [ -n "$wake" ] || fail "no wake-up by $1: $(cat "$work/put")"
    reached() { api GET "/v1/wakes/$wake" | grep -q '"received"'; }
    wait_for 20 reached || fail "$1: $(api GET "/v1/wakes/$wake")"
}
succeeded() { api GET "/v1/wakes/$wake" | grep -q '"state": *"succeeded"'; }
echo silent >&7
sleep 1
woken smsc
wait_for 20 succeeded || fail "the client did not come back: $(api GET "/v1/wakes/$wake")" # one still under way would be joined
echo quit >&7
wait "$client_pid"
woken ussd
kill "$server_pid"
wait "$server_pid"
wait_for 10 grep -q '"unbind"' "$work/smsc.out" || fail "no unbind"
sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"

decode() { tshark -r "$work/capture.pcapng" -d tcp.port==2775,smpp -o gsm_sms_ud.port_number_udh_means_wsp:TRUE "$@" 2>/dev/null; }
count() { decode -Y "$1" | wc -l; }
submits=$(count 'smpp.command_id == 0x00000004') headers=$(count 'smpp && gsm_sms.destination_port == 2948') sirs=$(count 'smpp && wsp && wap.sir')
ussd=$(count 'smpp.service_type == "USSD" && smpp.command_id == 0x00000004')
malformed=$(count 'smpp && (_ws.malformed || _ws.expert.severity == "Error")')
echo "$submits submit_sm, of these $ussd USSD, $headers with ports, $sirs SIRs, $malformed malformed"
[ "$submits" -ge 2 ] && [ "$ussd" -ge 1 ] || fail "the wake-ups are not in the capture"
decode -Y 'smpp && wap.sir' -T fields -e smpp.destination_addr -e gsm_sms.destination_port -e wsp.pdu_type -e wap.sir.version -e smpp.validity_period_r | head -3
[ "$sirs" -ge 1 ] && [ "$headers" -ge 1 ] || fail "no SIR: $(decode -Y 'smpp.command_id == 4' -V | tail -60)"
[ "$malformed" -eq 0 ] || fail "$(decode -Y 'smpp && (_ws.malformed || _ws.expert.severity == "Error")' -V | tail -60)"
