// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/paptags.h"

#include <QVarLengthArray>

#include <optional>

namespace reveille {

/// The attributes of one element of a PAP document while it is read. Each is asked for once; the first thing wrong goes
/// to `error` with its place, "push-message/push-id". Any thread.
class PapAttributes {
public:
    /// Those of the element that starts. `closed`: an attribute that nobody asked for is an error.
    PapAttributes(const PapTags &tags, bool closed, std::optional<Error> &error);
    /// Calls finish().
    ~PapAttributes() { finish(); }
    PapAttributes(const PapAttributes &) = delete;
    PapAttributes &operator=(const PapAttributes &) = delete;

    /// Without control characters; empty where it is not given.
    QString text(QLatin1StringView name) { return take(name, false, false); }
    QString required(QLatin1StringView name) { return take(name, true, false); }
    /// May hold line ends and tabs: for people.
    QString freeText(QLatin1StringView name) { return take(name, false, true); }
    Timestamp time(QLatin1StringView name);
    /// "true" or "false"; false where it is not given.
    bool flag(QLatin1StringView name);
    /// Required push-id.
    QString pushId();
    /// Required code, four digits, 1000 to 5999.
    int code();
    /// Required message-state.
    PapMessageState state();
    template <typename Enum>
    Enum named(QLatin1StringView name, std::optional<Enum> (*fromText)(QStringView), Enum usual)
    {
        const QString given = take(name, false, false).trimmed();
        if (given.isEmpty())
            return usual;
        const std::optional<Enum> value = fromText(given);
        if (!value)
            fail("pap-attribute-value", name);
        return value.value_or(usual);
    }
    /// To be called before another element is read; later calls do nothing.
    void finish();

private:
    QString take(QLatin1StringView name, bool required, bool free);
    void fail(const char *code, QStringView name);
    void fail(const char *code, QLatin1StringView name) { fail(code, QString(name)); }

    QStringView m_element;
    QVector<PapTags::Attribute> m_attributes;
    QVarLengthArray<QLatin1StringView, 10> m_asked;
    bool m_closed;
    bool m_finished = false;
    std::optional<Error> &m_error;
};

} // namespace reveille
