// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/copyline.h"

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

QString targetText(const PushTarget &to)
{
    if (!to.device.isEmpty())
        return to.device.toString();
    return to.msisdn.isEmpty() ? to.user.toString() : to.msisdn.toString();
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
    if (request.sirMode)
        option(u"sir-mode"_s, QString::fromLatin1(toText(*request.sirMode)));
    appendWords(line, {targetText(request.to), QString::fromUtf8(request.body)});
    return line.join(u' ');
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

} // namespace reveille
