// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/pap.h"

#include <QVector>

/// One document of every kind with everything in it, and some with nothing that may be left out.
inline QVector<std::pair<const char *, reveille::PapDocument>> papExamples()
{
    using namespace reveille;
    using namespace Qt::StringLiterals;
    const Timestamp early = Timestamp::fromIso(u"2026-11-20T19:30:00Z"_s);
    const Timestamp late = Timestamp::fromIso(u"2026-12-31T23:59:59Z"_s);
    const QString address = u"WAPPUSH=+358408201681/TYPE=PLMN@ppg.example.net"_s;
    const QString other = u"WAPPUSH=a%40b/TYPE=USER@ppg.example.net"_s;
    const PapQualityOfService quality{PapPriority::High, PapDeliveryMethod::Confirmed, u"GSM"_s, true, u"SMS"_s, true};
    const QString odd = u"<\"&'> \u00e4\u20ac \U0001f514 ]]> --"_s;
    const auto document = [](PapBody body, PapVersion version = {2, 0}) {
        return PapDocument{version, {u"2.1"_s, u"2.0"_s, u"1.*"_s}, u"Example PPG 1.0"_s, std::move(body)};
    };
    return {
        {"push-message", document(PapPushMessage{u"p1@pi"_s, u"p0@pi"_s, PapReplaceMethod::PendingOnly, late, early, odd,
                                                 u"http://pi.example.com/n?a=b&c=d"_s, true, {address, other}, quality})},
        {"push-message bare", PapDocument{{2, 1}, {}, {}, PapPushMessage{u"p1"_s, {}, PapReplaceMethod::All, {}, {}, {}, {}, false, {address}, {}}}},
        {"push-response", document(PapPushResponse{u"p1"_s, u"http://ppg/pap"_s, u"Example"_s, early,
                                                   {{u"control-validated"_s, odd, early}, {u"stored"_s, {}, {}}}, 1001, odd})},
        {"push-response bare", document(PapPushResponse{u"p1"_s, {}, {}, {}, {}, 2000, {}}, {1, 0})},
        {"cancel-message", document(PapCancelMessage{u"p1"_s, {address, other}})},
        {"cancel-message bare", document(PapCancelMessage{u"p1"_s, {}})},
        {"cancel-response", document(PapCancelResponse{u"p1"_s, {{1000, u"OK"_s, {address, other}}, {2008, {}, {}}}})},
        {"resultnotification-message", document(PapResultNotification{u"p1"_s, u"http://ppg/pap"_s, u"Example"_s, early, late,
                                                                      PapMessageState::Aborted, 5236, odd, address, quality})},
        {"resultnotification-message bare", document(PapResultNotification{u"p1"_s, {}, {}, {}, {}, PapMessageState::Expired, 4001, {}, address, {}})},
        {"resultnotification-response", document(PapResultNotificationResponse{u"p1"_s, 1000, u"OK"_s, address})},
        {"statusquery-message", document(PapStatusQuery{u"p1"_s, {address}})},
        {"statusquery-response", document(PapStatusQueryResponse{u"p1"_s, {{late, PapMessageState::Delivered, 1000, u"OK"_s, {address}, quality},
                                                                         {{}, PapMessageState::Pending, 1001, {}, {}, {}}}})},
        {"ccq-message", document(PapCcqMessage{u"q17"_s, u"x-wap-application:wml.ua"_s, address})},
        {"ccq-message bare", document(PapCcqMessage{{}, {}, address})},
        {"ccq-response", document(PapCcqResponse{u"q17"_s, 3008, odd, address})},
        {"badmessage-response", document(PapBadMessage{3002, u"Version not supported"_s, u"<a\nb\tc=\"d\">"_s})},
        {"badmessage-response bare", PapDocument{{1, 0}, {u"2.0"_s}, {}, PapBadMessage{2000, {}, {}}}},
    };
}
