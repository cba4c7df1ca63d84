// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonnetwork.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QJsonValue span(Milliseconds time)
{
    return time.count() > 0 ? QJsonValue(qint64(time.count())) : QJsonValue();
}

QString name(const char *code)
{
    return QString::fromLatin1(code);
}

} // namespace

QJsonObject toJson(const PinholeSample &sample)
{
    return {{u"silence_ms"_s, qint64(sample.silence.count())},
            {u"open"_s, sample.open},
            {u"source"_s, name(toText(sample.source))},
            {u"at"_s, jsonTime(sample.at)}};
}

QJsonObject toJson(const LearnedNetwork &network)
{
    QJsonArray samples;
    for (const PinholeSample &sample : network.samples)
        samples.append(toJson(sample));
    return {{u"prefix"_s, network.prefix.toString()},
            {u"transport"_s, name(toText(network.transport))},
            {u"longest_open_ms"_s, span(network.longestOpen)},
            {u"shortest_closed_ms"_s, span(network.shortestClosed)},
            {u"lifetime_ms"_s, span(network.lifetime())},
            {u"keep_alive_ms"_s, span(network.keepAlive)},
            {u"confidence"_s, network.confidence},
            {u"changed_at"_s, jsonTime(network.changedAt)},
            {u"samples"_s, samples}};
}

QJsonObject toJson(const HistoryMark &mark)
{
    QJsonObject object{{u"at"_s, jsonTime(mark.at)},
                       {u"kind"_s, name(toText(mark.kind))},
                       {u"count"_s, mark.count},
                       {u"subject"_s, jsonText(mark.subject)}};
    if (mark.kind == HistoryMark::Kind::State) {
        object.insert(u"state"_s, name(toText(mark.state)));
        object.insert(u"reason"_s, jsonText(name(toText(mark.reason))));
    }
    return object;
}

QJsonObject toJson(const DeviceHistory &history)
{
    QJsonArray marks;
    for (const HistoryMark &mark : history.marks)
        marks.append(toJson(mark));
    return {{u"device"_s, history.device.toString()},
            {u"since"_s, jsonTime(history.since)},
            {u"marks"_s, marks},
            {u"probes_sent"_s, history.probesSent},
            {u"probes_answered"_s, history.probesAnswered},
            {u"probes_lost"_s, history.probesLost},
            {u"address_changes"_s, history.addressChanges},
            {u"pushes_missed"_s, history.pushesMissed},
            {u"wakes"_s, history.wakes}};
}

} // namespace reveille
