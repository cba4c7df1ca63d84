// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariofields.h"

#include <QJsonArray>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

const QString timeForm = u"3s, 500ms, 2m, 1h"_s;

int distance(const QString &a, const QString &b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i) + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            const size_t at = size_t(j) + 1;
            const int changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[at];
            row[at] = std::min({changed, row[at] + 1, row[at - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString nearestOf(const QString &text, const QStringList &known)
{
    const QString asked = text.left(64);
    QString nearest;
    int best = std::max(2, int(asked.size()) / 3) + 1;
    for (const QString &candidate : known) {
        const int far = distance(asked, candidate);
        if (far < best) {
            best = far;
            nearest = candidate;
        }
    }
    return nearest;
}

ScenarioFields::ScenarioFields(const YamlNode &map, ScenarioFault &fault)
    : m_map(map)
    , m_fault(fault)
{
    if (!map.isMap())
        m_fault.fail("scenario-type", map.text.left(64), map.line, u"keys with values"_s);
}

const YamlNode *ScenarioFields::node(const QString &key)
{
    if (!m_known.contains(key))
        m_known.append(key);
    const YamlNode *found = failed() ? nullptr : m_map.find(key);
    return found && found->kind != YamlNode::Kind::Null ? found : nullptr;
}

void ScenarioFields::require(const QString &key, const QString &where)
{
    if (!node(key))
        fail("scenario-key-missing", key, where);
}

void ScenarioFields::text(const QString &key, QString &to, qsizetype longest)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    if (!found->isScalar())
        m_fault.fail("scenario-type", key, found->line, u"a text"_s);
    else if (found->text.size() > longest)
        m_fault.fail("scenario-too-many", u"%1: %2"_s.arg(key).arg(longest), found->line);
    else
        to = found->text;
}

void ScenarioFields::flag(const QString &key, bool &to)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    const QJsonValue value = found->isScalar() ? toJson(*found) : QJsonValue();
    if (value.isBool())
        to = value.toBool();
    else
        wrong(key, *found, u"true, false"_s);
}

void ScenarioFields::number(const QString &key, int &to, int least, int most)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    bool ok = false;
    const int value = found->isScalar() ? found->text.toInt(&ok) : 0;
    if (ok && value >= least && value <= most)
        to = value;
    else
        wrong(key, *found, u"%1 … %2"_s.arg(least).arg(most));
}

void ScenarioFields::time(const QString &key, Milliseconds &to, Milliseconds least)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    const auto value = found->isScalar() ? scenarioTimeFromText(found->text) : std::nullopt;
    if (value && *value >= least && *value <= Scenario::maxTime)
        to = *value;
    else
        wrong(key, *found, timeForm);
}

void ScenarioFields::texts(const QString &key, QStringList &to, qsizetype most)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    if (found->isScalar()) {
        to = {found->text};
        return;
    }
    if (!found->isList())
        return m_fault.fail("scenario-type", key, found->line, u"a text or a list of texts"_s);
    if (found->items.size() > size_t(most))
        return m_fault.fail("scenario-too-many", u"%1: %2"_s.arg(key).arg(most), found->line);
    to.clear();
    for (const YamlNode &item : found->items) {
        if (!item.isScalar())
            return m_fault.fail("scenario-type", key, item.line, u"a text or a list of texts"_s);
        to.append(item.text);
    }
}

void ScenarioFields::localised(const QString &key, ScenarioText &to)
{
    const YamlNode *found = node(key);
    if (!found)
        return;
    if (found->isScalar()) {
        to.languages = {{QString(), found->text}};
        return;
    }
    if (!found->isMap() || found->items.empty())
        return m_fault.fail("scenario-type", key, found->line, u"a text, or texts by language"_s);
    for (size_t i = 0; i < found->items.size(); ++i) {
        const QString &language = found->keys.at(qsizetype(i));
        if (language.size() != 2 || !found->items[i].isScalar())
            return m_fault.fail("scenario-type", key, found->line, u"a text, or texts by language"_s);
        to.languages.insert(language, found->items[i].text);
    }
}

const YamlNode *ScenarioFields::names(const QString &key, qsizetype most)
{
    const YamlNode *found = node(key);
    if (!found)
        return nullptr;
    if (!found->isMap()) {
        m_fault.fail("scenario-type", key, found->line, u"keys with values"_s);
        return nullptr;
    }
    if (found->keys.size() > most) {
        m_fault.fail("scenario-too-many", u"%1: %2"_s.arg(key).arg(most), found->line);
        return nullptr;
    }
    return found;
}

void ScenarioFields::wrong(const QString &key, const YamlNode &at, const QString &taken)
{
    m_fault.fail("scenario-value",
                 key + u": "_s + (at.isScalar() ? at.text.left(64) : toFlowText(at).left(64)), at.line,
                 taken);
}

void ScenarioFields::fail(const char *code, const QString &about, const QString &hint)
{
    m_fault.fail(code, about, m_map.line, hint);
}

void ScenarioFields::finish()
{
    for (qsizetype i = 0; i < m_map.keys.size() && !failed(); ++i) {
        const QString &key = m_map.keys[i];
        const int line = m_map.items[size_t(i)].line;
        if (!m_known.contains(key))
            m_fault.fail("scenario-key-unknown", key.left(64), line, nearestOf(key, m_known));
    }
}

QJsonObject settingsOf(const YamlNode &map, const QJsonObject &defaults, const QStringList &rest,
                       ScenarioFault &fault)
{
    QJsonObject settings;
    if (!map.isMap()) {
        if (map.kind != YamlNode::Kind::Null)
            fault.fail("scenario-type", map.text.left(64), map.line, u"keys with values"_s);
        return settings;
    }
    for (size_t i = 0; i < map.items.size() && !fault.failed(); ++i) {
        const QString &key = map.keys.at(qsizetype(i));
        const YamlNode &value = map.items[i];
        if (rest.contains(key)) {
            settings.insert(key, toJson(value));
        } else if (defaults.value(key).isObject() && value.isMap()) {
            settings.insert(key, settingsOf(value, defaults.value(key).toObject(), {}, fault));
        } else if (defaults.contains(key)) {
            settings.insert(key, toJson(value));
        } else if (defaults.contains(key + u"_ms"_s)) {
            const auto time = value.isScalar() ? scenarioTimeFromText(value.text) : std::nullopt;
            if (!time)
                fault.fail("scenario-value", key + u": "_s + value.text.left(64), value.line, timeForm);
            else
                settings.insert(key + u"_ms"_s, qint64(time->count()));
        } else {
            QStringList known = defaults.keys() + rest;
            for (const QString &name : defaults.keys()) {
                if (name.endsWith(u"_ms"))
                    known.append(name.chopped(3));
            }
            fault.fail("scenario-key-unknown", key.left(64), value.line, nearestOf(key, known));
        }
    }
    return settings;
}

} // namespace reveille
