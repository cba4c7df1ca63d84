// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpchannel.h"
#include "support/fakeclock.h"
#include "support/testtls.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray request = "OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n";
const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// Two ends of a connection over loopback: the channel has one, the test the other.
class Bench
{
public:
    explicit Bench(const OtaHttpSettings &s = {}, const TlsIdentity *tls = nullptr) : settings(s)
    {
        QTcpServer listener;
        (void)listener.listen(QHostAddress::LocalHost);
        terminal.setPeerVerifyMode(QSslSocket::VerifyNone);
        terminal.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        (void)listener.waitForNewConnection(3000);
        std::unique_ptr<QTcpSocket> taken(listener.nextPendingConnection());
        (void)terminal.waitForConnected(3000);
        auto *ours = tls ? new QSslSocket : new QTcpSocket;
        ours->setSocketDescriptor(::dup(int(taken->socketDescriptor())));
        taken.reset(); // before it reads what is not for it
        if (tls) {
            auto *secure = static_cast<QSslSocket *>(ours);
            secure->setSslConfiguration(*serverTls(*tls));
            secure->startServerEncryption();
            terminal.startClientEncryption();
            (void)QTest::qWaitFor([&] { return secure->isEncrypted() && terminal.isEncrypted(); });
        }
        socket = ours;
        channel = std::make_unique<OtaHttpChannel>(ours, settings, clock, clock, logs, nullptr);
    }
    void say(const QByteArray &octets)
    {
        terminal.write(octets);
        terminal.flush();
    }
    void ask(const QByteArray &octets = request)
    {
        channel->request(octets, 10s, [this](const OtaHttpReply &reply) { replies.append(reply.kind); });
    }

    OtaHttpSettings settings;
    FakeClock clock;
    OtaHttpLogs logs;
    QSslSocket terminal;
    QTcpSocket *socket = nullptr;
    std::unique_ptr<OtaHttpChannel> channel;
    QVector<OtaHttpReply::Kind> replies;
};

using Kind = OtaHttpReply::Kind;

} // namespace

class TestOtaHttpChannel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersComeInTheOrderOfRequests()
    {
        Bench bench;
        bench.ask();
        bench.ask();
        QCOMPARE(bench.channel->owed(), 2);
        bench.say(answer + answer);
        QTRY_COMPARE(bench.replies, (QVector<Kind>{Kind::Answer, Kind::Answer}));
        QCOMPARE(bench.channel->owed(), 0);
    }
    void aLateAnswerToOneDoesNotExcuseTheNext()
    {
        Bench bench;
        QSignalSpy ended(bench.channel.get(), &OtaHttpChannel::ended);
        QSignalSpy heard(bench.channel.get(), &OtaHttpChannel::heard);
        bench.ask();
        bench.ask();
        bench.clock.advance(10s);
        QCOMPARE(bench.replies, (QVector<Kind>{Kind::Silent, Kind::Silent}));
        bench.say(answer);
        QTRY_COMPARE(heard.size(), 1);
        QVERIFY(bench.channel->isSilent());
        bench.clock.advance(bench.settings.stuckTime);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended[0][1].toString(), QStringLiteral("unanswered"));
    }
    void answersThatComeLateEndTheSilence()
    {
        Bench bench;
        QSignalSpy ended(bench.channel.get(), &OtaHttpChannel::ended);
        QSignalSpy heard(bench.channel.get(), &OtaHttpChannel::heard);
        bench.ask();
        bench.ask();
        bench.clock.advance(10s);
        bench.say(answer + answer);
        QTRY_COMPARE(heard.size(), 2);
        bench.clock.advance(bench.settings.stuckTime);
        QVERIFY(ended.isEmpty());
        QVERIFY(bench.channel->isOpen());
    }
    void anAnswerToNothingEndsIt()
    {
        Bench bench;
        QSignalSpy ended(bench.channel.get(), &OtaHttpChannel::ended);
        bench.say(answer);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][1].toString(), QStringLiteral("HTTP http-unasked"));
    }
    void whatLiesEncryptedCountsAsUnread_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("tls") << true;
    }
    void whatLiesEncryptedCountsAsUnread()
    {
        QFETCH(bool, tls);
        OtaHttpSettings settings;
        settings.maxWriteBuffer = 256 * 1024;
        const TestTls identity;
        Bench bench(settings, tls ? &identity.identity : nullptr);
        bench.terminal.setReadBufferSize(1); // reads nothing more
        QVERIFY(bench.channel->canTake(request.size()));
        bench.ask(QByteArray(64 * 1024 * 1024, 'x')); // more than the system takes
        if (tls)
            QTRY_COMPARE(bench.socket->bytesToWrite(), 0); // all of it is encrypted
        QVERIFY(!bench.channel->canTake(1));
    }
};

QTEST_GUILESS_MAIN(TestOtaHttpChannel)
#include "tst_otahttpchannel.moc"
