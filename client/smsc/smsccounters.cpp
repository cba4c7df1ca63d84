// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smsccounters.h"

using namespace Qt::StringLiterals;

namespace reveille {

QJsonObject toJson(const SmscCounters &counters)
{
    QJsonObject answers;
    for (auto status = counters.answers.begin(); status != counters.answers.end(); ++status)
        answers.insert(QString::number(status.key()), qint64(status.value()));
    return {{u"connections"_s, qint64(counters.connections)},
            {u"binds"_s, qint64(counters.binds)},
            {u"submits"_s, qint64(counters.submits)},
            {u"accepted"_s, qint64(counters.accepted)},
            {u"delivered"_s, qint64(counters.delivered)},
            {u"undelivered"_s, qint64(counters.undelivered)},
            {u"lost"_s, qint64(counters.lost)},
            {u"receipts"_s, qint64(counters.receipts)},
            {u"deliveries_dropped"_s, qint64(counters.deliveriesDropped)},
            {u"malformed"_s, qint64(counters.malformed)},
            {u"sessions"_s, counters.sessions},
            {u"messages"_s, counters.messages},
            {u"deliveries"_s, counters.deliveries},
            {u"answers"_s, answers}};
}

} // namespace reveille
