// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "domain/publicuserid.h"
#include "limitkeys.h"
#include "triggerorigins.h"

#include <QFileInfo>
#include <QSettings>

#include <functional>
#include <limits>

namespace reveille {

namespace {

using Apply = std::function<bool(Config &, const QString &)>;

struct Key {
    const char *name; ///< section/key
    Apply apply;      ///< false: not a value of this key
};

Apply text(QString Config::*member)
{
    return [member](Config &config, const QString &value) {
        config.*member = value;
        return true;
    };
}

Apply list(QStringList Config::*member)
{
    return [member](Config &config, const QString &value) {
        QStringList &items = config.*member;
        items.clear();
        for (const QString &item : value.split(u',', Qt::SkipEmptyParts))
            items.append(item.trimmed());
        return true;
    };
}

Apply listen(ListenAddress Config::*member)
{
    return [member](Config &config, const QString &value) {
        const Result<ListenAddress> address = ListenAddress::parse(value);
        if (address)
            config.*member = *address;
        return address.ok();
    };
}

template <typename T>
Apply number(T Config::*member, qint64 least, qint64 most)
{
    return [=](Config &config, const QString &value) {
        bool isNumber = false;
        const qint64 n = value.toLongLong(&isNumber);
        if (!isNumber || n < least || n > most)
            return false;
        config.*member = T(n);
        return true;
    };
}

Apply milliseconds(Milliseconds Config::*member)
{
    return number(member, 0, 24LL * 3600 * 1000);
}

Apply networks(QString Config::*member)
{
    return [member](Config &config, const QString &value) {
        config.*member = value;
        return parseNetworks(value).ok();
    };
}

/// "192.0.2.7=sip:alice@lab.example, …"
Apply papAddresses(QStringList Config::*member)
{
    return [=](Config &config, const QString &value) {
        list(member)(config, value);
        const QStringList &items = config.*member;
        return std::all_of(items.cbegin(), items.cend(), [](const QString &item) {
            const qsizetype equals = item.indexOf(u'=');
            return equals > 0 && PublicUserId::parse(item.sliced(equals + 1)).ok();
        });
    };
}

/// Networks, and the word "public".
Apply notifyNetworks(QStringList Config::*member)
{
    return [=](Config &config, const QString &value) {
        list(member)(config, value);
        const QStringList &items = config.*member;
        return std::all_of(items.cbegin(), items.cend(), [](const QString &item) {
            return item == QLatin1String("public") || IpNetwork::parse(item).ok();
        });
    };
}

Apply certificate(TlsFiles Config::*member)
{
    return [member](Config &config, const QString &value) {
        (config.*member).certificate = value;
        return true;
    };
}

Apply privateKey(TlsFiles Config::*member)
{
    return [member](Config &config, const QString &value) {
        (config.*member).key = value;
        return true;
    };
}

Apply choice(bool Config::*member, const char *whenTrue, const char *whenFalse)
{
    return [=](Config &config, const QString &value) {
        if (value != QLatin1String(whenTrue) && value != QLatin1String(whenFalse))
            return false;
        config.*member = value == QLatin1String(whenTrue);
        return true;
    };
}

const QVector<Key> &keys()
{
    constexpr qint64 anyInt = std::numeric_limits<int>::max();
    static const QVector<Key> table = {
        {"server/realm",
         [](Config &config, const QString &value) {
             const bool isHost = PublicUserId::parse(QStringLiteral("x@") + value).ok();
             config.realm = value;
             return isHost;
         }},
        {"server/ports", choice(&Config::anyPorts, "any", "standard")},
        {"server/public_address", text(&Config::publicAddress)},
        {"sip/udp", listen(&Config::sipUdp)},
        {"sip/tcp", listen(&Config::sipTcp)},
        {"sip/tls", listen(&Config::sipTls)},
        {"sip/certificate", certificate(&Config::sipTlsFiles)},
        {"sip/key", privateKey(&Config::sipTlsFiles)},
        {"sip/path_networks", networks(&Config::sipPathNetworks)},
        {"sip/authentication", choice(&Config::sipDigest, "digest", "open")},
        {"sip/domains", list(&Config::sipDomains)},
        {"sip/min_expires", number(&Config::sipMinExpires, 1, 3600)},
        {"sip/max_expires", number(&Config::sipMaxExpires, 60, 604800)},
        {"sip/default_expires", number(&Config::sipDefaultExpires, 1, 604800)},
        {"sip/flow_timer", number(&Config::sipFlowTimer, 0, 3600)},
        {"sip/max_connections", number(&Config::sipMaxConnections, 1, 1000000)},
        {"sip/max_handshakes", number(&Config::sipMaxHandshakes, 1, 100000)},
        {"sip/max_transactions", number(&Config::sipMaxTransactions, 1, 10000000)},
        {"sip/idle_s", number(&Config::sipIdleSeconds, 1, 86400)},
        {"msrp/tcp", listen(&Config::msrpTcp)},
        {"msrp/tls", listen(&Config::msrpTls)},
        {"msrp/certificate", certificate(&Config::msrpTlsFiles)},
        {"msrp/key", privateKey(&Config::msrpTlsFiles)},
        {"msrp/max_message", number(&Config::msrpMaxMessage, 2048, 1024LL * 1024 * 1024)},
        {"msrp/max_sessions", number(&Config::msrpMaxSessions, 1, 100000)},
        {"msrp/session_s", number(&Config::msrpSessionSeconds, 90, 86400)},
        {"ota_http/tcp", listen(&Config::otaTcp)},
        {"ota_http/tls", listen(&Config::otaTls)},
        {"ota_http/certificate", certificate(&Config::otaTlsFiles)},
        {"ota_http/key", privateKey(&Config::otaTlsFiles)},
        {"ota_http/authentication", choice(&Config::otaNeedsPassword, "required", "open")},
        {"ota_http/allowed_networks", networks(&Config::otaAllowedNetworks)},
        {"ota_http/max_connections", number(&Config::otaMaxConnections, 1, 1000000)},
        {"ota_http/idle_s", number(&Config::otaIdleSeconds, 1, 3600)},
        {"ota_http/user_timeout_ms", number(&Config::otaUserTimeout, 1000, 3600000)},
        {"datagram/coap", listen(&Config::datagramCoap)},
        {"datagram/dtls", listen(&Config::datagramDtls)},
        {"datagram/allowed_networks", networks(&Config::datagramAllowedNetworks)},
        {"datagram/authentication", choice(&Config::datagramNeedsDtls, "dtls", "network")},
        {"datagram/min_lifetime", number(&Config::datagramMinLifetime, 1, anyInt)},
        {"datagram/max_lifetime", number(&Config::datagramMaxLifetime, 1, anyInt)},
        {"datagram/default_lifetime", number(&Config::datagramDefaultLifetime, 1, anyInt)},
        {"datagram/max_sessions", number(&Config::datagramMaxSessions, 1, 100000000)},
        {"datagram/max_dtls", number(&Config::datagramMaxDtls, 1, 1000000)},
        {"datagram/max_handshakes", number(&Config::datagramMaxHandshakes, 1, 100000)},
        {"datagram/answers_per_second", number(&Config::datagramAnswersPerSecond, 1, 1000000)},
        {"triggers/http", listen(&Config::triggersHttp)},
        {"triggers/https", listen(&Config::triggersHttps)},
        {"triggers/certificate", certificate(&Config::triggersTlsFiles)},
        {"triggers/key", privateKey(&Config::triggersTlsFiles)},
        {"triggers/pushes_per_second", number(&Config::triggersPerSecond, 0, 1000000)},
        {"triggers/pushes_per_day", number(&Config::triggersPerDay, 0, 1000000000000LL)},
        {"triggers/misses_per_minute", number(&Config::triggersMissesPerMinute, 1, 1000000)},
        {"triggers/guesses_per_minute", number(&Config::triggersGuessesPerMinute, 1, 1000000)},
        {"triggers/authentication", choice(&Config::triggersNeedToken, "required", "open")},
        {"triggers/public_url",
         [](Config &config, const QString &value) {
             config.triggersPublicUrl = value;
             return value.isEmpty() || originOf(value).ok();
         }},
        {"triggers/pap_lifetime_s", number(&Config::papLifetimeSeconds, 1, 28 * 86400)},
        {"triggers/pap_networks", list(&Config::papNetworks)},
        {"triggers/pap_bearers", list(&Config::papBearers)},
        {"triggers/pap_addresses", papAddresses(&Config::papAddresses)},
        {"triggers/notify_networks", notifyNetworks(&Config::notifyNetworks)},
        {"operations/http", listen(&Config::operationsHttp)},
        {"operations/import_octets", number(&Config::importOctets, 1024, 1024LL * 1024 * 1024)},
        {"operations/import_rows", number(&Config::importRows, 1, 10000000)},
        {"http/max_connections", number(&Config::httpMaxConnections, 1, 100000)},
        {"http/max_body", number(&Config::httpMaxBody, 1024, 64LL * 1024 * 1024)},
        {"http/header_s", number(&Config::httpHeaderSeconds, 1, 600)},
        {"http/body_s", number(&Config::httpBodySeconds, 1, 600)},
        {"http/idle_s", number(&Config::httpIdleSeconds, 1, 3600)},
        {"store/driver",
         [](Config &config, const QString &value) {
             config.storeDriver = value;
             return value == QLatin1String("sqlite");
         }},
        {"store/database", text(&Config::storeDatabase)},
        {"store/journal_rows", number(&Config::journalKeepRows, 1000, anyInt)},
        {"wake/routes", list(&Config::wakeRoutes)},
        {"wake/attempts", number(&Config::wakeAttempts, 1, 100)},
        {"wake/answer_timeout_ms", milliseconds(&Config::wakeAnswerTimeout)},
        {"wake/backoff_ms", milliseconds(&Config::wakeBackoff)},
        {"wake/mode",
         [](Config &config, const QString &value) {
             const std::optional<SirMode> mode = sirModeFromText(value);
             config.wakeMode = mode.value_or(SirMode::Routed);
             return mode.has_value();
         }},
        {"wake/identity",
         [](Config &config, const QString &value) {
             const Result<IdentityPlacements> placement = identityPlacementsFromText(value);
             config.identityPlacement = placement.valueOr(IdentityPlacement::Body);
             return placement.ok();
         }},
        {"wake/policy",
         [](Config &config, const QString &value) {
             config.wakePolicy = wakeRuleFromText(value).value_or(WakeRule::Inherit);
             return config.wakePolicy != WakeRule::Inherit;
         }},
        {"wake/automatic_limit", number(&Config::wakeAutomaticLimit, 0, 100000)},
        {"wake/automatic_pause_s", number(&Config::wakeAutomaticPause, 0, 604800)},
        {"wake/before_expiry_s", number(&Config::wakeBeforeExpiry, 0, 86400)},
        {"wake/retry_unreachable_s", number(&Config::wakeRetryUnreachable, 0, 604800)},
        {"wake/active_limit", number(&Config::wakeActiveLimit, 1, 1000000)},
        {"wake/queue_limit", number(&Config::wakeQueueLimit, 1, 10000000)},
        {"faults/allowed",
         [](Config &config, const QString &value) {
             config.faultsAllowed.reset();
             if (value != QLatin1String("loopback"))
                 config.faultsAllowed = value == QLatin1String("yes");
             return value == QLatin1String("loopback") || value == QLatin1String("yes") || value == QLatin1String("no");
         }},
        {"liveness/keep_alive_grace_ms", milliseconds(&Config::keepAliveGrace)},
        {"liveness/udp_pinhole_ms", milliseconds(&Config::udpPinhole)},
        {"liveness/tcp_silence_ms", milliseconds(&Config::tcpSilence)},
        {"liveness/request_timeout_ms", number(&Config::requestTimeout, 100, 32000)},
        {"liveness/learn", choice(&Config::learnPinholes, "on", "off")},
        {"liveness/keep_alive_s", number(&Config::keepAliveFixed, 0, 86400)},
        {"liveness/keep_alive_min_s", number(&Config::keepAliveShortest, 1, 86400)},
        {"liveness/keep_alive_max_s", number(&Config::keepAliveLongest, 1, 86400)},
    };
    return table;
}

Result<Done> applyBearer(Config &config, const QString &section, const QString &key, const QString &value)
{
    const QString name = section.mid(int(qstrlen("bearer.")));
    if (name.isEmpty())
        return Error{"config-unknown-key", section + u'/' + key};
    auto known = std::find_if(config.bearers.begin(), config.bearers.end(),
                              [&](const BearerConfig &bearer) { return bearer.name == name; });
    if (known == config.bearers.end()) {
        config.bearers.append({name, {}, {}});
        known = config.bearers.end() - 1;
    }
    if (key == QLatin1String("identity")) {
        const Result<IdentityPlacements> placement = identityPlacementsFromText(value);
        if (!placement)
            return Error{"config-value", section + u'/' + key + u'=' + value};
        known->identity = *placement;
    } else if (key == QLatin1String("type"))
        known->type = value;
    else
        known->values.insert(key, value);
    return Done{};
}

Result<Done> apply(Config &config, const QString &path, const QString &value)
{
    const qsizetype slash = path.indexOf(u'/');
    const QString section = path.left(slash);
    if (slash > 0 && section.startsWith(QLatin1String("bearer.")))
        return applyBearer(config, section, path.mid(slash + 1), value);
    for (const Key &key : keys()) {
        if (path != QLatin1String(key.name))
            continue;
        if (!key.apply(config, value.trimmed()))
            return Error{"config-value", path + u'=' + value};
        return Done{};
    }
    for (const LimitKey &key : limitKeys()) {
        if (path != QLatin1String(key.name))
            continue;
        bool isNumber = false;
        const qint64 n = value.trimmed().toLongLong(&isNumber);
        if (!isNumber || n < key.least || n > key.most)
            return Error{"config-value", path + u'=' + value};
        config.limits.insert(path, n);
        return Done{};
    }
    return Error{"config-unknown-key", path};
}

/// QSettings turns a value with commas into a list; here it is text again.
QString asText(const QVariant &value)
{
    return value.typeId() == QMetaType::QStringList ? value.toStringList().join(u',') : value.toString();
}

Result<Done> checkWhole(const Config &config)
{
    if (config.sipMinExpires > config.sipMaxExpires)
        return Error{"config-value", QStringLiteral("sip/min_expires=%1").arg(config.sipMinExpires)};
    if (config.sipDefaultExpires < config.sipMinExpires || config.sipDefaultExpires > config.sipMaxExpires)
        return Error{"config-value", QStringLiteral("sip/default_expires=%1").arg(config.sipDefaultExpires)};
    if (config.datagramMinLifetime > config.datagramMaxLifetime)
        return Error{"config-value", QStringLiteral("datagram/min_lifetime=%1").arg(config.datagramMinLifetime)};
    if (config.datagramDefaultLifetime < config.datagramMinLifetime
        || config.datagramDefaultLifetime > config.datagramMaxLifetime)
        return Error{"config-value", QStringLiteral("datagram/default_lifetime=%1").arg(config.datagramDefaultLifetime)};
    if (config.keepAliveShortest > config.keepAliveLongest)
        return Error{"config-value", QStringLiteral("liveness/keep_alive_min_s=%1").arg(config.keepAliveShortest)};
    for (const auto &[section, files] : {std::pair{"sip", config.sipTlsFiles}, std::pair{"msrp", config.msrpTlsFiles},
                                         std::pair{"ota_http", config.otaTlsFiles},
                                         std::pair{"triggers", config.triggersTlsFiles}}) {
        if (files.certificate.isEmpty() != files.key.isEmpty())
            return Error{"config-value", QStringLiteral("%1/%2=").arg(QLatin1String(section), QLatin1String(files.key.isEmpty() ? "key" : "certificate"))};
    }
    for (const BearerConfig &bearer : config.bearers) {
        if (bearer.type.isEmpty())
            return Error{"config-value", QStringLiteral("bearer.%1/type=").arg(bearer.name)};
    }
    return Done{};
}

} // namespace

const QVector<Config::Listener> &Config::listeners()
{
    static const QVector<Listener> all = {
        {"sip/udp", &Config::sipUdp},           {"sip/tcp", &Config::sipTcp},
        {"sip/tls", &Config::sipTls},           {"msrp/tcp", &Config::msrpTcp},
        {"msrp/tls", &Config::msrpTls},         {"ota_http/tcp", &Config::otaTcp},
        {"ota_http/tls", &Config::otaTls},      {"datagram/coap", &Config::datagramCoap},
        {"datagram/dtls", &Config::datagramDtls}, {"triggers/http", &Config::triggersHttp},
        {"triggers/https", &Config::triggersHttps}, {"operations/http", &Config::operationsHttp}};
    return all;
}

void Config::takeAnyPorts(const QStringList &except)
{
    for (const Listener &listener : listeners()) {
        if (!except.contains(QLatin1String(listener.key)))
            (this->*listener.address).port = 0;
    }
}

Result<ListenAddress> ListenAddress::parse(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    ListenAddress listen;
    if (trimmed == u"off") {
        listen.enabled = false;
        return listen;
    }
    const qsizetype colon = trimmed.lastIndexOf(u':');
    const QStringView host = colon < 0 ? QStringView(u"127.0.0.1") : trimmed.left(colon);
    const QStringView port = colon < 0 ? trimmed : trimmed.mid(colon + 1);
    bool isNumber = false;
    const uint number = port.toUInt(&isNumber);
    const Result<IpAddress> address = IpAddress::parse(host);
    if (!isNumber || number > 65535 || !address)
        return Error{"listen-address", trimmed.toString().left(100)};
    listen.address = *address;
    listen.port = quint16(number);
    return listen;
}

QString ListenAddress::toString() const
{
    if (!enabled)
        return QStringLiteral("off");
    const QString host = address.isV4() ? address.toString() : u'[' + address.toString() + u']';
    return host + u':' + QString::number(port);
}

Config Config::defaults()
{
    Config config;
    const IpAddress loopback = *IpAddress::parse(u"127.0.0.1");
    config.sipUdp = {loopback, 5060, true};
    config.sipTcp = {loopback, 5060, true};
    config.sipTls = {loopback, 5061, true};
    config.msrpTcp = {loopback, 2855, true};
    config.msrpTls = {loopback, 2856, true};
    config.otaTcp = {loopback, 4035, true};
    config.otaTls = {loopback, 4036, true};
    config.otaAllowedNetworks = config.datagramAllowedNetworks = QStringLiteral("127.0.0.0/8, ::1/128");
    config.datagramCoap = {loopback, 5683, true};
    config.datagramDtls = {loopback, 5684, true};
    config.triggersHttp = {loopback, 8080, true};
    config.triggersHttps = {loopback, 8443, true};
    config.operationsHttp = {loopback, 8081, true};
    config.bearers = {{QStringLiteral("wsp"),
                       QStringLiteral("wsp-udp"),
                       {{QStringLiteral("allowed_networks"), QStringLiteral("127.0.0.0/8, ::1/128")}}}};
    return config;
}

Result<Config> Config::read(const QString &file, const QStringList &overrides)
{
    Config config = defaults();
    QStringList given;
    if (!file.isEmpty()) {
        const QFileInfo info(file);
        if (!info.exists())
            return Error{"config-file-missing", file};
        if (!info.isFile() || !info.isReadable())
            return Error{"config-file-unreadable", file};
        QSettings settings(file, QSettings::IniFormat);
        if (settings.status() != QSettings::NoError)
            return Error{"config-syntax", file};
        for (const QString &path : settings.allKeys()) {
            const Result<Done> applied = apply(config, path, asText(settings.value(path)));
            if (!applied)
                return applied.error();
            given.append(path);
        }
    }
    for (const QString &override : overrides) {
        const qsizetype equals = override.indexOf(u'=');
        if (equals <= 0)
            return Error{"config-syntax", override};
        const Result<Done> applied = apply(config, override.left(equals), override.mid(equals + 1));
        if (!applied)
            return applied.error();
        given.append(override.left(equals));
    }
    if (config.anyPorts)
        config.takeAnyPorts(given);
    const Result<Done> whole = checkWhole(config);
    if (!whole)
        return whole.error();
    return config;
}

QStringList Config::knownKeys()
{
    QStringList names;
    for (const Key &key : keys())
        names.append(QString::fromLatin1(key.name));
    for (const LimitKey &key : limitKeys())
        names.append(QString::fromLatin1(key.name));
    return names;
}

} // namespace reveille
