// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/imdn.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray head = R"(<?xml version="1.0" encoding="UTF-8"?><imdn xmlns="urn:ietf:params:xml:ns:imdn">)";

QByteArray with(const QByteArray &inside)
{
    return head + inside + "</imdn>";
}

const QByteArray id = "<message-id>p-1</message-id>";
const QByteArray delivered = "<delivery-notification><status><delivered/></status></delivery-notification>";

} // namespace

/// Documents as RFC 5438 has them, as Linphone writes them, and as somebody writes them who means no good.
class TestImdn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatBecameOfAMessage_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<int>("about");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &inside, Imdn::About about, Imdn::Status status) {
            QTest::newRow(name) << with(id + inside) << int(about) << int(status);
        };
        using enum Imdn::About;
        using enum Imdn::Status;
        row("delivered", delivered, Delivery, Done);
        row("displayed", "<display-notification><status><displayed/></status></display-notification>", Display, Done);
        row("failed", "<delivery-notification><status><failed/></status></delivery-notification>", Delivery, Failed);
        row("forbidden", "<display-notification><status><forbidden/></status></display-notification>", Display, Failed);
        row("error", "<delivery-notification><status><error/></status></delivery-notification>", Delivery, Failed);
        row("processed", "<processing-notification><status><processed/></status></processing-notification>", Processing, Under);
        row("stored", "<processing-notification><status><stored/></status></processing-notification>", Processing, Under);
        row("with more", "<datetime>2026-11-28T20:09:21Z</datetime><recipient-uri>im:bob@lab.example</recipient-uri>"
                         "<subject>x<b xmlns=\"urn:x\">y</b></subject>" + delivered + "<extra xmlns=\"urn:x\"><deep/></extra>", Delivery, Done);
        row("status with more", "<delivery-notification><status><delivered/><why xmlns=\"urn:x\"/></status></delivery-notification>", Delivery, Done);
    }
    void readsWhatBecameOfAMessage()
    {
        QFETCH(QByteArray, document);
        const Result<Imdn> read = Imdn::parse(document);
        QVERIFY2(read.ok(), read ? "" : read.error().code);
        QCOMPARE(read->messageId, u"p-1"_s);
        QTEST(int(read->about), "about");
        QTEST(int(read->status), "status");
    }
    void linphonesOwn()
    {
        // Linphone 5.1.65 for a plain MESSAGE; the id is the Call-ID.
        const Result<Imdn> read = Imdn::parse(
            R"(<?xml version="1.0" encoding="UTF-8" standalone="no" ?><imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>callid-2@x</message-id>)"
            R"(<datetime>2026-11-28T20:09:21Z</datetime><delivery-notification><status><delivered/></status></delivery-notification></imdn>)");
        QVERIFY(read.ok());
        QCOMPARE(*read, (Imdn{u"callid-2@x"_s, Imdn::About::Delivery, Imdn::Status::Done}));
    }
    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *name, const QByteArray &document, const char *code) {
            QTest::newRow(name) << document << QByteArray(code);
        };
        row("empty", {}, "imdn-xml");
        row("no XML", "hello", "imdn-xml");
        row("cut", with(id + delivered).chopped(3), "imdn-xml");
        row("two roots", with(id + delivered) + with(id + delivered), "imdn-xml");
        row("document type", "<!DOCTYPE imdn [<!ENTITY a \"b\">]>" + with("<message-id>&a;</message-id>" + delivered).mid(38), "imdn-xml");
        row("laughter", "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><imdn>&b;</imdn>", "imdn-xml");
        row("unknown entity", with("<message-id>&nbsp;</message-id>" + delivered), "imdn-xml");
        row("deep", with(id + QByteArray("<a>").repeated(9) + QByteArray("</a>").repeated(9) + delivered), "imdn-xml");
        row("other root", "<iq xmlns=\"urn:ietf:params:xml:ns:imdn\">" + id + delivered + "</iq>", "imdn-root");
        row("other name space", "<imdn>" + id + delivered + "</imdn>", "imdn-root");
        row("no id", with(delivered), "imdn-message-id");
        row("empty id", with("<message-id> </message-id>" + delivered), "imdn-message-id");
        row("two ids", with(id + id + delivered), "imdn-message-id");
        row("endless id", with("<message-id>" + QByteArray(256, 'a') + "</message-id>" + delivered), "imdn-message-id");
        row("no notification", with(id), "imdn-notification");
        row("two notifications", with(id + delivered + delivered), "imdn-notification");
        row("two statuses", with(id + "<delivery-notification><status><delivered/><failed/></status></delivery-notification>"), "imdn-notification");
        row("unknown status", with(id + "<delivery-notification><status><eaten/></status></delivery-notification>"), "imdn-notification");
        row("status elsewhere", with(id + "<delivery-notification/><x><status><delivered/></status></x>"), "imdn-notification");
        row("too large", with(id + delivered + QByteArray(Imdn::largest, ' ')), "imdn-too-large");
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, document);
        const Result<Imdn> read = Imdn::parse(document);
        QVERIFY(!read.ok());
        QTEST(QByteArray(read.error().code), "code");
    }
    void readsWhatItWrites()
    {
        using enum Imdn::Status;
        for (const Imdn &imdn : {Imdn{u"p-1"_s}, Imdn{u"a<b&c"_s, Imdn::About::Display, Done}, Imdn{u"x"_s, Imdn::About::Delivery, Failed},
                                 Imdn{u"x"_s, Imdn::About::Processing, Under}}) {
            const Result<Imdn> again = Imdn::parse(imdn.toBytes("2026-11-28T20:09:21Z"));
            QVERIFY(again.ok());
            QCOMPARE(*again, imdn);
        }
    }
};

QTEST_GUILESS_MAIN(TestImdn)
#include "tst_imdn.moc"
