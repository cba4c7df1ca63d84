// SPDX-License-Identifier: GPL-3.0-or-later
#include "limitkeys.h"

#include "connections/datagram/datagramsettings.h"
#include "connections/msrp/msrpsettings.h"
#include "connections/otahttp/otahttpsettings.h"
#include "connections/sip/sipsettings.h"
#include "engine/registry.h"
#include "http/httpsettings.h"
#include "triggers/webpushsettings.h"

namespace reveille {

namespace {

/// A key, and the member that it is.
template <typename Settings>
struct Row {
    LimitKey key;
    void (*set)(Settings &, qint64);
    qint64 (*get)(const Settings &);
};

template <typename T>
struct MemberOf;
template <typename Class, typename Value>
struct MemberOf<Value Class::*> {
    using Settings = Class;
    using Type = Value;
};

/// `unit`: milliseconds in one step of a member that is a time.
template <auto member, int unit = 1>
auto row(const char *name, qint64 least, qint64 most, const char *limit)
{
    using Settings = typename MemberOf<decltype(member)>::Settings;
    using Type = typename MemberOf<decltype(member)>::Type;
    return Row<Settings>{{name, least, most, limit},
                         [](Settings &settings, qint64 value) { settings.*member = Type(value * unit); },
                         [](const Settings &settings) {
                             if constexpr (std::is_same_v<Type, Milliseconds>)
                                 return qint64((settings.*member).count() / unit);
                             else
                                 return qint64(settings.*member);
                         }};
}

/// The same for what stands in DatagramSettings::message.
template <auto member>
Row<DatagramSettings> messageRow(const char *name, qint64 least, qint64 most, const char *limit)
{
    using Type = typename MemberOf<decltype(member)>::Type;
    return {{name, least, most, limit},
            [](DatagramSettings &settings, qint64 value) { settings.message.*member = Type(value); },
            [](const DatagramSettings &settings) { return qint64(settings.message.*member); }};
}

constexpr int seconds = 1000;
constexpr qint64 oneHour = 3600;
constexpr qint64 million = 1000000;
constexpr qint64 gibibyte = 1024LL * 1024 * 1024;

const QVector<Row<SipSettings>> &sipRows()
{
    using S = SipSettings;
    static const QVector<Row<S>> rows{
        row<&S::handshakeTime, seconds>("sip/handshake_s", 1, 600, "handshakeTime"),
        row<&S::messageSeconds>("sip/message_s", 1, oneHour, "messageSeconds"),
        row<&S::maxWriteBuffer>("sip/max_write_buffer", 65536, gibibyte, "maxWriteBuffer"),
        row<&S::maxContacts>("sip/max_contacts", 1, 64, "maxContacts"),
        row<&S::maxBindings>("sip/max_bindings", 1, 10000, "maxBindings"),
        row<&S::manyDevices>("sip/many_devices", 1, 100000, "manyDevices"),
        row<&S::maxNonces>("sip/max_nonces", 100, 100 * million, "maxNonces"),
        row<&S::loginFailures>("sip/login_failures", 1, million, "loginFailures"),
        row<&S::loginPause, seconds>("sip/login_pause_s", 1, 86400, "loginPause"),
        row<&S::loginPairs>("sip/login_pairs", 100, 100 * million, "loginPairs"),
    };
    return rows;
}

const QVector<Row<MsrpSettings>> &msrpRows()
{
    using S = MsrpSettings;
    static const QVector<Row<S>> rows{
        row<&S::maxLinks>("msrp/max_connections", 0, million, "maxLinks"),
        row<&S::maxHandshakes>("msrp/max_handshakes", 1, 100000, "maxHandshakes"),
        row<&S::handshakeTime, seconds>("msrp/handshake_s", 1, 600, "handshakeTime"),
        row<&S::writeBuffer>("msrp/write_buffer", 4096, gibibyte, "writeBuffer"),
        row<&S::answerBuffer>("msrp/answer_buffer", 4096, gibibyte, "answerBuffer"),
        row<&S::maxUnanswered>("msrp/max_unanswered", 1, 100000, "maxUnanswered"),
        row<&S::bindTime, seconds>("msrp/bind_s", 1, oneHour, "bindTime"),
        row<&S::connectTime, seconds>("msrp/connect_s", 1, 600, "connectTime"),
    };
    return rows;
}

const QVector<Row<OtaHttpSettings>> &otaRows()
{
    using S = OtaHttpSettings;
    static const QVector<Row<S>> rows{
        row<&S::maxHandshakes>("ota_http/max_handshakes", 1, 100000, "maxHandshakes"),
        row<&S::handshakeTime, seconds>("ota_http/handshake_s", 1, 600, "handshakeTime"),
        row<&S::maxHead>("ota_http/max_head", 1024, gibibyte, "maxHead"),
        row<&S::maxBody>("ota_http/max_body", 1024, gibibyte, "maxBody"),
        row<&S::maxWriteBuffer>("ota_http/max_write_buffer", 65536, gibibyte, "maxWriteBuffer"),
        row<&S::maxPipeline>("ota_http/max_pipeline", 1, 1000, "maxPipeline"),
        row<&S::maxWaiting>("ota_http/max_waiting", 1, 100000, "maxWaiting"),
        row<&S::registrationTries>("ota_http/registration_tries", 1, 100, "registrationTries"),
        row<&S::loginTries>("ota_http/login_tries", 1, 100, "loginTries"),
        row<&S::loginFailures>("ota_http/login_failures", 1, million, "loginFailures"),
        row<&S::loginPause, seconds>("ota_http/login_pause_s", 1, 86400, "loginPause"),
        row<&S::loginPairs>("ota_http/login_pairs", 100, 100 * million, "loginPairs"),
        row<&S::maxCalls>("ota_http/max_calls", 1, 100000, "maxCalls"),
        row<&S::callTime, seconds>("ota_http/call_s", 1, 600, "callTime"),
        row<&S::stuckTime, seconds>("ota_http/stuck_s", 1, oneHour, "stuckTime"),
    };
    return rows;
}

const QVector<Row<DatagramSettings>> &datagramRows()
{
    using S = DatagramSettings;
    using M = CoapSettings;
    static const QVector<Row<S>> rows{
        row<&S::handshakeTime, seconds>("datagram/handshake_s", 1, 600, "handshakeTime"),
        row<&S::dtlsIdle, seconds>("datagram/dtls_idle_s", 1, 86400, "dtlsIdle"),
        row<&S::maxPinholeTests>("datagram/max_pinhole_tests", 1, million, "maxPinholeTests"),
        messageRow<&M::maxRemembered>("datagram/max_remembered", 100, 100 * million, "maxRemembered"),
        messageRow<&M::maxRememberedOctets>("datagram/max_remembered_octets", 65536, 64 * gibibyte, "maxRememberedOctets"),
        messageRow<&M::maxOwed>("datagram/max_owed", 1, 100 * million, "maxOwed"),
        messageRow<&M::maxQueued>("datagram/max_queued", 1, 100000, "maxQueued"),
        messageRow<&M::maxExchanges>("datagram/max_exchanges", 1, 100 * million, "maxExchanges"),
        messageRow<&M::answerBurst>("datagram/answer_burst", 0, 10 * million, "answerBurst"),
        messageRow<&M::maxSources>("datagram/max_sources", 1, 100 * million, "maxSources"),
        messageRow<&M::amplification>("datagram/amplification", 1, 100, "amplification"),
    };
    return rows;
}

const QVector<Row<RegistryLimits>> &registryRows()
{
    using S = RegistryLimits;
    static const QVector<Row<S>> rows{
        row<&S::maxDevices>("server/max_devices", 1, 100000, "maxDevices"),
        row<&S::maxFlows>("server/max_flows", 1, 1000, "maxFlows"),
    };
    return rows;
}

const QVector<Row<WriteBehind::Limits>> &writeRows()
{
    using S = WriteBehind::Limits;
    static const QVector<Row<S>> rows{
        row<&S::maxLag, seconds>("store/max_lag_s", 1, oneHour, "maxLag"),
    };
    return rows;
}

const QVector<Row<PinholeLearner::Settings>> &pinholeRows()
{
    using S = PinholeLearner::Settings;
    static const QVector<Row<S>> rows{
        row<&S::maxNetworks>("liveness/max_networks", 100, 10 * million, "maxNetworks"),
    };
    return rows;
}

const QVector<Row<PushDispatcher::Limits>> &pushRows()
{
    using S = PushDispatcher::Limits;
    static const QVector<Row<S>> rows{
        row<&S::pendingTotal>("pushes/pending_total", 1, 100 * million, "pendingTotal"),
        row<&S::pendingOctets>("pushes/pending_octets", 65536, 1024 * gibibyte, "pendingOctets"),
        row<&S::pendingPerInitiator>("pushes/pending_per_initiator", 1, 100 * million, "pendingPerInitiator"),
        row<&S::pendingOctetsPerInitiator>("pushes/pending_octets_per_initiator", 65536, 1024 * gibibyte, "pendingOctetsPerInitiator"),
        row<&S::awaitedTotal>("pushes/awaited_total", 1, 100 * million, "awaitedTotal"),
        row<&S::awaitedOctets>("pushes/awaited_octets", 65536, 1024 * gibibyte, "awaitedOctets"),
        row<&S::pendingPerDevice>("pushes/pending_per_device", 1, million, "pendingPerDevice"),
        row<&S::bodySize>("pushes/max_body", 1024, 64 * 1024 * 1024, "bodySize"),
        row<&S::attempts>("pushes/attempts", 1, 1000, "attempts"),
        row<&S::retry, seconds>("pushes/retry_s", 1, oneHour, "retry"),
    };
    return rows;
}

const QVector<Row<FaultPlan::Settings>> &faultRows()
{
    using S = FaultPlan::Settings;
    static const QVector<Row<S>> rows{
        row<&S::maxRules>("faults/max_rules", 1, 10000, "maxRules"),
        row<&S::maxHeld>("faults/max_held", 1, million, "maxHeld"),
        row<&S::longestLife, seconds>("faults/longest_s", 1, 86400, "longestLife"),
    };
    return rows;
}

const QVector<Row<PushResources::Limits>> &pushResourceRows()
{
    using S = PushResources::Limits;
    static const QVector<Row<S>> rows{
        row<&S::maxPushResources>("triggers/webpush_per_device", 1, 10000, "maxPushResources"),
    };
    return rows;
}

const QVector<Row<HttpSettings>> &httpRows()
{
    static const QVector<Row<HttpSettings>> rows{
        row<&HttpSettings::maxPerAddress>("http/max_per_address", 0, 100000, "maxPerAddress"),
        row<&HttpSettings::maxBodies>("http/max_bodies", 65536, 64 * gibibyte, "maxBodies"),
    };
    return rows;
}

const QVector<Row<WebPushSettings>> &webPushRows()
{
    using S = WebPushSettings;
    static const QVector<Row<S>> rows{
        row<&S::maxContent>("triggers/webpush_max_content", 4096, million, "maxContent"),
        row<&S::maxLifetime>("triggers/webpush_max_lifetime_s", 1, 28 * 86400, "maxLifetime"),
    };
    return rows;
}

template <typename Settings>
void put(const QMap<QString, qint64> &given, const QVector<Row<Settings>> &rows, Settings &settings)
{
    for (const Row<Settings> &row : rows) {
        if (const auto found = given.constFind(QLatin1String(row.key.name)); found != given.constEnd())
            row.set(settings, *found);
    }
}

template <typename Settings>
void add(QVector<LimitKey> &keys, const QVector<Row<Settings>> &rows)
{
    for (const Row<Settings> &row : rows)
        keys.append(row.key);
}

template <typename Settings>
void addDefaults(QMap<QString, qint64> &values, const QVector<Row<Settings>> &rows)
{
    for (const Row<Settings> &row : rows)
        values.insert(QString::fromLatin1(row.key.name), row.get(Settings()));
}

} // namespace

const QVector<LimitKey> &limitKeys()
{
    static const QVector<LimitKey> all = [] {
        QVector<LimitKey> keys;
        add(keys, registryRows());
        add(keys, writeRows());
        add(keys, sipRows());
        add(keys, msrpRows());
        add(keys, otaRows());
        add(keys, datagramRows());
        add(keys, pinholeRows());
        add(keys, pushRows());
        add(keys, faultRows());
        add(keys, httpRows());
        add(keys, pushResourceRows());
        add(keys, webPushRows());
        return keys;
    }();
    return all;
}

void applyLimits(const QMap<QString, qint64> &given, SipSettings &settings)
{
    put(given, sipRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, MsrpSettings &settings)
{
    put(given, msrpRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, OtaHttpSettings &settings)
{
    put(given, otaRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, DatagramSettings &settings)
{
    put(given, datagramRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, RegistryLimits &limits)
{
    put(given, registryRows(), limits);
}

void applyLimits(const QMap<QString, qint64> &given, WriteBehind::Limits &limits)
{
    put(given, writeRows(), limits);
}

void applyLimits(const QMap<QString, qint64> &given, PinholeLearner::Settings &settings)
{
    put(given, pinholeRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, PushDispatcher::Limits &limits)
{
    put(given, pushRows(), limits);
}

void applyLimits(const QMap<QString, qint64> &given, FaultPlan::Settings &settings)
{
    put(given, faultRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, HttpSettings &settings)
{
    put(given, httpRows(), settings);
}

void applyLimits(const QMap<QString, qint64> &given, PushResources::Limits &limits)
{
    put(given, pushResourceRows(), limits);
}

void applyLimits(const QMap<QString, qint64> &given, WebPushSettings &settings)
{
    put(given, webPushRows(), settings);
}

QMap<QString, qint64> limitDefaults()
{
    QMap<QString, qint64> values;
    addDefaults(values, registryRows());
    addDefaults(values, writeRows());
    addDefaults(values, sipRows());
    addDefaults(values, msrpRows());
    addDefaults(values, otaRows());
    addDefaults(values, datagramRows());
    addDefaults(values, pinholeRows());
    addDefaults(values, pushRows());
    addDefaults(values, faultRows());
    addDefaults(values, httpRows());
    addDefaults(values, pushResourceRows());
    addDefaults(values, webPushRows());
    return values;
}

} // namespace reveille
