// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipdigest.h"

#include "wire/sipscan.h"

#include <osipparser2/osip_parser.h>

#include <QCryptographicHash>

#include <memory>
#include <optional>

namespace reveille {

namespace {

constexpr qsizetype maxHeader = 4096;

struct AuthorizationDeleter {
    void operator()(osip_authorization_t *header) const { osip_authorization_free(header); }
};
struct ChallengeDeleter {
    void operator()(osip_www_authenticate_t *header) const { osip_www_authenticate_free(header); }
};

Error error(const char *code, QByteArrayView about = {})
{
    return {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 80)))};
}

bool isSess(SipDigestAlgorithm algorithm)
{
    return algorithm == SipDigestAlgorithm::Md5Sess || algorithm == SipDigestAlgorithm::Sha256Sess;
}

std::optional<SipDigestAlgorithm> algorithmOf(QByteArrayView name)
{
    if (name.isEmpty())
        return SipDigestAlgorithm::Md5;
    for (const auto algorithm : {SipDigestAlgorithm::Md5, SipDigestAlgorithm::Md5Sess,
                                 SipDigestAlgorithm::Sha256, SipDigestAlgorithm::Sha256Sess}) {
        if (sipscan::equals(name, sipDigestName(algorithm)))
            return algorithm;
    }
    return std::nullopt;
}

QByteArray hash(SipDigestAlgorithm algorithm, QByteArrayView text)
{
    const bool md5 = algorithm == SipDigestAlgorithm::Md5 || algorithm == SipDigestAlgorithm::Md5Sess;
    return QCryptographicHash::hash(text.toByteArray(),
                                    md5 ? QCryptographicHash::Md5 : QCryptographicHash::Sha256)
        .toHex();
}

QByteArray joined(std::initializer_list<QByteArrayView> parts)
{
    QByteArray text;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        if (part != parts.begin())
            text.append(':');
        text.append(part->data(), part->size());
    }
    return text;
}

/// What libosip2 may be given: a Digest header of printable text whose quotes end.
const char *unfit(QByteArrayView value)
{
    if (value.size() > maxHeader)
        return "sip-auth-syntax";
    if (value.size() < 7 || !sipscan::equals(value.first(6), "Digest") || !sipscan::isSpace(value[6]))
        return "sip-auth-scheme";
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return (quint8(c) < 0x20 && c != '\t') || c == 0x7f; }))
        return "sip-auth-syntax";
    return sipscan::findOutside(value, 0, '\0') < 0 ? "sip-auth-syntax" : nullptr;
}

QByteArray plain(const char *value)
{
    return value ? sipscan::unquoted(sipscan::trimmed(value)) : QByteArray();
}

QByteArray countText(quint32 nc)
{
    return QByteArray::number(nc, 16).rightJustified(8, '0');
}

} // namespace

QByteArray sipDigestName(SipDigestAlgorithm algorithm)
{
    switch (algorithm) {
    case SipDigestAlgorithm::Md5:
        return "MD5";
    case SipDigestAlgorithm::Md5Sess:
        return "MD5-sess";
    case SipDigestAlgorithm::Sha256:
        return "SHA-256";
    case SipDigestAlgorithm::Sha256Sess:
        return "SHA-256-sess";
    }
    return {};
}

Result<SipDigestChallenge> SipDigestChallenge::parse(QByteArrayView value)
{
    value = sipscan::trimmed(value);
    if (const char *code = unfit(value))
        return error(code);
    osip_www_authenticate_t *raw = nullptr;
    if (osip_www_authenticate_init(&raw) != OSIP_SUCCESS)
        return error("sip-auth-syntax");
    const std::unique_ptr<osip_www_authenticate_t, ChallengeDeleter> header(raw);
    if (osip_www_authenticate_parse(raw, value.toByteArray().constData()) != OSIP_SUCCESS)
        return error("sip-auth-syntax");

    SipDigestChallenge challenge;
    challenge.realm = plain(header->realm);
    challenge.nonce = plain(header->nonce);
    challenge.opaque = plain(header->opaque);
    challenge.stale = sipscan::equals(plain(header->stale), "true");
    const QByteArray name = plain(header->algorithm);
    const auto algorithm = algorithmOf(name);
    if (!algorithm)
        return error("sip-auth-algorithm", name);
    challenge.algorithm = *algorithm;
    challenge.qopAuth = false;
    for (const QByteArray &qop : plain(header->qop_options).split(',')) {
        challenge.qopAuth = challenge.qopAuth || sipscan::equals(qop.trimmed(), "auth");
        challenge.qopAuthInt = challenge.qopAuthInt || sipscan::equals(qop.trimmed(), "auth-int");
    }
    if (!header->realm || challenge.nonce.isEmpty())
        return error("sip-auth-missing");
    return challenge;
}

QByteArray SipDigestChallenge::toHeaderValue() const
{
    QByteArray value = "Digest realm=" + sipscan::quoted(realm) + ", nonce=" + sipscan::quoted(nonce);
    if (!opaque.isEmpty())
        value += ", opaque=" + sipscan::quoted(opaque);
    if (stale)
        value += ", stale=true";
    value += ", algorithm=" + sipDigestName(algorithm);
    if (qopAuth || qopAuthInt)
        value += QByteArray(", qop=\"") +
                 (qopAuth && qopAuthInt ? "auth,auth-int"
                  : qopAuth             ? "auth"
                                        : "auth-int") +
                 '"';
    return value;
}

