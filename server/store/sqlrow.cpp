// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlrow.h"

#include <QSqlRecord>
#include <QVariant>

namespace reveille {

QString SqlRow::text()
{
    return m_query.value(m_next++).toString();
}

QByteArray SqlRow::code()
{
    return text().toLatin1();
}

QByteArray SqlRow::bytes()
{
    return m_query.value(m_next++).toByteArray();
}

qint64 SqlRow::number()
{
    bool isNumber = false;
    const qint64 value = m_query.value(m_next++).toLongLong(&isNumber);
    if (!isNumber)
        refuse();
    return value;
}

DeviceId SqlRow::device()
{
    const QString name = text();
    if (name.isEmpty())
        return {};
    const Result<DeviceId> id = DeviceId::parse(name);
    if (!id)
        refuse();
    return id.valueOr({});
}

PublicUserId SqlRow::user()
{
    const QString name = text();
    if (name.isEmpty())
        return {};
    const Result<PublicUserId> id = PublicUserId::parse(name);
    if (!id)
        refuse();
    return id.valueOr({});
}

void SqlRow::refuse()
{
    if (m_refused.isEmpty())
        m_refused = m_query.record().fieldName(m_next - 1);
}

} // namespace reveille
