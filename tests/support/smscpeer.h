// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/jsonprocess.h"

#include <QJsonDocument>
#include <QTest>

namespace reveille {

/// tests/peers/smsc.js, an SMSC made with the npm package smpp. The test is compiled with NODE_PROGRAM,
/// PEERS_DIR and NODE_MODULES_DIR.
class SmscPeer : public JsonProcess {
public:
    SmscPeer()
        : JsonProcess(QStringLiteral(NODE_PROGRAM))
    {
        qputenv("NODE_PATH", NODE_MODULES_DIR);
    }
    /// False if it does not listen in time.
    bool open(const QStringList &options = {}, quint16 port = 0)
    {
        return start(QStringList{QStringLiteral(PEERS_DIR "/smsc.js"), QStringLiteral("--port"),
                                 QString::number(port)} +
                     options) &&
               QTest::qWaitFor([this] { return count("listening") == 1; }, 20000);
    }
    quint16 port() const { return quint16(last("listening").value(QStringLiteral("port")).toInt()); }
    void change(const QString &option, const QString &value)
    {
        write(QJsonDocument(QJsonObject{{option, value}}).toJson(QJsonDocument::Compact));
    }
    /// Its counts, asked for now.
    QJsonObject stats()
    {
        const int before = count("stats");
        write("stats");
        return QTest::qWaitFor([&] { return count("stats") > before; }, 20000) ? last("stats")
                                                                               : QJsonObject();
    }
};

} // namespace reveille
