#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SIP over TLS as OpenSSL's own client sees it: TLS 1.2 and 1.3 register, with the server's own certificate checked; TLS 1.1
# is refused; peers that talk nonsense or never finish their handshake keep nobody else out.
# Usage: sip-tls.sh PROGRAM_DIR
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need openssl curl timeout

start_server "$1"
address=$(bound sip_tls)
host=${address%:*} port=${address##*:}

register() { # NUMBER [s_client options…]: what came back
    local number=$1
    shift
    {
        printf 'REGISTER sip:lab.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bKtls%s;rport\r\n' "$number"
        printf 'Max-Forwards: 70\r\nFrom: <sip:alice@lab.example>;tag=t%s\r\nTo: <sip:alice@lab.example>\r\n' "$number"
        printf 'Call-ID: tls-%s\r\nCSeq: 1 REGISTER\r\nSupported: outbound, path, gruu\r\nExpires: 600\r\n' "$number"
        printf 'Contact: <sip:alice@192.0.2.1:5061;transport=tls;ob>;reg-id=1;+sip.instance="<urn:uuid:7d0a3f6e-3333-4000-8000-%012d>"\r\n' "$number"
        printf 'Content-Length: 0\r\n\r\n'
        sleep 2
    } | timeout 10 openssl s_client -connect "$address" -quiet -CAfile "$work/data/tls.crt" -verify_return_error \
        -verify_ip "$host" "$@" 2>"$work/s_client.log"
}
registers() { # NUMBER [s_client options…]
    local answer
    answer=$(register "$@")
    grep -q '^SIP/2.0 200 ' <<<"$answer" || fail "$*: $answer $(cat "$work/s_client.log")"
    grep -q '^Require: outbound' <<<"$answer" || fail "no outbound in $answer"
}
registers 1 -tls1_2
registers 2 -tls1_3
echo "TLS 1.2 and 1.3 register"

register 3 -tls1_1 -cipher 'DEFAULT@SECLEVEL=0' | grep -q '^SIP/2.0' && fail "TLS 1.1 was taken"
grep -q 'handshake failed.*unsupported protocol' "$work/reveilled.log" || fail "TLS 1.1 ended otherwise: $(cat "$work/s_client.log")"
echo "TLS 1.1 is refused"

for number in $(seq 20); do # half-open: connected and silent
    exec {silent}<>"/dev/tcp/$host/$port"
done
for number in $(seq 20); do
    head -c 20000 /dev/urandom 2>/dev/null >"/dev/tcp/$host/$port" 2>/dev/null
    printf 'OPTIONS sip:lab.example SIP/2.0\r\n\r\n' >"/dev/tcp/$host/$port"
done
registers 4
kill -0 "$server_pid" || fail "the server is gone"
api GET /v1/devices >"$work/devices"
[ "$(grep -o '"transport": *"[a-z/]*tls"' "$work/devices" | wc -l)" -ge 3 ] || fail "not shown as TLS: $(cat "$work/devices")"
echo "nonsense and half-open handshakes keep nobody out"
