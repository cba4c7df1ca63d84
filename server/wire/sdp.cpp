// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sdp.h"

#include "wire/msrp.h"
#include "wire/sipscan.h"

namespace reveille {

namespace {

using sipscan::equals;

Error wrong(const char *code, QByteArrayView about)
{
    return {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 64)))};
}

QByteArrayList words(QByteArrayView text)
{
    QByteArrayList list;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf(' ', at);
        if (end < 0)
            end = text.size();
        if (end > at)
            list.append(text.sliced(at, end - at).toByteArray());
        at = end + 1;
    }
    return list;
}

bool readNumber(QByteArrayView text, quint64 most, quint64 &number)
{
    if (text.isEmpty() || text.size() > 20)
        return false;
    quint64 value = 0;
    for (const char c : text) {
        if (!sipscan::isDigit(c) || value > (most - quint64(c - '0')) / 10)
            return false;
        value = value * 10 + quint64(c - '0');
    }
    number = value;
    return true;
}

bool readAddress(const QByteArrayList &net, QByteArray &host)
{
    if (net.size() != 3 || net[0] != "IN" || (net[1] != "IP4" && net[1] != "IP6") || !sipscan::isHost(net[2]))
        return false;
    host = net[2].toLower();
    return true;
}

bool isMediaType(QByteArrayView type)
{
    if (type == "*")
        return true;
    const qsizetype slash = type.indexOf('/');
    return slash > 0 && sipscan::isToken(type.first(slash)) && sipscan::isToken(type.sliced(slash + 1));
}

constexpr std::pair<SdpSetup, const char *> setups[] = {{SdpSetup::Active, "active"},
                                                        {SdpSetup::Passive, "passive"},
                                                        {SdpSetup::ActPass, "actpass"},
                                                        {SdpSetup::HoldConn, "holdconn"}};
constexpr std::pair<SdpDirection, const char *> directions[] = {{SdpDirection::SendRecv, "sendrecv"},
                                                                {SdpDirection::SendOnly, "sendonly"},
                                                                {SdpDirection::RecvOnly, "recvonly"},
                                                                {SdpDirection::Inactive, "inactive"}};

/// Reads line after line into an SdpMsrp.
class SdpReader {
public:
    explicit SdpReader(SdpMsrp &sdp) : m_sdp(sdp) {}

    std::optional<Error> take(QByteArrayView line)
    {
        if (line.size() < 2 || line[1] != '=' || line[0] < 'a' || line[0] > 'z')
            return wrong("sdp-line", line);
        const QByteArrayView value = line.sliced(2);
        if (++m_count == 1)
            return line == "v=0" ? std::nullopt : std::optional(wrong("sdp-version", line));
        switch (line[0]) {
        case 'v':
            return wrong("sdp-version", line);
        case 'o':
            return takeOrigin(value);
        case 'c':
            return readAddress(words(value), m_sdp.host) ? std::nullopt : std::optional(wrong("sdp-address", value));
        case 'm':
            return takeMedia(value);
        case 'a':
            return takeAttribute(value);
        default:
            return std::nullopt;
        }
    }
    std::optional<Error> finish() const
    {
        if (!m_hasOrigin)
            return wrong("sdp-origin", {});
        if (!m_hasMedia)
            return wrong("sdp-media-count", {});
        if (m_sdp.path.isEmpty() && m_sdp.port != 0)
            return wrong("sdp-path", {});
        return std::nullopt;
    }

private:
    std::optional<Error> takeOrigin(QByteArrayView value)
    {
        const QByteArrayList parts = words(value);
        constexpr quint64 most = ~quint64(0);
        if (m_hasOrigin || parts.size() != 6 || !readNumber(parts[1], most, m_sdp.id) ||
            !readNumber(parts[2], most, m_sdp.version) || !readAddress(parts.mid(3), m_sdp.host))
            return wrong("sdp-origin", value);
        m_hasOrigin = true;
        return std::nullopt;
    }
    std::optional<Error> takeMedia(QByteArrayView value)
    {
        if (m_hasMedia)
            return wrong("sdp-media-count", value);
        m_hasMedia = true;
        const QByteArrayList parts = words(value);
        if (parts.size() < 3 || parts[0] != "message")
            return wrong("sdp-media", value);
        quint64 port = 0;
        if (!readNumber(parts[1], 65535, port))
            return wrong("sdp-port", value);
        m_sdp.port = quint16(port);
        m_sdp.secure = equals(parts[2], "TCP/TLS/MSRP");
        if (!m_sdp.secure && !equals(parts[2], "TCP/MSRP"))
            return wrong("sdp-media", value);
        return std::nullopt;
    }
    std::optional<Error> takeAttribute(QByteArrayView attribute)
    {
        const qsizetype colon = attribute.indexOf(':');
        const QByteArrayView name = colon < 0 ? attribute : attribute.first(colon);
        const QByteArrayView value = colon < 0 ? QByteArrayView() : sipscan::trimmed(attribute.sliced(colon + 1));
        for (const auto &[direction, text] : directions) {
            if (name == text)
                m_sdp.direction = direction;
        }
        if (name == "setup") {
            for (const auto &[setup, text] : setups) {
                if (value == text) {
                    m_sdp.setup = setup;
                    return std::nullopt;
                }
            }
            return wrong("sdp-setup", value);
        }
        if (name == "path")
            return takePath(value);
        if (name == "accept-types")
            return takeTypes(value);
        if (name == "fingerprint") {
            m_sdp.fingerprint = value.toByteArray();
        } else if (name == "max-size") {
            quint64 size = 0;
            if (!readNumber(value, quint64(1) << 53, size))
                return wrong("sdp-size", value);
            m_sdp.maxSize = qint64(size);
        }
        return std::nullopt;
    }
    std::optional<Error> takePath(QByteArrayView value)
    {
        if (!m_sdp.path.isEmpty())
            return wrong("sdp-path", value);
        m_sdp.path = words(value);
        if (m_sdp.path.isEmpty() || m_sdp.path.size() > MsrpLimit::path)
            return wrong("sdp-path", value);
        for (const QByteArray &one : std::as_const(m_sdp.path)) {
            const Result<MsrpUri> uri = MsrpUri::parse(one);
            if (!uri)
                return uri.error();
        }
        return std::nullopt;
    }
    std::optional<Error> takeTypes(QByteArrayView value)
    {
        m_sdp.acceptTypes = words(value);
        if (m_sdp.acceptTypes.isEmpty() || m_sdp.acceptTypes.size() > SdpLimit::types)
            return wrong("sdp-types", value);
        for (const QByteArray &type : std::as_const(m_sdp.acceptTypes)) {
            if (!isMediaType(type))
                return wrong("sdp-types", type);
        }
        return std::nullopt;
    }

