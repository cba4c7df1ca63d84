// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/msrp.h"

#include "wire/sipscan.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

using sipscan::equals;

void appendSafe(QByteArray &out, QByteArrayView value)
{
    for (const char c : value)
        out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
}

void appendLine(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    appendSafe(out, name);
    out += ": ";
    appendSafe(out, value);
    out += "\r\n";
}

bool readCount(QByteArrayView text, std::optional<qint64> &number)
{
    if (text == "*")
        return true;
    if (text.isEmpty() || text.size() > 16)
        return false;
    qint64 value = 0;
    for (const char c : text) {
        if (!sipscan::isDigit(c))
            return false;
        value = value * 10 + (c - '0');
    }
    number = value;
    return value <= (qint64(1) << 53);
}

QByteArray randomLetters(int count)
{
    static constexpr char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; // 32
    QByteArray text(count, Qt::Uninitialized);
    for (char &c : text)
        c = letters[QRandomGenerator::system()->bounded(32)];
    return text;
}

bool isSessionCharacter(char c)
{
    return sipscan::isAlpha(c) || sipscan::isDigit(c) || QByteArrayView("-._~+=/%").contains(c);
}

} // namespace

bool isMsrpIdent(QByteArrayView text)
{
    if (text.size() < 4 || text.size() > 32 || !(sipscan::isAlpha(text[0]) || sipscan::isDigit(text[0])))
        return false;
    for (const char c : text) {
        if (!sipscan::isAlpha(c) && !sipscan::isDigit(c) && !QByteArrayView(".-+%=").contains(c))
            return false;
    }
    return true;
}

Result<MsrpUri> MsrpUri::parse(QByteArrayView text)
{
    const auto wrong = [&](const char *code) { return Error{code, QString::fromLatin1(text.first(std::min<qsizetype>(text.size(), 64)))}; };
    if (text.size() > MsrpLimit::uri)
        return wrong("msrp-uri-too-long");
    MsrpUri uri;
    if (text.size() > 8 && equals(text.first(8), "msrps://"))
        uri.secure = true;
    else if (text.size() <= 7 || !equals(text.first(7), "msrp://"))
        return wrong("msrp-uri-scheme");
    QByteArrayView rest = text.sliced(uri.secure ? 8 : 7);
    const qsizetype semicolon = rest.indexOf(';');
    if (semicolon < 0)
        return wrong("msrp-uri-transport");
    const QByteArrayView behind = rest.sliced(semicolon + 1);
    rest = rest.first(semicolon);
    if (behind.size() < 3 || !equals(behind.first(3), "tcp") || (behind.size() > 3 && behind[3] != ';'))
        return wrong("msrp-uri-transport");
    uri.parameters = behind.sliced(3).toByteArray();
    for (const char c : std::as_const(uri.parameters)) {
        if (c <= ' ' || c >= 0x7f)
            return wrong("msrp-uri-transport");
    }
    if (const qsizetype slash = rest.indexOf('/'); slash >= 0) {
        uri.session = rest.sliced(slash + 1).toByteArray();
        rest = rest.first(slash);
        for (const char c : std::as_const(uri.session)) {
            if (!isSessionCharacter(c))
                return wrong("msrp-uri-session");
        }
        if (uri.session.isEmpty())
            return wrong("msrp-uri-session");
    }
    if (const qsizetype at = rest.lastIndexOf('@'); at >= 0)
        rest = rest.sliced(at + 1); // userinfo plays no part
    QByteArrayView host = rest, port;
    bool hasPort = false;
    if (rest.startsWith('[')) {
        const qsizetype end = rest.indexOf(']');
        if (end < 0)
            return wrong("msrp-uri-host");
        host = rest.sliced(1, end - 1);
        const QByteArrayView tail = rest.sliced(end + 1);
        hasPort = !tail.isEmpty();
        if (hasPort && tail[0] != ':')
            return wrong("msrp-uri-host");
        port = hasPort ? tail.sliced(1) : tail;
        if (!host.contains(':'))
            return wrong("msrp-uri-host");
    } else if (const qsizetype colon = rest.indexOf(':'); colon >= 0) {
        hasPort = true;
        host = rest.first(colon);
        port = rest.sliced(colon + 1);
    }
    if (!sipscan::isHost(host))
        return wrong("msrp-uri-host");
    uri.host = host.toByteArray().toLower();
    if (hasPort) {
        quint32 number = 0;
        if (port.size() > 5 || !sipscan::readNumber(port, 65536, number) || number == 0 || number > 65535)
            return wrong("msrp-uri-port");
        uri.port = quint16(number);
    }
    return uri;
}

QByteArray MsrpUri::toText() const
{
    QByteArray text = secure ? "msrps://" : "msrp://";
    text += host.contains(':') ? '[' + host + ']' : host;
    text += ':' + QByteArray::number(port);
    if (!session.isEmpty())
        text += '/' + session;
    return text + ";tcp" + parameters;
}

