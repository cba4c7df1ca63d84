#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A large push under the eyes of tshark: INVITE, SDP, the chunks of the MSRP session, their answers and the report decode
# without a malformed mark.
# Usage: msrp-dissected.sh PROGRAM_DIR
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

start_server "$1" --set sip/udp=127.0.0.1:5060 --set sip/tcp=127.0.0.1:5060 --set msrp/tcp=127.0.0.1:2855
background "$1/reveille-client" --user sip:alice@lab.example --name phone --registrar 127.0.0.1:5060 \
    </dev/null >"$work/client.out" 2>"$work/client.err"
wait_for 20 connected alice udp || fail "the client did not register: $(cat "$work/client.out" "$work/client.err")"

push_text alice "$(head -c 75000 /dev/zero | tr '\0' x)"
wait_for 20 delivered || fail "not delivered: $(api GET "/v1/pushes/$push") $(tail -5 "$work/client.out")"
closed() { grep -q session-closed "$work/client.out"; }
wait_for 20 closed || fail "the session stays"
sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"

count() { tshark -r "$work/capture.pcapng" -d tcp.port==2855,msrp -Y "$1" 2>/dev/null | wc -l; }
occurrences() { tshark -r "$work/capture.pcapng" -d tcp.port==2855,msrp -T fields -e "$1" 2>/dev/null | tr ',' '\n' | grep -c "$2"; }
invites=$(count 'sip.Method == "INVITE" && sdp.media.proto == "TCP/MSRP"') byes=$(count 'sip.Method == "BYE"')
# tshark shows the first message of each segment only
sends=$(occurrences msrp.method SEND) reports=$(count 'tcp.port == 2855 && tcp contains " REPORT"') answers=$(occurrences msrp.status.code 200)
malformed=$(count '_ws.malformed')
echo "$invites INVITE, $sends SEND, $answers answers, $reports REPORT, $byes BYE, $malformed malformed"
[ "$invites" -ge 1 ] && [ "$sends" -ge 2 ] && [ "$answers" -ge 2 ] && [ "$reports" -ge 1 ] && [ "$byes" -ge 1 ] || fail "the session is not in the capture"
[ "$malformed" -eq 0 ] || fail "$(tshark -r "$work/capture.pcapng" -d tcp.port==2855,msrp -Y '_ws.malformed' 2>/dev/null | head -5)"
