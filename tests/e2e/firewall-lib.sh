# SPDX-License-Identifier: GPL-3.0-or-later
# What the firewall scripts share. Sourced after sip-lib.sh, not run.
#
# A device behind a real firewall: three network namespaces of this script alone,
#
#   device 10.77.1.2 -- 10.77.1.1 router 198.18.77.1 -- 198.18.77.2 server      (nftables masquerade, stateful filter)
#   device 10.77.9.2 ------------------------------------ 10.77.9.1 server      (another bearer: no firewall)
#
# with the router's conntrack timeouts set short, so that a pinhole closes while one watches. Namespaces vanish when the
# script ends, however it ends. Exit code 77: this machine does not let a script make such a network, and why.

tag=rv$$
device_ns=$tag-device router_ns=$tag-router server_ns=$tag-server
server_address=198.18.77.2
outside=198.18.77.1 # what the server sees of whatever is behind the firewall
bearer_device=10.77.9.2

fail() { # with what both ends saw
    echo "FAIL: $*" >&2
    [ -s "$work/reveilled.log" ] && tail -20 "$work/reveilled.log" >&2
    api GET "/v1/journal?limit=60" 2>/dev/null | jq -c '.items | reverse | .[] | [.time[11:23], .kind, .event, .fields]' >&2
    tail -n 20 "$work"/*.out >&2
    exit 1
}

in_device() { ip netns exec "$device_ns" "$@"; }
in_router() { ip netns exec "$router_ns" "$@"; }
in_server() { ip netns exec "$server_ns" "$@"; }

skip() {
    echo "SKIP: $*" >&2
    exit 77
}

end_network() {
    end_all
    local name
    for name in "$device_ns" "$router_ns" "$server_ns"; do
        ip netns del "$name" 2>/dev/null
    done
}

raise_network() { # UDP_SECONDS UDP_STREAM_SECONDS TCP_SECONDS: how long the router remembers
    [ "$(id -u)" -eq 0 ] || skip "network namespaces need root"
    local tool
    for tool in ip nft conntrack curl jq; do
        command -v "$tool" >/dev/null || skip "missing: $tool (scripts/packages.sh test installs it)"
    done
    trap end_network EXIT
    local name
    for name in "$device_ns" "$router_ns" "$server_ns"; do
        ip netns add "$name" 2>"$work/netns.err" || skip "no network namespaces: $(cat "$work/netns.err")"
        ip -n "$name" link set lo up
    done
    link "$device_ns" inside 10.77.1.2/24 "$router_ns" inner 10.77.1.1/24
    link "$server_ns" net "$server_address/24" "$router_ns" outer "$outside/24"
    link "$device_ns" bearer "$bearer_device/24" "$server_ns" bearer 10.77.9.1/24
    ip -n "$device_ns" route add default via 10.77.1.1
    in_router sysctl -qw net.ipv4.ip_forward=1
    raise_firewall
    in_router sysctl -qw net.netfilter.nf_conntrack_udp_timeout="$1" net.netfilter.nf_conntrack_udp_timeout_stream="$2" \
        net.netfilter.nf_conntrack_tcp_timeout_established="$3" 2>"$work/sysctl.err" ||
        skip "conntrack timeouts cannot be set: $(cat "$work/sysctl.err")"
}

link() { # NAMESPACE INTERFACE ADDRESS NAMESPACE INTERFACE ADDRESS
    ip link add "$2" netns "$1" type veth peer name "$5" netns "$4" || skip "no veth pairs"
    ip -n "$1" addr add "$3" dev "$2"
    ip -n "$4" addr add "$6" dev "$5"
    ip -n "$1" link set "$2" up
    ip -n "$4" link set "$5" up
}

raise_firewall() { # ports of the NAT are new for each flow, as those of a carrier's are
    in_router nft -f - <<'RULES' 2>"$work/nft.err" || skip "no nftables here: $(cat "$work/nft.err")"
table ip firewall {
    chain translate {
        type nat hook postrouting priority 100;
        oifname "outer" masquerade random
    }
    chain arrive { # what nobody inside asked for falls here: silently, as carriers do
        type filter hook input priority 0; policy accept;
        iifname "outer" ct state new drop
    }
    chain pass {
        type filter hook forward priority 0; policy drop;
        ct state established,related accept
        iifname "inner" accept
    }
}
RULES
}

# Whether the router still remembers a flow of this protocol from inside.
remembers() { in_router conntrack -L -p "$1" 2>/dev/null | grep -q 'src=10.77.1.2'; }
forgot() { ! remembers "$1"; }
# Everything the router remembers is gone; the next packet from inside gets a new port, one from outside is dropped.
forget_pinholes() { in_router conntrack -F >/dev/null 2>&1; }

start_behind() { # PROGRAM_DIR [reveilled options…]: the server in its namespace
    local programs=$1
    shift
    mkdir "$work/bin"
    printf '#!/bin/sh\nexec ip netns exec %s %s "$@"\n' "$server_ns" "$programs/reveilled" >"$work/bin/reveilled"
    chmod +x "$work/bin/reveilled"
    server_options=(--set "server/public_address=$server_address"
        --set "sip/udp=$server_address:5060" --set "sip/tcp=$server_address:5060"
        --set "datagram/coap=$server_address:5683" --set "datagram/allowed_networks=198.18.0.0/15"
        --set "bearer.wsp/allowed_networks=10.77.9.0/24" "$@")
    start_server "$work/bin" "${server_options[@]}"
}

restart_server() { # on the same folder, with the same options
    background "$work/bin/reveilled" --config "$work/reveille.conf" --data-dir "$work/data" \
        --set server/realm=lab.example --set sip/authentication=open --set server/ports=any "${server_options[@]}" \
        </dev/null >"$work/ready" 2>>"$work/reveilled.log"
    server_pid=$!
    wait_for 30 grep -q '"ready"' "$work/ready" || fail "the server does not get ready again"
    operations=$(bound operations_http)
}

kill_server() { # SIGNAL
    kill "-$1" "$server_pid"
    wait "$server_pid" 2>/dev/null
}

start_device() { # NAME PROGRAM_DIR [reveille-client options…]: prints to $work/NAME.out, obeys $work/NAME.in
    local name=$1 programs=$2
    shift 2
    mkfifo "$work/$name.in"
    exec {commands}<>"$work/$name.in"
    background ip netns exec "$device_ns" "$programs/reveille-client" --name "$name" --retry 500 \
        --wake-address "$bearer_device" "$@" <&"$commands" >"$work/$name.out" 2>"$work/$name.err"
}

said() { # NAME EVENT [COUNT]: the device printed it that often at least
    [ "$(grep -c "\"event\":\"$2\"" "$work/$1.out")" -ge "${3:-1}" ]
}

api() { # METHOD PATH [JSON]
    local method=$1 path=$2
    shift 2
    in_server curl -s --max-time 20 -X "$method" -H "Authorization: Bearer $token" \
        ${1:+-H "Content-Type: application/json" --data "$1"} "http://$operations$path"
}
journal_has() { # QUERY JQ_CONDITION: an entry of the journal for which the condition holds
    api GET "/v1/journal?limit=500&$1" | jq -e "any(.items[]; $2)" >/dev/null 2>&1
}
device_state() { # of the first device
    api GET /v1/devices | jq -r '.items[0].liveness.state'
}
device_id() { api GET /v1/devices | jq -r '.items[0].id'; }
state_is() { [ "$(device_state 2>/dev/null)" = "$1" ]; }
push() { # BODY [TTL_SECONDS]: prints its id
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:alice@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$1\",\"ttl_s\":${2:-120},\"when\":\"wake\"}" |
        sed -n 's/.*"id": *"\([^"]*\)".*/\1/p'
}
push_is() { api GET "/v1/pushes/$1" | grep -q "\"state\": *\"$2\""; }
taken() { # NAME BODY: how often it was taken as new
    grep '"event":"push-received"' "$work/$1.out" | grep "\"body\":\"$2\"" | grep -c '"duplicate":false'
}

