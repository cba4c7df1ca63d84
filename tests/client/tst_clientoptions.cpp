// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientoptions.h"

#include <QTemporaryFile>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

Result<ClientOptions> read(QStringList arguments)
{
    arguments.prepend(u"reveille-client"_s);
    return ClientOptions::read(arguments);
}

const QString user = u"--user=sip:alice@lab.example"_s;

} // namespace

class TestClientOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryOption()
    {
        const auto options = read({user,
                                   u"--device"_s,
                                   u"imei:352099001761481"_s,
                                   u"--name"_s,
                                   u"phone"_s,
                                   u"--password"_s,
                                   u"secret"_s,
                                   u"--registrar"_s,
                                   u"127.0.0.2:5070"_s,
                                   u"--transport"_s,
                                   u"tcp"_s,
                                   u"--expires"_s,
                                   u"120"_s,
                                   u"--reg-id"_s,
                                   u"2"_s,
                                   u"--no-gruu"_s,
                                   u"--keep-alive"_s,
                                   u"options"_s,
                                   u"--keep-alive-interval"_s,
                                   u"7"_s,
                                   u"--client-port"_s,
                                   u"2948"_s,
                                   u"--no-wake-route"_s,
                                   u"--gateway"_s,
                                   u"192.0.2.1:5062"_s,
                                   u"--application"_s,
                                   u"mms.ua"_s,
                                   u"--accept-unsigned"_s,
                                   u"--deaf"_s,
                                   u"--silent"_s,
                                   u"--refuse"_s,
                                   u"486"_s,
                                   u"--timeout"_s,
                                   u"900"_s,
                                   u"--retry"_s,
                                   u"50"_s});
        QVERIFY2(options.ok(), options.ok() ? "" : qPrintable(options.error().about));
        const PushClientSettings &settings = options->settings;
        QCOMPARE(settings.device.kind(), DeviceId::Kind::Imei);
        QCOMPARE(settings.deviceName, u"phone"_s);
        QCOMPARE(settings.password, u"secret"_s);
        QCOMPARE(settings.registrar, QHostAddress(u"127.0.0.2"_s));
        QCOMPARE(settings.registrarPort, quint16(5070));
        QCOMPARE(settings.transport, ClientTransport::Tcp);
        QCOMPARE(settings.expires, 120);
        QCOMPARE(settings.regId, 2);
        QVERIFY(!settings.gruu && !settings.namesWakeRoute && settings.acceptsUnsigned);
        QCOMPARE(settings.keepAlive, KeepAliveKind::Options);
        QCOMPARE(settings.keepAliveInterval, Milliseconds(7000));
        QVERIFY(settings.insistsOnInterval);
        QCOMPARE(settings.clientPort, quint16(2948));
        QCOMPARE(settings.gateways, QStringList{u"192.0.2.1:5062"_s});
        QCOMPARE(settings.applications, QStringList{u"mms.ua"_s});
        QCOMPARE(settings.requestTimeout, Milliseconds(900));
        QCOMPARE(settings.retryDelay, Milliseconds(50));
        QVERIFY(options->deaf && options->silentWhenRegistered);
        QCOMPARE(options->refuse, 486);
    }

    void readsTheKindOfConnection()
    {
        const auto datagram = read({user, u"--connect=datagram"_s, u"--session=mail=x-mail"_s, u"--session"_s,
                                    u"chat"_s, u"--wake-address=127.0.0.9"_s});
        QVERIFY(datagram.ok());
        QCOMPARE(datagram->settings.connect, ClientConnect::Datagram);
        QCOMPARE(datagram->settings.registrarPort, quint16(5683));
        QCOMPARE(datagram->settings.sessions,
                 (QVector<ClientSession>{{u"mail"_s, u"x-mail"_s}, {u"chat"_s, {}}}));
        QCOMPARE(datagram->settings.wakeAddress, QHostAddress(u"127.0.0.9"_s));
        QCOMPARE(read({user, u"--connect=datagram"_s, u"--transport=dtls"_s})->settings.registrarPort,
                 quint16(5684));
        const auto secure = read(
            {user, u"--transport=tls"_s, u"--registrar=127.0.0.1"_s, u"--tls-insecure"_s, u"--flows=2"_s});
        QVERIFY(secure.ok());
        QCOMPARE(secure->settings.registrarPort, quint16(5061));
        QCOMPARE(secure->settings.flows, 2);
        QVERIFY(secure->settings.tlsInsecure);
        QVERIFY(!read({user, u"--connect=datagram"_s, u"--transport=tcp"_s}).ok());
        QVERIFY(!read({user, u"--transport=dtls"_s}).ok());
    }

    void readsApplicationsAndPreferences()
    {
        const auto options = read({user, u"--application=mail,port=2950,command=/bin/echo a,b"_s, u"--application"_s, u"mms.ua"_s,
                                   u"--application-limit=2"_s, u"--unwanted-application=chat"_s, u"--quiet-hours=22:00-07:00"_s,
                                   u"--secure-only"_s, u"--ask"_s, u"--ask-timeout=5"_s, u"--state=/tmp/alice"_s, u"--coap-port=6683"_s});
        QVERIFY(options.ok());
        const PushClientSettings &settings = options->settings;
        QCOMPARE(settings.applications, (QStringList{u"mail"_s, u"mms.ua"_s}));
        QCOMPARE(settings.installed.size(), 2);
        QCOMPARE(settings.installed.first().arguments, QStringList{u"a,b"_s});
        QVERIFY(settings.listensForCoap);
        QCOMPARE(settings.coapPort, quint16(6683));
        QCOMPARE(settings.stateFile, u"/tmp/alice"_s);
        QCOMPARE(settings.mostRuns, 2);
        QCOMPARE(settings.preferences.unwanted, QStringList{u"chat"_s});
        QVERIFY(settings.preferences.quietHours && settings.preferences.secureOnly && settings.preferences.asks);
        QCOMPARE(settings.preferences.askTime, Milliseconds(5000));
        const auto wrong = read({user, u"--application=mail,port=x"_s});
        QVERIFY(!wrong.ok());
        QCOMPARE(QByteArray(wrong.error().code), "application-port");
    }

    void readsWhereElseItIsWoken()
    {
        const auto core = read({user, u"--wake-core=127.0.0.3"_s, u"--wake-core-transport=tcp"_s, u"--wake-bearer=sip"_s,
                                u"--wake-core-user=sip:flo@core.example"_s, u"--wake-core-password=other"_s,
                                u"--companion=127.0.0.4:2948"_s});
        QVERIFY(core.ok());
        QCOMPARE(core->settings.core.address, QHostAddress(u"127.0.0.3"_s));
        QCOMPARE(core->settings.core.port, quint16(5060));
        QCOMPARE(core->settings.core.transport, ClientTransport::Tcp);
        QCOMPARE(core->settings.core.user.toString(), u"sip:flo@core.example"_s);
        QCOMPARE(core->settings.core.password, u"other"_s);
        QCOMPARE(core->settings.wakeBearer, u"sip"_s);
        QCOMPARE(core->settings.companion, QHostAddress(u"127.0.0.4"_s));
        QCOMPARE(core->settings.companionPort, quint16(2948));
        QCOMPARE(read({user, u"--wake-core=127.0.0.3:5070"_s})->settings.core.port, quint16(5070));
        QVERIFY(read({user})->settings.core.address.isNull());
    }

    void makesTheSameIdentityEachTime()
    {
        const auto first = read({user, u"--name=phone"_s}), again = read({user, u"--name=phone"_s});
        const auto other = read({user, u"--name=laptop"_s});
        QCOMPARE(first->settings.device.kind(), DeviceId::Kind::Uuid);
        QCOMPARE(first->settings.device, again->settings.device);
        QVERIFY(first->settings.device != other->settings.device);
    }

    void takesThePasswordFromAFile()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("p\xc3\xa4ss word\r\nsecond line\n");
        file.close();
        QCOMPARE(read({user, u"--password-file"_s, file.fileName()})->settings.password, u"p\u00e4ss word"_s);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("about");
        QTest::newRow("no user") << QStringList{} << QByteArray("option-missing") << u"user"_s;
        QTest::newRow("unknown") << QStringList{user, u"--sing"_s} << QByteArray("option-unknown")
                                 << u"sing"_s;
        QTest::newRow("positional") << QStringList{user, u"now"_s} << QByteArray("option-unknown")
                                    << u"now"_s;
        QTest::newRow("user") << QStringList{u"--user=x:y"_s} << QByteArray("option-value") << u"user"_s;
        QTest::newRow("password file") << QStringList{user, u"--password-file=/nowhere"_s}
                                       << QByteArray("password-file") << u"/nowhere"_s;
        const QVector<QPair<QString, QString>> values{{u"device"_s, u"urn:uuid:1"_s},
                                                      {u"registrar"_s, u"127.0.0.1:x"_s},
                                                      {u"transport"_s, u"sctp"_s},
                                                      {u"expires"_s, u"-1"_s},
                                                      {u"reg-id"_s, u"one"_s},
                                                      {u"keep-alive"_s, u"ping"_s},
                                                      {u"client-port"_s, u"65536"_s},
                                                      {u"gateway"_s, u"example"_s},
                                                      {u"refuse"_s, u"200"_s},
                                                      {u"connect"_s, u"fax"_s},
                                                      {u"flows"_s, u"9"_s},
                                                      {u"session"_s, u"=x"_s},
                                                      {u"wake-address"_s, u"there"_s},
                                                      {u"wake-core"_s, u"127.0.0.1:x"_s},
                                                      {u"wake-core-transport"_s, u"dtls"_s},
                                                      {u"wake-core-user"_s, u"x:y"_s},
                                                      {u"wake-bearer"_s, u"sip"_s},
                                                      {u"companion"_s, u"127.0.0.1"_s},
                                                      {u"quiet-hours"_s, u"night"_s},
                                                      {u"ask-timeout"_s, u"0"_s},
                                                      {u"state"_s, QString()},
                                                      {u"application-limit"_s, u"0"_s},
                                                      {u"local"_s, u"here"_s}};
        for (const auto &[name, value] : values) {
            QTest::newRow(qPrintable(name))
                << QStringList{user, u"--"_s + name + u'=' + value} << QByteArray("option-value") << name;
        }
    }
    void namesWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, code);
        QFETCH(QString, about);
        const auto options = read(arguments);
        QVERIFY(!options.ok());
        QCOMPARE(QByteArray(options.error().code), code);
        QCOMPARE(options.error().about, about);
    }

    void helpNeedsNoUser()
    {
        QCOMPARE(read({u"--help"_s})->action, ClientOptions::Action::ShowHelp);
        QVERIFY(read({u"--help"_s})->helpText.contains(u"--client-port"_s));
        QCOMPARE(read({u"--version"_s})->action, ClientOptions::Action::ShowVersion);
    }
};

QTEST_GUILESS_MAIN(TestClientOptions)
#include "tst_clientoptions.moc"
