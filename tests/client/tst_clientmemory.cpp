// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/memory/memoryfile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

ClientMemory full()
{
    ClientMemory memory;
    memory.user = *PublicUserId::parse(u"sip:alice@lab.example");
    memory.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
    memory.server = u"sip udp 127.0.0.1:5060"_s;
    memory.gruu = u"sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6"_s;
    memory.realm = u"lab"_s;
    memory.keepAlive = Milliseconds(14000);
    memory.ports = {{QString(), quint16(2948)}, {u"mail"_s, quint16(2950)}};
    memory.datagramPushes = {QByteArray(16, 'b')};
    memory.links = {{"call", "tag", 64, {}}, {{}, {}, 0, {{u"mail-1"_s, "rd/key", 2948, Timestamp{1795203000000}}}}};
    memory.pushes = {QByteArray(16, 'a'), QByteArray(16, '\0')};
    memory.sirs = {{Timestamp{1795203000000}, "abcd"}};
    memory.sirsForgottenUntil = Timestamp{1795202000000};
    memory.activated = {u"mail"_s};
    return memory;
}

} // namespace

class TestClientMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrote()
    {
        const auto read = clientMemoryFromJson(toJson(full()));
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().about));
        QCOMPARE(*read, full());
    }

    void leavesOutWhatAServerMadeTooLong()
    {
        ClientMemory memory = full();
        memory.gruu = QString(5000, u'x');
        memory.links[1].registrations[0].location = QByteArray(5000, 'x');
        const auto read = clientMemoryFromJson(toJson(memory));
        QVERIFY(read.ok());
        QCOMPARE(read->gruu, QString());
        QVERIFY(read->links.at(1).registrations.isEmpty());
    }

    /// Whatever servers, registrars and senders of SIRs could have made of it.
    void readsWhateverItWrote_data()
    {
        QTest::addColumn<ClientMemory>("memory");
        const QStringList texts{QString(u'\0'), u"a\nb"_s, u"\x7f"_s, QString(QChar(0xd800)), QString(1024, u'"'), QString(1025, u'x'), QString(255, QChar(0x2028))};
        for (const QString &text : texts) {
            ClientMemory memory = full();
            memory.gruu = memory.realm = memory.server = text;
            memory.links[0].callId = memory.links[0].tag = text.toUtf8();
            memory.links[1].registrations = {{text, "rd/1", 1, Timestamp{1}}, {u"mail"_s, text.toUtf8(), 1, Timestamp{1}}};
            memory.activated = {text, QString()};
            memory.ports = {{text, quint16(2948)}, {u"mail"_s, quint16(0)}};
            QTest::addRow("text %d of %d", int(text.at(0).unicode()), int(text.size())) << memory;
        }
        ClientMemory large = full();
        large.links[0].cseq = 4294967295;
        large.links.resize(20);
        for (LinkMemory &link : large.links) {
            for (int i = 0; i < 300; ++i)
                link.registrations.append({QString(1000, u'"'), QByteArray(1000, '\xff'), 1, Timestamp{1}});
        }
        large.pushes.fill(QByteArray(16, 'a'), 5000);
        large.datagramPushes.fill(QByteArray(99, 'a'), 5000);
        large.sirs.assign(5000, {Timestamp{1}, QByteArray(64, 'a')});
        for (int i = 0; i < 100; ++i) {
            large.activated.append(QString(255, u'"'));
            large.ports.insert(QString::number(i), quint16(i + 1));
        }
        large.keepAlive = Milliseconds(4294967295000);
        QTest::newRow("too much of everything") << large;
        ClientMemory early = full();
        early.keepAlive = Milliseconds(-1);
        early.sirsForgottenUntil = Timestamp{-1};
        early.sirs = {{Timestamp{-1}, {}}, {Timestamp{std::numeric_limits<qint64>::max()}, {}}};
        early.links[1].registrations = {{u"mail"_s, "rd/1", 1, Timestamp{-1}}};
        early.pushes = {QByteArray()};
        QTest::newRow("out of all bounds") << early;
    }
    void readsWhateverItWrote()
    {
        QFETCH(ClientMemory, memory);
        const QByteArray octets = toJson(memory);
        const auto read = clientMemoryFromJson(octets);
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().about));
        QCOMPARE(read->device, memory.device);
        QCOMPARE(toJson(*read), octets);
    }

    void saysWhereItIsWrong()
    {
        const auto read = clientMemoryFromJson(toJson(full()).replace("rd/key", "rd\\nkey"));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().about, u"links[1].registrations[0].location"_s);
    }

    void refusesWhatItCannotTrust_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("code");
        const auto changed = [](const char *name, const QJsonValue &value) {
            QJsonObject object = QJsonDocument::fromJson(toJson(full())).object();
            object.insert(QString::fromLatin1(name), value);
            return QJsonDocument(object).toJson();
        };
        QTest::newRow("nothing") << QByteArray() << QByteArray("json-empty");
        QTest::newRow("cut") << toJson(full()).chopped(9) << QByteArray("json-syntax");
        QTest::newRow("large") << QByteArray(ClientMemory::largest + 1, ' ') << QByteArray("state-too-large");
        QTest::newRow("of the future") << changed("version", 2) << QByteArray("state-version");
        QTest::newRow("no version") << QByteArray("{}") << QByteArray("state-version");
        QTest::newRow("no device") << changed("device", QJsonValue()) << QByteArray("json-field-missing");
        QTest::newRow("device") << changed("device", u"urn:uuid:1"_s) << QByteArray("device-uuid");
        QTest::newRow("unknown field") << changed("colour", 1) << QByteArray("json-field-unknown");
        QTest::newRow("keep-alive") << changed("keep_alive_ms", -1) << QByteArray("json-field-value");
        QTest::newRow("digest") << changed("pushes", QJsonArray{u"xy"_s}) << QByteArray("json-field-value");
        QTest::newRow("long digest") << changed("pushes", QJsonArray{QString(34, u'a')}) << QByteArray("json-field-value");
        QTest::newRow("no link") << changed("links", QJsonArray{1}) << QByteArray("json-field-type");
        QTest::newRow("cseq") << changed("links", QJsonArray{QJsonObject{{u"cseq"_s, 4000000000.0}}}) << QByteArray("json-field-value");
        QJsonArray many;
        for (int i = 0; i < 1025; ++i)
            many.append(QString(32, u'a'));
        QTest::newRow("too many") << changed("pushes", many) << QByteArray("json-too-many");
    }
    void refusesWhatItCannotTrust()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, code);
        const auto read = clientMemoryFromJson(octets);
        QVERIFY(!read.ok());
        QCOMPARE(QByteArray(read.error().code), code);
    }

    void isForItsOwnerAlone()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"state"_s);
        QFile wide(path);
        QVERIFY(wide.open(QIODevice::WriteOnly));
        wide.write(toJson(full()));
        wide.close();
        QVERIFY(wide.setPermissions(QFile::Permissions(0x6644)));
        MemoryFile file(path);
        QVERIFY(file.open().ok());
        QVERIFY(file.save(full()).ok());
        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFile::permissions(path) & others, QFile::Permissions());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2); // it and its lock, nothing half written
    }

    void isUsedByOneAtATime()
    {
        QTemporaryDir folder;
        MemoryFile first(folder.filePath(u"state"_s)), second(folder.filePath(u"state"_s));
        QVERIFY(first.open().ok());
        const auto taken = second.open();
        QVERIFY(!taken.ok());
        QCOMPARE(QByteArray(taken.error().code), "state-in-use");
        QVERIFY(first.save(full()).ok());
        first.close();
        QCOMPARE(second.open()->value_or(ClientMemory()), full());
    }

    void saysWhereItCannotBe()
    {
        QTemporaryDir folder;
        QCOMPARE(QByteArray(MemoryFile(u"/nowhere/state"_s).open().error().code), "state-unreadable");
        QVERIFY(QDir(folder.path()).mkdir(u"sub"_s));
        QCOMPARE(QByteArray(MemoryFile(folder.filePath(u"sub"_s)).open().error().code), "state-unreadable");
        QVERIFY(!MemoryFile(u"/nowhere/state"_s).save(full()).ok());
    }
};

QTEST_GUILESS_MAIN(TestClientMemory)
#include "tst_clientmemory.moc"
