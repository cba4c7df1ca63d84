#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# linphonec, a SIP client of others, in a network namespace of its own behind a veth pair: over UDP, TCP and TLS in turn it
# registers with its instance, is shown with its GRUU, and takes a text push as SIP MESSAGE, which it confirms by a
# notification of its own (message/imdn+xml, deflated, that names the Call-ID).
# Usage: sip-linphone.sh PROGRAM_DIR
# Both namespaces belong to this script's processes and vanish with them. Without root it makes a user namespace first.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need linphonec ip curl nsenter unshare
phone_network
start_server "$1" --set sip/udp=198.18.77.1:5060 --set sip/tcp=198.18.77.1:5060 --set sip/tls=198.18.77.1:5061

try() { # USER TRANSPORT PORT
    local user=$1 transport=$2 port=$3 home=$work/$2 device client
    local instance=urn:uuid:7d0a3f6e-2222-4000-8000-00000000aa0${#user}
    mkdir -p "$home/.local/share/linphone" "$home/.config/linphone"
    cat >"$home/linphonerc" <<RC
[sip]
sip_port=$([ "$transport" = udp ] && echo 5070 || echo 0)
sip_tcp_port=$([ "$transport" = tcp ] && echo -1 || echo 0)
sip_tls_port=$([ "$transport" = tls ] && echo -1 || echo 0)
verify_server_certs=0
verify_server_cn=0
default_proxy=0
register_only_when_network_is_up=0
use_ipv6=0

[misc]
uuid=${instance#urn:uuid:}

[proxy_0]
reg_proxy=<sip:198.18.77.1:$port;transport=$transport>
reg_identity=sip:$user@lab.example
reg_route=<sip:198.18.77.1:$port;transport=$transport;lr>
reg_expires=600
reg_sendregister=1
publish=0
RC
    mkfifo "$home/commands"
    exec 7<>"$home/commands" # a writer first, or opening it to read would wait
    background env HOME="$home" XDG_CONFIG_HOME="$home/.config" XDG_DATA_HOME="$home/.local/share" \
        nsenter -t "$phone" -n linphonec -c "$home/linphonerc" <"$home/commands" >"$home/out" 2>"$home/err"
    client=$!
    wait_for 30 connected "$user" "$transport" ||
        fail "linphonec did not register over $transport: $(cat "$work/devices") $(tail -3 "$home/err")"
    device=$(cat "$work/devices")
    grep -q "\"gruu\": *\"sip:$user@lab.example;gr=$instance\"" <<<"$device" || fail "no GRUU in $device"
    grep -q '"peer": *"198.18.77.2:' <<<"$device" || fail "no address of the phone in $device"
    push_text "$user" "wake up, little device"
    shown() { grep -q 'Message received from .*wake up, little device' "$home/out"; }
    wait_for 20 shown || fail "linphonec shows no message: $(api GET "/v1/pushes/$push")"
    wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$push")"
    push_text "$user" "say that you have it" ',"confirm":true'
    wait_for 20 confirmed || fail "not confirmed: $(api GET "/v1/pushes/$push") $(tail -3 "$home/err")"
    echo "$transport: $(grep 'Message received' "$home/out")"
    echo quit >&7
    wait "$client"
}
try ann udp 5060
try beth tcp 5060
try carol tls 5061
