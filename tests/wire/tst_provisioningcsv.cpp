// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/sessionrequest.h"
#include "wire/celltext.h"
#include "wire/provisioningcsv.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

struct Read {
    QVector<ProvisionedRow> rows;
    QVector<RowFault> bad;
    bool failed = false;
};

Read readAll(const QByteArray &csv, const ProvisioningLimits &limits = {})
{
    Read read;
    ProvisioningReader reader(csv, limits);
    for (;;) {
        switch (reader.next()) {
        case ProvisioningReader::State::Row:
            read.rows.append(reader.row());
            break;
        case ProvisioningReader::State::Failed:
            read.failed = true;
            [[fallthrough]];
        case ProvisioningReader::State::Bad:
            read.bad.append(reader.fault());
            break;
        case ProvisioningReader::State::End:
            return read;
        }
    }
}

} // namespace

class TestProvisioningCsv : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsCells_data();
    void readsCells();
    void guardsAgainstFormulas_data();
    void guardsAgainstFormulas();
    void readsARow();
    void takesColumnsInAnyOrderAndSpelling();
    void namesWhatIsWrongWithTheFile_data();
    void namesWhatIsWrongWithTheFile();
    void namesWhatIsWrongWithARow_data();
    void namesWhatIsWrongWithARow();
    void goesOnAfterABadRow();
    void countsRanges();
    void makesTheSameUuidsAgain();
    void clearsWhatIsEmptyAndKeepsWhatIsNotThere();
    void readsRoutes_data();
    void readsRoutes();
    void readsBackWhatItWrote();
};

void TestProvisioningCsv::readsCells_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QList<QStringList>>("rows");
    const auto row = [](const char *name, const QByteArray &csv, const QList<QStringList> &rows) {
        QTest::newRow(name) << csv << rows;
    };
    row("lines by LF", "a,b\nc,d\n", {{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}});
    row("lines by CR LF", "a,b\r\nc,d\r\n", {{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}});
    row("no last line end", "a,b", {{u"a"_s, u"b"_s}});
    row("byte order mark", "\xef\xbb\xbf" "a,b\n", {{u"a"_s, u"b"_s}});
    row("quotes", "\"a,\"\"b\"\"\",\"c\nd\"\n", {{u"a,\"b\""_s, u"c\nd"_s}});
    row("empty cells", ",,\n", {{QString(), QString(), QString()}});
    row("empty lines", "a\n\n\r\nb\n", {{u"a"_s}, {u"b"_s}});
    row("semicolons", "a;b\n\"c;\";d\n", {{u"a"_s, u"b"_s}, {u"c;"_s, u"d"_s}});
    row("tabs", "a\tb\n", {{u"a"_s, u"b"_s}});
    row("spaces around plain", " a , b \n", {{u"a"_s, u"b"_s}});
    row("spaces in quotes", "\" a \"\n", {{u" a "_s}});
    row("UTF-8", "\xc3\xa4,\xe2\x82\xac\n", {{u"ä"_s, u"€"_s}});
}

void TestProvisioningCsv::readsCells()
{
    QFETCH(QByteArray, csv);
    QFETCH(QList<QStringList>, rows);
    QList<QStringList> read;
    CsvReader reader(csv);
    while (reader.next() == CsvReader::State::Row)
        read.append(reader.cells());
    QCOMPARE(read, rows);
}

void TestProvisioningCsv::guardsAgainstFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("sum") << u"=1+1"_s << QByteArray("'=1+1");
    QTest::newRow("number") << u"+49170"_s << QByteArray("'+49170");
    QTest::newRow("minus") << u"-1"_s << QByteArray("'-1");
    QTest::newRow("at") << u"@SUM(1)"_s << QByteArray("'@SUM(1)");
    QTest::newRow("tab") << u"\t=1"_s << QByteArray("'\t=1");
    QTest::newRow("return") << u"\r=1"_s << QByteArray("\"'\r=1\"");
    QTest::newRow("wide equals") << u"\uff1d1"_s << QByteArray("'\xef\xbc\x9d" "1");
    QTest::newRow("apostrophe") << u"'=1"_s << QByteArray("''=1");
    QTest::newRow("plain apostrophe") << u"'tis"_s << QByteArray("''tis");
    QTest::newRow("in quotes") << u"=\"a\",b"_s << QByteArray("\"'=\"\"a\"\",b\"");
    QTest::newRow("plain") << u"a"_s << QByteArray("a");
}

