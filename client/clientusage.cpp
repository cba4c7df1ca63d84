// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientusage.h"

#include "client/optionreader.h"

using namespace Qt::StringLiterals;

namespace reveille {

void declareClientOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Reference push client: one device that registers over SIP, CoAP or OTA-HTTP, is woken and takes "
        u"pushes.\n"
        "Prints one JSON line for each thing received or done. Commands on standard input: silent, answer, "
        "drop,\n"
        "register, unregister, refuse STATUS (0 ends it), deaf, hear, allow N, deny N, quit."_s);
    const auto add = [&](const char *name, const char *text, const char *value = nullptr) {
        addOption(parser, name, text, value);
    };
    addStandardOptions(parser);
    add("user", "Public user ID, sip:alice@lab.example. Needed.", "URI");
    add("device", "Device identity, a UUID or an IMEI. Default: a UUID made from user and name.", "ID");
    add("name", "Name of the device, shown to people.", "TEXT");
    add("password", "Password of the user.", "TEXT");
    add("password-file", "File whose first line is the password.", "FILE");
    add("realm", "Realm of the password. Default: what the registrar says.", "TEXT");
    add("registrar", "Where to register. Default: 127.0.0.1 and the port of the kind.", "HOST[:PORT]");
    add("connect", "sip, datagram (CoAP) or ota-http. Default: sip.", "KIND");
    add("transport", "udp, tcp or tls; datagram: udp or dtls; ota-http: tcp or tls. Default: udp, tcp.", "NAME");
    add("tls-ca", "Certificates of the authorities trusted, PEM. Default: the system's.", "FILE");
    add("tls-insecure", "Take any certificate.");
    add("local", "Own address. Default: the one that reaches the registrar.", "ADDRESS");
    add("expires", "Registration time asked for. Default: 3600.", "SECONDS");
    add("reg-id", "reg-id of RFC 5626, 0 for none. Default: 1.", "N");
    add("flows", "SIP flows to keep at a time, reg-id counting up. Default: 1.", "N");
    add("no-gruu", "Do not ask for a GRUU.");
    add("keep-alive", "stun, crlf, options or none. Default: stun.", "KIND");
    add("keep-alive-interval", "Default: 25, or what the registrar hands out.", "SECONDS");
    add("session", "Datagram: an application instance with its application; repeatable.", "NAME[=APP]");
    add("no-pinhole-tests", "Datagram: take no tests of quiet paths.");
    add("wake-address", "Where WSP pushes are listened for. Default: the own address.", "ADDRESS");
    add("client-port", "Port for WSP pushes, 0 for any. Default: 0.", "PORT");
    add("no-wake-listener", "Do not listen for WSP pushes.");
    add("coap-port", "Take CoAP requests of the server and the gateways on this port, 0 for any.", "PORT");
    add("call-port", "Take calls over HTTP on this port, 0 for any: OTA-HTTP, and SIRs by POST.", "PORT");
    add("call-tls", "Be called over TLS: OTA-HTTP only.");
    add("called-only", "OTA-HTTP: never connect, wait to be called.");
    add("plain-password", "OTA-HTTP: say the password in the clear without TLS.");
    add("wake-core", "A SIP core to register at as well, and be woken through.", "HOST[:PORT]");
    add("wake-core-transport", "udp, tcp or tls. Default: udp.", "NAME");
    add("wake-core-user", "Address of record at the core. Default: the user.", "URI");
    add("wake-core-password", "Password at the core. Default: the user's.", "TEXT");
    add("companion", "Hand a SIR for another device that comes over SIP on to this client port.", "ADDRESS:PORT");
    add("wake-bearer", "The wake route to name: wsp-udp, http for the call port, sip for the core. Default: wsp-udp.",
        "TYPE");
    add("no-wake-route", "Do not name a wake route when registering.");
    add("gateway", "A further gateway a SIR may name; repeatable.", "ADDRESS[:PORT]");
    add("application",
        "An application it has, with port=, session=, start=before|after, dormant, time=SECONDS, command=…; repeatable. "
        "Default: any.",
        "NAME[,…]");
    add("application-limit", "Programs of applications that may run at a time. Default: 4.", "N");
    add("unwanted-application", "Refuse SIRs that name this application; repeatable.", "NAME");
    add("quiet-hours", "Refuse SIRs between these times of the day.", "HH:MM-HH:MM");
    add("secure-only", "Refuse SIRs that lead to a server without TLS or DTLS.");
    add("ask", "Ask on standard output about each SIR, and wait for allow or deny.");
    add("state", "File to keep what is not to be forgotten over a restart in. Default: none.", "FILE");
    add("ask-timeout", "How long it waits; then it is denied. Default: 30.", "SECONDS");
    add("max-message", "Largest push taken in a session, 0 for no sessions. Default: 16777216.", "OCTETS");
    add("invite-after-sir", "Ask the server for a session when a SIR brought it back.");
    add("take-with", "Program that gets each push on its standard input; exit status 0: it has it.", "COMMAND");
    add("no-confirm", "Do not confirm pushes that ask for it.");
    add("accept-unsigned", "Follow unsigned SIRs although there is a password.");
    add("proven", "How long a packet of the registrar proves the path. Default: 30.", "SECONDS");
    add("retry", "First delay after a failed registration. Default: 2000.", "MS");
    add("timeout", "Time a request is given to be answered. Default: 32000.", "MS");
    add("silent", "Go silent once registered.");
    add("deaf", "Do not hear wake-ups.");
    add("fleet", "So many simulated devices instead of one; --fleet 1 --help shows their options.", "N");
    add("refuse", "Answer pushes with this status and follow no SIR.", "STATUS");
}

} // namespace reveille
