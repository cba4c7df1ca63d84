// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/yamlnode.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

/// Thrown while yaml-cpp reads, which has no other way to be stopped; caught in readYaml().
struct YamlRefusal {
    ScenarioError error;
};

/// Builds the tree from what the parser finds.
class TreeBuilder : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        add({}, YamlNode::Kind::Null, mark, anchor);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override { refuseAnchor(mark); }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        YamlNode node;
        node.text = QString::fromUtf8(value.data(), qsizetype(value.size()));
        node.quoted = tag == "!";
        const bool null = !node.quoted && (value.empty() || value == "~" || value == "null");
        add(std::move(node), null ? YamlNode::Kind::Null : YamlNode::Kind::Scalar, mark, anchor);
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        begin(YamlNode::Kind::List, mark, anchor);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        begin(YamlNode::Kind::Map, mark, anchor);
    }
    void OnMapEnd() override { end(); }

    YamlNode takeRoot() { return std::move(m_root); }

private:
    static int lineOf(const YAML::Mark &mark) { return mark.line < 0 ? 0 : mark.line + 1; }
    static void refuseAnchor(const YAML::Mark &mark)
    {
        throw YamlRefusal{{"scenario-syntax", u"anchors and aliases are not taken"_s, lineOf(mark)}};
    }
    void count(const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            refuseAnchor(mark);
        if (++m_values > yamlMaxValues)
            throw YamlRefusal{{"scenario-too-many", u"values: %1"_s.arg(yamlMaxValues), lineOf(mark)}};
    }
    void begin(YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        count(mark, anchor);
        if (m_open.size() >= size_t(yamlMaxDepth))
            throw YamlRefusal{{"scenario-too-many", u"depth: %1"_s.arg(yamlMaxDepth), lineOf(mark)}};
        YamlNode node;
        node.kind = kind;
        node.line = lineOf(mark);
        m_open.push_back({std::move(node), {}, false});
    }
    void end()
    {
        YamlNode node = std::move(m_open.back().node);
        m_open.pop_back();
        place(std::move(node));
    }
    void add(YamlNode node, YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        count(mark, anchor);
        node.kind = kind;
        node.line = lineOf(mark);
        place(std::move(node));
    }
    void place(YamlNode node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &parent = m_open.back();
        if (parent.node.isMap() && !parent.hasKey)
            return takeKey(parent, node);
        parent.hasKey = false;
        parent.node.items.push_back(std::move(node));
    }
    struct Open {
        YamlNode node;
        QSet<QString> keys;
        bool hasKey;
    };
    static void takeKey(Open &parent, const YamlNode &key)
    {
        if (!key.isScalar())
            throw YamlRefusal{{"scenario-syntax", u"a key must be a word"_s, key.line}};
        if (parent.keys.contains(key.text))
            throw YamlRefusal{{"scenario-key-twice", key.text.left(64), key.line}};
        parent.keys.insert(key.text);
        parent.node.keys.append(key.text);
        parent.hasKey = true;
    }

    YamlNode m_root;
    std::vector<Open> m_open;
    int m_values = 0;
};

QJsonValue scalarValue(const YamlNode &node)
{
    if (node.quoted)
        return node.text;
    if (node.text == u"true" || node.text == u"false")
        return node.text == u"true";
    bool ok = false;
    const qint64 whole = node.text.toLongLong(&ok);
    // "0049" and "+49" are numbers for telephones.
    const bool plain = !node.text.startsWith(u'+') && (node.text == u"0" || !node.text.startsWith(u'0'));
    if (ok && plain && whole <= (1LL << 53) && whole >= -(1LL << 53))
        return whole;
    const double number = node.text.toDouble(&ok);
    const bool decimal = node.text.contains(u'.') && !node.text.startsWith(u'+') && qIsFinite(number);
    return ok && decimal ? QJsonValue(number) : QJsonValue(node.text);
}

QString quotedWhereNeeded(const YamlNode &node)
{
    static const QString special = u",:{}[]#&*!|>'\"%@`"_s;
    bool plain = !node.text.isEmpty() && node.text == node.text.trimmed();
    for (const QChar c : node.text)
        plain = plain && !special.contains(c) && c.isPrint();
    if (plain)
        return node.text;
    QString text = node.text;
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s) + u'"';
}

QString flowText(const YamlNode &node, bool top)
{
    QStringList parts;
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return u"null"_s;
    case YamlNode::Kind::Scalar:
        return quotedWhereNeeded(node);
    case YamlNode::Kind::List:
        for (const YamlNode &item : node.items)
            parts.append(flowText(item, false));
        return u'[' + parts.join(u", "_s) + u']';
    case YamlNode::Kind::Map:
        break;
    }
    for (size_t i = 0; i < node.items.size(); ++i)
        parts.append(node.keys.at(qsizetype(i)) + u": "_s + flowText(node.items[i], false));
    return top ? parts.join(u", "_s) : u'{' + parts.join(u", "_s) + u'}';
}

} // namespace

const YamlNode *YamlNode::find(const QString &key) const
{
    const qsizetype at = keys.indexOf(key);
    return at < 0 || size_t(at) >= items.size() ? nullptr : &items[size_t(at)];
}

ScenarioResult<YamlNode> readYaml(QByteArrayView octets)
{
    if (octets.size() > yamlMaxSize)
        return ScenarioError{"scenario-too-large", QString::number(yamlMaxSize)};
    try {
        std::istringstream stream(std::string(octets.data(), size_t(octets.size())));
        YAML::Parser parser(stream);
        TreeBuilder first;
        if (!parser.HandleNextDocument(first))
            return ScenarioError{"scenario-syntax", u"the document is empty"_s, 1};
        TreeBuilder second;
        if (parser.HandleNextDocument(second))
            return ScenarioError{"scenario-syntax", u"a second document"_s, second.takeRoot().line};
        return first.takeRoot();
    } catch (const YamlRefusal &refusal) {
        return refusal.error;
    } catch (const YAML::Exception &fault) {
        const int line = fault.mark.line < 0 ? 0 : fault.mark.line + 1;
        return ScenarioError{"scenario-syntax", QString::fromStdString(fault.msg).left(200), line};
    } catch (const std::exception &) {
        return ScenarioError{"scenario-syntax", u"it cannot be read"_s};
    }
}

QJsonValue toJson(const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return {};
    case YamlNode::Kind::Scalar:
        return scalarValue(node);
    case YamlNode::Kind::List: {
        QJsonArray array;
        for (const YamlNode &item : node.items)
            array.append(toJson(item));
        return array;
    }
    case YamlNode::Kind::Map:
        break;
    }
    QJsonObject object;
    for (size_t i = 0; i < node.items.size(); ++i)
        object.insert(node.keys.at(qsizetype(i)), toJson(node.items[i]));
    return object;
}

QString toFlowText(const YamlNode &node)
{
    return flowText(node, true);
}

} // namespace reveille
