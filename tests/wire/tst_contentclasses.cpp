// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/contentclasses.h"
#include "wire/uintvar.h"
#include "wire/wspnames.h"
#include "wire/wspvalue.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

using Parts = QList<std::pair<QByteArray, QByteArray>>; ///< header lines and body

QByteArray mime(const Parts &parts, const QByteArray &boundary = "b")
{
    QByteArray out;
    for (const auto &[headers, body] : parts)
        out += "--" + boundary + "\r\n" + headers + "\r\n\r\n" + body + "\r\n";
    return out + "--" + boundary + "--\r\n";
}

QByteArray wspType(const QString &type)
{
    const auto number = wspContentTypeNumber(type);
    return number ? encodeWspInteger(*number) : encodeWspText(type);
}

QByteArray wsp(const Parts &parts)
{
    QByteArray out;
    appendUintvar(out, quint32(parts.size()));
    for (const auto &[headers, body] : parts) {
        appendUintvar(out, quint32(headers.size()));
        appendUintvar(out, quint32(body.size()));
        out += headers + body;
    }
    return out;
}

QByteArray slc()
{
    return wspType(u"application/vnd.wap.slc"_s);
}

} // namespace

/// What an initiator packs into a multipart is judged like what it sends openly, and nothing passes that receivers may read
/// in two ways.
class TestContentClasses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void saysWhatCannotBeRead_data();
    void saysWhatCannotBeRead();
    void parts();
    void levels();
    void readsNothingInATruncatedMultipart();
};

void TestContentClasses::finds_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QSet<ContentClass>>("classes");
    const QString mixed = u"multipart/mixed; boundary=b"_s, binary = u"application/vnd.wap.multipart.related"_s;
    const QByteArray inner = mime({{"Content-Type: text/vnd.wap.sl", "<sl/>"}}, "i");
    const QSet<ContentClass> none, loading{ContentClass::ServiceLoading};

    QTest::newRow("no container") << u"text/plain"_s << QByteArray("--b") << none;
    QTest::newRow("itself") << u"text/vnd.wap.sl"_s << QByteArray() << loading;
    QTest::newRow("a notification") << u"message/imdn+xml"_s << QByteArray("<imdn/>") << none;
    QTest::newRow("harmless parts") << mixed << mime({{"Content-Type: text/plain", "hi"}, {"Content-Type: image/png", "x"}}) << none;
    QTest::newRow("a part without a type") << mixed << mime({{"X-Any: 1", "hi"}}) << none;
    QTest::newRow("one of two parts") << mixed << mime({{"Content-Type: text/plain", "hi"}, {"content-type: TEXT/Vnd.Wap.SL; charset=utf-8", "x"}})
                                      << loading;
    QTest::newRow("with a coding") << mixed << mime({{"Content-Type: text/vnd.wap.sl\r\nContent-Encoding: gzip", "x"}}) << loading;
    QTest::newRow("in quoted-printable") << mixed
                                         << mime({{"Content-Type: text/vnd.wap.sl\r\nContent-Transfer-Encoding: quoted-printable", "x"}}) << loading;
    QTest::newRow("by application") << mixed << mime({{"Content-Type: text/plain\r\nX-Wap-Application-Id: x-wap-application:push.sia", "x"}})
                                    << QSet<ContentClass>{ContentClass::Session};
    QTest::newRow("by the number of an application") << mixed << mime({{"Content-Type: text/plain\r\nX-Wap-Application-Id: 7", "x"}})
                                                     << QSet<ContentClass>{ContentClass::Provisioning};
    QTest::newRow("folded") << mixed << mime({{"Content-Type:\r\n text/vnd.wap.sl", "x"}}) << loading;
    QTest::newRow("in line feeds") << mixed << mime({{"Content-Type: text/vnd.wap.sl", "x"}}).replace("\r\n", "\n") << loading;
    QTest::newRow("two classes") << mixed << mime({{"Content-Type: text/vnd.wap.sl", "x"}, {"Content-Type: application/vnd.wap.sia", "x"}})
                                 << QSet<ContentClass>{ContentClass::ServiceLoading, ContentClass::Session};
    QTest::newRow("a level deeper") << mixed << mime({{"Content-Type: multipart/alternative; boundary=\"i\"", inner}}) << loading;
    QTest::newRow("a level deeper in base64")
        << mixed << mime({{"Content-Type: multipart/alternative; boundary=i\r\nContent-Transfer-Encoding: base64", inner.toBase64()}}) << loading;
    QTest::newRow("binary") << binary << wsp({{wspType(u"text/plain"_s), "hi"}, {slc(), "x"}}) << loading;
    QTest::newRow("binary, harmless") << binary << wsp({{wspType(u"text/plain"_s), "hi"}}) << none;
    QTest::newRow("binary, empty") << binary << wsp({}) << none;
    QTest::newRow("binary, as text") << binary << wsp({{encodeWspText(u"application/x-wap-prov.browser-settings"_s), "x"}})
                                     << QSet<ContentClass>{ContentClass::Provisioning};
    QTest::newRow("binary, with a parameter")
        << binary << wsp({{withWspLength(slc() + QByteArray("\x81\xea", 2)), "x"}}) << loading;
    QTest::newRow("binary, by application")
        << binary << wsp({{wspType(u"text/plain"_s) + QByteArray("\xaf\x81", 2), "x"}}) << QSet<ContentClass>{ContentClass::Session};
    QTest::newRow("binary, a level deeper")
        << u"application/vnd.wap.multipart.mixed"_s << wsp({{wspType(binary), wsp({{slc(), "x"}})}}) << loading;
    QTest::newRow("binary in MIME") << mixed << mime({{"Content-Type: application/vnd.wap.multipart.mixed", wsp({{slc(), "x"}})}}) << loading;
}

