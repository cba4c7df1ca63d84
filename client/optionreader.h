// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QCommandLineParser>
#include <QString>

#include <optional>

namespace reveille {

/// Reads options one by one and remembers the first thing wrong. `parser` must live as long. Any one thread.
class OptionReader {
public:
    explicit OptionReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    bool has(const QString &name) const { return m_parser.isSet(name); }
    QString text(const QString &name) const { return m_parser.value(name); }
    void refuse(const char *code, const QString &about)
    {
        if (!m_error)
            m_error = Error{code, about};
    }
    const std::optional<Error> &error() const { return m_error; }

    int number(const QString &name, int from, int to, int otherwise)
    {
        if (!has(name))
            return otherwise;
        bool ok = false;
        const int value = text(name).toInt(&ok);
        if (!ok || value < from || value > to)
            refuse("option-value", name);
        return value;
    }
    template <typename T>
    T taken(const QString &name, const std::optional<T> &value, T otherwise)
    {
        if (!has(name))
            return otherwise;
        if (!value)
            refuse("option-value", name);
        return value.value_or(otherwise);
    }
    template <typename T>
    T parsed(const QString &name, const Result<T> &value)
    {
        if (!value)
            refuse("option-value", name);
        return value.ok() ? *value : T{};
    }

private:
    const QCommandLineParser &m_parser;
    std::optional<Error> m_error;
};

} // namespace reveille
