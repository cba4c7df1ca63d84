#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Wake-ups by SMS through Kannel: its bearerbox and smsbox take them, its fake SMSC shows the octets and reports them
# delivered, and what it shows is handed to the client port of a silent reference device, which comes back for its push.
# Also: a wrong password, and a Kannel that goes away and returns.
# Usage: kannel.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
fakesmsc=/usr/lib/kannel/test/fakesmsc
PATH=$PATH:/usr/sbin
need curl node bearerbox smsbox "$fakesmsc"
programs=$(cd "$1" && pwd)
ip link set lo up

cat >"$work/kannel.conf" <<'CONF'
group = core
admin-port = 13000
admin-password = staff
status-password = look
smsbox-port = 13001
box-allow-ip = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = FAKE
port = 10000
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 13013

group = sendsms-user
username = tester
password = secret-of-kannel
default-sender = 100
CONF
cd "$work" || exit 2
answers() { curl -s -o /dev/null --max-time 2 "$1"; }
start_smsbox() {
    background smsbox -v 1 "$work/kannel.conf" </dev/null >>"$work/smsbox.log" 2>&1
    smsbox=$!
    wait_for 20 answers http://127.0.0.1:13013/cgi-bin/sendsms || fail "no smsbox: $(tail -5 "$work/smsbox.log")"
}
background bearerbox -v 1 "$work/kannel.conf" </dev/null >"$work/bearerbox.log" 2>&1
wait_for 20 answers http://127.0.0.1:13000/status.txt || fail "no bearerbox: $(tail -5 "$work/bearerbox.log")"
start_smsbox
# One message of its own, which nobody answers, keeps it connected.
background "$fakesmsc" -H 127.0.0.1 -r 10000 -i 1000000 -m 2 "100 200 text nop" </dev/null >"$work/smsc.out" 2>&1

printf 'secret-of-kannel\n' >"$work/password"
settings=(--set wake/answer_timeout_ms=8000 --set liveness/request_timeout_ms=1500 --set wake/routes=own)
for key in type=kannel sendsms=http://127.0.0.1:13013/cgi-bin/sendsms "status=http://127.0.0.1:13000/status.txt?password=look" user=tester \
    "password_file=$work/password" retry_ms=200 longest_retry_ms=500; do
    settings+=(--set "bearer.own/$key")
done
for key in type=kannel sendsms=http://127.0.0.1:13013/cgi-bin/sendsms user=tester password=wrong receipts=off; do
    settings+=(--set "bearer.stranger/$key")
done
start_server "$programs" "${settings[@]}"

background "$programs/reveille-client" --user sip:alice@lab.example --registrar "$(bound sip_udp)" --client-port 2948 --silent \
    </dev/null >"$work/alice.out" 2>"$work/alice.err"
said() { [ "$(grep -c "\"event\":\"$1\"" "$work/alice.out")" -ge "${2:-1}" ]; }
wait_for 20 said registered || fail "not registered: $(cat "$work/alice.out" "$work/alice.err")"
device=$(api GET '/v1/devices?query=alice' | sed -n 's/.*"id": *"\(urn:[^"]*\)".*/\1/p' | head -1)
[ -n "$device" ] || fail "no device: $(api GET '/v1/devices?query=alice')"
api PUT "/v1/devices/$device" '{"user":"sip:alice@lab.example","wake_routes":[{"bearer":"sms","address":"491701234567","port":2948}]}' >/dev/null

push=$(api POST /v1/pushes '{"to":{"user":"sip:alice@lab.example"},"application":"","content_type":"text/plain","body":"held","ttl_s":60,"when":"wake"}' |
    sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p')
[ -n "$push" ] || fail "the push was not taken"
sms() { grep -a 'udh %06%05%04%0B%84%23%F0 data' "$work/smsc.out" | tail -1; }
has_sms() { [ -n "$(sms)" ]; }
wait_for 30 has_sms || fail "no SMS at the SMSC: $(cat "$work/smsc.out") $(api GET '/v1/journal?kind=sir&limit=20')"
sms | grep -q '+491701234567' || fail "another number: $(sms)"
# The terminal: takes the user data header off and hands the push to the port in it.
node -e '
const [text, host] = process.argv.slice(1);
const [udh, data] = text.match(/udh (\S+) data (\S+?)>/).slice(1).map(s => Buffer.from(
    s.replace(/\+/g, "%20").replace(/%([0-9A-Fa-f]{2})|([^%])/g, (m, hex, plain) => hex || plain.charCodeAt(0).toString(16).padStart(2, "0")), "hex"));
const socket = require("dgram").createSocket("udp4");
socket.send(data, udh.readUInt16BE(3), host, () => socket.close());
' "$(sms)" 127.0.0.1 || fail "the SMS cannot be read: $(sms)"
wait_for 20 delivered || fail "not delivered: $(api GET "/v1/pushes/$push") $(cat "$work/alice.out")"
[ "$(grep -c '"event":"push-received"' "$work/alice.out")" = 1 ] || fail "taken more than once: $(cat "$work/alice.out")"
received() { api GET '/v1/journal?kind=sir&limit=50' | grep -q '"code": *"delivered"'; }
wait_for 20 received || fail "no delivery report: $(api GET '/v1/journal?kind=sir&limit=50')"

api POST "/v1/bearers/own/test" '{}' | grep -q '"ok": *true' || fail "test: $(api POST /v1/bearers/own/test '{}')"
api POST "/v1/devices/$device/wake" '{"bearer":"stranger"}' >"$work/wake"
refused() { api GET '/v1/journal?kind=sir&limit=50' | grep -q '"code": *"login-refused"'; }
wait_for 20 refused || fail "a wrong password was not told: $(cat "$work/wake") $(api GET '/v1/journal?kind=sir&limit=50')"

kill "$smsbox"
wait "$smsbox" 2>/dev/null
is_away() { api POST /v1/bearers/own/test '{}' >/dev/null; api GET /v1/bearers | tr '{' '\n' | grep '"name": *"stranger"\|"stranger"' | grep -q '"healthy": *false'; }
wait_for 20 is_away || fail "its absence was not noticed: $(api GET /v1/bearers)"
start_smsbox
is_back() { ! is_away; }
wait_for 20 is_back || fail "its return was not noticed: $(api GET /v1/bearers)"
grep -rq 'secret-of-kannel' "$work/reveilled.log" "$work/ready" && fail "the password is in the log"
echo "ok: an SMS through Kannel, its report, a wrong password, gone and back"
