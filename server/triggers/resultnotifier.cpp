// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/resultnotifier.h"

#include "engine/engine.h"
#include "engine/limitlog.h"
#include "http/httpplace.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.triggers")

LimitLog maxOwed{log, "maxOwed"}, maxOwedPerInitiator{log, "maxOwedPerInitiator"};

} // namespace

ResultNotifier::ResultNotifier(Engine &engine, Settings settings, MakeDocuments makeDocuments)
    : m_engine(engine)
    , m_settings(std::move(settings))
    , m_makeDocuments(std::move(makeDocuments))
    , m_caller(m_settings.http, engine.timers())
{
    connect(&engine.pushes(), &PushDispatcher::pushEnded, this, &ResultNotifier::pushEnded);
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
    for (const Notice &notice : notices)
        loadOne(notice);
}

void ResultNotifier::loadOne(const Notice &notice)
{
    if (!notice.document.isEmpty())
        return makeReady(notice, {});
    if (const std::optional<Push> push = m_engine.pushes().push(notice.push)) {
        if (isTerminal(push->state)) // and may still be confirmed
            takeUp(notice, *push);
        return; // goes on; pushEnded() will tell
    }
    m_engine.store().readPush(notice.push, [guard = QPointer<ResultNotifier>(this), notice](const Result<std::optional<Push>> &push) {
        if (!guard)
            return;
        if (!push)
            guard->startIn(guard->m_settings.firstPause, [guard, notice] { guard->loadOne(notice); });
        else if (!*push)
            guard->forget(notice.id);
        else if (isTerminal((*push)->state))
            guard->takeUp(notice, **push);
    });
}

void ResultNotifier::pushEnded(const PushId &id)
{
    const std::optional<Push> push = m_engine.pushes().push(id);
    if (!push || push->request.notifyTo.isEmpty() || m_owed.contains(id.text()))
        return;
    takeUp({id.text(), id, push->request.notifyTo, {}, 0, push->acceptedAt, {}}, *push);
}

void ResultNotifier::takeUp(const Notice &notice, const Push &push)
{
    const QVector<QByteArray> documents = m_makeDocuments(push);
    StoreBatch others; // durable before the first is forgotten, which would make them again
    for (qsizetype i = 1; i < documents.size(); ++i)
        others.notices.append({notice.id + u'/' + QString::number(i), notice.push, notice.url, documents[i], 0, notice.dueAt, {}});
    if (!others.notices.isEmpty())
        m_engine.writes().commitOrRefuse(others, {});
    Notice told = notice;
    told.document = documents.first();
    makeReady(told, push.request.initiator);
    for (const Notice &other : std::as_const(others.notices))
        makeReady(other, push.request.initiator);
}

Result<Done> ResultNotifier::hasRoom(const InitiatorId &initiator, qsizetype more) const
{
    const auto account = m_accounts.constFind(initiator);
    const qsizetype own = account == m_accounts.cend() ? 0 : account->owed;
    if (m_owed.size() + more > m_settings.maxOwed) {
        maxOwed.reached(initiator.text());
        return Error{"queue-full", QString::number(m_settings.maxOwed)};
    }
    if (own + more > m_settings.maxOwedPerInitiator) {
        maxOwedPerInitiator.reached(initiator.text());
        return Error{"queue-full", QString::number(m_settings.maxOwedPerInitiator)};
    }
    return Done{};
}

void ResultNotifier::makeReady(Notice notice, const InitiatorId &initiator)
{
    const QString id = notice.id;
    if (m_owed.contains(id))
        return;
    const Milliseconds wait = notice.dueAt - m_engine.clock().now();
    const auto place = HttpPlace::parse(notice.url);
    m_owed.insert(id, {std::move(notice), initiator, place ? place->authority() : QString()});
    ++m_accounts[initiator].owed;
    startIn(std::max(wait, Milliseconds(0)), [this, id] { queue(id); });
}

void ResultNotifier::queue(const QString &id)
{
    const auto owed = m_owed.constFind(id);
    if (owed == m_owed.cend())
        return;
    Account &account = m_accounts[owed->initiator];
    if (account.turns.empty())
        m_turns.push_back(owed->initiator);
    std::deque<QString> &line = account.lines[owed->authority];
    if (line.empty())
        account.turns.push_back(owed->authority);
    line.push_back(id);
    sendNext();
}

/// Initiators in turn, of each its hosts in turn. One that has as many requests under way as it may is passed over; those
/// are few.
void ResultNotifier::sendNext()
{
    size_t passedOver = 0;
    while (m_running < m_settings.atOnce && passedOver < m_turns.size()) {
        const InitiatorId initiator = m_turns.front();
        Account &account = m_accounts[initiator];
        m_turns.pop_front();
        const QString id = account.underWay < m_settings.atOncePerInitiator ? takeNext(account) : QString();
        if (!account.turns.empty())
            m_turns.push_back(initiator);
        if (id.isEmpty()) {
            ++passedOver;
            continue;
        }
        passedOver = 0;
        if (const auto owed = m_owed.constFind(id); owed != m_owed.cend())
            send(*owed);
    }
}

QString ResultNotifier::takeNext(Account &account)
{
    for (size_t tried = 0; tried < account.turns.size(); ++tried) {
        const QString authority = account.turns.front();
        account.turns.pop_front();
        if (m_underWay.value(authority) >= m_settings.atOncePerHost) {
            account.turns.push_back(authority);
            continue;
        }
        const auto line = account.lines.find(authority);
        const QString id = line->front();
        line->pop_front();
        if (line->empty())
            account.lines.erase(line);
        else
            account.turns.push_back(authority);
        return id;
    }
    return {};
}

void ResultNotifier::send(const Owed &owed)
{
    const Owed sent = owed; // the answer may come at once and end it
    const auto place = HttpPlace::parse(sent.notice.url);
    if (!place) {
        journal(QStringLiteral("notification-failed"), sent.notice, place.error().code);
        return finish(sent.notice.id);
    }
    HttpRequest request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/xml");
    request.body = sent.notice.document;
    ++m_running;
    ++m_underWay[sent.authority];
    ++m_accounts[sent.initiator].underWay;
    m_caller.call(*place, request, [this, sent](const Result<HttpResponse> &answer) { answered(sent.notice.id, sent, answer); });
}

void ResultNotifier::answered(const QString &id, const Owed &sent, const Result<HttpResponse> &answer)
{
    --m_running;
    --m_accounts[sent.initiator].underWay;
    if (--m_underWay[sent.authority] <= 0)
        m_underWay.remove(sent.authority);
    if (const auto owed = m_owed.find(id); owed != m_owed.end()) {
        if (answer && answer->status / 100 == 2) {
            journal(QStringLiteral("notification-sent"), owed->notice, {});
            finish(id);
        } else {
            again(owed->notice, answer ? "http-" + QByteArray::number(answer->status) : QByteArray(answer.error().code));
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

void ResultNotifier::finish(const QString &id)
{
    const Owed owed = m_owed.take(id);
    forget(owed.notice.id);
    const auto account = m_accounts.find(owed.initiator);
    --account->owed;
    if (account->owed == 0 && account->underWay == 0 && account->turns.empty())
        m_accounts.erase(account);
}

void ResultNotifier::forget(const QString &id)
{
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
