// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"

#include "domain/faultrule.h"
#include "domain/outcometext.h"
#include "domain/push.h"

#include <algorithm>

namespace reveille::explanationtext {

using namespace Qt::StringLiterals;

namespace {

constexpr CodeWords questions[] = {
    {"named", QT_TRANSLATE_NOOP("reveille::Sentences", "Is it among the devices named?")},
    {"belongs-to-user", QT_TRANSLATE_NOOP("reveille::Sentences", "Does it belong to the user?")},
    {"accepts-pushes", QT_TRANSLATE_NOOP("reveille::Sentences", "Does its owner want pushes?")},
    {"quiet-hours", QT_TRANSLATE_NOOP("reveille::Sentences", "Is it outside its quiet hours?")},
    {"subscribed", QT_TRANSLATE_NOOP("reveille::Sentences", "Does it take this application?")},
    {"content-type", QT_TRANSLATE_NOOP("reveille::Sentences", "Does it take this content type?")},
    {"size", QT_TRANSLATE_NOOP("reveille::Sentences", "Is the content small enough for it?")},
    {"connected", QT_TRANSLATE_NOOP("reveille::Sentences", "Is it connected?")},
    {"ttl", QT_TRANSLATE_NOOP("reveille::Sentences", "Does the push live long enough to wait?")},
    {"chosen-first", QT_TRANSLATE_NOOP("reveille::Sentences", "Does it come first among them?")},
    {"wake-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "Does the wake policy allow it?")},
    {"may-wake", QT_TRANSLATE_NOOP("reveille::Sentences", "May the push wake it?")},
    {"route-known", QT_TRANSLATE_NOOP("reveille::Sentences", "Is a wake-up route known?")},
    {"route-implied", QT_TRANSLATE_NOOP("reveille::Sentences", "Is it implied by the phone number and port of the device?")},
    {"bearer-configured", QT_TRANSLATE_NOOP("reveille::Sentences", "Is the bearer configured?")},
    {"bearer-healthy", QT_TRANSLATE_NOOP("reveille::Sentences", "Does the bearer work?")},
    {"bearer-differs", QT_TRANSLATE_NOOP("reveille::Sentences", "Is it another way than the one that failed?")},
    {"attempts-left", QT_TRANSLATE_NOOP("reveille::Sentences", "Are attempts left on this route?")},
    {"taken", QT_TRANSLATE_NOOP("reveille::Sentences", "Has the device taken it?")},
    {"fault-injected", QT_TRANSLATE_NOOP("reveille::Sentences", "Did an injected fault strike?")},
    {"address-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "May the bearer send to this address?")},
};

constexpr CodeWords settings[] = {
    {"devices", QT_TRANSLATE_NOOP("reveille::Sentences", "the devices named in the push")},
    {"user", QT_TRANSLATE_NOOP("reveille::Sentences", "the user the push is for")},
    {"preferences.accepts_pushes", QT_TRANSLATE_NOOP("reveille::Sentences", "“Accepts pushes” of the device")},
    {"preferences.quiet_from", QT_TRANSLATE_NOOP("reveille::Sentences", "“Quiet hours” of the device, or the priority of the push")},
    {"subscriptions", QT_TRANSLATE_NOOP("reveille::Sentences", "the subscriptions of the device")},
    {"capabilities.content_types", QT_TRANSLATE_NOOP("reveille::Sentences", "the content types of the device")},
    {"capabilities.max_message_size", QT_TRANSLATE_NOOP("reveille::Sentences", "the largest message of the device")},
    {"when", QT_TRANSLATE_NOOP("reveille::Sentences", "when the push is to be sent")},
    {"choice", QT_TRANSLATE_NOOP("reveille::Sentences", "which devices get it")},
    {"ttl_s", QT_TRANSLATE_NOOP("reveille::Sentences", "the time to live of the push")},
    {"wake_routes", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake-up routes of the device")},
    {"bearer", QT_TRANSLATE_NOOP("reveille::Sentences", "the section [bearer.NAME] of the configuration")},
    {"bearer/allowed_networks", QT_TRANSLATE_NOOP("reveille::Sentences", "allowed_networks of the bearer")},
    {"wake/policy", QT_TRANSLATE_NOOP("reveille::Sentences", "policy in the section [wake] of the configuration")},
    {"user.wake_policy", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake policy of the user")},
    {"device.wake_policy", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake policy of the device")},
    {"wake/routes", QT_TRANSLATE_NOOP("reveille::Sentences", "routes in the section [wake] of the configuration")},
    {"faults", QT_TRANSLATE_NOOP("reveille::Sentences", "the faults that were put in the way")},
    {"wake/attempts", QT_TRANSLATE_NOOP("reveille::Sentences", "attempts in the section [wake] of the configuration")},
};

constexpr CodeWords faultKinds[] = {
    {"drop", QT_TRANSLATE_NOOP("reveille::Sentences", "dropped")},
    {"delay", QT_TRANSLATE_NOOP("reveille::Sentences", "delayed")},
    {"duplicate", QT_TRANSLATE_NOOP("reveille::Sentences", "sent twice")},
    {"reject", QT_TRANSLATE_NOOP("reveille::Sentences", "rejected")},
};

constexpr CodeWords states[] = {
    {"accepted", QT_TRANSLATE_NOOP("reveille::Sentences", "accepted")},
    {"waiting", QT_TRANSLATE_NOOP("reveille::Sentences", "it waits")},
    {"waking", QT_TRANSLATE_NOOP("reveille::Sentences", "the device is being woken")},
    {"sending", QT_TRANSLATE_NOOP("reveille::Sentences", "it is being sent")},
    {"expired", QT_TRANSLATE_NOOP("reveille::Sentences", "its time to live ended")},
    {"cancelled", QT_TRANSLATE_NOOP("reveille::Sentences", "it was cancelled")},
    {"replaced", QT_TRANSLATE_NOOP("reveille::Sentences", "a newer push took its place")},
    {"undeliverable", QT_TRANSLATE_NOOP("reveille::Sentences", "it cannot be delivered")},
};

constexpr CodeWords whens[] = {
    {"now", QT_TRANSLATE_NOOP("reveille::Sentences", "now only")},
    {"when_reachable", QT_TRANSLATE_NOOP("reveille::Sentences", "it waits for the device")},
    {"wake", QT_TRANSLATE_NOOP("reveille::Sentences", "it wakes the device")},
};

constexpr CodeWords wakeRules[] = {
    {"on_push", QT_TRANSLATE_NOOP("reveille::Sentences", "when a push is for it")},
    {"always", QT_TRANSLATE_NOOP("reveille::Sentences", "when a push is for it, and when its path goes bad")},
    {"never", QT_TRANSLATE_NOOP("reveille::Sentences", "never: pushes wait until it comes back")},
};

/// What stands behind the number that a check has found.
constexpr CodeWords units[] = {
    {"ttl", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 s")},
    {"size", QT_TRANSLATE_NOOP("reveille::Sentences", "%1 octets")},
};

QString textOf(std::span<const CodeWords> table, const char *code, Translate translate)
{
    const QString text = wordsOf(table, QString::fromLatin1(code), translate);
    return text.isEmpty() ? QString::fromLatin1(code) : text;
}

/// No reason against it, only against now.
bool isHeldForTheDay(const Check &check)
{
    return qstrcmp(check.question, "quiet-hours") == 0 && check.outcome == Check::Outcome::NotAsked && !check.value.isEmpty();
}

const char *answerOf(const Check &check)
{
    if (isHeldForTheDay(check))
        return QT_TRANSLATE_NOOP("reveille::Sentences", "no, so it waits");
    switch (check.outcome) {
    case Check::Outcome::Passed: return QT_TRANSLATE_NOOP("reveille::Sentences", "yes");
    case Check::Outcome::Failed: return QT_TRANSLATE_NOOP("reveille::Sentences", "no");
    case Check::Outcome::NotAsked: break;
    }
    return QT_TRANSLATE_NOOP("reveille::Sentences", "not asked");
}

/// What came of it: the reason where it has one, else the state.
QString taken(const Check &check, Translate translate)
{
    if (const auto state = pushStateFromText(check.value))
        return textOf(states, toText(*state), translate);
    return outcometext::words(check.value.toLatin1(), translate);
}

QString valueOf(const Check &check, Translate translate)
{
    if (qstrcmp(check.question, "fault-injected") == 0)
        return fault(check.value, translate);
    if (qstrcmp(check.question, "taken") == 0)
        return taken(check, translate);
    if (qstrcmp(check.question, "may-wake") == 0)
        return textOf(whens, check.value.toLatin1().constData(), translate);
    if (qstrcmp(check.question, "wake-allowed") == 0)
        return textOf(wakeRules, check.value.toLatin1().constData(), translate);
    const QString unit = check.value.isEmpty() ? QString() : wordsOf(units, QString::fromLatin1(check.question), translate);
    return unit.isEmpty() ? check.value : unit.arg(check.value);
}

} // namespace

QString question(const char *code, Translate translate)
{
    return textOf(questions, code, translate);
}

QString setting(const char *key, Translate translate)
{
    return textOf(settings, key, translate);
}

QString fault(const QString &value, Translate translate)
{
    const qsizetype space = value.indexOf(u' ');
    const auto kind = faultKindFromText(value.left(qMax<qsizetype>(0, space)));
    return kind ? textOf(faultKinds, toText(*kind), translate) + u", "_s + value.mid(space + 1) : value;
}

QString check(const Check &check, Translate translate)
{
    const bool isFault = qstrcmp(check.question, "fault-injected") == 0;
    const QString answer = shownText(isFault ? QT_TRANSLATE_NOOP("reveille::Sentences", "yes") : answerOf(check), translate);
    const QString value = valueOf(check, translate);
    const QString asked = question(check.question, translate);
    if (value.isEmpty() || value == "yes"_L1 || value == "no"_L1)
        return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "%1 %2"), translate).arg(asked, answer);
    return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "%1 %2 (%3)"), translate).arg(asked, answer, value);
}

QString verdict(const DeviceExplanation &device, Translate translate)
{
    if (const Check *failed = device.failed()) {
        const QString reason =
            shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Does not get it. %1"), translate).arg(check(*failed, translate));
        return *failed->setting ? shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "%1. To change it: %2."), translate)
                                      .arg(reason, setting(failed->setting, translate))
                                : reason;
    }
    if (!device.checks.isEmpty() && qstrcmp(device.checks.last().question, "taken") == 0) {
        const Check &taken = device.checks.last();
        return taken.outcome == Check::Outcome::Passed
                   ? shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Has got it."), translate)
                   : shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Has not got it yet (%1)."), translate).arg(valueOf(taken, translate));
    }
    const auto held = std::find_if(device.checks.cbegin(), device.checks.cend(), isHeldForTheDay);
    if (held != device.checks.cend() && device.path == DeliveryPath::Wait)
        return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Gets it once its quiet hours are over (%1)."), translate).arg(held->value);
    switch (device.path) {
    case DeliveryPath::Direct:
        return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Gets it at once over its connection."), translate);
    case DeliveryPath::Wake:
        return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Is woken first, then gets it."), translate);
    case DeliveryPath::Wait:
        return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Gets it when it comes back by itself."), translate);
    case DeliveryPath::None: break;
    }
    return shownText(QT_TRANSLATE_NOOP("reveille::Sentences", "Does not get it."), translate);
}

QStringList questionCodes()
{
    return codesOf(questions);
}

QStringList settingCodes()
{
    return codesOf(settings);
}

} // namespace reveille::explanationtext
