// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <array>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr int devices = 3;
constexpr int steps = 250;
constexpr Milliseconds longestLife{90000};

/// A server over one store and one clock through several lives, devices that drop what they have already, and somebody who
/// notes what was promised and told. Everything happens by chance, from one seed.
class World
{
public:
    explicit World(quint32 seed) : m_random(seed) { begin(); }
    ~World() { kill(); }

    /// What is wrong, empty where nothing is.
    QString trouble() const { return m_trouble; }

    void step()
    {
        const int n = int(m_random.bounded(devices));
        switch (m_random.bounded(24)) {
        case 0: case 1: case 2:
            bind(n);
            break;
        case 3: case 4:
            m_life->lose(n, m_random.bounded(2) ? LivenessEvent::Kind::Closed : LivenessEvent::Kind::IcmpUnreachable);
            break;
        case 5: case 6: case 7: case 8:
            submit(n, {});
            break;
        case 9: case 10: case 11: case 12: case 13:
            answer(n, SendOutcome::Kind(m_random.bounded(5)));
            break;
        case 14: case 15: case 16:
            m_clock->advance(Milliseconds(m_random.bounded(15000)));
            break;
        case 17:
            (void)m_life->engine->pushes().cancel(any());
            break;
        case 18:
            submit(n, {any(), any()});
            break;
        case 19:
            m_store->failNext("store-full", 1 + int(m_random.bounded(3)));
            break;
        case 20:
            m_store->hold(m_random.bounded(2) == 0);
            break;
        case 21:
            m_life->bearer->healthy = !m_life->bearer->healthy;
            m_life->bearer->tell();
            break;
        case 22:
            m_clock->setWall(Milliseconds(int(m_random.bounded(7200000)) - 3600000));
            break;
        case 23:
            kill();
            begin();
            break;
        }
        if (m_random.bounded(3))
            QCoreApplication::processEvents();
        checkCounts();
    }

    /// All comes to an end, and nothing stands in the way.
    void end()
    {
        m_store->failNext("", 0);
        m_store->hold(false);
        m_life->bearer->healthy = true;
        for (int round = 0; round < 12; ++round) {
            m_clock->advance(longestLife);
            for (int n = 0; n < devices; ++n) {
                while (m_paths[size_t(n)] && !m_paths[size_t(n)]->waiting.empty())
                    answer(n, SendOutcome::Kind::Unanswered);
            }
            // What was to start at a time of day that has come nearer or gone farther.
            m_clock->setWall(Milliseconds(3600 * 1000));
            m_clock->advance(Milliseconds(3600 * 1000));
            flush();
        }
        checkCounts();
        for (auto promise = m_accepted.cbegin(); promise != m_accepted.cend(); ++promise) {
            const auto kept = m_store->pushes.find(promise.key());
            if (kept == m_store->pushes.end())
                complain(QStringLiteral("lost"), promise.key());
            else if (!isTerminal(kept->second.state))
                complain(QStringLiteral("never ended, ") + QString::fromLatin1(toText(kept->second.state)), promise.key());
            else if (m_told.value(promise.key(), kept->second.state) != kept->second.state)
                complain(QStringLiteral("told another end than it had"), promise.key());
        }
        for (auto told = m_told.cbegin(); told != m_told.cend(); ++told) {
            if (told.value() == PushState::Delivered && !m_received.contains(told.key()))
                complain(QStringLiteral("told delivered, and nobody has it"), told.key());
        }
        if (m_life->engine->pushes().pendingTotal() != 0)
            complain(QStringLiteral("still pending"), {});
    }
    qsizetype accepted() const { return m_accepted.size(); }
    qsizetype delivered() const { return m_received.size(); }

private:
    void complain(const QString &what, const PushId &id)
    {
        if (!m_trouble.isEmpty())
            return;
        QStringList rows;
        for (const auto &[number, row] : m_store->journal) {
            if (row.push == id && !id.isEmpty())
                rows.append(u"\n    "_s + row.time.toIso().mid(11) + u' ' + row.event + u' ' + row.device.toString().right(2));
            for (const auto &[name, value] : row.push == id && !id.isEmpty() ? row.fields : decltype(row.fields)())
                rows.last() += u' ' + name + u'=' + value;
        }
        m_trouble = what + u' ' + id.text() + rows.mid(std::max<qsizetype>(0, rows.size() - 12)).join(QString());
    }

    void begin()
    {
        m_life = std::make_unique<EngineFixture>(m_store, m_clock, PushDispatcher::Limits{}, [](Engine::Settings &settings) {
            settings.wake.activeLimit = 1;
            settings.wake.queueLimit = 1;
            settings.pushes.retryUnreachable = Milliseconds(10000);
        });
        m_life->engine->resume();
        m_atLoad = m_life->engine->pushes().pendingTotal() + m_life->engine->counters().pushesFailed
            + m_life->engine->counters().pushesDelivered;
        QObject::connect(&m_life->engine->pushes(), &PushDispatcher::pushLasts, &m_life->engine->pushes(), [this](const PushId &id) {
            const PushState state = m_life->stateOf(id);
            if (!isTerminal(state))
                complain(QStringLiteral("told before its end"), id);
            if (m_told.contains(id))
                complain(QStringLiteral("told twice"), id);
            const auto kept = m_store->pushes.find(id);
            if (kept == m_store->pushes.end() || kept->second.state != state)
                complain(QStringLiteral("told what is not durable"), id);
            m_told.insert(id, state);
        });
        QObject::connect(&m_life->engine->pushes(), &PushDispatcher::pushChanged, &m_life->engine->pushes(), [this](const PushId &id) {
            const PushState state = m_life->stateOf(id);
            if (m_ended.contains(id) && m_ended.value(id) != state)
                complain(QStringLiteral("two ends in one life"), id);
            if (isTerminal(state))
                m_ended.insert(id, state);
        });
    }

