// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipregisteranswer.h"

#include <QDateTime>
#include <QLocale>

namespace reveille {

SipRegisterAnswer::SipRegisterAnswer(const SipSettings &settings, const SipGruu &gruu,
                                     const PublicUserId &user, Timestamp now)
    : m_settings(settings)
    , m_gruu(gruu)
    , m_user(user)
    , m_now(now)
{
}

const QByteArrayList &SipRegisterAnswer::extensions()
{
    static const QByteArrayList tags{"path", "outbound", "gruu"};
    return tags;
}

QByteArray SipRegisterAnswer::contactValue(const SipBinding &binding, bool gruu) const
{
    const qint64 left = (binding.until - m_now).count();
    QByteArray value = '<' + binding.uri + ">;expires=" + QByteArray::number((left + 999) / 1000);
    if (binding.q != 1000)
        value += ";q=" + QByteArray::number(binding.q / 1000.0, 'f', 3);
    if (!binding.instance.isEmpty())
        value += ";+sip.instance=\"<" + binding.instance.toString().toUtf8() + ">\"";
    if (binding.regId != 0)
        value += ";reg-id=" + QByteArray::number(binding.regId);
    value += binding.features;
    if (gruu && !binding.instance.isEmpty()) {
        value += ";pub-gruu=\"" + SipGruu::publicGruu(m_user, binding.instance) + '"';
        value +=
            ";temp-gruu=\"" + m_gruu.temporaryGruu(m_user, binding.instance, binding.temporarySerial) + '"';
    }
    return value;
}

QByteArrayList SipRegisterAnswer::pushServicesFor(const SipMessage &request) const
{
    QByteArrayList services;
    const QVector<SipContact> &contacts = request.contacts();
    for (const SipContact &contact : contacts) {
        const SipParameter *service = contact.uriParameters().find("pn-provider");
        if (service && service->hasValue && !service->value.isEmpty()) {
            services.append(service->value);
        } else if (service) {
            for (const QString &known : m_settings.pushServices)
                services.append(known.toUtf8());
        }
    }
    return services;
}

SipResponse SipRegisterAnswer::make(const SipExchange &exchange, const SipBindings::List &bindings) const
{
    const SipMessage &request = exchange.request();
    SipResponse response = exchange.answer(200);
    const bool gruu = request.supports("gruu");
    bool outbound = false;
    for (const SipBinding &binding : bindings) {
        response.header("Contact", contactValue(binding, gruu));
        if (binding.callId != request.callId() || binding.cseq != request.cseq())
            continue;
        outbound |= binding.regId != 0;
        if (!binding.path.isEmpty())
            response.header("Path", binding.path.join(", "));
    }
    if (outbound) {
        response.header("Require", "outbound");
        if (m_settings.flowTimer > 0)
            response.header("Flow-Timer", QByteArray::number(m_settings.flowTimer));
    }
    response.header("Supported", extensions().join(", "));
    const QByteArrayList services = pushServicesFor(request);
    for (const QByteArray &service : services)
        response.header("Feature-Caps", "*;+sip.pns=\"" + service + '"');
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(m_now.ms, Qt::UTC);
    response.header("Date", QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1());
    return response;
}

} // namespace reveille
