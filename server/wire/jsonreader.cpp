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
    : m_object(object)
    , m_path(std::move(path))
    , m_null(null)
{
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
    m_known.insert(field);
    const QJsonValue value = m_object.value(field);
    if (failed() || value.isUndefined())
        return false;
    return !value.isNull() || m_null == Null::Cleared;
}

void JsonReader::require(const QString &field)
{
    m_known.insert(field);
    const QJsonValue value = m_object.value(field);
    if (value.isUndefined() || value.isNull())
        fail("json-field-missing", field);
}

void JsonReader::rawText(const QString &field, QString &to)
{
    if (take(field, QJsonValue::String, to))
        to = m_object.value(field).toString();
}

void JsonReader::text(const QString &field, QString &to, qsizetype longest)
{
    QString content = to;
    rawText(field, content);
    if (failed() || !m_object.contains(field))
        return;
    if (content.size() > longest || std::any_of(content.cbegin(), content.cend(), isControl))
        fail("json-field-value", field);
    else
        to = content;
}

void JsonReader::flag(const QString &field, bool &to)
{
    if (take(field, QJsonValue::Bool, to))
        to = m_object.value(field).toBool();
}

void JsonReader::number(const QString &field, qint64 &to, qint64 least, qint64 most)
{
    if (!take(field, QJsonValue::Double, to))
        return;
    const double given = m_object.value(field).toDouble();
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
        list = m_object.value(field).toArray();
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
    return m_object.value(field).toObject();
}

void JsonReader::finish()
{
    for (auto field = m_object.begin(); field != m_object.end() && !failed(); ++field) {
        if (!m_known.contains(field.key()))
            fail("json-field-unknown", field.key());
    }
}

} // namespace reveille
