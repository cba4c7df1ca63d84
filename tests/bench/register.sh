#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time per REGISTER refresh: reveilled and Kamailio, the same SIPp scenario over loopback, runs in turn.
# Usage: register.sh PROGRAM_DIR [RUNS [USERS [REFRESHES]]]     (defaults 5 runs, 1000 users, 10 refreshes)
# Prints one line per run and the medians in microseconds. Exit 1 when a call failed, 2 when something is missing.
# reveilled remembers each answer for 32 s (RFC 3261 timer J) and 100,000 of them at most: keep below that.
set -u
programs=${1:?usage: register.sh PROGRAM_DIR [RUNS [USERS [REFRESHES]]]}
runs=${2:-5} users=${3:-1000} refreshes=${4:-10}
here=$(cd "$(dirname "$0")" && pwd)
scenario=$here/../data/sipp/register-refresh.xml
for tool in sipp kamailio; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done
[ -x "$programs/reveilled" ] || { echo "missing: $programs/reveilled" >&2; exit 2; }
modules=$(dirname "$(find /usr/lib -name usrloc.so -path '*kamailio/modules*' | head -1)")/

work=$(mktemp -d)
kamailio_pid= reveilled_pid=
cleanup() {
    for pid in $kamailio_pid $reveilled_pid; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    rm -rf "$work"
}
trap cleanup EXIT

# every process below $1 that belongs to the same server
family() {
    local pid=$1 child
    echo "$pid"
    for child in $(cat /proc/"$pid"/task/*/children 2>/dev/null); do
        family "$child"
    done
}
# CPU time of all of them, threads included, in nanoseconds
cpu_time() {
    local pid
    for pid in $(family "$1"); do
        cat /proc/"$pid"/task/*/schedstat
    done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}
free_port() {
    local port
    for port in $(shuf -i 20000-32000 -n 50); do
        grep -qi ":$(printf %04X "$port") " /proc/net/udp || { echo "$port"; return; }
    done
}
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

kamailio_port=$(free_port)
sed -e "s|@PORT@|$kamailio_port|" -e "s|@MODULES@|$modules|" "$here/kamailio.cfg.in" >"$work/kamailio.cfg"
kamailio -f "$work/kamailio.cfg" -DD -E -w "$work" -Y "$work" -P "$work/kamailio.pid" >"$work/kamailio.log" 2>&1 &
kamailio_pid=$!

: >"$work/reveille.conf"
mkdir -m 700 "$work/data"
"$programs/reveilled" --config "$work/reveille.conf" --data-dir "$work/data" --set sip/authentication=open \
    --set server/ports=any --set sip/tcp=off \
    --set server/realm=lab.example >"$work/ready" 2>"$work/reveilled.log" &
reveilled_pid=$!
for _ in $(seq 100); do
    grep -q '"ready"' "$work/ready" && break
    sleep 0.1
done
reveilled_port=$(sed -n 's/.*"sip_udp": *"[^"]*:\([0-9]*\)".*/\1/p' "$work/ready")
[ -n "$reveilled_port" ] || { cat "$work/reveilled.log" >&2; exit 1; }

{
    echo SEQUENTIAL
    for number in $(seq "$users"); do printf '%012x;%d\n' "$number" "$refreshes"; done
} >"$work/users.csv"

# one run against port $1 of process $2: microseconds of CPU for each REGISTER
run() {
    local before after
    before=$(cpu_time "$2")
    (cd "$work" && sipp "127.0.0.1:$1" -sf "$scenario" -inf users.csv -m "$users" -r 400 -l 400 -i 127.0.0.1 -t u1 \
        -nostdin -timeout 300 -timeout_error) >"$work/sipp.log" 2>&1 || { echo "$3: calls failed" >&2; tail -40 "$work/sipp.log" >&2; return 1; }
    after=$(cpu_time "$2")
    awk -v ns=$((after - before)) -v n=$((users * (refreshes + 1))) 'BEGIN { printf "%.2f\n", ns / 1000 / n }'
}

for i in $(seq 0 "$runs"); do
    kamailio_us=$(run "$kamailio_port" "$kamailio_pid" kamailio) || exit 1
    reveilled_us=$(run "$reveilled_port" "$reveilled_pid" reveilled) || exit 1
    [ "$i" -eq 0 ] && continue # the first registers, the others refresh what is there
    echo "$kamailio_us" >>"$work/kamailio.us"
    echo "$reveilled_us" >>"$work/reveilled.us"
    echo "run $i: kamailio $kamailio_us us, reveilled $reveilled_us us for each of $((users * (refreshes + 1))) REGISTER"
done
kamailio_us=$(median <"$work/kamailio.us")
reveilled_us=$(median <"$work/reveilled.us")
awk -v k="$kamailio_us" -v r="$reveilled_us" \
    'BEGIN { printf "median: kamailio %.2f us, reveilled %.2f us, ratio %.2f\n", k, r, r / k }'
