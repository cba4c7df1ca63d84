// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonwake.h"

#include "wire/jsondevice.h"
#include "wire/jsonpush.h"
#include "wire/jsonreader.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRequests = 16;

QString latin1(const char *text)
{
    return QString::fromLatin1(text);
}

QJsonObject steps(const WakeUp &wake)
{
    QJsonObject object;
    for (qsizetype i = 0; i < wake.stepTimes.size() && i <= qsizetype(WakeStep::Delivered); ++i) {
        if (wake.stepTimes[i].isSet())
            object.insert(latin1(toText(WakeStep(i))), jsonTime(wake.stepTimes[i]));
    }
    return object;
}

} // namespace

Result<WakeOrder> wakeOrderFromJson(const QJsonObject &object)
{
    WakeOrder order;
    order.byHand = true;
    JsonReader reader(object);
    reader.text(u"bearer"_s, order.bearer);
    if (reader.has(u"mode"_s)) {
        SirMode mode = SirMode::Routed;
        reader.choice(u"mode"_s, mode, sirModeFromText);
        order.mode = mode;
    }
    reader.flag(u"empty"_s, order.empty);
    QStringList requests;
    reader.texts(u"request"_s, requests, mostRequests);
    const Result<SirRequests> asked = sirRequestsFromTexts(requests);
    if (asked)
        order.requests = *asked;
    else
        reader.fail(asked.error().code, u"request"_s);
    reader.text(u"application"_s, order.application);
    reader.text(u"gateway"_s, order.gateway);
    if (!order.gateway.isEmpty() && !order.gateway.startsWith("sip:"_L1, Qt::CaseInsensitive))
        reader.fail("json-field-value", u"gateway"_s);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return order;
}

Result<QString> repeatOrderFromJson(const QJsonObject &object)
{
    QString bearer;
    JsonReader reader(object);
    reader.text(u"bearer"_s, bearer);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return bearer;
}

QJsonObject toJson(const WakeOrder &order)
{
    QJsonObject object;
    if (!order.bearer.isEmpty())
        object.insert(u"bearer"_s, order.bearer);
    if (order.mode)
        object.insert(u"mode"_s, latin1(toText(*order.mode)));
    if (order.empty)
        object.insert(u"empty"_s, true);
    if (order.requests)
        object.insert(u"request"_s, jsonTexts(toTexts(order.requests)));
    if (!order.application.isEmpty())
        object.insert(u"application"_s, order.application);
    if (!order.gateway.isEmpty())
        object.insert(u"gateway"_s, order.gateway);
    return object;
}

QJsonObject toJson(const WakeAttempt &attempt)
{
    return {
        {u"number"_s, attempt.number},
        {u"bearer"_s, attempt.bearer},
        {u"route"_s, toJson(attempt.route)},
        {u"sent_at"_s, jsonTime(attempt.sentAt)},
        {u"outcome"_s, jsonText(QString::fromUtf8(attempt.outcome))},
        {u"carrier_id"_s, jsonText(attempt.carrierId)},
        {u"checks"_s, toJson(attempt.checks)},
    };
}

QJsonObject toJson(const WakeUp &wake)
{
    QJsonArray attempts;
    for (const WakeAttempt &attempt : wake.attempts)
        attempts.append(toJson(attempt));
    return {
        {u"id"_s, wake.id.text()},
        {u"device"_s, wake.device.toString()},
        {u"user"_s, jsonText(wake.user.toString())},
        {u"state"_s, latin1(toText(wake.state))},
        {u"outcome"_s, jsonText(QString::fromUtf8(wake.outcome))},
        {u"mode"_s, latin1(toText(wake.mode))},
        {u"identity_inside"_s, wake.identityInside},
        {u"because"_s, jsonText(latin1(toText(wake.because)))},
        {u"by_hand"_s, wake.order.byHand},
        {u"reason"_s, jsonText(wake.order.reason)},
        {u"repeats"_s, jsonText(wake.order.repeats.text())},
        {u"bearer"_s, jsonText(wake.order.bearer)},
        {u"empty"_s, wake.order.empty},
        {u"request"_s, jsonTexts(toTexts(wake.order.requests))},
        {u"application"_s, jsonText(wake.order.application)},
        {u"gateway"_s, jsonText(wake.order.gateway)},
        {u"furthest"_s, latin1(toText(wake.furthest))},
        {u"steps"_s, steps(wake)},
        {u"attempts"_s, attempts},
        {u"checks"_s, toJson(wake.checks)},
        {u"next_attempt_at"_s, jsonTime(wake.nextAttemptAt)},
        {u"sir"_s, jsonText(QString::fromLatin1(wake.sir.toBase64()))},
    };
}

} // namespace reveille
