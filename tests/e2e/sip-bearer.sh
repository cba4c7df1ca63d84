#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Wake-ups over SIP through a core of others (Kamailio, its registrar and GRUUs) to a device of others (SIPp): over UDP
# and TCP, to the address of record and to the GRUU, and what happens while the core is away. And to the reference device,
# which comes back through the core, and over the live path of another device.
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

start_core() { # [kamailio options…]
    background kamailio "$@" -f "$work/core.cfg" -DD -E -w "$work" -Y "$work" -P "$work/core.pid" </dev/null >>"$work/core.log" 2>&1
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

kill -TERM "$server_pid"
wait "$server_pid" 2>/dev/null
rm -rf "$work/data"

# A core that asks who we are.
start_core -A ASKS_WHO
for password in for-the-core wrong; do
    start_server "$1" --set bearer.core/type=sip --set bearer.core/core=127.0.0.1:5080 --set bearer.core/user=wakes \
        --set bearer.core/password=$password --set wake/attempts=1
    api PUT "/v1/users/sip:flo@lab.example" '{}' >/dev/null
    provision "$phone"
    wake
    if [ "$password" = wrong ]; then
        wait_for 15 receipt '"code": *"407"' || fail "a wrong password went unnoticed: $(show)"
    else
        wait_for 15 received || fail "not received from a core that asks: $(show)"
        saw '^Proxy-Authorization' && fail "the credentials went on to the device: $(show)"
    fi
    grep -q "$password" "$work/reveilled.log" && fail "the password is in the log"
    kill -TERM "$server_pid"
    wait "$server_pid" 2>/dev/null
    rm -rf "$work/data"
done
stop_core
echo "a core that asks: the right password is taken, the wrong one told"

# The reference device, known to the core and gone from the server.
background kamailio -f "$work/core.cfg" -DD -E -w "$work" -Y "$work" -P "$work/core.pid" </dev/null >>"$work/core.log" 2>&1
reference() { # NAME DEVICE [options…]; $work/NAME.in takes its commands
    local name=$1 device=$2
    shift 2
    background "$programs/reveille-client" --user sip:ann@lab.example --device "$device" --password secret --retry 300 \
        --registrar "$(bound sip_udp)" "$@" <"$work/$name.in" >"$work/$name.out" 2>"$work/$name.err"
}
count() { grep -c "\"event\":\"$2\"" "$work/$1.out"; }
said() { [ "$(count "$1" "$2")" -ge "${3:-1}" ]; }
told() { cat "$work"/*.out "$work"/*.err; api GET '/v1/journal?kind=sir&limit=20'; tail -20 "$work/core.log"; }
state_of() { api GET "/v1/devices/$1" | grep -q "\"state\": *\"$2\""; }
push_to() { # DEVICE TEXT
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:ann@lab.example\"},\"devices\":[\"$1\"],\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":60,\"when\":\"wake\"}" >"$work/push"
    push=$(sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p' "$work/push")
    [ -n "$push" ] || fail "the push was not taken: $(cat "$work/push")"
}
programs=$1
tablet=urn:uuid:7d0a3f6e-5555-4000-8000-000000000003
laptop=urn:uuid:7d0a3f6e-5555-4000-8000-000000000004
comes_back() { # IDENTITY MODE TRANSPORT
    start_server "$programs" --set bearer.core/type=sip --set bearer.core/core=127.0.0.1:5080 --set bearer.core/transport="$3" \
        --set sip/authentication=digest --set wake/identity="$1" --set wake/mode="$2" --set bearer.core/retry_ms=200
    api PUT "/v1/users/sip:ann@lab.example" '{"password":"secret"}' >/dev/null
    mkfifo "$work/tablet.in" "$work/laptop.in"
    exec 7<>"$work/tablet.in" 8<>"$work/laptop.in"
    reference tablet $tablet --wake-core 127.0.0.1:5080 --wake-core-transport "$3" --wake-core-user sip:ann@core.example --wake-bearer sip
    reference laptop $laptop --wake-core 127.0.0.1:5080 --wake-core-transport "$3" --wake-core-user sip:ann@core.example --wake-bearer sip
    for name in tablet laptop; do
        wait_for 20 said $name registered || fail "$name: $(told)"
        wait_for 20 said $name core-registered || fail "$name: $(told)"
    done
    echo unregister >&7
    echo unregister >&8
    wait_for 20 said tablet unregistered || fail "tablet: $(told)"
    wait_for 20 said laptop unregistered || fail "laptop: $(told)"
    push_to $tablet hello
    wait_for 20 delivered || fail "not delivered, $1 $2: $(told)"
    [ "$(count tablet sir-received)" = 1 ] || fail "no SIR: $(told)"
    grep '"event":"sir-received"' "$work/tablet.out" | grep -q '"signed":true' || fail "unsigned: $(told)"
    said tablet registered 2 && said tablet push-received || fail "tablet: $(told)"
    wait_for 10 state_of $tablet up || fail "not restored: $(told)"
    [ "$(count laptop registered)" = 1 ] || fail "the other device was woken: $(told)"
    echo "$1, $2, $3: the reference device came back, the other device of its user did not"
    exec 7>&- 8>&-
    kill -TERM "$server_pid"
    wait "$server_pid" 2>/dev/null
    for client in "${started[@]: -2}"; do
        kill "$client" 2>/dev/null
        wait "$client" 2>/dev/null
    done
    rm -rf "$work/data" "$work/"*.in
}
comes_back header routed udp
[ "$(count laptop sir-received)" = 0 ] || fail "the core did not route: $(told)"
comes_back body broadcast_identified tcp
grep -q '"reason":"not-for-me"' "$work/laptop.out" || fail "the laptop was not even asked: $(told)"
comes_back header-value broadcast_identified udp
grep -q '"reason":"not-for-me"' "$work/laptop.out" || fail "the laptop was not even asked: $(told)"

# Over the live path of another device, which hands the SIR on to the one it is worn with.
start_server "$programs" --set bearer.live/type=sip --set sip/authentication=digest --set wake/identity=header-value \
    --set wake/mode=broadcast_identified
api PUT "/v1/users/sip:ann@lab.example" '{"password":"secret"}' >/dev/null
mkfifo "$work/tablet.in" "$work/wrist.in"
exec 7<>"$work/tablet.in" 8<>"$work/wrist.in"
reference tablet $tablet --no-wake-route
wait_for 20 said tablet registered || fail "tablet: $(told)"
port=$(sed -n 's/.*"client_port":\([0-9]*\).*/\1/p' "$work/tablet.out" | head -1)
reference wrist $laptop --no-wake-route --companion "127.0.0.1:$port"
wait_for 20 said wrist registered || fail "wrist: $(told)"
api PUT "/v1/devices/$tablet" "{\"user\":\"sip:ann@lab.example\",\"wake_routes\":[{\"bearer\":\"sip\",\"address\":\"sip:ann@lab.example;gr=$laptop\"}]}" >/dev/null
echo unregister >&7
wait_for 20 said tablet unregistered || fail "tablet: $(told)"
push_to $tablet hello
wait_for 20 delivered || fail "not delivered over the live path: $(told)"
said wrist sir-handed-on && said tablet registered 2 && said tablet push-received || fail "handed on: $(told)"
said wrist push-received && fail "the wrong device got it: $(told)"
wait_for 10 state_of $tablet up || fail "not restored: $(told)"
echo "a SIR over the live path of the user's other device brought the first one back"
