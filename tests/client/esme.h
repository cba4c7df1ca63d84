// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/smpp.h"
#include "wire/smsuserdata.h"

#include <QTcpSocket>
#include <QTest>

namespace reveille {

/// The client's end of an SMPP link, word by word. Answers nothing by itself but deliver_sm, and that only
/// where `answersDeliveries`.
class Esme {
public:
    explicit Esme(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { read(); });
        socket.connectToHost(QHostAddress::LocalHost, port);
    }

    void say(SmppPdu pdu)
    {
        if (pdu.sequence == 0)
            pdu.sequence = ++m_sequence;
        socket.write(*encodeSmpp(pdu));
    }
    void bind(SmppCommand command = SmppCommand::BindTransceiver, const QByteArray &systemId = "ppg1",
              const QByteArray &password = "secret")
    {
        SmppPdu pdu;
        pdu.command = command;
        pdu.bind = SmppBind{systemId, password, "", 0x34, {}};
        say(pdu);
    }
    void ask(SmppCommand command)
    {
        SmppPdu pdu;
        pdu.command = command;
        say(pdu);
    }
    static SmppPdu sms(const QByteArray &text, const QByteArray &number = "491701234567")
    {
        SmppPdu pdu;
        pdu.command = SmppCommand::SubmitSm;
        pdu.message.emplace();
        pdu.message->source = {0, 1, "2948"};
        pdu.message->destination = {1, 1, number};
        pdu.message->registeredDelivery = 1;
        pdu.message->dataCoding = 4;
        pdu.message->text = text;
        return pdu;
    }
    static SmppPdu withHeader(const SmsUserData &data)
    {
        SmppPdu pdu = sms(encodeSmsUserData(data));
        pdu.message->esmClass = smppEsmUserDataHeader;
        return pdu;
    }
    static SmppPdu ussd(const QByteArray &text, quint8 operation = 2)
    {
        SmppPdu pdu = sms(text);
        pdu.message->serviceType = "USSD";
        pdu.addNumber(SmppTag::ussdServiceOp, 1, operation);
        return pdu;
    }

    QVector<SmppPdu> all(SmppCommand command) const
    {
        QVector<SmppPdu> found;
        for (const SmppPdu &pdu : heard) {
            if (pdu.command == command)
                found.append(pdu);
        }
        return found;
    }
    int count(SmppCommand command) const { return int(all(command).size()); }
    SmppPdu last(SmppCommand command) const
    {
        const QVector<SmppPdu> found = all(command);
        return found.isEmpty() ? SmppPdu() : found.last();
    }
    bool isConnected() const { return socket.state() == QAbstractSocket::ConnectedState; }

    QTcpSocket socket;
    QVector<SmppPdu> heard;
    bool answersDeliveries = true;

private:
    void read()
    {
        m_pending += socket.readAll();
        while (const qsizetype length = smppPduLength(m_pending).valueOr(0)) {
            const Result<SmppPdu> pdu = decodeSmpp(m_pending.left(length));
            m_pending.remove(0, length);
            if (!pdu)
                continue;
            heard.append(*pdu);
            if (pdu->command != SmppCommand::DeliverSm || !answersDeliveries)
                continue;
            SmppPdu answer;
            answer.command = SmppCommand::DeliverSmResp;
            answer.sequence = pdu->sequence;
            say(answer);
        }
    }

    QByteArray m_pending;
    quint32 m_sequence = 0;
};

} // namespace reveille
