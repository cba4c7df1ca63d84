// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipuri.h"

#include "wire/sipscan.h"

#include <osipparser2/osip_parser.h>

#include <QVarLengthArray>

#include <memory>

namespace reveille {

namespace {

constexpr qsizetype maxUri = 2048;

struct OsipUriDeleter {
    void operator()(osip_uri_t *uri) const { osip_uri_free(uri); }
};
using OsipUri = std::unique_ptr<osip_uri_t, OsipUriDeleter>;

Error error(const char *code, QByteArrayView about)
{
    return {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 80)))};
}

/// Null when every character may stand in a URI and every escape is whole.
const char *badCharacter(QByteArrayView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c <= 0x20 || c >= 0x7f || c == '<' || c == '>' || c == '"' || c == '\\' || c == '^' || c == '`' ||
            c == '{' || c == '|' || c == '}')
            return "sip-uri-characters";
        if (c == '%') {
            if (i + 2 >= text.size() || !sipscan::isHex(text[i + 1]) || !sipscan::isHex(text[i + 2]))
                return "sip-uri-escape";
            i += 2;
        }
    }
    return nullptr;
}

bool isScheme(QByteArrayView scheme)
{
    if (scheme.isEmpty() || !sipscan::isAlpha(scheme.front()))
        return false;
    return std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return sipscan::isAlpha(c) || sipscan::isDigit(c) || c == '+' || c == '-' || c == '.';
    });
}

/// libosip2 resolves escapes, which would lose %00 and the difference between an escaped and a plain
/// separator. With every percent sign escaped once more it gives back what stood there.
OsipUri parseByOsip(QByteArrayView text)
{
    QVarLengthArray<char, 512> guarded;
    for (char c : text) {
        guarded.append(c);
        if (c == '%')
            guarded.append("25", 2);
    }
    guarded.append('\0');
    osip_uri_t *uri = nullptr;
    if (osip_uri_init(&uri) != OSIP_SUCCESS)
        return {};
    OsipUri owner(uri);
    return osip_uri_parse(uri, guarded.constData()) == OSIP_SUCCESS ? std::move(owner) : OsipUri();
}

bool isUnreserved(char c)
{
    return sipscan::isAlpha(c) || sipscan::isDigit(c) || QByteArrayView("-_.!~*'()").contains(c);
}

QByteArray escaped(QByteArrayView value, QByteArrayView alsoAllowed)
{
    QByteArray result;
    result.reserve(value.size());
    for (char c : value) {
        if (isUnreserved(c) || alsoAllowed.contains(c)) {
            result.append(c);
        } else {
            constexpr char digits[] = "0123456789ABCDEF";
            result.append('%').append(digits[quint8(c) >> 4]).append(digits[quint8(c) & 15]);
        }
    }
    return result;
}

} // namespace

const SipParameter *SipParameters::find(QByteArrayView name) const
{
    for (const SipParameter &parameter : m_all) {
        if (QByteArrayView(parameter.name) == name)
            return &parameter;
    }
    return nullptr;
}

QByteArray SipParameters::value(QByteArrayView name) const
{
    const SipParameter *parameter = find(name);
    return parameter ? parameter->value : QByteArray();
}

Result<SipUri> SipUri::parse(QByteArrayView text)
{
    if (text.isEmpty())
        return error("sip-uri-empty", text);
    if (text.size() > maxUri)
        return error("sip-uri-too-long", text);
    if (const char *code = badCharacter(text))
        return error(code, text);
    const qsizetype colon = text.indexOf(':');
    if (colon <= 0 || !isScheme(text.first(colon)))
        return error("sip-uri-scheme", text);

    SipUri uri;
    uri.text = text.toByteArray();
    uri.scheme = text.first(colon).toByteArray().toLower();
    if (!uri.isSip()) {
        uri.user = text.sliced(colon + 1).toByteArray();
        if (uri.user.isEmpty())
            return error("sip-uri-syntax", text);
        return uri;
    }

    const OsipUri parsed = parseByOsip(text);
    if (!parsed)
        return error("sip-uri-syntax", text);
    uri.user = parsed->username;
    uri.password = parsed->password;
    uri.host = QByteArray(parsed->host).toLower();
    if (uri.user.isEmpty() && text.contains('@'))
        return error("sip-uri-syntax", text);
    if (!sipscan::isHost(uri.host))
        return error("sip-uri-host", text);
    if (parsed->port) {
        quint32 port = 0;
        if (!sipscan::readNumber(parsed->port, 65536, port) || port == 0 || port > 65535)
            return error("sip-uri-port", text);
        uri.port = quint16(port);
    }
    osip_list_iterator_t position;
    for (void *node = osip_list_get_first(&parsed->url_params, &position); node;
         node = osip_list_get_next(&position)) {
        const auto *parameter = static_cast<const osip_uri_param_t *>(node);
        uri.parameters.add({QByteArray(parameter->gname).toLower(), QByteArray(parameter->gvalue),
                            parameter->gvalue != nullptr});
    }
    const qsizetype host = text.lastIndexOf('@');
    const qsizetype question = text.indexOf('?', host < 0 ? 0 : host);
    if (question >= 0)
        uri.headers = text.sliced(question + 1).toByteArray();
    return uri;
}

Result<PublicUserId> SipUri::publicUserId() const
{
    if (!isSip())
        return PublicUserId::parse(QString::fromLatin1(text));
    QByteArray plain = scheme + ':';
    if (!user.isEmpty())
        plain += user + '@';
    plain += host.contains(':') ? '[' + host + ']' : host;
    if (port != 0)
        plain += ':' + QByteArray::number(port);
    return PublicUserId::parse(QString::fromLatin1(plain));
}

Result<QVector<WakeRoute>> wakeRoutesOf(const SipUri &contact)
{
    const QByteArray provider = percentDecoded(contact.parameters.value("pn-provider"));
    if (provider.isEmpty())
        return QVector<WakeRoute>();
    QByteArray address = percentDecoded(contact.parameters.value("pn-prid"));
    if (address.startsWith('+'))
        address.remove(0, 1);
    if (address.isEmpty())
        return error("sip-pn-prid", provider);
    WakeRoute route;
    route.bearer = QString::fromUtf8(provider).toLower();
    route.address = QString::fromUtf8(address);
    route.source = WakeRoute::Source::Client;
    const QByteArray parameter = percentDecoded(contact.parameters.value("pn-param"));
    if (!parameter.isEmpty()) {
        const Result<ClientPort> port = ClientPort::parse(QString::fromLatin1(parameter));
        if (!port)
            return error("sip-pn-param", parameter);
        route.port = *port;
    }
    return QVector<WakeRoute>{route};
}

QByteArray percentDecoded(QByteArrayView text)
{
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && sipscan::isHex(text[i + 1]) &&
            sipscan::isHex(text[i + 2])) {
            result.append(QByteArray::fromHex(text.sliced(i + 1, 2).toByteArray()));
            i += 2;
        } else {
            result.append(text[i]);
        }
    }
    return result;
}

QByteArray escapedUriParameter(QByteArrayView value)
{
    return escaped(value, "[]/:&+$");
}

QByteArray escapedUriUser(QByteArrayView value)
{
    return escaped(value, "&=+$,;?/");
}

} // namespace reveille
