// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearersection.h"

#include <QFile>

namespace reveille {

std::optional<QString> BearerSection::value(const QString &key)
{
    m_asked.append(key);
    const auto found = m_config.values.constFind(key);
    return found == m_config.values.cend() ? std::nullopt : std::optional(found->trimmed());
}

void BearerSection::reject(const QString &key)
{
    m_rejected.append(key);
}

QString BearerSection::text(const QString &key, const QString &fallback)
{
    return value(key).value_or(fallback);
}

QString BearerSection::secret(const QString &key)
{
    const QString given = text(key);
    const QString fileKey = key + QStringLiteral("_file");
    const QString path = text(fileKey);
    if (path.isEmpty())
        return given;
    QFile file(path);
    if (!given.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        reject(fileKey);
        return {};
    }
    constexpr qint64 longest = 1024;
    return QString::fromUtf8(file.readLine(longest)).trimmed();
}

QString BearerSection::choice(const QString &key, const QStringList &choices, const QString &fallback)
{
    const QString given = value(key).value_or(fallback);
    if (choices.contains(given))
        return given;
    reject(key);
    return fallback;
}

qint64 BearerSection::number(const QString &key, qint64 fallback, qint64 least, qint64 most)
{
    const std::optional<QString> given = value(key);
    if (!given)
        return fallback;
    bool ok = false;
    const qint64 number = given->toLongLong(&ok);
    if (ok && number >= least && number <= most)
        return number;
    reject(key);
    return fallback;
}

bool BearerSection::flag(const QString &key, bool fallback)
{
    const QString on = QStringLiteral("on");
    const QString off = QStringLiteral("off");
    return choice(key, {on, off}, fallback ? on : off) == on;
}

QVector<IpNetwork> BearerSection::networks(const QString &key)
{
    const Result<QVector<IpNetwork>> networks = parseNetworks(value(key).value_or(QString()));
    if (!networks)
        reject(key);
    return networks.valueOr({});
}

std::optional<IpAddress> BearerSection::address(const QString &key)
{
    const QString given = value(key).value_or(QString());
    if (given.isEmpty())
        return std::nullopt;
    const Result<IpAddress> address = IpAddress::parse(given);
    if (address)
        return *address;
    reject(key);
    return std::nullopt;
}

std::pair<QString, quint16> BearerSection::hostAndPort(const QString &key, quint16 defaultPort)
{
    QString host = value(key).value_or(QString());
    quint16 port = defaultPort;
    const qsizetype colon = host.lastIndexOf(u':');
    const bool bracketed = host.startsWith(u'[');
    if (colon >= 0 && (bracketed ? host.indexOf(u']') == colon - 1 : host.count(u':') == 1)) {
        bool ok = false;
        port = host.mid(colon + 1).toUShort(&ok);
        if (!ok || port == 0)
            reject(key);
        host.truncate(colon);
    }
    if (bracketed && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (host.isEmpty())
        reject(key);
    return {host, port};
}

Error BearerSection::wrong(const char *code, const QString &key) const
{
    const bool secret = key.contains(QLatin1String("password")) || key.contains(QLatin1String("secret"));
    return Error{code,
                 QStringLiteral("bearer.%1/%2=%3")
                     .arg(m_config.name, key, secret ? QStringLiteral("…") : m_config.values.value(key))};
}

Result<Done> BearerSection::finish() const
{
    for (auto it = m_config.values.cbegin(); it != m_config.values.cend(); ++it) {
        if (!m_asked.contains(it.key()))
            return wrong("bearer-key", it.key());
        if (m_rejected.contains(it.key()))
            return wrong("bearer-value", it.key());
    }
    return m_rejected.isEmpty() ? Result<Done>(Done{}) : wrong("bearer-value", m_rejected.constFirst());
}

} // namespace reveille
