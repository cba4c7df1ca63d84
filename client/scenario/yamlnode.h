// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioerror.h"

#include <QByteArrayView>
#include <QJsonValue>
#include <QStringList>

#include <vector>

namespace reveille {

/// One value of a YAML 1.2 document, with the line it stands on. Any thread.
struct YamlNode {
    enum class Kind : quint8 { Null, Scalar, List, Map };
    Kind kind = Kind::Null;
    int line = 0; ///< from 1
    bool quoted = false;
    QString text;                ///< of a scalar
    QStringList keys;            ///< of a map, in order, each once
    std::vector<YamlNode> items; ///< of a list, or the values of a map

    bool isScalar() const { return kind == Kind::Scalar; }
    bool isList() const { return kind == Kind::List; }
    bool isMap() const { return kind == Kind::Map; }
    const YamlNode *find(const QString &key) const;
};

/// The one document in `octets`. Anchors, aliases and a second document are refused, so that nothing is
/// larger than it is written. Errors: scenario-too-large, scenario-syntax, scenario-too-many (values, depth),
/// scenario-key-twice.
ScenarioResult<YamlNode> readYaml(QByteArrayView octets);

constexpr qsizetype yamlMaxSize = 1024 * 1024; ///< octets
constexpr int yamlMaxValues = 50'000;
constexpr int yamlMaxDepth = 16;

/// Numbers, true, false and null that are not quoted are what they say, all else is text.
QJsonValue toJson(const YamlNode &node);
/// On one line, as it could be written: "device: phone, state: up" for a map at the top.
QString toFlowText(const YamlNode &node);

} // namespace reveille
