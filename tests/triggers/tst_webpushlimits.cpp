// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/logcatcher.h"
#include "triggers/webpushbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Every limit of Web Push in docs/limits.md.
class TestWebPushLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WebPushBench>();
        m_phone = f->bind(1);
        f->makeResource();
    }
    void cleanup()
    {
        m_phone.reset();
        f.reset();
    }

    void maxContent()
    {
        QCOMPARE(f->push({}, QByteArray(4096, 'x')).status, 201);
        const LogCatcher log;
        const HttpResponse refused = f->push({}, QByteArray(4097, 'x'));
        QCOMPARE(refused.status, 413);
        QCOMPARE(HttpPeer::code(refused), u"body-too-large"_s);
        QCOMPARE(log.reached(u"maxContent"_s), 1);
        QCOMPARE(f->refused(u"body-too-large"_s), 1);

        TriggerListener::Settings settings;
        settings.webPush.maxContent = 5000;
        settings.http.limits.body = 1024; // the listener's own limit is for other things
        f->listen(settings);
        QCOMPARE(f->push({}, QByteArray(5000, 'x')).status, 201);
        QCOMPARE(f->push({}, QByteArray(5001, 'x')).status, 413);
    }
    void maxLifetime()
    {
        const LogCatcher log;
        const HttpResponse usual = f->push({{"TTL", "2419200"}});
        QCOMPARE(usual.headers.value("TTL"), QByteArray("2419200"));
        QCOMPARE(log.reached(u"maxLifetime"_s), 0);
        for (const char *ttl : {"2419201", "4294967295", "99999999999999999999"}) {
            const HttpResponse cut = f->push({{"TTL", ttl}});
            QCOMPARE(cut.status, 201);
            QCOMPARE(cut.headers.value("TTL"), QByteArray("2419200"));
            const auto push = f->engine->pushes().push(WebPushBench::idOf(cut));
            QCOMPARE(push->expiresAt - push->acceptedAt, Milliseconds(2419200000));
        }
        QVERIFY(log.reached(u"maxLifetime"_s) > 0);
        TriggerListener::Settings settings;
        settings.webPush.maxLifetime = 5;
        f->listen(settings);
        QCOMPARE(f->push({{"TTL", "6"}}).headers.value("TTL"), QByteArray("5"));
    }
    void maxPushResources()
    {
        const LogCatcher log;
        for (int i = 1; i < 20; ++i)
            QVERIFY(!f->makeResource().id.isEmpty());
        QCOMPARE(log.reached(u"maxPushResources"_s), 0);
        QVERIFY(f->makeResource().id.isEmpty());
        QCOMPARE(log.reached(u"maxPushResources"_s, f->deviceId(1).toString()), 1);
        f->bind(2);
        QVERIFY(!f->makeResource(2).id.isEmpty());
        // What is not durable yet counts as well.
        f->bind(3);
        f->store->hold(true);
        PushResource order;
        order.device = f->deviceId(3);
        int refused = 0;
        for (int i = 0; i < 25; ++i)
            f->engine->pushResources().add(order, [&](const Result<PushResources::Made> &made) { refused += !made; });
        QCOMPARE(refused, 5);
        f->store->hold(false);
        QVERIFY(f->settle([&] { return f->engine->pushResources().of(f->deviceId(3)).size() == 20; }));
    }

private:
    std::unique_ptr<WebPushBench> f;
    std::shared_ptr<StubConnection::Log> m_phone;
};

QTEST_GUILESS_MAIN(TestWebPushLimits)
#include "tst_webpushlimits.moc"
