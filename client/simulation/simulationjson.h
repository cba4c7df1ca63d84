// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/enumtext.h"
#include "domain/timestamp.h"
#include "wire/jsonreader.h"

#include <QStringList>

namespace reveille {

/// What the commands and settings of the simulators have in common. Pure, any thread.
///
/// A settings structure lists its fields once, in a template over one of the two visitors below; so nothing
/// that can be read is forgotten when it is shown.

/// Octets of a command line.
constexpr qsizetype simulationLineLimit = 65'536;
/// Of every time that can be set: a week.
constexpr Milliseconds simulationTimeLimit{7 * 86'400'000LL};

/// Takes over the fields that are there.
class SettingsReader {
public:
    explicit SettingsReader(JsonReader &reader)
        : m_reader(reader)
    {
    }

    void time(const QString &name, Milliseconds &to, Milliseconds least = Milliseconds(0));
    void count(const QString &name, int &to, int least, int most);
    void percent(const QString &name, int &to) { count(name, to, 0, 100); }
    void flag(const QString &name, bool &to) { m_reader.flag(name, to); }
    void text(const QString &name, QString &to, qsizetype longest) { m_reader.text(name, to, longest); }
    void secret(const QString &name, QString &to, qsizetype longest) { m_reader.text(name, to, longest); }
    template <typename Enum, size_t N>
    void choice(const QString &name, Enum &to, const EnumNames<N> &names)
    {
        if (m_reader.has(name))
            m_reader.choice(name, to, [&](const QString &text) { return valueOf<Enum>(names, text); });
    }
    template <typename Visit>
    void group(const QString &name, Visit visit)
    {
        const std::optional<QJsonObject> inner = m_reader.object(name);
        if (!inner)
            return;
        JsonReader reader(*inner, m_reader.path(name));
        SettingsReader within(reader);
        visit(within);
        reader.finish();
        if (reader.failed())
            m_reader.adopt(reader.error());
    }

private:
    JsonReader &m_reader;
};

/// Shows all fields but secrets.
class SettingsWriter {
public:
    void time(const QString &name, Milliseconds &value, Milliseconds = Milliseconds(0))
    {
        m_object.insert(name, qint64(value.count()));
    }
    void count(const QString &name, int &value, int, int) { m_object.insert(name, value); }
    void percent(const QString &name, int &value) { m_object.insert(name, value); }
    void flag(const QString &name, bool &value) { m_object.insert(name, value); }
    void text(const QString &name, QString &value, qsizetype) { m_object.insert(name, value); }
    void secret(const QString &, QString &, qsizetype) {}
    template <typename Enum, size_t N>
    void choice(const QString &name, Enum &value, const EnumNames<N> &names)
    {
        m_object.insert(name, QLatin1StringView(nameOf(names, value)));
    }
    template <typename Visit>
    void group(const QString &name, Visit visit)
    {
        SettingsWriter within;
        visit(within);
        m_object.insert(name, within.object());
    }
    const QJsonObject &object() const { return m_object; }

private:
    QJsonObject m_object;
};

/// All of `settings` by `visit(visitor, settings)`.
template <typename Settings, typename Visit>
QJsonObject settingsToJson(Settings settings, Visit visit)
{
    SettingsWriter writer;
    visit(writer, settings);
    return writer.object();
}

/// `settings` with what the object has. Errors as in wire/json.h.
template <typename Settings, typename Visit>
Result<Settings> settingsFromJson(const QJsonObject &object, Settings settings, Visit visit)
{
    JsonReader reader(object);
    SettingsReader visitor(reader);
    visit(visitor, settings);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return settings;
}

/// "outbound.loss_percent=5" and the like as one object: numbers and true and false are what they say, all
/// else is text. Errors: setting-form (about = the text, shortened), setting-twice (given twice, or both a
/// value and a group).
Result<QJsonObject> settingsFromTexts(const QStringList &assignments);

} // namespace reveille
