// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/msrpparser.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace reveille {

/// A device's end of an MSRP session played by a test: puts messages together and answers 200 unless told otherwise.
class MsrpPeer : public QObject {
public:
    struct Got {
        MsrpHead head;
        QByteArray content;
        MsrpEnd end = MsrpEnd::Complete;
    };

    /// Connects and binds: `theirs` is the path the server gave.
    void bindTo(const QByteArray &theirs, const QByteArray &ours)
    {
        const MsrpUri uri = *MsrpUri::parse(theirs);
        path = ours;
        use(new QTcpSocket(this));
        socket->connectToHost(QString::fromLatin1(uri.host), uri.port);
        (void)socket->waitForConnected(3000);
        send(hello(theirs).message({}, MsrpEnd::Complete));
    }
    void use(QTcpSocket *given)
    {
        socket = given;
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        if (socket->bytesAvailable() > 0)
            read();
    }
    MsrpHead hello(const QByteArray &theirs) const
    {
        MsrpHead head;
        head.transaction = newMsrpId();
        head.method = "SEND";
        head.toPath = {theirs};
        head.fromPath = {path};
        head.messageId = newMsrpId();
        head.byteRange = MsrpByteRange{1, 0, 0};
        return head;
    }
    void send(const QByteArray &octets)
    {
        socket->write(octets);
        socket->flush();
    }
    /// Answers the last request of the list.
    void answer(const MsrpHead &request, int status)
    {
        send(msrpResponse(request, *MsrpUri::parse(path), status).message({}, MsrpEnd::Complete));
    }
    void report(const MsrpHead &request, qint64 octets, int status = 200)
    {
        send(msrpReport(request, *MsrpUri::parse(path), {1, octets, octets}, status).message({}, MsrpEnd::Complete));
    }

    QTcpSocket *socket = nullptr;
    QByteArray path = "msrp://127.0.0.1:9999/device1;tcp";
    int answers = 200; ///< 0 = says nothing
    bool reports = true;
    QVector<Got> requests;
    QVector<int> statuses; ///< of responses
    QByteArray body;       ///< content of all SENDs since the last complete message began

private:
    void read()
    {
        m_parser.append(socket->readAll());
        for (MsrpParser::Item item = m_parser.next(); item.event != MsrpParser::Event::Incomplete; item = m_parser.next()) {
            if (item.event == MsrpParser::Event::Failed)
                qFatal("malformed: %s", item.error.code);
            if (item.event == MsrpParser::Event::Head)
                m_now = {item.head, {}, MsrpEnd::Complete};
            if (item.event == MsrpParser::Event::Content)
                m_now.content += item.content;
            if (item.event != MsrpParser::Event::End)
                continue;
            m_now.end = item.end;
            if (m_now.head.isResponse())
                statuses.append(m_now.head.status);
            else
                take();
        }
    }
    void take()
    {
        requests.append(m_now);
        if (m_now.head.byteRange && m_now.head.byteRange->first == 1)
            body.clear();
        body += m_now.content;
        if (answers != 0 && m_now.head.failureReport != MsrpFailureReport::No)
            answer(m_now.head, answers);
        if (reports && answers == 200 && m_now.end == MsrpEnd::Complete && m_now.head.successReport)
            report(m_now.head, body.size());
    }

    MsrpParser m_parser;
    Got m_now;
};

} // namespace reveille
