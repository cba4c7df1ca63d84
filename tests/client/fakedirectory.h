// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

#include <QHostAddress>
#include <QObject>
#include <QUdpSocket>
#include <QVector>

namespace reveille {

/// A CoAP server on loopback that does what a test tells it and keeps what it heard.
class FakeDirectory : public QObject {
    Q_OBJECT
public:
    struct Script {
        bool mute = false;                 ///< answers nothing
        quint32 maxAge = 0;                ///< said with that, where it is not 0
        quint8 refuse = 0;                 ///< answers registrations with this code
        bool forgets = false;              ///< refreshes get 4.04, once
        bool separately = false;           ///< an empty ACK first, then a confirmable answer
        QByteArray granted = "ka=1;lt=60"; ///< payload
        bool asks = false;                 ///< pushes ask for a confirmation
        quint8 confirmed = CoapCode::Changed; ///< the answer to one
        QByteArray pinhole;                ///< payload of the answers to POST /pinhole; empty: 4.04
    };
    /// One message heard, decoded.
    struct Heard {
        CoapType type = CoapType::Confirmable;
        quint8 code = 0;
        quint16 id = 0;
        QByteArray token, path, payload;
        QByteArray ep, u, s, app, lt, b, pushId;
        std::optional<quint32> block1;
        quint16 port = 0;
    };

    explicit FakeDirectory(QObject *parent = nullptr);
    quint16 port() const { return m_socket.localPort(); }
    Script script;
    QVector<Heard> all;

    QVector<Heard> requests(const QByteArray &path) const;
    const Heard *answerTo(quint16 id) const; ///< nullptr: none yet
    /// To where the last registration came from. Returns the message id.
    quint16 push(const QByteArray &session, const QByteArray &id, const QByteArray &body,
                 std::optional<CoapBlock> block = {}, std::optional<quint16> messageId = {});
    quint16 ping(quint16 port);
    quint16 devicePort() const { return m_device; }

private:
    void read();
    void answer(const Heard &heard);
    void send(const QByteArray &octets, quint16 port);

    QUdpSocket m_socket;
    quint16 m_device = 0;
    quint16 m_nextId = 1000;
    int m_keys = 0;
};

} // namespace reveille
