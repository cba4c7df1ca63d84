// SPDX-License-Identifier: GPL-3.0-or-later
#include "carrierbearersections.h"

#include "bearers/gammubearer.h"
#include "bearers/httpbearer.h"
#include "bearers/kannelbearer.h"
#include "sipbearer.h"

#include <QSslCertificate>

namespace reveille {

namespace {

using Made = Result<std::unique_ptr<Bearer>>;

WakeQueue::Settings queueOf(BearerSection &section, int perSecond, int window)
{
    WakeQueue::Settings settings;
    settings.perSecond = int(section.number(QStringLiteral("per_second"), perSecond, 1, 100000));
    settings.window = int(section.number(QStringLiteral("window"), window, 1, 10000));
    settings.limit = int(section.number(QStringLiteral("queue"), settings.limit, 1, 1000000));
    return settings;
}

Milliseconds timeOf(BearerSection &section, const QString &key, int fallback)
{
    return Milliseconds(section.number(key, fallback, 10, 3600000));
}

/// Trusts the authorities in the PEM file of `ca_file`; those of the system where it is empty.
QSslConfiguration tlsOf(BearerSection &section)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    const QString key = QStringLiteral("ca_file");
    const QString file = section.text(key);
    if (file.isEmpty())
        return tls;
    const QList<QSslCertificate> authorities = QSslCertificate::fromPath(file);
    if (authorities.isEmpty())
        section.reject(key);
    tls.setCaCertificates(authorities);
    return tls;
}

Backoff backoffOf(BearerSection &section)
{
    const Milliseconds first = timeOf(section, QStringLiteral("retry_ms"), 1000);
    return Backoff(first, std::max(first, timeOf(section, QStringLiteral("longest_retry_ms"), 60000)));
}

/// An http or https URL; `needed`: an empty one is wrong.
std::optional<HttpPlace> placeOf(BearerSection &section, const QString &key, bool needed)
{
    const QString url = section.text(key);
    if (url.isEmpty() && !needed)
        return std::nullopt;
    const Result<HttpPlace> place = HttpPlace::parse(url);
    if (place)
        return *place;
    section.reject(key);
    return std::nullopt;
}

/// Where Kannel reports; nothing where the section says off.
std::optional<KannelReceipts::Settings> receiptsOf(BearerSection &section)
{
    const QString key = QStringLiteral("receipts");
    const QString where = section.text(key, QStringLiteral("127.0.0.1:0"));
    KannelReceipts::Settings settings;
    settings.publicUrl = section.text(QStringLiteral("receipts_url"));
    while (settings.publicUrl.endsWith(u'/'))
        settings.publicUrl.chop(1);
    if (!settings.publicUrl.isEmpty() && !HttpPlace::parse(settings.publicUrl))
        section.reject(QStringLiteral("receipts_url"));
    settings.limit = int(section.number(QStringLiteral("receipt_limit"), settings.limit, 1, 1000000));
    settings.time = Milliseconds(1000 * section.number(QStringLiteral("receipt_time_s"), 86400, 1, 30 * 86400));
    if (where == u"off")
        return std::nullopt;
    const qsizetype colon = where.lastIndexOf(u':');
    const Result<IpAddress> address = IpAddress::parse(QStringView(where).left(colon).trimmed());
    bool isPort = false;
    settings.port = QStringView(where).mid(colon + 1).toUShort(&isPort);
    if (colon < 0 || !address || !isPort)
        section.reject(key);
    settings.address = address.valueOr(settings.address);
    return settings;
}

} // namespace

Made makeHttpBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    HttpBearer::Settings settings;
    settings.name = section.name();
    settings.allowedNetworks = section.networks(QStringLiteral("allowed_networks"));
    settings.defaultPort = quint16(section.number(QStringLiteral("default_port"), settings.defaultPort, 1, 65535));
    settings.timeout = timeOf(section, QStringLiteral("timeout_ms"), 10000);
    settings.longestHold =
        Milliseconds(1000 * section.number(QStringLiteral("longest_hold_s"), 3600, 0, 7 * 86400));
    settings.queue = queueOf(section, 50, 50);
    settings.tls = tlsOf(section);
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    std::unique_ptr<Bearer> bearer =
        std::make_unique<HttpBearer>(settings, surroundings.clock, surroundings.timers);
    return bearer;
}

