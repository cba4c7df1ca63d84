// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocodes.h"
#include "client/scenario/scenariomatch.h"
#include "client/scenario/scenarioreading.h"
#include "domain/push.h"
#include "domain/wakeup.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

using Kind = ScenarioExpectation::Kind;

const QStringList &expectationWords()
{
    static const QStringList words{u"device"_s,  u"event"_s,  u"push"_s, u"wake"_s,
                                   u"journal"_s, u"metric"_s, u"never"_s};
    return words;
}

class ExpectationReader {
public:
    ExpectationReader(const YamlNode &node, const ScenarioNames &names, ScenarioFault &fault)
        : m_node(node)
        , m_names(names)
        , m_fault(fault)
        , m_fields(node, fault)
    {
    }

    ScenarioExpectation read()
    {
        m_wanted.line = m_node.line;
        m_wanted.text = toFlowText(m_node);
        if (!m_node.isMap() || m_node.keys.isEmpty()) {
            m_fault.fail("scenario-type", u"expect"_s, m_node.line,
                         u"an expectation: "_s + expectationWords().join(u", "_s));
            return m_wanted;
        }
        const QString word = m_node.keys.first();
        if (!expectationWords().contains(word)) {
            m_fault.fail("scenario-key-unknown", word.left(64), m_node.line,
                         nearestOf(word, expectationWords()));
            return m_wanted;
        }
        if (word == u"never")
            return readNever();
        m_fields.require(word, u"expect"_s);
        m_fields.text(word, m_wanted.subject);
        readKind(word);
        within(u"within"_s);
        m_fields.finish();
        return m_wanted;
    }

private:
    ScenarioExpectation readNever()
    {
        const YamlNode *inner = m_fields.node(u"never"_s);
        if (!inner || !inner->isMap()) {
            m_fault.fail("scenario-type", u"never"_s, m_node.line, u"an expectation in {}"_s);
            return m_wanted;
        }
        const QString text = m_wanted.text;
        m_wanted = ExpectationReader(*inner, m_names, m_fault).read();
        m_wanted.never = true;
        m_wanted.text = text;
        m_fields.require(u"for"_s, u"never"_s);
        within(u"for"_s);
        m_fields.finish();
        return m_wanted;
    }

    void readKind(const QString &word)
    {
        if (m_fault.failed())
            return;
        if (word == u"device")
            readDeviceState();
        else if (word == u"event")
            readEvent();
        else if (word == u"push")
            readPush();
        else if (word == u"wake")
            readWake();
        else if (word == u"journal")
            readJournal();
        else
            readMetric();
    }

    void readDeviceState()
    {
        m_wanted.kind = Kind::Device;
        knownDevice(m_wanted.subject);
        field(u"state"_s, u"liveness.state"_s,
              {u"up"_s, u"suspect"_s, u"lost"_s, u"waking"_s, u"unreachable"_s});
        field(u"reason"_s, u"liveness.reason"_s,
              {u"pinhole_closed"_s, u"interrupted"_s, u"expired"_s, u"closed_by_peer"_s});
        field(u"rule"_s, u"liveness.evidence.rule"_s);
        field(u"connections"_s, u"connections"_s);
        field(u"pending"_s, u"pending_pushes"_s);
        field(u"active_wake"_s, u"active_wake"_s);
        more();
        count(u"count"_s);
    }

    void readEvent()
    {
        m_wanted.kind = Kind::Event;
        m_fields.require(u"by"_s, u"event"_s);
        m_fields.text(u"by"_s, m_wanted.by);
        if (m_names.foreign) // only its server is seen of it
            failUnknownName(m_wanted.by, m_node.line, {}, m_fault);
        const QStringList sources = m_names.sources();
        if (!m_fault.failed() && !sources.contains(m_wanted.by) && !m_names.isDevice(m_wanted.by))
            failUnknownName(m_wanted.by, m_node.line, sources, m_fault);
        checkCode(knownEvents());
        about(u"push"_s, m_names.pushes);
        more();
        count(u"times"_s);
        since();
    }

    void readPush()
    {
        m_wanted.kind = Kind::Push;
        known(m_wanted.subject, m_names.pushes);
        m_fields.text(u"device"_s, m_wanted.by);
        if (!m_wanted.by.isEmpty())
            knownDevice(m_wanted.by);
        field(u"state"_s, u"state"_s, names(pushStateFromText));
        for (const QString &name : {u"reason"_s, u"attempts"_s}) {
            if (!m_wanted.by.isEmpty())
                field(name, name);
        }
        if (m_wanted.by.isEmpty())
            field(u"deliveries"_s, u"deliveries"_s);
        more();
        count(u"count"_s);
    }

    void readWake()
    {
        m_wanted.kind = Kind::Wake;
        if (!m_names.wakes.contains(m_wanted.subject) && !m_names.isDevice(m_wanted.subject))
            failUnknownName(m_wanted.subject, m_node.line, m_names.wakes + m_names.devices(), m_fault);
        m_wanted.fromStart = m_names.foreign;
        field(u"state"_s, u"state"_s, names(wakeStateFromText));
        field(u"mode"_s, u"mode"_s, {u"routed"_s, u"broadcast"_s, u"broadcast_identified"_s});
        field(u"bearer"_s, u"attempts.-1.bearer"_s);
        field(u"attempts"_s, u"attempts"_s);
        field(u"furthest"_s, u"furthest"_s, names(wakeStepFromText));
        field(u"outcome"_s, u"outcome"_s);
        field(u"because"_s, u"because"_s);
        more();
        since();
    }

