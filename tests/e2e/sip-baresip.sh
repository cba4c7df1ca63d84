#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# baresip, a SIP client of others that speaks outbound (RFC 5626), in a network namespace of its own: over UDP, TCP and TLS
# it registers with its instance and reg-id, and takes a text push as SIP MESSAGE. Then with two flows at once.
# Usage: sip-baresip.sh PROGRAM_DIR
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
need baresip ip curl nsenter unshare
phone_network
start_server "$1" --set sip/udp=198.18.77.1:5060 --set sip/tcp=198.18.77.1:5060 --set sip/tls=198.18.77.1:5061 \
    --set sip/flow_timer=20
modules=$(dirname "$(dpkg -L baresip-core | grep '/menu\.so$')")

phone_up() { # USER PORT ACCOUNT_PARAMETERS: starts baresip, its id is left in $client, its home in $home
    local user=$1 port=$2 parameters=$3
    home=$work/$user
    mkdir -p "$home"
    cat >"$home/config" <<RC
poll_method epoll
sip_listen 0.0.0.0:$port
sip_verify_server no
module_path $modules
module_tmp uuid.so
module_tmp account.so
module_app menu.so
RC
    printf '7d0a3f6e-4444-4000-8000-%012d' "${#user}" >"$home/uuid"
    echo "<sip:$user@lab.example>;regint=600;sipnat=outbound;$parameters" >"$home/accounts"
    : >"$home/contacts"
    background env HOME="$home" nsenter -t "$phone" -n baresip -f "$home" -s </dev/null >"$home/out" 2>&1
    client=$!
}
shown() { grep -qi "$1" "$home/out"; }

try() { # USER TRANSPORT PORT
    phone_up "$1" 5080 "outbound=\"sip:198.18.77.1:$3;transport=$2\""
    wait_for 30 connected "$1" "$2" || fail "baresip did not register over $2: $(cat "$work/devices") $(tail -20 "$home/out")"
    wait_for 10 shown '^Require: outbound' || fail "no outbound in $(cat "$home/out")"
    wait_for 10 shown '^Flow-Timer: 20' || fail "no Flow-Timer in $(cat "$home/out")"
    push_text "$1" "push over $2"
    wait_for 20 shown "push over $2" || fail "baresip shows no message: $(api GET "/v1/pushes/$push")"
    wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$push")"
    echo "$2: registered with outbound, push delivered"
    kill "$client"
    wait "$client"
}
try ann udp 5060
try beth tcp 5060
try carol tls 5061

phone_up flo 5080 'outbound="sip:198.18.77.1:5060;transport=tcp";outbound2="sip:198.18.77.1:5060;transport=udp"'
both() { connected flo tcp && connected flo udp; }
wait_for 30 both || fail "not both flows: $(cat "$work/devices") $(tail -20 "$home/out")"
grep -q '"flow": *"sip/1"' "$work/devices" && grep -q '"flow": *"sip/2"' "$work/devices" || fail "not two flows: $(cat "$work/devices")"
push_text flo "over either flow"
wait_for 30 shown "over either flow" || fail "no message: $(api GET "/v1/pushes/$push") $(tail -30 "$home/out")"
wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$push")"
echo "two flows: push delivered"