# A route over the other bearer, as staff provides it: CoAP has no words for an address apart from its own.
provide_route() { # DEVICE_ID CLIENT_PORT
    api PUT "/v1/devices/$(jq -rn --arg d "$1" '$d | @uri')" \
        "{\"wake_routes\":[{\"bearer\":\"wsp\",\"address\":\"$bearer_device\",\"port\":$2}]}" >"$work/route"
    grep -q '"wake_routes"' "$work/route" || fail "no route: $(cat "$work/route")"
}

# What a test must show of the device that came back: the same one, and the push taken once.
came_back_with() { # NAME PUSH BODY
    wait_for 30 push_is "$2" delivered || fail "$1: not delivered: $(api GET "/v1/pushes/$2")"
    wait_for 5 state_is up || fail "$1: not back: $(device_state)"
    [ "$(taken "$1" "$3")" = 1 ] || fail "$1: taken $(taken "$1" "$3") times: $3"
    [ "$(api GET /v1/devices | jq '.items | length')" = 1 ] || fail "$1: became another device"
}

# A bad cable between device and router: percent lost, doubled, out of order. Once per script, before start_device.
bad_cable() { # PROGRAM_DIR LOSS DUPLICATION REORDERING
    ip -n "$router_ns" link set inner down
    ip -n "$router_ns" addr flush dev inner
    ip -n "$router_ns" link set inner name wire
    ip -n "$router_ns" link add cable type veth peer name inner
    ip -n "$router_ns" addr add 10.77.1.1/24 dev inner
    local name
    for name in wire cable inner; do
        ip -n "$router_ns" link set "$name" up
    done
    background ip netns exec "$router_ns" "$1/../tests/bin/lossywire" wire cable "$2" "$3" "$4" >"$work/cable.out" 2>"$work/cable.err"
    cable_pid=$!
    wait_for 5 grep -q ready "$work/cable.out" || fail "no bad cable: $(cat "$work/cable.err")"
}
