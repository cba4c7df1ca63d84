#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A fleet of simulated devices against one reveilled over loopback, with the real store: users imported, devices
# registered, an outage in which every path dies and nobody hears anything, a push for every device while it lasts, and
# when it ends every device is woken by a signed WSP push over UDP, comes back over another path and gets its push. Checks
# that every push was delivered, and taken once. Prints time, CPU time and resident memory of both sides.
# Usage: [KIND=sip] fleet.sh BUILD_DIR [RUNS [DEVICES [MIX]]]   (defaults 3 runs, 100000, sleepers=100; see reveille-client(1))
# With KIND=sip they are SIP devices, 10,000 at most.
# Exit 1 when something failed, 2 when something is missing. In a mix that keeps alive some come back by themselves; with
# flaky devices pushes may come twice, whose acknowledgement was lost.
set -u
build=$(cd "${1:?usage: fleet.sh BUILD_DIR [RUNS [DEVICES [MIX]]]}" && pwd)
runs=${2:-3} devices=${3:-100000} mix=${4:-sleepers=100} kind=${KIND:-datagram}
. "$(dirname "$0")/../e2e/sip-lib.sh"
need curl jq
programs=$build/bin
ramp=$((devices < 5000 ? devices : 5000))
figures=$(mktemp -d)
trap 'end_all; rm -rf "$figures"' EXIT

now() { date +%s.%N; }
cpu() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.3f\n", sum / 1e9 }'; }
resident() { awk '/VmRSS/ { printf "%.1f\n", $2 / 1024 }' /proc/"$1"/status; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
begin() { begun=$(now) server_before=$(cpu "$server_pid") fleet_before=$(cpu "$fleet_pid"); }
figure() { # NAME COUNT: what it took since begin
    local name=$1
    awk -v n="$2" -v b="$begun" -v e="$(now)" -v sb="$server_before" -v se="$(cpu "$server_pid")" -v fb="$fleet_before" \
        -v fe="$(cpu "$fleet_pid")" -v sm="$(resident "$server_pid")" -v fm="$(resident "$fleet_pid")" \
        'BEGIN { print e - b, (se - sb) * 1e6 / n, (fe - fb) * 1e6 / n, sm, fm }' >"$figures/last"
    local column=0 what
    for what in seconds server_us fleet_us server_mb fleet_mb; do
        column=$((column + 1))
        cut -d' ' -f$column "$figures/last" >>"$figures/$name.$what"
    done
    [ "$runs" -eq 1 ] || echo "run $run, $name: $(cat "$figures/last")"
}
tell() { echo "$1" >&"$commands"; }
stats() { tail -c 4000 "$work/fleet.out" | grep '"event":"stats"' | tail -1; }
count() { stats | jq -r ".$1 // 0"; }
fleet_has() { [ "$(count "$1")" -ge "$2" ]; }
metric() { curl -s --max-time 20 -H "Authorization: Bearer $token" "http://$operations/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
all_delivered() { [ "$(metric 'reveille_pushes_total{event="delivered"}')" -ge "$devices" ]; }
same() { [ "$2" -eq "$3" ] || fail "$1: $2 of $3. The fleet: $(stats)"; }

[ "$kind" = sip ] && listener=sip_udp || listener=datagram_coap

run_once() {
    start_server "$programs" --set sip/authentication=digest --set triggers/authentication=open \
        --set bearer.wsp/per_second=5000 --set wake/retry_unreachable_s=5 --set wake/answer_timeout_ms=8000
    { echo user,password; seq -f 'sip:dev%.0f@lab.example,secret' 0 $((devices - 1)); } >"$work/users.csv"
    "$programs/reveillectl" --data-dir "$work/data" --url "http://$operations" import "$work/users.csv" >"$work/import" ||
        fail "import: $(tail -3 "$work/import")"
    rm -f "$work/fleet.in"
    mkfifo "$work/fleet.in"
    exec {commands}<>"$work/fleet.in"
    begun=$(now) server_before=$(cpu "$server_pid") fleet_before=0
    background "$programs/reveille-client" --fleet "$devices" --kind "$kind" --mix "$mix" --ramp "$ramp" --seed "$run" \
        --registrar "$(bound "$listener")" --password secret --stats 1 <&"$commands" >"$work/fleet.out" 2>"$work/fleet.err"
    fleet_pid=$!
    wait_for $((60 + devices / 500)) grep -q all-registered "$work/fleet.out" ||
        fail "not all registered: $(stats) $(cat "$work/fleet.err")"
    figure register "$devices"

    tell outage
    begin
    local first
    for first in $(seq 0 1000 $((devices - 1))); do
        seq "$first" $((first + 999 < devices ? first + 999 : devices - 1)) | jq -nc '{pushes: [inputs | {to: {user: "sip:dev\(.)@lab.example"},
            application: "", content_type: "text/plain", body: "Good morning \(.)", ttl_s: 3600, when: "wake"}]}' >"$work/batch"
        curl -s --max-time 60 -H 'Content-Type: application/json' --data @"$work/batch" \
            "http://$(bound triggers_http)/v1/pushes/batch" >"$work/answer"
        jq -e '[.items[] | select(.id == null)] == []' "$work/answer" >/dev/null || fail "pushes refused: $(head -c 300 "$work/answer")"
    done
    figure accept "$devices"
    sleep "$((devices < 10000 ? 3 : 20))" # the outage lasts a while, and wake-ups reach nobody
    same "taken in the outage" "$(count pushes)" 0

    tell restore
    begin
    wait_for $((120 + devices / 100)) all_delivered ||
        fail "delivered $(metric 'reveille_pushes_total{event="delivered"}') of $devices. The fleet: $(stats)"
    figure deliver "$devices"
    wait_for 5 fleet_has pushes "$devices"
    tell quit
    wait "$fleet_pid" || fail "the fleet ended with $?: $(cat "$work/fleet.err")"
    stats >"$figures/counters.$run"
    same "pushes taken" "$(count pushes)" "$devices"
    same "accepted" "$(metric 'reveille_pushes_total{event="accepted"}')" "$devices"
    same "failed" "$(metric 'reveille_pushes_total{event="failed"}')" 0
    case $mix in
    *flaky*) ;;
    *) same "pushes taken twice" "$(count duplicates)" 0 ;;
    esac
    [ "${mix#sleepers=100}" = "$mix" ] || same "devices woken" "$(($(count wakes) < devices ? $(count wakes) : devices))" "$devices"
    grep -h 'limit .* reached' "$work/reveilled.log" | sed 's/.*limit \([A-Za-z]*\) reached.*/\1/' | sort | uniq -c >"$figures/limits"
    end_all
    started=()
    work=$(mktemp -d)
}

for run in $(seq "$runs"); do
    run_once
done
for what in register accept deliver; do
    for of in seconds server_us fleet_us server_mb fleet_mb; do
        declare "$of=$(median "$figures/$what.$of")"
    done
    awk -v what="$what" -v n="$devices" -v s="$seconds" -v su="$server_us" -v fu="$fleet_us" -v sm="$server_mb" -v fm="$fleet_mb" \
        'BEGIN { printf "%s: %d in %.1f s; of each: %.0f us of CPU in the server, %.0f in the fleet; resident then: %.0f MB and %.0f MB\n",
            what, n, s, su, fu, sm, fm }'
done
echo "counters of the last run: $(jq -c '{pushes, duplicates, wake_ups, wakes, registrations, retransmissions, repeated, lost}' "$figures/counters.$runs")"
[ ! -s "$figures/limits" ] || echo "limits of the server reached (lines of the log): $(tr -s ' \n' ' ' <"$figures/limits")"
