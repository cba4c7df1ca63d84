// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace reveille {

bool Stage::startServer(const QStringList &settings)
{
    m_settings =
        QStringList{u"sip/authentication=open"_s, u"wake/answer_timeout_ms=3000"_s, u"wake/backoff_ms=200"_s,
                    u"wake/attempts=5"_s, u"liveness/request_timeout_ms=500"_s} +
        settings;
    return launch({});
}

bool Stage::restartServer()
{
    QStringList again;
    for (const QString &key : {u"sip/udp"_s, u"sip/tcp"_s, u"sip/tls"_s, u"msrp/tcp"_s, u"msrp/tls"_s, u"ota_http/tcp"_s,
                               u"ota_http/tls"_s, u"datagram/coap"_s, u"datagram/dtls"_s, u"triggers/http"_s,
                               u"operations/http"_s}) {
        const QString bound = address(QString(key).replace(u'/', u'_'));
        if (!bound.isEmpty())
            again.append(key + u'=' + bound);
    }
    return launch(again);
}

bool Stage::launch(const QStringList &settings)
{
    QStringList arguments{u"--data-dir"_s, m_dir.path(), u"--set"_s, u"server/ports=any"_s};
    for (const QString &setting : settings + m_settings)
        arguments << u"--set"_s << setting;
    m_server = std::make_unique<JsonProcess>(u"reveilled"_s);
    if (!m_server->start(arguments) ||
        !QTest::qWaitFor([&] { return m_server->count("ready") == 1; }, 15000)) {
        qWarning("%s", m_server->transcript().constData());
        return false;
    }
    m_addresses = m_server->last("ready");
    QFile token(m_dir.filePath(u"operations.token"_s));
    if (!token.open(QIODevice::ReadOnly))
        return false;
    m_operations.use(u"http://"_s + address(u"operations_http"_s), token.readAll().trimmed());
    return true;
}

QString Stage::address(const QString &name) const
{
    return m_addresses.value(name).toString();
}

JsonProcess &Stage::addClient(const QString &user, const QString &device, const QString &transport,
                              const QStringList &more)
{
    m_clients.push_back(std::make_unique<JsonProcess>(u"reveille-client"_s));
    m_clients.back()->start(QStringList{u"--user"_s, user, u"--device"_s, device, u"--transport"_s, transport,
                                        u"--registrar"_s, address(u"sip_"_s + transport), u"--timeout"_s,
                                        u"3000"_s, u"--retry"_s, u"200"_s} +
                            more);
    return *m_clients.back();
}

void Stage::setPassword(const QString &user, const QString &password)
{
    m_operations.put(u"/v1/users/"_s + segment(user), {{u"password"_s, password}});
}

QString Stage::push(const QString &user, const QString &body, const QStringList &devices,
                    const QJsonObject &more)
{
    QJsonObject request{
        {u"to"_s, QJsonObject{{u"user"_s, user}}}, {u"body"_s, body}, {u"content_type"_s, u"text/plain"_s}};
    if (!devices.isEmpty())
        request.insert(u"devices"_s, QJsonArray::fromStringList(devices));
    for (auto it = more.begin(); it != more.end(); ++it)
        request.insert(it.key(), it.value());
    const ApiCaller::Answer answer = m_operations.post(u"/v1/pushes"_s, request);
    return answer.status == 202 ? answer.body.value(u"id"_s).toString() : QString();
}

QJsonObject Stage::pushState(const QString &id)
{
    return m_operations.get(u"/v1/pushes/"_s + segment(id)).body;
}

QString Stage::state(const QString &push)
{
    return pushState(push).value(u"state"_s).toString();
}

QString Stage::deliveryState(const QString &push, const QString &device)
{
    const QJsonArray deliveries = pushState(push).value(u"deliveries"_s).toArray();
    for (const QJsonValue &delivery : deliveries) {
        if (delivery[u"device"_s].toString() == device)
            return delivery[u"state"_s].toString();
    }
    return {};
}

QJsonObject Stage::device(const QString &id)
{
    return m_operations.get(u"/v1/devices/"_s + segment(id)).body;
}

QString Stage::liveness(const QString &id)
{
    return device(id).value(u"liveness"_s)[u"state"_s].toString();
}

QVector<QJsonObject> Stage::journal(const QString &query)
{
    const QJsonArray items =
        m_operations.get(u"/v1/journal?limit=1000&after=0&"_s + query).body.value(u"items"_s).toArray();
    QVector<QJsonObject> entries;
    for (const QJsonValue &item : items)
        entries.append(item.toObject());
    return entries;
}

QStringList Stage::journalEvents(const QString &query)
{
    QStringList events;
    for (const QJsonObject &entry : journal(query))
        events.append(entry.value(u"event"_s).toString());
    return events;
}

} // namespace reveille
