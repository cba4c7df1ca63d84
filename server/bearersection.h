// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "domain/ipaddress.h"

#include <QStringList>

#include <optional>

namespace reveille {

/// Reads the keys of one [bearer.NAME] section into settings. Every key is asked for once; finish() then
/// names the first value that was wrong, or a key that nobody asked for. Start-up only, server thread.
class BearerSection {
public:
    explicit BearerSection(const BearerConfig &config)
        : m_config(config)
    {
    }

    QString name() const { return m_config.name; }
    QString text(const QString &key, const QString &fallback = {});
    /// The value of `key`, or the first line of the file that `KEY_file` names; both are wrong together.
    QString secret(const QString &key);
    /// One of `choices`.
    QString choice(const QString &key, const QStringList &choices, const QString &fallback);
    qint64 number(const QString &key, qint64 fallback, qint64 least, qint64 most);
    /// on or off.
    bool flag(const QString &key, bool fallback);
    QVector<IpNetwork> networks(const QString &key);
    std::optional<IpAddress> address(const QString &key);
    /// "HOST:PORT" or "[IPV6]:PORT"; an empty text is wrong.
    std::pair<QString, quint16> hostAndPort(const QString &key, quint16 defaultPort);
    /// Says that the value of this key will not do.
    void reject(const QString &key);

    /// Errors bearer-key (not known), bearer-value; about = "bearer.NAME/key=value", the value left out for
    /// secrets.
    Result<Done> finish() const;

private:
    std::optional<QString> value(const QString &key);
    Error wrong(const char *code, const QString &key) const;

    const BearerConfig &m_config;
    QStringList m_asked;
    QStringList m_rejected;
};

} // namespace reveille
