# SPDX-License-Identifier: GPL-3.0-or-later
# What shows that a device at another address is the same device, whoever moves it. Sourced after firewall-lib.sh, not run.

peer() { api GET /v1/devices | jq -r '[.items[0].connections[] | select(.live)][0].peer'; }
peer_is_another() { [ "$(peer)" != "$1" ]; }
kept() { api GET /v1/devices | jq -c '.items[0] | [.id, .gruu, .wake_routes, .subscriptions, .preferences, .capabilities]'; }

is_rebound() { # NAME [options…]
    local name=$1 before had push
    shift
    start_device "$name" "$programs" --user sip:alice@lab.example --keep-alive-interval 2 "$@"
    wait_for 10 said "$name" registered || fail "$name: did not register"
    push=$(push "$name before")
    came_back_with "$name" "$push" "$name before"
    before=$(peer) had=$(kept)
    forget_pinholes
    wait_for 15 peer_is_another "$before" || fail "$name: still $before"
    push=$(push "$name after")
    came_back_with "$name" "$push" "$name after"
    [ "$(kept)" = "$had" ] || fail "$name: had $had, has $(kept)"
    # One row that tells of the change, or the two addresses in the rows before and after it.
    journal_has "kind=connection" ".event == \"address-changed\" and (.fields | tostring | contains(\"$before\"))" ||
        { journal_has "kind=connection" ".fields.peer == \"$before\"" &&
            journal_has "kind=connection" ".fields.peer == \"$(peer)\""; } ||
        fail "$name: the journal does not tell that $before became $(peer)"
    journal_has "kind=sir" '.event == "sir-sent"' && fail "$name: was woken for nothing"
    echo "ok: $name, $before became $(peer)"
    echo quit >"$work/$name.in"
    wait_for 10 said "$name" stopped
    api DELETE "/v1/devices/$(jq -r '.[0] | @uri' <<<"$had")" >/dev/null
}
