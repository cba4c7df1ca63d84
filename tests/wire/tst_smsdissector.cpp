// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/smsdissector.h"
#include "wire/smsuserdata.h"
#include "wire/ussdtext.h"
#include "wire/wsp.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const DecodedField *find(const QVector<DecodedField> &fields, const QString &name)
{
    for (const DecodedField &field : fields) {
        if (field.name == name)
            return &field;
    }
    return nullptr;
}

QByteArray joined(const QByteArray &push)
{
    QByteArray octets;
    const QVector<SmsUserData> parts = splitSms(push, {}, 7, false).value();
    for (const SmsUserData &part : parts)
        octets += encodeSmsUserData(part);
    return octets;
}

} // namespace

class TestSmsDissector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneMessageIsShownToTheLastField()
    {
        const QByteArray octets = vectorOctets(u"sms-ud-sir"_s);
        const auto fields = explainSms(octets);
        QCOMPARE(find(fields, u"part"_s)->value, u"1/1"_s);
        QCOMPARE(find(fields, u"destination_port"_s)->value, u"2948"_s);
        const DecodedField *type = find(fields, u"content_type"_s);
        QVERIFY(type);
        QCOMPARE(quint8(octets[type->offset]), quint8(0xb4)); // the very octet
        QVERIFY(find(fields, u"contact_point"_s));
        QVERIFY(!find(fields, u"error"_s));
    }
    void partsShowOnePush()
    {
        const QByteArray push = vectorOctets(u"sms-concat-reassembled-wsp"_s);
        const QByteArray octets = joined(push);
        QCOMPARE(octets.size(), push.size() + 2 * 12);
        const auto fields = explainSms(octets);
        QCOMPARE(std::count_if(fields.begin(), fields.end(),
                               [](const DecodedField &f) { return f.name == u"part"_s; }),
                 2);
        const DecodedField *url = find(fields, u"prov_url"_s);
        QVERIFY(url);
        QVERIFY(octets.mid(url->offset, url->length).contains("ppg.example.net"));
        for (const DecodedField &field : fields)
            QVERIFY(field.offset >= 0 && field.length >= 0 && field.offset + field.length <= octets.size());
    }
    void cutOffOctetsAreToldAsError()
    {
        const QByteArray octets = vectorOctets(u"sms-ud-sir"_s);
        QVERIFY(find(explainSms(octets.first(3)), u"error"_s));
        QVERIFY(explainSms({}).isEmpty());
    }
    void aStringShowsItsPush()
    {
        const QByteArray push = vectorOctets(u"wsp-push-sir"_s);
        for (const UssdForm form : {UssdForm::Base64, UssdForm::Hex, UssdForm::Binary}) {
            const QByteArray text = encodeUssdPush(push, form);
            const auto fields = explainUssd(text);
            QVERIFY(find(fields, u"content_type"_s));
            for (const DecodedField &field : fields)
                QVERIFY(field.offset + field.length <= text.size());
        }
        QVERIFY(find(explainUssd("SIR:*"), u"error"_s));
    }
};

QTEST_GUILESS_MAIN(TestSmsDissector)
#include "tst_smsdissector.moc"
