// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"
#include "webpushbench.h"
#include "wire/papstatus.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr char mixed[] = "multipart/mixed; boundary=b";

/// A page that the terminal fetches without asking, behind a harmless part.
QByteArray packed(const QByteArray &type = "text/vnd.wap.sl")
{
    return "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: " + type + "\r\n\r\nx\r\n--b--\r\n";
}

QByteArray rest(const QByteArray &type, const QByteArray &body)
{
    return R"({"to":{"user":"sip:alice@lab.example"},"content_type":")" + type + R"(","body_base64":")" + body.toBase64() + "\"}";
}

} // namespace

/// A right on content cannot be got round by packing the content into other content, whatever the protocol.
class TestContentRights : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void refusesOverRestWhatIsPacked_data();
    void refusesOverRestWhatIsPacked();
    void refusesOverPapWhatIsPacked();
    void refusesOverWebPushAContainer();
    void takesWhatIsPackedFromWhoHasTheRight();
    void takesWhatCannotBeReadFromWhoHasEveryRight();

private:
    QByteArray makeInitiator(const QList<ContentClass> &contents);
    HttpResponse push(const QByteArray &token, const QByteArray &body, const QByteArray &path = "/v1/pushes");

    std::unique_ptr<PapBench> m_bench;
};

void TestContentRights::init()
{
    m_bench = std::make_unique<PapBench>();
    m_bench->engine.bind(1);
}

QByteArray TestContentRights::makeInitiator(const QList<ContentClass> &contents)
{
    InitiatorRights rights;
    for (const ContentClass content : contents)
        rights.allow(content);
    return m_bench->makeInitiator(u"initiator"_s, rights);
}

HttpResponse TestContentRights::push(const QByteArray &token, const QByteArray &body, const QByteArray &path)
{
    HttpPeer peer(m_bench->port);
    peer.setHeader("Authorization", "Bearer " + token);
    return peer.ask("POST", path, body);
}

void TestContentRights::refusesOverRestWhatIsPacked_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("about");
    QTest::newRow("MIME") << QByteArray(mixed) << packed() << u"content-not-allowed"_s << u"service_loading"_s;
    QTest::newRow("binary") << QByteArray("application/vnd.wap.multipart.related") << QByteArray("\x01\x01\x01\xb4x")
                            << u"content-not-allowed"_s << u"session"_s;
    QTest::newRow("unreadable") << QByteArray(mixed) << packed() + packed() << u"content-unreadable"_s
                                << u"multipart/mixed: multipart-delimiter"_s;
}

void TestContentRights::refusesOverRestWhatIsPacked()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    QFETCH(QString, about);
    const QByteArray token = makeInitiator({ContentClass::Provisioning});
    const HttpResponse refused = push(token, rest(type, body));
    QCOMPARE(refused.status, 403);
    QCOMPARE(HttpPeer::code(refused), code);
    QCOMPARE(HttpPeer::json(refused).value(u"about").toString(), about);
    const HttpResponse batch = push(token, "{\"pushes\":[" + rest(type, body) + "," + rest("text/plain", "hi") + "]}", "/v1/pushes/batch");
    QVERIFY(batch.body.contains(code.toLatin1()));
    QCOMPARE(int(m_bench->engine.store->pushes.size()), 1); // the other of the batch
    QCOMPARE(push(token, rest(mixed, packed("image/png"))).status, 202);
}

void TestContentRights::refusesOverPapWhatIsPacked()
{
    for (const QByteArray &body : {packed(), packed() + packed()}) {
        BodyPart part;
        part.headers.add("Content-Type", mixed);
        part.body = body;
        const PapDocument answer = PapBench::read(m_bench->postPush(PapBench::to(u"p-1"_s), {part}));
        QCOMPARE(std::get<PapPushResponse>(answer.body).code, int(PapCode::forbidden));
    }
    QVERIFY(m_bench->engine.store->pushes.empty());
}

void TestContentRights::refusesOverWebPushAContainer()
{
    WebPushBench bench;
    bench.bind(1);
    bench.makeResource();
    const HttpResponse sealed = bench.push({{"Content-Type", mixed}});
    QCOMPARE(sealed.status, 403);
    QCOMPARE(HttpPeer::code(sealed), u"content-unreadable"_s);
    QVERIFY(bench.store->pushes.empty());
}

void TestContentRights::takesWhatIsPackedFromWhoHasTheRight()
{
    const QByteArray token = makeInitiator({ContentClass::ServiceLoading});
    QCOMPARE(push(token, rest(mixed, packed())).status, 202);
    QCOMPARE(push(token, rest(mixed, packed("application/vnd.wap.sia"))).status, 403);
}

void TestContentRights::takesWhatCannotBeReadFromWhoHasEveryRight()
{
    QCOMPARE(push(m_bench->makeInitiator(u"operator"_s, PapBench::everyContent()), rest(mixed, packed() + packed())).status, 202);
}

QTEST_GUILESS_MAIN(TestContentRights)
#include "tst_contentrights.moc"
