// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sippeer.h"
#include "wire/sipdigest.h"

namespace reveille {

/// A phone that knows a password.
struct SipCaller {
    explicit SipCaller(SipPeer &p, QByteArray secret = "secret")
        : peer(p)
        , password(std::move(secret))
    {
    }

    /// Sends the request as it is; with a challenge, keeps the one of `algorithm`.
    int ask(PeerRequest &request)
    {
        request.cseq++;
        const int status = peer.ask(request.bytes(peer));
        const QVector<QByteArrayView> lines =
            status == 401 ? peer.last()->lines("www-authenticate") : QVector<QByteArrayView>();
        for (const QByteArrayView line : lines) {
            const Result<SipDigestChallenge> one = SipDigestChallenge::parse(line);
            if (one && one->algorithm == algorithm)
                challenge = *one;
        }
        return status;
    }
    /// With an answer to the last challenge.
    int askWithCredentials(PeerRequest request, quint32 nc = 1)
    {
        const QByteArray uri = credentialsUri.isEmpty() ? request.uri : credentialsUri;
        request.headers.append(
            "Authorization: " +
            answerSipChallenge(challenge, user, password, request.method, uri, nc, "cnonce").toHeaderValue());
        return ask(request);
    }

    SipPeer &peer;
    QByteArray user = "alice";
    QByteArray password;
    QByteArray credentialsUri;
    SipDigestAlgorithm algorithm = SipDigestAlgorithm::Sha256;
    SipDigestChallenge challenge;
};

} // namespace reveille
