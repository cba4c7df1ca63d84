// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pinholetester.h"

#include "wire/coapvalue.h"

namespace reveille {
namespace {

/// "d=30": seconds of silence asked for; nothing where there is nothing to test.
std::optional<Milliseconds> askedSilence(const CoapMessage &answer)
{
    if (coapClass(answer.code()) != 2)
        return std::nullopt;
    for (const QByteArray &part : answer.payload().toByteArray().split(';')) {
        bool ok = false;
        const int seconds = part.startsWith("d=") ? part.mid(2).toInt(&ok) : 0;
        if (ok && seconds > 0 && seconds <= 86400)
            return Milliseconds(1000 * qint64(seconds));
    }
    return std::nullopt;
}

} // namespace

PinholeTester::PinholeTester(const QHostAddress &server, quint16 port, const QHostAddress &local,
                             CoapChannel::Times times, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_local(local)
    , m_port(port)
    , m_times(times)
{
    m_ping.setSingleShot(true);
    m_next.setSingleShot(true);
    connect(&m_ping, &QTimer::timeout, this, [this] { finish(false); });
    connect(&m_next, &QTimer::timeout, this, &PinholeTester::ask);
}

PinholeTester::~PinholeTester() = default;

void PinholeTester::start()
{
    m_next.start(nextAfter);
}

void PinholeTester::ask()
{
    m_channel.reset();
    m_path = std::make_unique<DatagramPath>(m_server, m_port, std::nullopt);
    m_channel = std::make_unique<CoapChannel>(*m_path, m_times, [](const CoapMessage &) {
        return CoapChannel::Reply{CoapCode::NotFound, {}};
    });
    m_silence = Milliseconds(0);
    connect(m_path.get(), &DatagramPath::opened, this, [this] {
        m_channel->request(
            CoapCode::Post, [](CoapBuilder &builder) { builder.path("pinhole"); },
            [this](const CoapMessage *answer) { onAnswer(answer); });
    });
    connect(m_channel.get(), &CoapChannel::pinged, this, [this] {
        if (m_ping.isActive())
            finish(true);
    });
    if (!m_path->open(m_local))
        m_next.start(idle);
}

void PinholeTester::onAnswer(const CoapMessage *answer)
{
    const std::optional<Milliseconds> silence = answer ? askedSilence(*answer) : std::nullopt;
    if (!silence) {
        m_next.start(idle);
        return;
    }
    m_silence = *silence;
    m_ping.start(m_silence + pingGrace);
}

void PinholeTester::finish(bool open)
{
    m_ping.stop();
    m_next.start(nextAfter);
    Q_EMIT
    tested(m_silence, open);
}

} // namespace reveille