Made makeSipBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    SipBearer::Settings settings;
    settings.name = section.name();
    if (!section.text(QStringLiteral("core")).isEmpty())
        std::tie(settings.coreHost, settings.corePort) = section.hostAndPort(QStringLiteral("core"), 5060);
    const QString udp = QStringLiteral("udp");
    const QString tcp = QStringLiteral("tcp");
    settings.transport = section.choice(QStringLiteral("transport"), {udp, tcp}, udp) == tcp ? SipTransport::Tcp : SipTransport::Udp;
    settings.login.user = section.text(QStringLiteral("user")).toUtf8();
    settings.login.password = section.secret(QStringLiteral("password")).toUtf8();
    settings.queue = queueOf(section, 200, 100);
    settings.backoff = backoffOf(section);
    settings.longestHold = Milliseconds(1000 * section.number(QStringLiteral("longest_hold_s"), 300, 0, 86400));
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    if (!surroundings.sip)
        return Error{"sip-missing", QStringLiteral("bearer.%1").arg(settings.name)};
    std::unique_ptr<Bearer> bearer =
        std::make_unique<SipBearer>(settings, *surroundings.sip, surroundings.clock, surroundings.timers);
    return bearer;
}

Made makeGammuBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    GammuBearer::Settings settings;
    settings.name = section.name();
    const QString device = QStringLiteral("device");
    settings.phone.device = section.text(device);
    if (settings.phone.device.isEmpty())
        section.reject(device);
    settings.phone.connection = section.text(QStringLiteral("connection"), QStringLiteral("at115200"));
    settings.phone.model = section.text(QStringLiteral("model"));
    settings.phone.sendTimeout = timeOf(section, QStringLiteral("send_timeout_ms"), 60000);
    settings.form.defaultPort = quint16(section.number(QStringLiteral("default_port"), settings.form.defaultPort, 1, 65535));
    settings.form.originatorPort = quint16(section.number(QStringLiteral("originator_port"), settings.form.originatorPort, 0, 65535));
    settings.form.mostParts = int(section.number(QStringLiteral("most_parts"), settings.form.mostParts, 1, 255));
    settings.watch = Milliseconds(1000 * section.number(QStringLiteral("watch_s"), 60, 0, 86400));
    settings.queue = queueOf(section, 5, 1);
    settings.backoff = backoffOf(section);
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    std::unique_ptr<Bearer> bearer =
        std::make_unique<GammuBearer>(settings, surroundings.clock, surroundings.timers);
    return bearer;
}

Made makeKannelBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    KannelBearer::Settings settings;
    settings.name = section.name();
    settings.sendsms = placeOf(section, QStringLiteral("sendsms"), true).value_or(HttpPlace());
    settings.status = placeOf(section, QStringLiteral("status"), false);
    settings.user = section.text(QStringLiteral("user"));
    settings.password = section.secret(QStringLiteral("password"));
    settings.from = section.text(QStringLiteral("from"));
    settings.smsc = section.text(QStringLiteral("smsc"));
    settings.receipts = receiptsOf(section);
    settings.form.defaultPort = quint16(section.number(QStringLiteral("default_port"), settings.form.defaultPort, 1, 65535));
    settings.form.originatorPort = quint16(section.number(QStringLiteral("originator_port"), settings.form.originatorPort, 0, 65535));
    settings.form.mostParts = int(section.number(QStringLiteral("most_parts"), settings.form.mostParts, 1, 255));
    settings.timeout = timeOf(section, QStringLiteral("timeout_ms"), 10000);
    settings.tls = tlsOf(section);
    settings.queue = queueOf(section, 10, 10);
    settings.backoff = backoffOf(section);
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    auto bearer = std::make_unique<KannelBearer>(settings, surroundings.clock, surroundings.timers);
    if (const Result<Done> started = bearer->start(); !started)
        return started.error();
    return std::unique_ptr<Bearer>(std::move(bearer));
}

} // namespace reveille
