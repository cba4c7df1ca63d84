// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientevent.h"

#include <QJsonDocument>

namespace reveille {

QByteArray toJsonLine(const ClientEvent &event)
{
    QJsonObject object = event.fields;
    object.insert(QStringLiteral("event"), event.code);
    object.insert(QStringLiteral("time"), event.time.toIso());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace reveille
