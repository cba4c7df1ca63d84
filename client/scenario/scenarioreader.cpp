// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreader.h"

#include "client/scenario/scenarioreading.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

/// Puts values in for ${NAME}; what has a point in it is known only later and stays.
class ValueFiller {
public:
    ValueFiller(const ScenarioValues &values, ScenarioFault &fault)
        : m_values(values)
        , m_fault(fault)
    {
    }

    void fill(YamlNode &node)
    {
        for (YamlNode &item : node.items)
            fill(item);
        if (!node.isScalar() || !node.text.contains(u"${"))
            return;
        static const QRegularExpression place(uR"(\$\{([^}.]*)\})"_s);
        QString text;
        qsizetype from = 0;
        const bool isAll = place.match(node.text).capturedLength() == node.text.size();
        for (auto match = place.globalMatch(node.text); match.hasNext() && !m_fault.failed();) {
            const QRegularExpressionMatch found = match.next();
            const QString name = found.captured(1);
            const QString value = m_values.value(name);
            if (!m_values.contains(name))
                return failUnknownName(name, node.line, m_values.keys(), m_fault);
            m_added += value.size();
            if (m_added > yamlMaxSize)
                return m_fault.fail("scenario-too-large", QString::number(yamlMaxSize), node.line);
            text += node.text.mid(from, found.capturedStart() - from) + value;
            from = found.capturedEnd();
        }
        node.text = text + node.text.mid(from);
        node.quoted =
            node.quoted && !isAll; // in braces it has to be quoted, and may be a number all the same
    }

private:
    const ScenarioValues &m_values;
    ScenarioFault &m_fault;
    qsizetype m_added = 0; ///< characters in all: what is put in does not multiply
};

class ScenarioReader {
public:
    ScenarioResult<Scenario> read(YamlNode root, const QString &name, const ScenarioValues &values)
    {
        m_scenario.name = name;
        fillValues(root, values);
        ScenarioFields fields(root, m_fault);
        fields.require(u"title"_s, u"scenario"_s);
        fields.localised(u"title"_s, m_scenario.title);
        fields.localised(u"about"_s, m_scenario.about);
        fields.has(u"values"_s);
        fields.time(u"within"_s, m_within, Milliseconds(1));
        readServer(fields);
        readUsers(fields);
        readNats(fields);
        readSmscs(fields);
        readDevices(fields);
        fields.require(u"steps"_s, u"scenario"_s);
        if (const YamlNode *steps = fields.node(u"steps"_s))
            readSteps(*steps);
        fields.finish();
        return result();
    }

    ScenarioResult<Scenario> readAlone(const QStringList &texts, Milliseconds within)
    {
        ScenarioNames names{m_scenario, {}, {}, {}, true};
        ScenarioStep step;
        step.within = within;
        for (int number = 1; number <= texts.size() && !m_fault.failed(); ++number) {
            const QString text = texts[number - 1].trimmed();
            ScenarioResult<YamlNode> node =
                readYaml((text.startsWith(u'{') ? text : u'{' + text + u'}').toUtf8());
            if (!node)
                return ScenarioError{node.error().code, node.error().about, number, node.error().hint};
            setLine(*node, number);
            step.expectations.append(readExpectation(*node, names, m_fault));
        }
        step.title.languages.insert(QString(), texts.join(u"; "_s));
        m_scenario.title = step.title;
        m_scenario.steps.append(step);
        return result();
    }

private:
    static void setLine(YamlNode &node, int line)
    {
        node.line = line;
        for (YamlNode &item : node.items)
            setLine(item, line);
    }

    ScenarioResult<Scenario> result()
    {
        if (m_fault.failed())
            return m_fault.error();
        return m_scenario;
    }

    void fillValues(YamlNode &root, const ScenarioValues &given)
    {
        ScenarioFields fields(root, m_fault);
        if (m_fault.failed())
            return;
        ScenarioValues values;
        const YamlNode *own = fields.names(u"values"_s, Scenario::maxNames);
        for (size_t i = 0; own && i < own->items.size(); ++i) {
            const QString &key = own->keys.at(qsizetype(i));
            if (!isScenarioName(key))
                return m_fault.fail("scenario-name", key.left(64), own->items[i].line);
            values.insert(key, own->items[i].text);
        }
        for (auto it = given.begin(); it != given.end(); ++it) {
            if (!values.contains(it.key()))
                failUnknownName(it.key(), 0, values.keys(), m_fault);
            values.insert(it.key(), *it);
        }
        ValueFiller filler(values, m_fault);
        for (size_t i = 0; i < root.items.size(); ++i) {
            if (root.keys.at(qsizetype(i)) != u"values")
                filler.fill(root.items[i]);
        }
    }

