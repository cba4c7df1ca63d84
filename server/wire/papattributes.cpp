// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papattributes.h"

#include "domain/textscan.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

PapAttributes::PapAttributes(const PapTags &tags, bool closed, std::optional<Error> &error)
    : m_element(tags.name())
    , m_attributes(tags.attributes())
    , m_closed(closed)
    , m_error(error)
{
}

Timestamp PapAttributes::time(QLatin1StringView name)
{
    const QString given = take(name, false, false).trimmed();
    if (given.isEmpty())
        return {};
    const auto time = papTimeFromText(given);
    if (!time)
        fail("pap-attribute-value", name);
    return time.value_or(Timestamp{});
}

bool PapAttributes::flag(QLatin1StringView name)
{
    const QString given = take(name, false, false).trimmed();
    if (!given.isEmpty() && given != "true"_L1 && given != "false"_L1)
        fail("pap-attribute-value", name);
    return given == "true"_L1;
}

QString PapAttributes::pushId()
{
    const QString id = required("push-id"_L1);
    if (id.size() > PapLimit::pushId)
        fail("pap-attribute-too-long", "push-id"_L1);
    return id;
}

int PapAttributes::code()
{
    const QString given = required("code"_L1).trimmed();
    if (!given.isEmpty() && (given.size() != 4 || !allOf(given, isAsciiDigit) || given[0] < u'1' || given[0] > u'5'))
        fail("pap-attribute-value", "code"_L1);
    return given.toInt();
}

PapMessageState PapAttributes::state()
{
    const QString given = required("message-state"_L1).trimmed();
    const auto state = papMessageStateFromText(given);
    if (!given.isEmpty() && !state)
        fail("pap-attribute-value", "message-state"_L1);
    return state.value_or(PapMessageState::Unknown);
}

QString PapAttributes::take(QLatin1StringView name, bool required, bool free)
{
    m_asked.append(name);
    const auto given = std::find_if(m_attributes.cbegin(), m_attributes.cend(), [name](const PapTags::Attribute &one) { return isNamed(one.name, name); });
    const QString value = given == m_attributes.cend() ? QString() : given->value;
    if (required && value.isEmpty())
        fail("pap-attribute-missing", name);
    if (value.size() > PapLimit::value)
        fail("pap-attribute-too-long", name);
    const bool controls = !allOf(value, [](QChar c) { return c >= u' ' && c != u'\x7f'; });
    if (controls && !free)
        fail("pap-attribute-value", name);
    return value;
}

void PapAttributes::finish()
{
    if (std::exchange(m_finished, true) || !m_closed)
        return;
    for (const PapTags::Attribute &attribute : std::as_const(m_attributes)) {
        if (std::find(m_asked.cbegin(), m_asked.cend(), attribute.name) == m_asked.cend())
            fail("pap-attribute-unknown", attribute.name);
    }
}

void PapAttributes::fail(const char *code, QStringView name)
{
    if (!m_error)
        m_error = Error{code, shortened(m_element.toString() + u'/' + name.toString())};
}

} // namespace reveille
