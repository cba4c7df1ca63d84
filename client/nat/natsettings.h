// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/simulation/simulationendpoint.h"
#include "domain/timestamp.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace reveille {

enum class NatProtocol : quint8 { Udp, Tcp };

/// Which packets make a mapping of UDP live on (RFC 4787 section 4.3).
enum class NatRefresh : quint8 { Both, Outbound, Inbound };

/// From whom a mapping of UDP lets packets in (RFC 4787 section 5).
enum class NatFiltering : quint8 { AddressAndPort, Address, Endpoint };

/// What becomes of what is sent over a TCP connection whose mapping is gone (RFC 5382 section 5): swallowed
/// without a word, or answered with a reset to whoever sent it.
enum class NatLate : quint8 { Silent, Reset };

/// What happens on the way in one direction. Of TCP only delay, jitter and blocked apply, as what is lost
/// there is sent again. Times are those of the way outside the NAT.
struct NatImpairment {
    int lossPercent = 0;
    int duplicatePercent = 0;
    int reorderPercent = 0; ///< so many come late by reorderDelay, behind others
    Milliseconds reorderDelay{40};
    Milliseconds delay{0};
    Milliseconds jitter{0}; ///< up to so much more; alone it changes no order
    bool blocked = false;   ///< of UDP nothing passes, of TCP nothing until it ends
    friend bool operator==(const NatImpairment &, const NatImpairment &) = default;
};

/// How the simulated NAT behaves; all of it can change while it runs. Any thread.
struct NatSettings {
    Milliseconds udpTimeout{30'000}; ///< without a packet that refreshes, a mapping is gone
    NatRefresh udpRefresh = NatRefresh::Both;
    NatFiltering udpFiltering = NatFiltering::AddressAndPort;
    Milliseconds tcpTimeout{7'440'000}; ///< RFC 5382 section 5: no shorter than two hours and four minutes
    NatLate tcpLate = NatLate::Silent;
    Milliseconds rebindEvery{0}; ///< every mapping gets another outside port so often; 0: never
    NatImpairment outbound;
    NatImpairment inbound;

    // Bounds.
    int maxMappings = 1000;    ///< at the limit a packet that needs a new one is dropped
    int maxQueued = 1'048'576; ///< octets under way because of delay, all mappings together
    int maxForgotten = 500;    ///< mappings gone whose ports nobody answers on: of UDP, and as many of TCP
    Milliseconds forgottenFor{600'000}; ///< and how long
    friend bool operator==(const NatSettings &, const NatSettings &) = default;
};

/// Which mappings are meant; empty: all.
struct NatSelection {
    std::optional<quint64> mapping;
    std::optional<NatProtocol> protocol;
    std::optional<SimulationEndpoint> inside;
    friend bool operator==(const NatSelection &, const NatSelection &) = default;
};

/// What can be told to a NAT that runs.
struct NatCommand {
    enum class Kind : quint8 { Set, Rebind, Forget, Mappings, Counters, Quit };
    Kind kind = Kind::Counters;
    NatSettings settings;   ///< Set: all of them, changed or not
    NatSelection selection; ///< Rebind, Forget, Mappings
};

const char *natProtocolText(NatProtocol protocol); ///< "udp", "tcp"

QJsonObject toJson(const NatSettings &settings);
/// Fields that are not there keep the value of `current`. Errors as in wire/json.h.
Result<NatSettings> natSettingsFromJson(const QJsonObject &object, const NatSettings &current);

/// {"do":"set", settings…} {"do":"rebind"|"forget"|"mappings", "mapping"?:N, "protocol"?:"udp"|"tcp",
/// "inside"?:"ADDRESS:PORT"} {"do":"counters"} {"do":"quit"}. Errors as in wire/json.h, and endpoint-value.
Result<NatCommand> natCommandFromJson(QByteArrayView line, const NatSettings &current);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::NatSettings)
