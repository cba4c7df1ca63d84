#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kannel's push proxy gateway (wapbox and bearerbox) pushes to the reference device over UDP what its own initiator (test_ppg)
# hands it: a service indication to the client port, in the binary form that Kannel makes of it; and a Session Initiation
# Request, which brings a device that left back and starts the application that it names.
# Usage: client-kannel.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
kannel=/usr/lib/kannel/test
PATH=$PATH:/usr/sbin
need curl jq bearerbox wapbox "$kannel/test_ppg"
programs=$(cd "$1" && pwd)
ip link set lo up
cd "$work" || exit 2

cat >kannel.conf <<CONF
group = core
admin-port = 13000
admin-password = staff
wapbox-port = 13002
box-allow-ip = 127.0.0.1
wdp-interface-name = "*"
log-level = 1
log-file = $work/bearerbox.log

group = wapbox
bearerbox-host = 127.0.0.1
log-level = 0
log-file = $work/wapbox.log

group = ppg
ppg-url = /pap
ppg-port = 18080
users = 16
trusted-pi = true
CONF
listens() { grep -qi ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
background bearerbox -v 4 kannel.conf </dev/null >bearerbox.out 2>&1
wait_for 20 listens 13002 || fail "no bearerbox: $(cat bearerbox.out)"
background wapbox -v 4 kannel.conf </dev/null >wapbox.out 2>&1
wait_for 20 listens 18080 || fail "no wapbox: $(cat wapbox.out)"

start_server "$programs"
mkfifo commands
exec 7<>commands
background "$programs/reveille-client" --user sip:alice@lab.example --registrar "$(bound sip_udp)" --client-port 2948 --retry 300 \
    --application 'mms.ua,command=/bin/echo for {named} by {peer}' <commands >alice.out 2>alice.err
said() { [ "$(grep -c "\"event\":\"$1\"" alice.out)" -ge "${2:-1}" ]; }
told() { tail -n 5 alice.out alice.err; tail -n 5 wapbox.log; }
wait_for 20 said registered || fail "not registered: $(told)"

# The initiator of Kannel with its own documents, for a device on this machine.
sed 's/WAPPUSH=[0-9.]*/WAPPUSH=127.0.0.1/; s/wappush=[0-9.]*/wappush=127.0.0.1/' "$kannel/iptestppg.txt" >control.txt
printf 'group = test-ppg\nretries = 1\n\ngroup = configuration\npush-url = http://127.0.0.1:18080/pap\ncontent-file = %s\npap-file = %s\nusername = x\npassword = x\n' \
    "$kannel/si.txt" "$work/control.txt" >ppg.conf
timeout 20 "$kannel/test_ppg" -b ppg.conf >ppg.log 2>&1
grep -q '1 succeeded, 0 failed' ppg.log || fail "Kannel did not take it: $(tail -5 ppg.log) $(told)"
wait_for 10 said push-received || fail "no push came: $(told)"
jq -c 'select(.event == "push-received") | select(.over == "wsp" and (.content_type | startswith("application/vnd.wap.sic")) and (.body_base64 | length > 20))' alice.out | grep -q . ||
    fail "not as Kannel sends it: $(grep push-received alice.out)"
echo "ok: a service indication from Kannel's push proxy"

# A SIR of version 1 that names mms.ua and no gateway.
echo drop >&7
wait_for 5 said dropped || fail "not gone: $(told)"
{
    printf -- '--b\r\nContent-Type: application/xml\r\n\r\n'
    sed 's/9fjeo39jf084@pi.com/sir-1@pi.com/' control.txt
    printf -- '\r\n--b\r\nContent-Type: application/vnd.wap.sia\r\nX-WAP-Application-Id: x-wap-application:push.sia\r\n\r\n'
    printf '\001\002\262\204\000\000\000\000\000\r\n--b--\r\n'
} >sir
curl -s --max-time 10 -o answer -H 'Content-Type: multipart/related; boundary=b; type="application/xml"' --data-binary @sir \
    http://127.0.0.1:18080/pap
grep -q '1001\|1000' answer || fail "Kannel refused the SIR: $(cat answer) $(told)"
wait_for 10 said sir-received || fail "no SIR: $(told)"
wait_for 20 said registered 2 || fail "not back: $(told)"
wait_for 10 said application-ended || fail "not activated: $(told)"
jq -c 'select(.event == "application-output") | select(.line | startswith("for mms.ua by 127.0.0.1"))' alice.out | grep -q . ||
    fail "$(grep application alice.out)"
push_text alice "after Kannel"
wait_for 10 delivered || fail "not delivered: $(told)"
echo "ok: a SIR from Kannel's push proxy brought the device back"
