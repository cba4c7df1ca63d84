// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/datagramreturn.h"

#include "client/datagramlink.h"

#include <utility>

namespace reveille {

void writeReturned(CoapBuilder &builder, const QByteArray &kind, const QByteArray &body)
{
    builder.path("returned");
    if (kind == "refusal")
        builder.query("refusal", "1");
    builder.payload(body);
}

DatagramReturn::DatagramReturn(const PushClientSettings &settings, const QHostAddress &gateway, QObject *parent)
    : QObject(parent)
    , m_path(gateway, settings.registrarPort, datagramIdentity(settings))
    , m_channel(m_path, {settings.t1 * 4, settings.requestTimeout}, [](const CoapMessage &) {
        return CoapChannel::Reply{};
    })
{
    connect(&m_path, &DatagramPath::lost, this, [this] { finish(0); });
}

DatagramReturn::~DatagramReturn() = default;

void DatagramReturn::send(const QHostAddress &local, const QByteArray &kind, const QByteArray &body)
{
    connect(&m_path, &DatagramPath::opened, this, [this, kind, body] {
        m_channel.request(
            CoapCode::Post, [&](CoapBuilder &builder) { writeReturned(builder, kind, body); },
            [this](const CoapMessage *answer) { finish(answer ? coapStatus(answer->code()) : 0); });
    });
    if (!m_path.open(local))
        finish(0);
}

void DatagramReturn::finish(int status)
{
    if (std::exchange(m_finished, true))
        return;
    Q_EMIT answered(status);
    deleteLater();
}

} // namespace reveille
