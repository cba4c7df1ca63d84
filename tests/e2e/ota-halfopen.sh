#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A cable is pulled: the terminal is in a namespace of its own whose link goes down while a push is on its way. Nothing is
# acknowledged any more, TCP_USER_TIMEOUT fires, and the connection is interrupted with that as its evidence.
# Usage: ota-halfopen.sh PROGRAM_DIR; needs the right to make network namespaces.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need ip curl nsenter
ip link set lo up
start_server "$1" --set ota_http/tcp=0.0.0.0:4035 --set ota_http/tls=off --set ota_http/authentication=open \
    --set ota_http/user_timeout_ms=3000
phone=urn:uuid:00000000-0000-4000-8000-000000000001
api PUT /v1/users/sip:alice@lab.example '{}' >/dev/null
api PUT /v1/devices/$phone '{"user":"sip:alice@lab.example","msisdn":"+358408201681"}' >/dev/null

# The terminal: connects, registers, and reads on for ever.
mkfifo "$work/go"
cat >"$work/terminal.sh" <<TERMINAL
read -r <"$work/go"
exec 5<>/dev/tcp/10.77.0.1/4035
cat "$here/../data/vectors/otahttp-options-resp-501.msg" >&5
exec cat <&5 >/dev/null 2>&1
TERMINAL
background unshare -n bash "$work/terminal.sh" </dev/null
terminal=$!
sleep 1
ip link add name ota0 type veth peer name ota1 netns "$terminal" || fail "no veth"
ip addr add 10.77.0.1/24 dev ota0
ip link set ota0 up
nsenter -t "$terminal" -n sh -c 'ip link set lo up; ip addr add 10.77.0.2/24 dev ota1; ip link set ota1 up' || fail "no link"
echo >"$work/go"

device() { api GET "/v1/devices/$phone"; }
state_is() { device | grep -q "\"state\": *\"$1\""; }
wait_for 20 state_is up || fail "the terminal did not register"
nsenter -t "$terminal" -n ip link set ota1 down
api POST /v1/pushes "{\"to\":{\"device\":\"$phone\"},\"body\":\"x\",\"content_type\":\"text/vnd.wap.si\",\"ttl_s\":60,\"when\":\"when_reachable\"}" >/dev/null
interrupted() { device | grep -q '"reason": *"interrupted"' && device | grep -q '"rule": *"user_timeout"'; }
started_at=$SECONDS
wait_for 30 interrupted || fail "half-open was not noticed: $(device)"
echo "interrupted by TCP_USER_TIMEOUT after about $((SECONDS - started_at)) s (setting: 3 s)"
