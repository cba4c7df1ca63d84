#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time per keep-alive over CoAP of many registered devices: reveilled (POST /rd/KEY, and the ping of RFC 7252), a bare
# echo of datagrams over recvmmsg and sendmmsg, and libcoap's coap-server (ping, and GET of its front page), the same
# clients over loopback, runs in turn.
# Usage: coap.sh BUILD_DIR [RUNS [REQUESTS [CLIENTS [WINDOW…]]]]   (defaults 3 runs, 200000, 1000 clients, windows 1 64)
# WINDOW is how many requests are under way at a time: with 1 the server wakes up for each. Prints the medians in
# microseconds and their ratios. Exit 1 when a peer failed, 2 when something is missing.
set -u
build=${1:?usage: coap.sh BUILD_DIR [RUNS [REQUESTS [CLIENTS [WINDOW…]]]]}
runs=${2:-3} requests=${3:-200000} clients=${4:-1000}
shift $(($# > 4 ? 4 : $#))
[ $# -gt 0 ] || set -- 1 64
bench=$build/tests/bin/bench_coap
for tool in coap-server-notls "$build/bin/reveilled" "$bench"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done

work=$(mktemp -d)
server_pid=
stop() {
    [ -n "$server_pid" ] && kill "$server_pid" 2>/dev/null && wait "$server_pid" 2>/dev/null
    server_pid=
}
trap 'stop; rm -rf "$work"' EXIT
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
wait_for() { for _ in $(seq 200); do [ -s "$1" ] && return; sleep 0.1; done; echo "no answer of a server" >&2; exit 1; }

start_reveilled() {
    rm -rf "$work/data"; mkdir -m 700 "$work/data"
    : >"$work/ready"
    "$build/bin/reveilled" --data-dir "$work/data" --set server/ports=any --set sip/authentication=open \
        >"$work/ready" 2>"$work/log" &
    server_pid=$!
    wait_for "$work/ready"
    port=$(sed -n 's/.*"datagram_coap": *"[^"]*:\([0-9]*\)".*/\1/p' "$work/ready")
}
start_echo() {
    : >"$work/port"
    "$bench" echo >"$work/port" &
    server_pid=$!
    wait_for "$work/port"
    port=$(cat "$work/port")
}
start_libcoap() {
    port=$((20000 + RANDOM % 10000))
    coap-server-notls -A 127.0.0.1 -p "$port" -v 2 >"$work/log" 2>&1 &
    server_pid=$!
    sleep 0.5
}
# name, kind, window
measure() {
    "$bench" load "$2" "$port" "$server_pid" "$clients" "$requests" "$3" >>"$work/$1.$3" || { stop; exit 1; }
}

for window in "$@"; do
    for _ in $(seq "$runs"); do
        start_reveilled; measure reveilled-refresh refresh "$window"; stop
        start_reveilled; measure reveilled-ping ping "$window"; stop
        start_echo; measure echo echo "$window"; stop
        start_libcoap; measure libcoap-ping echo "$window"; measure libcoap-get get "$window"; stop
    done
    echo "$clients clients, $window under way:"
    echo=$(median "$work/echo.$window")
    for name in echo libcoap-ping libcoap-get reveilled-ping reveilled-refresh; do
        awk -v n="$name" -v t="$(median "$work/$name.$window")" -v e="$echo" \
            'BEGIN { printf "  %-18s %6.2f us, %5.2f times the echo\n", n, t, t / e }'
    done
    awk -v p="$(median "$work/reveilled-ping.$window")" -v r="$(median "$work/reveilled-refresh.$window")" \
        -v lp="$(median "$work/libcoap-ping.$window")" -v lg="$(median "$work/libcoap-get.$window")" \
        'BEGIN { printf "  reveilled to libcoap: ping %.2f, refresh to GET %.2f\n", p / lp, r / lg }'
done
