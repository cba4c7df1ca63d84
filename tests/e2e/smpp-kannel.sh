#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kannel's own SMPP test centre (drive_smpp, package kannel-extras) takes wake-ups over a transmitter and hands messages over a
# receiver, which the server answers. The centre knows no transceiver.
# Usage: smpp-kannel.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
centre=/usr/lib/kannel/test/drive_smpp
need curl node "$centre"
ip link set lo up
wakes=20 handed=200

# It also wants to be the smsbox of a bearerbox, and ends after some seconds where there is none.
background node -e 'require("net").createServer(box => box.resume()).listen(13001, "127.0.0.1")' </dev/null
background "$centre" -p 2775 -m $handed -v 0 -l "$work/centre.log" </dev/null >"$work/centre.out" 2>&1
settings=()
for key in type=smpp bind=pair address=127.0.0.1:2775 system_id=foo password=bar system_type=VMA first_pause_ms=100 per_second=100; do
    settings+=(--set "bearer.smsc/$key")
done
start_server "$1" "${settings[@]}"
bound_twice() { [ "$(grep -c 'bound to' "$work/reveilled.log")" -ge 2 ]; }
wait_for 20 bound_twice || fail "not bound: $(tail -5 "$work/centre.log")"

api PUT /v1/users/sip:alice@lab.example '{"name":"Alice"}' >/dev/null
for i in $(seq $wakes); do
    device=urn:uuid:00000000-0000-4000-8000-0000000000$(printf %02d "$i")
    api PUT "/v1/devices/$device" "{\"user\":\"sip:alice@lab.example\",\"wake_routes\":[{\"bearer\":\"sms\",\"address\":\"4917012345$(printf %02d "$i")\",\"port\":2948}]}" >/dev/null
    api POST "/v1/devices/$device/wake" '{"bearer":"smsc"}' >>"$work/wakes"
done
accepted() { api GET '/v1/journal?kind=sir&limit=1000' >"$work/journal"; [ "$(grep -o '"code": *"sent"' "$work/journal" | wc -l)" -ge $wakes ]; }
wait_for 30 accepted || fail "$(head -c 2000 "$work/journal" "$work/wakes") $(tail -20 "$work/centre.log")"
kill "$server_pid"
wait "$server_pid"
of_type() { grep -c "Handling SMPP PDU of type $1\$" "$work/centre.log"; }
# The centre gives up every link when one of them closes, read or not: both must say good-bye before either closes.
unbound() { [ "$(of_type unbind)" -ge 2 ]; }
wait_for 10 unbound || fail "$(of_type unbind) unbind of 2: $(tail -5 "$work/centre.log")"
echo "$(of_type submit_sm) submit_sm, $(of_type deliver_sm_resp) deliver_sm_resp, $(of_type unbind) unbind"
[ "$(of_type submit_sm)" -eq $wakes ] || fail "$(grep Handling "$work/centre.log" | tail -5)"
[ "$(of_type deliver_sm_resp)" -eq $handed ] || fail "not every message was answered"
if sed '/type unbind/,$d' "$work/centre.log" | grep -E 'ERROR|PANIC'; then fail "the centre complains"; fi
