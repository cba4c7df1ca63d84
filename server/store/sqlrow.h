// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QSqlQuery>
#include <QString>

#include <optional>

namespace reveille {

/// One row of a result, read column by column from the left. What stands in a database is not trusted: a
/// value that cannot be what was written there is remembered, and the row is not used. Any thread, that of
/// its connection.
class SqlRow {
public:
    explicit SqlRow(const QSqlQuery &query)
        : m_query(query)
    {
    }

    QString text();
    QByteArray code(); ///< a text column that holds a byte string one to one
    QByteArray bytes();
    qint64 number();
    int integer() { return int(number()); }
    bool flag() { return number() != 0; }
    Timestamp time() { return {number()}; }
    DeviceId device(); ///< empty text = empty id
    PublicUserId user();
    template <typename Id>
    Id id()
    {
        return Id(text());
    }
    /// A code read by `fromText`, which says nothing where it does not know it.
    template <typename Parse>
    auto named(Parse fromText)
    {
        const auto value = fromText(text());
        if (!value)
            refuse();
        return value ? *value : typename decltype(value)::value_type{};
    }
    /// Same; empty text is no value.
    template <typename Parse>
    auto namedOrNone(Parse fromText) -> decltype(fromText(QStringView()))
    {
        const QString name = text();
        const auto value = fromText(name);
        if (!value && !name.isEmpty())
            refuse();
        return value;
    }

    /// On by so many columns, or back.
    void skip(int columns) { m_next += columns; }
    /// The column read last does not hold what it must.
    void refuse();
    /// Name of the first column refused; empty = the row is sound.
    const QString &refused() const { return m_refused; }

private:
    const QSqlQuery &m_query;
    int m_next = 0;
    QString m_refused;
};

} // namespace reveille
