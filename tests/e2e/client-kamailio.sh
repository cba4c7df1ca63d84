#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference device at a registrar of others: Kamailio takes its registration over UDP and TCP and gives it a GRUU, relays
# a MESSAGE of SIPp to the address of record, to one of two devices by its GRUU, and a large one over TCP; what the device
# refuses gets back to the sender; after kill -9 it is the same registration. No server of ours takes part.
# Usage: client-kamailio.sh PROGRAM_DIR
set -u
if [ "${REVEILLE_IN_NAMESPACE:-}" != yes ]; then
    export REVEILLE_IN_NAMESPACE=yes
    options=-n
    [ "$(id -u)" -eq 0 ] || options=-Urn
    exec unshare $options --kill-child -f bash "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/sip-lib.sh"
need sipp kamailio jq
programs=$(cd "$1" && pwd)
ip link set lo up
cd "$work" || exit 2
modules=$(dirname "$(find /usr/lib -name registrar.so -path '*kamailio/modules*' | head -1)")/
sed -e "s|@PORT@|5080|; s|@MODULES@|$modules|" "$here/kamailio-core.cfg.in" >core.cfg
background kamailio -f core.cfg -DD -E -w "$work" -Y "$work" -P "$work/core.pid" </dev/null >core.log 2>&1

device() { # NAME TRANSPORT [options…]
    local name=$1 transport=$2
    shift 2
    [ -p "$name.in" ] || mkfifo "$name.in"
    exec {commands}<>"$name.in"
    background "$programs/reveille-client" --user sip:ann@core.example --name "$name" --registrar 127.0.0.1:5080 \
        --transport "$transport" --no-wake-route --retry 300 --state "$work/$name.state" "$@" <"$name.in" >"$name.out" 2>"$name.err"
    pid=$!
}
said() { [ "$(grep -c "\"event\":\"$2\"" "$1.out")" -ge "${3:-1}" ]; }
told() { tail -n 5 ./*.out ./*.err; tail -n 20 core.log; }
gruu_of() { jq -r 'select(.event == "registered") | .gruu' "$1.out" | tail -1; }
message() { # TARGET TEXT: SIPp's exit status
    timeout 20 sipp 127.0.0.1:5080 -sf "$here/../data/sipp/send-message.xml" -key target "$1" -key text "$2" -m 1 -i 127.0.0.1 \
        -t "${3:-u1}" -nostdin -trace_err -error_file sipp.err </dev/null >sipp.log 2>&1
}
got() { jq -c --arg text "$2" 'select(.event == "push-received" and (.body | rtrimstr("\r\n")) == $text)' "$1.out" | grep -q .; }

device phone udp
phone=$pid
wait_for 20 said phone registered || fail "phone: $(told)"
device tablet tcp
wait_for 20 said tablet registered || fail "tablet: $(told)"
for name in phone tablet; do
    case $(gruu_of $name) in
        "sip:ann@core.example;gr=urn:uuid:"*) ;;
        *) fail "$name has no GRUU: $(told)" ;;
    esac
done
[ "$(gruu_of phone)" != "$(gruu_of tablet)" ] || fail "one GRUU for two devices"

message "$(gruu_of phone)" "to the phone" || fail "not relayed by GRUU: $(cat sipp.err) $(told)"
wait_for 5 got phone "to the phone" || fail "phone: $(told)"
message "$(gruu_of tablet)" "to the tablet" || fail "not relayed over TCP: $(cat sipp.err) $(told)"
wait_for 5 got tablet "to the tablet" || fail "tablet: $(told)"
got tablet "to the phone" || got phone "to the tablet" && fail "the wrong device: $(told)"
message "sip:ann@core.example" "to ann" || fail "not relayed to the address of record: $(cat sipp.err) $(told)"
anybody() { got phone "to ann" || got tablet "to ann"; }
wait_for 5 anybody || fail "nobody: $(told)"
echo "ok: registered with Kamailio, GRUUs, and its MESSAGEs came"

echo "refuse 486" >phone.in
wait_for 5 said phone refusing || fail "not refusing: $(told)"
message "$(gruu_of phone)" "unwanted" && fail "SIPp was told 200: $(told)"
grep -q '486' sipp.err || fail "the refusal got lost: $(cat sipp.err)"

gruu=$(gruu_of phone)
kill -9 "$phone"
wait "$phone" 2>/dev/null
rm phone.out
device phone udp
wait_for 20 said phone registered || fail "not back: $(told)"
[ "$(gruu_of phone)" = "$gruu" ] || fail "another GRUU: $(gruu_of phone), not $gruu"
said phone state-restored || fail "nothing was kept: $(told)"
message "$gruu" "after the restart" || fail "not relayed after the restart: $(cat sipp.err) $(told)"
wait_for 5 got phone "after the restart" || fail "phone: $(told)"
echo "ok: refused with its status, and the same registration after kill -9"
