// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/pap.h"

#include <QStringView>
#include <QVarLengthArray>
#include <QVector>

namespace reveille {

/// Compares sizes first, which nearly always differ. Any thread.
inline bool isNamed(QStringView name, QLatin1StringView wanted)
{
    return name.size() == wanted.size() && name == wanted;
}

/// Walks over a PAP document from its root element on, tag by tag, and holds it to XML 1.0 where it does: what is not well-formed
/// ends the walk. Such documents are tags with attributes, a few hundred octets, and one comes with every push; a reader of all
/// of XML takes longer to begin than this to be done. Namespaces are nothing to it, entities are the five of XML. Any thread.
class PapTags {
public:
    enum class Token : quint8 {
        Start,
        End,   ///< also of an element that is closed by its start
        Text,  ///< characters other than white space, a reference or a CDATA section: none has a place in PAP, the walk is over
        Done,  ///< the root element is over and nothing but white space, comments and instructions behind it
        Wrong, ///< not well-formed, deeper than PapLimit::depth or with more than PapLimit::attributes; stays so
    };
    struct Attribute {
        QStringView name;
        QString value; ///< references resolved, white space made spaces
    };

    /// `root`: from the root element on, without NUL; lives longer than this.
    explicit PapTags(QStringView root)
        : m_text(root)
    {
    }
    /// The next of them; white space, comments and processing instructions are passed over.
    Token next();
    /// Of the element that starts or ends.
    QStringView name() const { return m_name; }
    /// Of the element that starts, in their order.
    const QVector<Attribute> &attributes() const { return m_attributes; }

private:
    Token wrong();
    Token readTag();
    Token readEnd();
    Token readText();
    bool readAttributes();
    bool readAttribute();
    bool readReference(QString &out);
    bool skipComment();
    bool skipInstruction();
    bool skipCharacters(QLatin1StringView end);
    bool skipSpace();
    QStringView takeName();
    QStringView rest() const { return m_text.sliced(m_at); }

    QStringView m_text;
    qsizetype m_at = 0;
    QStringView m_name;
    QVector<Attribute> m_attributes;
    QVarLengthArray<QStringView, PapLimit::depth> m_open;
    bool m_isClosed = false; ///< the element that has started has no more to it
    bool m_isOver = false;   ///< the root element has ended
    bool m_isWrong = false;
};

} // namespace reveille
