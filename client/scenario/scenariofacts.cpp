// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariofacts.h"

#include "client/scenario/scenariomatch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr qsizetype longestField = 80;

/// The fields that are short enough to read; never the octets.
QString fieldsText(const QJsonObject &fields)
{
    QStringList parts;
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        const QString text = scenarioValueText(*it);
        if (it.key() != u"bytes" && !it->isNull() && !text.isEmpty() && text.size() <= longestField)
            parts.append(it.key() + u'=' + text);
    }
    return parts.join(u' ');
}

QString timeOfDay(const QString &iso)
{
    return iso.mid(11, 12);
}

} // namespace

void ScenarioFacts::takeDevice(const QJsonObject &device)
{
    m_devices.insert(device.value(u"id"_s).toString(), device);
}

void ScenarioFacts::takeWake(const QJsonObject &wake)
{
    const QString id = wake.value(u"id"_s).toString();
    if (!m_wakes.contains(id))
        m_wakesOf[wake.value(u"device"_s).toString()].append(id);
    m_wakes.insert(id, wake);
    if (!m_wakeNumbers.contains(id))
        m_wakeNumbers.insert(id, quint64(m_wakeNumbers.size()) + 1);
}

void ScenarioFacts::forgetStates()
{
    m_devices.clear();
    m_pushes.clear();
    m_wakes.clear();
    m_wakesOf.clear();
    m_metrics.clear();
}

void ScenarioFacts::takeJournal(const QJsonObject &entry)
{
    const quint64 id = quint64(entry.value(u"id"_s).toInteger());
    const QString key = QString::number(id) + u' ' + entry.value(u"time"_s).toString();
    if (m_seen.contains(key))
        return;
    m_seen.insert(key);
    m_lastJournalId = std::max(m_lastJournalId, id);
    m_journal.push_back(entry);
    if (m_journal.size() > maxJournal) {
        const QJsonObject &oldest = m_journal.front();
        m_seen.remove(QString::number(oldest.value(u"id"_s).toInteger()) + u' ' +
                      oldest.value(u"time"_s).toString());
        m_journal.pop_front();
    }
}

void ScenarioFacts::takeHeard(const QString &by, const ClientEvent &event)
{
    m_heard.push_back({by, event});
    if (m_heard.size() > maxHeard) {
        m_heard.pop_front();
        ++m_heardGone;
    }
}

void ScenarioFacts::takeMetrics(const QByteArray &text)
{
    m_metrics.clear();
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype space = line.lastIndexOf(' ');
        if (space > 0 && !line.startsWith('#'))
            m_metrics.insert(QString::fromUtf8(line.first(space)), line.sliced(space + 1).toDouble());
    }
}

QJsonObject ScenarioFacts::newestWakeOf(const QString &device, const ScenarioMark &since) const
{
    const QStringList wakes = m_wakesOf.value(device);
    const bool counts = !wakes.isEmpty() && m_wakeNumbers.value(wakes.last()) > since.wakes;
    return counts ? m_wakes.value(wakes.last()) : QJsonObject();
}

QJsonValue ScenarioFacts::metric(const QString &name) const
{
    const auto found = m_metrics.find(name);
    return found == m_metrics.end() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(*found);
}

QStringList ScenarioFacts::evidence(const QStringList &devices, const QStringList &names, int most) const
{
    QStringList lines;
    int taken = 0;
    for (auto it = m_journal.rbegin(); it != m_journal.rend() && taken < most; ++it) {
        const QString device = it->value(u"device"_s).toString();
        if (!devices.isEmpty() && !devices.contains(device))
            continue;
        lines.append(scenarioLine(*it));
        ++taken;
    }
    taken = 0;
    for (auto it = m_heard.rbegin(); it != m_heard.rend() && taken < most; ++it) {
        if (!names.isEmpty() && !names.contains(it->by))
            continue;
        lines.append(scenarioLine(*it));
        ++taken;
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

QString scenarioLine(const QJsonObject &entry)
{
    return u"%1 server %2 %3 %4"_s
        .arg(timeOfDay(entry.value(u"time"_s).toString()), entry.value(u"kind"_s).toString(),
             entry.value(u"event"_s).toString(), fieldsText(entry.value(u"fields"_s).toObject()))
        .trimmed();
}

QString scenarioLine(const ScenarioFacts::Heard &heard)
{
    QJsonObject fields = heard.event.fields;
    for (const QString &name : {u"body"_s, u"body_base64"_s})
        fields.remove(name);
    return u"%1 %2 %3 %4"_s
        .arg(timeOfDay(heard.event.time.toIso()), heard.by, heard.event.code, fieldsText(fields))
        .trimmed();
}

} // namespace reveille
