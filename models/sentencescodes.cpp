// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"
#include "domain/outcometext.h"
#include "models/codetable.h"
#include "models/sentences.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr CodeText fields[] = {
    {"transport", QT_TRANSLATE_NOOP("reveille::Sentences", "transport")},
    {"peer", QT_TRANSLATE_NOOP("reveille::Sentences", "from")},
    {"rule", QT_TRANSLATE_NOOP("reveille::Sentences", "rule")},
    {"subject", QT_TRANSLATE_NOOP("reveille::Sentences", "about")},
    {"value", QT_TRANSLATE_NOOP("reveille::Sentences", "value")},
    {"reason", QT_TRANSLATE_NOOP("reveille::Sentences", "reason")},
    {"registered_until", QT_TRANSLATE_NOOP("reveille::Sentences", "registered until")},
    {"what", QT_TRANSLATE_NOOP("reveille::Sentences", "what")},
    {"over", QT_TRANSLATE_NOOP("reveille::Sentences", "over")},
    {"waiting", QT_TRANSLATE_NOOP("reveille::Sentences", "waiting")},
    {"repeats", QT_TRANSLATE_NOOP("reveille::Sentences", "repeats")},
    {"before", QT_TRANSLATE_NOOP("reveille::Sentences", "before")},
    {"after", QT_TRANSLATE_NOOP("reveille::Sentences", "after")},
    {"before_reason", QT_TRANSLATE_NOOP("reveille::Sentences", "lost because")},
    {"before_transport", QT_TRANSLATE_NOOP("reveille::Sentences", "before over")},
    {"before_peer", QT_TRANSLATE_NOOP("reveille::Sentences", "before from")},
    {"before_session", QT_TRANSLATE_NOOP("reveille::Sentences", "session before")},
    {"session", QT_TRANSLATE_NOOP("reveille::Sentences", "session")},
    {"subscriptions", QT_TRANSLATE_NOOP("reveille::Sentences", "subscriptions")},
    {"pending", QT_TRANSLATE_NOOP("reveille::Sentences", "waiting pushes")},
    {"network", QT_TRANSLATE_NOOP("reveille::Sentences", "network")},
    {"before_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "before, ms")},
    {"after_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "after, ms")},
    {"confidence", QT_TRANSLATE_NOOP("reveille::Sentences", "confidence, %")},
    {"away_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "away, ms")},
    {"because", QT_TRANSLATE_NOOP("reveille::Sentences", "because")},
    {"mode", QT_TRANSLATE_NOOP("reveille::Sentences", "mode")},
    {"bearer", QT_TRANSLATE_NOOP("reveille::Sentences", "bearer")},
    {"address", QT_TRANSLATE_NOOP("reveille::Sentences", "address")},
    {"port", QT_TRANSLATE_NOOP("reveille::Sentences", "port")},
    {"attempt", QT_TRANSLATE_NOOP("reveille::Sentences", "attempt")},
    {"attempts", QT_TRANSLATE_NOOP("reveille::Sentences", "attempts")},
    {"octets", QT_TRANSLATE_NOOP("reveille::Sentences", "octets")},
    {"identity", QT_TRANSLATE_NOOP("reveille::Sentences", "identity")},
    {"recipient", QT_TRANSLATE_NOOP("reveille::Sentences", "recipient")},
    {"code", QT_TRANSLATE_NOOP("reveille::Sentences", "code")},
    {"signed", QT_TRANSLATE_NOOP("reveille::Sentences", "signed")},
    {"direction", QT_TRANSLATE_NOOP("reveille::Sentences", "direction")},
    {"identity_inside", QT_TRANSLATE_NOOP("reveille::Sentences", "identity inside")},
    {"msisdn", QT_TRANSLATE_NOOP("reveille::Sentences", "phone number")},
    {"wake_routes", QT_TRANSLATE_NOOP("reveille::Sentences", "wake-up routes")},
    {"registrar", QT_TRANSLATE_NOOP("reveille::Sentences", "registrar")},
    {"connect", QT_TRANSLATE_NOOP("reveille::Sentences", "connects over")},
    {"client_port", QT_TRANSLATE_NOOP("reveille::Sentences", "client port")},
    {"name", QT_TRANSLATE_NOOP("reveille::Sentences", "name")},
    {"expires", QT_TRANSLATE_NOOP("reveille::Sentences", "expires, s")},
    {"keep_alive_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "keep-alive, ms")},
    {"retry_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "tries again, ms")},
    {"local", QT_TRANSLATE_NOOP("reveille::Sentences", "local address")},
    {"refresh", QT_TRANSLATE_NOOP("reveille::Sentences", "renewed")},
    {"answered", QT_TRANSLATE_NOOP("reveille::Sentences", "answered")},
    {"duplicate", QT_TRANSLATE_NOOP("reveille::Sentences", "sent twice")},
    {"carrier_id", QT_TRANSLATE_NOOP("reveille::Sentences", "carrier's id")},
    {"outcome", QT_TRANSLATE_NOOP("reveille::Sentences", "outcome")},
    {"furthest", QT_TRANSLATE_NOOP("reveille::Sentences", "furthest step")},
    {"took_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "took, ms")},
    {"content_type", QT_TRANSLATE_NOOP("reveille::Sentences", "content type")},
    {"when", QT_TRANSLATE_NOOP("reveille::Sentences", "when")},
    {"ttl_s", QT_TRANSLATE_NOOP("reveille::Sentences", "time to live, s")},
    {"initiator", QT_TRANSLATE_NOOP("reveille::Sentences", "initiator")},
    {"targets", QT_TRANSLATE_NOOP("reveille::Sentences", "may address")},
    {"contents", QT_TRANSLATE_NOOP("reveille::Sentences", "may send")},
    {"pushes_per_second", QT_TRANSLATE_NOOP("reveille::Sentences", "pushes a second")},
    {"pushes_per_day", QT_TRANSLATE_NOOP("reveille::Sentences", "pushes a day")},
    {"status", QT_TRANSLATE_NOOP("reveille::Sentences", "status")},
    {"target", QT_TRANSLATE_NOOP("reveille::Sentences", "for")},
    {"subject", QT_TRANSLATE_NOOP("reveille::Sentences", "signed by")},
    {"source", QT_TRANSLATE_NOOP("reveille::Sentences", "content provider")},
    {"topic", QT_TRANSLATE_NOOP("reveille::Sentences", "topic")},
    {"urgency", QT_TRANSLATE_NOOP("reveille::Sentences", "urgency")},
    // fields of messages
    {"version", QT_TRANSLATE_NOOP("reveille::Sentences", "Version")},
    {"application_list", QT_TRANSLATE_NOOP("reveille::Sentences", "Applications")},
    {"application", QT_TRANSLATE_NOOP("reveille::Sentences", "Application")},
    {"wsp_contact_points", QT_TRANSLATE_NOOP("reveille::Sentences", "WSP contact points")},
    {"contact_points", QT_TRANSLATE_NOOP("reveille::Sentences", "Contact points")},
    {"contact_point", QT_TRANSLATE_NOOP("reveille::Sentences", "Contact point")},
    {"protocol_options", QT_TRANSLATE_NOOP("reveille::Sentences", "Protocol options")},
    {"protocol_option", QT_TRANSLATE_NOOP("reveille::Sentences", "Protocol option")},
    {"prov_url", QT_TRANSLATE_NOOP("reveille::Sentences", "Provisioning URL")},
    {"cpi_tags", QT_TRANSLATE_NOOP("reveille::Sentences", "CPI tags")},
    {"cpi_tag", QT_TRANSLATE_NOOP("reveille::Sentences", "CPI tag")},
    {"device", QT_TRANSLATE_NOOP("reveille::Sentences", "Device")},
    {"user", QT_TRANSLATE_NOOP("reveille::Sentences", "User")},
    {"requests", QT_TRANSLATE_NOOP("reveille::Sentences", "Requests")},
    {"application_name", QT_TRANSLATE_NOOP("reveille::Sentences", "Application name")},
    {"gateway", QT_TRANSLATE_NOOP("reveille::Sentences", "Gateway")},
    {"time", QT_TRANSLATE_NOOP("reveille::Sentences", "Time")},
    {"nonce", QT_TRANSLATE_NOOP("reveille::Sentences", "Nonce")},
    {"time_and_nonce", QT_TRANSLATE_NOOP("reveille::Sentences", "Time and nonce")},
    {"authenticator", QT_TRANSLATE_NOOP("reveille::Sentences", "Authenticator")},
    {"charset", QT_TRANSLATE_NOOP("reveille::Sentences", "Character set")},
    {"unknown_record", QT_TRANSLATE_NOOP("reveille::Sentences", "Unknown record")},
    {"extension", QT_TRANSLATE_NOOP("reveille::Sentences", "Extension")},
    {"transaction_id", QT_TRANSLATE_NOOP("reveille::Sentences", "Transaction")},
    {"pdu_type", QT_TRANSLATE_NOOP("reveille::Sentences", "PDU type")},
    {"headers_length", QT_TRANSLATE_NOOP("reveille::Sentences", "Length of headers")},
    {"data", QT_TRANSLATE_NOOP("reveille::Sentences", "Data")},
    {"code_page", QT_TRANSLATE_NOOP("reveille::Sentences", "Code page")},
    {"header", QT_TRANSLATE_NOOP("reveille::Sentences", "Header")},
    {"header_of_other_page", QT_TRANSLATE_NOOP("reveille::Sentences", "Header of another page")},
    {"start_line", QT_TRANSLATE_NOOP("reveille::Sentences", "Start line")},
    {"part", QT_TRANSLATE_NOOP("reveille::Sentences", "Short message")},
    {"user_data_header", QT_TRANSLATE_NOOP("reveille::Sentences", "User data header")},
    {"destination_port", QT_TRANSLATE_NOOP("reveille::Sentences", "Destination port")},
    {"originator_port", QT_TRANSLATE_NOOP("reveille::Sentences", "Originator port")},
    {"reference", QT_TRANSLATE_NOOP("reveille::Sentences", "Reference")},
    {"body", QT_TRANSLATE_NOOP("reveille::Sentences", "Body")},
    {"error", QT_TRANSLATE_NOOP("reveille::Sentences", "Cannot be read")},
    // fields of faults
    {"fault", QT_TRANSLATE_NOOP("reveille::Sentences", "injected fault")},
    {"kind", QT_TRANSLATE_NOOP("reveille::Sentences", "kind")},
    {"scope", QT_TRANSLATE_NOOP("reveille::Sentences", "strikes")},
    {"delay_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "delay, ms")},
    {"chance", QT_TRANSLATE_NOOP("reveille::Sentences", "chance, %")},
    {"until", QT_TRANSLATE_NOOP("reveille::Sentences", "until")},
    {"struck", QT_TRANSLATE_NOOP("reveille::Sentences", "struck")},
    {"note", QT_TRANSLATE_NOOP("reveille::Sentences", "note")},
    {"who", QT_TRANSLATE_NOOP("reveille::Sentences", "by")},
    {"why", QT_TRANSLATE_NOOP("reveille::Sentences", "why")},
    {"checks", QT_TRANSLATE_NOOP("reveille::Sentences", "checks")},
};

constexpr CodeText wakeReasons[] = {
    {"push", QT_TRANSLATE_NOOP("reveille::Sentences", "for a push")},
    {"by_hand", QT_TRANSLATE_NOOP("reveille::Sentences", "by hand")},
    {"deterioration", QT_TRANSLATE_NOOP("reveille::Sentences", "because the path got worse")},
    {"before_expiry", QT_TRANSLATE_NOOP("reveille::Sentences", "before the registration runs out")},
};

QString orCode(const QString &text, const QString &code)
{
    return text.isEmpty() ? code : text;
}

QString translated(const char *english)
{
    return QCoreApplication::translate("reveille::Sentences", english);
}

} // namespace

QStringList Sentences::questionCodes()
{
    return explanationtext::questionCodes();
}

QStringList Sentences::outcomeCodes()
{
    return outcometext::codes();
}

QStringList Sentences::fieldCodes()
{
    return codesOf(fields);
}

QString Sentences::question(const char *code)
{
    return explanationtext::question(code, translated);
}

QString Sentences::check(const Check &check)
{
    return explanationtext::check(check, translated);
}

QString Sentences::faultValue(const QString &value)
{
    return explanationtext::fault(value, translated);
}

QString Sentences::verdict(const DeviceExplanation &device)
{
    return explanationtext::verdict(device, translated);
}

QString Sentences::outcome(const QByteArray &code)
{
    return outcometext::words(code, translated);
}

QString Sentences::fieldName(const QString &code)
{
    return orCode(textOf(fields, code), code);
}

QString Sentences::setting(const char *key)
{
    return explanationtext::setting(key, translated);
}

QString Sentences::wakeReason(const QString &code)
{
    return orCode(textOf(wakeReasons, code), code);
}

} // namespace reveille
