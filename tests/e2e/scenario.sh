#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays one of the scenarios that come with the program: it passes, with a report that is well-formed; and where what its key step
# does is left out it fails at that step or behind it, for what is expected and not because something could not be done.
# Usage: scenario.sh PROGRAM_DIR FILE [options of the run that fails…]
set -u
programs=$1 file=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$file: $1" >&2
    cat "$work/played" >&2
    exit 1
}
export LC_ALL=C.UTF-8
"$programs/reveillectl" scenario run "$file" --timeout 50s --junit "$work/report.xml" >"$work/played" 2>&1 || fail "$?"
xmllint --noout "$work/report.xml" || fail "the report is no XML"
[ "$(xmllint --xpath 'string(/testsuites/@failures + /testsuites/@errors + /testsuites/@skipped)' "$work/report.xml")" = 0 ] ||
    fail "the report tells of failures"
tail -1 "$work/played"
# What will not come need not be waited for as long.
sed '/key: true/{n;s/within: .*/within: 500ms/}' "$file" >"$work/${file##*/}"
"$programs/reveillectl" scenario run "$work/${file##*/}" --timeout 50s --without key --json "$@" >"$work/played" 2>&1
status=$?
[ $status -eq 1 ] || fail "without its key step: $status"
jq -e '.verdict == "failed" and
    ([.steps | to_entries[] | select(.value.left_out) | .key] | first) as $key |
    (.steps | to_entries | map(select(.value.state == "failed")) | first) as $failed |
    $failed.key >= $key and $failed.value.code == null' "$work/played" >/dev/null || fail "does not fail where it should"
jq -r '.steps | to_entries[] | select(.value.state == "failed") | "without its key step it fails at step \(.key + 1)"' "$work/played"
