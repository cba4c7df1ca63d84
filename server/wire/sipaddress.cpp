// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipaddress.h"

#include "wire/sipscan.h"

#include <osipparser2/osip_parser.h>

#include <QVarLengthArray>

#include <memory>

namespace reveille {

namespace {

Error error(const char *code, QByteArrayView about)
{
    return {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 80)))};
}

bool isDisplayName(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return sipscan::isTokenCharacter(c) || sipscan::isSpace(c) || quint8(c) >= 0x80;
    });
}

struct OsipViaDeleter {
    void operator()(osip_via_t *via) const { osip_via_free(via); }
};
using OsipVia = std::unique_ptr<osip_via_t, OsipViaDeleter>;

/// libosip2 wants "SIP/2.0/UDP host": white space that RFC 3261 allows around separators is taken out.
QVarLengthArray<char, 256> withoutSpaces(QByteArrayView sentProtocol, QByteArrayView rest)
{
    QVarLengthArray<char, 256> plain;
    const auto append = [&plain](QByteArrayView text) {
        for (char c : text) {
            if (!sipscan::isSpace(c))
                plain.append(c);
        }
    };
    append(sentProtocol);
    plain.append(' ');
    append(rest);
    plain.append('\0');
    return plain;
}

/// White space between two things other than a colon: two hosts.
bool hasInnerGap(QByteArrayView sentBy)
{
    sentBy = sipscan::trimmed(sentBy);
    for (qsizetype i = 1; i + 1 < sentBy.size(); ++i) {
        if (!sipscan::isSpace(sentBy[i]))
            continue;
        const char before = sentBy[i - 1];
        while (i + 1 < sentBy.size() && sipscan::isSpace(sentBy[i]))
            ++i;
        if (before != ':' && sentBy[i] != ':')
            return true;
    }
    return false;
}

/// Where the transport ends and the host begins: the first gap behind the second slash and a token. -1 =
/// nowhere.
qsizetype endOfProtocol(QByteArrayView value)
{
    qsizetype i = value.indexOf('/');
    i = i < 0 ? i : value.indexOf('/', i + 1);
    if (i < 0)
        return -1;
    for (++i; i < value.size() && sipscan::isSpace(value[i]);)
        ++i;
    while (i < value.size() && sipscan::isTokenCharacter(value[i]))
        ++i;
    return i < value.size() && sipscan::isSpace(value[i]) ? i : -1;
}

} // namespace

Result<SipAddress> SipAddress::parse(QByteArrayView value)
{
    value = sipscan::trimmed(value);
    SipAddress address;
    qsizetype open = 0;
    if (!value.isEmpty() && value.front() == '"') {
        const qsizetype end = sipscan::endOfQuoted(value, 0);
        if (end < 0)
            return error("sip-address-syntax", value);
        address.displayName = sipscan::unquoted(value.first(end));
        open = end;
        while (open < value.size() && sipscan::isSpace(value[open]))
            ++open;
        if (open >= value.size() || value[open] != '<')
            return error("sip-address-syntax", value);
    } else {
        open = value.indexOf('<');
        // "<" in a parameter of an address without brackets is no bracket of the address
        const qsizetype semicolon = value.indexOf(';');
        if (open > semicolon && semicolon >= 0)
            open = -1;
        if (open > 0) {
            if (!isDisplayName(value.first(open)))
                return error("sip-address-syntax", value);
            address.displayName = sipscan::trimmed(value.first(open)).toByteArray();
        }
    }

    QByteArrayView uri, parameters;
    if (open >= 0) {
        const qsizetype close = value.indexOf('>', open);
        if (close < 0)
            return error("sip-address-syntax", value);
        uri = value.sliced(open + 1, close - open - 1);
        parameters = value.sliced(close + 1);
    } else {
        const qsizetype semicolon = value.indexOf(';');
        uri = sipscan::trimmed(semicolon < 0 ? value : value.first(semicolon));
        parameters = semicolon < 0 ? QByteArrayView() : value.sliced(semicolon);
        if (uri.contains('?') || uri.contains(','))
            return error("sip-address-syntax", value);
    }
    Result<SipUri> parsed = SipUri::parse(uri);
    if (!parsed)
        return parsed.error();
    address.uri = std::move(parsed).value();
    if (!sipscan::readParameters(parameters, address.parameters))
        return error("sip-address-syntax", value);
    return address;
}

