#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The simulated SMSC with an SMPP client that others wrote: Kannel's bearerbox binds, what is handed to its sendsms reaches the
# simulated phone octet by octet, in one message and in parts, and the receipts come back to its dlr-url in both forms and both
# number systems; also a phone nobody knows, throttling, a dropped link, and enquire_link from both sides.
# In a network namespace of its own; where it is not root it makes that in a user namespace, which the machine must allow.
# Usage: smsc-kannel.sh PROGRAM_DIR
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
PATH=$PATH:/usr/sbin
need curl jq node bearerbox smsbox
programs=$(cd "$1" && pwd)
number=491701234567
ip link set lo up
cd "$work" || exit 2

# The phone's adapter and Kannel's dlr-url, which note what they get.
background node -e '
const fs = require("fs");
require("dgram").createSocket("udp4").on("message", octets => fs.appendFileSync("phone", octets.toString("hex") + "\n")).bind(2948, "127.0.0.1");
require("http").createServer((request, response) => { fs.appendFileSync("reports", request.url + "\n"); response.end("ok"); }).listen(8099, "127.0.0.1");
' </dev/null
touch phone reports
start_smsc "$programs" --terminal "$number=127.0.0.1:2948" --set enquire_every_ms=500

cat >kannel.conf <<CONF
group = core
admin-port = 13000
admin-password = staff
status-password = look
smsbox-port = 13001
box-allow-ip = 127.0.0.1
dlr-storage = internal
sms-resend-freq = 1

group = smsc
smsc = smpp
smsc-id = SIM
host = 127.0.0.1
port = ${smsc##*:}
transceiver-mode = true
smsc-username = ppg1
smsc-password = secret
system-type = VMA
enquire-link-interval = 1
reconnect-delay = 1
msg-id-type = MSG_ID_TYPE

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 13013

group = sendsms-user
username = tester
password = secret-of-kannel
default-sender = 100
concatenation = true
max-messages = 10
CONF
answers() { curl -s -o /dev/null --max-time 2 "$1"; }
start_kannel() { # MSG_ID_TYPE
    sed "s/MSG_ID_TYPE/$1/" kannel.conf >now.conf
    background bearerbox -v 1 now.conf </dev/null >>bearerbox.log 2>&1
    bearerbox=$!
    wait_for 20 answers http://127.0.0.1:13000/status.txt || fail "no bearerbox: $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
    background smsbox -v 1 now.conf </dev/null >>smsbox.log 2>&1
    smsbox=$!
    wait_for 20 answers http://127.0.0.1:13013/cgi-bin/sendsms || fail "no smsbox: $(tail -5 smsbox.log)"
}
end_kannel() {
    kill "$smsbox" "$bearerbox"
    wait "$smsbox" "$bearerbox" 2>/dev/null
}
header=%06%05%04%0B%84%23%F0 # ports 2948 and 9200
send() { # NAME NUMBER OCTETS_IN_HEX: with a receipt of every kind wanted
    curl -s --max-time 10 "http://127.0.0.1:13013/cgi-bin/sendsms?username=tester&password=secret-of-kannel&to=$2&coding=1&udh=$header&dlr-mask=31&dlr-url=http://127.0.0.1:8099/$1/%25d&text=$(sed 's/../%&/g' <<<"$3")" >answer
    grep -q '^[03]:' answer || fail "$1: Kannel says $(cat answer)"
}
got() { grep -qx "$1" phone; }
reported() { grep -q "^/$1/$2\$" reports; } # NAME KIND: 1 delivered, 2 not, 8 taken by the SMSC
delivered_to_phone() { # NAME OCTETS_IN_HEX
    send "$1" $number "$2"
    wait_for "${patience:-20}" got "$2" || fail "$1: the phone got $(cat phone) $(tail -5 smsc.out) $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
    wait_for 20 reported "$1" 1 || fail "$1: no receipt: $(cat reports) $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
    echo "ok: $1"
}
set_smsc() {
    tell_smsc "{\"do\":\"set\",$1}"
    changes=$((${changes:-0} + 1))
    wait_for 5 smsc_said changed $changes || fail "not set: $(tail -2 smsc.out)"
}

start_kannel 0x03
wait_for 20 smsc_said bound 1 '.mode == "transceiver" and .system_id == "ppg1"' || fail "not bound: $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
delivered_to_phone text 010603be8ad1ff00
reported text 8 || fail "the SMSC's acceptance was not reported: $(cat reports)"
long=$(seq -f %04g 1 200 | tr -d '\n')
delivered_to_phone parts "$long"
smsc_said submit 2 '.parts == 3 or .parts == 4' || fail "not in parts: $(grep '"submit"' smsc.out | tail -3)"
send unknown 491709999999 0102
wait_for 20 reported unknown 2 || fail "a number nobody knows was not reported: $(cat reports)"

set_smsc '"receipt_form":"parameters"'
delivered_to_phone parameters 01020301
set_smsc '"receipt_form":"both"'
delivered_to_phone both 01020302
set_smsc '"status":88,"fail_first":1'
patience=40 delivered_to_phone throttled 01020303 # Kannel holds back for 15 s
smsc_said submit 1 '.status == 88' || fail "was not throttled"
set_smsc '"status":0'
tell_smsc '{"do":"drop"}'
wait_for 20 smsc_said bound 2 || fail "does not come back: $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
delivered_to_phone "after-a-drop" 01020304
smsc_said enquire-link 1 || fail "Kannel asked for nothing"
end_kannel
wait_for 10 smsc_said unbound 1 || fail "Kannel did not unbind: $(tail -3 smsc.out)"

set_smsc '"ids":"hex","receipt_ids":"decimal","receipt_form":"text"'
start_kannel 0x01 # submit_sm_resp in hex, deliver_sm in decimal
wait_for 20 smsc_said bound 3 || fail "not bound again: $(grep -v "\[0\] PANIC.*(" bearerbox.log | tail -5)"
delivered_to_phone "ids-of-two-kinds" 01020305
end_kannel
smsc_said malformed 1 && fail "the SMSC could not read: $(grep malformed smsc.out)"
grep -E '(ERROR|PANIC|WARNING): SMPP\[SIM\]' bearerbox.log | grep -v 'Throttling error\|I/O error or other error\|retrying in 1 seconds' && fail "Kannel complains"
tell_smsc '{"do":"quit"}'
wait "$smsc_pid" || fail "the SMSC ended with $?"
