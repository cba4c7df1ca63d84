#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The cable of a device is pulled. A push over TCP stays unanswered and the connection counts as interrupted; over UDP the
# probe is lost. A wake-up is heard over the other bearer but the way back is not there; once the cable is in again the
# device comes back with what it had, and the push is taken once.
# Usage: firewall-cable.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
programs=$1

raise_network 60 120 600
start_behind "$programs" --set liveness/request_timeout_ms=3000 --set liveness/learn=off \
    --set liveness/udp_pinhole_ms=7000 --set liveness/tcp_silence_ms=7000 --set liveness/keep_alive_grace_ms=1000 \
    --set wake/answer_timeout_ms=4000 --set wake/attempts=20

pull() { ip -n "$device_ns" link set inside down; }
plug() {
    ip -n "$device_ns" link set inside up
    ip -n "$device_ns" route replace default via 10.77.1.1
}
loss() { api GET /v1/devices | jq -r '.items[0].liveness | "\(.state) \(.reason)"'; }
loss_is() { [[ "$(loss)" == $1 ]]; }
kept() { api GET /v1/devices | jq -c '.items[0] | [.id, .gruu, .wake_routes, .subscriptions, .preferences, .capabilities]'; }

loses_its_cable() { # NAME REASON [options…]
    local name=$1 reason=$2 had push
    shift 2
    start_device "$name" "$programs" --user sip:alice@lab.example --keep-alive-interval 5 --timeout 3000 --proven 2 "$@"
    wait_for 10 said "$name" registered || fail "$name: did not register"
    [ "$name" != datagram ] || provide_route "$(device_id)" "$(jq -r 'select(.event == "started") | .client_port' "$work/$name.out")"
    had=$(kept)
    pull
    push=$(push "$name cut off")
    wait_for 20 loss_is "* $reason" || fail "$name: $(loss) instead of $reason"
    wait_for 10 said "$name" sir-received || fail "$name: the other bearer brought nothing"
    plug
    came_back_with "$name" "$push" "$name cut off"
    journal_has "kind=connection" '.event == "restored"' || fail "$name: not restored"
    [ "$(kept)" = "$had" ] || fail "$name: had $had, has $(kept)"

    # and without any push: the silence tells; then the device is back by itself, or at the next push
    pull
    wait_for 40 loss_is "lost *" || fail "$name: nobody noticed: $(loss)"
    plug
    push=$(push "$name back")
    came_back_with "$name" "$push" "$name back"
    echo "ok: $name"
    echo quit >"$work/$name.in"
    wait_for 10 said "$name" stopped
    api DELETE "/v1/devices/$(jq -r '.[0] | @uri' <<<"$had")" >/dev/null
}

loses_its_cable tcp interrupted --registrar "$server_address:5060" --transport tcp --keep-alive crlf
loses_its_cable udp pinhole_closed --registrar "$server_address:5060"
if [ -n "$(bound datagram_coap)" ]; then
    loses_its_cable datagram pinhole_closed --connect datagram --registrar "$server_address:5683" --no-pinhole-tests
fi
