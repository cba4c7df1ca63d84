// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipgruu.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace reveille {

namespace {

constexpr qsizetype macSize = 16;
constexpr QByteArrayView tokenPrefix = "tgruu.";

QByteArray hmac(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

/// Encrypts and decrypts: the text under a key stream that begins at `start` (the authenticator, different
/// for each token).
QByteArray streamed(const QByteArray &key, const QByteArray &start, QByteArray text)
{
    QByteArray stream;
    for (quint32 block = 0; stream.size() < text.size(); ++block) {
        const quint32 counter = qToBigEndian(block);
        // Key and text have fixed lengths, so that a plain hash is as good as an HMAC here, at a quarter of its cost.
        stream += QCryptographicHash::hash(
            key + start + QByteArray(reinterpret_cast<const char *>(&counter), sizeof counter),
            QCryptographicHash::Sha256);
    }
    for (qsizetype i = 0; i < text.size(); ++i)
        text[i] = char(text[i] ^ stream[i]);
    return text;
}

bool sameOctets(const QByteArray &a, const QByteArray &b)
{
    int difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

QByteArray hostText(const PublicUserId &user)
{
    const QByteArray host = user.host().toUtf8();
    return host.contains(':') && !host.startsWith('[') ? '[' + host + ']' : host;
}

} // namespace

SipGruu::SipGruu(const QByteArray &key)
    : m_cipherKey(hmac(key, "gruu cipher"))
    , m_macKey(hmac(key, "gruu authenticator"))
{
}

QByteArray SipGruu::publicGruu(const PublicUserId &user, const DeviceId &instance)
{
    if (user.isEmpty() || user.isTel() || instance.isEmpty())
        return {};
    return user.toString().toUtf8() + ";gr=" + escapedUriParameter(instance.toString().toUtf8());
}

QByteArray SipGruu::temporaryGruu(const PublicUserId &user, const DeviceId &instance, quint64 serial) const
{
    if (user.isEmpty() || user.isTel() || instance.isEmpty())
        return {};
    const quint64 number = qToBigEndian(serial);
    const QByteArray text = QByteArray(reinterpret_cast<const char *>(&number), sizeof number) +
                            user.toString().toUtf8() + '\0' + instance.toString().toUtf8();
    const QByteArray mac = hmac(m_macKey, text).first(macSize);
    const QByteArray token = (mac + streamed(m_cipherKey, mac, text))
                                 .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return "sip:" + tokenPrefix.toByteArray() + token + '@' + hostText(user) + ";gr";
}

Result<SipGruu::Target> SipGruu::resolve(const SipUri &uri) const
{
    if (!uri.isGruu())
        return Error{"sip-gruu-none", {}};
    const Error unknown{"sip-gruu-unknown", {}};
    Target target;
    const QByteArray instance = uri.parameters.value("gr");
    if (!instance.isEmpty()) {
        const Result<PublicUserId> user = uri.publicUserId();
        const Result<DeviceId> device = DeviceId::parse(QString::fromUtf8(percentDecoded(instance)));
        if (!user || !device)
            return unknown;
        target.user = *user;
        target.instance = *device;
        return target;
    }
    if (!uri.user.startsWith(tokenPrefix))
        return unknown;
    const auto token = QByteArray::fromBase64Encoding(
        uri.user.sliced(tokenPrefix.size()), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals |
                                                 QByteArray::AbortOnBase64DecodingErrors);
    if (token.decodingStatus != QByteArray::Base64DecodingStatus::Ok ||
        token.decoded.size() < macSize + qsizetype(sizeof(quint64)))
        return unknown;
    const QByteArray mac = token.decoded.first(macSize);
    const QByteArray text = streamed(m_cipherKey, mac, token.decoded.sliced(macSize));
    if (!sameOctets(hmac(m_macKey, text).first(macSize), mac))
        return unknown;
    target.serial = qFromBigEndian<quint64>(text.constData());
    const QByteArray names = text.sliced(sizeof(quint64));
    const qsizetype gap = names.indexOf('\0');
    const Result<PublicUserId> user =
        PublicUserId::parse(QString::fromUtf8(names.first(std::max<qsizetype>(gap, 0))));
    const Result<DeviceId> device = DeviceId::parse(QString::fromUtf8(names.sliced(gap + 1)));
    if (gap < 0 || !user || !device)
        return unknown;
    target.user = *user;
    target.instance = *device;
    target.temporary = true;
    return target;
}

} // namespace reveille