void TestProvisioningCsv::guardsAgainstFormulas()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(csvCell(text), cell);
    const QByteArray file = "x," + csvCell(text) + "\n"; // with a comma, so that a tab separates nothing
    CsvReader reader(file);
    QVERIFY(reader.next() == CsvReader::State::Row);
    QCOMPARE(reader.cells(), QStringList({u"x"_s, text}));
}

void TestProvisioningCsv::readsARow()
{
    const Read read = readAll(
        "user,user_name,password,device,device_name,msisdn,client_port,routes,applications,content_types,"
        "max_message_size,sir_version,accepts_pushes,preferred,quiet_from,quiet_until,order,zone\n"
        "sip:Alice@LAB.example,Alice,se{n}cret,mac:00-a0-c9-1e-6b-f6,phone,+49 170 1234567,2948,"
        "sms:+49 170 1234567:2948;wsp-udp:10.0.0.1:2948,mail;4,text/plain;image/*,1000,1,no,yes,22:00,06:30,3,Europe/Madrid\n");
    QVERIFY2(read.bad.isEmpty(), read.bad.isEmpty() ? "" : read.bad.first().error.code);
    QCOMPARE(read.rows.size(), 1);
    const ProvisionedRow &row = read.rows.first();
    QCOMPARE(row.user.toString(), u"sip:Alice@lab.example"_s);
    QCOMPARE(row.userName, u"Alice"_s);
    QCOMPARE(row.password, u"se{n}cret"_s);
    const Result<Device> device = row.applied({});
    QVERIFY(device.ok());
    QCOMPARE(device->id.toString(), u"mac:00a0c91e6bf6"_s);
    QCOMPARE(device->name, u"phone"_s);
    QCOMPARE(device->msisdn.toString(), u"+491701234567"_s);
    QCOMPARE(device->clientPort.number(), quint16(2948));
    QCOMPARE(device->provisionedRoutes.size(), 2);
    QCOMPARE(device->provisionedRoutes[0].address, u"491701234567"_s);
    QCOMPARE(device->provisionedRoutes[1].address, u"10.0.0.1"_s);
    QCOMPARE(device->subscriptions, QStringList({u"mail"_s, wellKnownApplicationName(4)}));
    QCOMPARE(device->capabilities.contentTypes, QStringList({u"text/plain"_s, u"image/*"_s}));
    QCOMPARE(device->capabilities.maxMessageSize, 1000);
    QCOMPARE(device->capabilities.sirVersion, 1);
    QVERIFY(!device->preferences.acceptsPushes);
    QVERIFY(device->preferences.preferred);
    QCOMPARE(device->preferences.quietFrom, 22 * 60);
    QCOMPARE(device->preferences.quietUntil, 6 * 60 + 30);
    QCOMPARE(device->preferences.order, 3);
    QCOMPARE(device->preferences.zone, u"Europe/Madrid"_s);
}

void TestProvisioningCsv::takesColumnsInAnyOrderAndSpelling()
{
    const Read read = readAll("Device ID,Display-Name,USER\nmac:00a0c91e6bf6,Alice,alice@lab.example\n");
    QCOMPARE(read.rows.size(), 1);
    QCOMPARE(read.rows.first().userName, u"Alice"_s);
    QCOMPARE(read.rows.first().device.toString(), u"mac:00a0c91e6bf6"_s);
}

