// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"

#include <limits>

namespace reveille {

using namespace Qt::StringLiterals;

QString RandomFacts::text()
{
    switch (below(8)) {
    case 0:
        return {};
    case 1:
        return u""_s;
    case 2:
        return u"it's \"quoted\" \\ % _ ; -- <b>"_s;
    case 3:
        return u"übergröße 电话 \U0001F514"_s;
    case 4:
        return u"a"_s + QChar(u'\0') + u"b"_s;
    case 5:
        return QString(5000, u'x');
    default:
        return u"text-%1"_s.arg(m_random.generate());
    }
}

QByteArray RandomFacts::bytes()
{
    QByteArray bytes;
    if (below(4) == 0)
        return bytes;
    const int size = below(3) == 0 ? 20000 : below(200);
    for (int i = 0; i < size; ++i)
        bytes.append(char(below(256)));
    return bytes;
}

QByteArray RandomFacts::code()
{
    return flip() ? QByteArray("refused-486") : bytes().left(50);
}

Timestamp RandomFacts::time()
{
    switch (below(5)) {
    case 0:
        return {};
    case 1:
        return {std::numeric_limits<qint64>::max()};
    default:
        return {1'700'000'000'000 + m_random.bounded(1'000'000'000)};
    }
}

PublicUserId RandomFacts::user()
{
    const QString uri =
        flip() ? u"sip:user%1@lab.example"_s.arg(++m_serial) : u"tel:+4917%1"_s.arg(1000000 + ++m_serial);
    return PublicUserId::parse(uri).value();
}

DeviceId RandomFacts::device()
{
    const int serial = ++m_serial;
    switch (below(4)) {
    case 0:
        return DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-%1"_s.arg(serial, 12, 16, QChar(u'0')))
            .value();
    case 1:
        return DeviceId::parse(u"mac:%1"_s.arg(serial, 12, 16, QChar(u'0'))).value();
    case 2:
        return DeviceId::parse(u"esn:%1"_s.arg(serial, 8, 16, QChar(u'0'))).value();
    default:
        return DeviceId::parse(u"other:gerät-%1"_s.arg(serial))
            .valueOr(DeviceId::parse(u"other:thing-%1"_s.arg(serial)).value());
    }
}

Msisdn RandomFacts::msisdn()
{
    return flip() ? Msisdn() : Msisdn::parse(u"+49170%1"_s.arg(1000000 + below(1000000))).value();
}

WakeRoute RandomFacts::route(WakeRoute::Source source)
{
    return {text(), text(), ClientPort(quint16(below(65536))), source};
}

Initiator RandomFacts::initiator()
{
    return {InitiatorId(u"i-%1"_s.arg(++m_serial)), text(), code(), time(), {{text(), text()}, int(below(100)), qint64(below(100000)), quint8(below(8))}};
}

User RandomFacts::someUser()
{
    return {user(), text(), code(), code(), time(), WakeRule(below(4))};
}

Device RandomFacts::someDevice(const PublicUserId &owner)
{
    Device device;
    device.id = this->device();
    device.user = owner;
    device.name = text();
    device.msisdn = msisdn();
    device.clientPort = ClientPort(quint16(below(65536)));
    device.provisionedRoutes = several<WakeRoute>([&] { return route(WakeRoute::Source::Provisioned); });
    device.clientRoutes = several<WakeRoute>([&] { return route(WakeRoute::Source::Client); });
    device.capabilities = {several<QString>([&] { return text(); }), m_random.generate(), below(3)};
    device.preferences = {flip(), flip(), below(1000), below(1441) - 1, below(1441) - 1, flip() ? QStringLiteral("Europe/Madrid") : QString()};
    device.subscriptions = several<QString>([&] { return text(); });
    device.wakeRule = WakeRule(below(4));
    device.returned = {{SirRequest(1 << below(7)), text(), time(), WakeId(text()), text()}};
    device.gruu = text();
    device.createdAt = time();
    device.lastSeen = time();
    return device;
}

StoredBinding RandomFacts::binding(const Device &device)
{
    return {
        device.id, device.user, u"sip/%1"_s.arg(++m_serial), text(), text(), text(), text(), text(), text(),
        text(),    time(),      time(),                          bytes()};
}

PushResource RandomFacts::pushResource(const DeviceId &device)
{
    return {PushResourceId(u"r-%1"_s.arg(++m_serial)), device, text(), text(), text(), flip() ? QByteArray(65, char(below(256))) : QByteArray(),
            code(), time(), time()};
}

Push RandomFacts::push()
{
    Push push;
    push.id = PushId(u"p-%1"_s.arg(++m_serial));
    PushRequest &request = push.request;
    switch (below(4)) {
    case 0:
        request.to.user = user();
        break;
    case 1:
        request.to.device = device();
        break;
    case 2:
        request.to.msisdn = Msisdn::parse(u"+4917012345678").value();
        break;
    default:
        request.to.session = text();
    }
    request.devices = several<DeviceId>([&] { return device(); });
    request.application = text();
    request.contentType = text();
    request.body = bytes();
    request.ttl = Milliseconds(m_random.generate());
    request.priority = PushPriority(below(3));
    request.when = PushWhen(below(3));
    request.choice = DeviceChoice(below(3));
    if (flip())
        request.sirMode = SirMode(below(3));
    request.initiator = InitiatorId(text());
    request.reference = text();
    request.notBefore = time();
    request.notifyTo = text();
    request.terms = bytes();
    request.contentEncoding = text();
    request.confirm = flip();
    push.user = flip() ? user() : PublicUserId();
    push.state = PushState(below(10));
    push.deliveries = several<Delivery>(
        [&] { return Delivery{device(), PushState(below(10)), code(), WakeId(text()), below(100), time()}; });
    push.awaitsConfirmation = isTerminal(push.state) && flip();
    push.acceptedAt = time();
    push.expiresAt = time();
    push.finishedAt = time();
    return push;
}

WakeUp RandomFacts::wake()
{
    WakeUp wake;
    wake.id = WakeId(u"w-%1"_s.arg(++m_serial));
    wake.device = device();
    wake.user = user();
    wake.order.bearer = text();
    if (flip())
        wake.order.mode = SirMode(below(3));
    wake.order.empty = flip();
    wake.order.requests = SirRequests::fromInt(below(128));
    wake.order.application = text();
    wake.order.session = text();
    wake.order.gateway = text();
    wake.order.repeats = WakeId(text());
    wake.checks = {{"attempts-left", Check::Outcome::Failed, text(), "wake/attempts"}};
    wake.order.byHand = flip();
    wake.order.reason = text();
    wake.because = LossReason(below(5));
    wake.mode = SirMode(below(3));
    wake.identityInside = flip();
    wake.state = WakeState(below(5));
    wake.furthest = WakeStep(below(9));
    for (Timestamp &step : wake.stepTimes)
        step = time();
    wake.attempts = several<WakeAttempt>([&] {
        return WakeAttempt{below(10), text(), route(WakeRoute::Source(below(3))), time(), code(), text()};
    });
    wake.sir = bytes();
    wake.outcome = code();
    wake.nextAttemptAt = time();
    return wake;
}

LearnedNetwork RandomFacts::network()
{
    LearnedNetwork network;
    const int serial = ++m_serial;
    network.prefix = flip() ? *IpNetwork::parse(u"10.%1.%2.0/24"_s.arg(serial / 256).arg(serial % 256))
                            : *IpNetwork::parse(u"2001:db8:%1::/56"_s.arg(serial, 0, 16));
    network.transport = PathTransport(below(2));
    network.longestOpen = Milliseconds(below(1800000));
    network.shortestClosed = Milliseconds(below(1800000));
    network.keepAlive = Milliseconds(below(1800000));
    network.confidence = below(101);
    network.samples = several<PinholeSample>([&] {
        return PinholeSample{Milliseconds(below(1800000)), flip(), PinholeSample::Source(below(3)), time()};
    });
    network.changedAt = time();
    return network;
}

JournalEntry RandomFacts::journalEntry(quint64 id)
{
    JournalEntry entry;
    entry.id = {id};
    entry.time = time();
    entry.kind = JournalKind(below(5));
    entry.event = text();
    if (flip())
        entry.user = user();
    if (flip())
        entry.device = device();
    if (flip())
        entry.push = PushId(text());
    if (flip())
        entry.wake = WakeId(text());
    entry.fields = several<std::pair<QString, QString>>([&] { return std::pair(text(), text()); });
    entry.bytesFormat = text();
    entry.bytes = bytes();
    return entry;
}

} // namespace reveille
