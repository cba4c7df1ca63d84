// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

#include <functional>

namespace reveille {

/// Puts in what is known only while a scenario is played: ${NAME.FACT}. Pure but for what it asks; thread of
/// who is asked.
class ScenarioFilling {
public:
    /// What NAME.FACT is; empty where it is not known.
    using Ask = std::function<QString(const QString &name, const QString &fact)>;
    explicit ScenarioFilling(Ask ask)
        : m_ask(std::move(ask))
    {
    }

    enum class Form : quint8 { Plain, Encoded }; ///< Encoded: for the target of a request
    QString text(const QString &text, Form form = Form::Plain);
    /// Every text in it.
    QJsonValue value(const QJsonValue &value);

    /// The first that was not known, as it is written; empty: all were. It stays as it is written.
    const QString &missing() const { return m_missing; }

private:
    Ask m_ask;
    QString m_missing;
};

} // namespace reveille
