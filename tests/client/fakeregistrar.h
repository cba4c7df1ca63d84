// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipdigest.h"
#include "wire/sipframer.h"
#include "wire/sipmessage.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUdpSocket>

#include <map>
#include <optional>

namespace reveille {

/// A registrar that does what a test tells it, on loopback, UDP and TCP under one port number each. It keeps
/// what it heard.
class FakeRegistrar : public QObject {
    Q_OBJECT
public:
    /// How the next REGISTER requests are answered; the defaults grant everything.
    struct Script {
        QByteArray password; ///< not empty: digest
        QByteArray realm = "lab.example";
        QVector<SipDigestAlgorithm> algorithms{SipDigestAlgorithm::Md5, SipDigestAlgorithm::Sha256};
        bool nextNonce = false; ///< in every 200
        int minExpires = 0;     ///< 423 below
        int grant = 0;          ///< seconds granted, 0 = what was asked
        int flowTimer = 0;
        QVector<int> statuses;           ///< answers instead, one for each, first first
        bool mute = false;               ///< answers nothing at all
        int ignoreFirst = 0;             ///< REGISTERs not answered
        bool movesMappedAddress = false; ///< STUN answers name another port each time
    };

    explicit FakeRegistrar(QObject *parent = nullptr);
    ~FakeRegistrar() override;

    quint16 udpPort() const { return m_udp.localPort(); }
    quint16 tcpPort() const { return m_tcp.serverPort(); }
    Script script;

    QVector<SipMessage> registers; ///< every REGISTER heard, retransmissions too
    QVector<SipMessage> requests;  ///< other requests heard
    QVector<SipMessage> responses; ///< answers to ours
    QVector<quint16> sources;      ///< ports the REGISTERs came from
    int stunRequests = 0;
    int pings = 0;
    int connections = 0; ///< TCP connections taken
    int disconnections = 0;

    /// Sends to where the last REGISTER came from. Returns the branch.
    QByteArray sendSir(const QByteArray &sir, const QByteArray &device = {});
    QByteArray sendMessage(const QByteArray &push, const QByteArray &body,
                           const QByteArray &contentType = "text/plain", const QByteArray &branch = {});
    void sendRequest(const QByteArray &octets);
    QByteArray request(const QByteArray &method, const QByteArray &branch) const;
    void closeConnections();
    const SipContact &lastContact() const { return registers.last().contacts().first(); }

Q_SIGNALS:
    void heard();

private:
    struct Origin {
        QHostAddress address;
        quint16 port = 0;
        QTcpSocket *socket = nullptr;
    };
    void readDatagrams();
    void readStream(QTcpSocket *socket);
    void take(const QByteArray &octets, const Origin &origin);
    void reply(const Origin &origin, const QByteArray &octets);
    QByteArray answerRegister(const SipMessage &request);
    QByteArray challenge(const SipMessage &request, bool stale);
    std::optional<QByteArray> checkCredentials(const SipMessage &request);

    QUdpSocket m_udp;
    QTcpServer m_tcp;
    std::map<QTcpSocket *, SipFramer> m_framers;
    Origin m_last;
    QByteArray m_nonce;
    int m_nonces = 0;
    int m_mapped = 0;
};

} // namespace reveille
