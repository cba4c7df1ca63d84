// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"

#include <QTcpServer>
#include <QTest>
#include <QTimer>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Where result notifications go when the name in their URL is in the hands of somebody who wants to reach what he may not:
/// 127.0.0.2 stands for the application server, 127.0.0.1 for what is behind the fence.
class TestNotifyFence : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_within = std::make_unique<QTcpServer>();
        m_outside = std::make_unique<QTcpServer>();
        QVERIFY(m_within->listen(QHostAddress(u"127.0.0.1"_s)));
        QVERIFY(m_outside->listen(QHostAddress(u"127.0.0.2"_s), m_within->serverPort()));
        m_answers.clear();
        m_asked = 0;
        TriggerListener::Settings settings;
        settings.pap.notifyNetworks = {*IpNetwork::parse(u"127.0.0.2/32")};
        settings.notify.http.resolve = [this](const QString &name, QObject *context, const HttpCaller::Found &found) {
            ++m_asked;
            const QList<QHostAddress> answer = name == u"shop.example" && !m_answers.isEmpty() ? m_answers.takeFirst() : QList<QHostAddress>();
            QTimer::singleShot(0, context, [found, answer] { found(answer); });
        };
        m_bench = std::make_unique<PapBench>(settings);
        m_phone = m_bench->engine.bind(1);
    }
    void cleanup()
    {
        m_phone.reset();
        m_bench.reset();
        m_within.reset();
        m_outside.reset();
    }

    /// The one that is not allowed comes first; the one that is gets it.
    void goesToTheAnswerThatIsAllowed()
    {
        m_answers = {{QHostAddress(u"127.0.0.1"_s), QHostAddress(u"::ffff:127.0.0.1"_s), QHostAddress(u"127.0.0.2"_s)}};
        endPush();
        QVERIFY(comesTrue([this] { return m_outside->hasPendingConnections(); }));
        QVERIFY(!m_within->hasPendingConnections());
        QCOMPARE(m_asked, 1); // who connects does not ask the name again
    }

    /// Allowed when it was first looked up, and somewhere else at the next attempt.
    void isJudgedAtEachAttempt()
    {
        m_answers = {{QHostAddress(u"127.0.0.2"_s)}, {QHostAddress(u"127.0.0.1"_s)}};
        endPush();
        QVERIFY(comesTrue([this] { return m_outside->hasPendingConnections(); }));
        m_outside->nextPendingConnection()->abort();
        const auto &notices = m_bench->engine.store->notices;
        QVERIFY(comesTrue([&] { return !notices.empty() && notices.begin()->second.attempts == 1; }));
        m_bench->engine.clock->advance(ResultNotifier::Settings().firstPause);
        QVERIFY(comesTrue([this] { return m_bench->engine.journalCount(u"notification-failed"_s) == 1; }));
        QCOMPARE(m_asked, 2);
        QVERIFY(!m_within->hasPendingConnections());
        QVERIFY(!m_outside->hasPendingConnections());
    }

private:
    void endPush()
    {
        PapPushMessage message = PapBench::to(u"p1"_s);
        message.notifyTo = u"http://shop.example:%1/"_s.arg(m_within->serverPort());
        QCOMPARE(m_bench->push(message).code, 1001);
        m_phone->answer(SendOutcome::Kind::Delivered, "200");
    }
    template <typename Condition>
    bool comesTrue(Condition condition)
    {
        return QTest::qWaitFor([&] {
            m_bench->engine.clock->advance(Milliseconds(0));
            return condition();
        });
    }

    std::unique_ptr<QTcpServer> m_within, m_outside;
    QList<QList<QHostAddress>> m_answers;
    int m_asked = 0;
    std::unique_ptr<PapBench> m_bench;
    std::shared_ptr<StubConnection::Log> m_phone;
};

QTEST_GUILESS_MAIN(TestNotifyFence)
#include "tst_notifyfence.moc"
