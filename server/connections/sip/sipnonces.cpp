// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipnonces.h"

#include "connections/sip/siplog.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QtEndian>

namespace reveille {

namespace {

constexpr int headSize = 20; ///< 8 octets of time, 4 of lifetime in seconds, 8 of randomness
constexpr int macSize = 16;
constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray decode(const QByteArray &nonce)
{
    if (nonce.size() > 64)
        return {};
    const auto result =
        QByteArray::fromBase64Encoding(nonce, encoding | QByteArray::AbortOnBase64DecodingErrors);
    return result && result.decoded.size() == headSize + macSize ? result.decoded : QByteArray();
}

Timestamp issued(const QByteArray &raw)
{
    return Timestamp{qFromBigEndian<qint64>(raw.constData())};
}

Milliseconds lifetimeOf(const QByteArray &raw)
{
    return std::chrono::seconds(qFromBigEndian<quint32>(raw.constData() + 8));
}

bool equal(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

} // namespace

SipNonces::SipNonces(QByteArray key, Milliseconds lifetime, int limit, Timestamp start, Milliseconds longest)
    : m_fullLog(sipLog, "maxNonces")
    , m_key(std::move(key))
    , m_lifetime(lifetime)
    , m_longest(std::max(lifetime, longest))
    , m_limit(limit)
    , m_rotatedAt(start)
    , m_floor(start)
{
}

QByteArray SipNonces::sign(const QByteArray &head) const
{
    return QMessageAuthenticationCode::hash(head, m_key, QCryptographicHash::Sha256).left(macSize);
}

QByteArray SipNonces::make(Timestamp now, Milliseconds lifetime)
{
    QByteArray head(headSize, Qt::Uninitialized);
    qToBigEndian<qint64>(now.ms, head.data());
    qToBigEndian<quint32>(quint32(std::min(lifetime, m_longest).count() / 1000), head.data() + 8);
    qToBigEndian<quint64>(QRandomGenerator::system()->generate64(), head.data() + 12);
    return (head + sign(head)).toBase64(encoding);
}

SipNonces::Verdict SipNonces::check(const QByteArray &nonce, Timestamp now) const
{
    const QByteArray raw = decode(nonce);
    if (raw.isEmpty() || !equal(sign(raw.left(headSize)), raw.mid(headSize)))
        return Verdict::Forged;
    const Milliseconds age = now - issued(raw);
    return age >= Milliseconds(0) && age <= lifetimeOf(raw) ? Verdict::Good : Verdict::Stale;
}

Timestamp SipNonces::expiry(const QByteArray &nonce) const
{
    const QByteArray raw = decode(nonce);
    if (raw.isEmpty() || !equal(sign(raw.left(headSize)), raw.mid(headSize)))
        return {};
    return issued(raw) + lifetimeOf(raw);
}

SipNonces::Verdict SipNonces::use(const QByteArray &nonce, quint32 counter, Timestamp now, const QString &peer)
{
    const Verdict verdict = check(nonce, now);
    if (verdict != Verdict::Good)
        return verdict;
    const bool isFull = m_current.size() >= m_limit;
    if (isFull)
        m_fullLog.reached(peer);
    if (now - m_rotatedAt > m_longest || isFull)
        rotate(now);
    const QByteArray raw = decode(nonce);
    const auto mac = qFromBigEndian<quint64>(raw.constData() + headSize);
    const auto known = m_current.constFind(mac);
    const bool inCurrent = known != m_current.constEnd();
    const quint32 last = inCurrent ? *known : m_previous.value(mac, 0);
    if (!inCurrent && !m_previous.contains(mac) && issued(raw) < m_floor)
        return Verdict::Stale;
    if (counter <= last)
        return Verdict::Stale;
    m_current.insert(mac, counter);
    return Verdict::Good;
}

void SipNonces::rotate(Timestamp now)
{
    // Entries dropped here are of nonces too old to be used, unless the table overflowed.
    if (now - m_rotatedAt <= m_longest)
        m_floor = m_previous.isEmpty() ? m_floor : m_rotatedAt;
    m_previous = std::exchange(m_current, {});
    m_rotatedAt = now;
}

} // namespace reveille
