// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/coapchannel.h"

#include <QTimer>

#include <memory>

namespace reveille {

/// Helps the server to find out how long the network keeps a quiet path open, without risking the live one:
/// from a fresh socket it asks (POST /pinhole) how long to stay quiet, says nothing more, and answers the
/// ping that comes after that silence, if it comes. Then again, until the server has nothing to ask. Lives in
/// its client's thread.
class PinholeTester : public QObject {
    Q_OBJECT
public:
    PinholeTester(const QHostAddress &server, quint16 port, const QHostAddress &local,
                  CoapChannel::Times times, QObject *parent = nullptr);
    ~PinholeTester() override;
    void start();

    static constexpr Milliseconds pingGrace{10000}; ///< how much later the ping may still come
    static constexpr Milliseconds nextAfter{1000};  ///< between two tests
    static constexpr Milliseconds idle{300000};     ///< after the server had nothing to ask

Q_SIGNALS:
    void tested(reveille::Milliseconds silence, bool open);

private:
    void ask();
    void onAnswer(const CoapMessage *answer);
    void finish(bool open);

    QHostAddress m_server, m_local;
    quint16 m_port;
    CoapChannel::Times m_times;
    std::unique_ptr<DatagramPath> m_path;
    std::unique_ptr<CoapChannel> m_channel;
    Milliseconds m_silence{0};
    QTimer m_ping, m_next;
};

} // namespace reveille
