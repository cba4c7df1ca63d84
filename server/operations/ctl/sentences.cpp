// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/sentences.h"

#include "domain/outcometext.h"
#include "domain/push.h"
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QString textOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toString();
}

QString pathText(const QJsonObject &device)
{
    const QJsonObject path = device.value(u"connections").toArray().at(0).toObject();
    if (path.isEmpty())
        return Words::tr("no connection");
    return u"%1/%2 %3"_s.arg(textOf(path, "kind"), textOf(path, "transport"), textOf(path, "peer"));
}

QString reasonText(const QString &reason)
{
    if (reason == u"pinhole_closed")
        return Words::tr("the way through the NAT has closed");
    if (reason == u"interrupted")
        return Words::tr("the connection broke off");
    if (reason == u"expired")
        return Words::tr("its registration ran out");
    if (reason == u"closed_by_peer")
        return Words::tr("it closed the connection");
    return Words::tr("it has not registered");
}

QString readiness(const QJsonObject &device)
{
    const QJsonArray ready = device.value(u"ready_routes").toArray();
    if (ready.isEmpty())
        return Words::tr("no wake-up route is ready");
    const QJsonObject route = ready.at(0).toObject();
    return Words::tr("wake-up over %1 to %2 is ready").arg(textOf(route, "bearer"), textOf(route, "address"));
}

QString stateSentence(const QJsonObject &device, const QDateTime &now)
{
    const QJsonObject liveness = device.value(u"liveness").toObject();
    const QJsonObject evidence = liveness.value(u"evidence").toObject();
    const QString state = textOf(liveness, "state");
    if (state == u"up") {
        const QJsonValue proof = liveness.value(u"last_proof");
        const QString proven = proof.isNull()
                                   ? Words::tr("heard %1").arg(agoText(liveness.value(u"last_packet"), now))
                                   : Words::tr("proven %1").arg(agoText(proof, now));
        return Words::tr("Reachable now over %1, %2").arg(pathText(device), proven);
    }
    if (state == u"suspect") {
        return Words::tr("Perhaps reachable over %1: %2, last heard %3")
            .arg(pathText(device), textOf(evidence, "rule").replace(u'_', u' '),
                 agoText(liveness.value(u"last_packet"), now));
    }
    if (state == u"waking")
        return Words::tr("Being woken (%1)").arg(textOf(device, "active_wake"));
    if (state == u"unreachable")
        return Words::tr("Not reachable: every wake-up attempt failed");
    return Words::tr("Not reachable: %1").arg(reasonText(textOf(liveness, "reason")));
}

} // namespace

QString durationText(qint64 milliseconds)
{
    const qint64 seconds = qMax<qint64>(0, milliseconds) / 1000;
    if (seconds < 120)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 7200)
        return Words::tr("%1 min").arg(seconds / 60);
    if (seconds < 172800)
        return Words::tr("%1 h").arg(seconds / 3600);
    return Words::tr("%1 d").arg(seconds / 86400);
}

QString agoText(const QJsonValue &time, const QDateTime &now)
{
    const QDateTime then = QDateTime::fromString(time.toString(), Qt::ISODateWithMs);
    if (!then.isValid())
        return Words::tr("never");
    return Words::tr("%1 ago").arg(durationText(then.msecsTo(now)));
}

QString deviceVerdict(const QJsonObject &device, const QDateTime &now)
{
    return plainText(Words::tr("%1; %2.").arg(stateSentence(device, now), readiness(device)));
}

QString pushVerdict(const QJsonObject &push)
{
    const QJsonArray deliveries = push.value(u"deliveries").toArray();
    const auto delivered =
        std::count_if(deliveries.begin(), deliveries.end(), [](const QJsonValue &delivery) {
            const auto state = pushStateFromText(delivery.toObject().value(u"state").toString());
            return state && isDelivered(*state);
        });
    return plainText(Words::tr("Push %1 is %2: %3 of %4 deliveries done.")
                         .arg(textOf(push, "id"), textOf(push, "state"))
                         .arg(delivered)
                         .arg(deliveries.size()));
}