void TestContentClasses::finds()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    QFETCH(QSet<ContentClass>, classes);
    const auto found = contentClassesIn(type, {}, {}, body);
    QVERIFY2(found, found ? "" : qPrintable(found.error().about));
    QCOMPARE(*found, classes);
}

void TestContentClasses::saysWhatCannotBeRead_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("about");
    const QString mixed = u"multipart/mixed; boundary=b"_s, binary = u"application/vnd.wap.multipart.mixed"_s;
    const QByteArray good = mime({{"Content-Type: text/plain", "hi"}});
    const QByteArray sl = "--b\nContent-Type: text/vnd.wap.sl\n\nx\n";
    const auto row = [](const char *name, const QString &type, const QByteArray &body, const char *about, const QString &encoding = {}) {
        QTest::newRow(name) << type << encoding << body << QString::fromLatin1(about);
    };
    row("compressed", mixed, good, "multipart/mixed: content-encoding", u"gzip"_s);
    row("without a boundary", u"multipart/mixed"_s, good, "multipart/mixed: multipart-boundary");
    row("with another boundary", u"multipart/mixed; boundary=c"_s, good, "multipart/mixed: multipart-no-part");
    row("with two boundaries", u"multipart/mixed; boundary=b; boundary=c"_s, good, "multipart/mixed: media-type-parameter");
    row("with a boundary said otherwise", u"multipart/mixed; boundary=b; boundary*=utf-8''c"_s, good, "multipart/mixed: multipart-boundary");
    row("without an end", mixed, "--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n", "multipart/mixed: multipart-unterminated");
    row("with other line ends within", mixed, mime({{"Content-Type: text/plain", "hi\n" + sl}}), "multipart/mixed: multipart-delimiter");
    row("with more behind the end", mixed, good + sl, "multipart/mixed: multipart-delimiter");
    row("with a delimiter within a line", mixed, mime({{"Content-Type: text/plain", "hi --b"}}), "multipart/mixed: multipart-delimiter");
    row("a part with two types", mixed, mime({{"Content-Type: text/plain\r\nContent-Type: text/vnd.wap.sl", "x"}}),
        "multipart/mixed: multipart-header");
    row("a part with two applications", mixed, mime({{"X-Wap-Application-Id: a\r\nX-Wap-Application-Id: push.sia", "x"}}),
        "multipart/mixed: multipart-header");
    row("a part with an odd type", mixed, mime({{"Content-Type: text/plain, text/vnd.wap.sl", "x"}}), "multipart/mixed: media-type-name");
    row("a part whose type has a comment", mixed, mime({{"Content-Type: text/(x)vnd.wap.sl", "x"}}), "multipart/mixed: media-type-name");
    row("a header without a name", mixed, mime({{"Content-Type : text/vnd.wap.sl", "x"}}), "multipart/mixed: multipart-header");
    row("a compressed part that carries others", mixed, mime({{"Content-Type: multipart/mixed; boundary=i\r\nContent-Encoding: gzip", "x"}}),
        "multipart/mixed: content-encoding");
    row("a part in quoted-printable that carries others", mixed,
        mime({{"Content-Type: multipart/mixed; boundary=i\r\nContent-Transfer-Encoding: quoted-printable", "x"}}), "multipart/mixed: multipart-encoding");
    row("a digest", u"multipart/digest; boundary=b"_s, mime({{"X-Any: 1", "Content-Type: text/vnd.wap.sl\r\n\r\nx"}}),
        "message/rfc822: media-type");
    row("a message", u"message/rfc822"_s, "Content-Type: text/vnd.wap.sl\r\n\r\nx", "message/rfc822: media-type");
    row("a response", u"application/http; msgtype=response"_s, "HTTP/1.1 200 OK\r\nContent-Type: text/vnd.wap.sl\r\n\r\nx",
        "application/http: media-type");
    row("a fragment", u"message/partial; id=1; number=1"_s, "x", "message/partial: media-type");
    row("a message for instant messaging", u"message/cpim"_s, "\r\nContent-Type: text/vnd.wap.sl\r\n\r\nx", "message/cpim: media-type");
    row("binary, nothing", binary, {}, "application/vnd.wap.multipart.mixed: multipart-truncated");
    row("binary, cut", binary, wsp({{slc(), "xyz"}}).chopped(1), "application/vnd.wap.multipart.mixed: multipart-truncated");
    row("binary, more than announced", binary, wsp({{wspType(u"text/plain"_s), "x"}}) + 'x', "application/vnd.wap.multipart.mixed: multipart-rest");
    row("binary, a type without a name", binary, wsp({{encodeWspInteger(0x51), "x"}}), "application/vnd.wap.multipart.mixed: media-type-name");
    row("binary, an odd type", binary, wsp({{encodeWspText(u"text/plain, text/vnd.wap.sl"_s), "x"}}),
        "application/vnd.wap.multipart.mixed: media-type-name");
    row("binary, an application without a name", binary, wsp({{wspType(u"text/plain"_s) + QByteArray("\xaf\xff", 2), "x"}}),
        "application/vnd.wap.multipart.mixed: wsp-header");
    row("binary, two applications", binary, wsp({{wspType(u"text/plain"_s) + QByteArray("\xaf\x84\xaf\x81", 4), "x"}}),
        "application/vnd.wap.multipart.mixed: wsp-header");
    row("binary, a second type", binary, wsp({{wspType(u"text/plain"_s) + '\x91' + slc(), "x"}}), "application/vnd.wap.multipart.mixed: wsp-header");
    row("binary, a multipart of either form", binary, wsp({{wspType(u"multipart/mixed"_s), wsp({})}}),
        "application/vnd.wap.multipart.mixed: media-type");
    row("binary, a compressed part that carries others", binary,
        wsp({{wspType(binary) + encodeWspText(u"Content-Encoding"_s) + encodeWspText(u"deflate"_s), wsp({})}}),
        "application/vnd.wap.multipart.mixed: content-encoding");
}

