#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time per keep-alive of one out of many idle TCP connections: reveilled (SIP, double CRLF) and mosquitto (MQTT,
# PINGREQ), the same numbers of connections over loopback, runs in turn.
# Usage: pings.sh BUILD_DIR [RUNS [PINGS [CONNECTIONS…]]]     (defaults 3 runs, 5000 pings, 1000 9000 18000)
# Prints the medians in microseconds. Exit 1 when a peer failed, 2 when something is missing.
set -u
build=${1:?usage: pings.sh BUILD_DIR [RUNS [PINGS [CONNECTIONS…]]]}
runs=${2:-3} pings=${3:-5000}
shift; [ $# -gt 0 ] && shift; [ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 1000 9000 18000
for tool in mosquitto "$build/bin/reveilled" "$build/tests/bin/bench_pings"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done
ulimit -n "$(ulimit -Hn)"

work=$(mktemp -d)
server_pid=
stop() {
    [ -n "$server_pid" ] && kill "$server_pid" 2>/dev/null && wait "$server_pid" 2>/dev/null
    server_pid=
}
trap 'stop; rm -rf "$work"' EXIT
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
wait_port() { for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; exit 1; }

start_reveilled() {
    rm -rf "$work/data"; mkdir -m 700 "$work/data"
    "$build/bin/reveilled" --data-dir "$work/data" --set server/ports=any --set sip/max_connections=100000 \
        >"$work/ready" 2>"$work/log" &
    server_pid=$!
    for _ in $(seq 100); do grep -q ready "$work/ready" && break; sleep 0.1; done
    port=$(sed -n 's/.*"sip_tcp": *"[^"]*:\([0-9]*\)".*/\1/p' "$work/ready")
}
start_mosquitto() {
    port=$((20000 + RANDOM % 10000))
    printf 'listener %s 127.0.0.1\nallow_anonymous true\npersistence false\nmax_connections -1\nuser root\nlog_type error\n' "$port" >"$work/mosquitto.conf"
    mosquitto -c "$work/mosquitto.conf" >"$work/log" 2>&1 &
    server_pid=$!
    wait_port "$port"
}

for connections in "$@"; do
    for run in $(seq "$runs"); do
        start_reveilled
        "$build/tests/bin/bench_pings" sip "$port" "$server_pid" "$connections" "$pings" >>"$work/reveilled.$connections" || exit 1
        stop
        start_mosquitto
        "$build/tests/bin/bench_pings" mqtt "$port" "$server_pid" "$connections" "$pings" >>"$work/mosquitto.$connections" || exit 1
        stop
    done
    ours=$(median <"$work/reveilled.$connections") theirs=$(median <"$work/mosquitto.$connections")
    awk -v n="$connections" -v o="$ours" -v t="$theirs" \
        'BEGIN { printf "%d connections: reveilled %.2f us, mosquitto %.2f us a ping, ratio %.2f\n", n, o, t, o / t }'
done
