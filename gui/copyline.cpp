// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/copyline.h"

#include "models/pushtarget.h"
#include "serverhost.h"
#include "wire/jsonfault.h"
#include "wire/jsonpush.h"

#include <QStringList>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

bool isPlain(QChar c)
{
    return c.unicode() < 128 && (c.isLetterOrNumber() || QStringView(u"@%+=:,./_-").contains(c));
}

/// "--" where a word would be taken for an option.
void appendWords(QStringList &line, const QStringList &words)
{
    if (std::any_of(words.begin(), words.end(), [](const QString &word) { return word.startsWith(u'-'); }))
        line.append(u"--"_s);
    for (const QString &word : words)
        line.append(shellWord(word));
}

QString curlPost(const QJsonObject &body, const QString &place)
{
    return QStringList{u"curl -sS -X POST"_s,
                       u"-H \"Authorization: Bearer $REVEILLE_TOKEN\""_s,
                       u"-H 'Content-Type: application/json'"_s,
                       u"--data-binary"_s,
                       shellWord(QString::fromUtf8(toJsonBytes(body))),
                       shellWord(u"http://"_s + place)}
        .join(u' ');
}

} // namespace

QString shellWord(const QString &text)
{
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isPlain))
        return text;
    QString quoted = text;
    return u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString reveillectlLine(const PushRequest &request)
{
    const PushRequest usual;
    if (!request.to.session.isEmpty())
        return {};
    QStringList line{u"reveillectl"_s, u"push"_s};
    const auto option = [&](const QString &name, const QString &value) {
        line.append(u"--"_s + name);
        line.append(shellWord(value));
    };
    for (const DeviceId &device : request.devices)
        option(u"device"_s, device.toString());
    if (!request.application.isEmpty())
        option(u"application"_s, request.application);
    if (request.contentType != usual.contentType)
        option(u"content-type"_s, request.contentType);
    if (request.ttl != usual.ttl)
        option(u"ttl"_s, QString::number(request.ttl.count() / 1000));
    if (request.priority != usual.priority)
        option(u"priority"_s, QString::fromLatin1(toText(request.priority)));
    if (request.when != usual.when)
        option(u"when"_s, QString::fromLatin1(toText(request.when)));
    if (request.choice != DeviceChoice::All)
        option(u"choice"_s, QString::fromLatin1(toText(request.choice)));
    if (request.confirm)
        line.append(u"--confirm"_s);
    if (request.sirMode)
        option(u"sir-mode"_s, QString::fromLatin1(toText(*request.sirMode)));
    appendWords(line, {toText(request.to), QString::fromUtf8(request.body)});
    return line.join(u' ');
}

QString curlLine(const PushRequest &request, const QString &address)
{
    return curlPost(toJson(request), address + u"/v1/pushes"_s);
}

QString httpRequest(const PushRequest &request, const QString &address)
{
    const QByteArray body = toJsonBytes(toJson(request));
    return QStringList{u"POST /v1/pushes HTTP/1.1"_s,
                       u"Host: "_s + address,
                       u"Authorization: Bearer REVEILLE_TOKEN"_s,
                       u"Content-Type: application/json"_s,
                       u"Content-Length: "_s + QString::number(body.size()),
                       u"Connection: close"_s,
                       QString(),
                       QString::fromUtf8(body)}
        .join(u"\r\n"_s);
}

QString staffAddress(const ServerHost &host)
{
    return host.boundAddresses().value(u"operations_http"_s, u"127.0.0.1:8081"_s);
}

QString pushAs(PushText how, const PushRequest &request, const QString &address)
{
    switch (how) {
    case PushText::Reveillectl: return reveillectlLine(request);
    case PushText::Curl: return curlLine(request, address);
    case PushText::Http: break;
    }
    return httpRequest(request, address);
}

QString reveillectlLine(const DeviceId &device, const WakeOrder &order)
{
    QStringList line{u"reveillectl"_s, u"wake"_s};
    const auto option = [&](const QString &name, const QString &value) {
        line.append(u"--"_s + name);
        line.append(shellWord(value));
    };
    if (!order.bearer.isEmpty())
        option(u"bearer"_s, order.bearer);
    if (order.mode)
        option(u"mode"_s, QString::fromLatin1(toText(*order.mode)));
    if (order.empty)
        line.append(u"--empty"_s);
    if (order.requests)
        option(u"request"_s, toTexts(order.requests).join(u','));
    if (!order.application.isEmpty())
        option(u"application"_s, order.application);
    appendWords(line, {device.toString()});
    return line.join(u' ');
}

QString reveillectlLine(const FaultOrder &order)
{
    const FaultRule &rule = order.rule;
    QStringList line{u"reveillectl"_s, u"faults"_s, u"add"_s, QString::fromLatin1(toText(rule.kind))};
    const auto option = [&](const QString &name, const QString &value) {
        line.append(u"--"_s + name);
        line.append(shellWord(value));
    };
    if (!rule.bearer.isEmpty())
        option(u"bearer"_s, rule.bearer);
    else if (!rule.connection.isEmpty())
        option(u"connection"_s, rule.connection);
    else if (rule.scope != FaultScope::Both)
        option(u"what"_s, QString::fromLatin1(toText(rule.scope)));
    if (!rule.device.isEmpty())
        option(u"device"_s, rule.device.toString());
    if (rule.kind == FaultKind::Delay)
        option(u"delay-ms"_s, QString::number(rule.delay.count()));
    if (rule.kind == FaultKind::Reject)
        option(u"code"_s, QString::fromLatin1(rule.code));
    if (rule.kind == FaultKind::Reject && !rule.again)
        line.append(u"--final"_s);
    if (rule.chance != 100)
        option(u"chance"_s, QString::number(rule.chance));
    if (rule.most > 0)
        option(u"most"_s, QString::number(rule.most));
    option(u"for"_s, QString::number(order.life.count() / 1000) + u's');
    if (!rule.note.isEmpty())
        option(u"note"_s, rule.note);
    return line.join(u' ');
}

QString curlLine(const FaultOrder &order, const QString &address)
{
    return curlPost(toJson(order), address + u"/v1/faults"_s);
}

} // namespace reveille
