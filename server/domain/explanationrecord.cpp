// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationrecord.h"

#include <QUrl>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using Outcome = Check::Outcome;

namespace {

struct Question {
    const char *code;
    const char *setting; ///< usual one where the answer stops something, or could
};

/// In the order they are asked; the last one is asked only where a push is for one device.
constexpr Question questions[] = {
    {"named", "devices"},
    {"belongs-to-user", "user"},
    {"accepts-pushes", "preferences.accepts_pushes"},
    {"quiet-hours", "preferences.quiet_from"},
    {"subscribed", "subscriptions"},
    {"content-type", "capabilities.content_types"},
    {"size", "capabilities.max_message_size"},
    {"connected", "when"},
    {"ttl", "ttl_s"},
    {"may-wake", "when"},
    {"wake-allowed", "wake/policy"},
    {"route-known", "wake_routes"},
    {"chosen-first", "choice"},
};
constexpr const char *otherSettings[] = {"", "user.wake_policy", "device.wake_policy"};
constexpr const char *lastQuestion = "chosen-first";
constexpr QChar noDevice = u'-';

bool is(const char *one, const char *other)
{
    return qstrcmp(one, other) == 0;
}

template <typename Text>
const Question *questionOf(Text code)
{
    const auto found = std::find_if(std::begin(questions), std::end(questions),
                                    [&](const Question &question) { return code == QLatin1StringView(question.code); });
    return found == std::end(questions) ? nullptr : found;
}

/// The code that lasts; nullptr where it is none of ours.
const char *settingOf(QStringView text)
{
    for (const Question &question : questions) {
        if (text == QLatin1StringView(question.setting))
            return question.setting;
    }
    for (const char *setting : otherSettings) {
        if (text == QLatin1StringView(setting))
            return setting;
    }
    return nullptr;
}

QString usualValue(const Question &question, Outcome outcome, const DeviceId &device, const Push &push)
{
    const QString yesOrNo = outcome == Outcome::Passed ? u"yes"_s : u"no"_s;
    if (is(question.code, "connected"))
        return yesOrNo;
    if (is(question.code, "may-wake"))
        return QString::fromLatin1(toText(push.request.when));
    if (is(question.code, "route-known") || is(question.code, "accepts-pushes"))
        return yesOrNo;
    if (is(question.code, "named") || is(question.code, lastQuestion))
        return device.toString();
    if (is(question.code, "belongs-to-user"))
        return push.user.toString();
    if (is(question.code, "subscribed"))
        return push.request.application;
    if (is(question.code, "content-type"))
        return push.request.contentType;
    if (is(question.code, "size"))
        return QString::number(push.request.body.size());
    if (is(question.code, "ttl"))
        return QString::number(push.request.ttl.count() / 1000);
    return {};
}

/// What is usual on a path; after a question that failed none is asked.
Check usualCheck(const Question &question, DeliveryPath path, bool hasFailed, const DeviceId &device, const Push &push)
{
    const bool isDirect = path == DeliveryPath::Direct, wakes = push.request.when == PushWhen::Wake;
    Check check{question.code, Outcome::Passed, {}, ""};
    if (hasFailed) {
        check.outcome = Outcome::NotAsked;
        return check;
    }
    if (is(question.code, "connected")) {
        check.outcome = isDirect ? Outcome::Passed : Outcome::NotAsked;
    } else if (const bool isOfWaking = is(question.code, "wake-allowed") || is(question.code, "route-known");
               is(question.code, "ttl") || is(question.code, "may-wake") || isOfWaking) {
        if (isDirect || (isOfWaking && !wakes)) {
            check.outcome = Outcome::NotAsked;
            return check;
        }
        if (is(question.code, "may-wake") && !wakes) {
            check.outcome = Outcome::NotAsked;
            check.setting = question.setting;
        } else if (is(question.code, "route-known") && path != DeliveryPath::Wake) {
            check.outcome = Outcome::NotAsked;
            check.setting = question.setting;
        }
    }
    check.value = usualValue(question, check.outcome, device, push);
    return check;
}

const char *usualSetting(const Question &question, Outcome outcome)
{
    return outcome == Outcome::Failed ? question.setting : "";
}

QChar signOf(Outcome outcome)
{
    return outcome == Outcome::Passed ? u'+' : outcome == Outcome::Failed ? u'-' : u'~';
}

std::optional<Outcome> outcomeOf(QChar sign)
{
    return sign == u'+'   ? std::optional(Outcome::Passed)
           : sign == u'-' ? std::optional(Outcome::Failed)
           : sign == u'~' ? std::optional(Outcome::NotAsked)
                          : std::nullopt;
}

QString encoded(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value, "/:,=+*", "@"));
}

