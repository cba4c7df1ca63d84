#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two flows of one device (RFC 5626), each a SIPp of its own with reg-id 1 and 2: the one heard last takes the push; when it
# dies, the next push arrives over the other. Over UDP and TCP in turn; tshark finds nothing malformed.
# Usage: sip-outbound.sh PROGRAM_DIR
# Runs in a network namespace that vanishes with its processes.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need sipp curl dumpcap tshark
ip link set lo up
background dumpcap -q -i lo -w "$work/capture.pcapng" -a duration:200 </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"
start_server "$1" --set sip/udp=127.0.0.1:5060 --set sip/tcp=127.0.0.1:5060 --set sip/flow_timer=30

flow() { # TRANSPORT_OPTION REG_ID SERVER: a device's flow; its id is left in $pid
    mkdir -p "$work/flow$2"
    (cd "$work/flow$2" && exec sipp "$3" -sf "$here/../data/sipp/register-flow.xml" -oocsf "$here/../data/sipp/answer-message.xml" \
        -key regid "$2" -m 1 -i 127.0.0.1 -t "$1" -nostdin -trace_msg -message_file messages.log -message_overwrite true \
        -trace_err -error_file errors.log </dev/null >sipp.log 2>&1) &
    pid=$!
    started+=("$pid")
}
took() { # REG_ID TEXT
    grep -q "$2" "$work/flow$1/messages.log" 2>/dev/null
}
paths() { # COUNT paths that are up; the device itself is shown with the best of them
    api GET "/v1/devices?query=flo" >"$work/devices"
    [ "$(grep -o '"state": *"up"' "$work/devices" | wc -l)" -eq $(($1 == 0 ? 0 : $1 + 1)) ]
}
try() { # NAME TRANSPORT_OPTION SERVER
    rm -rf "$work"/flow[12]
    flow "$2" 2 "$3"
    local second=$pid
    wait_for 10 paths 1 || fail "$1: flow 2 is not there: $(cat "$work/devices" "$work"/flow2/*.log)"
    flow "$2" 1 "$3"
    local first=$pid
    wait_for 10 paths 2 || fail "$1: flow 1 is not there: $(cat "$work/devices" "$work"/flow1/*.log)"
    push_text flo "first push over $1"
    wait_for 10 delivered || fail "$1: not delivered: $(api GET "/v1/pushes/$push") $(cat "$work"/flow?/errors.log)"
    took 1 "Flow-Timer: 30" || fail "$1: no Flow-Timer"
    took 1 "first push over $1" || fail "$1: the push did not take the flow heard last"
    kill -KILL "$first"
    wait "$first" 2>/dev/null
    push_text flo "second push over $1"
    wait_for 30 delivered || fail "$1: not delivered: $(api GET "/v1/pushes/$push") $(cat "$work"/flow?/errors.log)"
    took 2 "second push over $1" || fail "$1: the push did not come over flow 2"
    wait_for 20 paths 1 || fail "$1: flow 1 is still there: $(cat "$work/devices")"
    kill -KILL "$second"
    wait "$second" 2>/dev/null
    push_text flo "nobody there"
    wait_for 30 paths 0 || fail "$1: flow 2 is still there: $(cat "$work/devices")"
    echo "$1: flow 1 dies, the push arrives over flow 2"
}
try UDP u1 127.0.0.1:5060
try TCP t1 127.0.0.1:5060

kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"
count() { tshark -r "$work/capture.pcapng" -Y "$1" 2>/dev/null | wc -l; }
messages=$(count 'sip.Method == "MESSAGE"') malformed=$(count '_ws.malformed || _ws.expert.severity == "Error"')
echo "$messages MESSAGE, $malformed malformed"
[ "$messages" -ge 6 ] || fail "the pushes are not in the capture"
[ "$malformed" -eq 0 ] || fail "$(tshark -r "$work/capture.pcapng" -Y '_ws.malformed || _ws.expert.severity == "Error"' 2>/dev/null | head -5)"
