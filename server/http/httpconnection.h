// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "http/bodyroom.h"
#include "http/httprouter.h"
#include "http/httpsettings.h"
#include "wire/httpmessage.h"
#include "wire/httprequestparser.h"

#include <QObject>
#include <QTcpSocket>

namespace reveille {

class EventStream;
class LimitLog;

/// One peer of an HttpServer: reads one request at a time, answers, reads the next. A request that its head alone condemns is
/// answered before its body is read, and the connection closed where that is still to come. Requests sent ahead wait
/// in the bounded read buffer. Deletes itself when the peer is gone. Server thread.
class HttpConnection : public QObject {
    Q_OBJECT
public:
    HttpConnection(QTcpSocket *socket, const HttpRouter &router, BodyRoom &bodies, const HttpSettings &settings, Clock &clock,
                   Timers &timers, QObject *parent);
    ~HttpConnection() override;

    /// Ends now: a request under way gets 503, a stream its end; what the kernel takes is still sent.
    void stop();

    // --- for HttpReply and EventStream
    void respond(quint64 exchange, HttpResponse response);
    EventStream *respondWithEvents(quint64 exchange);
    bool isWaitingFor(quint64 exchange) const { return m_phase == Phase::Handling && m_exchange == exchange; }
    void writeEvents(const QByteArray &octets);
    void endEvents(const QByteArray &lastOctets);
    qint64 backlog() const;
    QString peer() const { return m_peer; }

Q_SIGNALS:
    void closed(reveille::HttpConnection *connection);

private:
    enum class Phase : quint8 { Reading, Handling, Streaming, Closing };

    void readSome();
    void work();
    void handle();
    void refuse();
    void turnAway(HttpResponse response);
    void timeOut(const char *code, LimitLog &limit);
    /// A peer that does not take what it is sent.
    void cutOffIn(Milliseconds in);
    void awaitInput();
    void sendInterim();
    void write(HttpResponse response, bool keepAlive, HttpFraming::Body body = HttpFraming::Body::Whole);
    void closeAfterWriting();
    void linger();
    void written();
    void setDeadline(Milliseconds in, std::function<void()> action);

    QTcpSocket *m_socket;
    const HttpRouter &m_router;
    const HttpSettings &m_settings;
    Clock &m_clock;
    Timers &m_timers;
    QString m_peer;
    HttpRequestParser m_parser;
    HttpVerdict m_verdict; ///< of the request whose head is there
    BodyRoom::Share m_body;
    Phase m_phase = Phase::Reading;
    quint64 m_exchange = 0;
    bool m_working = false;
    bool m_keepAlive = true;
    bool m_head = false; ///< the request under way is a HEAD
    int m_minorVersion = 1;
    bool m_interimSent = false;
    bool m_lingering = false;
    enum class Awaiting : quint8 { Nothing, Request, Head, Body } m_awaiting = Awaiting::Nothing;
    EventStream *m_events = nullptr;
    TimerId m_deadline = 0;
};

} // namespace reveille
