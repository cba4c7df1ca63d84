// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushclient.h"

#include <QObject>
#include <QVector>

#include <algorithm>

namespace reveille {

/// Keeps what a client told, for tests that wait for it.
class EventLog : public QObject {
public:
    explicit EventLog(PushClient &client)
    {
        connect(&client, &PushClient::happened, this,
                [this](const ClientEvent &event) { all.append(event); });
    }
    int count(QLatin1StringView code) const
    {
        return int(
            std::count_if(all.begin(), all.end(), [&](const ClientEvent &e) { return e.code == code; }));
    }
    /// Fields of the last event of that code; empty where there is none.
    QJsonObject last(QLatin1StringView code) const
    {
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            if (it->code == code)
                return it->fields;
        }
        return {};
    }
    QVector<ClientEvent> all;
};

} // namespace reveille
