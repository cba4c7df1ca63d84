# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts with the simulated SMSC share. Sourced after sip-lib.sh, not run.

start_smsc() { # PROGRAM_DIR [reveille-sim smsc options…]: prints to $work/smsc.out, obeys tell_smsc
    local programs=$1
    shift
    mkfifo "$work/smsc.in"
    exec {smsc_commands}<>"$work/smsc.in"
    background "$programs/reveille-sim" smsc "$@" <&"$smsc_commands" >"$work/smsc.out" 2>"$work/smsc.err"
    smsc_pid=$!
    wait_for 10 grep -q '"ready"' "$work/smsc.out" || fail "no SMSC: $(cat "$work/smsc.err")"
    smsc=$(jq -r 'select(.event == "ready") | .smpp' "$work/smsc.out")
}
tell_smsc() { echo "$1" >"$work/smsc.in"; }
smsc_said() { # EVENT [COUNT [JQ_CONDITION]]: it told of as many at least
    [ "$(jq -c "select(.event == \"$1\") | select(${3:-true})" "$work/smsc.out" | wc -l)" -ge "${2:-1}" ]
}
