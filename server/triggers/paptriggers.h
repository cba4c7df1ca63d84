// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"
#include "triggers/papdirectory.h"
#include "triggers/papsubmission.h"
#include "triggers/triggergate.h"
#include "wire/papreader.h"

#include <QObject>

#include <optional>

namespace reveille {

class Engine;
class ResultNotifier;

/// POST /pap: the Push Access Protocol 2.0 and 2.1 (requirement S1, wire-facts 6). Once the initiator is known everything is
/// answered 202 with a document; 401 who is not known, 415 what is neither XML nor multipart/related. What an initiator
/// cannot learn: of pushes that are not its own (2004, as for one that never was). A push-id is unique per initiator (2007)
/// as long as its pushes are kept. Server thread.
class PapTriggers : public QObject {
    Q_OBJECT
public:
    PapTriggers(Engine &engine, TriggerGate &gate, PapSettings settings, ResultNotifier &notifier);

    void addTo(HttpRouter &router);

private:
    /// One request on its way.
    struct Request {
        InitiatorId initiator;
        PapDocument document;
        PapEntities entities;
        HttpReply reply;
    };
    using Found = std::function<void(const QVector<Push> &)>;

    bool claim(const Request &request);
    void release(const Request &request);

    void take(const HttpCall &call, const HttpReply &reply);
    void submit(const Request &request);
    void replaceOld(const Request &request, const PapSubmission &plan);
    void store(const Request &request, PapSubmission plan, const QVector<Push> &old);
    void accepted(const Request &request, const PapSubmission &plan, const QVector<Notice> &notices);
    void cancel(const Request &request, const PapCancelMessage &message);
    void query(const Request &request, const PapStatusQuery &message);
    QVector<Device> devicesOf(const PublicUserId &user, const QString &application) const;
    void queryCapabilities(const Request &request, const PapCcqMessage &message);

    /// Own pushes of that name that came over PAP, as they are now, or `failed` is called.
    void find(const Request &request, const QString &pushId, Found found, std::function<void(const Error &)> failed);
    /// `why`: for the journal, where the initiator is not told as much.
    void refuse(const Request &request, const PapRefusal &refusal, const std::optional<Error> &why = {});
    void askAgain(const Request &request, const Error &error);
    void journalRefusal(const Request &request, const Error &error, const QString &target);
    void journalSource(const Request &request, const PapPushMessage &message);
    static void answer(const Request &request, PapBody body);
    static void answerBad(const HttpReply &reply, const PapFault &fault, const QByteArray &document);

    Engine &m_engine;
    TriggerGate &m_gate;
    const PapSettings m_settings;
    ResultNotifier &m_notifier;
};

} // namespace reveille
