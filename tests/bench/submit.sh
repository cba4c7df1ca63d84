#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# submit_sm a second and CPU time for each: the smpp bearer, and Kannel's bearerbox and smsbox asked over HTTP. Both talk to
# Kannel's SMPP test centre (drive_smpp, package kannel-extras) with the same window, runs in turn.
# Usage: submit.sh BUILD_DIR [RUNS [MESSAGES [WINDOW]]]     (defaults 5 runs, 40000 messages, window 50)
# Prints one line per run and the medians. Exit 1 when a message was not taken, 2 when something is missing.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
build=${1:?usage: submit.sh BUILD_DIR [RUNS [MESSAGES [WINDOW]]]}
runs=${2:-5} messages=${3:-40000} window=${4:-50}
centre=/usr/lib/kannel/test/drive_smpp
PATH=$PATH:/usr/sbin
for tool in curl bearerbox smsbox "$centre" "$build/tests/bin/bench_submit" "$build/tests/bin/bench_sendsms"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done
ip link set lo up

work=$(mktemp -d)
pids=()
stop() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null; done
    pids=()
}
trap 'stop; rm -rf "$work"' EXIT
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
listens() { grep -qi ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
wait_for() { for _ in $(seq 200); do "$@" && return; sleep 0.1; done; echo "waited in vain: $*" >&2; tail -5 "$work"/*.log >&2; exit 1; }
start() {
    local log=$1
    shift
    "$@" >"$work/$log.log" 2>&1 </dev/null &
    pids+=($!)
}
start_centre() {
    start centre "$centre" -p 2775 -m 0 -v 4
    wait_for listens 2775
}

cat >"$work/kannel.conf" <<CONF
group = core
admin-port = 13000
admin-password = staff
status-password = look
smsbox-port = 13001
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-level = 4
log-file = $work/bearerbox.log

group = smsc
smsc = smpp
smsc-id = CENTRE
host = 127.0.0.1
port = 2775
smsc-username = foo
smsc-password = bar
system-type = VMA
max-pending-submits = $window

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 13013
log-level = 4
log-file = $work/smsbox.log

group = sendsms-user
username = tester
password = secret
default-sender = 100
CONF
online() { curl -s --max-time 2 'http://127.0.0.1:13000/status.txt?password=look' | grep -q 'CENTRE.*online'; }
run_ours() {
    start_centre
    "$build/tests/bin/bench_submit" 2775 "$messages" "$window" || exit 1
}
run_kannel() {
    start_centre
    cd "$work" || exit 1
    start bearerbox-out bearerbox -v 4 "$work/kannel.conf"
    local bearerbox=$!
    wait_for listens 13001
    start smsbox-out smsbox -v 4 "$work/kannel.conf"
    local smsbox=$!
    wait_for listens 13013
    wait_for online
    cd - >/dev/null || exit 1
    "$build/tests/bin/bench_sendsms" 13013 13000 "$messages" 64 "$bearerbox" "$smsbox" || exit 1
}

build=$(cd "$build" && pwd)
for run in $(seq "$runs"); do
    for who in ours kannel; do
        "run_$who" >"$work/result"
        stop
        read -r rate cpu <"$work/result" || exit 1
        echo "$rate" >>"$work/$who.rate"
        echo "$cpu" >>"$work/$who.cpu"
        echo "run $run, $who: $rate a second, $cpu us of CPU each"
    done
done
awk -v r="$(median <"$work/ours.rate")" -v c="$(median <"$work/ours.cpu")" -v kr="$(median <"$work/kannel.rate")" \
    -v kc="$(median <"$work/kannel.cpu")" 'BEGIN {
        printf "medians: ours %d a second at %.1f us, kannel %d at %.1f us; rate %.2f times, CPU %.3f times\n", r, c, kr, kc, r / kr, c / kc }'
