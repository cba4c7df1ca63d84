#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# 10,000 users register over UDP, driven by SIPp, without one failed call; the operations interface then knows them all.
# Usage: sip-register-10000.sh PROGRAM_DIR [USERS]
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
users=${2:-10000}
need sipp curl

start_server "$1" --set sip/udp=127.0.0.1:0
{
    echo SEQUENTIAL
    for number in $(seq "$users"); do printf '%012x;0\n' "$number"; done
} >"$work/users.csv"

cd "$work" || exit 1
sipp "$(bound sip_udp)" -sf "$here/../data/sipp/register-refresh.xml" -inf users.csv -m "$users" -r 1000 -l 1000 \
    -i 127.0.0.1 -t u1 -nostdin -timeout 120 -timeout_error -trace_err -error_file "$work/errors.log" >"$work/sipp.log" 2>&1
status=$?
grep -E 'Successful call|Failed call|Retrans' "$work/sipp.log" | tail -3
[ $status -eq 0 ] || fail "SIPp ended with $status: $(head -5 "$work/errors.log" 2>/dev/null)"

count_live() { # devices whose connection is live, page by page
    local cursor= page total=0
    while :; do
        page=$(api GET "/v1/devices?limit=500${cursor:+&cursor=$cursor}")
        total=$((total + $(grep -o '"live": *true' <<<"$page" | wc -l)))
        cursor=$(sed -n 's/.*"next": *"\([^"]*\)".*/\1/p' <<<"$page")
        [ -n "$cursor" ] || break
    done
    echo "$total"
}
all_live() { live=$(count_live) && [ "$live" -eq "$users" ]; }
live=0
wait_for 20 all_live || fail "$live devices live, $users registered"
last=$(printf 'urn:uuid:00000000-0000-4000-8000-%012x' "$users")
api GET "/v1/devices/$last" | grep -q "\"gruu\": *\"[^\"]*;gr=$last\"" || fail "the last device is not shown"
echo "$live devices registered"
