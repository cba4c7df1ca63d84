// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace reveille {

/// Why a command did not work: a code of the server's problem document, or one of the client's own:
/// connection-refused, host-unknown, no-answer, connection-lost, answer-invalid.
struct CtlFailure {
    QString code;
    QString about;
    QJsonObject problem{}; ///< the document itself, where there is one
};

template <typename T>
using CtlResult = Result<T, CtlFailure>;

/// The operations interface as reveillectl uses it: one call at a time, waiting in an event loop of its own.
/// Answers are read up to 64 MiB. No proxies and no redirects, so that the token goes to this server only.
class CtlClient {
public:
    CtlClient(QUrl base, QByteArray token);

    CtlResult<QJsonObject> get(const QByteArray &target) { return call("GET", target); }
    CtlResult<QJsonObject> call(const QByteArray &method, const QByteArray &target);
    CtlResult<QJsonObject> call(const QByteArray &method, const QByteArray &target, const QJsonObject &body);
    /// Octets of another type than JSON.
    CtlResult<QJsonObject> post(const QByteArray &target, const QByteArray &type, const QByteArray &octets);
    CtlResult<QByteArray> text(const QByteArray &target);
    /// The same, and what the answer names as the next page (RFC 8288); empty where there is none.
    CtlResult<QByteArray> page(const QByteArray &target, QByteArray *next);

    struct Event {
        QByteArray type;
        quint64 id = 0;
        QJsonObject data;
    };
    /// Follows GET `target` until `seen` returns false (a value) or the stream ends (connection-lost).
    CtlResult<Done> follow(const QByteArray &target, const std::function<bool(const Event &)> &seen);

    const QUrl &base() const { return m_base; }

private:
    QNetworkRequest request(const QByteArray &target) const;
    CtlResult<QByteArray> answer(QNetworkReply *reply);
    CtlFailure failureOf(QNetworkReply *reply, const QByteArray &body) const;

    QUrl m_base;
    QByteArray m_token;
    QNetworkAccessManager m_network;
};

} // namespace reveille
