// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/digestsecret.h"

#include "wire/sipbuilder.h"
#include "wire/sir.h"

namespace reveille {
namespace {

bool isSha256(SipDigestAlgorithm algorithm)
{
    return algorithm == SipDigestAlgorithm::Sha256 || algorithm == SipDigestAlgorithm::Sha256Sess;
}

/// The value of nextnonce="…" in Authentication-Info.
QByteArray nextNonce(QByteArrayView header)
{
    const QByteArray text = header.toByteArray();
    const qsizetype name = text.toLower().indexOf("nextnonce=\"");
    if (name < 0 || (name > 0 && text.at(name - 1) != ' ' && text.at(name - 1) != ','))
        return {};
    const qsizetype begin = name + 11;
    const qsizetype end = text.indexOf('"', begin);
    return end < 0 ? QByteArray() : text.mid(begin, end - begin);
}

} // namespace

DigestSecret::DigestSecret(QByteArray user, QByteArray password, QByteArray realm)
    : m_user(std::move(user))
    , m_password(std::move(password))
    , m_realm(std::move(realm))
{
}

bool DigestSecret::take(const SipMessage &response)
{
    const bool proxy = response.statusCode() == 407;
    std::optional<SipDigestChallenge> best;
    for (const QByteArrayView line : response.lines(proxy ? "proxy-authenticate" : "www-authenticate")) {
        const Result<SipDigestChallenge> challenge = SipDigestChallenge::parse(line);
        if (!challenge || (!m_realm.isEmpty() && challenge->realm != m_realm))
            continue;
        if (!challenge->qopAuth && challenge->qopAuthInt)
            continue;
        if (!best || (isSha256(challenge->algorithm) && !isSha256(best->algorithm)))
            best = *challenge;
    }
    const bool refused = m_fresh && best && !best->stale;
    if (!best || m_password.isEmpty() || refused) {
        m_challenge.reset();
        m_fresh = false;
        return false;
    }
    m_challenge = best;
    m_proxy = proxy;
    m_fresh = true;
    m_count = 0;
    return true;
}

void DigestSecret::accept(const SipMessage &response)
{
    m_fresh = false;
    const QByteArray nonce = nextNonce(response.header("authentication-info"));
    if (m_challenge && !nonce.isEmpty() && nonce != m_challenge->nonce) {
        m_challenge->nonce = nonce;
        m_count = 0;
    }
}

std::pair<QByteArray, QByteArray> DigestSecret::credentials(QByteArrayView method, QByteArrayView uri)
{
    if (!m_challenge)
        return {};
    const SipDigestCredentials answer =
        answerSipChallenge(*m_challenge, m_user, m_password, method, uri, ++m_count, newSipTag());
    return {m_proxy ? "Proxy-Authorization" : "Authorization", answer.toHeaderValue()};
}

QByteArray DigestSecret::sirKeyFor(const QByteArray &fallbackRealm) const
{
    if (m_password.isEmpty())
        return {};
    const QByteArray realm = m_challenge ? m_challenge->realm : m_realm.isEmpty() ? fallbackRealm : m_realm;
    return sirKey(sipDigestHa1(SipDigestAlgorithm::Sha256, m_user, realm, m_password));
}

} // namespace reveille
