// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipregisteranswer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace reveille {

namespace {

/// RFC 3261 section 20.17: "Sat, 21 Nov 2026 16:00:00 GMT". By hand, since it is in every answer and QLocale takes its time.
QByteArray dateText(Timestamp time)
{
    static constexpr const char *weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_time<std::chrono::milliseconds> point{std::chrono::milliseconds(time.ms)};
    const auto day = std::chrono::floor<std::chrono::days>(point);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(point - day));
    char octets[40];
    const int size = std::snprintf(octets, sizeof octets, "%s, %02u %s %d %02d:%02d:%02d GMT",
                      weekdays[std::chrono::weekday(day).c_encoding()], unsigned(date.day()),
                      months[unsigned(date.month()) - 1], int(date.year()), int(clock.hours().count()),
                      int(clock.minutes().count()), int(clock.seconds().count()));
    return QByteArray(octets, std::min(size, int(sizeof octets) - 1));
}

} // namespace

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
    int flowTimer = 0;
    for (const SipBinding &binding : bindings) {
        response.header("Contact", contactValue(binding, gruu));
        if (binding.callId != request.callId() || binding.cseq != request.cseq())
            continue;
        outbound |= binding.regId != 0;
        flowTimer = std::max(flowTimer, binding.flowTimer);
        if (!binding.path.isEmpty())
            response.header("Path", binding.path.join(", "));
    }
    if (outbound) {
        response.header("Require", "outbound");
        if (flowTimer > 0)
            response.header("Flow-Timer", QByteArray::number(flowTimer));
    }
    response.header("Supported", extensions().join(", "));
    const QByteArrayList services = pushServicesFor(request);
    for (const QByteArray &service : services)
        response.header("Feature-Caps", "*;+sip.pns=\"" + service + '"');
    response.header("Date", dateText(m_now));
    return response;
}

} // namespace reveille
