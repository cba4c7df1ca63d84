// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipauthenticator.h"

#include "connections/sip/siplog.h"

#include <QCryptographicHash>

#include <optional>

namespace reveille {

namespace {

constexpr Milliseconds afterExpiry{60000}; ///< how long a nonce outlives the registration it is to refresh

bool isSha(SipDigestAlgorithm algorithm)
{
    return algorithm == SipDigestAlgorithm::Sha256 || algorithm == SipDigestAlgorithm::Sha256Sess;
}

/// The credentials for our realm; with several, the stronger hash. `malformed` when one of ours cannot be
/// read.
std::optional<SipDigestCredentials> credentialsFor(const SipMessage &request, const QByteArray &realm,
                                                   bool *malformed)
{
    std::optional<SipDigestCredentials> best;
    const QVector<QByteArrayView> lines = request.lines("authorization");
    for (const QByteArrayView line : lines) {
        const Result<SipDigestCredentials> one = SipDigestCredentials::parse(line);
        if (!one) {
            *malformed =
                *malformed || !(one.error().is("sip-auth-scheme") || one.error().is("sip-auth-algorithm"));
            continue;
        }
        if (one->realm == realm && (!best || (isSha(one->algorithm) && !isSha(best->algorithm))))
            best = *one;
    }
    return best;
}

} // namespace

SipAuthenticator::SipAuthenticator(const SipSettings &settings, Clock &clock, const QByteArray &key)
    : m_settings(settings)
    , m_clock(clock)
    , m_nonces(key, settings.nonceLifetime, settings.maxNonces, clock.now(),
               std::chrono::seconds(settings.maxExpires) + afterExpiry)
    , m_guard(settings.loginFailures, settings.loginPause, settings.loginPairs, sipLog)
    , m_nobody(QCryptographicHash::hash(key + "nobody", QCryptographicHash::Sha256).toHex())
{
}

SipAuthenticator::Verdict SipAuthenticator::check(const SipMessage &request, const PublicUserId &id,
                                                  const User *user, const QString &address, Proof *proof)
{
    bool malformed = false;
    const std::optional<SipDigestCredentials> given =
        credentialsFor(request, m_settings.realm.toUtf8(), &malformed);
    if (!given)
        return malformed ? Verdict::Malformed : Verdict::Challenge;
    if (given->qop.isEmpty())
        return Verdict::Challenge;
    if (given->uri != request.requestUri().text)
        return Verdict::Malformed;
    const Timestamp now = m_clock.now();
    if (m_guard.mustWait(id.toString(), address, now))
        return Verdict::Wait;

    const QByteArray secret = !user ? QByteArray() : isSha(given->algorithm) ? user->ha1Sha256 : user->ha1Md5;
    const bool known = !secret.isEmpty() && given->username == id.localPart().toUtf8();
    const bool fits = verifySipDigest(*given, known ? secret : m_nobody, request.method(), request.body());
    if (!known || !fits) {
        m_guard.failed(id.toString(), address, now);
        if (const auto before = m_refusedLog.pass())
            qCInfo(sipLog) << "credentials refused" << id.toString() << address << "and" << *before << "times before";
        return Verdict::Wrong;
    }
    m_guard.succeeded(id.toString(), address);
    if (m_nonces.use(given->nonce, given->nc, now, address) != SipNonces::Verdict::Good)
        return Verdict::Stale;
    if (proof)
        *proof = {*given, secret};
    return Verdict::Proven;
}

QByteArray SipAuthenticator::info(const Proof &proof, Milliseconds next)
{
    const Timestamp now = m_clock.now();
    const bool stays = m_nonces.expiry(proof.credentials.nonce) >= now + next;
    return sipDigestInfo(proof.credentials, proof.secret,
                         stays ? QByteArray() : m_nonces.make(now, next + afterExpiry));
}

void SipAuthenticator::challenge(SipResponse &response, bool stale)
{
    SipDigestChallenge challenge;
    challenge.realm = m_settings.realm.toUtf8();
    challenge.nonce = m_nonces.make(m_clock.now());
    challenge.stale = stale;
    for (const SipDigestAlgorithm algorithm : {SipDigestAlgorithm::Sha256, SipDigestAlgorithm::Md5}) {
        challenge.algorithm = algorithm;
        response.header("WWW-Authenticate", challenge.toHeaderValue());
    }
}

} // namespace reveille
