// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/selection.h"

#include "domain/quiethours.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

namespace reveille {

using namespace Qt::StringLiterals;
using Outcome = Check::Outcome;

namespace {

/// The checks of one device in the order of the questions; once one failed, the rest is not asked.
class Questions {
public:
    explicit Questions(DeviceExplanation &explanation)
        : m_explanation(explanation)
    {
    }

    /// True where the push may go on.
    bool ask(const char *question, bool good, const QString &value, const char *setting)
    {
        if (m_failed) {
            skip(question);
            return false;
        }
        m_failed = !good;
        m_explanation.checks.append(
            {question, good ? Outcome::Passed : Outcome::Failed, value, good ? "" : setting});
        return good;
    }

    /// A question whose answer stops nothing, or that does not arise.
    void skip(const char *question, const QString &value = {}, const char *setting = "")
    {
        m_explanation.checks.append(
            {question, Outcome::NotAsked, m_failed ? QString() : value, m_failed ? "" : setting});
    }

    bool failed() const { return m_failed; }

private:
    DeviceExplanation &m_explanation;
    bool m_failed = false;
};

QString yesOrNo(bool yes)
{
    return yes ? u"yes"_s : u"no"_s;
}

bool sameApplication(const QString &a, const QString &b)
{
    if (a.compare(b, Qt::CaseInsensitive) == 0)
        return true;
    const std::optional<quint32> number = wellKnownApplication(a);
    return number && number == wellKnownApplication(b);
}

QStringView mediaType(QStringView contentType)
{
    const qsizetype parameters = contentType.indexOf(u';');
    return (parameters < 0 ? contentType : contentType.first(parameters)).trimmed();
}

bool isNamed(const PushRequest &push, const DeviceId &device)
{
    const bool target = push.to.device.isEmpty() || push.to.device == device;
    return target && (push.devices.isEmpty() || push.devices.contains(device));
}

void askWhetherItAccepts(Questions &questions, const PushRequest &push, const Device &device, Timestamp now)
{
    const Preferences &preferences = device.preferences;
    const Capabilities &capabilities = device.capabilities;
    questions.ask("named", isNamed(push, device.id), device.id.toString(), "devices");
    questions.ask("belongs-to-user", push.to.user.isEmpty() || push.to.user == device.user,
                  device.user.toString(), "user");
    questions.ask("accepts-pushes", preferences.acceptsPushes, yesOrNo(preferences.acceptsPushes),
                  "preferences.accepts_pushes");
    const QString quietHours = quietHoursText(preferences);
    if (!quietFor(push, preferences, now).isSet())
        questions.ask("quiet-hours", true, quietHours, "");
    else if (push.isNowOrNever())
        questions.ask("quiet-hours", false, quietHours, "preferences.quiet_from");
    else
        questions.skip("quiet-hours", quietHours, "preferences.quiet_from");
    questions.ask("subscribed", takesApplication(device.subscriptions, push.application), push.application,
                  "subscriptions");
    questions.ask("content-type", takesContentType(capabilities.contentTypes, push.contentType),
                  push.contentType, "capabilities.content_types");
    questions.ask("size", capabilities.maxMessageSize <= 0 || push.body.size() <= capabilities.maxMessageSize,
                  QString::number(push.body.size()), "capabilities.max_message_size");
}

DeliveryPath askHowToReachIt(Questions &questions, const PushRequest &push, const SelectableDevice &candidate)
{
    if (candidate.connected) {
        questions.ask("connected", true, yesOrNo(true), "");
        questions.skip("ttl");
        questions.skip("may-wake");
        questions.skip("wake-allowed");
        questions.skip("route-known");
        return DeliveryPath::Direct;
    }
    if (push.when == PushWhen::Now)
        questions.ask("connected", false, yesOrNo(false), "when");
    else
        questions.skip("connected", yesOrNo(false));
    questions.ask("ttl", push.ttl.count() > 0, QString::number(push.ttl.count() / 1000), "ttl_s");
    if (push.when != PushWhen::Wake) {
        questions.skip("may-wake", QString::fromLatin1(toText(push.when)), "when");
        questions.skip("wake-allowed");
        questions.skip("route-known");
        return DeliveryPath::Wait;
    }
    questions.ask("may-wake", true, QString::fromLatin1(toText(push.when)), "");
    if (candidate.wakeRule.rule == WakeRule::Never) {
        questions.skip("wake-allowed", QString::fromLatin1(toText(candidate.wakeRule.rule)), candidate.wakeRule.setting);
        questions.skip("route-known");
        return DeliveryPath::Wait;
    }
    questions.ask("wake-allowed", true, QString::fromLatin1(toText(candidate.wakeRule.rule)), "");
    if (candidate.hasWakeRoute) {
        questions.ask("route-known", true, yesOrNo(true), "");
        return DeliveryPath::Wake;
    }
    questions.skip("route-known", yesOrNo(false), "wake_routes");
    return DeliveryPath::Wait;
}

/// Smaller comes first.
auto rankOf(const PushRequest &push, const SelectableDevice &candidate, DeliveryPath path)
{
    const int way = path == DeliveryPath::Direct ? 0 : path == DeliveryPath::Wake ? 1 : 2;
    const Preferences &preferences = candidate.device.preferences;
    const int liking = preferences.preferred ? 0 : preferences.order > 0 ? preferences.order : std::numeric_limits<int>::max();
    const bool likingFirst = push.choice == DeviceChoice::Preferred;
    return std::tuple(likingFirst ? liking : way, likingFirst ? way : liking, -candidate.device.lastSeen.ms);
}

void keepOne(const PushRequest &push, const QVector<SelectableDevice> &devices, Explanation &explanation)
{
    const auto rank = [&](qsizetype i) { return rankOf(push, devices[i], explanation.devices[i].path); };
    qsizetype first = -1;
    for (qsizetype i = 0; i < devices.size(); ++i) {
        if (explanation.devices[i].chosen && (first < 0 || rank(i) < rank(first)))
            first = i;
    }
    if (first < 0)
        return;
    for (qsizetype i = 0; i < devices.size(); ++i) {
        DeviceExplanation &entry = explanation.devices[i];
        if (!entry.chosen)
            continue;
        const bool isIt = i == first;
        entry.checks.append({"chosen-first", isIt ? Outcome::Passed : Outcome::Failed, devices[first].device.id.toString(),
                             isIt ? "" : "choice"});
        entry.chosen = isIt;
        entry.path = isIt ? entry.path : DeliveryPath::None;
    }
}

/// The outcome of a delivery as the answer to a question; what time could have changed, it names.
Check outcomeOf(const Delivery &delivery)
{
    const bool isOver = isTerminal(delivery.state);
    const bool isTaken = isDelivered(delivery.state);
    const bool ranOut = isOver && !isTaken && delivery.reason == "ttl-ended";
    return {"taken", isTaken ? Outcome::Passed : isOver ? Outcome::Failed : Outcome::NotAsked,
            QString::fromLatin1(isTaken ? QByteArray() : delivery.reason.isEmpty() ? QByteArray(toText(delivery.state)) : delivery.reason),
            ranOut ? "ttl_s" : ""};
}

} // namespace

Explanation withOutcomes(Explanation explanation, const Push &push)
{
    for (const Delivery &delivery : push.deliveries) {
        auto device = std::find_if(explanation.devices.begin(), explanation.devices.end(),
                                   [&](const DeviceExplanation &one) { return one.device == delivery.device; });
        if (device == explanation.devices.end()) {
            explanation.devices.append({delivery.device, true, DeliveryPath::None, {}});
            device = std::prev(explanation.devices.end());
        }
        if (device->failed())
            continue;
        device->checks.append(outcomeOf(delivery));
    }
    return explanation;
}

bool takesApplication(const QStringList &subscriptions, const QString &application)
{
    return subscriptions.isEmpty() || application.isEmpty() ||
           std::any_of(subscriptions.begin(), subscriptions.end(),
                       [&](const QString &name) { return sameApplication(name, application); });
}

bool takesContentType(const QStringList &accepted, const QString &contentType)
{
    const QStringView type = mediaType(contentType);
    return accepted.isEmpty() || std::any_of(accepted.begin(), accepted.end(), [&](const QString &pattern) {
               const QStringView wanted = mediaType(pattern);
               if (wanted == u"*/*" || wanted == u"*")
                   return true;
               if (wanted.endsWith(u"/*"))
                   return type.startsWith(wanted.chopped(1), Qt::CaseInsensitive);
               return type.compare(wanted, Qt::CaseInsensitive) == 0;
           });
}

Explanation selectDevices(const PushRequest &push, const QVector<SelectableDevice> &devices, Timestamp now)
{
    Explanation explanation;
    explanation.devices.reserve(devices.size());
    for (const SelectableDevice &candidate : devices) {
        DeviceExplanation entry;
        entry.device = candidate.device.id;
        Questions questions(entry);
        askWhetherItAccepts(questions, push, candidate.device, now);
        const DeliveryPath path = askHowToReachIt(questions, push, candidate);
        entry.chosen = !questions.failed();
        const bool waitsForDay = quietFor(push, candidate.device.preferences, now).isSet();
        entry.path = !entry.chosen ? DeliveryPath::None : waitsForDay ? DeliveryPath::Wait : path;
        explanation.devices.append(entry);
    }
    if (push.choice != DeviceChoice::All)
        keepOne(push, devices, explanation);
    return explanation;
}

} // namespace reveille