    SdpMsrp &m_sdp;
    qsizetype m_count = 0;
    bool m_hasOrigin = false;
    bool m_hasMedia = false;
};

} // namespace

Result<SdpMsrp> SdpMsrp::parse(QByteArrayView text)
{
    if (text.size() > SdpLimit::octets)
        return wrong("sdp-too-long", {});
    SdpMsrp sdp;
    SdpReader reader(sdp);
    qsizetype lines = 0;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf('\n', at);
        if (end < 0)
            end = text.size();
        QByteArrayView line = text.sliced(at, end - at);
        if (line.endsWith('\r'))
            line.chop(1);
        at = end + 1;
        if (line.isEmpty() && at >= text.size())
            break;
        if (++lines > SdpLimit::lines)
            return wrong("sdp-too-long", line);
        for (const char c : line) {
            if (c == '\0' || c == '\r')
                return wrong("sdp-line", line);
        }
        if (const auto error = reader.take(line))
            return *error;
    }
    if (const auto error = reader.finish())
        return *error;
    return sdp;
}

QByteArray SdpMsrp::bytes() const
{
    const QByteArray address = (host.contains(':') ? "IN IP6 " : "IN IP4 ") + host;
    QByteArray out = "v=0\r\no=- " + QByteArray::number(id) + ' ' + QByteArray::number(version) + ' ' + address +
                     "\r\ns=-\r\nc=" + address + "\r\nt=0 0\r\nm=message " + QByteArray::number(port) +
                     (secure ? " TCP/TLS/MSRP" : " TCP/MSRP") + " *\r\n";
    out += "a=accept-types:" + acceptTypes.join(' ') + "\r\n";
    if (!path.isEmpty())
        out += "a=path:" + path.join(' ') + "\r\n";
    for (const auto &[value, text] : setups) {
        if (value == setup)
            out += QByteArray("a=setup:") + text + "\r\n";
    }
    for (const auto &[value, text] : directions) {
        if (value == direction)
            out += QByteArray("a=") + text + "\r\n";
    }
    if (maxSize > 0)
        out += "a=max-size:" + QByteArray::number(maxSize) + "\r\n";
    if (!fingerprint.isEmpty())
        out += "a=fingerprint:" + fingerprint + "\r\n";
    return out;
}

bool SdpMsrp::accepts(QByteArrayView contentType) const
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArrayView type = sipscan::trimmed(semicolon < 0 ? contentType : contentType.first(semicolon));
    const qsizetype slash = type.indexOf('/');
    for (const QByteArray &one : acceptTypes) {
        if (one == "*" || equals(one, type))
            return true;
        if (one.endsWith("/*") && slash > 0 && equals(QByteArrayView(one).chopped(2), type.first(slash)))
            return true;
    }
    return false;
}

SdpSetup sdpAnswerTo(SdpSetup offered, SdpSetup preferred)
{
    switch (offered) {
    case SdpSetup::Passive:
        return SdpSetup::Active;
    case SdpSetup::ActPass:
        return preferred;
    case SdpSetup::HoldConn:
        return SdpSetup::HoldConn;
    default:
        return SdpSetup::Passive;
    }
}

} // namespace reveille
