# SPDX-License-Identifier: GPL-3.0-or-later
# What shows that a closed pinhole is noticed and overcome, whoever closes it. Sourced after firewall-lib.sh, not run.

pinhole_closes() { # NAME [reveille-client options…]
    local name=$1 before
    shift
    start_device "$name" "$programs" --user sip:alice@lab.example --keep-alive none --proven 2 "$@"
    wait_for 10 said "$name" registered || fail "$name: did not register: $(cat "$work/$name.out")"
    [ "$name" != datagram ] || provide_route "$(device_id)" "$(jq -r 'select(.event == "started") | .client_port' "$work/$name.out")"
    remembers udp || fail "$name: no way through the firewall"
    before=$(api GET /v1/devices | jq -c '.items[0] | [.id, .gruu, .wake_routes, .subscriptions, .preferences]')

    # found by a push
    wait_for 10 forgot udp || fail "$name: the pinhole stays open"
    local push
    push=$(push "$name one")
    came_back_with "$name" "$push" "$name one"
    journal_has "kind=connection" '.event == "lost" and .fields.reason == "pinhole_closed" and .fields.rule == "request_unanswered"' ||
        fail "$name: the push did not tell that the pinhole had closed"
    journal_has "kind=connection" '.event == "restored"' || fail "$name: not restored"
    said "$name" reconnecting || fail "$name: was not woken"

    # found by a probe, without a push; then the next push wakes at once
    wait_for 30 state_is lost || fail "$name: the closed pinhole was not noticed"
    api GET /v1/devices | jq -e '.items[0].liveness.reason == "pinhole_closed"' >/dev/null ||
        fail "$name: $(api GET /v1/devices | jq -c '.items[0].liveness')"
    push=$(push "$name two")
    came_back_with "$name" "$push" "$name two"
    [ "$(api GET /v1/devices | jq -c '.items[0] | [.id, .gruu, .wake_routes, .subscriptions, .preferences]')" = "$before" ] ||
        fail "$name: was $before, is $(api GET /v1/devices | jq -c '.items[0]')"
    echo "ok: $name, $(grep -c '"event":"registered"' "$work/$name.out") registrations"
    echo quit >"$work/$name.in"
    wait_for 10 said "$name" stopped
    local device
    device=$(jq -rn --arg d "$(jq -r '.[0]' <<<"$before")" '$d | @uri')
    api DELETE "/v1/devices/$device" >/dev/null
}