    /// What is not committed is gone, and so is every path.
    void kill()
    {
        m_store->dropQueued();
        m_life.reset();
        m_ended.clear();
        m_paths = {};
        QCoreApplication::processEvents();
    }

    void bind(int n)
    {
        m_paths[size_t(n)] = m_life->bind(n);
    }

    void submit(int n, const QVector<PushId> &replaced)
    {
        PushRequest request = m_life->request();
        request.body = QByteArray::number(++m_bodies);
        request.when = PushWhen(m_random.bounded(3));
        request.ttl = Milliseconds(m_random.bounded(4) * 30000);
        request.priority = PushPriority(m_random.bounded(3));
        request.choice = DeviceChoice(m_random.bounded(3));
        if (m_random.bounded(5) == 0 && request.ttl.count() > 0)
            request.notBefore = m_clock->wall() + Milliseconds(20000);
        if (m_random.bounded(2) && m_life->engine->registry().device(m_life->deviceId(n)))
            request.devices = {m_life->deviceId(n)};
        const auto accepted = [this, body = request.body](const Result<QVector<PushId>> &ids) {
            if (ids)
                m_accepted.insert(ids->first(), body);
        };
        m_life->engine->pushes().submitTogether({request}, {}, accepted, {}, replaced);
    }

    /// Whatever the answer says: it may have been lost, and then the device has it none the less.
    void answer(int n, SendOutcome::Kind kind)
    {
        const auto path = m_paths[size_t(n)];
        if (!path || path->waiting.empty())
            return;
        const PushMessage message = path->sent[path->sent.size() - qsizetype(path->waiting.size())];
        const bool arrives = kind == SendOutcome::Kind::Delivered
            || (kind >= SendOutcome::Kind::Unanswered && m_random.bounded(2) == 0);
        if (arrives) {
            if (m_told.contains(message.push))
                complain(QStringLiteral("delivered after its end"), message.push);
            if (!m_has[size_t(n)].contains(message.push)) {
                m_has[size_t(n)].insert(message.push);
                if (m_contents[size_t(n)].contains(message.body))
                    complain(QStringLiteral("delivered twice"), message.push);
                m_contents[size_t(n)].insert(message.body);
            }
            m_received.insert(message.push);
        }
        path->answer(kind, "x");
    }

    PushId any()
    {
        return m_accepted.isEmpty() ? PushId(QStringLiteral("p-none"))
                                    : m_accepted.keys().at(qsizetype(m_random.bounded(quint32(m_accepted.size()))));
    }

    void flush()
    {
        m_clock->advance(WriteBehind::retryDelay);
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
    }

    void checkCounts()
    {
        const ServerCounters c = m_life->engine->counters();
        if (c.pushesAccepted + m_atLoad != c.pushesDelivered + c.pushesFailed + c.pushesPending)
            complain(QStringLiteral("counts do not add up"), {});
        for (auto promise = m_accepted.cbegin(); promise != m_accepted.cend(); ++promise) {
            if (!m_life->engine->pushes().push(promise.key()) && m_store->pushes.find(promise.key()) == m_store->pushes.end())
                complain(QStringLiteral("lost"), promise.key());
        }
    }

    QRandomGenerator m_random;
    std::shared_ptr<MemoryStore> m_store = std::make_shared<MemoryStore>();
    std::shared_ptr<FakeClock> m_clock = std::make_shared<FakeClock>();
    std::unique_ptr<EngineFixture> m_life;
    std::array<std::shared_ptr<StubConnection::Log>, devices> m_paths{};
    std::array<QSet<PushId>, devices> m_has{};
    std::array<QSet<QByteArray>, devices> m_contents{};
    QMap<PushId, QByteArray> m_accepted; ///< promised to the initiator
    QHash<PushId, PushState> m_told;     ///< final states that somebody heard of
    QHash<PushId, PushState> m_ended;    ///< in this life
    QSet<PushId> m_received;
    qint64 m_atLoad = 0;
    int m_bodies = 0;
    QString m_trouble;
};

} // namespace

/// The life of pushes through everything that may happen to a server.
class TestPushLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingAcceptedIsLostNorEndsTwice_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 0; seed < 60; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void nothingAcceptedIsLostNorEndsTwice()
    {
        QFETCH(quint32, seed);
        World world(seed);
        for (int i = 0; i < steps && world.trouble().isEmpty(); ++i)
            world.step();
        world.end();
        QVERIFY2(world.trouble().isEmpty(), qPrintable(world.trouble()));
        m_accepted += world.accepted();
        m_delivered += world.delivered();
    }
    void cleanupTestCase()
    {
        qInfo() << m_accepted << "accepted," << m_delivered << "delivered";
        QVERIFY(m_accepted > 500);
        QVERIFY(m_delivered > 200);
    }
private:
    qsizetype m_accepted = 0, m_delivered = 0;
};

QTEST_GUILESS_MAIN(TestPushLife)
#include "tst_pushlife.moc"
