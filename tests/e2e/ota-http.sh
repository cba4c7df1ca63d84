#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Terminals we did not write, over OTA-HTTP: the shell's /dev/tcp with the answers of the standard, openssl s_client over
# TLS, and an HTTP server of node on a connection it opened itself; then one that listens and is called. tshark finds
# nothing malformed in the plain traffic.
# Usage: ota-http.sh PROGRAM_DIR
# Runs in a network namespace that vanishes with its processes, where the standard ports are free.
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need dumpcap tshark curl openssl node
ip link set lo up
vectors=$here/../data/vectors

background dumpcap -q -i lo -f 'tcp port 4035 or tcp port 4055' -w "$work/capture.pcapng" -a duration:120 \
    </dev/null >"$work/dumpcap.log" 2>&1
dumpcap_pid=$!
wait_for 10 test -s "$work/capture.pcapng" || fail "no capture: $(cat "$work/dumpcap.log")"
start_server "$1" --set ota_http/tcp=127.0.0.1:4035 --set ota_http/tls=127.0.0.1:4036 --set ota_http/authentication=open \
    --set wake/answer_timeout_ms=4000

phone=urn:uuid:00000000-0000-4000-8000-000000000001
pump=urn:uuid:00000000-0000-4000-8000-000000000002
api PUT /v1/users/sip:alice@lab.example '{}' >/dev/null
api PUT /v1/devices/$phone '{"user":"sip:alice@lab.example","msisdn":"+358408201681"}' >/dev/null
api PUT /v1/devices/$pump '{"user":"sip:alice@lab.example","wake_routes":[{"bearer":"ota_http","address":"127.0.0.1","port":4055}]}' >/dev/null

state_is() { api GET "/v1/devices/$1" | grep -q "\"state\": *\"$2\""; }
over() { api GET "/v1/devices/$1" | grep -q "\"transport\": *\"$2\""; }
push() { # DEVICE: submits, leaves the id in $id
    id=$(api POST /v1/pushes "{\"to\":{\"device\":\"$1\"},\"content_type\":\"text/vnd.wap.si\",\"body\":\"<si/>\",\"ttl_s\":60,\"when\":\"wake\"}" |
        sed -n 's/.*"id": *"\(p-[^"]*\)".*/\1/p')
}
delivered() { api GET "/v1/pushes/$id" | grep -q '"state": *"delivered"'; }

# The shell, with the octets of the standard.
exec 5<>/dev/tcp/127.0.0.1/4035
IFS= read -r -t 5 line <&5
[ "${line%$'\r'}" = "OPTIONS /wappush HTTP/1.1" ] || fail "no registration request: $line"
cat "$vectors/otahttp-options-resp-501.msg" >&5
wait_for 10 state_is $phone up || fail "the terminal was not taken in: $(api GET "/v1/journal?limit=3")"
push $phone
while IFS= read -r -t 5 line <&5; do [ "${line%% *}" = POST ] && break; done
[ "${line%$'\r'}" = "POST /wappush HTTP/1.1" ] || fail "no push came: $line"
cat "$vectors/otahttp-post-resp-400.msg" >&5
wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$id")"
exec 5>&-
wait_for 10 state_is $phone lost || fail "the end of the connection went unnoticed"

# openssl.
mkfifo "$work/tls"
exec 6<>"$work/tls"
background openssl s_client -connect 127.0.0.1:4036 -quiet <"$work/tls" >"$work/tls.out" 2>/dev/null
wait_for 10 grep -q "OPTIONS /wappush" "$work/tls.out" || fail "no registration request over TLS"
cat "$vectors/otahttp-options-resp-500.msg" >&6
wait_for 10 over $phone tls || fail "the TLS terminal was not taken in"
push $phone
wait_for 10 grep -q "POST /wappush" "$work/tls.out" || fail "no push over TLS"
cat "$vectors/otahttp-post-resp-400.msg" >&6
wait_for 10 delivered || fail "not delivered over TLS"

# An HTTP implementation of others at the terminal's end, on a connection it opened and on one it took.
cat >"$work/terminal.js" <<'NODE'
const http = require('http'), net = require('net');
const [, , mode, port, id] = process.argv;
const server = http.createServer({ requireHostHeader: false }, (request, response) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
        console.log(request.method + ' ' + request.url + ' ' + Buffer.concat(parts).length);
        const headers = { 'X-Wap-Push-OTA-Version': '1.0' };
        if (request.method === 'OPTIONS')
            Object.assign(headers, { 'X-Wap-Push-Status': '501 Accepted', 'X-Wap-Terminal-Id': id,
                'X-Wap-Bearer-Indication': '0B', 'X-Wap-Push-Accept': '*/*', 'X-Wap-Push-MaxMsgSize': '65536',
                'X-Wap-CPITag': 'Iyf7RA==' });
        else
            headers['X-Wap-Push-Status'] = '400 Accepted';
        response.writeHead(204, headers);
        response.end();
    });
});
if (mode === 'listen')
    server.listen(Number(port), '127.0.0.1');
else {
    const socket = net.connect(Number(port), '127.0.0.1', () => server.emit('connection', socket));
}
NODE
background node "$work/terminal.js" connect 4035 $phone </dev/null >"$work/node.out" 2>&1
wait_for 10 over $phone tcp || fail "node was not taken in: $(cat "$work/node.out")"
push $phone
wait_for 10 delivered || fail "not delivered to node: $(cat "$work/node.out")"
background node "$work/terminal.js" listen 4055 $pump </dev/null >"$work/listener.out" 2>&1
sleep 1
push $pump
wait_for 20 delivered || fail "the listening terminal was not called: $(cat "$work/listener.out") $(api GET "/v1/journal?limit=5")"
wait_for 5 state_is $pump up || fail "the listening terminal is not up"

sleep 1
kill -INT "$dumpcap_pid"
wait "$dumpcap_pid"
dissect() { tshark -r "$work/capture.pcapng" -d tcp.port==4035,http -d tcp.port==4055,http -Y "$1" 2>/dev/null; }
options=$(dissect 'http.request.method == "OPTIONS"' | wc -l) posts=$(dissect 'http.request.method == "POST"' | wc -l)
malformed=$(dissect '_ws.malformed' | wc -l)
echo "$options OPTIONS, $posts POST, $malformed malformed"
[ "$options" -ge 3 ] && [ "$posts" -ge 3 ] || fail "the requests are not in the capture"
[ "$malformed" -eq 0 ] || fail "$(dissect '_ws.malformed' | head -5)"
