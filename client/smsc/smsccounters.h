// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QMetaType>

namespace reveille {

/// What has happened since the start. Any thread.
struct SmscCounters {
    quint64 connections = 0;
    quint64 binds = 0;
    quint64 submits = 0;
    quint64 accepted = 0;
    quint64 delivered = 0;
    quint64 undelivered = 0;
    quint64 lost = 0;
    quint64 receipts = 0;          ///< and answers to USSD strings, sent
    quint64 deliveriesDropped = 0; ///< of these, for want of room
    quint64 malformed = 0;
    int sessions = 0;
    int messages = 0;               ///< accepted and not ended
    int deliveries = 0;             ///< waiting for a session
    QMap<quint32, quint64> answers; ///< to submit_sm, by status
};
QJsonObject toJson(const SmscCounters &counters);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::SmscCounters)
