// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/notice.h"
#include "domain/push.h"
#include "http/httpcaller.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace reveille {

class Engine;

/// Tells initiators how their pushes ended, once that is durable, so that nobody is told two ends: POSTs a document to the URL
/// they named, again and again with growing pauses until a 2xx comes back or the attempts are used up. A notice is durable from the acceptance of its push on and is
/// removed only after the initiator took it, so that it is told at least once over every restart. A push is told of once,
/// when it has ended; a confirmation that comes later is not waited for (what PAP calls delivered is the device's answer)
/// and is no further notice: status queries and event streams tell it. Journals
/// "notification-sent" and "notification-failed". Server thread.
class ResultNotifier : public QObject {
    Q_OBJECT
public:
    struct Settings {
        HttpCaller::Settings http;
        int atOnce = 32;               ///< requests under way
        int atOncePerHost = 4;         ///< of them to one authority, so that a slow one does not stop the others
        int atOncePerInitiator = 16;   ///< of them for one initiator, whatever hosts it names
        qsizetype maxOwed = 100000;    ///< that could be told now or are waiting for their next attempt
        qsizetype maxOwedPerInitiator = 50000;
        int attempts = 30;             ///< with the pauses below more than a day
        Milliseconds firstPause{5000}; ///< doubled after each failure
        Milliseconds longestPause{3600 * 1000};
    };
    /// Makes the documents for a push that has ended, at least one.
    using MakeDocuments = std::function<QVector<QByteArray>(const Push &)>;

    ResultNotifier(Engine &engine, Settings settings, MakeDocuments makeDocuments);
    ~ResultNotifier() override;

    /// Start-up, before the engine resumes: what was owed when the server ended.
    void load(const QVector<Notice> &notices);
    /// A notice that is durable by now and needs no push to wait for.
    void add(const Notice &notice, const InitiatorId &initiator) { makeReady(notice, initiator); }
    /// Whether an initiator may come to be owed so many more. Error queue-full.
    Result<Done> hasRoom(const InitiatorId &initiator, qsizetype more) const;
    qsizetype owed() const { return m_owed.size(); }

private:
    struct Owed {
        Notice notice;
        InitiatorId initiator; ///< empty where the push is not known any more
        QString authority;     ///< empty where the URL is none
    };
    /// What may be sent now of one initiator.
    struct Account {
        QHash<QString, std::deque<QString>> lines; ///< ids, by authority
        std::deque<QString> turns;                 ///< authorities with a line
        int underWay = 0;
        qsizetype owed = 0;
    };

    void loadOne(const Notice &notice);
    void pushEnded(const PushId &id);
    void takeUp(const Notice &notice, const Push &push);
    void makeReady(Notice notice, const InitiatorId &initiator);
    void queue(const QString &id);
    void sendNext();
    /// The next of this initiator whose host takes one more; empty where there is none.
    QString takeNext(Account &account);
    void send(const Owed &owed);
    void answered(const QString &id, const Owed &sent, const Result<HttpResponse> &answer);
    void again(Notice &notice, const QByteArray &why);
    void finish(const QString &id); ///< of what is owed
    void forget(const QString &id); ///< in the store
    void journal(const QString &event, const Notice &notice, const QByteArray &code);
    void startIn(Milliseconds in, std::function<void()> action);

    Engine &m_engine;
    const Settings m_settings;
    MakeDocuments m_makeDocuments;
    HttpCaller m_caller;
    QHash<QString, Owed> m_owed;
    QHash<InitiatorId, Account> m_accounts;
    std::deque<InitiatorId> m_turns; ///< those with a line
    QHash<QString, int> m_underWay;  ///< by authority
    int m_running = 0;
};

} // namespace reveille
