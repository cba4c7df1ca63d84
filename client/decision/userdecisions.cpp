// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decision/userdecisions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QString textOf(UserDecisions::Decision decision)
{
    switch (decision) {
    case UserDecisions::Decision::Allowed:
        return u"allowed"_s;
    case UserDecisions::Decision::Denied:
        return u"denied"_s;
    case UserDecisions::Decision::NotDecided:
        break;
    }
    return u"not-decided"_s;
}

} // namespace

UserDecisions::UserDecisions(QObject *parent)
    : QObject(parent)
{
}

bool UserDecisions::ask(const QByteArray &about, QJsonObject fields, std::chrono::milliseconds time, Decided decided)
{
    if (isAsking(about))
        return true;
    if (m_open.size() >= mostQuestions)
        return false;
    const QString id = QString::number(++m_lastId);
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, id] { close(id, Decision::NotDecided); });
    timer->start(time);
    m_open.push_back({id, about, std::move(decided), timer});
    fields.insert(u"decision"_s, id);
    fields.insert(u"timeout_ms"_s, qint64(time.count()));
    Q_EMIT happened(u"decision-asked"_s, fields);
    return true;
}

bool UserDecisions::isAsking(const QByteArray &about) const
{
    return std::any_of(m_open.begin(), m_open.end(), [&](const Question &question) { return question.about == about; });
}

bool UserDecisions::decide(const QString &id, bool allowed)
{
    return close(id, allowed ? Decision::Allowed : Decision::Denied);
}

bool UserDecisions::close(const QString &id, Decision decision)
{
    const auto found =
        std::find_if(m_open.begin(), m_open.end(), [&](const Question &question) { return question.id == id; });
    if (found == m_open.end())
        return false;
    const Question question = std::move(*found);
    m_open.erase(found);
    question.time->stop();
    question.time->deleteLater();
    Q_EMIT happened(u"decision-taken"_s,
                    {{u"decision"_s, question.id}, {u"outcome"_s, textOf(decision)}});
    question.decided(decision);
    return true;
}

void UserDecisions::clear()
{
    for (const Question &question : m_open)
        question.time->deleteLater();
    m_open.clear();
}

} // namespace reveille
