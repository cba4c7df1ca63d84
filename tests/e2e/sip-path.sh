#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Behind an edge proxy of others (Kamailio): the Path it puts on a registration is the Route of pushes, if its network may set
# one (sip/path_networks). An edge that does not say that it keeps flows (RFC 5626) makes a device that asks for them get 439.
# Usage: sip-path.sh PROGRAM_DIR
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
need sipp kamailio curl
ip link set lo up
modules=$(dirname "$(find /usr/lib -name path.so -path '*kamailio/modules*' | head -1)")/
sed -e 's|@PLAIN@|5070|; s|@OUTBOUND@|5072|; s|@REVEILLED@|127.0.0.1:5060|' -e "s|@MODULES@|$modules|" \
    "$here/kamailio-edge.cfg.in" >"$work/edge.cfg"
background kamailio -f "$work/edge.cfg" -DD -E -w "$work" -Y "$work" -P "$work/edge.pid" </dev/null >"$work/edge.log" 2>&1

device() { # EDGE_PORT: a device that asks for outbound through this edge; its id is left in $pid
    rm -rf "$work/device"
    mkdir "$work/device"
    (cd "$work/device" && exec sipp "127.0.0.1:$1" -sf "$here/../data/sipp/register-flow.xml" \
        -oocsf "$here/../data/sipp/answer-message.xml" -key regid 1 -m 1 -i 127.0.0.1 -t u1 -nostdin -trace_msg \
        -message_file messages.log -message_overwrite true -trace_err -error_file errors.log </dev/null >sipp.log 2>&1) &
    pid=$!
    started+=("$pid")
}
saw() { grep -q "$1" "$work/device/messages.log" 2>/dev/null; }

start_server "$1" --set sip/udp=127.0.0.1:5060 --set sip/path_networks=127.0.0.0/8 --set sip/flow_timer=30
device 5070
wait_for 15 saw '^SIP/2.0 439 ' || fail "no 439: $(cat "$work/device/messages.log" "$work/edge.log")"
wait "$pid"
echo "an edge without ob: 439"

device 5072
wait_for 15 saw '^SIP/2.0 200 ' || fail "not registered: $(cat "$work/device/messages.log" "$work/edge.log")"
saw '^Require: outbound' || fail "no outbound: $(cat "$work/device/messages.log")"
saw '^Flow-Timer' && fail "a Flow-Timer for a flow that is not ours"
push_text flo "push along the path"
wait_for 15 delivered || fail "not delivered: $(api GET "/v1/pushes/$push") $(cat "$work/device/messages.log" "$work/edge.log")"
saw "push along the path" || fail "not seen: $(cat "$work/device/messages.log")"
[ "$(grep -c '^Via: .*:5072' "$work/device/messages.log")" -ge 1 ] || fail "it did not come through the edge: $(cat "$work/device/messages.log")"
echo "an edge with ob: the push comes along its Path"
kill "$pid"
wait "$pid" 2>/dev/null
kill -TERM "$server_pid"
wait "$server_pid" 2>/dev/null
rm -rf "$work/data"

start_server "$1" --set sip/udp=127.0.0.1:5060 --set sip/flow_timer=30
device 5072
wait_for 15 saw '^SIP/2.0 439 ' || fail "a Path of nobody in particular was taken: $(cat "$work/device/messages.log")"
echo "an edge that may not set a Path: 439"
