// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/otahttpauth.h"

#include <QCryptographicHash>
#include <QHash>

#include <optional>

namespace reveille {

namespace {

using Parameters = QHash<QByteArray, QByteArray>;
constexpr qsizetype longestHeader = 4096;

QByteArray sha1Hex(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

QByteArray quoted(QByteArrayView text)
{
    QByteArray out("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

/// name=token or name="string", divided by commas. Nothing where that is not what it is.
std::optional<Parameters> parametersOf(QByteArrayView text)
{
    Parameters parameters;
    qsizetype at = 0;
    const auto skipSpace = [&] {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
            ++at;
    };
    while (true) {
        skipSpace();
        if (at == text.size())
            return parameters;
        const qsizetype equals = text.indexOf('=', at);
        if (equals <= at)
            return std::nullopt;
        const QByteArray name = text.sliced(at, equals - at).trimmed().toByteArray().toLower();
        QByteArray value;
        at = equals + 1;
        skipSpace();
        if (at < text.size() && text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                if (text[at] == '\\' && at + 1 < text.size())
                    ++at;
                value += text[at];
            }
            if (at == text.size())
                return std::nullopt;
            ++at;
            skipSpace();
        } else {
            const qsizetype comma = text.indexOf(',', at);
            const qsizetype end = comma < 0 ? text.size() : comma;
            value = text.sliced(at, end - at).trimmed().toByteArray();
            at = end;
        }
        if (name.isEmpty() || parameters.contains(name))
            return std::nullopt;
        parameters.insert(name, value);
        if (at == text.size())
            return parameters;
        if (text[at] != ',')
            return std::nullopt;
        ++at;
    }
}

struct AuthLine {
    OtaChallenge::Scheme scheme;
    QByteArrayView rest;
};

Result<AuthLine> schemeOf(QByteArrayView value)
{
    value = value.trimmed();
    if (value.size() > longestHeader)
        return Error{"ota-auth-syntax", {}};
    const qsizetype space = value.indexOf(' ');
    const QByteArray name = value.first(space < 0 ? value.size() : space).toByteArray().toLower();
    const QByteArrayView rest = space < 0 ? QByteArrayView() : value.sliced(space + 1).trimmed();
    if (name == "basic")
        return AuthLine{OtaChallenge::Scheme::Basic, rest};
    if (name == "digest")
        return AuthLine{OtaChallenge::Scheme::Digest, rest};
    return Error{"ota-auth-scheme", QString::fromLatin1(name.left(32))};
}

} // namespace

QByteArray OtaChallenge::toValue() const
{
    QByteArray value = (scheme == Scheme::Basic ? "Basic realm=" : "Digest realm=") + quoted(realm);
    if (scheme == Scheme::Digest)
        value += ", nonce=" + quoted(nonce) + ", algorithm=\"SHA-1\"";
    if (refusal != Refusal::None)
        value += refusal == Refusal::Retry ? ", x-wap-auth-status=failed_retry" : ", x-wap-auth-status=failed_noretry";
    return value;
}

Result<OtaChallenge> OtaChallenge::parse(QByteArrayView value)
{
    const Result<AuthLine> scheme = schemeOf(value);
    if (!scheme)
        return scheme.error();
    const std::optional<Parameters> parameters = parametersOf(scheme->rest);
    if (!parameters || !parameters->contains("realm"))
        return Error{"ota-auth-syntax", {}};
    OtaChallenge challenge;
    challenge.scheme = scheme->scheme;
    challenge.realm = parameters->value("realm");
    const QByteArray status = parameters->value("x-wap-auth-status").toLower();
    if (!status.isEmpty())
        challenge.refusal = status == "failed_retry" ? Refusal::Retry : Refusal::Final;
    if (challenge.scheme == Scheme::Digest) {
        const QByteArray algorithm = parameters->value("algorithm", "SHA-1").toUpper();
        if (algorithm != "SHA-1" && algorithm != "SHA")
            return Error{"ota-auth-algorithm", QString::fromLatin1(algorithm.left(32))};
        challenge.nonce = parameters->value("nonce");
        if (challenge.nonce.isEmpty())
            return Error{"ota-auth-syntax", {}};
    }
    return challenge;
}

QByteArray OtaCredentials::toValue() const
{
    if (scheme == OtaChallenge::Scheme::Basic)
        return "Basic " + (username + ':' + password).toBase64();
    return "Digest username=" + quoted(username) + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce) +
           ", uri=" + quoted(uri) + ", response=" + quoted(response) + ", algorithm=\"SHA-1\"";
}

Result<OtaCredentials> OtaCredentials::parse(QByteArrayView value)
{
    const Result<AuthLine> scheme = schemeOf(value);
    if (!scheme)
        return scheme.error();
    OtaCredentials credentials;
    credentials.scheme = scheme->scheme;
    if (credentials.scheme == OtaChallenge::Scheme::Basic) {
        const auto decoded = QByteArray::fromBase64Encoding(scheme->rest.toByteArray(),
                                                            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        const qsizetype colon = decoded ? decoded.decoded.indexOf(':') : -1;
        if (colon < 0)
            return Error{"ota-auth-syntax", {}};
        credentials.username = decoded.decoded.left(colon);
        credentials.password = decoded.decoded.mid(colon + 1);
        return credentials;
    }
    const std::optional<Parameters> parameters = parametersOf(scheme->rest);
    if (!parameters)
        return Error{"ota-auth-syntax", {}};
    credentials.username = parameters->value("username");
    credentials.realm = parameters->value("realm");
    credentials.nonce = parameters->value("nonce");
    credentials.uri = parameters->value("uri");
    credentials.response = parameters->value("response");
    if (credentials.username.isEmpty() || credentials.response.isEmpty())
        return Error{"ota-auth-syntax", {}};
    return credentials;
}

OtaCredentials OtaCredentials::answer(const OtaChallenge &challenge, QByteArrayView username, QByteArrayView password,
                                      QByteArrayView method)
{
    OtaCredentials credentials;
    credentials.scheme = challenge.scheme;
    credentials.username = username.toByteArray();
    if (challenge.scheme == OtaChallenge::Scheme::Basic) {
        credentials.password = password.toByteArray();
        return credentials;
    }
    credentials.realm = challenge.realm;
    credentials.nonce = challenge.nonce;
    credentials.uri = "/wappush";
    credentials.response = otaDigestResponse(username, challenge.realm, password, challenge.nonce, method);
    return credentials;
}

QByteArray otaDigestResponse(QByteArrayView username, QByteArrayView realm, QByteArrayView password,
                             QByteArrayView nonce, QByteArrayView method)
{
    const QByteArray ha1 =
        sha1Hex(username.toByteArray() + ':' + realm.toByteArray() + ':' + password.toByteArray());
    const QByteArray ha2 = sha1Hex(method.toByteArray() + ":/wappush");
    return sha1Hex(ha1 + ':' + nonce.toByteArray() + ':' + ha2);
}

} // namespace reveille
