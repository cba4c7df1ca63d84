// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natsettings.h"
#include "client/pushclientsettings.h"
#include "client/smsc/smscsettings.h"
#include "domain/msisdn.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QVector>

#include <optional>

namespace reveille {

/// A text for people in one language or several.
struct ScenarioText {
    QMap<QString, QString> languages; ///< "en", "es"; a text without a language stands under ""
    /// In that language ("es", "es_ES"), else in English, else any.
    QString in(const QString &language) const;
    friend bool operator==(const ScenarioText &, const ScenarioText &) = default;
};

/// Somebody whose devices play a part.
struct ScenarioUser {
    QString name;
    PublicUserId id;
    QString displayName;
    QString password; ///< empty: none
};

/// A reference device, or several alike: NAME-1, NAME-2, …
struct ScenarioDevice {
    QString name;
    /// All but the place of the server. Of several, user and device are those of the first; see member().
    PushClientSettings settings;
    bool hasUsualId = true; ///< one made from the scenario's name; else one of the file
    int count = 1;
    QString userPattern;   ///< of several: "{n}" is their number
    QString behind;        ///< a NAT; empty: none
    QString smsc;          ///< where its phone number is known; empty: nowhere
    QStringList smsRoutes; ///< "sms", "ussd": staff knows these routes of it
    Msisdn msisdn;         ///< of the first; the others have the numbers after it
    QString companion;     ///< another device SIRs that are not for this one are handed on to
    int line = 0;

    QString memberName(int index) const; ///< from 0; the name itself where it is one
    PushClientSettings member(int index) const;
    Msisdn memberMsisdn(int index) const;
};

struct ScenarioNat {
    QString name;
    NatSettings settings;
    QVector<QHostAddress> outside; ///< empty: any that reaches the server
};

struct ScenarioSmsc {
    QString name;
    SmscSettings settings;
    bool sms = true;   ///< the server has a bearer NAME over it
    bool ussd = false; ///< and a bearer NAME-ussd
};

/// One thing to do. `fields` are as the interface behind the word takes them (REST, reveille-sim), but that
/// texts may hold ${NAME.FACT}, which is known only when it is done.
struct ScenarioAction {
    enum class Kind : quint8 { Device, Provision, Push, Wake, Fault, Cancel, Simulator, Server, Call, Wait };
    Kind kind = Kind::Device;
    QString word;      ///< "start", "silent" …; of Server "kill" …; else the key
    QStringList names; ///< devices; or the one push, wake-up, fault or simulator
    QJsonObject fields;
    QString each;         ///< Push: to every device of this name, one push each
    bool asServer = true; ///< Push, Call: the operations interface; else that for application servers
    int status = 0;       ///< Call: what must be answered; 0: any 2xx
    Milliseconds time{0}; ///< Wait
    QString text;         ///< as it is written
    int line = 0;
};

/// One thing that has to become true, or must not.
struct ScenarioExpectation {
    enum class Kind : quint8 { Device, Event, Push, Wake, Journal, Metric };
    Kind kind = Kind::Device;
    QString subject;    ///< device, push, wake-up or metric; of Event and Journal the code of the event
    QString by;         ///< Event: the device or simulator it happens to
    QJsonObject fields; ///< path -> what it should be: a value, or a condition (scenariomatch.h)
    /// Device, Push: so many of a group, not all. Event, Journal: so often. Metric: its value.
    QJsonValue count{QJsonValue::Undefined};
    bool never = false;
    bool fromStart = false; ///< Event, Journal: since the beginning, not only since the last step that acts
    std::optional<Milliseconds> within; ///< of `never`: for how long
    QString text;                       ///< as it is written
    int line = 0;
};

struct ScenarioStep {
    ScenarioText title;
    QVector<ScenarioAction> actions;
    QVector<ScenarioExpectation> expectations;
    Milliseconds within{0};
    bool key = false; ///< without what it does the scenario fails
    int line = 0;
};

/// What a scenario's file says. Value, any thread.
struct Scenario {
    QString name; ///< of the file, without folder and suffix
    ScenarioText title;
    ScenarioText about;
    QStringList server; ///< "section/key=value" that its server needs
    QVector<ScenarioUser> users;
    QVector<ScenarioNat> nats;
    QVector<ScenarioSmsc> smscs;
    QVector<ScenarioDevice> devices;
    QVector<ScenarioStep> steps;

    const ScenarioDevice *device(const QString &name) const;
    /// What the identities of all devices that have the usual ones begin with.
    QString devicePrefix() const;
    int deviceCount() const;

    static constexpr int maxSteps = 500;
    static constexpr int maxDevices = 10'000;
    static constexpr int maxPerStep = 100; ///< actions, and expectations
    static constexpr int maxNames = 200;   ///< of users, NATs, SMSCs, device entries, values
    static constexpr Milliseconds maxTime{24 * 3'600'000LL};
    static constexpr Milliseconds usualTime{10'000}; ///< where no `within` is given
};

/// "3s", "500ms", "2m", "1h", "1.5s"; nothing for anything else.
std::optional<Milliseconds> scenarioTimeFromText(const QString &text);

} // namespace reveille
