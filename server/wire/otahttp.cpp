// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/otahttp.h"

#include "wire/httphead.h"
#include "wire/httpresponseparser.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype contentHeadLimit = 8 * 1024;

/// RFC 9110 section 5.6.7.
QByteArray httpDate(Timestamp time)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(time.ms, Qt::UTC);
    return QLocale::c().toString(utc, u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1() + " GMT";
}

Timestamp timeOf(const QByteArray &date)
{
    const QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(date.left(29)), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    return time.isValid() ? Timestamp{QDateTime(time.date(), time.time(), Qt::UTC).toMSecsSinceEpoch()} : Timestamp{};
}

void appendField(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out.append(name.data(), name.size()).append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(out),
                 [](char c) { return c == '\t' || (quint8(c) >= 0x20 && quint8(c) != 0x7f); });
    out.append("\r\n");
}

bool isHttpContent(const QByteArray &type)
{
    const QByteArray media = type.left(type.indexOf(';') < 0 ? type.size() : type.indexOf(';')).trimmed().toLower();
    return media == "application/http";
}

Milliseconds keepAliveOf(const QByteArray &value)
{
    const QByteArrayList parts = value.split(',');
    for (const QByteArray &part : parts) {
        const QByteArray item = part.trimmed().toLower();
        if (!item.startsWith("timeout="))
            continue;
        bool ok = false;
        const int seconds = item.mid(8).toInt(&ok);
        if (ok && seconds > 0 && seconds <= 86400)
            return std::chrono::seconds(seconds);
    }
    return Milliseconds(0);
}

/// "PUSH" or "PUSH;by=user", by commas; as many as there may be.
QVector<OtaConfirmation> confirmedFrom(const QByteArray &value)
{
    QVector<OtaConfirmation> confirmed;
    qsizetype from = 0;
    while (from < value.size() && confirmed.size() < OtaAnswer::maxConfirmed) {
        const qsizetype comma = value.indexOf(',', from);
        const QByteArray item = value.mid(from, comma < 0 ? -1 : comma - from).trimmed();
        from = comma < 0 ? value.size() : comma + 1;
        const qsizetype end = item.indexOf(';');
        const QByteArray push = end < 0 ? item : item.left(end).trimmed();
        const QByteArray by = end < 0 ? QByteArray() : item.mid(end + 1).trimmed();
        const bool isPrintable = std::all_of(push.cbegin(), push.cend(), [](char c) { return c > ' ' && c < 0x7f; });
        if (push.isEmpty() || push.size() > OtaConfirmation::longestPush || !isPrintable || (end >= 0 && by != "by=user"))
            continue;
        confirmed.append({push, end >= 0});
    }
    return confirmed;
}

} // namespace

QByteArray OtaContent::toBytes() const
{
    QByteArray out("HTTP/1.1 200 OK\r\n");
    if (date.isSet())
        appendField(out, "Date", httpDate(date));
    appendField(out, "Content-Type", contentType);
    if (!encoding.isEmpty())
        appendField(out, "Content-Encoding", encoding);
    appendField(out, "Content-Length", QByteArray::number(body.size()));
    if (!application.isEmpty())
        appendField(out, "X-Wap-Application-Id", application);
    return out.append("\r\n").append(body);
}

Result<OtaContent> OtaContent::parse(QByteArrayView octets, qint64 bodyLimit)
{
    HttpResponseParser parser(contentHeadLimit, bodyLimit);
    parser.feed(octets);
    if (parser.state() == HttpResponseParser::State::NeedMore)
        parser.finish();
    if (parser.state() != HttpResponseParser::State::Complete)
        return Error{qstrcmp(parser.failure(), "http-body-too-large") == 0 ? "ota-content-too-large" : "ota-content",
                     QString::fromLatin1(parser.failure())};
    const HttpResponse response = parser.take();
    OtaContent content;
    content.contentType = response.headers.value("Content-Type");
    content.encoding = response.headers.value("Content-Encoding");
    content.application = response.headers.value("X-Wap-Application-Id");
    content.date = timeOf(response.headers.value("Date"));
    content.body = response.body;
    return content;
}

QByteArray OtaRequest::toBytes() const
{
    QByteArray out;
    out.reserve(512 + content.size());
    out.append(isPush ? "POST " : "OPTIONS ").append(otaHttpPath).append(" HTTP/1.1\r\nHost:\r\n");
    if (date.isSet())
        appendField(out, "Date", httpDate(date));
    if (isPush) {
        appendField(out, "Content-Type", "application/http");
        appendField(out, "Content-Length", QByteArray::number(content.size()));
    }
    if (!versions.isEmpty())
        appendField(out, "X-Wap-Push-OTA-Version", versions);
    if (!cpiTag.isEmpty())
        appendField(out, "X-Wap-CPITag", cpiTag.toValue());
    if (!authenticate.isEmpty())
        appendField(out, "X-Wap-Authenticate", authenticate);
    if (provUrl)
        appendField(out, "X-Wap-Push-ProvURL", *provUrl);
    if (!info.isEmpty())
        appendField(out, "X-Wap-Push-Info", info.join(','));
    if (!pushId.isEmpty())
        appendField(out, "X-Reveille-Push-Id", pushId);
    if (confirm)
        appendField(out, "X-Reveille-Confirm", "yes");
    if (keepAlive.count() > 0) {
        appendField(out, "Connection", "Keep-Alive");
        appendField(out, "Keep-Alive", "timeout=" + QByteArray::number(std::max<qint64>(1, keepAlive.count() / 1000)));
    }
    if (!isPush)
        appendField(out, "Content-Length", "0");
    return out.append("\r\n").append(isPush ? content : QByteArray());
}