QString deliveryReason(const QJsonObject &delivery)
{
    return plainText(outcometext::words(textOf(delivery, "reason").toLatin1()));
}

QString wakeVerdict(const QJsonObject &wake)
{
    const QString state = textOf(wake, "state");
    const QString id = textOf(wake, "id");
    QString sentence;
    if (state == u"active") {
        const QJsonArray attempts = wake.value(u"attempts").toArray();
        const QString furthest = textOf(wake, "furthest").replace(u'_', u' ');
        sentence = attempts.isEmpty() ? Words::tr("Wake-up %1 is under way: %2.").arg(id, furthest)
                                      : Words::tr("Wake-up %1 is under way: %2, attempt %3 over %4.")
                                            .arg(id, furthest)
                                            .arg(attempts.size())
                                            .arg(textOf(attempts.last().toObject(), "bearer"));
    } else if (state == u"succeeded") {
        sentence = Words::tr("Wake-up %1 succeeded: the device is back.").arg(id);
    } else if (state == u"refused") {
        sentence = Words::tr("Wake-up %1 was refused by the device.").arg(id);
    } else if (state == u"cancelled") {
        sentence = Words::tr("Wake-up %1 was cancelled.").arg(id);
    } else {
        sentence = Words::tr("Wake-up %1 failed: every route and attempt is used up.").arg(id);
    }
    return plainText(sentence);
}

QString explanationVerdict(const QJsonObject &device)
{
    return plainText(textOf(device, "text"));
}

QString journalLine(const QJsonObject &entry)
{
    QStringList parts{textOf(entry, "time"), textOf(entry, "kind").leftJustified(10),
                      textOf(entry, "event").leftJustified(16)};
    for (const char *name : {"user", "device", "push", "wake"}) {
        if (!textOf(entry, name).isEmpty())
            parts.append(textOf(entry, name));
    }
    const QJsonObject fields = entry.value(u"fields").toObject();
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (!it.value().toString().isEmpty())
            parts.append(it.key() + u'=' + it.value().toString());
    }
    return plainText(parts.join(u"  "));
}

QString historyLine(const QJsonObject &mark)
{
    const QString kind = textOf(mark, "kind");
    const QString subject = textOf(mark, "subject");
    const int count = mark.value(u"count").toInt();
    QString what;
    if (kind == u"state")
        what = textOf(mark, "state") + (textOf(mark, "reason").isEmpty() ? QString() : u": "_s + reasonText(textOf(mark, "reason")));
    else if (kind == u"packet_in")
        what = Words::tr("%1 packet(s) heard").arg(count);
    else if (kind == u"packet_out")
        what = Words::tr("%1 packet(s) sent").arg(count);
    else if (kind == u"address_changed")
        what = Words::tr("address changed");
    else if (kind == u"probe_lost")
        what = Words::tr("probe lost");
    else if (kind == u"push_missed")
        what = Words::tr("push missed");
    else
        what = Words::tr("wake-up sent");
    return plainText(textOf(mark, "at") + u"  "_s + what + (subject.isEmpty() ? QString() : u" (%1)"_s.arg(subject)));
}