    void readServer(ScenarioFields &fields)
    {
        const YamlNode *server = fields.names(u"server"_s, 500);
        static const QRegularExpression form(uR"(^[a-z_]+(\.[\w-]+)?/\w+$)"_s);
        for (size_t i = 0; server && i < server->items.size() && !m_fault.failed(); ++i) {
            const QString &key = server->keys.at(qsizetype(i));
            const YamlNode &value = server->items[i];
            if (!form.match(key).hasMatch())
                m_fault.fail("scenario-value", u"server: "_s + key.left(64), value.line,
                             u"section/key: value"_s);
            else if (value.isList() || value.isMap())
                m_fault.fail("scenario-type", key.left(64), value.line, u"a text"_s);
            else
                m_scenario.server.append(key + u'=' + value.text);
        }
    }

    /// Calls `read(name, node)` for each named entry.
    template <typename Read>
    void eachNamed(ScenarioFields &fields, const QString &key, Read read)
    {
        const YamlNode *entries = fields.names(key, Scenario::maxNames);
        for (size_t i = 0; entries && i < entries->items.size() && !m_fault.failed(); ++i) {
            const QString &name = entries->keys.at(qsizetype(i));
            if (!isScenarioName(name) || name == u"server")
                m_fault.fail("scenario-name", name.left(64), entries->items[i].line);
            else if (m_taken.contains(name))
                m_fault.fail("scenario-name-twice", name, entries->items[i].line);
            else
                read(name, entries->items[i]);
            m_taken.append(name);
        }
    }

    void readUsers(ScenarioFields &fields)
    {
        eachNamed(fields, u"users"_s, [this](const QString &name, const YamlNode &node) {
            ScenarioUser user;
            user.name = name;
            ScenarioFields of(node, m_fault);
            of.require(u"id"_s, name);
            of.value(u"id"_s, user.id, [](const QString &text) { return PublicUserId::parse(text); });
            of.text(u"name"_s, user.displayName);
            of.text(u"password"_s, user.password);
            of.finish();
            m_scenario.users.append(user);
        });
        m_taken.clear(); // users are named in another place than the others
    }

    void readNats(ScenarioFields &fields)
    {
        eachNamed(fields, u"nats"_s, [this](const QString &name, const YamlNode &node) {
            ScenarioNat nat;
            nat.name = name;
            const QJsonObject settings = settingsOf(node, toJson(NatSettings{}), {u"outside"_s}, m_fault);
            QStringList outside;
            if (node.find(u"outside"_s)) {
                ScenarioFields of(node, m_fault);
                of.texts(u"outside"_s, outside, 16);
            }
            for (const QString &address : std::as_const(outside)) {
                nat.outside.append(QHostAddress(address));
                if (nat.outside.last().isNull())
                    m_fault.fail("scenario-value", u"outside: "_s + address.left(64), node.line,
                                 u"127.0.77.1"_s);
            }
            QJsonObject rest = settings;
            rest.remove(u"outside"_s);
            take(natSettingsFromJson(rest, {}), nat.settings, node);
            m_scenario.nats.append(nat);
        });
    }

    void readSmscs(ScenarioFields &fields)
    {
        eachNamed(fields, u"smscs"_s, [this](const QString &name, const YamlNode &node) {
            ScenarioSmsc smsc;
            smsc.name = name;
            QJsonObject settings =
                settingsOf(node, toJson(SmscSettings{}), {u"bearers"_s, u"password"_s}, m_fault);
            if (node.find(u"bearers"_s)) {
                QStringList bearers;
                ScenarioFields of(node, m_fault);
                of.texts(u"bearers"_s, bearers, 2);
                smsc.sms = bearers.contains(u"sms");
                smsc.ussd = bearers.contains(u"ussd");
                if (int(smsc.sms) + int(smsc.ussd) != bearers.size())
                    of.wrong(u"bearers"_s, *node.find(u"bearers"_s), u"sms, ussd"_s);
            }
            settings.remove(u"bearers"_s);
            take(smscSettingsFromJson(settings, {}), smsc.settings, node);
            m_scenario.smscs.append(smsc);
        });
    }

    template <typename Settings>
    void take(const Result<Settings> &read, Settings &to, const YamlNode &node)
    {
        if (read)
            to = *read;
        else
            m_fault.fail("scenario-value", read.error().about, node.line,
                         QString::fromLatin1(read.error().code));
    }

    void readDevices(ScenarioFields &fields)
    {
        eachNamed(fields, u"devices"_s, [this](const QString &name, const YamlNode &node) {
            m_scenario.devices.append(readDevice(name, node, m_scenario, m_fault));
            if (m_scenario.deviceCount() > Scenario::maxDevices)
                m_fault.fail("scenario-too-many", u"devices: %1"_s.arg(Scenario::maxDevices), node.line);
        });
        const ScenarioNames names{m_scenario, {}, {}, {}};
        for (const ScenarioDevice &device : std::as_const(m_scenario.devices)) {
            for (const ScenarioDevice &other : std::as_const(m_scenario.devices)) {
                if (&device != &other && isDeviceMember(other, device.name))
                    m_fault.fail("scenario-name-twice", device.name, device.line);
            }
            if (!device.companion.isEmpty() && !names.isDevice(device.companion))
                failUnknownName(device.companion, device.line, names.devices(), m_fault);
        }
    }

