// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/kannelreceipts.h"

#include "http/problem.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

constexpr int tokenOctets = 16;
constexpr qsizetype longestCarrierId = 64;

HttpSettings httpSettings()
{
    HttpSettings settings;
    settings.limits.body = 4096;
    settings.maxConnections = 200;
    return settings;
}

QString newToken()
{
    QByteArray octets(tokenOctets, Qt::Uninitialized);
    for (char &octet : octets)
        octet = char(QRandomGenerator::system()->generate());
    return QString::fromLatin1(octets.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

bool isFinal(KannelReceipts::Report report)
{
    return report == KannelReceipts::Report::Delivered || report == KannelReceipts::Report::Undelivered
        || report == KannelReceipts::Report::Rejected;
}

} // namespace

KannelReceipts::KannelReceipts(Settings settings, Clock &clock, Timers &timers)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_server(httpSettings(), clock, timers)
{
    m_server.router().add("GET", "/kannel/{token}", [this](const HttpCall &call, const HttpReply &reply) { take(call, reply); });
}

Result<QString> KannelReceipts::start(const QString &name)
{
    const Result<QString> bound = m_server.start(name, m_settings.address, m_settings.port);
    if (bound)
        m_bound = *bound;
    return bound;
}

QByteArray KannelReceipts::await(Told told)
{
    forgetOld();
    const QString token = newToken();
    m_awaited.insert(token, std::move(told));
    m_order.emplace_back(m_clock.monotonic(), token);
    const QString base = m_settings.publicUrl.isEmpty() ? QStringLiteral("http://") + m_bound : m_settings.publicUrl;
    return base.toUtf8() + "/kannel/" + token.toLatin1() + "?report=%d&id=%F";
}

void KannelReceipts::forget(const QByteArray &url)
{
    const QString path = QString::fromLatin1(url.mid(url.lastIndexOf('/') + 1));
    m_awaited.remove(path.left(path.indexOf(u'?')));
}

void KannelReceipts::forgetOld()
{
    const Milliseconds now = m_clock.monotonic();
    while (!m_order.empty()
           && (m_awaited.size() >= m_settings.limit || now - m_order.front().first > m_settings.time
               || !m_awaited.contains(m_order.front().second))) {
        m_awaited.remove(m_order.front().second);
        m_order.pop_front();
    }
}

void KannelReceipts::take(const HttpCall &call, const HttpReply &reply)
{
    const QString token = call.param(QStringLiteral("token"));
    const auto awaited = m_awaited.constFind(token);
    if (awaited == m_awaited.cend())
        return reply.sendProblem({"not-found", {}});
    bool ok = false;
    const int value = call.target.item(QStringLiteral("report")).toInt(&ok);
    const QString id = call.target.item(QStringLiteral("id")).left(longestCarrierId);
    for (const Report report : {Report::Delivered, Report::Undelivered, Report::Buffered, Report::Submitted, Report::Rejected}) {
        if (!ok || value != int(report))
            continue;
        const Told told = *awaited;
        if (isFinal(report))
            m_awaited.remove(token);
        reply.sendNothing();
        return told(report, id);
    }
    reply.sendProblem({"report-unknown", call.target.item(QStringLiteral("report")).left(20)});
}

} // namespace reveille