    void readJournal()
    {
        m_wanted.kind = Kind::Journal;
        field(u"kind"_s, u"kind"_s, {u"connection"_s, u"sir"_s, u"wake"_s, u"push"_s, u"trigger"_s});
        QString device;
        m_fields.text(u"device"_s, device);
        if (!device.isEmpty()) {
            knownDevice(device);
            m_wanted.by = device;
        }
        about(u"push"_s, m_names.pushes);
        about(u"wake"_s, m_names.wakes);
        if (const YamlNode *fields = m_fields.names(u"fields"_s, 50))
            fill(*fields, u"fields."_s);
        count(u"times"_s);
        since();
        checkCode(knownJournalEvents());
    }

    /// A code that nobody tells would never come, and "never" always hold.
    void checkCode(const QStringList &known)
    {
        if (!m_fault.failed() && !known.contains(m_wanted.subject))
            failUnknownName(m_wanted.subject, m_node.line, known, m_fault);
    }

    void readMetric()
    {
        m_wanted.kind = Kind::Metric;
        QJsonObject conditions;
        for (const QString &key : {u"at_least"_s, u"at_most"_s}) {
            if (const YamlNode *found = m_fields.node(key))
                conditions.insert(key, toJson(*found));
        }
        m_wanted.count = conditions.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(conditions);
        if (conditions.isEmpty())
            m_fields.require(u"is"_s, u"metric"_s);
        count(u"is"_s);
        checkConditions(u"metric"_s, m_wanted.count, m_node.line);
    }

    template <typename Parse>
    static QStringList names(Parse parse)
    {
        QStringList known;
        for (const char *name : {"accepted",  "waiting",   "waking",    "sending",       "delivered",
                                 "expired",   "cancelled", "replaced",  "undeliverable", "active",
                                 "succeeded", "refused",   "exhausted", "requested",     "route_chosen",
                                 "encoded",   "submitted", "received",  "device_seen",   "restored",
                                 "confirmed"}) {
            if (parse(QString::fromLatin1(name)))
                known.append(QString::fromLatin1(name));
        }
        return known;
    }

    /// `choices`: what a plain text may be; empty: anything.
    void field(const QString &key, const QString &path, const QStringList &choices = {})
    {
        const YamlNode *found = m_node.find(key);
        m_fields.node(key);
        if (!found || m_fault.failed())
            return;
        const QJsonValue value = toJson(*found);
        if (value.isArray())
            return m_fields.wrong(key, *found, u"a value or {condition: value}"_s);
        if (value.isString() && !choices.isEmpty() && !choices.contains(value.toString()))
            return m_fields.wrong(key, *found, choices.join(u", "_s));
        checkConditions(key, value, found->line);
        m_wanted.fields.insert(path, value);
    }

    void more()
    {
        if (const YamlNode *fields = m_fields.names(u"fields"_s, 50))
            fill(*fields, {});
    }
    void fill(const YamlNode &fields, const QString &prefix)
    {
        for (size_t i = 0; i < fields.items.size() && !m_fault.failed(); ++i) {
            const QString key = fields.keys.at(qsizetype(i));
            const QJsonValue value = toJson(fields.items[i]);
            checkConditions(key, value, fields.items[i].line);
            m_wanted.fields.insert(prefix + key, value);
        }
    }
    void checkConditions(const QString &key, const QJsonValue &value, int line)
    {
        if (const QString fault = conditionFault(value); !fault.isEmpty())
            m_fault.fail("scenario-value", key + u": "_s + scenarioValueText(value).left(64), line,
                         fault == u"condition" ? scenarioConditions().join(u", "_s) : u"a "_s + fault);
    }
    void count(const QString &key)
    {
        const YamlNode *found = m_fields.node(key);
        if (!found)
            return;
        m_wanted.count = toJson(*found);
        if (!m_wanted.count.isDouble() && !m_wanted.count.isObject())
            m_fields.wrong(key, *found, u"1, {at_least: 2}"_s);
        checkConditions(key, m_wanted.count, found->line);
    }
    void since()
    {
        m_fields.choice(
            u"since"_s, m_wanted.fromStart,
            [](const QString &text) -> std::optional<bool> {
                if (text == u"start" || text == u"step")
                    return text == u"start";
                return {};
            },
            u"start, step"_s);
    }
    void within(const QString &key)
    {
        if (!m_fields.has(key))
            return;
        Milliseconds time{0};
        m_fields.time(key, time);
        m_wanted.within = time;
    }
    /// A field that holds the id of something named.
    void about(const QString &key, const QStringList &names)
    {
        QString name;
        m_fields.text(key, name);
        if (name.isEmpty())
            return;
        known(name, names);
        m_wanted.fields.insert(key, u"${"_s + name + u".id}"_s);
    }
    void known(const QString &name, const QStringList &names)
    {
        if (!m_fault.failed() && !names.contains(name) && !m_names.foreign)
            failUnknownName(name, m_node.line, names, m_fault);
    }
    void knownDevice(const QString &name)
    {
        if (!m_fault.failed() && !m_names.isDevice(name))
            failUnknownName(name, m_node.line, m_names.devices(), m_fault);
    }

    const YamlNode &m_node;
    const ScenarioNames &m_names;
    ScenarioFault &m_fault;
    ScenarioFields m_fields;
    ScenarioExpectation m_wanted;
};

} // namespace

ScenarioExpectation readExpectation(const YamlNode &node, const ScenarioNames &names, ScenarioFault &fault)
{
    return ExpectationReader(node, names, fault).read();
}

} // namespace reveille
