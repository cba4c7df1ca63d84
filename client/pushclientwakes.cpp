// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient does about datagrams on its client port.
#include "client/pushclientstate.h"

#include "client/clientrefusal.h"
#include "client/eventfields.h"
#include "client/siplink.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace reveille {

void PushClient::State::onHeard(const QByteArray &octets, const QString &from)
{
    const Result<WakeDatagram> wake = readWakeDatagram(octets);
    if (!wake) {
        tell("sir-ignored", {{u"reason"_s, u"malformed-"_s + QString::fromLatin1(wake.error().code)},
                             {u"peer"_s, from},
                             {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
        return;
    }
    if (!wake->empty) {
        tell("sir-received", sirFields(*wake, from));
        judge(*wake);
        return;
    }
    tell("wake-received", {{u"peer"_s, from}, {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
    if (isConnected())
        ignore("already-connected");
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (inbox.refusal() != 0)
        refuseSir({}, {});
    else
        reconnect("wake");
}

void PushClient::State::judge(const WakeDatagram &wake)
{
    gate.setRules(rules());
    const SirGate::Verdict verdict =
        gate.judge(wake, isConnected(), Timestamp{QDateTime::currentMSecsSinceEpoch()});
    if (verdict.answer != SirGate::Answer::Connect)
        ignore(verdict.reason);
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (inbox.refusal() != 0)
        refuseSir(wake.sir, verdict.gateway);
    else
        reconnect("sir", verdict.gateway);
}

void PushClient::State::refuseSir(const SessionRequest &sir, const SirGateway &gateway)
{
    const bool asked = sir.requests.testFlag(SirRequest::Refusal);
    tell("sir-refused", {{u"asked"_s, asked}, {u"status"_s, inbox.refusal()}});
    if (!asked)
        return;
    auto *refusal = new ClientRefusal(settings, sipPeerOf(gateway, settings), sir, inbox.refusal(), q);
    connect(refusal, &ClientRefusal::answered, q, [this](int status) {
        tell("refusal-answered", {{u"status"_s, status}});
    });
    refusal->send(settings.localAddress);
}

void PushClient::State::ignore(const QByteArray &reason)
{
    tell("sir-ignored", {{u"reason"_s, QString::fromLatin1(reason)}});
}

SirGate::Rules PushClient::State::rules() const
{
    SirGate::Rules rules;
    rules.me = {settings.device, settings.user};
    rules.key = secret.sirKeyFor(settings.user.host().toUtf8());
    rules.acceptsUnsigned = settings.acceptsUnsigned;
    rules.ownGateways = {settings.registrar.toString()};
    if (!settings.registrarName.isEmpty())
        rules.ownGateways.append(settings.registrarName);
    rules.gateways = settings.gateways;
    rules.window = settings.sirWindow;
    return rules;
}

} // namespace reveille
