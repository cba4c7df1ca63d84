// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triggerjson.h"

#include "wire/jsonreader.h"

#include <QJsonDocument>

#include <algorithm>

namespace reveille::TriggerJson {

using namespace Qt::StringLiterals;

namespace {

const QString formatName = u"reveille-triggers"_s;
constexpr qsizetype longestLabel = 24; ///< of a name in the path of an error

struct Reading {
    int items = 0;
    int depth = 0;
};

QString placeOf(const QString &above, qsizetype number, const QString &name)
{
    const QString place = above + u"["_s + QString::number(number) + u']';
    const QString label = name.left(longestLabel).simplified();
    return label.isEmpty() ? place : place + u" ("_s + label + u')';
}

void readName(JsonReader &reader, const QString &field, QString &name)
{
    reader.require(field);
    reader.value(field, name, [](const QString &text) { return nameFrom(text); });
}

void readVariables(JsonReader &reader, VariableValues &values)
{
    const std::optional<QJsonObject> object = reader.object(u"variables"_s);
    if (!object)
        return;
    if (object->size() > mostVariables)
        return reader.fail("json-too-many", u"variables"_s);
    for (auto value = object->begin(); value != object->end(); ++value) {
        const QString field = u"variables."_s + value.key().left(longestLabel);
        if (!Variables::isName(value.key()))
            return reader.fail("json-field-unknown", field);
        if (!value->isString())
            return reader.fail("json-field-type", field);
        if (value->toString().size() > longestValue)
            return reader.fail("json-field-value", field);
        values.insert(value.key(), value->toString());
    }
}

Trigger readTrigger(JsonReader &reader)
{
    Trigger trigger;
    readName(reader, u"name"_s, trigger.name);
    reader.text(u"to"_s, trigger.to);
    reader.text(u"application"_s, trigger.application);
    reader.text(u"content_type"_s, trigger.contentType);
    reader.rawText(u"body"_s, trigger.body);
    qint64 ttl = trigger.ttl.count() / 1000;
    reader.number(u"ttl_s"_s, ttl, 0, longestTtl);
    trigger.ttl = Milliseconds(ttl * 1000);
    reader.choice(u"priority"_s, trigger.priority, pushPriorityFromText);
    reader.choice(u"when"_s, trigger.when, pushWhenFromText);
    reader.choice(u"choice"_s, trigger.choice, deviceChoiceFromText);
    reader.flag(u"confirm"_s, trigger.confirm);
    if (reader.has(u"sir_mode"_s)) {
        SirMode mode = SirMode::Routed;
        reader.choice(u"sir_mode"_s, mode, sirModeFromText);
        trigger.sirMode = mode;
    }
    readVariables(reader, trigger.defaults);
    reader.number(u"sent"_s, trigger.sent, 0, Q_INT64_C(1) << 52);
    reader.finish();
    return trigger;
}

Result<QVector<TriggerItem>> readItems(JsonReader &outer, Reading &reading);

Result<TriggerItem> readItem(const QJsonObject &object, const QString &path, Reading &reading)
{
    JsonReader reader(object, path);
    if (!object.contains(u"folder"_s)) {
        const Trigger trigger = readTrigger(reader);
        if (reader.failed())
            return reader.error();
        return TriggerItem::of(trigger);
    }
    QString name;
    readName(reader, u"folder"_s, name);
    if (++reading.depth > deepest)
        return Error{"triggers-too-deep", path};
    const Result<QVector<TriggerItem>> items = readItems(reader, reading);
    --reading.depth;
    if (!items)
        return items.error();
    return TriggerItem::ofFolder(name, *items);
}

Result<QVector<TriggerItem>> readItems(JsonReader &outer, Reading &reading)
{
    QVector<TriggerItem> items;
    outer.require(u"items"_s);
    const std::optional<QJsonArray> list = outer.array(u"items"_s, mostItems);
    outer.finish();
    if (outer.failed())
        return outer.error();
    for (const QJsonValue &value : *list) {
        const QJsonObject object = value.toObject();
        const QString name = object.value(object.contains(u"folder"_s) ? u"folder"_s : u"name"_s).toString();
        const QString path = outer.path(placeOf(u"items"_s, items.size(), name));
        if (!value.isObject())
            return Error{"json-field-type", path};
        if (++reading.items > mostItems)
            return Error{"triggers-too-many", QString::number(mostItems)};
        const Result<TriggerItem> item = readItem(object, path, reading);
        if (!item)
            return item.error();
        items.append(*item);
    }
    return items;
}

QJsonObject toJson(const Trigger &trigger, bool shared)
{
    const Trigger usual;
    QJsonObject object{{u"name"_s, trigger.name},
                       {u"to"_s, trigger.to},
                       {u"content_type"_s, trigger.contentType},
                       {u"body"_s, trigger.body},
                       {u"ttl_s"_s, qint64(trigger.ttl.count() / 1000)},
                       {u"priority"_s, QString::fromLatin1(toText(trigger.priority))},
                       {u"when"_s, QString::fromLatin1(toText(trigger.when))},
                       {u"choice"_s, QString::fromLatin1(toText(trigger.choice))}};
    if (!trigger.application.isEmpty())
        object.insert(u"application"_s, trigger.application);
    if (trigger.confirm)
        object.insert(u"confirm"_s, true);
    if (trigger.sirMode)
        object.insert(u"sir_mode"_s, QString::fromLatin1(toText(*trigger.sirMode)));
    if (!trigger.defaults.isEmpty()) {
        QJsonObject values;
        for (auto value = trigger.defaults.cbegin(); value != trigger.defaults.cend(); ++value)
            values.insert(value.key(), value.value());
        object.insert(u"variables"_s, values);
    }
    if (!shared && trigger.sent > 0)
        object.insert(u"sent"_s, trigger.sent);
    return object;
}

QJsonArray toJson(const QVector<TriggerItem> &items, bool shared)
{
    QJsonArray array;
    for (const TriggerItem &item : items) {
        array.append(item.isFolder ? QJsonObject{{u"folder"_s, item.folder}, {u"items"_s, toJson(item.items, shared)}}
                                   : toJson(item.trigger, shared));
    }
    return array;
}

} // namespace

Result<QVector<TriggerItem>> read(QByteArrayView octets)
{
    const Result<QJsonObject> document = parseJsonObject(octets);
    if (!document)
        return document.error();
    if (document->value(u"format"_s).toString() != formatName)
        return Error{"triggers-format", {}};
    const QJsonValue written = document->value(u"version"_s);
    if (written.toDouble() != version)
        return Error{"triggers-version", written.toVariant().toString().left(longestLabel)};
    JsonReader reader(*document);
    reader.has(u"format"_s);
    reader.has(u"version"_s);
    Reading reading;
    return readItems(reader, reading);
}

QByteArray write(const QVector<TriggerItem> &items, bool shared)
{
    const QJsonObject document{{u"format"_s, formatName}, {u"version"_s, version}, {u"items"_s, toJson(items, shared)}};
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

Result<Done> check(const TriggerItem &item)
{
    const Result<QVector<TriggerItem>> again = read(write({item}, false));
    if (!again)
        return again.error();
    return Done{};
}

Result<QString> nameFrom(const QString &text)
{
    const QString name = text.trimmed();
    const bool control = std::any_of(name.begin(), name.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
    if (name.isEmpty() || name.size() > longestName || control)
        return Error{"trigger-name", name.left(longestLabel)};
    return name;
}

} // namespace reveille::TriggerJson
