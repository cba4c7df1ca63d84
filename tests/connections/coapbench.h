// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "support/fakeclock.h"

#include <QSet>

namespace reveille {

/// The endpoint between a sender that keeps what it is given and a handler that answers 2.05 with a count.
struct CoapBench : DatagramSender, CoapHandler {
    explicit CoapBench(CoapSettings s = {}) : settings(s), endpoint(settings, allowed, clock, clock, *this, *this)
    {
        peer = at(u"10.0.0.7", 40001);
    }
    static DatagramPeer at(QStringView address, quint16 port)
    {
        return DatagramPeer::of(*IpAddress::parse(address), port, false);
    }
    bool send(const DatagramPeer &to, const QByteArray &datagram) override
    {
        sent.append({to, datagram});
        return true;
    }
    void request(const CoapCall &call, const CoapMessage &) override
    {
        ++requests;
        if (later) {
            endpoint.answerLater(call);
            waiting = call;
            return;
        }
        CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Content);
        reply.payload(QByteArray::number(requests) + QByteArray(padding, 'x'));
        endpoint.answer(call, reply);
    }
    void heard(const DatagramPeer &, bool isPing) override { pings += isPing; }
    void unreachable(const DatagramPeer &, const QString &) override { ++unreachables; }
    bool isKnown(const DatagramPeer &p) const override { return known.contains(p); }
    bool isHarmlessTwice(const CoapMessage &request) const override { return request.isAt("idempotent"); }

    QByteArray take()
    {
        return sent.isEmpty() ? QByteArray() : sent.takeFirst().second;
    }
    QByteArray get(quint16 messageId, QByteArrayView path = "count", CoapType type = CoapType::Confirmable)
    {
        return CoapBuilder(type, CoapCode::Get, messageId, "tk").path(path).bytes();
    }
    quint64 ask(QVector<CoapAnswer::Kind> *answers, const DatagramPeer &to)
    {
        return endpoint.ask(
            to,
            [](quint16 messageId, QByteArrayView token) {
                return CoapBuilder(CoapType::Confirmable, CoapCode::Post, messageId, token).path("push").bytes();
            },
            [answers](const CoapAnswer &answer) { answers->append(answer.kind); });
    }
    static QByteArray response(const QByteArray &request, CoapType type, quint16 messageId, QByteArray token = {})
    {
        const auto message = CoapMessage::parse(request);
        return CoapBuilder(type, CoapCode::Changed, messageId, token.isEmpty() ? message->token() : QByteArrayView(token)).bytes();
    }
    static quint16 idOf(const QByteArray &datagram) { return CoapMessage::parse(datagram)->messageId(); }

    CoapSettings settings;
    QVector<IpNetwork> allowed = *parseNetworks(u"10.0.0.0/8, ::1/128");
    FakeClock clock;
    DatagramPeer peer;
    QVector<std::pair<DatagramPeer, QByteArray>> sent;
    QSet<DatagramPeer> known;
    CoapCall waiting;
    int requests = 0, pings = 0, unreachables = 0, padding = 0;
    bool later = false;
    CoapEndpoint endpoint;
};

} // namespace reveille
