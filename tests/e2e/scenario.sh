#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays one of the scenarios that come with the program: it passes, with a report that is well-formed, and it fails where what
# its key step does is left out.
# Usage: scenario.sh PROGRAM_DIR NAME
set -u
programs=$1 name=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$1" >&2
    cat "$work/played" >&2
    exit 1
}
export LC_ALL=C.UTF-8
"$programs/reveillectl" scenario run "$name" --timeout 90s --junit "$work/report.xml" >"$work/played" 2>&1 || fail "$name: $?"
xmllint --noout "$work/report.xml" || fail "$name: the report is no XML"
[ "$(xmllint --xpath 'string(/testsuites/@failures + /testsuites/@errors + /testsuites/@skipped)' "$work/report.xml")" = 0 ] ||
    fail "$name: the report tells of failures"
tail -1 "$work/played"
"$programs/reveillectl" scenario run "$name" --timeout 90s --without key >"$work/played" 2>&1
status=$?
[ $status -eq 1 ] && grep -q '^Failed at step' "$work/played" || fail "$name passes without its key step ($status)"
grep '^Failed' "$work/played"