    void readSteps(const YamlNode &steps)
    {
        if (!steps.isList() || steps.items.empty())
            return m_fault.fail("scenario-type", u"steps"_s, steps.line, u"a list of steps"_s);
        if (steps.items.size() > size_t(Scenario::maxSteps))
            return m_fault.fail("scenario-too-many", u"steps: %1"_s.arg(Scenario::maxSteps), steps.line);
        ScenarioNames names{m_scenario, {}, {}, {}};
        QVector<ScenarioStep> read;
        for (const YamlNode &node : steps.items) {
            if (m_fault.failed())
                return;
            read.append(readStep(node, names));
        }
        m_scenario.steps = read;
        checkFacts(steps, names);
    }

    /// ${NAME.FACT} is known only when the scenario is played, but names and facts are known now.
    void checkFacts(const YamlNode &node, const ScenarioNames &names)
    {
        for (const YamlNode &item : node.items)
            checkFacts(item, names);
        if (!node.isScalar())
            return;
        static const QRegularExpression place(uR"(\$\{([^}.]*)\.([^}]*)\})"_s);
        static const QStringList facts{u"id"_s,    u"user"_s,        u"msisdn"_s,    u"session"_s,
                                       u"local"_s, u"client_port"_s, u"call_port"_s, u"gruu"_s};
        const QStringList made = names.pushes + names.wakes + names.faults;
        for (auto match = place.globalMatch(node.text); match.hasNext();) {
            const QRegularExpressionMatch found = match.next();
            const QString name = found.captured(1), fact = found.captured(2);
            if (name == u"server")
                continue;
            if (!names.isDevice(name) && !made.contains(name))
                failUnknownName(name, node.line, names.devices() + made, m_fault);
            else if (names.isDevice(name) ? !facts.contains(fact) : fact != u"id")
                failUnknownName(fact, node.line, facts, m_fault);
        }
    }

    ScenarioStep readStep(const YamlNode &node, ScenarioNames &names)
    {
        ScenarioStep step;
        step.line = node.line;
        step.within = m_within;
        ScenarioFields fields(node, m_fault);
        fields.require(u"title"_s, u"steps"_s);
        fields.localised(u"title"_s, step.title);
        fields.time(u"within"_s, step.within, Milliseconds(1));
        fields.flag(u"key"_s, step.key);
        eachOf(fields, u"do"_s,
               [&](const YamlNode &item) { step.actions.append(readAction(item, names, m_fault)); });
        eachOf(fields, u"expect"_s, [&](const YamlNode &item) {
            step.expectations.append(readExpectation(item, names, m_fault));
        });
        if (step.actions.isEmpty() && step.expectations.isEmpty())
            fields.fail("scenario-key-missing", u"do"_s, u"steps"_s);
        fields.finish();
        return step;
    }

    template <typename Read>
    void eachOf(ScenarioFields &fields, const QString &key, Read read)
    {
        const YamlNode *list = fields.node(key);
        if (!list)
            return;
        if (!list->isList())
            return m_fault.fail("scenario-type", key, list->line, u"a list"_s);
        if (list->items.size() > size_t(Scenario::maxPerStep))
            return m_fault.fail("scenario-too-many", u"%1: %2"_s.arg(key).arg(Scenario::maxPerStep),
                                list->line);
        for (const YamlNode &item : list->items) {
            if (m_fault.failed())
                return;
            read(item);
        }
    }

    Scenario m_scenario;
    ScenarioFault m_fault;
    Milliseconds m_within = Scenario::usualTime;
    QStringList m_taken;
};

} // namespace

ScenarioResult<Scenario> readScenario(QByteArrayView octets, const QString &name,
                                      const ScenarioValues &values)
{
    ScenarioResult<YamlNode> root = readYaml(octets);
    if (!root)
        return root.error();
    return ScenarioReader().read(std::move(*root), name, values);
}

ScenarioResult<Scenario> readScenarioFile(const QString &path, const ScenarioValues &values)
{
    QFile file(path);
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly))
        return ScenarioError{"scenario-file", path};
    const QByteArray octets = file.read(yamlMaxSize + 1);
    return readScenario(octets, QFileInfo(path).completeBaseName(), values);
}

ScenarioResult<Scenario> readExpectations(const QStringList &texts, Milliseconds within)
{
    return ScenarioReader().readAlone(texts, within);
}

} // namespace reveille