Result<SipDigestCredentials> SipDigestCredentials::parse(QByteArrayView value)
{
    value = sipscan::trimmed(value);
    if (const char *code = unfit(value))
        return error(code);
    osip_authorization_t *raw = nullptr;
    if (osip_authorization_init(&raw) != OSIP_SUCCESS)
        return error("sip-auth-syntax");
    const std::unique_ptr<osip_authorization_t, AuthorizationDeleter> header(raw);
    if (osip_authorization_parse(raw, value.toByteArray().constData()) != OSIP_SUCCESS)
        return error("sip-auth-syntax");

    SipDigestCredentials credentials;
    credentials.username = plain(header->username);
    credentials.realm = plain(header->realm);
    credentials.nonce = plain(header->nonce);
    credentials.uri = plain(header->uri);
    credentials.response = plain(header->response);
    credentials.cnonce = plain(header->cnonce);
    credentials.opaque = plain(header->opaque);
    credentials.qop = plain(header->message_qop).toLower();
    const QByteArray name = plain(header->algorithm);
    const auto algorithm = algorithmOf(name);
    if (!algorithm)
        return error("sip-auth-algorithm", name);
    credentials.algorithm = *algorithm;
    if (credentials.username.isEmpty() || !header->realm || credentials.nonce.isEmpty() ||
        credentials.uri.isEmpty() || credentials.response.isEmpty())
        return error("sip-auth-missing");
    if (credentials.qop.isEmpty())
        return credentials;
    if (credentials.qop != "auth" && credentials.qop != "auth-int")
        return error("sip-auth-qop", credentials.qop);
    const QByteArray count = plain(header->nonce_count);
    bool ok = false;
    credentials.nc = count.toUInt(&ok, 16);
    if (!ok || count.size() != 8 || !std::all_of(count.begin(), count.end(), sipscan::isHex) ||
        credentials.nc == 0)
        return error("sip-auth-nc", count);
    return credentials;
}

QByteArray SipDigestCredentials::toHeaderValue() const
{
    QByteArray value = "Digest username=" + sipscan::quoted(username) + ", realm=" + sipscan::quoted(realm) +
                       ", nonce=" + sipscan::quoted(nonce) + ", uri=" + sipscan::quoted(uri) +
                       ", response=" + sipscan::quoted(response) + ", algorithm=" + sipDigestName(algorithm);
    if (!cnonce.isEmpty())
        value += ", cnonce=" + sipscan::quoted(cnonce);
    if (!opaque.isEmpty())
        value += ", opaque=" + sipscan::quoted(opaque);
    if (!qop.isEmpty())
        value += ", qop=" + qop + ", nc=" + countText(nc);
    return value;
}

QByteArray sipDigestHa1(SipDigestAlgorithm algorithm, QByteArrayView user, QByteArrayView realm,
                        QByteArrayView password)
{
    return hash(algorithm, joined({user, realm, password}));
}

QByteArray sipDigestResponse(const SipDigestCredentials &credentials, QByteArrayView ha1,
                             QByteArrayView method, QByteArrayView body)
{
    const SipDigestAlgorithm algorithm = credentials.algorithm;
    QByteArray a1 = ha1.toByteArray();
    if (isSess(algorithm))
        a1 = hash(algorithm, joined({a1, credentials.nonce, credentials.cnonce}));
    const QByteArray a2 = credentials.qop == "auth-int"
                              ? hash(algorithm, joined({method, credentials.uri, hash(algorithm, body)}))
                              : hash(algorithm, joined({method, credentials.uri}));
    if (credentials.qop.isEmpty())
        return hash(algorithm, joined({a1, credentials.nonce, a2}));
    return hash(algorithm, joined({a1, credentials.nonce, countText(credentials.nc), credentials.cnonce,
                                   credentials.qop, a2}));
}

bool verifySipDigest(const SipDigestCredentials &credentials, QByteArrayView ha1, QByteArrayView method,
                     QByteArrayView body)
{
    const QByteArray expected = sipDigestResponse(credentials, ha1, method, body);
    const QByteArray given = credentials.response.toLower();
    if (ha1.isEmpty() || given.size() != expected.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < expected.size(); ++i)
        difference |= expected[i] ^ given[i];
    return difference == 0;
}

QByteArray sipDigestInfo(const SipDigestCredentials &credentials, QByteArrayView ha1, QByteArrayView nextNonce)
{
    QByteArray value = "rspauth=" + sipscan::quoted(sipDigestResponse(credentials, ha1, {}));
    if (!credentials.qop.isEmpty())
        value += ", qop=" + credentials.qop + ", cnonce=" + sipscan::quoted(credentials.cnonce) +
                 ", nc=" + countText(credentials.nc);
    if (!nextNonce.isEmpty())
        value += ", nextnonce=" + sipscan::quoted(nextNonce);
    return value;
}

SipDigestCredentials answerSipChallenge(const SipDigestChallenge &challenge, QByteArrayView user,
                                        QByteArrayView password, QByteArrayView method, QByteArrayView uri,
                                        quint32 nc, QByteArrayView cnonce)
{
    SipDigestCredentials credentials;
    credentials.username = user.toByteArray();
    credentials.realm = challenge.realm;
    credentials.nonce = challenge.nonce;
    credentials.opaque = challenge.opaque;
    credentials.uri = uri.toByteArray();
    credentials.algorithm = challenge.algorithm;
    if (challenge.qopAuth)
        credentials.qop = "auth";
    else if (challenge.qopAuthInt)
        credentials.qop = "auth-int";
    if (!credentials.qop.isEmpty() || isSess(challenge.algorithm))
        credentials.cnonce = cnonce.toByteArray();
    credentials.nc = credentials.qop.isEmpty() ? 0 : nc;
    const QByteArray ha1 = sipDigestHa1(challenge.algorithm, user, challenge.realm, password);
    credentials.response = sipDigestResponse(credentials, ha1, method);
    return credentials;
}

} // namespace reveille
