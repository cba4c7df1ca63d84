// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pushresource.h"
#include "engine/limitlog.h"
#include "http/httprouter.h"
#include "triggers/triggergate.h"
#include "triggers/webpushsettings.h"
#include "triggers/webpushtopics.h"
#include "wire/webpush.h"

#include <QStringList>

namespace reveille {

/// Web Push (RFC 8030, RFC 8292) for application servers:
///   POST /wpush/{token}          201 with Location once the push is durable, 202 where a receipt was asked for
///   GET /wpush/{token}/m/{id}    how the push stands; DELETE cancels it (204; 410 too late, 409 just being sent)
///   GET /wpush/{token}/r/{id}    its receipt: 204 the device has it, 202 not yet, 410 it never will
/// The content goes to the device as it came (RFC 8291), in aes128gcm only. A push with a topic replaces the one of that
/// topic that still waits. Urgency: high, normal and low are our priorities; very-low is low and wakes nobody.
///
/// What is not there of RFC 8030: subscribing (staff makes push resources), HTTP/2 with server push and so receipts that come
/// by themselves, and receipt subscriptions for several messages: a Link of the request is not looked at, each push has a
/// receipt of its own.
///
/// Who knows a token may push, unless the resource is bound to a VAPID key: then 401 vapid-missing without, 403 with another
/// or a bad one. A VAPID field that is there must hold in any case (403); after too many for a resource from one address that did
/// not, none is looked at there for a while (429). To ask after a push or to cancel it takes its URL, and no signature. What nobody can learn: whether a token ever was
/// one (404 webpush-unknown); it is looked up by its hash, before anything else. Server thread.
class WebPushTriggers
{
public:
    WebPushTriggers(Engine &engine, TriggerGate &gate, const WebPushSettings &settings);
    ~WebPushTriggers() { *m_alive = false; }

    void addTo(HttpRouter &router);
    /// Where application servers reach us, "https://push.example:8443"; the first stands in what we answer, any of them in the
    /// audience of a VAPID token.
    void setOrigins(const QStringList &origins) { m_origins = origins; }
    WebPushTopics &topics() { return m_topics; }

private:
    /// One push on its way.
    struct Request {
        PushResource resource;
        QByteArray path; ///< of the push resource, absolute where our origin is known
        WebPushTerms terms;
        QString subject; ///< who signed it, as they say
        PushRequest push;
        HttpReply reply;
    };
    using Found = std::function<void(const Push &push, const HttpReply &reply)>;

    /// By its head: whether it may push at all. Sets HttpCall::caller to who signed it.
    std::optional<HttpResponse> judge(HttpCall &call);
    void take(const HttpCall &call, const HttpReply &reply);
    void submit(const Request &request);
    void accepted(const Request &request, const PushId &id);
    void show(const HttpCall &call, const HttpReply &reply);
    void cancel(const HttpCall &call, const HttpReply &reply);
    void receipt(const HttpCall &call, const HttpReply &reply);

    /// The push resource of the path. Errors webpush-unknown, webpush-gone.
    Result<PushResource> resourceOf(const HttpCall &call) const;
    /// Who signed the request, "" where nobody did and nobody has to. Errors vapid-missing, vapid-other-key, those of Vapid.
    Result<QString> signerOf(const PushResource &resource, const HttpRequest &request) const;
    Result<PushRequest> requestOf(const PushResource &resource, const WebPushTerms &terms, const QByteArray &body) const;
    /// The push {id} of the resource, or answers that there is none.
    void find(const HttpCall &call, const HttpReply &reply, Found found);
    /// Journals it and says what may be said of it.
    HttpResponse refusal(const PushResource &resource, const Error &error, const QString &peer);
    void refuse(const PushResource &resource, const Error &error, const HttpReply &reply);

    Engine &m_engine;
    TriggerGate &m_gate;
    const WebPushSettings m_settings;
    WebPushTopics m_topics;
    QStringList m_origins;
    LimitLog m_contentLog, m_lifetimeLog;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
