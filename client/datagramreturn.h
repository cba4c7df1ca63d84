// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/coapchannel.h"
#include "client/pushclientsettings.h"

#include <memory>

namespace reveille {

/// POST /returned, "?refusal" for a refusal.
void writeReturned(CoapBuilder &builder, const QByteArray &kind, const QByteArray &body);

/// What a device says over CoAP because a SIR asked for it, while it has no path there (requirement S13): one request
/// over a path of its own, DTLS where the device uses that. Deletes itself when answered or given up. Lives in its
/// client's thread.
class DatagramReturn : public QObject {
    Q_OBJECT
public:
    DatagramReturn(const PushClientSettings &settings, const QHostAddress &gateway, QObject *parent);
    ~DatagramReturn() override;

    void send(const QHostAddress &local, const QByteArray &kind, const QByteArray &body);

Q_SIGNALS:
    /// Status as in SIP, 0: no answer.
    void answered(int status);

private:
    void finish(int status);

    DatagramPath m_path;
    CoapChannel m_channel;
    bool m_finished = false;
};

} // namespace reveille
