// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/apicaller.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>

namespace reveille {

void ApiCaller::use(const QString &base, const QByteArray &token)
{
    m_base = base;
    m_token = token;
    m_network.clearConnectionCache();
}

ApiCaller::Answer ApiCaller::call(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    QNetworkRequest request(QUrl(m_base + path, QUrl::StrictMode));
    request.setTransferTimeout(15000);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    QByteArray octets;
    if (method != "GET") {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        octets = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, octets);
    QEventLoop loop;
    connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    reply->deleteLater();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object()};
}

QString segment(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace reveille
