// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclientsettings.h"

#include <array>

namespace reveille {
namespace {

template <typename Enum, size_t N>
std::optional<Enum> fromText(QStringView text, const std::array<Enum, N> &values)
{
    for (const Enum value : values) {
        if (text.compare(QLatin1StringView(toText(value)), Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

} // namespace

const char *toText(ClientConnect connect)
{
    switch (connect) {
    case ClientConnect::Datagram:
        return "datagram";
    case ClientConnect::OtaHttp:
        return "ota-http";
    case ClientConnect::Sip:
        break;
    }
    return "sip";
}

std::optional<ClientConnect> clientConnectFromText(QStringView text)
{
    return fromText(text, std::array{ClientConnect::Sip, ClientConnect::Datagram, ClientConnect::OtaHttp});
}

const char *toText(ClientTransport transport)
{
    switch (transport) {
    case ClientTransport::Tcp:
        return "tcp";
    case ClientTransport::Tls:
        return "tls";
    case ClientTransport::Dtls:
        return "dtls";
    case ClientTransport::Udp:
        break;
    }
    return "udp";
}

std::optional<ClientTransport> clientTransportFromText(QStringView text)
{
    return fromText(text, std::array{ClientTransport::Udp, ClientTransport::Tcp, ClientTransport::Tls,
                                     ClientTransport::Dtls});
}

const char *toText(KeepAliveKind kind)
{
    switch (kind) {
    case KeepAliveKind::Stun:
        return "stun";
    case KeepAliveKind::Crlf:
        return "crlf";
    case KeepAliveKind::Options:
        return "options";
    case KeepAliveKind::None:
        break;
    }
    return "none";
}

std::optional<KeepAliveKind> keepAliveKindFromText(QStringView text)
{
    return fromText(text, std::array{KeepAliveKind::None, KeepAliveKind::Stun, KeepAliveKind::Crlf,
                                     KeepAliveKind::Options});
}

} // namespace reveille