QString failureSentence(const CtlFailure &failure)
{
    static constexpr struct {
        const char *code;
        const char *sentence;
    } sentences[] = {
        {"connection-refused", QT_TRANSLATE_NOOP("reveillectl", "no server answers at %1; is it running?")},
        {"host-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no host %1")},
        {"no-answer", QT_TRANSLATE_NOOP("reveillectl", "the server at %1 did not answer in time")},
        {"connection-lost", QT_TRANSLATE_NOOP("reveillectl", "the connection to %1 ended")},
        {"answer-invalid", QT_TRANSLATE_NOOP("reveillectl", "what answered is no Reveille server %1")},
        {"token-file-missing",
         QT_TRANSLATE_NOOP("reveillectl", "there is no token file %1; give --data-dir or --token-file")},
        {"token-file", QT_TRANSLATE_NOOP("reveillectl", "the token file %1 cannot be read")},
        {"token-missing", QT_TRANSLATE_NOOP("reveillectl", "the server wants a token")},
        {"token-wrong",
         QT_TRANSLATE_NOOP("reveillectl",
                           "the server does not take this token; does the data folder belong to it?")},
        {"host-forbidden", QT_TRANSLATE_NOOP("reveillectl", "the server does not go by the name %1")},
        {"not-found",
         QT_TRANSLATE_NOOP("reveillectl", "the server does not know this path; is it an older version?")},
        {"user-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no user %1")},
        {"device-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no device %1")},
        {"msisdn-unknown", QT_TRANSLATE_NOOP("reveillectl", "no device has the number %1")},
        {"session-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no session %1")},
        {"push-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no push %1")},
        {"wake-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no wake-up %1")},
        {"initiator-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no initiator %1")},
        {"network-unknown", QT_TRANSLATE_NOOP("reveillectl", "nothing is known of the network %1")},
        {"initiator-target", QT_TRANSLATE_NOOP("reveillectl", "%1 is no pattern of addresses, like sip:*@lab.example or tel:+49*")},
        {"initiator-targets-too-many", QT_TRANSLATE_NOOP("reveillectl", "an initiator can have %1 patterns of addresses at most")},
        {"initiator-limit", QT_TRANSLATE_NOOP("reveillectl", "that is no limit")},
        {"initiator-exists", QT_TRANSLATE_NOOP("reveillectl", "there is an initiator %1 already")},
        {"push-finished", QT_TRANSLATE_NOOP("reveillectl", "push %1 has ended already")},
        {"push-sending", QT_TRANSLATE_NOOP("reveillectl", "push %1 is being sent already")},
        {"wake-finished", QT_TRANSLATE_NOOP("reveillectl", "wake-up %1 has ended already")},
        {"wakes-too-many", QT_TRANSLATE_NOOP("reveillectl", "too many wake-ups wait already (%1)")},
        {"wake-active",
         QT_TRANSLATE_NOOP("reveillectl", "wake-up %1 is under way; name another bearer to move it there")},
        {"no-wake-route", QT_TRANSLATE_NOOP("reveillectl", "no wake-up route of the device can be used %1")},
        {"bearer-unknown", QT_TRANSLATE_NOOP("reveillectl", "there is no bearer %1")},
        {"bearer-cannot-reach", QT_TRANSLATE_NOOP("reveillectl", "the bearer cannot reach the device: %1")},
        {"already-connected", QT_TRANSLATE_NOOP("reveillectl", "the device is connected %1")},
        {"not-connected", QT_TRANSLATE_NOOP("reveillectl", "the device is not connected %1")},
        {"probe-unanswered", QT_TRANSLATE_NOOP("reveillectl", "the device did not answer %1")},
        {"device-of-other-user", QT_TRANSLATE_NOOP("reveillectl", "device %1 belongs to another user")},
        {"device-belongs-to-other-user",
         QT_TRANSLATE_NOOP("reveillectl", "device %1 belongs to another user")},
        {"devices-too-many", QT_TRANSLATE_NOOP("reveillectl", "user %1 has as many devices as allowed")},
        {"http-body-too-large",
         QT_TRANSLATE_NOOP("reveillectl", "the file is larger than the server takes (operations/import_octets) %1")},
        {"queue-full", QT_TRANSLATE_NOOP("reveillectl", "the queue is full; try again later %1")},
        {"device-queue-full", QT_TRANSLATE_NOOP("reveillectl", "too many pushes wait for %1 already")},
        {"store-full", QT_TRANSLATE_NOOP("reveillectl", "the server's disk is full; nothing was kept %1")},
        {"store-locked",
         QT_TRANSLATE_NOOP("reveillectl", "the server's database is locked; nothing was kept %1")},
    };
    const auto it = std::find_if(std::begin(sentences), std::end(sentences), [&](const auto &row) {
        return failure.code == QLatin1StringView(row.code);
    });
    if (it == std::end(sentences))
        return plainText(failure.about.isEmpty() ? failure.code : failure.code + u": "_s + failure.about);
    const QString sentence = QCoreApplication::translate("reveillectl", it->sentence);
    return plainText(sentence.contains(u"%1") ? sentence.arg(failure.about).trimmed() : sentence);
}

} // namespace reveille
