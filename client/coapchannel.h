// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/datagrampath.h"
#include "client/retransmitter.h"
#include "domain/timestamp.h"
#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

#include <QDeadlineTimer>

#include <deque>
#include <functional>
#include <map>

namespace reveille {

/// The message layer of CoAP on a device's path (RFC 7252 section 4): repeats what is Confirmable, matches
/// answers by token, takes separate ones, answers a ping with a Reset, answers a repeated request as before.
/// Lives in its client's thread; the path must live as long.
class CoapChannel : public QObject {
    Q_OBJECT
public:
    struct Times {
        Milliseconds acknowledge{2000}; ///< ACK_TIMEOUT; the first one is random up to half as much longer
        Milliseconds giveUp{32000};
    };
    /// The final answer; nullptr: none came, or a Reset.
    using Answered = std::function<void(const CoapMessage *)>;
    /// Writes what makes up the request: options and payload.
    using Fill = std::function<void(CoapBuilder &)>;
    /// Writes the answer to a request into the builder; its code comes back.
    struct Reply {
        quint8 code = CoapCode::NotFound;
        std::optional<CoapBlock> block1 = {};
        std::optional<quint16> format = {}; ///< of the payload
        QByteArray payload = {};
    };
    using Handler = std::function<Reply(const CoapMessage &)>;

    CoapChannel(DatagramPath &path, Times times, Handler handler, QObject *parent = nullptr);

    /// Sends a Confirmable request. `answered` is called once, later, unless abandoned.
    void request(quint8 method, const Fill &fill, Answered answered);
    /// Forgets everything under way without a call.
    void abandon();
    /// Requests that are not answered yet.
    size_t underWay() const { return m_open.size(); }

    static constexpr int maxRetransmit = 4;
    static constexpr Milliseconds exchangeLifetime{247000};
    static constexpr size_t maxAnswers = 256; ///< answers remembered for requests that come again

Q_SIGNALS:
    /// Anything at all came from the server.
    void heard();
    /// An empty Confirmable message, which was answered.
    void pinged();

private:
    struct Exchange {
        quint16 id = 0;
        Answered answered;
    };
    struct Given {
        quint16 id = 0;
        QByteArray octets;
        QDeadlineTimer until;
    };
    using Exchanges = std::map<QByteArray, Exchange>;

    void take(const QByteArray &datagram);
    void takeEmpty(const CoapMessage &message);
    void takeRequest(const CoapMessage &message);
    void takeResponse(const CoapMessage &message);
    void finish(Exchanges::iterator exchange, const CoapMessage *answer);

    DatagramPath &m_path;
    Times m_times;
    Handler m_handler;
    Exchanges m_open;        ///< by token
    Retransmitter m_repeats; ///< same
    std::deque<Given> m_given;
    quint16 m_nextId;
};

/// The answer to a request, in its acknowledgement where it wants one, else under `ownId`.
QByteArray coapAnswer(const CoapMessage &request, const CoapChannel::Reply &reply, quint16 ownId);

} // namespace reveille
