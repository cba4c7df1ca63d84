// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariomatch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr qsizetype longestShown = 120;

std::optional<double> numberOf(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    if (value.isArray())
        return double(value.toArray().size());
    bool ok = false;
    const double number = value.toString().toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

bool holds(const QString &condition, const QJsonValue &wanted, const QJsonValue &found)
{
    if (condition == u"not")
        return !scenarioMatches(wanted, found);
    if (condition == u"one_of") {
        const QJsonArray choices = wanted.toArray();
        return std::any_of(choices.begin(), choices.end(),
                           [&](const QJsonValue &choice) { return scenarioMatches(choice, found); });
    }
    if (found.isNull() || found.isUndefined())
        return false;
    const QString text = scenarioValueText(wanted);
    if (condition == u"contains" && found.isArray()) {
        const QJsonArray items = found.toArray();
        return std::any_of(items.begin(), items.end(),
                           [&](const QJsonValue &item) { return scenarioValueText(item) == text; });
    }
    if (condition == u"contains")
        return scenarioValueText(found).contains(text);
    if (condition == u"matches")
        return QRegularExpression(text).match(scenarioValueText(found)).hasMatch();
    const std::optional<double> number = numberOf(found);
    if (condition == u"at_least")
        return number && *number >= wanted.toDouble();
    return condition == u"at_most" && number && *number <= wanted.toDouble();
}

QString faultOf(const QString &condition, const QJsonValue &wanted)
{
    if (condition == u"not")
        return conditionFault(wanted);
    if (condition == u"one_of") {
        const QJsonArray choices = wanted.toArray();
        if (choices.isEmpty())
            return u"list"_s;
        for (const QJsonValue &choice : choices) {
            if (const QString fault = conditionFault(choice); !fault.isEmpty())
                return fault;
        }
        return {};
    }
    if (condition.startsWith(u"at_"))
        return wanted.isDouble() ? QString() : u"number"_s;
    if (wanted.isArray() || wanted.isObject() || wanted.isNull())
        return u"text"_s;
    const bool isWrong = condition == u"matches" && !QRegularExpression(scenarioValueText(wanted)).isValid();
    return isWrong ? u"regular expression"_s : QString();
}

} // namespace

const QStringList &scenarioConditions()
{
    static const QStringList conditions{u"at_least"_s, u"at_most"_s, u"not"_s,
                                        u"contains"_s, u"matches"_s, u"one_of"_s};
    return conditions;
}

QString conditionFault(const QJsonValue &wanted)
{
    if (wanted.isArray())
        return u"condition"_s;
    const QJsonObject conditions = wanted.toObject();
    if (wanted.isObject() && conditions.isEmpty())
        return u"condition"_s;
    for (auto it = conditions.begin(); it != conditions.end(); ++it) {
        if (!scenarioConditions().contains(it.key()))
            return u"condition"_s;
        if (const QString fault = faultOf(it.key(), *it); !fault.isEmpty())
            return fault;
    }
    return {};
}

QString scenarioValueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"null"_s;
}

bool scenarioMatches(const QJsonValue &wanted, const QJsonValue &found)
{
    if (wanted.isObject()) {
        const QJsonObject conditions = wanted.toObject();
        for (auto it = conditions.begin(); it != conditions.end(); ++it) {
            if (!holds(it.key(), *it, found))
                return false;
        }
        return true;
    }
    if (wanted.isNull())
        return found.isNull() || found.isUndefined() || (found.isString() && found.toString().isEmpty());
    if (wanted.isDouble() && found.isArray())
        return double(found.toArray().size()) == wanted.toDouble();
    if (found.isNull() || found.isUndefined())
        return false;
    return scenarioValueText(wanted) == scenarioValueText(found);
}

QJsonValue valueAtPath(const QJsonValue &value, const QString &path)
{
    QJsonValue at = value;
    for (const QString &part : path.split(u'.')) {
        if (!at.isArray()) {
            at = at.toObject().value(part);
            continue;
        }
        const QJsonArray array = at.toArray();
        const qsizetype index = part.toLongLong();
        at = array.at(index < 0 ? array.size() + index : index);
    }
    return at;
}

bool scenarioMatchesAll(const QJsonObject &wanted, const QJsonValue &found)
{
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        if (!scenarioMatches(*it, valueAtPath(found, it.key())))
            return false;
    }
    return true;
}

QString scenarioFoundText(const QJsonObject &wanted, const QJsonValue &found)
{
    QStringList parts;
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        QJsonValue value = valueAtPath(found, it.key());
        if (value.isArray() && !it->isString())
            value = value.toArray().size();
        QString text = scenarioValueText(value);
        if (text.size() > longestShown)
            text = text.left(longestShown) + u'…';
        parts.append(it.key().section(u'.', -1) + u": "_s + text);
    }
    return parts.join(u", "_s);
}

} // namespace reveille