void TestProvisioningCsv::namesWhatIsWrongWithTheFile_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const QByteArray &csv, const char *code, int line, int column) {
        QTest::newRow(name) << csv << QString::fromLatin1(code) << line << column;
    };
    row("empty", "", "csv-empty", 0, 0);
    row("unknown column", "user,colour\n", "csv-column-unknown", 1, 2);
    row("column twice", "user,msisdn,MSISDN\n", "csv-column-twice", 1, 3);
    row("alias twice", "user,device,device_id\n", "csv-column-twice", 1, 3);
    row("no user", "device\n", "csv-column-missing", 1, 0);
    row("header no UTF-8", "user,\xff\n", "csv-encoding", 1, 2);
    row("header quote", "user,\"a\"b\n", "csv-quote", 1, 2);
    row("unterminated", "user,user_name\nsip:a@b,\"x\n", "csv-unterminated", 2, 2);
    row("endless cell", "user,user_name\nsip:a@b,\"" + QByteArray(9000, 'x') + "\"\n", "csv-cell-too-long", 2, 2);
    row("too many rows", "user\nsip:a@b\nsip:a@c\nsip:a@d\nsip:a@e\n", "csv-rows-too-many", 5, 0);
    row("counts too far", "user\nsip:a{1..9}@b\n", "csv-rows-too-many", 2, 0);
}

void TestProvisioningCsv::namesWhatIsWrongWithTheFile()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, code);
    QFETCH(int, line);
    QFETCH(int, column);
    ProvisioningLimits limits;
    limits.rows = 3;
    const Read read = readAll(csv, limits);
    QVERIFY(read.failed);
    QCOMPARE(QString::fromLatin1(read.bad.last().error.code), code);
    QCOMPARE(read.bad.last().line, line);
    QCOMPARE(read.bad.last().column, column);
}

void TestProvisioningCsv::namesWhatIsWrongWithARow_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &cell, const char *code) {
        QTest::newRow((QByteArray(name) + ' ' + cell.left(20)).constData()) << QByteArray(name) << cell << QString::fromLatin1(code);
    };
    row("user_name", "\xff", "csv-encoding");
    row("user_name", "\"a\"b", "csv-quote");
    row("user_name", "a\"b", "csv-quote");
    row("user_name", "a,b", "csv-columns");
    row("user_name", QByteArray(9000, 'x'), "csv-cell-too-long");
    row("user_name", QByteArray(256, 'x'), "cell-too-long");
    row("user_name", "\"a\nb\"", "cell-characters");
    row("user_name", "{x}", "template-unknown");
    row("user_name", "{n", "template-unclosed");
    row("user_name", "{n}", "template-number");
    row("user_name", "{9..1}", "template-range");
    row("user_name", "{a..z}", "template-range");
    row("user_name", "{1..2}{1..3}", "template-lengths");
    row("user_name", "{1..200}", "range-too-long");
    row("password", QByteArray(256, 'x'), "cell-too-long");
    row("msisdn", "0170", "msisdn-national");
    row("msisdn", "12", "msisdn-too-short");
    row("client_port", "x", "port-characters");
    row("client_port", "70000", "port-range");
    row("routes", "sms", "route-missing-address");
    row("routes", "sms:0170", "msisdn-national");
    row("routes", "wsp-udp:nowhere:1", "address-characters");
    row("routes", "x:1:2:3", "route-ambiguous");
    row("routes", "x:<1", "route-brackets");
    row("routes", "x:<1>y", "route-brackets");
    row("routes", "<>:1", "route-bearer");
    row("routes", "x:<>", "address-empty");
    row("routes", QByteArray("x:1;").repeated(17), "routes-too-many");
    row("applications", "<a", "list-brackets");
    row("applications", "99999", "application-unknown");
    row("applications", QByteArray("a;").repeated(101), "list-too-long");
    row("content_types", QByteArray(256, 'x'), "cell-too-long");
    row("max_message_size", "-1", "cell-number");
    row("max_message_size", "9999999999999", "cell-number");
    row("sir_version", "3", "cell-number");
    row("accepts_pushes", "perhaps", "cell-flag");
    row("preferred", "2", "cell-flag");
    row("quiet_from", "24:00", "cell-time");
    row("quiet_from", "7:00", "cell-time");
    row("order", "1000", "cell-number");
    row("zone", "Madrid", "cell-zone");
}

