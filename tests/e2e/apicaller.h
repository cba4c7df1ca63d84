// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

namespace reveille {

/// JSON over HTTP for tests: one call at a time, waited for in an event loop.
class ApiCaller : public QObject {
    Q_OBJECT
public:
    /// `base`: "http://127.0.0.1:8081".
    void use(const QString &base, const QByteArray &token);

    struct Answer {
        int status = 0; ///< 0: no answer
        QJsonObject body;
    };
    Answer get(const QString &path) { return call("GET", path); }
    Answer put(const QString &path, const QJsonObject &body) { return call("PUT", path, body); }
    Answer post(const QString &path, const QJsonObject &body) { return call("POST", path, body); }
    Answer call(const QByteArray &method, const QString &path, const QJsonObject &body = {});

private:
    QNetworkAccessManager m_network;
    QString m_base;
    QByteArray m_token;
};

/// For a path segment: everything but unreserved characters as %XX.
QString segment(const QString &text);

} // namespace reveille
