// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wsp.h"

#include "wire/uintvar.h"
#include "wire/wspnames.h"
#include "wire/wspreader.h"
#include "wire/wspvalue.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr quint8 pushType = 0x06;

char wellKnown(quint8 code)
{
    return char(0x80 | code);
}

QByteArray encodeParameterText(const QString &value)
{
    QByteArray text = encodeWspText(value);
    if (text.startsWith('"'))
        text.prepend('"');
    return text;
}

QByteArray encodeParameter(const QString &name, const QString &value)
{
    if (name.compare("charset"_L1, Qt::CaseInsensitive) == 0) {
        if (const auto number = charsetNumber(value))
            return wellKnown(WspCode::charsetParameter) + encodeWspInteger(*number);
    }
    if (!isWspToken(name))
        return {};
    return encodeWspText(name) + encodeParameterText(value);
}

QByteArray encodeContentType(const WspPush &push)
{
    const std::optional<quint32> number = wspContentTypeNumber(push.contentType);
    QByteArray content = number ? encodeWspInteger(*number) : encodeWspText(push.contentType);
    const bool plain = push.contentTypeParameters.isEmpty() && (!number || *number < 0x80);
    if (plain)
        return content;
    for (const auto &[name, value] : push.contentTypeParameters)
        content.append(encodeParameter(name, value));
    return withWspLength(content);
}

void appendApplication(QByteArray &headers, const WspPush &push)
{
    std::optional<quint32> number = push.applicationId;
    if (!number)
        number = wellKnownApplication(push.applicationUri);
    if (number)
        headers.append(wellKnown(WspCode::applicationId)).append(encodeWspInteger(*number));
    else if (!push.applicationUri.isEmpty())
        headers.append(wellKnown(WspCode::applicationId)).append(encodeWspText(push.applicationUri));
}

} // namespace

QString WspPush::header(QLatin1StringView name) const
{
    for (const WspHeader &header : otherHeaders) {
        if (header.code == 0 && header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.text;
    }
    return {};
}

void WspPush::addHeader(const QString &name, const QString &value)
{
    otherHeaders.append({0, name, encodeWspText(value), value});
}

QString WspPush::contentTypeParameter(QLatin1StringView name) const
{
    for (const auto &[key, value] : contentTypeParameters) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

void setDeviceHeader(WspPush &push, const DeviceId &device)
{
    push.addHeader(QString(deviceHeaderName), device.toString());
}

void setDeviceParameter(WspPush &push, const DeviceId &device)
{
    push.contentTypeParameters.append({QString(deviceParameterName), device.toString()});
}

DeviceId deviceInHeader(const WspPush &push)
{
    return DeviceId::parse(push.header(deviceHeaderName)).valueOr({});
}

DeviceId deviceInParameter(const WspPush &push)
{
    return DeviceId::parse(push.contentTypeParameter(deviceParameterName)).valueOr({});
}

QByteArray encodeWspPush(const WspPush &push)
{
    QByteArray headers = encodeContentType(push);
    appendApplication(headers, push);
    if (push.pushFlag)
        headers.append(wellKnown(WspCode::pushFlag)).append(wellKnown(*push.pushFlag));
    for (const WspHeader &header : push.otherHeaders) {
        if (header.value.isEmpty())
            continue;
        if (header.code != 0)
            headers.append(wellKnown(header.code)).append(header.value);
        else if (isWspToken(header.name))
            headers.append(encodeWspText(header.name)).append(header.value);
    }
    QByteArray datagram;
    datagram.append(char(push.transactionId)).append(char(pushType));
    appendUintvar(datagram, quint32(headers.size()));
    return datagram + headers + push.data;
}

Result<WspPush> decodeWspPush(QByteArrayView octets)
{
    return WspReader(octets).read();
}

QVector<DecodedField> explainWspPush(QByteArrayView octets)
{
    QVector<DecodedField> fields;
    (void)WspReader(octets, &fields).read();
    return fields;
}

} // namespace reveille