Result<SipContact> SipContact::parse(QByteArrayView value)
{
    SipContact contact;
    if (sipscan::trimmed(value) == QByteArrayView("*")) {
        contact.star = true;
        return contact;
    }
    Result<SipAddress> address = SipAddress::parse(value);
    if (!address)
        return address.error();
    contact.address = std::move(address).value();
    quint32 seconds = 0;
    if (sipscan::readNumber(contact.parameters().value("expires"), 0xffffffff, seconds))
        contact.expires = seconds;
    if (contact.parameters().contains("q")) {
        const QByteArray q = contact.parameters().value("q");
        bool ok = false;
        const double number = q.toDouble(&ok);
        const bool plain =
            std::all_of(q.begin(), q.end(), [](char c) { return sipscan::isDigit(c) || c == '.'; });
        if (!ok || !plain || number < 0 || number > 1)
            return error("sip-contact-q", q);
        contact.q = int(number * 1000 + 0.5);
    }
    return contact;
}

QByteArray SipContact::instance() const
{
    QByteArray text = parameters().value("+sip.instance");
    if (text.startsWith('<') && text.endsWith('>'))
        text = text.sliced(1, text.size() - 2);
    return text;
}

quint32 SipContact::regId() const
{
    quint32 number = 0;
    const bool ok = sipscan::readNumber(parameters().value("reg-id"), 0x80000000, number);
    return ok && number < 0x80000000 ? number : 0;
}

QList<QByteArray> SipContact::pushApplications() const
{
    QList<QByteArray> applications;
    for (const SipParameter &parameter : parameters().all()) {
        if (parameter.name != "+g.oma.pusheventapp")
            continue;
        for (const QByteArray &one : parameter.value.split(',')) {
            if (!one.trimmed().isEmpty())
                applications.append(one.trimmed());
        }
    }
    return applications;
}

Result<SipVia> SipVia::parse(QByteArrayView value)
{
    value = sipscan::trimmed(value);
    const qsizetype semicolon = value.indexOf(';');
    const QByteArrayView front = semicolon < 0 ? value : value.first(semicolon);
    const qsizetype gap = endOfProtocol(front);
    SipVia via;
    if (gap < 0 ||
        !sipscan::readParameters(semicolon < 0 ? QByteArrayView() : value.sliced(semicolon), via.parameters))
        return error("sip-via-syntax", value);

    if (hasInnerGap(front.sliced(gap)))
        return error("sip-via-host", value);
    const auto plain = withoutSpaces(front.first(gap), front.sliced(gap));
    if (std::any_of(plain.begin(), plain.end() - 1, [](char c) { return c < 0x20 || c >= 0x7f; }))
        return error("sip-via-syntax", value);
    osip_via_t *raw = nullptr;
    if (osip_via_init(&raw) != OSIP_SUCCESS)
        return error("sip-via-syntax", value);
    const OsipVia parsed(raw);
    if (osip_via_parse(raw, plain.constData()) != OSIP_SUCCESS || !parsed->version || !parsed->protocol ||
        !parsed->host)
        return error("sip-via-syntax", value);
    if (QByteArrayView(parsed->version) != QByteArrayView("2.0"))
        return error("sip-via-version", value);
    via.transport = QByteArray(parsed->protocol).toUpper();
    via.host = QByteArray(parsed->host).toLower();
    if (!sipscan::isToken(via.transport) || !sipscan::isHost(via.host))
        return error("sip-via-host", value);
    if (parsed->port) {
        quint32 port = 0;
        if (!sipscan::readNumber(parsed->port, 65536, port) || port == 0 || port > 65535)
            return error("sip-via-port", value);
        via.port = quint16(port);
    }
    via.branch = via.parameters.value("branch");
    via.wantsRport = via.parameters.contains("rport");
    return via;
}

} // namespace reveille
