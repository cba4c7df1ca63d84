// SPDX-License-Identifier: GPL-3.0-or-later
// What an idle datagram registration costs: resident bytes as the slope between growing numbers of registrations, CPU
// time of a registration and of a renewal, and of finding one. No sockets, no database: the Registry alone.
// Usage: bench_registry [park|keep] [COUNT …]        (defaults: park, 10000 100000 1000000)
#include "engine/registry.h"
#include "engine/timerwheel.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>

#include <malloc.h>
#include <sys/resource.h>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// Forgets everything at once, so that only the Registry's own memory counts.
class NullStore : public Store
{
public:
    Result<StoredState> open() override { return StoredState{}; }
    Result<Done> readSubscribers(const std::function<void(const StoredSubscribers &)> &) override { return Done{}; }
    void commit(StoreBatch, std::function<void(Result<Done>)> done) override
    {
        if (done)
            done(Done{});
    }
    void readJournal(const JournalQuery &, std::function<void(Result<QVector<JournalEntry>>)>) override {}
    void readPush(const PushId &, std::function<void(Result<std::optional<Push>>)>) override {}
    void readPushesByReference(const InitiatorId &, const QString &, std::function<void(Result<QVector<Push>>)>) override {}
    void readPushes(const PushQuery &, std::function<void(Result<PushPage>)>) override {}
    void readWake(const WakeId &, std::function<void(Result<std::optional<WakeUp>>)>) override {}
    StoreFacts facts() const override { return {}; }
    void close() override {}
};

/// Time moves when told to, so that idle devices need no real seconds.
class HandClock : public Clock
{
public:
    Timestamp now() const override { return Timestamp{1'795'000'000'000} + elapsed; }
    Milliseconds monotonic() const override { return elapsed; }
    Milliseconds elapsed{0};
};

class StubPath : public Connection
{
public:
    explicit StubPath(ConnectionFacts facts) : m_facts(std::move(facts)) {}
    ConnectionFacts facts() const override { return m_facts; }
    void send(const PushMessage &, std::function<void(SendOutcome)>) override {}
    void probe(std::function<void(SendOutcome)>) override {}
    void close(CloseReason) override {}

private:
    ConnectionFacts m_facts;
};

Registration registrationOf(int n, Timestamp now)
{
    Registration r;
    r.user = PublicUserId::parse(u"sip:meter%1@lab.example"_s.arg(n, 7, 10, QChar(u'0'))).value();
    const quint64 mixed = quint64(n) * 0x9e3779b97f4a7c15U;
    r.device = DeviceId::parse(u"urn:uuid:%1-0000-4000-8000-%2"_s.arg(mixed >> 32, 8, 16, QChar(u'0'))
                                   .arg(n, 12, 16, QChar(u'0')))
                   .value();
    const QString session = u"%1%2"_s.arg(mixed, 16, 16, QChar(u'0')).arg(n, 16, 16, QChar(u'0'));
    r.flow = u"datagram/"_s + session;
    r.state = QByteArray::number(mixed, 16);
    r.until = now + Milliseconds(86400000);
    r.policy.keepAliveInterval = Milliseconds(120000);
    return r;
}

ConnectionFacts factsOf(int n, const QString &flow)
{
    const QString peer = u"127.%1.%2.%3:5683"_s.arg(n >> 16 & 255).arg(n >> 8 & 255).arg(n & 255);
    return {u"datagram"_s, u"udp"_s, peer, u"127.0.0.1:5683"_s, u"coap://"_s + peer, flow.sliced(9), u"meter"_s};
}

double cpuSeconds()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

qint64 residentBytes()
{
    ::malloc_trim(0);
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toLongLong() * 4096;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = app.arguments().mid(1);
    const bool parks = arguments.isEmpty() || arguments.takeFirst() != u"keep";
    QVector<int> counts;
    for (const QString &argument : std::as_const(arguments))
        counts.append(argument.toInt());
    if (counts.isEmpty())
        counts = {10000, 100000, 1000000};

    HandClock clock;
    TimerWheel timers(clock);
    NullStore store;
    WriteBehind writes(store, clock, timers, {});
    Journal journal(clock, writes);
    Registry registry(clock, timers, journal, writes);
    if (parks)
        registry.setProtocol(u"datagram"_s, {[](const StoredBinding &b, ConnectionId) {
            return std::make_unique<StubPath>(ConnectionFacts{b.kind, b.transport, b.peer, b.local, b.address, b.session, b.application});
        }});
    const auto advance = [&](int ms) {
        for (; ms > 0; ms -= 10) {
            clock.elapsed += Milliseconds(10);
            timers.run();
        }
    };

    QTextStream out(stdout);
    std::vector<ConnectionId> ids;
    qint64 residentBefore = 0, countBefore = 0;
    for (const int count : std::as_const(counts)) {
        double cpu = cpuSeconds();
        const int added = count - int(ids.size());
        ids.reserve(size_t(count));
        for (int n = int(ids.size()); n < count; ++n) {
            const Registration r = registrationOf(n, clock.now());
            ids.push_back(registry.bind(r, std::make_unique<StubPath>(factsOf(n, r.flow))).value());
            if (n % 100 == 0)
                advance(10);
        }
        advance(15000);
        const double registering = (cpuSeconds() - cpu) / added;
        const qint64 resident = residentBytes() - qint64(ids.capacity() * sizeof(ConnectionId));

        const int renewals = count;
        cpu = cpuSeconds();
        for (int n = 0; n < renewals; ++n) {
            LivenessPolicy policy;
            policy.keepAliveInterval = Milliseconds(120000);
            registry.renew(ids[size_t(n)], clock.now() + Milliseconds(86400000), policy);
            if (n % (count / 6000 + 1) == 0)
                advance(10); // the whole takes a minute or two of its clock
        }
        const double renewing = (cpuSeconds() - cpu) / renewals;

        constexpr int lookups = 20000;
        cpu = cpuSeconds();
        qint64 found = 0;
        for (int i = 0; i < lookups; ++i) {
            const auto n = int(quint64(i) * 7919 % quint64(count));
            const Registration r = registrationOf(n, clock.now());
            found += registry.deviceOfSession(r.flow.sliced(9)) == r.device;
        }
        const double finding = (cpuSeconds() - cpu) / lookups;

        out << count << " registrations: " << registry.parkedCount() << " parked, "
            << (registry.parkedCount() ? qint64(registry.parkedMemory()) / registry.parkedCount() : 0)
            << " bytes of table each; resident " << resident / 1024 << " KiB";
        if (countBefore > 0)
            out << ", slope " << (resident - residentBefore) / (count - countBefore) << " bytes per registration";
        out << "; CPU " << QString::number(registering * 1e6, 'f', 2) << " us to register, "
            << QString::number(renewing * 1e6, 'f', 2) << " us to renew ("
            << QString::number(renewing * 1e6 / 120 * 100, 'f', 2) << " % of a core for a million every 120 s), "
            << QString::number(finding * 1e6, 'f', 2) << " us to find by session"
            << (found == lookups ? "" : " (NOT ALL FOUND)") << Qt::endl;
        residentBefore = resident;
        countBefore = count;
    }
    return 0;
}
