// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contentclass.h"

#include "domain/enumtext.h"
#include "domain/sessionrequest.h"

namespace reveille {

namespace {

constexpr EnumNames<contentClasses> names{"provisioning", "service_loading", "session"};

constexpr struct {
    const char *name; ///< the first characters of a name where it ends with *
    ContentClass content;
} types[] = {
    {"text/vnd.wap.connectivity*", ContentClass::Provisioning},
    {"application/vnd.wap.connectivity*", ContentClass::Provisioning},
    {"text/x-wap-prov.*", ContentClass::Provisioning},
    {"application/x-wap-prov.*", ContentClass::Provisioning},
    {"application/vnd.syncml*", ContentClass::Provisioning},
    {"text/vnd.wap.sl", ContentClass::ServiceLoading},
    {"application/vnd.wap.slc", ContentClass::ServiceLoading},
    {"text/vnd.wap.co", ContentClass::ServiceLoading},
    {"application/vnd.wap.coc", ContentClass::ServiceLoading},
    {"text/vnd.wap.sia", ContentClass::Session},
    {"application/vnd.wap.sia", ContentClass::Session},
}, applications[] = {
    {"push.sia", ContentClass::Session},
    {"push.syncml", ContentClass::Provisioning},
    {"syncml.dm", ContentClass::Provisioning},
    {"otaprov.ua", ContentClass::Provisioning},
    {"cfgmgr.ua", ContentClass::Provisioning},
};

bool fits(QStringView text, QLatin1StringView name)
{
    return name.endsWith(u'*') ? text.startsWith(name.chopped(1), Qt::CaseInsensitive)
                               : text.compare(name, Qt::CaseInsensitive) == 0;
}

std::optional<ContentClass> classOfName(QStringView application)
{
    const QStringView name = application.sliced(application.lastIndexOf(u':') + 1).trimmed();
    for (const auto &known : applications) {
        if (fits(name, QLatin1StringView(known.name)))
            return known.content;
    }
    return std::nullopt;
}

std::optional<ContentClass> classOfNumber(QStringView digits)
{
    bool isNumber = false;
    const quint32 number = digits.isEmpty() || !digits.front().isDigit() ? 0 : digits.toUInt(&isNumber, 16);
    return isNumber ? classOfName(wellKnownApplicationName(number)) : std::nullopt;
}

/// A URI, its number, or a URI and behind it the number that it is sent as (wire-facts 2.3).
std::optional<ContentClass> classOfApplication(QStringView application)
{
    constexpr QLatin1StringView encoding("app-encoding=");
    for (const QStringView part : application.tokenize(u';')) {
        const QStringView text = part.trimmed();
        const bool isEncoding = text.startsWith(encoding, Qt::CaseInsensitive);
        auto known = classOfName(text);
        if (!known)
            known = classOfNumber(isEncoding ? text.sliced(encoding.size()).trimmed() : text);
        if (known)
            return known;
    }
    return std::nullopt;
}

} // namespace

const char *toText(ContentClass content)
{
    return nameOf(names, content);
}

std::optional<ContentClass> contentClassFromText(QStringView text)
{
    return valueOf<ContentClass>(names, text);
}

std::optional<ContentClass> contentClassOf(QStringView contentType, QStringView application)
{
    const qsizetype parameters = contentType.indexOf(u';');
    const QStringView type = (parameters < 0 ? contentType : contentType.first(parameters)).trimmed();
    for (const auto &known : types) {
        if (fits(type, QLatin1StringView(known.name)))
            return known.content;
    }
    return classOfApplication(application);
}

} // namespace reveille