void TestProvisioningCsv::namesWhatIsWrongWithARow()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, cell);
    QFETCH(QString, code);
    ProvisioningLimits limits;
    limits.range = 100;
    const Read read = readAll("user,device," + name + "\nsip:a@b,mac:00a0c91e6bf6," + cell + "\n", limits);
    QVERIFY(!read.failed);
    QCOMPARE(read.bad.size(), 1);
    QCOMPARE(QString::fromLatin1(read.bad.first().error.code), code);
    QCOMPARE(read.bad.first().line, 2);
    if (code != u"csv-columns") {
        QCOMPARE(read.bad.first().column, 3);
        QCOMPARE(read.bad.first().name, QString::fromLatin1(name));
    }
    QVERIFY(name != "password" || read.bad.first().error.about.isEmpty());
}

void TestProvisioningCsv::goesOnAfterABadRow()
{
    const Read read = readAll("user,device,msisdn\n"
                              "sip:a@b,mac:00a0c91e6bf6,0170\n"
                              "\"sip\"x,y\n"
                              "sip:a@b,,+491701234567\n"
                              ",mac:00a0c91e6bf6,\n"
                              "sip:c@d,mac:00a0c91e6bf7,+491701234567\n");
    QVERIFY(!read.failed);
    QCOMPARE(read.bad.size(), 4);
    QCOMPARE(read.bad[1].line, 3);
    QCOMPARE(read.bad[2].error.code, "row-without-device");
    QCOMPARE(read.bad[2].column, 3);
    QCOMPARE(read.bad[3].error.code, "user-empty");
    QCOMPARE(read.rows.size(), 1);
    QCOMPARE(read.rows.first().line, 6);
}

void TestProvisioningCsv::countsRanges()
{
    const Read read = readAll("user,user_name,device,msisdn\n"
                              "sip:u{n}@lab.example,User {n} {{x}},urn:uuid:{uuid},+4917012345{00..99}\n");
    QVERIFY(read.bad.isEmpty());
    QCOMPARE(read.rows.size(), 100);
    QCOMPARE(read.rows[7].user.toString(), u"sip:u07@lab.example"_s);
    QCOMPARE(read.rows[7].userName, u"User 07 {x}"_s);
    QCOMPARE(read.rows[99].msisdn->toString(), u"+491701234599"_s);
    QSet<DeviceId> devices;
    for (const ProvisionedRow &row : read.rows)
        devices.insert(row.device);
    QCOMPARE(devices.size(), 100);
}

void TestProvisioningCsv::makesTheSameUuidsAgain()
{
    const Read once = readAll("user,device\nsip:a@b,urn:uuid:{uuid}\nsip:a@c,urn:uuid:{uuid}\n");
    const Read again = readAll("device,user\nurn:uuid:{uuid},sip:a@b\n");
    QCOMPARE(again.rows.first().device, once.rows.first().device);
    QVERIFY(once.rows[0].device != once.rows[1].device);
}

void TestProvisioningCsv::clearsWhatIsEmptyAndKeepsWhatIsNotThere()
{
    Device base;
    base.id = *DeviceId::parse(u"mac:00a0c91e6bf6");
    base.msisdn = *Msisdn::parse(u"+491701234567");
    base.clientPort = ClientPort(2948);
    base.clientRoutes = {{u"sms"_s, u"491709999999"_s, ClientPort(1), WakeRoute::Source::Client}};
    const Read read = readAll("user,device,msisdn\nsip:a@b,mac:00a0c91e6bf6,\n");
    const Result<Device> device = read.rows.first().applied(base);
    QVERIFY(device.ok());
    QVERIFY(device->msisdn.isEmpty());
    QCOMPARE(device->clientPort.number(), quint16(2948));
    QCOMPARE(device->clientRoutes, base.clientRoutes);

    const Read half = readAll("user,device,quiet_from\nsip:a@b,mac:00a0c91e6bf6,22:00\n");
    QCOMPARE(half.rows.first().applied(base).error().code, "quiet-hours");
}

