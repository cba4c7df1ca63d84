// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QCommandLineParser>
#include <QHostAddress>

#include <optional>
#include <utility>

namespace reveille {

/// Reads the options of a program one by one and remembers the first thing wrong: option-value (about: the option), or
/// what refuse() is told. Any one thread.
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

    int number(const QString &name, int from, int to, int otherwise);
    /// An address literal; null where the option is not there.
    QHostAddress address(const QString &name);
    /// "HOST[:PORT]", where a name is resolved, which may block; `hostName` is set then. Port 0: none written.
    std::pair<QHostAddress, quint16> host(const QString &name, QString *hostName = nullptr);
    /// The option `password`, or the first line of the file that `password-file` names. Error password-file.
    QString password();

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

/// Adds --NAME, with a value where `value` names one.
void addOption(QCommandLineParser &parser, const char *name, const char *text, const char *value = nullptr);
/// Adds --help and --version.
void addStandardOptions(QCommandLineParser &parser);

} // namespace reveille