/// Where a failed one, or one that was not asked, found what is usual, its value is left out.
QString toText(const Question &question, const Check &check, const DeviceId &device, const Push &push)
{
    QString text = QLatin1StringView(question.code) + signOf(check.outcome);
    if (check.value != (check.outcome == Outcome::NotAsked ? QString() : usualValue(question, check.outcome, device, push)))
        text += check.value.isEmpty() ? u"%"_s : encoded(check.value);
    if (!is(check.setting, usualSetting(question, check.outcome)))
        text += u'@' + QLatin1StringView(check.setting);
    return text;
}

std::optional<Check> checkOf(QStringView text, const DeviceId &device, const Push &push)
{
    // Questions have hyphens in their names, and no name is the beginning of another one.
    for (qsizetype at = text.size() - 1; at > 0; --at) {
        const Question *question = questionOf(text.first(at));
        const std::optional<Outcome> outcome = outcomeOf(text[at]);
        if (!question || !outcome)
            continue;
        Check check{question->code, *outcome, {}, usualSetting(*question, *outcome)};
        const QStringView rest = text.sliced(at + 1);
        const qsizetype mark = rest.indexOf(u'@');
        const QStringView value = mark < 0 ? rest : rest.first(mark);
        if (mark >= 0)
            check.setting = settingOf(rest.sliced(mark + 1));
        if (!check.setting)
            return std::nullopt;
        if (value.isEmpty())
            check.value = check.outcome == Outcome::NotAsked ? QString() : usualValue(*question, check.outcome, device, push);
        else if (value != u"%")
            check.value = QUrl::fromPercentEncoding(value.toUtf8());
        return check;
    }
    return std::nullopt;
}

std::optional<DeviceExplanation> deviceOf(QStringView text, const Push &push)
{
    const QList<QStringView> words = text.split(u' ', Qt::SkipEmptyParts);
    const auto id = words.size() < 2 ? Result<DeviceId>(Error{}) : DeviceId::parse(words[0].toString());
    DeviceExplanation device;
    bool isPath = false;
    for (const DeliveryPath path : {DeliveryPath::None, DeliveryPath::Direct, DeliveryPath::Wake, DeliveryPath::Wait}) {
        if (id && words[1] == QLatin1StringView(reveille::toText(path))) {
            device.path = path;
            isPath = true;
        }
    }
    if (!isPath)
        return std::nullopt;
    device.device = *id;
    device.chosen = device.path != DeliveryPath::None;
    QVector<Check> unusual;
    for (const QStringView word : words.sliced(2)) {
        const std::optional<Check> check = checkOf(word, *id, push);
        if (!check)
            return std::nullopt;
        unusual.append(*check);
    }
    for (const Question &question : questions) {
        const auto known = std::find_if(unusual.cbegin(), unusual.cend(),
                                        [&](const Check &check) { return is(check.question, question.code); });
        if (known != unusual.cend())
            device.checks.append(*known);
        else if (!is(question.code, lastQuestion))
            device.checks.append(usualCheck(question, device.path, device.failed() != nullptr, *id, push));
    }
    return device;
}

} // namespace

QString explanationRecord(const Explanation &explanation, const Push &push)
{
    QStringList devices;
    for (const DeviceExplanation &device : explanation.devices) {
        if (devices.size() == mostRecordedDevices) {
            devices.append(u'+' + QString::number(explanation.devices.size() - mostRecordedDevices));
            break;
        }
        QString text = device.device.toString() + u' ' + QLatin1StringView(toText(device.path));
        bool hasFailed = false;
        for (const Check &check : device.checks) {
            const Question *question = questionOf(QLatin1StringView(check.question));
            if (!question)
                continue;
            if (is(check.question, lastQuestion) || !(usualCheck(*question, device.path, hasFailed, device.device, push) == check))
                text += u' ' + toText(*question, check, device.device, push);
            hasFailed |= check.outcome == Outcome::Failed;
        }
        devices.append(text);
    }
    return devices.isEmpty() ? QString(noDevice) : devices.join(u"; ");
}

std::optional<Explanation> explanationFromRecord(QStringView record, const Push &push)
{
    Explanation explanation;
    if (record == noDevice)
        return explanation;
    for (const QStringView text : record.split(u"; ")) {
        if (text.startsWith(u'+')) {
            explanation.complete = false;
            continue;
        }
        const std::optional<DeviceExplanation> device = deviceOf(text, push);
        if (!device)
            return std::nullopt;
        explanation.devices.append(*device);
    }
    return explanation;
}

} // namespace reveille
