// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/optionreader.h"

#include "client/endpoint.h"

#include <QFile>
#include <QHostInfo>

using namespace Qt::StringLiterals;

namespace reveille {

int OptionReader::number(const QString &name, int from, int to, int otherwise)
{
    if (!has(name))
        return otherwise;
    bool ok = false;
    const int value = text(name).toInt(&ok);
    if (!ok || value < from || value > to)
        refuse("option-value", name);
    return value;
}

QHostAddress OptionReader::address(const QString &name)
{
    const QHostAddress address(text(name));
    if (has(name) && address.isNull())
        refuse("option-value", name);
    return address;
}

std::pair<QHostAddress, quint16> OptionReader::host(const QString &name, QString *hostName)
{
    const std::optional<HostAndPort> place = splitHostAndPort(text(name));
    QHostAddress address(place ? place->host : QString());
    if (place && address.isNull()) {
        const QHostInfo info = QHostInfo::fromName(place->host);
        if (!info.addresses().isEmpty())
            address = info.addresses().first();
        if (hostName)
            *hostName = place->host;
    }
    if (address.isNull())
        refuse("option-value", name);
    return {address, place ? place->port : quint16(0)};
}

QString OptionReader::password()
{
    if (!has(u"password-file"_s))
        return text(u"password"_s);
    QFile file(text(u"password-file"_s));
    if (!file.open(QIODevice::ReadOnly)) {
        refuse("password-file", file.fileName());
        return {};
    }
    QString line = QString::fromUtf8(file.readLine(1024));
    while (line.endsWith(u'\n') || line.endsWith(u'\r'))
        line.chop(1);
    return line;
}

void addOption(QCommandLineParser &parser, const char *name, const char *text, const char *value)
{
    QCommandLineOption option(QString::fromLatin1(name), QString::fromUtf8(text));
    if (value)
        option.setValueName(QString::fromLatin1(value));
    parser.addOption(option);
}

void addStandardOptions(QCommandLineParser &parser)
{
    parser.addOption({{u"h"_s, u"help"_s}, u"Show this help."_s});
    parser.addOption({{u"v"_s, u"version"_s}, u"Show the version."_s});
}

} // namespace reveille
