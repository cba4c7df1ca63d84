// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"
#include "models/timedisplay.h"

namespace reveille {

using namespace Qt::StringLiterals;

QString Sentences::historyMarkKind(HistoryMark::Kind kind)
{
    switch (kind) {
    case HistoryMark::Kind::State: return tr("State");
    case HistoryMark::Kind::PacketIn: return tr("Packets in");
    case HistoryMark::Kind::PacketOut: return tr("Packets out");
    case HistoryMark::Kind::AddressChanged: return tr("Address changed");
    case HistoryMark::Kind::ProbeLost: return tr("Probe lost");
    case HistoryMark::Kind::PushMissed: return tr("Push missed");
    case HistoryMark::Kind::Wake: return tr("Wake-up message sent");
    }
    return {};
}

QString Sentences::historyMark(const HistoryMark &mark)
{
    QString text;
    switch (mark.kind) {
    case HistoryMark::Kind::State: text = stateAndReason(mark.state, mark.reason); break;
    case HistoryMark::Kind::PacketIn: text = tr("%n packet(s) in", nullptr, mark.count); break;
    case HistoryMark::Kind::PacketOut: text = tr("%n packet(s) out", nullptr, mark.count); break;
    case HistoryMark::Kind::AddressChanged:
        return mark.subject.isEmpty() ? historyMarkKind(mark.kind) : tr("Address changed: %1").arg(mark.subject);
    default: text = historyMarkKind(mark.kind); break;
    }
    return mark.subject.isEmpty() ? text : u"%1 (%2)"_s.arg(text, mark.subject);
}

QString Sentences::pathTransport(PathTransport transport)
{
    return transport == PathTransport::Udp ? u"UDP"_s : u"TCP"_s;
}

QString Sentences::sampleSource(PinholeSample::Source source)
{
    switch (source) {
    case PinholeSample::Source::Test: return tr("test path");
    case PinholeSample::Source::Traffic: return tr("traffic");
    case PinholeSample::Source::Missed: return tr("missed push");
    }
    return {};
}

QString Sentences::sample(const PinholeSample &sample)
{
    const QString silence = TimeDisplay::exact(sample.silence);
    return sample.open ? tr("still open after %1 of silence (%2)").arg(silence, sampleSource(sample.source))
                       : tr("closed after %1 of silence (%2)").arg(silence, sampleSource(sample.source));
}

QString Sentences::networkEstimate(const LearnedNetwork &network)
{
    const bool low = network.longestOpen.count() > 0;
    const bool high = network.shortestClosed.count() > 0;
    if (low && high)
        return tr("%1 (%2 to %3)").arg(TimeDisplay::exact(network.lifetime()), TimeDisplay::exact(network.longestOpen),
                                       TimeDisplay::exact(network.shortestClosed));
    if (low)
        return tr("more than %1").arg(TimeDisplay::exact(network.longestOpen));
    return high ? tr("less than %1").arg(TimeDisplay::exact(network.shortestClosed)) : tr("not known yet");
}

QString Sentences::network(const LearnedNetwork &network)
{
    const QString transport = pathTransport(network.transport);
    const QString prefix = network.prefix.toString();
    const bool low = network.longestOpen.count() > 0;
    const bool high = network.shortestClosed.count() > 0;
    QStringList parts;
    if (low && high)
        parts.append(tr("In %1 a quiet %2 path stays open for about %3: still open after %4, closed after %5.")
                         .arg(prefix, transport, TimeDisplay::exact(network.lifetime()),
                              TimeDisplay::exact(network.longestOpen), TimeDisplay::exact(network.shortestClosed)));
    else if (low)
        parts.append(tr("In %1 a quiet %2 path was still open after %3; it has not been seen to close.")
                         .arg(prefix, transport, TimeDisplay::exact(network.longestOpen)));
    else if (high)
        parts.append(tr("In %1 a quiet %2 path was closed after %3; how much shorter a silence it stands is being learned.")
                         .arg(prefix, transport, TimeDisplay::exact(network.shortestClosed)));
    else
        parts.append(tr("Nothing is known yet of quiet %2 paths in %1.").arg(prefix, transport));
    parts.append(network.keepAlive.count() > 0
                     ? tr("Clients there are told to send a keep-alive every %1.").arg(TimeDisplay::exact(network.keepAlive))
                     : tr("Clients there are told nothing yet."));
    parts.append(tr("Learned from %n sample(s), confidence %1 %.", nullptr, int(network.samples.size()))
                     .arg(network.confidence));
    return parts.join(u' ');
}

} // namespace reveille
