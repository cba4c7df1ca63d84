// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenario.h"
#include "client/scenario/yamlnode.h"

namespace reveille {

/// Reads the keys of one map strictly. What is not there leaves its target alone; after the first fault
/// nothing is read any more. Any thread, one at a time.
class ScenarioFields {
public:
    ScenarioFields(const YamlNode &map, ScenarioFault &fault);

    bool failed() const { return m_fault.failed(); }
    /// Names the key as known.
    const YamlNode *node(const QString &key);
    bool has(const QString &key) { return node(key) != nullptr; }
    void require(const QString &key, const QString &where);

    void text(const QString &key, QString &to, qsizetype longest = 255);
    void longText(const QString &key, QString &to) { text(key, to, 64 * 1024); }
    void flag(const QString &key, bool &to);
    void number(const QString &key, int &to, int least, int most);
    void time(const QString &key, Milliseconds &to, Milliseconds least = Milliseconds(0));
    /// One text, or a list of them.
    void texts(const QString &key, QStringList &to, qsizetype most);
    void localised(const QString &key, ScenarioText &to);
    /// A map whose keys are names; `most` at most.
    const YamlNode *names(const QString &key, qsizetype most);

    /// A text that `parse` turns into a Result<T>.
    template <typename T, typename Parse>
    void value(const QString &key, T &to, Parse parse)
    {
        QString content;
        const YamlNode *found = node(key);
        text(key, content);
        if (!found || failed())
            return;
        const auto result = parse(content);
        if (result)
            to = *result;
        else
            wrong(key, *found, QString::fromLatin1(result.error().code));
    }
    /// A text that `parse` turns into an optional of an enumeration; `choices` are shown where it is none.
    template <typename T, typename Parse>
    void choice(const QString &key, T &to, Parse parse, const QString &choices)
    {
        QString content;
        const YamlNode *found = node(key);
        text(key, content);
        if (!found || failed())
            return;
        if (const auto result = parse(content))
            to = *result;
        else
            wrong(key, *found, choices);
    }

    void wrong(const QString &key, const YamlNode &at, const QString &taken);
    void fail(const char *code, const QString &about, const QString &hint = {});
    /// Last: every key that was not named is refused.
    void finish();

private:
    const YamlNode &m_map;
    ScenarioFault &m_fault;
    QStringList m_known;
};

/// The one of `known` that `text` may have been meant for; empty where none is near.
QString nearestOf(const QString &text, const QStringList &known);

/// The keys of `defaults` with what the map says instead, as JSON. A key that ends in _ms may stand without
/// that and have a time with its unit: "udp_timeout: 3s". `rest` may hold further keys that are taken as
/// they are.
QJsonObject settingsOf(const YamlNode &map, const QJsonObject &defaults, const QStringList &rest,
                       ScenarioFault &fault);

} // namespace reveille
