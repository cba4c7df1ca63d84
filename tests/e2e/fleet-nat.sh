#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A fleet behind the simulated NAT: keepers hold their pinholes open and are followed where the NAT moves them, sleepers lose
# theirs and are woken; every push is taken, once. Two devices of each user, so that a SIR says which of them it means: behind
# the NAT the address it goes to does not tell.
# Usage: fleet-nat.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/nat-lib.sh"
programs=$1
devices=60 users=30

nat_options=(--quiet --set udp_timeout_ms=3000 --set max_mappings=500)
start_behind "$programs" --set liveness/learn=off --set liveness/request_timeout_ms=2000 --set wake/answer_timeout_ms=4000 \
    --set triggers/authentication=open
mkfifo "$work/fleet.in"
exec {commands}<>"$work/fleet.in"
background "$programs/reveille-client" --fleet $devices --per-user 2 --registrar "$(inside udp_2)" --ramp $devices --stats 1 \
    --mix keepers=1,sleepers=1,interval_s=1,awake_s=1,proven_s=1 <&"$commands" >"$work/fleet.out" 2>"$work/fleet.err"
stats() { grep '"event":"stats"' "$work/fleet.out" | tail -1; }
count() { stats | jq -r ".$1 // 0"; }
has() { [ "$(count "$1")" -ge "$2" ]; }
wait_for 20 grep -q all-registered "$work/fleet.out" || fail "not registered: $(stats) $(cat "$work/fleet.err")"
wait_for 10 has silent 15 || fail "nobody sleeps: $(stats)"
silent=$(count silent)
closed() { [ "$(grep '"mapping-closed"' "$work/nat.out" | grep -c idle)" -ge "$silent" ]; }
wait_for 15 closed || fail "pinholes of sleepers stay open: $(tail -3 "$work/nat.out")"

tell_nat '{"do":"rebind"}'
seq 0 $((users - 1)) | jq -nc '{pushes: [inputs | {to: {user: "sip:dev\(.)@lab.example"}, application: "",
    content_type: "text/plain", body: "Good morning", ttl_s: 120, when: "wake"}]}' >"$work/batch"
curl -s --max-time 20 -H 'Content-Type: application/json' --data @"$work/batch" \
    "http://$(bound triggers_http)/v1/pushes/batch" >"$work/answer"
[ "$(jq '[.items[] | select(.id)] | length' "$work/answer")" = $users ] || fail "pushes refused: $(cat "$work/answer")"
wait_for 60 has pushes $devices || fail "pushes are missing: $(stats)"
[ "$(count pushes)" = $devices ] && [ "$(count duplicates)" = 0 ] || fail "not each once: $(stats)"
has wakes "$silent" || fail "sleepers were not woken: $(stats)"
[ "$(count wakes_unclear)" = 0 ] || fail "wake-ups that name nobody: $(stats)"
echo "ok: $devices devices behind a NAT, $silent of them asleep, $(count wakes) woken, each push once"
