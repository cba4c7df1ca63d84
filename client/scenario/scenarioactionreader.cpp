// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariomatch.h"
#include "client/scenario/scenarioreading.h"
#include "domain/push.h"
#include "domain/sessionrequest.h"
#include "wire/json.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr int largestMade = 1024 * 1024;

const QStringList &deviceWords()
{
    static const QStringList words{u"start"_s, u"stop"_s,     u"silent"_s,     u"answer"_s, u"drop"_s,
                                   u"deaf"_s,  u"register"_s, u"unregister"_s, u"hear"_s,   u"refuse"_s};
    return words;
}

const QStringList &otherWords()
{
    static const QStringList words{u"provision"_s, u"push"_s, u"wake"_s,   u"fault"_s, u"cancel"_s,
                                   u"nat"_s,       u"smsc"_s, u"server"_s, u"call"_s,  u"wait"_s};
    return words;
}

void checkDevice(const QString &name, int line, const ScenarioNames &names, ScenarioFault &fault)
{
    if (!names.isDevice(name))
        failUnknownName(name, line, names.devices(), fault);
}

void readDeviceWord(ScenarioFields &fields, ScenarioAction &action, const ScenarioNames &names,
                    ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Device;
    fields.texts(action.word, action.names, Scenario::maxNames);
    for (const QString &name : std::as_const(action.names))
        checkDevice(name, action.line, names, fault);
    if (action.word == u"refuse") {
        int status = 480;
        fields.number(u"status"_s, status, 0, 699);
        action.fields.insert(u"status"_s, status);
    }
}

void readProvision(const YamlNode &node, ScenarioFields &fields, ScenarioAction &action,
                   const ScenarioNames &names, ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Provision;
    fields.texts(action.word, action.names, 1);
    for (const QString &name : std::as_const(action.names))
        checkDevice(name, action.line, names, fault);
    for (const char *key : {"msisdn", "client_port", "wake_routes", "subscriptions", "preferences",
                            "capabilities", "wake_policy", "name"}) {
        const QString name = QString::fromLatin1(key);
        if (fields.has(name))
            action.fields.insert(name, toJson(*node.find(name)));
    }
}

void giveName(const QString &name, int line, ScenarioNames &names, QStringList &to, ScenarioFault &fault)
{
    if (!isScenarioName(name))
        return fault.fail("scenario-name", name.left(64), line);
    if (names.isTaken(name))
        return fault.fail("scenario-name-twice", name, line);
    to.append(name);
}

void readTarget(const YamlNode &to, ScenarioAction &action, const ScenarioNames &names, ScenarioFault &fault)
{
    ScenarioFields fields(to, fault);
    QJsonObject target;
    for (const char *kind : {"user", "device", "session", "msisdn"}) {
        QString text;
        fields.text(QString::fromLatin1(kind), text);
        if (!text.isEmpty())
            target.insert(QString::fromLatin1(kind), text);
    }
    fields.text(u"each"_s, action.each);
    fields.finish();
    if (target.size() + (action.each.isEmpty() ? 0 : 1) != 1 && !fault.failed())
        fault.fail("scenario-key-missing", u"to"_s, to.line, u"user, device, session, msisdn, each"_s);
    const QString device = action.each.isEmpty() ? target.value(u"device"_s).toString() : action.each;
    if (!device.isEmpty() && !device.contains(u':') && !device.contains(u"${"))
        checkDevice(device, to.line, names, fault);
    action.fields.insert(u"to"_s, target);
}

void readInterface(ScenarioFields &fields, ScenarioAction &action)
{
    fields.choice(
        u"over"_s, action.asServer,
        [](const QString &text) -> std::optional<bool> {
            if (text == u"operations" || text == u"triggers")
                return text == u"operations";
            return {};
        },
        u"operations, triggers"_s);
}

