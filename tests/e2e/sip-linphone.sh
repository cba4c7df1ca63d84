#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# linphonec, a SIP client of others, in a network namespace of its own behind a veth pair: it registers with its instance,
# is shown with its GRUU, and takes a text push as SIP MESSAGE.
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
instance=urn:uuid:7d0a3f6e-2222-4000-8000-00000000aaaa

ip link set lo up
background unshare -n sleep 300
phone=$!
wait_for 5 test "$(readlink /proc/self/ns/net)" != "$(readlink /proc/$phone/ns/net)" || fail "no second namespace"
ip link add server type veth peer name phone netns "$phone" || fail "no veth pair"
ip addr add 198.18.77.1/30 dev server
ip link set server up
in_phone() { nsenter -t "$phone" -n "$@"; }
in_phone ip addr add 198.18.77.2/30 dev phone
in_phone ip link set phone up
in_phone ip link set lo up
in_phone ip route add default via 198.18.77.1

start_server "$1" --set sip/udp=198.18.77.1:5060

mkdir -p "$work/home/.local/share/linphone" "$work/home/.config/linphone"
cat >"$work/linphonerc" <<RC
[sip]
sip_port=5070
sip_tcp_port=0
sip_tls_port=0
default_proxy=0
register_only_when_network_is_up=0
use_ipv6=0

[misc]
uuid=${instance#urn:uuid:}

[proxy_0]
reg_proxy=<sip:198.18.77.1:5060;transport=udp>
reg_identity=sip:alice@lab.example
reg_expires=600
reg_sendregister=1
publish=0
RC
mkfifo "$work/commands"
exec 7<>"$work/commands" # a writer first, or opening it to read would wait
background env HOME="$work/home" XDG_CONFIG_HOME="$work/home/.config" XDG_DATA_HOME="$work/home/.local/share" \
    nsenter -t "$phone" -n linphonec -c "$work/linphonerc" <"$work/commands" >"$work/linphone.out" 2>"$work/linphone.err"


registered() { api GET /v1/devices | grep -q "\"state\": *\"up\""; }
wait_for 30 registered || fail "linphonec did not register: $(tail -3 "$work/linphone.err")"
device=$(api GET /v1/devices)
grep -q "\"gruu\": *\"sip:alice@lab.example;gr=$instance\"" <<<"$device" || fail "no GRUU in $device"
grep -q '198.18.77.2:5070' <<<"$device" || fail "no address of the phone in $device"

api POST /v1/pushes '{"to":{"user":"sip:alice@lab.example"},"application":"","content_type":"text/plain","body":"wake up, little device","ttl_s":60,"when":"now"}' >"$work/push"
push=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$work/push")
[ -n "$push" ] || fail "the push was not taken: $(cat "$work/push")"
shown() { grep -q 'Message received from .*wake up, little device' "$work/linphone.out"; }
wait_for 20 shown || fail "linphonec shows no message: $(api GET "/v1/pushes/$push")"
delivered() { api GET "/v1/pushes/$push" | grep -q '"state": *"delivered"'; }
wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$push")"
echo quit >&7
grep 'Message received' "$work/linphone.out"
