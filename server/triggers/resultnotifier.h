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

/// Tells initiators how their pushes ended: POSTs a document to the URL they named, again and again with growing pauses
/// until a 2xx comes back or the attempts are used up. A notice is durable from the acceptance of its push on and is
/// removed only after the initiator took it, so that it is told at least once over every restart. Journals
/// "notification-sent" and "notification-failed". Server thread.
class ResultNotifier : public QObject {
    Q_OBJECT
public:
    struct Settings {
        HttpCaller::Settings http;
        int atOnce = 32;               ///< requests under way
        int atOncePerHost = 4;         ///< of them to one authority, so that a slow one does not stop the others
        int attempts = 30;             ///< with the pauses below more than a day
        Milliseconds firstPause{5000}; ///< doubled after each failure
        Milliseconds longestPause{3600 * 1000};
    };
    /// Makes the document for a push that has ended.
    using MakeDocument = std::function<QByteArray(const Push &)>;

    ResultNotifier(Engine &engine, Settings settings, MakeDocument makeDocument);
    ~ResultNotifier() override;

    /// Start-up, before the engine resumes: what was owed when the server ended.
    void load(const QVector<Notice> &notices);
    /// A notice that is durable by now and needs no push to wait for.
    void add(const Notice &notice) { makeReady(notice); }
    qsizetype owed() const { return m_owed.size(); } ///< that could be told now or are waiting for their next attempt

private:
    void pushChanged(const PushId &id);
    void takeUp(const Notice &notice, const Push &push);
    void makeReady(Notice notice);
    void queue(const QString &id);
    void sendNext();
    void send(Notice notice, const QString &authority);
    void answered(const QString &id, const QString &authority, const Result<HttpResponse> &answer);
    void again(Notice &notice, const QByteArray &why);
    void finish(QString id);
    void journal(const QString &event, const Notice &notice, const QByteArray &code);
    void startIn(Milliseconds in, std::function<void()> action);

    Engine &m_engine;
    const Settings m_settings;
    MakeDocument m_makeDocument;
    HttpCaller m_caller;
    QHash<QString, Notice> m_owed;
    QHash<QString, QString> m_authorities;           ///< of what is owed, by id; empty where the URL is none
    QHash<QString, std::deque<QString>> m_lines;     ///< ids that may be sent now, by authority
    std::deque<QString> m_turns;                     ///< authorities with a line
    QHash<QString, int> m_underWay; ///< by authority
    int m_running = 0;
};

} // namespace reveille