void readPush(const YamlNode &node, ScenarioFields &fields, ScenarioAction &action, ScenarioNames &names,
              ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Push;
    QString name;
    fields.text(u"push"_s, name);
    fields.require(u"to"_s, action.word);
    if (const YamlNode *to = fields.node(u"to"_s))
        readTarget(*to, action, names, fault);
    readInterface(fields, action);
    QStringList devices;
    fields.texts(u"devices"_s, devices, 64);
    for (const QString &device : std::as_const(devices))
        checkDevice(device, action.line, names, fault);
    if (!devices.isEmpty())
        action.fields.insert(u"devices"_s, QJsonArray::fromStringList(devices));
    QString body;
    fields.longText(u"body"_s, body);
    int size = 0;
    fields.number(u"size"_s, size, 0, largestMade);
    if (size > 0)
        action.fields.insert(u"size"_s, size); // made when it is sent
    else
        action.fields.insert(u"body"_s, body);
    for (const char *key : {"application", "content_type"}) {
        const QString field = QString::fromLatin1(key);
        if (fields.has(field))
            action.fields.insert(field, node.find(field)->text);
    }
    action.fields.insert(u"content_type"_s, action.fields.value(u"content_type"_s).toString(u"text/plain"_s));
    Milliseconds ttl(60'000);
    fields.time(u"ttl"_s, ttl, Milliseconds(1000));
    action.fields.insert(u"ttl_s"_s, qint64(ttl.count() / 1000));
    bool confirm = false;
    fields.flag(u"confirm"_s, confirm);
    if (confirm)
        action.fields.insert(u"confirm"_s, true);
    const auto choice = [&](const char *key, auto parse, const QString &choices) {
        const QString field = QString::fromLatin1(key);
        const YamlNode *given = fields.node(field);
        if (!given)
            return;
        if (given->isScalar() && parse(given->text))
            action.fields.insert(field, given->text);
        else
            fields.wrong(field, *given, choices);
    };
    choice("priority", pushPriorityFromText, u"low, normal, high"_s);
    choice("when", pushWhenFromText, u"now, when_reachable, wake"_s);
    choice("choice", deviceChoiceFromText, u"all, first_reachable, preferred"_s);
    choice("sir_mode", sirModeFromText, u"routed, broadcast, broadcast_identified"_s);
    giveName(name, action.line, names, names.pushes, fault);
    action.names = {name};
}

void readWake(const YamlNode &node, ScenarioFields &fields, ScenarioAction &action, ScenarioNames &names,
              ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Wake;
    QString name;
    fields.text(u"wake"_s, name);
    fields.require(u"device"_s, action.word);
    QString device;
    fields.text(u"device"_s, device);
    if (!fields.failed())
        checkDevice(device, action.line, names, fault);
    for (const char *key : {"bearer", "mode", "empty", "request", "application", "gateway"}) {
        const QString field = QString::fromLatin1(key);
        if (fields.has(field))
            action.fields.insert(field, toJson(*node.find(field)));
    }
    if (action.fields.value(u"request"_s).isString())
        action.fields.insert(u"request"_s, QJsonArray{action.fields.value(u"request"_s)});
    giveName(name, action.line, names, names.wakes, fault);
    action.names = {name, device};
}

/// As POST /v1/faults takes it, but that times have a unit.
void readFault(const YamlNode &node, ScenarioFields &fields, ScenarioAction &action, ScenarioNames &names,
               ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Fault;
    QString name;
    fields.text(u"fault"_s, name);
    fields.require(u"kind"_s, action.word);
    for (const char *key :
         {"kind", "what", "bearer", "connection", "code", "again", "chance", "most", "note"}) {
        const QString field = QString::fromLatin1(key);
        if (fields.has(field))
            action.fields.insert(field, toJson(*node.find(field)));
    }
    if (const QJsonValue code = action.fields.value(u"code"_s); code.isDouble())
        action.fields.insert(u"code"_s, node.find(u"code"_s)->text);
    QString device;
    fields.text(u"device"_s, device);
    if (!device.isEmpty()) {
        checkDevice(device, action.line, names, fault);
        action.fields.insert(u"device"_s, u"${"_s + device + u".id}"_s);
    }
    if (fields.has(u"delay"_s)) {
        Milliseconds delay{0};
        fields.time(u"delay"_s, delay, Milliseconds(1));
        action.fields.insert(u"delay_ms"_s, qint64(delay.count()));
    }
    Milliseconds life(60'000);
    fields.time(u"for"_s, life, Milliseconds(1000));
    action.fields.insert(u"for_s"_s, qint64(life.count() / 1000));
    giveName(name, action.line, names, names.faults, fault);
    action.names = {name};
}

void readCancel(ScenarioFields &fields, ScenarioAction &action, const ScenarioNames &names,
                ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Cancel;
    QString name;
    fields.text(u"cancel"_s, name);
    const QStringList known = names.pushes + names.wakes + names.faults;
    if (!fields.failed() && !known.contains(name))
        failUnknownName(name, action.line, known, fault);
    action.names = {name};
}

/// The words after the name are those of reveille-sim's console, tried on one that does not run.
void readSimulator(const YamlNode &node, ScenarioAction &action, const ScenarioNames &names,
                   ScenarioFault &fault)
{
    action.kind = ScenarioAction::Kind::Simulator;
    const bool nat = action.word == u"nat";
    const QString name = node.find(action.word)->text;
    action.names = {name};
    if (!names.isSimulator(name))
        return failUnknownName(name, action.line, names.simulators(), fault);
    YamlNode rest = node;
    const qsizetype at = rest.keys.indexOf(action.word);
    rest.keys.removeAt(at);
    rest.items.erase(rest.items.begin() + at);
    const QJsonObject defaults = nat ? toJson(NatSettings{}) : toJson(SmscSettings{});
    const QStringList words =
        nat ? QStringList{u"do"_s, u"mapping"_s, u"protocol"_s, u"inside"_s, u"device"_s}
            : QStringList{u"do"_s, u"msisdn"_s, u"place"_s, u"reachable"_s, u"device"_s, u"password"_s};
    action.fields = settingsOf(rest, defaults, words, fault);
    if (fault.failed())
        return;
    QJsonObject tried = action.fields;
    if (const QString device = tried.take(u"device"_s).toString(); !device.isEmpty()) {
        checkDevice(device, action.line, names, fault);
        if (nat)
            tried.insert(u"inside"_s, u"127.0.0.1:1"_s);
        else
            tried.insert(u"msisdn"_s, u"491701234567"_s);
        if (!nat && tried.value(u"do"_s).toString() == u"terminal")
            tried.insert(u"place"_s, u"127.0.0.1:1"_s);
    }
    const QByteArray line = toJsonBytes(tried);
    std::optional<Error> wrong;
    if (nat) {
        if (const auto command = natCommandFromJson(line, {}); !command)
            wrong = command.error();
    } else if (const auto command = smscCommandFromJson(line, {}); !command) {
        wrong = command.error();
    }
    if (wrong)
        fault.fail("scenario-value", wrong->about, action.line, QString::fromLatin1(wrong->code));
}

void readServer(ScenarioFields &fields, ScenarioAction &action, const YamlNode &node)
{
    action.kind = ScenarioAction::Kind::Server;
    fields.text(u"server"_s, action.word);
    static const QStringList words{u"stop"_s, u"kill"_s, u"start"_s, u"restart"_s};
    if (!fields.failed() && !words.contains(action.word))
        fields.wrong(u"server"_s, *node.find(u"server"_s), words.join(u", "_s));
}

void readCall(const YamlNode &node, ScenarioFields &fields, ScenarioAction &action)
{
    action.kind = ScenarioAction::Kind::Call;
    QString line;
    fields.text(u"call"_s, line, 4096);
    action.names = line.split(u' ');
    static const QStringList methods{u"GET"_s, u"POST"_s, u"PUT"_s, u"DELETE"_s};
    if (!fields.failed() && (action.names.size() != 2 || !methods.contains(action.names.first()) ||
                             !action.names.last().startsWith(u'/')))
        return fields.wrong(u"call"_s, *node.find(u"call"_s), u"GET /v1/status"_s);
    readInterface(fields, action);
    fields.number(u"status"_s, action.status, 100, 599);
    for (const char *key : {"body", "answer"}) {
        const QString field = QString::fromLatin1(key);
        if (fields.has(field))
            action.fields.insert(field, toJson(*node.find(field)));
    }
    if (const YamlNode *body = fields.node(u"body"_s); body && body->isScalar() && !toJson(*body).isString())
        fields.wrong(u"body"_s, *body, u"{…}, […] or a text"_s);
    const QJsonValue answer = action.fields.value(u"answer"_s);
    if (!answer.isUndefined() && !answer.isObject())
        fields.wrong(u"answer"_s, *node.find(u"answer"_s), u"{field: value}"_s);
    for (const QJsonValue &wanted : answer.toObject()) {
        if (!conditionFault(wanted).isEmpty())
            fields.wrong(u"answer"_s, *node.find(u"answer"_s), scenarioConditions().join(u", "_s));
    }
    QString type;
    fields.text(u"content_type"_s, type);
    if (!type.isEmpty())
        action.fields.insert(u"content_type"_s, type);
}

} // namespace

ScenarioAction readAction(const YamlNode &node, ScenarioNames &names, ScenarioFault &fault)
{
    ScenarioAction action;
    action.line = node.line;
    action.text = toFlowText(node);
    const QStringList words = deviceWords() + otherWords();
    if (!node.isMap() || node.keys.isEmpty()) {
        fault.fail("scenario-type", u"do"_s, node.line, u"an action: "_s + words.join(u", "_s));
        return action;
    }
    action.word = node.keys.first();
    ScenarioFields fields(node, fault);
    fields.node(action.word);
    if (!words.contains(action.word)) {
        fault.fail("scenario-key-unknown", action.word.left(64), node.line, nearestOf(action.word, words));
        return action;
    }
    fields.require(action.word, u"do"_s);
    if (fields.failed())
        return action;
    if (deviceWords().contains(action.word)) {
        readDeviceWord(fields, action, names, fault);
    } else if (action.word == u"provision") {
        readProvision(node, fields, action, names, fault);
    } else if (action.word == u"push") {
        readPush(node, fields, action, names, fault);
    } else if (action.word == u"wake") {
        readWake(node, fields, action, names, fault);
    } else if (action.word == u"fault") {
        readFault(node, fields, action, names, fault);
    } else if (action.word == u"cancel") {
        readCancel(fields, action, names, fault);
    } else if (action.word == u"nat" || action.word == u"smsc") {
        readSimulator(node, action, names, fault);
        return action;
    } else if (action.word == u"server") {
        readServer(fields, action, node);
    } else if (action.word == u"call") {
        readCall(node, fields, action);
    } else {
        action.kind = ScenarioAction::Kind::Wait;
        fields.time(u"wait"_s, action.time);
    }
    fields.finish();
    return action;
}

} // namespace reveille
