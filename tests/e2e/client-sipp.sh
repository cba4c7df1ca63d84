#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference device is asked by SIPp as it asks phones: registration with digest over UDP and TCP, OPTIONS, MESSAGE and the
# same push again, a method it does not know, a call it cannot take, and a session for large pushes.
# Usage: client-sipp.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need sipp node jq
programs=$(cd "$1" && pwd)
ip link set lo up
cd "$work" || exit 2
# The far end of the session: takes the connection and what binds it.
background node -e 'require("net").createServer(s => { s.on("error", () => {}); s.on("data", d => console.log(String(d))); }).listen(5090, "127.0.0.1")' \
    </dev/null >msrp.out 2>&1
listens() { grep -qi ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
wait_for 20 listens 5090 || fail "nobody at the far end: $(cat msrp.out)"

for transport in udp tcp; do
    t=u1
    [ $transport = tcp ] && t=t1
    sipp -sf "$here/../data/sipp/client-registrar.xml" -i 127.0.0.1 -p 5060 -t $t -m 1 -key msrp_port 5090 -nostdin -timeout 30s \
        -trace_err -error_file "$transport.err" -trace_msg -message_file "$transport.msg" </dev/null >"$transport.log" 2>&1 &
    sipp=$!
    started+=("$sipp")
    background "$programs/reveille-client" --user sip:ann@sipp.example --password secret --registrar 127.0.0.1:5060 \
        --transport $transport --keep-alive none --retry 200 </dev/null >"$transport.out" 2>"$transport.errors"
    client=$!
    wait "$sipp" || fail "SIPp is not content over $transport: $(cat "$transport.err") $(tail -40 "$transport.msg") $(cat "$transport.out")"
    kill -9 "$client"
    wait "$client" 2>/dev/null
    [ "$(jq -c 'select(.event == "push-received") | .duplicate' "$transport.out" | tr '\n' ' ')" = "false true " ] ||
        fail "pushes over $transport: $(cat "$transport.out")"
    grep -q '"event":"session-opened"' "$transport.out" || fail "no session over $transport: $(cat "$transport.out")"
    grep -q '^MSRP .* SEND' msrp.out || fail "nothing bound the session: $(cat msrp.out "$transport.out")"
    : >msrp.out
    echo "ok: SIPp over $transport"
done
