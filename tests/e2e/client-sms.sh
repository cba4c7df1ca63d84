#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a device does about a SIR that comes by SMS and by USSD (requirements S13 to S15), through the simulated SMSC: the
# message goes to the client port that it names, which is an application's own; the device comes back, starts the application,
# returns what was asked for, part of it said by the application, and takes its push. A user who says no, an application that
# is not there and another's signature keep it away, and the server is told why where it asked. Then a push while the device
# hangs and is killed: taken once by its next life.
# Usage: client-sms.sh PROGRAM_DIR
# In a network namespace of its own, which vanishes with its processes.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
. "$here/smsc-lib.sh"
need curl jq
programs=$(cd "$1" && pwd)
ip link set lo up
cd "$work" || exit 2
number=491701234567 device=urn:uuid:00000000-0000-4000-8000-00000000a115

start_smsc "$programs" --terminal "$number=127.0.0.1"
settings=()
for bearer in "sms smpp source=2948" "ussd ussd source=100 operation=request session_info=on"; do
    read -r name type more <<<"$bearer"
    for key in "type=$type" "address=$smsc" system_id=ppg1 password=secret first_pause_ms=100 longest_pause_ms=300 $more; do
        settings+=(--set "bearer.$name/$key")
    done
done
start_server "$programs" --set sip/authentication=digest --set wake/answer_timeout_ms=8000 --set wake/attempts=2 \
    --set liveness/request_timeout_ms=500 "${settings[@]}"
api PUT /v1/users/sip:alice@lab.example '{"password":"secret"}' >/dev/null
wait_for 10 smsc_said bound 2 || fail "not bound: $(cat smsc.out)"

cat >mail.sh <<'SH'
echo "started for $REVEILLE_USER by $REVEILLE_PEER, signed $REVEILLE_SIGNED, to say $REVEILLE_REQUESTS"
echo '{"information":{"capability":{"content_types":["text/plain","text/x-mail"]}}}'
SH
mkfifo commands
exec 7<>commands
device() { # [options…]
    background "$programs/reveille-client" --user sip:alice@lab.example --device $device --password secret --no-wake-route \
        --registrar "$(bound sip_udp)" --retry 200 --state "$work/state" --application game \
        --application "mail,port=0,command=/bin/sh $work/mail.sh" "$@" <commands >client.out 2>client.err
    client=$!
    wait_for 10 said registered || fail "not registered: $(told)"
    port=$(jq '.applications[]? | select(.application == "mail") | .port' client.out)
}
said() { [ "$(jq -c "select(.event == \"$1\") | select(${3:-true})" client.out | wc -l)" -ge "${2:-1}" ]; }
told() { tail -n 6 client.out client.err; api GET "/v1/devices/$device"; }
route() { # BEARER PORT
    api PUT "/v1/devices/$device" "{\"user\":\"sip:alice@lab.example\",\"wake_routes\":[{\"bearer\":\"$1\",\"address\":\"$number\",\"port\":$2}]}" >/dev/null
}
leave() {
    local before
    before=$(grep -c '"event":"dropped"' client.out)
    echo drop >&7
    wait_for 5 said dropped $((before + 1)) || fail "still there: $(told)"
}
wake() { # BEARER REQUESTS APPLICATION
    api POST "/v1/devices/$device/wake" "{\"bearer\":\"$1\",\"request\":[$2],\"application\":\"$3\"}" >wake
    grep -q '"id"' wake || fail "no wake-up: $(cat wake)"
}
returned() { # WHAT JQ_CONDITION: the server has it
    api GET "/v1/devices/$device" | jq -e ".returned[] | select(.what == \"$1\") | select(.value | $2)" >/dev/null
}

device
times=0
for bearer in sms ussd; do
    times=$((times + 1))
    route $bearer "$port"
    # A string names no port: what takes it off the network has to know whose it is.
    [ $bearer = ussd ] && tell_smsc "{\"do\":\"terminal\",\"msisdn\":\"$number\",\"place\":\"127.0.0.1:$port\"}"
    leave
    wake $bearer '"capability","preferences","registration_message"' mail
    wait_for 15 said registered $((times + 1)) || fail "$bearer: not back: $(told) $(tail -n 3 smsc.out)"
    wait_for 10 said application-ended $times '.exit_code == 0' || fail "$bearer: not activated: $(told)"
    said application-output 1 '.line == "started for sip:alice@lab.example by '"$(jq -r 'select(.event == "sir-received") | .peer' client.out | tail -1)"', signed yes, to say capability,preferences,registration_message"' ||
        fail "$bearer: the application was told something else: $(grep application-output client.out)"
    wait_for 10 said information-answered $times '.status == 200' || fail "$bearer: nothing returned: $(told)"
    wait_for 5 returned capability '.content_types == ["text/plain","text/x-mail"] and .sir_version == 2' || fail "$bearer: $(told)"
    returned preferences '.accepts_pushes' || fail "$bearer: $(told)"
    returned security true && fail "$bearer: nobody asked for it: $(told)"
    push_text alice "after $bearer"
    wait_for 10 delivered || fail "$bearer: not delivered: $(told)"
    echo "ok: by $bearer to the application's port $port"
done

tell_smsc "{\"do\":\"terminal\",\"msisdn\":\"$number\",\"place\":\"127.0.0.1\"}"
route sms "$port"
leave
wake sms '"refusal"' chess
wait_for 15 said refusal-answered 1 '.status == 200' || fail "did not refuse: $(told)"
wait_for 5 returned refusal '.status == 404 and .reason == "not-able-application"' || fail "why: $(told)"
kill "$client"
wait "$client" 2>/dev/null
device --ask --ask-timeout 20
route sms "$port"
leave
wake sms '"refusal"' game
wait_for 15 said decision-asked || fail "nobody was asked: $(told)"
echo "deny 1" >&7
wait_for 10 said refusal-answered || fail "did not refuse: $(told)"
wait_for 5 returned refusal '.status == 603 and .reason == "denied"' || fail "why: $(told)"
api PUT /v1/users/sip:alice@lab.example '{"password":"stolen"}' >/dev/null
wake sms '"refusal"' game
wait_for 15 said sir-ignored 1 '.reason == "not-safe-signature"' || fail "a SIR of somebody else: $(told)"
[ "$(grep -c '"event":"decision-asked"' client.out)" = 1 ] || fail "the user was asked about it: $(told)"
api PUT /v1/users/sip:alice@lab.example '{"password":"secret"}' >/dev/null
echo "ok: refused with its reason, silent where it is not safe"

kill "$client"
wait "$client" 2>/dev/null
device
push_text alice "before"
wait_for 10 delivered || fail "before: $(told)"
kill -STOP "$client"
push=$(api POST /v1/pushes '{"to":{"user":"sip:alice@lab.example"},"application":"","content_type":"text/plain","body":"in between","ttl_s":60,"when":"when_reachable"}' | jq -r .id)
sent() { api GET "/v1/pushes/$push" | jq -e '.deliveries[0].attempts >= 1' >/dev/null; }
wait_for 10 sent || fail "not sent: $(api GET "/v1/pushes/$push")"
kill -KILL "$client"
wait "$client" 2>/dev/null
cp client.out first.out
device
wait_for 20 delivered || fail "in between: $(api GET "/v1/pushes/$push") $(told)"
[ "$(cat first.out client.out | grep -c '"body":"in between"')" = 1 ] || fail "not taken once: $(cat first.out client.out)"
said state-restored 1 '.pushes >= 1 and .sirs >= 1' || fail "forgotten: $(head -3 client.out)"
echo "ok: killed in the middle of a push, which was taken once"
