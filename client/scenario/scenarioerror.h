// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QString>

#include <optional>

namespace reveille {

/// What is wrong with a scenario's file, or with a scenario for a server. Codes, and what stands in `about`:
///   scenario-file          the path: it cannot be read
///   scenario-too-large     octets that are taken
///   scenario-syntax        what the reader of YAML says
///   scenario-too-many      what there is too much of, and how many are taken
///   scenario-type          the key; `hint`: what it should be
///   scenario-value         "key: text"; `hint`: what is taken
///   scenario-key-unknown   the key; `hint`: the known one nearest to it
///   scenario-key-missing   the key; `hint`: where
///   scenario-key-twice     the key
///   scenario-name          a name that is none; scenario-name-twice: one that is taken
///   scenario-name-unknown  a name nothing bears; `hint`: the one nearest to it
///   scenario-server-foreign  what a server that is not the scenario's own cannot be told
/// Any thread.
struct ScenarioError {
    const char *code = "";
    QString about;
    int line = 0; ///< from 1; 0: none
    QString hint{};

    bool is(const char *other) const { return qstrcmp(code, other) == 0; }
};

template <typename T>
using ScenarioResult = Result<T, ScenarioError>;

/// The first thing wrong while reading; what comes after it is not told of.
class ScenarioFault {
public:
    void fail(const char *code, const QString &about, int line, const QString &hint = {})
    {
        if (!m_error)
            m_error = ScenarioError{code, about, line, hint};
    }
    bool failed() const { return m_error.has_value(); }
    const ScenarioError &error() const { return *m_error; }

private:
    std::optional<ScenarioError> m_error;
};

} // namespace reveille
