// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/json.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace reveille {

/// Reads the fields of one JSON object strictly and remembers the first thing wrong with it. Every read
/// leaves its target alone where the field is not there; after a failure nothing is read any more. Any
/// thread, one at a time.
class JsonReader {
public:
    /// What `null` does to a field: as if it were not there, or back to the default value.
    enum class Null : quint8 { LeftOut, Cleared };

    explicit JsonReader(const QJsonObject &object, QString path = {}, Null null = Null::LeftOut);

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }
    void fail(const char *code, const QString &field);

    /// The field is there and is no null left out. Names it as known.
    bool has(const QString &field);
    void require(const QString &field); ///< json-field-missing

    static constexpr qsizetype longestText = 255; ///< characters
    /// One line: no control characters.
    void text(const QString &field, QString &to, qsizetype longest = longestText);
    void rawText(const QString &field, QString &to); ///< any characters, any length
    void flag(const QString &field, bool &to);
    void number(const QString &field, qint64 &to, qint64 least, qint64 most);
    void texts(const QString &field, QStringList &to, qsizetype most);
    std::optional<QJsonObject> object(const QString &field);
    std::optional<QJsonArray> array(const QString &field, qsizetype most);

    /// A text that `parse` turns into a Result<T>; its error code is kept.
    template <typename T, typename Parse>
    void value(const QString &field, T &to, Parse parse)
    {
        QString content;
        if (!take(field, QJsonValue::String, to))
            return;
        text(field, content);
        if (failed())
            return;
        const Result<T> result = parse(content);
        if (result)
            to = *result;
        else
            fail(result.error().code, field);
    }
    /// A text that `parse` turns into an optional of an enumeration; json-field-value where it is none.
    template <typename T, typename Parse>
    void choice(const QString &field, T &to, Parse parse)
    {
        value(field, to, [&parse](const QString &content) -> Result<T> {
            const auto found = parse(content);
            if (found)
                return T(*found);
            return Error{"json-field-value", {}};
        });
    }

    QString path(const QString &field) const;
    Null null() const { return m_null; }
    /// Takes over what went wrong further down.
    void adopt(const Error &error);
    /// Last: refuses every field that was not named.
    void finish();

private:
    /// Whether the field is there with that type; a null clears `to` where null means that.
    template <typename T>
    bool take(const QString &field, QJsonValue::Type type, T &to)
    {
        if (!has(field))
            return false;
        const QJsonValue::Type found = valueOf(field).type();
        if (found == QJsonValue::Null) {
            to = T();
            return false;
        }
        if (found != type)
            fail("json-field-type", field);
        return !failed();
    }

    struct Field {
        QString name;
        QJsonValue value;
        bool isKnown = false;
    };
    Field *find(const QString &field);
    /// Undefined where it is not there.
    QJsonValue valueOf(const QString &field);

    std::vector<Field> m_fields; ///< few of those that may be there are there, and QJsonObject takes long to say so
    QString m_path;
    Null m_null;
    std::optional<Error> m_error;
};

} // namespace reveille
