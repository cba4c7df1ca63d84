#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Wake-ups over SIP through a core of others (Kamailio, its registrar and GRUUs) to a device of others (SIPp): over UDP
# and TCP, to the address of record and to the GRUU, and what happens while the core is away.
# Usage: sip-bearer.sh PROGRAM_DIR
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
modules=$(dirname "$(find /usr/lib -name registrar.so -path '*kamailio/modules*' | head -1)")/
sed -e "s|@PORT@|5080|; s|@MODULES@|$modules|" "$here/kamailio-core.cfg.in" >"$work/core.cfg"
phone=urn:uuid:7d0a3f6e-5555-4000-8000-000000000001
watch=urn:uuid:7d0a3f6e-5555-4000-8000-000000000002

start_core() {
    background kamailio -f "$work/core.cfg" -DD -E -w "$work" -Y "$work" -P "$work/core.pid" </dev/null >>"$work/core.log" 2>&1
    core=$!
    mkdir -p "$work/device"
    (cd "$work/device" && exec sipp 127.0.0.1:5080 -sf "$here/../data/sipp/register-core.xml" \
        -oocsf "$here/../data/sipp/answer-message.xml" -m 1 -i 127.0.0.1 -p 5071 -t u1 -nostdin -trace_msg \
        -message_file messages.log -message_overwrite true -trace_err -error_file errors.log </dev/null >sipp.log 2>&1) &
    device=$!
    started+=("$device")
    wait_for 15 saw '^SIP/2.0 200 ' || fail "not registered: $(cat "$work/device/"*.log "$work/core.log")"
}
stop_core() {
    kill "$device" "$core" 2>/dev/null
    wait "$device" "$core" 2>/dev/null
    rm -rf "$work/device"
}
saw() { grep -q "$1" "$work/device/messages.log" 2>/dev/null; }
provision() { # DEVICE
    api PUT "/v1/devices/$1" "{\"user\":\"sip:flo@lab.example\",\"wake_routes\":[{\"bearer\":\"sip\",\"address\":\"sip:flo@core.example\"}]}" >"$work/device.json"
    grep -q '"id"' "$work/device.json" || fail "not provisioned: $(cat "$work/device.json")"
}
wake() { # leaves the wake-up's id in $wake
    api POST "/v1/devices/$phone/wake" '{"bearer":"core"}' >"$work/wake"
    wake=$(sed -n 's/.*"id": *"\(w-[^"]*\)".*/\1/p' "$work/wake")
    [ -n "$wake" ] || fail "no wake-up: $(cat "$work/wake")"
}
received() { api GET "/v1/wakes/$wake" | grep -q '"furthest": *"received"'; }
receipt() { api GET "/v1/journal?kind=sir&limit=200" | grep -q "$1"; }
show() { api GET "/v1/wakes/$wake"; cat "$work/core.log" "$work/device/messages.log" 2>/dev/null; }

start_core
for transport in udp tcp; do
    start_server "$1" --set bearer.core/type=sip --set bearer.core/core=127.0.0.1:5080 --set bearer.core/transport=$transport \
        --set wake/identity=header --set bearer.core/retry_ms=200 --set bearer.core/longest_retry_ms=400
    api PUT "/v1/users/sip:flo@lab.example" '{}' >/dev/null
    provision "$phone"
    wake
    wait_for 15 received || fail "not received over $transport: $(show)"
    grep -q "asked for sip:flo@core.example over $transport" "$work/core.log" || fail "not through the core: $(show)"
    saw '^Content-Type: application/vnd.wap.sia' || fail "no SIR: $(show)"
    echo "$transport: the SIR came to the device of the core, whose 200 is the receipt"

    kill -TERM "$server_pid"
    wait "$server_pid" 2>/dev/null
    rm -rf "$work/data"
done

start_server "$1" --set bearer.core/type=sip --set bearer.core/core=127.0.0.1:5080 --set wake/identity=header \
    --set bearer.core/retry_ms=200 --set bearer.core/longest_retry_ms=400 --set wake/attempts=5 --set wake/backoff_ms=500
api PUT "/v1/users/sip:flo@lab.example" '{}' >/dev/null
provision "$phone"
provision "$watch"
wake
wait_for 15 received || fail "not received by its GRUU: $(show)"
grep -q "asked for sip:flo@core.example;gr=$phone" "$work/core.log" || fail "no GRUU: $(show)"
echo "one of two devices: the core was asked for its GRUU"
stop_core
device_status() { api GET /v1/status; }
api POST "/v1/devices/$watch/wake" '{"bearer":"core"}' >"$work/wake"
wait_for 15 receipt '"code": *"\(icmp\|timeout\)"' || fail "nobody missed the core: $(device_status)"
echo "a core that is away is missed"
