#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Very many idle datagram registrations in one reveilled, over real sockets on loopback and with the real store: how
# many it takes a second, resident octets of each as the slope between the counts, the CPU time of refreshing all of them
# every 120 s, and how long a start with all of them takes. Then it asks some of them whether they are still registered.
# The devices keep no pinhole open and answer no probe, so the server is told not to probe within the time of the run.
# Usage: datagrammillion.sh BUILD_DIR [WINDOW [COUNT…]]     (defaults 500 under way, 10000 100000 1000000)
# Takes some ten minutes and 3 GB of disk in TMPDIR. Exit 1 when something failed, 2 when something is missing.
set -u
build=${1:?usage: datagrammillion.sh BUILD_DIR [WINDOW [COUNT…]]}
window=${2:-500}
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- 10000 100000 1000000
bench=$build/tests/bin/bench_datagrams
for tool in "$build/bin/reveilled" "$bench"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done

work=$(mktemp -d)
server_pid=
stop() {
    [ -n "$server_pid" ] && kill "$server_pid" 2>/dev/null && wait "$server_pid" 2>/dev/null
    server_pid=
}
trap 'stop; rm -rf "$work"' EXIT
mkdir -m 700 "$work/data"
now() { date +%s.%N; }
cpu() { cat /proc/"$server_pid"/task/*/schedstat | awk '{ sum += $1 } END { print sum / 1e9 }'; }
peak() { awk '/VmHWM/ { print $2 / 1024 }' /proc/"$server_pid"/status; }

start() {
    : >"$work/ready"
    begun=$(now)
    "$build/bin/reveilled" --data-dir "$work/data" --set server/ports=any --set sip/authentication=open \
        --set liveness/udp_pinhole_ms=86400000 --set liveness/learn=off \
        >"$work/ready" 2>>"$work/log" &
    server_pid=$!
    for _ in $(seq 6000); do
        [ -s "$work/ready" ] && break
        kill -0 "$server_pid" 2>/dev/null || { echo "reveilled did not start" >&2; cat "$work/log" >&2; exit 1; }
        sleep 0.02
    done
    ready=$(now)
    port=$(sed -n 's/.*"datagram_coap": *"[^"]*:\([0-9]*\)".*/\1/p' "$work/ready")
}

start
count_before=0 resident_before=0
for count in "$@"; do
    "$bench" register "$port" "$server_pid" "$work/keys" "$count" "$window" >"$work/figures" || exit 1
    read -r _ seconds cpu resident <"$work/figures"
    awk -v n="$count" -v b="$count_before" -v s="$seconds" -v c="$cpu" -v r="$resident" -v rb="$resident_before" 'BEGIN {
        printf "%d registered: %.0f a second, %.0f us of CPU each, %.1f MB resident", n, (n - b) / s, c * 1e6 / (n - b), r / 1e6
        if (b > 0) printf ", %.0f octets each beyond %d", (r - rb) / (n - b), b
        printf "\n" }'
    count_before=$count resident_before=$resident
done
"$bench" refresh "$port" "$server_pid" "$work/keys" "$(awk -v n="$count" 'BEGIN { print n / 120 }')" 30 >"$work/figures" || exit 1
read -r percent each <"$work/figures"
echo "refreshing $count every 120 s: $percent % of a core, $each us each"

for restart in 1 2; do
    begun=$(now)
    stop
    awk -v b="$begun" -v e="$(now)" 'BEGIN { printf "end: %.1f s\n", e - b }'
    start
    awk -v b="$begun" -v e="$ready" -v c="$(cpu)" -v p="$(peak)" -v s="$(stat -c %s "$work"/data/*.db | sort -n | tail -1)" \
        'BEGIN { printf "start with all of them: %.1f s to the ready line, %.1f s of CPU, %.0f MB at most (database %.0f MB)\n", e - b, c, p, s / 1e6 }'
    checked=$("$bench" check "$port" "$server_pid" "$work/keys" 5000) || exit 1
    echo "$checked of 5000 asked are registered"
done
