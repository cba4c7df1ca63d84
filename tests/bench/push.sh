#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pushes accepted (durably: the answer comes after the commit) and delivered a second, and CPU time for each: reveilled over
# PAP and over REST to CoAP devices that acknowledge, and Kannel's push proxy (wapbox and bearerbox, package kannel) with the
# same PAP documents to terminals at the same addresses, which acknowledge nothing and are kept nowhere. Runs in turn. Then
# the time from a trigger to the datagram, against a datagram to an echo and back after one fdatasync on the same disk, and
# pushes accepted a second by the batch endpoint, 500 in a request over 4 connections, for 10,000 users who are not there.
# Usage: push.sh BUILD_DIR [RUNS [MESSAGES [CONNECTIONS [RECIPIENTS]]]]   (defaults 3 runs, 40000, 64 connections, 250 devices)
# DATA_ON: folder on the disk to measure (default: that of the build). Exit 1 when something failed, 2 when it is missing.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
build=$(cd "${1:?usage: push.sh BUILD_DIR [RUNS [MESSAGES [CONNECTIONS [RECIPIENTS]]]]}" && pwd)
runs=${2:-3} messages=${3:-40000} connections=${4:-64} recipients=${5:-250}
bench=$build/tests/bin/bench_push
PATH=$PATH:/usr/sbin
for tool in curl bearerbox wapbox "$build/bin/reveilled" "$bench"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
done
ip link set lo up

work=$(mktemp -d "${DATA_ON:-$build}/push.XXXXXX")
cd "$work" || exit 2
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

addresses=
for client in $(seq 0 $((recipients - 1))); do
    addresses+=$(printf '127.1.%d.%d=sip:meter%07d@lab.example,' $((client >> 8)) $((client & 255)) "$client")
done
cat >"$work/kannel.conf" <<CONF
group = core
admin-port = 13000
admin-password = staff
wapbox-port = 13002
box-allow-ip = 127.0.0.1
wdp-interface-name = "*"
log-level = 4
log-file = $work/bearerbox.log

group = wapbox
bearerbox-host = 127.0.0.1
log-level = 4
log-file = $work/wapbox.log

group = ppg
ppg-url = /pap
ppg-port = 18080
concurrent-pushes = 1000
users = 1024
trusted-pi = true
CONF

start_ours() {
    rm -rf data && mkdir -m 700 data
    start reveilled "$build/bin/reveilled" --data-dir data --set server/realm=lab.example --set server/ports=any \
        --set sip/authentication=open --set triggers/authentication=required --set "triggers/pap_addresses=${addresses%,}"
    server=$!
    wait_for grep -q '"ready"' reveilled.log
    bound() { sed -n "s/.*\"$1\": *\"[^\"]*:\([0-9]*\)\".*/\1/p" reveilled.log; }
    token=$(curl -s -H "Authorization: Bearer $(cat data/operations.token)" -d '{"name":"bench"}' -H 'Content-Type: application/json' \
        "http://127.0.0.1:$(bound operations_http)/v1/initiators" | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
}
run_ours() { # KIND
    start_ours
    "$bench" "$1" "$(bound triggers_http)" "$(bound datagram_coap)" "$token" "$messages" "$connections" "$recipients" "$server" || { tail -5 reveilled.log >&2; exit 1; }
}
run_kannel() {
    start bearerbox-out bearerbox -v 4 "$work/kannel.conf"
    local bearerbox=$!
    wait_for listens 13002
    start wapbox-out wapbox -v 4 "$work/kannel.conf"
    local wapbox=$!
    wait_for listens 18080
    "$bench" kannel 18080 2948 none "$messages" "$connections" "$recipients" "$bearerbox" "$wapbox" || exit 1
}

for run in $(seq "$runs"); do
    for who in pap rest kannel; do
        if [ "$who" = kannel ]; then run_kannel >result; else run_ours "$who" >result; fi
        stop
        read -r accepted delivered cpu count <result || exit 1
        echo "$accepted" >>"$who.accepted"; echo "$delivered" >>"$who.delivered"; echo "$cpu" >>"$who.cpu"
        echo "run $run, $who: $accepted accepted and $delivered delivered a second, $cpu us of CPU each; $count of $messages delivered"
        [ "$who" = kannel ] || [ "$count" -eq "$messages" ] || { echo "some were lost" >&2; exit 1; }
    done
done
for who in pap rest kannel; do
    for what in accepted delivered cpu; do declare "${who}_$what=$(median <"$who.$what")"; done
done
awk -v a="$pap_accepted" -v d="$pap_delivered" -v c="$pap_cpu" -v ra="$rest_accepted" -v rd="$rest_delivered" -v rc="$rest_cpu" \
    -v ka="$kannel_accepted" -v kd="$kannel_delivered" -v kc="$kannel_cpu" 'BEGIN {
        printf "medians, accepted and delivered a second and CPU of each:\n  pap    %d %d %.1f us\n  rest   %d %d %.1f us\n  kannel %d %d %.1f us\n", a, d, c, ra, rd, rc, ka, kd, kc
        printf "pap to kannel: accepted %.2f times, delivered %.2f times, CPU %.3f times\n", a / ka, d / kd, c / kc }'
start_ours
"$bench" latency "$(bound triggers_http)" "$(bound datagram_coap)" "$token" 2000 1 "$recipients" "$server" >result || exit 1
read -r p50 p99 floor50 floor99 <result
echo "trigger to datagram: p50 $p50 us, p99 $p99 us; an echo and one fdatasync: p50 $floor50 us, p99 $floor99 us"
stop

batched=$(((messages / 500 > 0 ? messages / 500 : 1) * 500))
for run in $(seq "$runs"); do
    start_ours
    printf 'user,device\nsip:meter{0000000..0009999}@lab.example,{uuid}\n' | curl -sf -H "Authorization: Bearer $(cat data/operations.token)" \
        -H 'Content-Type: text/csv' --data-binary @- -o imported "http://127.0.0.1:$(bound operations_http)/v1/subscribers/import" \
        || { echo "users were not imported" >&2; exit 1; }
    "$bench" batch "$(bound triggers_http)" 0 "$token" "$batched" 4 10000 "$server" >result || exit 1
    stop
    read -r accepted cpu count <result || exit 1
    echo "$accepted" >>batch.accepted; echo "$cpu" >>batch.cpu
    echo "run $run, batch: $accepted accepted a second, $cpu us of CPU each; $count accepted"
done
echo "batch, medians: $(median <batch.accepted) accepted a second, $(median <batch.cpu) us of CPU each"
