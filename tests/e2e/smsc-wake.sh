#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A silent reference device is woken by SMS and by USSD through the simulated SMSC and takes its push, with no phone and no
# SMSC of others: in one message and in parts, while the SMSC throttles and fails, with receipts in every form, and after the
# link was dropped in the middle of a window. tshark finds nothing malformed on the link.
# In a network namespace of its own; where it is not root it makes that in a user namespace, which the machine must allow.
# Usage: smsc-wake.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/smsc-lib.sh"
need curl jq dumpcap tshark
programs=$1
number=491701234567
ip link set lo up

background dumpcap -q -i lo -w "$work/capture.pcapng" -a duration:200 </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"

start_smsc "$programs" --terminal "$number=127.0.0.1:2948"
settings=()
for bearer in "smsc smpp source=2948" "ussd ussd source=100 operation=request session_info=on"; do
    read -r name type more <<<"$bearer"
    for key in "type=$type" "address=$smsc" system_id=ppg1 password=secret first_pause_ms=100 longest_pause_ms=300 $more; do
        settings+=(--set "bearer.$name/$key")
    done
done
start_server "$programs" --set wake/answer_timeout_ms=6000 --set wake/backoff_ms=200 --set wake/attempts=6 \
    --set liveness/request_timeout_ms=500 "${settings[@]}"
wait_for 10 smsc_said bound 2 || fail "not bound: $(cat "$work/smsc.out")"

mkfifo "$work/commands"
exec 7<>"$work/commands"
device=urn:uuid:00000000-0000-4000-8000-000000000001
background "$programs/reveille-client" --user sip:alice@lab.example --device "$device" --registrar "$(bound sip_udp)" \
    --client-port 2948 --no-wake-route --retry 200 <"$work/commands" >"$work/client.out" 2>"$work/client.err"
client_said() { [ "$(grep -c "\"event\":\"$1\"" "$work/client.out")" -ge "$2" ]; }
wait_for 10 client_said registered 1 || fail "not registered: $(cat "$work/client.err")"
route() { # BEARER…: the routes staff knows of
    api PUT "/v1/devices/$device" "$(jq -nc --arg n "$number" '{user: "sip:alice@lab.example",
        wake_routes: [$ARGS.positional[] | {bearer: ., address: $n, port: 2948}]}' --args "$@")" >/dev/null
}
pushes=0
woken_by() { # WHAT BEARER: silent, a push, and it comes back for it
    local what=$1
    route "$2"
    pushes=$((pushes + 1))
    echo silent >&7
    wait_for 10 client_said silent $pushes || fail "$what: not silent"
    push_text alice "$what"
    wait_for 40 delivered || fail "$what: $(api GET "/v1/pushes/$push") $(tail -5 "$work/smsc.out" "$work/client.out")"
    [ "$(grep -c "\"body\":\"$what\"" "$work/client.out")" = 1 ] || fail "$what: not taken once"
    echo "ok: $what"
}
push_text() { # USER TEXT: leaves the push's id in $push
    push=$(api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":90,\"when\":\"wake\"}" | jq -r .id)
}
set_smsc() {
    tell_smsc "{\"do\":\"set\",$1}"
    changes=$((${changes:-0} + 1))
    wait_for 5 smsc_said changed $changes || fail "not set: $(tail -2 "$work/smsc.out")"
}

woken_by "by SMS" sms
woken_by "by USSD" ussd
set_smsc '"receipts":"before","receipt_form":"parameters","receipt_ids":"decimal"'
woken_by "receipt before the response" sms
set_smsc '"receipts":"twice","receipt_form":"both","delivery_delay_ms":400,"answer_delay_ms":200'
woken_by "receipts twice, all of it late" sms
set_smsc '"receipts":"after","delivery_delay_ms":0,"answer_delay_ms":0,"status":88,"fail_first":2'
woken_by "throttled at first" sms
set_smsc '"status":8,"fail_first":1'
woken_by "a system error at first" sms
set_smsc '"status":0,"drop_after":1'
woken_by "the link drops in the window" sms
tell_smsc "{\"do\":\"terminal\",\"msisdn\":\"$number\",\"place\":\"127.0.0.1:2948\",\"reachable\":false}"
(wait_for 30 smsc_said message-waiting 1 && tell_smsc "{\"do\":\"terminal\",\"msisdn\":\"$number\",\"place\":\"127.0.0.1:2948\"}") &
woken_by "the phone was off" sms
smsc_said delivery-answered 8 || fail "receipts were not answered: $(grep -c delivery-sent "$work/smsc.out") sent"
smsc_said malformed 1 && fail "the SMSC could not read: $(grep malformed "$work/smsc.out")"

kill "$server_pid"
wait "$server_pid"
wait_for 10 smsc_said unbound 2 || fail "no unbind"
tell_smsc '{"do":"quit"}'
wait "$smsc_pid" || fail "the SMSC ended with $?"
sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"
decode() { tshark -r "$work/capture.pcapng" -d "tcp.port==${smsc##*:},smpp" -o gsm_sms_ud.port_number_udh_means_wsp:TRUE "$@" 2>/dev/null; }
count() { decode -Y "$1" | wc -l; }
submits=$(count 'smpp.command_id == 0x00000004') deliveries=$(count 'smpp.command_id == 0x00000005')
malformed=$(count 'smpp && (_ws.malformed || _ws.expert.severity == "Error")')
echo "$submits submit_sm, $deliveries deliver_sm, $malformed malformed"
[ "$submits" -ge 8 ] && [ "$deliveries" -ge 8 ] || fail "the capture has too little"
[ "$malformed" -eq 0 ] || fail "$(decode -Y 'smpp && (_ws.malformed || _ws.expert.severity == "Error")' -V | tail -60)"