void TestProvisioningCsv::readsRoutes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("number") << u"sms:+49 170 1234567:2948"_s << QStringList{u"sms"_s, u"491701234567"_s, u"2948"_s};
    QTest::newRow("no port") << u"ussd:491701234567"_s << QStringList{u"ussd"_s, u"491701234567"_s, u"0"_s};
    QTest::newRow("IPv6") << u"wsp-udp:[2001:DB8::1]:2948"_s << QStringList{u"wsp-udp"_s, u"2001:db8::1"_s, u"2948"_s};
    QTest::newRow("URL") << u"http:<http://10.0.0.2:8080/a;b>>c>:1"_s << QStringList{u"http"_s, u"http://10.0.0.2:8080/a;b>c"_s, u"1"_s};
    QTest::newRow("URI") << u"sip:sip:alice@lab.example"_s << QStringList{u"sip"_s, u"sip:alice@lab.example"_s, u"0"_s};
    QTest::newRow("bearer") << u"<a:b>:x"_s << QStringList{u"a:b"_s, u"x"_s, u"0"_s};
}

void TestProvisioningCsv::readsRoutes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, parts);
    const auto routes = routesFromText(text);
    QVERIFY2(routes.ok(), routes.ok() ? "" : routes.error().code);
    QCOMPARE(routes->size(), 1);
    const WakeRoute &route = routes->first();
    QCOMPARE(QStringList({route.bearer, route.address, QString::number(route.port.number())}), parts);
    const auto again = routesFromText(routesToText(*routes));
    QVERIFY(again.ok());
    QCOMPARE(*again, *routes);
}

void TestProvisioningCsv::readsBackWhatItWrote()
{
    User user;
    user.id = *PublicUserId::parse(u"sip:alice@lab.example");
    user.name = u" =HYPERLINK(\"x\") {n} }{"_s;
    Device device;
    device.id = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    device.user = user.id;
    device.name = u"-1,\"{00..99}\""_s;
    device.msisdn = *Msisdn::parse(u"+491701234567");
    device.clientPort = ClientPort(2948);
    device.provisionedRoutes = {{u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Provisioned},
                                {u"odd;one"_s, u" a>b "_s, ClientPort(), WakeRoute::Source::Provisioned},
                                {u"wsp-udp"_s, u"2001:db8::1"_s, ClientPort(9), WakeRoute::Source::Provisioned}};
    device.subscriptions = {u"mail"_s, u"4"_s, u"0x04"_s, u"a;b"_s, u"x-wap-application:mms.ua"_s, u"<"_s};
    device.capabilities.contentTypes = {u"text/plain"_s};
    device.preferences.quietFrom = 0;
    device.preferences.quietUntil = 1439;
    device.preferences.order = 999;
    device.preferences.zone = u"America/Argentina/Buenos_Aires"_s;
    const Read read = readAll(provisioningHeader() + provisioningRow(user, &device) + provisioningRow(user, nullptr));
    QVERIFY2(read.bad.isEmpty(), read.bad.isEmpty() ? "" : read.bad.first().error.code);
    QCOMPARE(read.rows.size(), 2);
    QCOMPARE(read.rows[0].userName, user.name);
    QCOMPARE(*read.rows[0].applied({}), device);
    QVERIFY(read.rows[1].device.isEmpty());
}

QTEST_GUILESS_MAIN(TestProvisioningCsv)
#include "tst_provisioningcsv.moc"
