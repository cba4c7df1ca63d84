// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/resultnotifier.h"

#include "engine/engine.h"
#include "http/httpplace.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

ResultNotifier::ResultNotifier(Engine &engine, Settings settings, MakeDocument makeDocument)
    : m_engine(engine)
    , m_settings(std::move(settings))
    , m_makeDocument(std::move(makeDocument))
    , m_caller(m_settings.http, engine.timers())
{
    connect(&engine.pushes(), &PushDispatcher::pushChanged, this, &ResultNotifier::pushChanged);
}

ResultNotifier::~ResultNotifier() = default;

void ResultNotifier::startIn(Milliseconds in, std::function<void()> action)
{
    m_engine.timers().start(in, [guard = QPointer<ResultNotifier>(this), action = std::move(action)] {
        if (guard)
            action();
    });
}

void ResultNotifier::load(const QVector<Notice> &notices)
{
    for (const Notice &notice : notices) {
        if (!notice.document.isEmpty()) {
            makeReady(notice);
            continue;
        }
        if (m_engine.pushes().push(notice.push))
            continue; // goes on; pushChanged() will tell
        m_engine.store().readPush(notice.push, [guard = QPointer<ResultNotifier>(this), notice](const Result<std::optional<Push>> &push) {
            if (!guard || !push)
                return;
            if (*push && isTerminal((*push)->state))
                guard->takeUp(notice, **push);
            else if (!*push)
                guard->finish(notice.id);
        });
    }
}

void ResultNotifier::pushChanged(const PushId &id)
{
    const std::optional<Push> push = m_engine.pushes().push(id);
    if (!push || push->request.notifyTo.isEmpty() || !isTerminal(push->state) || m_owed.contains(id.text()))
        return;
    takeUp({id.text(), id, push->request.notifyTo, {}, 0, push->acceptedAt, {}}, *push);
}

void ResultNotifier::takeUp(const Notice &notice, const Push &push)
{
    Notice told = notice;
    told.document = m_makeDocument(push);
    makeReady(told);
}

void ResultNotifier::makeReady(Notice notice)
{
    const QString id = notice.id;
    const Milliseconds wait = notice.dueAt - m_engine.clock().now();
    const auto place = HttpPlace::parse(notice.url);
    m_authorities.insert(id, place ? place->authority() : QString());
    m_owed.insert(id, std::move(notice));
    startIn(std::max(wait, Milliseconds(0)), [this, id] { queue(id); });
}

void ResultNotifier::queue(const QString &id)
{
    const QString authority = m_authorities.value(id);
    std::deque<QString> &line = m_lines[authority];
    if (line.empty())
        m_turns.push_back(authority);
    line.push_back(id);
    sendNext();
}

/// Hosts in turn; one that has as many requests under way as it may is passed over. Those are few.
void ResultNotifier::sendNext()
{
    size_t passedOver = 0;
    while (m_running < m_settings.atOnce && passedOver < m_turns.size()) {
        const QString authority = m_turns.front();
        m_turns.pop_front();
        if (m_underWay.value(authority) >= m_settings.atOncePerHost) {
            m_turns.push_back(authority);
            ++passedOver;
            continue;
        }
        passedOver = 0;
        const auto line = m_lines.find(authority);
        const QString id = line->front();
        line->pop_front();
        if (line->empty())
            m_lines.erase(line);
        else
            m_turns.push_back(authority);
        if (const auto notice = m_owed.constFind(id); notice != m_owed.cend())
            send(*notice, authority);
    }
}

void ResultNotifier::send(Notice notice, const QString &authority)
{
    const auto place = HttpPlace::parse(notice.url);
    if (!place) {
        journal(QStringLiteral("notification-failed"), notice, place.error().code);
        return finish(notice.id);
    }
    HttpRequest request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/xml");
    request.body = notice.document;
    ++m_running;
    ++m_underWay[authority];
    m_caller.call(*place, request, [this, id = notice.id, authority](const Result<HttpResponse> &answer) {
        answered(id, authority, answer);
    });
}

void ResultNotifier::answered(const QString &id, const QString &authority, const Result<HttpResponse> &answer)
{
    --m_running;
    if (--m_underWay[authority] <= 0)
        m_underWay.remove(authority);
    if (const auto notice = m_owed.find(id); notice != m_owed.end()) {
        if (answer && answer->status / 100 == 2) {
            journal(QStringLiteral("notification-sent"), *notice, {});
            finish(id);
        } else {
            again(*notice, answer ? "http-" + QByteArray::number(answer->status) : QByteArray(answer.error().code));
        }
    }
    sendNext();
}

void ResultNotifier::again(Notice &notice, const QByteArray &why)
{
    if (++notice.attempts >= m_settings.attempts || why == "network-not-allowed") {
        journal(QStringLiteral("notification-failed"), notice, why);
        return finish(notice.id);
    }
    const Milliseconds doubled(m_settings.firstPause.count() << std::min(notice.attempts - 1, 20));
    const Milliseconds pause = std::min(doubled, m_settings.longestPause);
    notice.dueAt = m_engine.clock().now() + pause;
    StoreBatch batch;
    batch.notices = {notice};
    m_engine.writes().commitOrRefuse(batch, {});
    startIn(pause, [this, id = notice.id] { queue(id); });
}

void ResultNotifier::finish(QString id)
{
    m_owed.remove(id);
    m_authorities.remove(id);
    StoreBatch batch;
    batch.removedNotices = {id};
    m_engine.writes().commitOrRefuse(batch, {});
}

void ResultNotifier::journal(const QString &event, const Notice &notice, const QByteArray &code)
{
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = event;
    entry.push = notice.push;
    const auto place = HttpPlace::parse(notice.url);
    if (!code.isEmpty())
        entry.fields.append({QStringLiteral("code"), QString::fromLatin1(code)});
    // The path may carry a secret of the initiator.
    entry.fields.append({QStringLiteral("target"), place ? place->authority() : QString()});
    entry.fields.append({QStringLiteral("attempts"), QString::number(notice.attempts)});
    m_engine.journal().add(entry);
}

} // namespace reveille