Result<MsrpByteRange> MsrpByteRange::parse(QByteArrayView text)
{
    const Error wrong{"msrp-byte-range", QString::fromLatin1(text.first(std::min<qsizetype>(text.size(), 64)))};
    const qsizetype dash = text.indexOf('-'), slash = text.indexOf('/');
    if (dash < 1 || slash < dash)
        return wrong;
    std::optional<qint64> first;
    MsrpByteRange range;
    if (!readCount(text.first(dash), first) || !first || *first < 1 ||
        !readCount(text.sliced(dash + 1, slash - dash - 1), range.last) || !readCount(text.sliced(slash + 1), range.total))
        return wrong;
    range.first = *first;
    if (range.last && *range.last < range.first - 1)
        return wrong;
    if (range.last && range.total && *range.last > *range.total)
        return wrong;
    if (range.total && range.first > *range.total + 1)
        return wrong;
    return range;
}

QByteArray MsrpByteRange::toText() const
{
    const auto number = [](const std::optional<qint64> &value) { return value ? QByteArray::number(*value) : QByteArray("*"); };
    return QByteArray::number(first) + '-' + number(last) + '/' + number(total);
}

QByteArray MsrpHead::other(QByteArrayView name) const
{
    for (const auto &[key, value] : others) {
        if (equals(key, name))
            return value;
    }
    return {};
}

MsrpUri MsrpHead::to() const
{
    return toPath.isEmpty() ? MsrpUri() : MsrpUri::parse(toPath.first()).valueOr({});
}

MsrpUri MsrpHead::from() const
{
    return fromPath.isEmpty() ? MsrpUri() : MsrpUri::parse(fromPath.last()).valueOr({});
}

QByteArray MsrpHead::bytes() const
{
    QByteArray out = "MSRP " + transaction + ' ';
    if (isResponse()) {
        out += QByteArray::number(status).rightJustified(3, '0');
        if (!comment.isEmpty()) {
            out += ' ';
            appendSafe(out, comment);
        }
    } else {
        out += method;
    }
    out += "\r\n";
    appendLine(out, "To-Path", toPath.join(' '));
    appendLine(out, "From-Path", fromPath.join(' '));
    if (!messageId.isEmpty())
        appendLine(out, "Message-ID", messageId);
    if (byteRange)
        appendLine(out, "Byte-Range", byteRange->toText());
    if (successReport)
        appendLine(out, "Success-Report", "yes");
    if (failureReport != MsrpFailureReport::Yes)
        appendLine(out, "Failure-Report", failureReport == MsrpFailureReport::No ? "no" : "partial");
    if (reportStatus != 0)
        appendLine(out, "Status", "000 " + QByteArray::number(reportStatus).rightJustified(3, '0') + (msrpComment(reportStatus).isEmpty() ? QByteArray() : ' ' + msrpComment(reportStatus)));
    for (const auto &[name, value] : others)
        appendLine(out, name, value);
    if (!contentType.isEmpty()) {
        appendLine(out, "Content-Type", contentType);
        out += "\r\n";
    }
    return out;
}

QByteArray MsrpHead::endLine(MsrpEnd end) const
{
    QByteArray out = contentType.isEmpty() ? QByteArray() : QByteArray("\r\n");
    return out + "-------" + transaction + char(end) + "\r\n";
}

QByteArray MsrpHead::message(QByteArrayView content, MsrpEnd end) const
{
    QByteArray out = bytes();
    if (!contentType.isEmpty())
        out.append(content);
    return out + endLine(end);
}

MsrpHead msrpResponse(const MsrpHead &request, const MsrpUri &us, int status)
{
    MsrpHead response;
    response.transaction = request.transaction;
    response.status = status;
    response.comment = msrpComment(status);
    response.toPath = request.fromPath.mid(0, 1); // a response goes one hop
    response.fromPath = {us.toText()};
    return response;
}

MsrpHead msrpReport(const MsrpHead &request, const MsrpUri &us, const MsrpByteRange &octets, int status)
{
    MsrpHead report;
    report.transaction = newMsrpId();
    report.method = "REPORT";
    report.toPath = request.fromPath;
    report.fromPath = {us.toText()};
    report.messageId = request.messageId;
    report.byteRange = octets;
    report.reportStatus = status;
    return report;
}

QByteArray msrpComment(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 408: return "Request Timeout";
    case 413: return "Message Too Large";
    case 415: return "Unsupported Media Type";
    case 423: return "Parameter Out of Bounds";
    case 481: return "Session Does Not Exist";
    case 501: return "Not Implemented";
    case 506: return "Session Already In Use";
    default: return {};
    }
}

QByteArray newMsrpId()
{
    return randomLetters(20);
}

QByteArray newMsrpSession()
{
    return randomLetters(24);
}

} // namespace reveille
