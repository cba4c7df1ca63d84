// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/esme.h"
#include "client/simulationfixture.h"
#include "client/smsc/smscsimulator.h"

#include <QNetworkDatagram>
#include <QUdpSocket>

#include <functional>

namespace reveille {

/// A simulated SMSC, a phone, and the clock in the test's hand.
struct SmscScene {
    explicit SmscScene(const SmscSettings &settings = {}, quint64 seed = 1)
        : smsc(settings, seed, time, time.timers())
        , told(smsc)
    {
        phone.bind(QHostAddress::LocalHost, 0);
        (void)smsc.listen({QHostAddress(QHostAddress::LocalHost), 0});
        smsc.setTerminal(terminal());
        QObject::connect(&phone, &QUdpSocket::readyRead, &phone, [this] {
            while (phone.hasPendingDatagrams())
                got.append(phone.receiveDatagram().data());
        });
    }
    SmscTerminal terminal(bool reachable = true) const
    {
        return {QStringLiteral("491701234567"),
                {QHostAddress(QHostAddress::LocalHost), phone.localPort()},
                reachable};
    }
    quint16 port() const { return smsc.address().port; }
    void change(const std::function<void(SmscSettings &)> &how)
    {
        SmscSettings settings = smsc.settings();
        how(settings);
        smsc.change(settings);
    }
    /// What is due at once happens.
    void settle() { time.advance(Milliseconds(0)); }
    /// Says it and waits for the response.
    quint32 submit(Esme &esme, const SmppPdu &pdu)
    {
        const int before = esme.count(SmppCommand::SubmitSmResp);
        esme.say(pdu);
        [&] {
            QTRY_COMPARE(esme.count(SmppCommand::SubmitSmResp), before + 1);
        }();
        settle();
        return esme.last(SmppCommand::SubmitSmResp).status;
    }
    void bound(Esme &esme, SmppCommand command = SmppCommand::BindTransceiver)
    {
        const SmppCommand response = SmppCommand(quint32(command) | smppResponseBit);
        esme.bind(command);
        [&] {
            QTRY_COMPARE(esme.count(response), 1);
        }();
        [&] {
            QCOMPARE(esme.last(response).status, SmppStatus::ok);
        }();
    }

    FakeSimulationTime time;
    SmscSimulator smsc;
    ToldEvents told;
    QUdpSocket phone;
    QVector<QByteArray> got;
};

} // namespace reveille
