# SPDX-License-Identifier: GPL-3.0-or-later
# What shows that the lifetime of a quiet path is learned within 20 %, and that the keep-alive interval the device is told keeps
# its path open. Sourced after firewall-lib.sh, not run. $lifetime, $shortest: seconds.

learns_keepalive() { # REGISTRAR
    start_device phone "$programs" --user sip:alice@lab.example --connect datagram --registrar "$1" \
        --keep-alive-interval $shortest
    wait_for 10 said phone registered || fail "did not register"

    network() { api GET /v1/networks | jq -c '.items[0]'; }
    learned() { # longest_open and shortest_closed both within 20 % of the truth
        network | jq -e --argjson t "$((lifetime * 1000))" \
            '.longest_open_ms >= $t * 0.8 and .longest_open_ms <= $t * 1.2 and .shortest_closed_ms >= $t * 0.8 and .shortest_closed_ms <= $t * 1.2' >/dev/null
    }
    wait_for 200 learned || fail "not learned: $(network)"
    network
    grep -c '"pinhole-tested"' "$work/phone.out" | sed 's/$/ tests/'

    told() { grep '"event":"registered"' "$work/phone.out" | tail -1 | jq .keep_alive_ms; }
    is_told() { [ "$(told)" -gt $((shortest * 1000)) ]; }
    wait_for 15 is_told || fail "the device was told $(told)"
    [ "$(told)" -lt $((lifetime * 1000)) ] || fail "told $(told) ms, which is too long"
    registrations=$(grep -c '"event":"flow-lost"' "$work/phone.out")
    for i in 1 2; do # each time nearly as late as may be
        sleep $(($(told) / 1000))
        push=$(push "kept open $i")
        came_back_with phone "$push" "kept open $i"
    done
    [ "$(grep -c '"event":"flow-lost"' "$work/phone.out")" = "$registrations" ] || fail "the path did not stay open"
    said phone sir-received && fail "the device had to be woken"
    echo "ok: told $(told) ms of $((lifetime * 1000))"
}
