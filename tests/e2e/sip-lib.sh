# SPDX-License-Identifier: GPL-3.0-or-later
# What the SIP end-to-end scripts share. Sourced, not run. Every process started through `background` is ended by its id
# when the script ends; every file is below $work.

work=$(mktemp -d)
started=()
server_pid=

background() { # COMMAND… with the standard input of the call; its id is left in $!
    "$@" <&0 &
    started+=($!)
}

end_all() {
    local pid
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null
    done
    for pid in "${started[@]}"; do
        wait "$pid" 2>/dev/null
    done
    rm -rf "$work"
}
trap end_all EXIT

fail() {
    echo "FAIL: $*" >&2
    [ -s "$work/reveilled.log" ] && tail -20 "$work/reveilled.log" >&2
    exit 1
}

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 2; }
    done
}

wait_for() { # SECONDS COMMAND…: until the command succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}

start_server() { # PROGRAM_DIR [reveilled options…]
    local programs=$1
    shift
    [ -x "$programs/reveilled" ] || { echo "missing: $programs/reveilled" >&2; exit 2; }
    mkdir -m 700 "$work/data"
    : >"$work/reveille.conf"
    background "$programs/reveilled" --config "$work/reveille.conf" --data-dir "$work/data" \
        --set server/realm=lab.example --set sip/authentication=open --set server/ports=any "$@" \
        </dev/null >"$work/ready" 2>"$work/reveilled.log"
    server_pid=$!
    wait_for 20 grep -q '"ready"' "$work/ready" || fail "the server does not get ready"
    token=$(cat "$work/data/operations.token")
    operations=$(bound operations_http)
}

bound() { # KEY of the ready line
    sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$work/ready"
}

api() { # METHOD PATH [JSON]
    local method=$1 path=$2
    shift 2
    curl -s --max-time 20 -X "$method" -H "Authorization: Bearer $token" \
        ${1:+-H "Content-Type: application/json" --data "$1"} "http://$operations$path"
}

apart() { # PID: it is in a network namespace of its own by now
    [ "$(readlink /proc/self/ns/net)" != "$(readlink "/proc/$1/ns/net")" ]
}

phone_network() { # a second namespace behind a veth pair: 198.18.77.1 is the server's side, 198.18.77.2 the phones'
    ip link set lo up
    background unshare -n sleep 600
    phone=$!
    wait_for 20 apart "$phone" || fail "no second namespace"
    ip link add server type veth peer name phone netns "$phone" || fail "no veth pair"
    ip addr add 198.18.77.1/30 dev server
    ip link set server up
    in_phone ip addr add 198.18.77.2/30 dev phone
    in_phone ip link set phone up
    in_phone ip link set lo up
    in_phone ip route add default via 198.18.77.1
}

in_phone() { # COMMAND… on the phones' side
    nsenter -t "$phone" -n "$@"
}

push_text() { # USER TEXT [MEMBERS]: submits, and leaves the push's id in $push
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":60,\"when\":\"now\"${3:-}}" >"$work/push"
    push=$(sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p' "$work/push")
    [ -n "$push" ] || fail "the push was not taken: $(cat "$work/push")"
}

delivered() { # the push of the last push_text
    api GET "/v1/pushes/$push" | grep -q '"state": *"delivered"'
}

confirmed() { # the push of the last push_text
    api GET "/v1/pushes/$push" | grep -q '"state": *"confirmed"'
}

connected() { # USER TRANSPORT: a live path of this kind
    api GET "/v1/devices?query=$1" >"$work/devices"
    grep -q "\"transport\": *\"\(sip.\)\?$2\"" "$work/devices" && grep -q '"state": *"up"' "$work/devices"
}
