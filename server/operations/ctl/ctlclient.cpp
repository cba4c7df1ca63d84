// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlclient.h"

#include "wire/eventreader.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int answerTimeout = 90000; ///< milliseconds; the server itself gives up after 60 seconds
constexpr qint64 longestAnswer = 64 * 1024 * 1024;

std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater> owned(QNetworkReply *reply)
{
    return std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater>(reply);
}

CtlResult<QJsonObject> objectOf(const CtlResult<QByteArray> &body)
{
    if (!body)
        return body.error();
    if (body->isEmpty())
        return QJsonObject();
    const QJsonDocument document = QJsonDocument::fromJson(*body);
    if (!document.isObject())
        return CtlFailure{u"answer-invalid"_s, {}};
    return document.object();
}

} // namespace

CtlClient::CtlClient(QUrl base, QByteArray token)
    : m_base(std::move(base))
    , m_token(std::move(token))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

QNetworkRequest CtlClient::request(const QByteArray &target) const
{
    const QByteArray base = m_base.toEncoded(QUrl::StripTrailingSlash);
    QNetworkRequest request(QUrl::fromEncoded(base + target, QUrl::StrictMode));
    request.setRawHeader("Authorization", "Bearer " + m_token);
    request.setTransferTimeout(answerTimeout);
    return request;
}

CtlFailure CtlClient::failureOf(QNetworkReply *reply, const QByteArray &body) const
{
    const QString place = m_base.authority();
    switch (reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {u"connection-refused"_s, place};
    case QNetworkReply::HostNotFoundError:
        return {u"host-unknown"_s, place};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return {u"no-answer"_s, place};
    case QNetworkReply::RemoteHostClosedError:
        return {u"connection-lost"_s, place};
    default:
        break;
    }
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    if (problem.contains(u"code"))
        return {problem.value(u"code").toString(), problem.value(u"about").toString(), problem};
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return {status == 0 ? u"no-answer"_s : u"answer-invalid"_s,
            status == 0 ? place : QString::number(status)};
}

CtlResult<QByteArray> CtlClient::answer(QNetworkReply *reply)
{
    QEventLoop loop;
    QByteArray body;
    QObject::connect(reply, &QNetworkReply::readyRead, &loop, [&] {
        body += reply->readAll();
        if (body.size() > longestAnswer)
            reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    if (body.size() > longestAnswer)
        return CtlFailure{u"answer-invalid"_s, {}};
    body += reply->readAll();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->error() != QNetworkReply::NoError || status / 100 != 2)
        return failureOf(reply, body);
    return body;
}

CtlResult<QJsonObject> CtlClient::call(const QByteArray &method, const QByteArray &target)
{
    const auto reply = owned(m_network.sendCustomRequest(request(target), method));
    return objectOf(answer(reply.get()));
}

CtlResult<QJsonObject> CtlClient::call(const QByteArray &method, const QByteArray &target,
                                       const QJsonObject &body)
{
    QNetworkRequest asked = request(target);
    asked.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const QByteArray octets = QJsonDocument(body).toJson(QJsonDocument::Compact);
    const auto reply = owned(m_network.sendCustomRequest(asked, method, octets));
    return objectOf(answer(reply.get()));
}

CtlResult<QJsonObject> CtlClient::post(const QByteArray &target, const QByteArray &type, const QByteArray &octets)
{
    QNetworkRequest asked = request(target);
    asked.setHeader(QNetworkRequest::ContentTypeHeader, type);
    const auto reply = owned(m_network.post(asked, octets));
    return objectOf(answer(reply.get()));
}

CtlResult<QByteArray> CtlClient::page(const QByteArray &target, QByteArray *next)
{
    const auto reply = owned(m_network.get(request(target)));
    auto body = answer(reply.get());
    const QByteArray link = reply->rawHeader("Link");
    const qsizetype end = link.indexOf(">; rel=\"next\"");
    *next = link.startsWith("</") && end > 0 ? link.mid(1, end - 1) : QByteArray();
    return body;
}

CtlResult<QByteArray> CtlClient::text(const QByteArray &target)
{
    const auto reply = owned(m_network.get(request(target)));
    return answer(reply.get());
}

CtlResult<Done> CtlClient::follow(const QByteArray &target, const std::function<bool(const Event &)> &seen)
{
    QNetworkRequest asked = request(target);
    asked.setTransferTimeout(0);
    const auto reply = owned(m_network.get(asked));
    QEventLoop loop;
    EventReader events;
    bool enough = false;
    QByteArray refusal;
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        const bool refused = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200;
        const QByteArray octets = reply->readAll();
        if (refused) {
            refusal += octets.left(64 * 1024);
            return;
        }
        for (const EventReader::Event &event : events.feed(octets)) {
            if (enough)
                return;
            enough = !seen({event.type, event.id, QJsonDocument::fromJson(event.data).object()});
        }
        if (enough || events.failed())
            reply->abort();
    });
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    if (enough)
        return Done{};
    if (reply->error() != QNetworkReply::NoError)
        return failureOf(reply.get(), refusal);
    return CtlFailure{u"connection-lost"_s, m_base.authority()};
}

} // namespace reveille
