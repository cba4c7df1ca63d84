// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/applicationstarter.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

ClientApplication shell(const QString &script)
{
    ClientApplication application;
    application.name = u"mail"_s;
    application.program = u"/bin/sh"_s;
    application.arguments = {u"-c"_s, script};
    return application;
}

/// What one program said and did.
struct Told {
    explicit Told(ApplicationStarter &starter)
    {
        QObject::connect(&starter, &ApplicationStarter::happened, &context, [this](const QString &code, const QJsonObject &fields) {
            all.append({code, fields});
        });
    }
    int count(const QString &code) const
    {
        return int(std::count_if(all.begin(), all.end(), [&](const auto &one) { return one.first == code; }));
    }
    QJsonObject last(const QString &code) const
    {
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            if (it->first == code)
                return it->second;
        }
        return {};
    }
    QVector<QPair<QString, QJsonObject>> all;
    QObject context;
};

} // namespace

/// Applications of a device: how they are named, and their programs.
class TestApplications : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsADescription()
    {
        const auto mail = ClientApplication::parse(
            u"mail,port=2950,session=mail-1,start=before,dormant,time=5,command=/bin/echo \"a b\",c {gateway}"_s);
        QVERIFY(mail.ok());
        QCOMPARE(mail->name, u"mail"_s);
        QCOMPARE(mail->port, std::optional<quint16>(2950));
        QCOMPARE(mail->session, u"mail-1"_s);
        QCOMPARE(mail->start, ClientApplication::Start::BeforeConnecting);
        QVERIFY(mail->dormant && !mail->isBuiltIn());
        QCOMPARE(mail->longestRun, Milliseconds(5000));
        QCOMPARE(mail->program, u"/bin/echo"_s);
        QCOMPARE(mail->arguments, (QStringList{u"a b,c"_s, u"{gateway}"_s}));
        const auto plain = ClientApplication::parse(u"x-wap-application:mms.ua"_s);
        QVERIFY(plain.ok() && plain->isBuiltIn() && !plain->port && !plain->dormant);
        QCOMPARE(plain->start, ClientApplication::Start::AfterConnecting);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *text, const char *code) {
            QTest::newRow(text) << QString::fromLatin1(text) << QByteArray(code);
        };
        row("", "application-name");
        row("*", "application-name");
        row("a\"b", "application-name");
        row("a,port=65536", "application-port");
        row("a,port=", "application-port");
        row("a,session=", "application-session");
        row("a,start=later", "application-start");
        row("a,time=0", "application-time");
        row("a,dormant=no", "application-key");
        row("a,colour=red", "application-key");
        row("a,command=", "application-command");
        row("a,command={gateway}", "application-command");
    }
    void namesWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, code);
        const auto application = ClientApplication::parse(text);
        QVERIFY(!application.ok());
        QCOMPARE(QByteArray(application.error().code), code);
    }

    void knowsAnApplicationByAnyOfItsNames()
    {
        QVERIFY(isSameApplication(u"mms.ua"_s, u"X-WAP-Application:MMS.ua"_s));
        QVERIFY(isSameApplication(u"4"_s, u"mms.ua"_s));
        QVERIFY(isSameApplication(u"Mail"_s, u"mail"_s));
        QVERIFY(!isSameApplication(u"mms.ua"_s, u"wml.ua"_s));
        QVERIFY(!isSameApplication(u"mail"_s, u"mail2"_s));
        SessionRequest sir;
        sir.applicationName = u"mail"_s;
        sir.applications = {{ApplicationId::Kind::Number, 4, {}}, {ApplicationId::Kind::Uri, 0, u"MAIL"_s}, {}};
        QCOMPARE(applicationsOf(sir), (QStringList{u"mail"_s, u"x-wap-application:mms.ua"_s, u"*"_s}));
        QVERIFY(namesApplication(applicationsOf(sir), u"mms.ua"_s));
        QVERIFY(!namesApplication(applicationsOf(sir), u"*"_s));
    }

    void factsNeverBecomePartOfTheCommand()
    {
        ClientApplication application = shell({});
        application.arguments = {u"{peer}"_s, u"to={gateway}{unknown}"_s, u"plain"_s};
        ApplicationFacts facts;
        facts.peer = u"{gateway}\n; rm"_s;
        facts.gateway = u"192.0.2.1:5060"_s;
        facts.named = {QString(5000, u'x')};
        facts.sir.applicationName = u"--output=/etc/passwd"_s;
        QCOMPARE(argumentsOf(application, facts),
                 (QStringList{u"{gateway}; rm"_s, u"to=192.0.2.1:5060{unknown}"_s, u"plain"_s}));
        application.arguments = {u"{named}"_s};
        QCOMPARE(argumentsOf(application, facts), QStringList{QString(longestFact, u'x')});
        QProcessEnvironment around;
        around.insert(u"SECRET"_s, u"x"_s);
        around.insert(u"PATH"_s, u"/bin"_s);
        around.insert(u"LC_ALL"_s, u"C"_s);
        const QProcessEnvironment environment = environmentOf(application, facts, around);
        QVERIFY(!environment.contains(u"SECRET"_s));
        QCOMPARE(environment.value(u"PATH"_s), u"/bin"_s);
        QCOMPARE(environment.value(u"LC_ALL"_s), u"C"_s);
        QCOMPARE(environment.value(u"REVEILLE_GATEWAY"_s), u"192.0.2.1:5060"_s);
        QCOMPARE(environment.value(u"REVEILLE_NAMED"_s).size(), longestFact);
    }

    void tellsWhatAProgramPrintsAndItsEnd()
    {
        ApplicationStarter starter(4);
        Told told(starter);
        QSignalSpy informed(&starter, &ApplicationStarter::informed);
        QSignalSpy ended(&starter, &ApplicationStarter::ended);
        const auto run = starter.start(
            shell(u"cat; echo \"for $REVEILLE_APPLICATION\"; echo '{\"information\":{\"capability\":{\"x\":1}}}'; "
                  "echo oops >&2; printf end; exit 3"_s),
            {});
        QVERIFY(run.has_value());
        QVERIFY(ended.wait());
        QCOMPARE(told.all.first().first, u"application-started"_s);
        QCOMPARE(informed.size(), 1);
        QCOMPARE(told.last(u"application-ended"_s).value(u"exit_code"_s).toInt(), 3);
        QCOMPARE(starter.size(), 0);
        QStringList lines;
        for (const auto &[code, fields] : std::as_const(told.all)) {
            if (code == u"application-output")
                lines.append(fields.value(u"stream"_s).toString() + u':' + fields.value(u"line"_s).toString());
        }
        lines.sort();
        QCOMPARE(lines, (QStringList{u"error:oops"_s, u"output:"_s, u"output:end"_s, u"output:for mail"_s}));
    }

    void whatItHasStartedEndsWithIt_data()
    {
        QTest::addColumn<QString>("then");
        QTest::addColumn<bool>("timedOut");
        QTest::newRow("it runs too long") << u"wait"_s << true;
        QTest::newRow("it leaves it behind") << u"exit"_s << false;
    }
    void whatItHasStartedEndsWithIt()
    {
        QFETCH(QString, then);
        QFETCH(bool, timedOut);
        QTemporaryDir folder;
        ApplicationStarter starter(4);
        Told told(starter);
        QSignalSpy ended(&starter, &ApplicationStarter::ended);
        ClientApplication application =
            shell(u"sleep 600 >/dev/null & echo $! > '%1/child'; %2"_s.arg(folder.path(), then));
        application.longestRun = Milliseconds(timedOut ? 200 : 60000);
        starter.start(application, {});
        QVERIFY(ended.wait());
        QCOMPARE(told.last(u"application-ended"_s).value(u"timed_out"_s).toBool(), timedOut);
        QFile child(folder.filePath(u"child"_s));
        QVERIFY(child.open(QIODevice::ReadOnly));
        const QString process = u"/proc/"_s + QString::fromLatin1(child.readAll().trimmed());
        const auto isGone = [&] {
            QFile status(process + u"/stat"_s);
            return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
        };
        QTRY_VERIFY(isGone());
    }

    void boundsWhatItTells()
    {
        ApplicationStarter starter(4);
        Told told(starter);
        QSignalSpy ended(&starter, &ApplicationStarter::ended);
        starter.start(shell(u"head -c 100000 /dev/zero | tr '\\0' x; echo; yes | head -n 1500"_s), {});
        QVERIFY(ended.wait());
        QCOMPARE(told.count(u"application-output"_s), ApplicationRun::mostLines);
        QCOMPARE(told.last(u"application-ended"_s).value(u"dropped"_s).toInt(), 1501 - ApplicationRun::mostLines);
        for (const auto &[code, fields] : std::as_const(told.all))
            QVERIFY(fields.value(u"line"_s).toString().size() <= ApplicationRun::longestLine);
    }

    void runsNoMoreThanAllowedAndEachOnce()
    {
        ApplicationStarter starter(1);
        Told told(starter);
        const auto first = starter.start(shell(u"sleep 600"_s), {});
        QCOMPARE(starter.start(shell(u"sleep 600"_s), {}), first);
        QCOMPARE(told.count(u"application-running"_s), 1);
        ClientApplication other = shell(u"true"_s);
        other.name = u"chat"_s;
        QVERIFY(!starter.start(other, {}).has_value());
        QCOMPARE(told.last(u"application-failed"_s).value(u"reason"_s).toString(), u"too-many"_s);
        starter.endAll();
        QTRY_COMPARE(starter.size(), 0);
        QVERIFY(starter.start(other, {}).has_value());
        QTRY_COMPARE(told.count(u"application-ended"_s), 2);
    }

    void saysSoWhereAProgramCannotBeStarted()
    {
        ApplicationStarter starter(1);
        Told told(starter);
        QSignalSpy ended(&starter, &ApplicationStarter::ended);
        ClientApplication application = shell({});
        application.program = u"/nowhere/mail"_s;
        starter.start(application, {});
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(told.last(u"application-failed"_s).value(u"reason"_s).toString(), u"not-started"_s);
        QCOMPARE(starter.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestApplications)
#include "tst_applications.moc"
