// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/sessionrequest.h"

#include "domain/enumtext.h"
#include "domain/textscan.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr EnumNames<3> modeNames{"routed", "broadcast", "broadcast_identified"};

struct RequestName {
    SirRequest request;
    const char *name;
};
constexpr std::array requestNames{
    RequestName{SirRequest::Capability, "capability"},
    RequestName{SirRequest::Preferences, "preferences"},
    RequestName{SirRequest::Security, "security"},
    RequestName{SirRequest::Subscription, "subscription"},
    RequestName{SirRequest::Refusal, "refusal"},
    RequestName{SirRequest::RegistrationMessage, "registration_message"},
    RequestName{SirRequest::CapabilityMessage, "capability_message"},
};

/// Registered push application ids: number, prefix, rest of the URI (wire-facts 1.7).
struct RegisteredApplication {
    quint32 number;
    const char *prefix;
    const char *name;
};
constexpr const char *wap = "x-wap-application:";
constexpr const char *oma = "x-oma-application:";
constexpr std::array registeredApplications{
    RegisteredApplication{0x00, wap, "*"},
    RegisteredApplication{0x01, wap, "push.sia"},
    RegisteredApplication{0x02, wap, "wml.ua"},
    RegisteredApplication{0x03, wap, "wta.ua"},
    RegisteredApplication{0x04, wap, "mms.ua"},
    RegisteredApplication{0x05, wap, "push.syncml"},
    RegisteredApplication{0x06, wap, "loc.ua"},
    RegisteredApplication{0x07, wap, "syncml.dm"},
    RegisteredApplication{0x08, wap, "drm.ua"},
    RegisteredApplication{0x09, wap, "emn.ua"},
    RegisteredApplication{0x0a, wap, "wv.ua"},
    RegisteredApplication{0x10, oma, "ulp.ua"},
    RegisteredApplication{0x11, oma, "dlota.ua"},
    RegisteredApplication{0x12, oma, "java-ams"},
    RegisteredApplication{0x13, oma, "bcast.ua"},
    RegisteredApplication{0x14, oma, "dpe.ua"},
    RegisteredApplication{0x15, oma, "cpm.ua"},
    RegisteredApplication{0x8000, "x-wap-microsoft:", "localcontent.ua"},
    RegisteredApplication{0x9001, "x-oma-nec:", "otaprov.ua"},
};

/// The name behind either of the two common prefixes; handsets use them for each other's applications.
QStringView withoutCommonPrefix(QStringView name)
{
    for (const char *prefix : {wap, oma}) {
        const QLatin1StringView text(prefix);
        if (name.startsWith(text, Qt::CaseInsensitive))
            return name.sliced(text.size());
    }
    return name;
}

} // namespace

const char *toText(SirMode mode)
{
    return nameOf(modeNames, mode);
}

std::optional<SirMode> sirModeFromText(QStringView text)
{
    return valueOf<SirMode>(modeNames, text);
}

QStringList toTexts(SirRequests requests)
{
    QStringList names;
    for (const RequestName &entry : requestNames) {
        if (requests.testFlag(entry.request))
            names.append(QString::fromLatin1(entry.name));
    }
    return names;
}

Result<SirRequests> sirRequestsFromTexts(const QStringList &names)
{
    SirRequests requests;
    for (const QString &name : names) {
        const auto *found =
            std::find_if(requestNames.begin(), requestNames.end(),
                         [&](const RequestName &entry) { return name == QLatin1StringView(entry.name); });
        if (found == requestNames.end())
            return Error{"sir-request-unknown", shortened(name)};
        requests |= found->request;
    }
    return requests;
}

std::optional<quint32> wellKnownApplication(QStringView name)
{
    const QStringView bare = withoutCommonPrefix(name);
    for (const RegisteredApplication &entry : registeredApplications) {
        const QLatin1StringView rest(entry.name);
        if (bare.compare(rest, Qt::CaseInsensitive) == 0)
            return entry.number;
        const QLatin1StringView prefix(entry.prefix);
        if (name.size() == prefix.size() + rest.size() && name.startsWith(prefix, Qt::CaseInsensitive) &&
            name.endsWith(rest, Qt::CaseInsensitive)) {
            return entry.number;
        }
    }
    return std::nullopt;
}

QString wellKnownApplicationName(quint32 number)
{
    for (const RegisteredApplication &entry : registeredApplications) {
        if (entry.number == number)
            return QLatin1StringView(entry.prefix) + QString::fromLatin1(entry.name);
    }
    return {};
}

} // namespace reveille
