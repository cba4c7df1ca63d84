// SPDX-License-Identifier: GPL-3.0-or-later
#include "smscbearersections.h"

#include "bearers/smppbearer.h"
#include "bearers/ussdbearer.h"
#include "bearersection.h"


#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3600;

/// SMPP has room for 8 characters.
QByteArray passwordFrom(BearerSection &section)
{
    const QByteArray password = section.secret(u"password"_s).toUtf8();
    if (password.size() > 8)
        section.reject(section.text(u"password_file"_s).isEmpty() ? u"password"_s : u"password_file"_s);
    return password;
}

QByteArray shortText(BearerSection &section, const QString &key, qsizetype most, const QString &fallback = {})
{
    const QByteArray text = section.text(key, fallback).toLatin1();
    if (text.size() > most || text.contains('\0'))
        section.reject(key);
    return text;
}

/// `KEY`, `KEY_ton`, `KEY_npi`; without the last two as its characters suggest.
SmppAddress addressFrom(BearerSection &section, const QString &key)
{
    SmppAddress address;
    address.digits = shortText(section, key, 20);
    const bool digits = std::all_of(address.digits.begin(), address.digits.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    const bool isShort = address.digits.size() <= 6; // a short code
    int ton = digits ? (isShort ? 0 : 1) : 5;
    int npi = digits ? (isShort ? 0 : 1) : 0;
    ton = int(section.number(key + u"_ton"_s, ton, 0, 6));
    npi = int(section.number(key + u"_npi"_s, npi, 0, 18));
    address.ton = quint8(ton);
    address.npi = quint8(npi);
    return address;
}

SmscBearer::Settings smscFrom(BearerSection &section)
{
    SmscBearer::Settings settings;
    settings.name = section.name();
    std::tie(settings.link.host, settings.link.port) = section.hostAndPort(u"address"_s, 2775);
    settings.link.tls = section.flag(u"tls"_s, false);
    settings.link.tlsCaFile = section.text(u"tls_ca_file"_s);
    settings.link.tlsVerify = section.flag(u"tls_verify"_s, true);
    settings.pair = section.choice(u"bind"_s, {u"transceiver"_s, u"pair"_s}, u"transceiver"_s) == u"pair"_s;
    settings.link.bind.systemId = shortText(section, u"system_id"_s, 15);
    settings.link.bind.password = passwordFrom(section);
    settings.link.bind.systemType = shortText(section, u"system_type"_s, 12);
    settings.link.window = settings.queue.window = int(section.number(u"window"_s, 10, 1, 1000));
    settings.queue.perSecond = int(section.number(u"per_second"_s, 10, 1, 100'000));
    settings.queue.limit = int(section.number(u"queue"_s, 10'000, 1, 1'000'000));
    settings.link.responseTime = Milliseconds(section.number(u"response_time_ms"_s, 10'000, 100, 600'000));
    settings.link.enquireEvery =
        Milliseconds(section.number(u"enquire_every_ms"_s, 30'000, 100, hour * 1000));
    settings.link.firstPause = Milliseconds(section.number(u"first_pause_ms"_s, 1'000, 10, 600'000));
    settings.link.longestPause = Milliseconds(section.number(u"longest_pause_ms"_s, 60'000, 10, hour * 1000));
    settings.patience = Milliseconds(section.number(u"patience_ms"_s, 30'000, 0, hour * 1000));
    settings.firstHold = Milliseconds(section.number(u"first_hold_ms"_s, 500, 10, 600'000));
    settings.longestHold = Milliseconds(section.number(u"longest_hold_ms"_s, 30'000, 10, hour * 1000));
    return settings;
}

} // namespace

Result<std::unique_ptr<Bearer>> makeSmppBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    SmppBearer::Settings settings;
    settings.smsc = smscFrom(section);
    settings.serviceType = shortText(section, u"service_type"_s, 5);
    settings.source = addressFrom(section, u"source"_s);
    settings.dataCoding = quint8(section.number(u"data_coding"_s, settings.dataCoding, 0, 255));
    settings.portsInParameters =
        section.choice(u"ports"_s, {u"header"_s, u"parameters"_s}, u"header"_s) == u"parameters"_s;
    settings.form.wideReference = section.flag(u"wide_reference"_s, false);
    settings.form.mostParts = int(section.number(u"most_parts"_s, settings.form.mostParts, 1, 255));
    settings.form.defaultPort = quint16(section.number(u"default_port"_s, settings.form.defaultPort, 1, 65535));
    settings.form.originatorPort =
        quint16(section.number(u"originator_port"_s, settings.form.originatorPort, 1, 65535));
    settings.validity = Milliseconds(section.number(u"validity_s"_s, hour, 0, 30 * 24 * hour) * 1000);
    settings.receipts = section.flag(u"receipts"_s, true);
    settings.receiptLimit = int(section.number(u"receipt_limit"_s, settings.receiptLimit, 1, 1'000'000));
    settings.receiptTime =
        Milliseconds(section.number(u"receipt_time_s"_s, 24 * hour, 1, 30 * 24 * hour) * 1000);
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    std::unique_ptr<Bearer> bearer =
        std::make_unique<SmppBearer>(settings, surroundings.clock, surroundings.timers);
    return bearer;
}

Result<std::unique_ptr<Bearer>> makeUssdBearer(BearerSection &section, const BearerSurroundings &surroundings)
{
    UssdBearer::Settings settings;
    settings.smsc = smscFrom(section);
    settings.serviceType = shortText(section, u"service_type"_s, 5, u"USSD"_s);
    settings.source = addressFrom(section, u"source"_s);
    const bool request =
        section.choice(u"operation"_s, {u"notify"_s, u"request"_s}, u"notify"_s) == u"request"_s;
    settings.operation = request ? UssdBearer::Operation::Request : UssdBearer::Operation::Notify;
    const QStringList forms{u"base64"_s, u"hex"_s, u"binary"_s};
    settings.form = UssdForm(forms.indexOf(section.choice(u"form"_s, forms, forms[0])));
    const int coding = settings.form == UssdForm::Binary ? 0xe0 : settings.dataCoding;
    settings.dataCoding = quint8(section.number(u"data_coding"_s, coding, 0, 255));
    settings.sessionInfo = section.flag(u"session_info"_s, false);
    settings.endSessions = section.flag(u"end_sessions"_s, false);
    settings.answerTime = Milliseconds(section.number(u"answer_time_ms"_s, 60'000, 100, hour * 1000));
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    std::unique_ptr<Bearer> bearer =
        std::make_unique<UssdBearer>(settings, surroundings.clock, surroundings.timers);
    return bearer;
}

} // namespace reveille
