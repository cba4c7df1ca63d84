# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts with a simulated NAT share. Sourced after sip-lib.sh and firewall-lib.sh, not run. They show what the
# firewall scripts show, without root: `reveille-sim nat` stands between device and server, all of them on loopback.

server_address=127.0.0.1
bearer_device=127.0.0.1
in_server() { "$@"; }

start_behind() { # PROGRAM_DIR [reveilled options…]: the server, and the NAT before its SIP and CoAP
    local programs=$1
    shift
    trap end_all EXIT
    need curl jq
    start_server "$programs" "$@"
    mkfifo "$work/nat.in"
    exec {nat_commands}<>"$work/nat.in"
    background "$programs/reveille-sim" nat --udp "$(bound sip_udp)" --udp "$(bound datagram_coap)" --tcp "$(bound sip_tcp)" \
        --outside 127.0.77.1 --outside 127.0.77.2 "${nat_options[@]}" <&"$nat_commands" >"$work/nat.out" 2>"$work/nat.err"
    wait_for 10 grep -q '"ready"' "$work/nat.out" || fail "no NAT: $(cat "$work/nat.err")"
}

inside() { # KEY of the NAT's ready line: where devices find the server
    sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/nat.out" | head -1
}

tell_nat() { echo "$1" >"$work/nat.in"; }

start_device() { # NAME PROGRAM_DIR [reveille-client options…]: prints to $work/NAME.out, obeys $work/NAME.in
    local name=$1 programs=$2
    shift 2
    mkfifo "$work/$name.in"
    exec {commands}<>"$work/$name.in"
    background "$programs/reveille-client" --name "$name" --retry 500 --wake-address "$bearer_device" "$@" \
        <&"$commands" >"$work/$name.out" 2>"$work/$name.err"
}

# Whether the NAT still remembers a flow of this protocol.
remembers() {
    [ "$(grep '"mapping-made"' "$work/nat.out" | grep -c "\"protocol\":\"$1\"")" -gt \
        "$(grep '"mapping-closed"' "$work/nat.out" | grep -c "\"protocol\":\"$1\"")" ]
}
forget_pinholes() { tell_nat '{"do":"rebind"}'; }