Result<OtaRequest> OtaRequest::read(const HttpRequest &request)
{
    if (request.target != otaHttpPath)
        return Error{"ota-target", QString::fromUtf8(request.target.left(64))};
    if (request.method != "OPTIONS" && request.method != "POST")
        return Error{"ota-method", QString::fromLatin1(request.method)};
    const HttpHeaders &headers = request.headers;
    OtaRequest ota;
    ota.isPush = request.method == "POST";
    if (ota.isPush && !isHttpContent(headers.value("Content-Type")))
        return Error{"ota-content-type", QString::fromUtf8(headers.value("Content-Type").left(64))};
    ota.date = timeOf(headers.value("Date"));
    ota.versions = headers.value("X-Wap-Push-OTA-Version");
    ota.cpiTag = CpiTag::parse(headers.value("X-Wap-CPITag")).value_or(CpiTag());
    ota.authenticate = headers.value("X-Wap-Authenticate");
    if (headers.has("X-Wap-Push-ProvURL"))
        ota.provUrl = headers.value("X-Wap-Push-ProvURL");
    const QByteArrayList info = headers.value("X-Wap-Push-Info").split(',');
    for (const QByteArray &token : info) {
        if (!token.trimmed().isEmpty())
            ota.info.append(token.trimmed());
    }
    ota.pushId = headers.value("X-Reveille-Push-Id").left(255);
    ota.confirm = headers.value("X-Reveille-Confirm").compare("yes", Qt::CaseInsensitive) == 0;
    ota.keepAlive = keepAliveOf(headers.value("Keep-Alive"));
    ota.content = ota.isPush ? request.body : QByteArray();
    return ota;
}

QByteArray otaConfirmedValue(const QVector<OtaConfirmation> &confirmed)
{
    QByteArrayList items;
    for (const OtaConfirmation &one : confirmed)
        items.append(one.byUser ? one.push + ";by=user" : one.push);
    return items.join(", ");
}

HttpResponse OtaAnswer::toResponse() const
{
    HttpResponse response;
    response.status = http;
    HttpHeaders &headers = response.headers;
    if (!versions.isEmpty())
        headers.add("X-Wap-Push-OTA-Version", versions);
    if (status.code != 0)
        headers.add("X-Wap-Push-Status", status.toValue());
    if (!terminal.isEmpty())
        headers.add("X-Wap-Terminal-Id", terminal.toString().toUtf8());
    if (bearer)
        headers.add("X-Wap-Bearer-Indication", QByteArray::number(*bearer, 16).toUpper().rightJustified(2, '0'));
    if (!authorization.isEmpty())
        headers.add("X-Wap-Authorization", authorization);
    if (!cpiTag.isEmpty())
        headers.add("X-Wap-CPITag", cpiTag.toValue());
    if (cpi)
        cpi->writeTo(headers);
    if (!user.isEmpty())
        headers.add("X-Reveille-User", user.toUtf8());
    if (!device.isEmpty())
        headers.add("X-Reveille-Device", device.toUtf8());
    for (const WakeRoute &route : routes)
        headers.add("X-Reveille-Wake", otaWakeRouteValue(route));
    if (!confirmed.isEmpty())
        headers.add("X-Reveille-Confirmed", otaConfirmedValue(confirmed));
    if (closes)
        headers.add("Connection", "close");
    return response;
}

OtaAnswer OtaAnswer::read(const HttpResponse &response)
{
    const HttpHeaders &headers = response.headers;
    OtaAnswer answer;
    answer.http = response.status;
    answer.status = OtaStatus::parse(headers.value("X-Wap-Push-Status")).value_or(OtaStatus());
    answer.versions = headers.value("X-Wap-Push-OTA-Version");
    answer.cpiTag = CpiTag::parse(headers.value("X-Wap-CPITag")).value_or(CpiTag());
    answer.terminal = OtaTerminalId::parse(headers.value("X-Wap-Terminal-Id")).valueOr({});
    bool isHex = false;
    const QByteArray bearer = headers.value("X-Wap-Bearer-Indication");
    if (const uint number = bearer.toUInt(&isHex, 16); isHex && bearer.size() <= 2)
        answer.bearer = quint8(number);
    if (OtaCpi::isToldBy(headers))
        answer.cpi = OtaCpi::read(headers);
    answer.authorization = headers.value("X-Wap-Authorization");
    answer.user = QString::fromUtf8(headers.value("X-Reveille-User").left(512));
    answer.device = QString::fromUtf8(headers.value("X-Reveille-Device").left(512));
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (field.name.compare("X-Reveille-Wake", Qt::CaseInsensitive) != 0 || answer.routes.size() >= maxRoutes)
            continue;
        if (const Result<WakeRoute> route = parseOtaWakeRoute(field.value); route)
            answer.routes.append(*route);
    }
    answer.confirmed = confirmedFrom(headers.value("X-Reveille-Confirmed"));
    answer.closes = headers.lists("Connection", "close");
    return answer;
}

QByteArray otaHeadForJournal(QByteArrayView octets)
{
    static const QByteArrayList secrets{"x-wap-authorization", "authorization"};
    const qsizetype length = httpHeadLength(octets);
    const QByteArrayList lines = octets.first(length > 0 ? length : octets.size()).trimmed().toByteArray().split('\n');
    QByteArray out;
    for (const QByteArray &line : lines) {
        const QByteArray name = line.left(line.indexOf(':')).trimmed();
        out += (secrets.contains(name.toLower()) ? name + ": ***" : line.trimmed()) + "\r\n";
    }
    return out + "\r\n";
}

} // namespace reveille