void TestContentClasses::saysWhatCannotBeRead()
{
    QFETCH(QString, type);
    QFETCH(QString, encoding);
    QFETCH(QByteArray, body);
    QFETCH(QString, about);
    const auto found = contentClassesIn(type, {}, encoding, body);
    QVERIFY(!found);
    QCOMPARE(QByteArray(found.error().code), QByteArray("content-unreadable"));
    QCOMPARE(found.error().about, about);
}

void TestContentClasses::parts()
{
    const QString mixed = u"multipart/mixed; boundary=b"_s, binary = u"application/vnd.wap.multipart.mixed"_s;
    const std::pair<QByteArray, QByteArray> part("Content-Type: text/plain", "x"), binaryPart(wspType(u"text/plain"_s), "x");
    const Parts most(ContentLimit::parts, part), binaryMost(ContentLimit::parts, binaryPart);
    QVERIFY(contentClassesIn(mixed, {}, {}, mime(most)));
    QVERIFY(contentClassesIn(binary, {}, {}, wsp(binaryMost)));
    QCOMPARE(contentClassesIn(mixed, {}, {}, mime(most + Parts{part})).error().about, u"multipart/mixed: multipart-parts"_s);
    QCOMPARE(contentClassesIn(binary, {}, {}, wsp(binaryMost + Parts{binaryPart})).error().about, binary + u": multipart-parts"_s);
    // Parts of parts count as well.
    const std::pair<QByteArray, QByteArray> half("Content-Type: multipart/mixed; boundary=i",
                                                 mime(Parts(ContentLimit::parts / 2, part), "i"));
    QVERIFY(contentClassesIn(mixed, {}, {}, mime({half})));
    QVERIFY(!contentClassesIn(mixed, {}, {}, mime({half, half})));
}

void TestContentClasses::levels()
{
    const auto nested = [](int levels) {
        QByteArray body = "x", type = "text/vnd.wap.sl";
        for (int level = 0; level < levels; ++level) {
            const QByteArray boundary = "b" + QByteArray::number(level) + "e";
            body = mime({{"Content-Type: " + type, body}}, boundary);
            type = "multipart/mixed; boundary=" + boundary;
        }
        return contentClassesIn(QString::fromLatin1(type), {}, {}, body);
    };
    QVERIFY(nested(ContentLimit::levels)->contains(ContentClass::ServiceLoading));
    QCOMPARE(nested(ContentLimit::levels + 1).error().about, u"multipart/mixed: multipart-levels"_s);
}

void TestContentClasses::readsNothingInATruncatedMultipart()
{
    const QByteArray whole = wsp({{wspType(u"text/plain"_s), "hi"}, {withWspLength(slc() + QByteArray("\x81\xea", 2)), "xyz"}});
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!contentClassesIn(u"application/vnd.wap.multipart.mixed"_s, {}, {}, whole.first(size)), qPrintable(QString::number(size)));
    QVERIFY(contentClassesIn(u"application/vnd.wap.multipart.mixed"_s, {}, {}, whole));
}

QTEST_GUILESS_MAIN(TestContentClasses)
#include "tst_contentclasses.moc"
