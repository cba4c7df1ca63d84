#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SIP phones of others behind a real firewall: linphonec over UDP and TCP, baresip over UDP. Each registers through the NAT and
# takes a push; the firewall forgets it, the server finds that out by the next push and says pinhole_closed (over TCP, where
# a request that stays unanswered can be any break, interrupted); the phone comes back from another port as the same device
# and gets what waited.
# Usage: firewall-linphone.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/firewall-lib.sh"
need linphonec baresip
raise_network 3 4 6
start_behind "$1" --set liveness/request_timeout_ms=2000 --set liveness/learn=off --set wake/attempts=1 \
    --set wake/answer_timeout_ms=1000 --set wake/backoff_ms=300
modules=$(dirname "$(dpkg -L baresip-core | grep '/menu\.so$')")

linphone() { # USER TRANSPORT INSTANCE: quiet once it is registered
    mkdir -p "$home/.local/share/linphone" "$home/.config/linphone"
    cat >"$home/linphonerc" <<RC
[sip]
sip_port=$([ "$2" = udp ] && echo 5070 || echo 0)
sip_tcp_port=$([ "$2" = tcp ] && echo -1 || echo 0)
sip_tls_port=0
keepalive_period=3600000
default_proxy=0
register_only_when_network_is_up=0
use_ipv6=0

[misc]
uuid=$3

[proxy_0]
reg_proxy=<sip:$server_address:5060;transport=$2>
reg_identity=sip:$1@lab.example
reg_expires=600
reg_sendregister=1
publish=0
RC
    background env HOME="$home" XDG_CONFIG_HOME="$home/.config" XDG_DATA_HOME="$home/.local/share" \
        ip netns exec "$device_ns" linphonec -c "$home/linphonerc" <"$home/commands" >>"$home/out" 2>>"$home/err"
}
baresip_phone() { # USER TRANSPORT INSTANCE
    cat >"$home/config" <<RC
poll_method epoll
sip_listen 0.0.0.0:5080
module_path $modules
module_tmp uuid.so
module_tmp account.so
module_app menu.so
RC
    printf '%s' "$3" >"$home/uuid"
    : >"$home/contacts"
    echo "<sip:$1@lab.example>;regint=600;outbound=\"sip:$server_address:5060;transport=$2\"" >"$home/accounts"
    background env HOME="$home" ip netns exec "$device_ns" baresip -f "$home" -s <"$home/commands" >>"$home/out" 2>>"$home/err"
}

of_user() { api GET "/v1/devices?query=$1" | jq -r ".items[0]$2"; }
is_up() { [ "$(of_user "$1" .liveness.state)" = up ]; }
is_lost() { [[ "$(of_user "$1" .liveness.state)" != up ]]; }
push_to() { # USER BODY
    api POST /v1/pushes "{\"to\":{\"user\":\"sip:$1@lab.example\"},\"application\":\"\",\"content_type\":\"text/plain\",\"body\":\"$2\",\"ttl_s\":120,\"when\":\"when_reachable\"}" | jq -r .id
}
saw() { grep -q "$1" "$home/out"; }

behind() { # PROGRAM TRANSPORT USER REASON
    local program=$1 transport=$2 user=$3 reason=$4 client push before instance peer
    home=$work/$user
    instance=$(printf '7d0a3f6e-5555-4000-8000-%012d' "${#user}")
    mkdir -p "$home"
    mkfifo "$home/commands"
    exec 7<>"$home/commands" # a writer first, or opening it to read would wait
    "$program" "$user" "$transport" "$instance"
    client=$!
    wait_for 30 is_up "$user" || fail "$user: did not register: $(tail -5 "$home/out" "$home/err")"
    before=$(of_user "$user" '| [.id, .user]')
    peer=$(of_user "$user" '.connections[0].peer')
    [[ "$peer" == "$outside":* ]] || fail "$user: not through the NAT: $peer"
    push=$(push_to "$user" "through the firewall")
    wait_for 20 push_is "$push" delivered || fail "$user: not delivered: $(api GET "/v1/pushes/$push")"
    wait_for 10 saw "through the firewall" || fail "$user: shows no message: $(tail -5 "$home/out")"

    wait_for 40 forgot "$transport" || fail "$user: the pinhole stays open: $(in_router conntrack -L -p "$transport" 2>&1)"
    push=$(push_to "$user" "when it is back")
    wait_for 30 journal_has "kind=connection&user=sip:$user@lab.example" \
        ".event == \"lost\" and .fields.reason == \"$reason\" and .fields.rule == \"request_unanswered\"" ||
        fail "$user: no evidence of $reason: $(of_user "$user" .liveness)"
    [ "$(of_user "$user" .liveness.registered_until)" != null ] || fail "$user: the registration is forgotten"
    saw "when it is back" && fail "$user: the pinhole was not closed"

    kill -9 "$client"
    wait "$client" 2>/dev/null
    "$program" "$user" "$transport" "$instance"
    client=$!
    wait_for 30 push_is "$push" delivered || fail "$user: not delivered: $(api GET "/v1/pushes/$push") $(tail -5 "$home/out")"
    wait_for 10 saw "when it is back" || fail "$user: shows no message: $(tail -5 "$home/out")"
    wait_for 5 is_up "$user" || fail "$user: not up: $(of_user "$user" .liveness)"
    [ "$(of_user "$user" '| [.id, .user]')" = "$before" ] || fail "$user: became another device"
    [ "$(of_user "$user" '.connections[0].peer')" != "$peer" ] || fail "$user: from the same port"
    echo "ok: $program over $transport, $peer, then $(of_user "$user" '.connections[0].peer')"
    kill -9 "$client"
    wait "$client" 2>/dev/null
}
behind linphone udp ann pinhole_closed
behind linphone tcp beth interrupted
behind baresip_phone udp carol pinhole_closed
echo "ok: phones of others behind a firewall"
