#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kannel's push initiator (test_ppg with its own control files) hands pushes to /pap and gets the answers it expects, which
# its own compiler reads; curl asks for their status, cancels, queries capabilities. Every document that comes is valid by
# the document type (xmllint). A result notification reaches a listener of ours after kill -9 of the server.
# Usage: pap-kannel.sh PROGRAM_DIR DTD
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
need curl xmllint node "$kannel/test_ppg"
programs=$(cd "$1" && pwd)
dtd=$(realpath "$2")
ip link set lo up
cd "$work" || exit 2

settings=(--set triggers/authentication=required --set triggers/notify_networks=127.0.0.0/8
    --set triggers/pap_addresses=213.243.140.102=sip:alice@lab.example
    --set triggers/pap_networks=Any,GSM --set triggers/pap_bearers=Any,SMS,CSD) # Kannel's files require these
start_server "$programs" "${settings[@]}"
background "$programs/reveille-client" --user sip:alice@lab.example --registrar "$(bound sip_udp)" </dev/null >alice.out 2>alice.err
said() { [ "$(grep -c "\"event\":\"$1\"" alice.out)" -ge "${2:-1}" ]; }
wait_for 20 said registered || fail "not registered: $(cat alice.out alice.err)"
device=$(api GET '/v1/devices?query=alice' | sed -n 's/.*"id": *"\(urn:[^"]*\)".*/\1/p' | head -1)
api PUT "/v1/devices/$device" '{"user":"sip:alice@lab.example","msisdn":"+358408201681","capabilities":{"content_types":["text/vnd.wap.si","text/vnd.wap.sl","text/plain"],"max_message_size":4000}}' >/dev/null
secret=$(api POST /v1/initiators '{"name":"kannel","contents":["service_loading"]}' | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
[ -n "$secret" ] || fail "no initiator"
pap=http://$(bound triggers_http)/pap

# Kannel's own control files all carry one push-id; each run gets one of its own, and nothing else is changed.
serial=0
initiate() { # CONTROL CONTENT [option…]: test_ppg's log in $work/ppg.log
    serial=$((serial + 1))
    sed "s/9fjeo39jf084@pi.com/$serial@pi.com/" "$kannel/$1" >control.txt
    printf 'group = test-ppg\nretries = 1\n\ngroup = configuration\npush-url = %s\ncontent-file = %s\npap-file = %s\nusername = kannel\npassword = %s\n' \
        "$pap" "$2" "$work/control.txt" "${password:-$secret}" >ppg.conf
    shift 2
    timeout 20 "$kannel/test_ppg" -b "$@" ppg.conf >ppg.log 2>&1
}
succeeded() { grep -q '1 succeeded, 0 failed' ppg.log && grep -q 'and type push response' ppg.log; }
for control in smstestppg.txt iptestppg.txt; do
    for options in "" "-e base64" "-d lf" "-p -E" "-c sl" "-a any" "-a mms -n"; do
        content=$kannel/si.txt
        [ "$options" = "-c sl" ] && content=$kannel/sl.txt
        # shellcheck disable=SC2086
        initiate $control "$content" $options
        succeeded || fail "$control $options: $(grep -v DEBUG ppg.log | tail -5) $(grep -c . ppg.log)"
        grep -q 'code="1001"\|1001' ppg.log || fail "$control $options is not accepted: $(tail -40 ppg.log)"
    done
done
wait_for 20 said push-received 14 || fail "14 pushes went out, $(grep -c '"event":"push-received"' alice.out) came: $(tail -3 alice.out)"
grep '"event":"push-received"' alice.out | head -1 | grep -q 'text/vnd.wap.si' || fail "not as sent: $(grep '"event":"push-received"' alice.out | head -1)"

initiate smstestppg.txt "$kannel/si.txt" -c nil
grep -q 'and type bad message response' ppg.log || fail "content without a type: $(tail -20 ppg.log)"
password=wrong initiate smstestppg.txt "$kannel/si.txt"
grep -q 'authorisation failure\|1 failed' ppg.log || fail "a wrong password: $(tail -20 ppg.log)"

ask() { # FILE [TYPE]: the answer, valid, in $work/answer
    curl -s --max-time 10 -o answer -w '%{http_code} %{content_type}' -u "pi:$secret" -H "Content-Type: ${2:-application/xml}" \
        --data-binary "@$1" "$pap" >status
    grep -q '^202 application/xml' status || fail "$1 is answered $(cat status)"
    xmllint --nonet --noout --dtdvalid "$dtd" answer >lint 2>&1 || fail "not valid: $(cat lint answer)"
}
document() { # BODY
    printf '<?xml version="1.0"?>\n<!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 2.0//EN" "http://www.wapforum.org/DTD/pap_2.0.dtd">\n<pap>%s</pap>' "$1" >document
}
push() { # ATTRIBUTES ADDRESSES
    document "<push-message $1>$2</push-message>"
    printf -- '--b\r\nContent-Type: application/xml\r\n\r\n%s\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n' "$(cat document)" >message
    ask message 'multipart/related; boundary=b; type="application/xml"'
}
answered() { grep -q "$1" answer || fail "$2: $(cat answer)"; }
alice='<address address-value="WAPPUSH=alice/TYPE=USER@ppg"/>'
phone='<address address-value="WAPPUSH=+358408201681/TYPE=PLMN@ppg"/>'

document '<statusquery-message push-id="1@pi.com"/>'
ask document
answered 'message-state="delivered" code="1000"' "the status of Kannel's push"
push 'push-id="a" deliver-after-timestamp="2100-01-01T00:00:00Z"' "$alice"
answered 'code="2000"' "a push for the next century"
later=$(date -u -d '+10 days' +%Y-%m-%dT%H:%M:%SZ)
push "push-id=\"a\" deliver-after-timestamp=\"$later\" deliver-before-timestamp=\"$(date -u -d '+11 days' +%Y-%m-%dT%H:%M:%SZ)\"" "$alice$phone"
answered 'code="1001"' "a push for later"
push 'push-id="a"' "$alice"
answered 'code="2007"' "the same push-id"
document '<statusquery-message push-id="a"/>'
ask document
[ "$(grep -o 'message-state="pending"' answer | wc -l) $(grep -o '<address ' answer | wc -l)" = '1 2' ] || fail "one user under two addresses: $(cat answer)"
document "<cancel-message push-id=\"a\">$phone</cancel-message>"
ask document
answered 'cancel-result code="2008"' "cancelling one of two addresses of a user"
document "<cancel-message push-id=\"a\">$alice$phone</cancel-message>"
ask document
answered 'cancel-result code="1000"' "cancelling"
document '<statusquery-message push-id="a"/>'
ask document
answered 'message-state="cancelled"' "what was cancelled"
document '<cancel-message push-id="nothing"/>'
ask document
answered 'code="2004"' "cancelling nothing"
document "<badmessage-response code=\"2000\"/>"
ask document
answered 'badmessage-response code="2000"' "an answer for a question"
printf '<!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 2.0//EN" "x" [<!ENTITY a SYSTEM "file:///etc/passwd">]><pap product-name="&a;"/>' >document
ask document
answered 'badmessage-response' "an entity"
grep -q root: answer && fail "an entity was expanded"

document "<ccq-message query-id=\"q1\">$phone</ccq-message>"
curl -s --max-time 10 -D head -o answer -u "pi:$secret" -H 'Content-Type: application/xml' --data-binary @document "$pap"
grep -qi '^content-type: multipart/related' head || fail "capabilities: $(cat head answer)"
answered 'ccq-response query-id="q1" code="1000"' "capabilities"
answered '<rdf:li>text/vnd.wap.si</rdf:li>' "the content types"
document '<ccq-message><address address-value="WAPPUSH=eve/TYPE=USER@ppg"/></ccq-message>'
ask document
answered 'ccq-response code="2002"' "capabilities of nobody"

# The end of a push is told over a kill, and to a listener that comes late.
cat >listener.js <<'JS'
const http = require('http');
const fs = require('fs');
http.createServer((request, response) => {
    let body = '';
    request.on('data', (octets) => { body += octets; });
    request.on('end', () => { fs.writeFileSync('notification', body); response.writeHead(202); response.end(); });
}).listen(9753, '127.0.0.1');
JS
soon=$(date -u -d '+4 seconds' +%Y-%m-%dT%H:%M:%SZ)
push "push-id=\"told\" deliver-after-timestamp=\"$soon\" ppg-notify-requested-to=\"http://127.0.0.1:9753/n\"" "$alice"
answered 'code="1001"' "a push with a notification"
kill -9 "$server_pid"
wait "$server_pid" 2>/dev/null
background "$programs/reveilled" --config "$work/reveille.conf" --data-dir "$work/data" --set server/realm=lab.example \
    --set sip/authentication=open --set server/ports=any "${settings[@]}" --set "sip/udp=$(bound sip_udp)" </dev/null >ready2 2>>reveilled.log
wait_for 20 grep -q '"ready"' ready2 || fail "no second life: $(tail -5 reveilled.log)"
background node listener.js </dev/null
wait_for 40 test -s notification || fail "nobody was told: $(tail -5 reveilled.log) $(tail -3 alice.out)"
xmllint --nonet --noout --dtdvalid "$dtd" notification 2>lint || fail "not valid: $(cat lint notification)"
grep -q 'resultnotification-message push-id="told".*message-state="delivered" code="1000"' notification || fail "told: $(cat notification)"
echo "ok: $serial runs of test_ppg, and the rest by curl"
