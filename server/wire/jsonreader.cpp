// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonreader.h"

namespace reveille {

namespace {

constexpr qsizetype longestPath = 120;

bool isControl(QChar c)
{
    return c.unicode() < 0x20 || c.unicode() == 0x7f;
}

} // namespace

JsonReader::JsonReader(const QJsonObject &object, QString path, Null null)
    : m_path(std::move(path))
    , m_null(null)
{
    m_fields.reserve(size_t(object.size()));
    for (auto field = object.begin(); field != object.end(); ++field)
        m_fields.push_back({field.key(), *field, false});
}

JsonReader::Field *JsonReader::find(const QString &field)
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(), [&](const Field &one) { return one.name == field; });
    return found == m_fields.end() ? nullptr : &*found;
}

QJsonValue JsonReader::valueOf(const QString &field)
{
    const Field *found = find(field);
    return found ? found->value : QJsonValue(QJsonValue::Undefined);
}

QString JsonReader::path(const QString &field) const
{
    const QString whole = m_path.isEmpty() ? field : m_path + u'.' + field;
    return whole.left(longestPath);
}

void JsonReader::fail(const char *code, const QString &field)
{
    if (!failed())
        m_error = Error{code, path(field)};
}

void JsonReader::adopt(const Error &error)
{
    if (!failed())
        m_error = error;
}

bool JsonReader::has(const QString &field)
{
    Field *found = find(field);
    if (!found)
        return false;
    found->isKnown = true;
    return !failed() && (!found->value.isNull() || m_null == Null::Cleared);
}

void JsonReader::require(const QString &field)
{
    Field *found = find(field);
    if (found)
        found->isKnown = true;
    if (!found || found->value.isNull())
        fail("json-field-missing", field);
}

void JsonReader::rawText(const QString &field, QString &to)
{
    if (take(field, QJsonValue::String, to))
        to = valueOf(field).toString();
}

void JsonReader::text(const QString &field, QString &to, qsizetype longest)
{
    QString content = to;
    rawText(field, content);
    if (failed() || !find(field))
        return;
    if (content.size() > longest || std::any_of(content.cbegin(), content.cend(), isControl))
        fail("json-field-value", field);
    else
        to = content;
}

void JsonReader::flag(const QString &field, bool &to)
{
    if (take(field, QJsonValue::Bool, to))
        to = valueOf(field).toBool();
}

void JsonReader::number(const QString &field, qint64 &to, qint64 least, qint64 most)
{
    if (!take(field, QJsonValue::Double, to))
        return;
    const double given = valueOf(field).toDouble();
    // Compared as double first: a number that does not fit an integer must not be converted.
    if (!(given >= double(least) && given <= double(most)) || given != double(qint64(given)))
        fail("json-field-value", field);
    else
        to = qint64(given);
}

std::optional<QJsonArray> JsonReader::array(const QString &field, qsizetype most)
{
    QJsonArray list;
    if (!has(field))
        return {};
    if (take(field, QJsonValue::Array, list))
        list = valueOf(field).toArray();
    if (list.size() > most)
        fail("json-too-many", field);
    if (failed())
        return {};
    return list;
}

void JsonReader::texts(const QString &field, QStringList &to, qsizetype most)
{
    const std::optional<QJsonArray> list = array(field, most);
    if (!list)
        return;
    QStringList content;
    for (const QJsonValue &entry : *list) {
        const QString place = field + u'[' + QString::number(content.size()) + u']';
        const QString word = entry.toString();
        if (!entry.isString())
            return fail("json-field-type", place);
        if (word.isEmpty() || word.size() > longestText || std::any_of(word.cbegin(), word.cend(), isControl))
            return fail("json-field-value", place);
        content.append(word);
    }
    to = content;
}

std::optional<QJsonObject> JsonReader::object(const QString &field)
{
    QJsonObject inner;
    if (!has(field))
        return {};
    if (!take(field, QJsonValue::Object, inner))
        return {};
    return valueOf(field).toObject();
}

void JsonReader::finish()
{
    const auto unknown = std::find_if(m_fields.cbegin(), m_fields.cend(), [](const Field &field) { return !field.isKnown; });
    if (unknown != m_fields.cend())
        fail("json-field-unknown", unknown->name);
}

} // namespace reveille
