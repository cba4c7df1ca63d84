// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sir.h"

#include "wire/sirreader.h"
#include "wire/uintvar.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace reveille {

namespace {

constexpr quint8 acceptApplication = 0xb2;
constexpr quint8 anyApplication = 0x80;
constexpr int longestAddress = 63;
constexpr qsizetype longestAuthenticator = 32;

void appendField(QByteArray &to, const QByteArray &content)
{
    appendUintvar(to, quint32(content.size()));
    to.append(content);
}

/// A text that stands where an integer could: one that does not begin with a printable character is quoted.
QByteArray encodeUri(const QString &uri)
{
    QByteArray text = uri.toUtf8();
    if (const qsizetype zero = text.indexOf('\0'); zero >= 0)
        text.truncate(zero);
    if (text.isEmpty())
        return {};
    const quint8 first = quint8(text.front());
    if (first < 0x20 || first >= 0x7f)
        text.prepend('\x7f');
    text.append('\0');
    return text;
}

QByteArray encodeApplication(const ApplicationId &application)
{
    switch (application.kind) {
    case ApplicationId::Kind::Any:
        break;
    case ApplicationId::Kind::Number:
        return encodeApplicationNumber(application.number);
    case ApplicationId::Kind::Uri:
        if (const auto number = wellKnownApplication(application.uri))
            return encodeApplicationNumber(*number);
        return encodeUri(application.uri);
    }
    return QByteArray(1, char(anyApplication));
}

QByteArray encodeApplications(const QVector<ApplicationId> &applications)
{
    QByteArray list;
    for (const ApplicationId &application : applications) {
        const QByteArray value = encodeApplication(application);
        if (!value.isEmpty())
            list.append(char(acceptApplication)).append(value);
    }
    return list;
}

QByteArray encodePoints(const QVector<ContactPoint> &points)
{
    QByteArray list;
    for (const ContactPoint &point : points) {
        const QByteArray address = point.address.first(qMin(point.address.size(), qsizetype(longestAddress)));
        list.append(char((point.bearer ? 0x80 : 0) | (point.port ? 0x40 : 0) | int(address.size())));
        if (point.bearer)
            list.append(char(*point.bearer));
        if (point.port) {
            char port[2];
            qToBigEndian<quint16>(*point.port, port);
            list.append(port, sizeof port);
        }
        list.append(address);
    }
    return list;
}

QByteArray encodeOptions(const QVector<quint32> &options)
{
    QByteArray list;
    for (quint32 option : options)
        appendUintvar(list, option);
    return list;
}

void appendTags(QByteArray &to, const QVector<QByteArray> &tags)
{
    appendUintvar(to, quint32(tags.size()));
    for (const QByteArray &tag : tags)
        to.append(tag.leftJustified(4, '\0', true));
}

QByteArray authenticate(QByteArrayView octets, const QByteArray &key)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    code.addData(octets.data(), octets.size());
    return code.result();
}

void appendAuthenticator(QByteArray &to, const SessionRequest &sir, const QByteArray &key)
{
    const qsizetype size = key.isEmpty() ? qMin(sir.authenticator.size(), longestAuthenticator)
                                         : qsizetype(sirAuthenticatorSize);
    if (size == 0)
        return;
    to.append(char(SirTag::Authenticator));
    appendUintvar(to, quint32(size));
    to.append((key.isEmpty() ? sir.authenticator : authenticate(to, key)).first(size));
}

} // namespace

QByteArray encodeApplicationNumber(quint32 number)
{
    if (number < 0x80)
        return QByteArray(1, char(0x80 | number));
    char octets[4];
    qToBigEndian<quint32>(number, octets);
    int skipped = 0;
    while (octets[skipped] == 0)
        ++skipped;
    QByteArray value(1, char(4 - skipped));
    value.append(octets + skipped, 4 - skipped);
    return value;
}

QByteArray encodeSir(const SessionRequest &sir, const QByteArray &key)
{
    const int version = qBound(0, sir.version, 255);
    QByteArray body(1, char(version));
    appendField(body, encodeApplications(sir.applications));
    appendField(body, encodePoints(sir.wspPoints));
    if (version == 0)
        return body;
    appendField(body, encodePoints(sir.contactPoints));
    appendField(body, encodeOptions(sir.protocolOptions));
    appendField(body, sir.provUrl);
    appendTags(body, sir.cpiTags);
    if (version == 1)
        return body;
    body.append(encodeSirExtension(sir));
    appendAuthenticator(body, sir, key);
    return body;
}

Result<SessionRequest> decodeSir(QByteArrayView octets)
{
    return SirReader(octets).read();
}

bool verifySir(QByteArrayView octets, const QByteArray &key)
{
    SirReader reader(octets);
    const Result<SessionRequest> sir = reader.read();
    if (!sir || key.isEmpty() || reader.authenticatorOffset() < 0)
        return false;
    const QByteArray &given = sir->authenticator;
    if (given.size() < sirAuthenticatorSize || given.size() > longestAuthenticator)
        return false;
    const QByteArray made = authenticate(octets.first(reader.authenticatorOffset()), key);
    int difference = 0;
    for (qsizetype i = 0; i < given.size(); ++i)
        difference |= given[i] ^ made[i];
    return difference == 0;
}

QVector<DecodedField> explainSir(QByteArrayView octets)
{
    QVector<DecodedField> fields;
    (void)SirReader(octets, &fields).read();
    return fields;
}

} // namespace reveille
