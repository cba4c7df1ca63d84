#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference device and libcoap: it registers with its resource directory, over UDP and under DTLS with a pre-shared key (that
# it removes itself is not tried: coap-rd 4.3.1 does not survive a DELETE); its client finds out what the device takes, pushes to its CoAP port, in one piece and in blocks, and is
# refused what the device does not know; our server pushes to that port, which the device registered. libcoap's client cannot
# push into a path that the device has opened to somebody else, and nobody but its server may.
# Usage: client-libcoap.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need coap-client-openssl coap-rd-openssl curl jq sha256sum
programs=$(cd "$1" && pwd)
ip link set lo up
cd "$work" || exit 2

device() { # NAME [options…]
    local name=$1
    shift
    background "$programs/reveille-client" --user sip:alice@lab.example --name "$name" --connect datagram --no-pinhole-tests \
        --timeout 4000 --password secret --session mail-1=mail "$@" </dev/null >"$name.out" 2>"$name.err"
    device=$!
}
said() { [ "$(grep -c "\"event\":\"$2\"" "$1.out")" -ge "${3:-1}" ]; }
told() { tail -n 5 ./*.out ./*.err; tail -n 20 ./rd.log; }

# The key of DTLS is the digest of the password, as a device makes it.
key=$(printf 'alice:lab.example:secret' | sha256sum | cut -d' ' -f1)
registered() { coap-client-openssl -B 2 coap://127.0.0.1:5683/.well-known/core 2>/dev/null | grep -q '</rd/'; }
is_there() { coap-client-openssl -B 2 coap://127.0.0.1:5683/.well-known/core 2>/dev/null | grep -q core.rd; }
for transport in udp dtls; do
    background coap-rd-openssl -A 127.0.0.1 -p 5683 -v 6 -k "$key" </dev/null >rd.log 2>&1
    directory=$!
    wait_for 10 is_there || fail "no directory: $(cat rd.log)"
    port=5683
    [ $transport = dtls ] && port=5684
    device "rd-$transport" --transport $transport --registrar 127.0.0.1:$port
    wait_for 15 said "rd-$transport" registered || fail "not registered over $transport: $(told)"
    wait_for 5 registered || fail "the directory does not know it, $transport: $(told)"
    kill -9 "$device" "$directory"
    wait "$device" "$directory" 2>/dev/null
    echo "ok: registered with libcoap's directory over $transport"
done

start_server "$programs" --set datagram/coap=127.0.0.1:5783
device phone --registrar 127.0.0.1:5783 --coap-port 6683
wait_for 15 said phone registered || fail "not registered: $(told)"
ask() { # METHOD PATH [option…]: what libcoap's client prints, in $work/answer
    local method=$1 path=$2
    shift 2
    coap-client-openssl -B 5 -v 6 -m "$method" "$@" "coap://127.0.0.1:6683/$path" >answer 2>&1
}
got() { jq -c --arg text "$1" 'select(.event == "push-received" and .over == "coap" and .body == $text)' phone.out | wc -l; }
ask get .well-known/core
grep -q '</push>;rt="reveille.push"' answer || fail "nothing to be found: $(cat answer)"
ask post push -O 15,s=mail-1 -O 15,id=p-1 -t 0 -e "from libcoap"
grep -q 2.04 answer || fail "the push was not confirmed: $(cat answer) $(told)"
[ "$(got "from libcoap")" = 1 ] || fail "not taken: $(told)"
head -c 5000 /dev/zero | tr '\0' y >large
ask post push -O 15,s=mail-1 -O 15,id=p-2 -t 0 -f large -b 256
grep -q 2.04 answer || fail "the large push was not confirmed: $(tail -n 5 answer) $(told)"
[ "$(got "$(cat large)")" = 1 ] || fail "the large push was not taken: $(told | cut -c1-300)"
ask post push -O 15,s=chat-1 -e x
grep -q 4.04 answer || fail "a session it does not have: $(cat answer)"
ask get push
grep -q 4.05 answer || fail "a method it does not know: $(cat answer)"
ask post push -O 15,s=mail-1 -O 99,x -e x
grep -q 4.02 answer || fail "a critical option: $(cat answer)"
coap-client-openssl -B 5 -v 6 -m post -a 127.0.0.9 -O 15,s=mail-1 -e stranger coap://127.0.0.1:6683/push >answer 2>&1
grep -q 4.03 answer || fail "a stranger: $(cat answer) $(told)"
said phone call-refused || fail "the stranger went unnoticed: $(told)"
push_text alice "from the server"
wait_for 10 delivered || fail "not delivered: $(api GET "/v1/pushes/$push") $(told)"
[ "$(got "from the server")" = 1 ] || fail "not to its port: $(told)"
echo "ok: pushes of libcoap's client, and of the server, to its CoAP port"
