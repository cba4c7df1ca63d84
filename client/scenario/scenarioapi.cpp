// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioapi.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr int answerTimeout = 60'000; ///< milliseconds
constexpr qint64 longestAnswer = 16 * 1024 * 1024;

int statusOf(const QNetworkReply *reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

QString ScenarioApi::Answer::text() const
{
    QStringList parts{status == 0 ? u"no answer"_s : QString::number(status)};
    for (const QString &field : {u"code"_s, u"about"_s}) {
        if (const QString value = body.value(field).toString(); !value.isEmpty())
            parts.append(value);
    }
    return parts.join(u' ');
}

ScenarioApi::ScenarioApi(QObject *parent)
    : QObject(parent)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

ScenarioApi::~ScenarioApi()
{
    forget();
    unfollow();
}

void ScenarioApi::use(const QUrl &base, const QByteArray &token)
{
    m_base = base;
    m_token = token;
}

QNetworkRequest ScenarioApi::request(const QByteArray &target) const
{
    QNetworkRequest request(QUrl::fromEncoded(m_base.toEncoded(QUrl::StripTrailingSlash) + target));
    request.setRawHeader("Authorization", "Bearer " + m_token);
    request.setTransferTimeout(answerTimeout);
    return request;
}

void ScenarioApi::await(QNetworkReply *reply, Then then)
{
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > longestAnswer)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, then = std::move(then), round = m_round] {
        reply->deleteLater();
        if (round != m_round)
            return;
        Answer answer;
        answer.status = statusOf(reply);
        if (answer.status / 100 == 2 && reply->error() != QNetworkReply::NoError)
            answer.status = 0; // cut off
        answer.octets = reply->readAll();
        answer.body = QJsonDocument::fromJson(answer.octets).object();
        then(answer);
    });
}

void ScenarioApi::call(const QByteArray &method, const QByteArray &target, Then then)
{
    await(m_network.sendCustomRequest(request(target), method), std::move(then));
}

void ScenarioApi::send(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                       const QByteArray &type, Then then)
{
    QNetworkRequest asked = request(target);
    asked.setHeader(QNetworkRequest::ContentTypeHeader, type);
    await(m_network.sendCustomRequest(asked, method, body), std::move(then));
}

void ScenarioApi::post(const QByteArray &target, const QJsonObject &body, Then then)
{
    send("POST", target, QJsonDocument(body).toJson(QJsonDocument::Compact), "application/json",
         std::move(then));
}

void ScenarioApi::put(const QByteArray &target, const QJsonObject &body, Then then)
{
    send("PUT", target, QJsonDocument(body).toJson(QJsonDocument::Compact), "application/json",
         std::move(then));
}

void ScenarioApi::follow(const QByteArray &target)
{
    unfollow();
    m_events = {};
    QNetworkRequest asked = request(target);
    asked.setTransferTimeout(0);
    m_stream = m_network.get(asked);
    connect(m_stream, &QNetworkReply::metaDataChanged, this, [this] {
        if (statusOf(m_stream) == 200)
            Q_EMIT streamOpened();
    });
    connect(m_stream, &QNetworkReply::readyRead, this, &ScenarioApi::readStream);
    connect(m_stream, &QNetworkReply::finished, this, [this] {
        m_stream->deleteLater();
        m_stream.clear();
        Q_EMIT streamEnded();
    });
}

void ScenarioApi::unfollow()
{
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    m_stream->abort();
    m_stream->deleteLater();
    m_stream.clear();
}

void ScenarioApi::readStream()
{
    if (statusOf(m_stream) != 200)
        return;
    const QVector<EventReader::Event> events = m_events.feed(m_stream->readAll());
    for (const EventReader::Event &event : events) {
        Q_EMIT eventCame(event.type, QJsonDocument::fromJson(event.data).object());
        if (!m_stream)
            return;
    }
    if (m_events.failed())
        m_stream->abort();
}

} // namespace reveille
