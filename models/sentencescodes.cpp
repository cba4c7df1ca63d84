// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"
#include "models/carriercodes.h"
#include "models/sentences.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr CodeText outcomes[] = {
    {"accepted", QT_TRANSLATE_NOOP("reveille::Sentences", "taken by the carrier")},
    {"received", QT_TRANSLATE_NOOP("reveille::Sentences", "received by the terminal")},
    {"sent", QT_TRANSLATE_NOOP("reveille::Sentences", "sent")},
    {"refused", QT_TRANSLATE_NOOP("reveille::Sentences", "refused by the device")},
    {"refused-by-device", QT_TRANSLATE_NOOP("reveille::Sentences", "refused by the device")},
    {"no-answer", QT_TRANSLATE_NOOP("reveille::Sentences", "no answer")},
    {"fault-dropped", QT_TRANSLATE_NOOP("reveille::Sentences", "lost on the way by an injected fault")},
    {"fault-delayed", QT_TRANSLATE_NOOP("reveille::Sentences", "held back by an injected fault")},
    {"timeout", QT_TRANSLATE_NOOP("reveille::Sentences", "no answer in time")},
    {"reset", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection broke")},
    {"ttl-zero", QT_TRANSLATE_NOOP("reveille::Sentences", "dropped because its time to live was 0 and the device was not connected")},
    {"by-application", QT_TRANSLATE_NOOP("reveille::Sentences", "the application says that it has it")},
    {"by-user", QT_TRANSLATE_NOOP("reveille::Sentences", "it was shown to the user")},
    {"cpim-head", QT_TRANSLATE_NOOP("reveille::Sentences", "the head of the message in it cannot be read")},
    {"cpim-content", QT_TRANSLATE_NOOP("reveille::Sentences", "the message in it does not say what it holds")},
    {"imdn-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "the notification is too large")},
    {"imdn-xml", QT_TRANSLATE_NOOP("reveille::Sentences", "the notification cannot be read")},
    {"imdn-root", QT_TRANSLATE_NOOP("reveille::Sentences", "it is no notification")},
    {"imdn-message-id", QT_TRANSLATE_NOOP("reveille::Sentences", "the notification does not say which message it is about")},
    {"imdn-notification", QT_TRANSLATE_NOOP("reveille::Sentences", "the notification does not say what became of the message")},
    {"deflate-broken", QT_TRANSLATE_NOOP("reveille::Sentences", "what was compressed cannot be read")},
    {"deflate-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "what was compressed is too large")},
    {"notification-type", QT_TRANSLATE_NOOP("reveille::Sentences", "it is no notification of a kind that is read")},
    {"sender-not-registered", QT_TRANSLATE_NOOP("reveille::Sentences", "the sender has nothing registered on this path")},
    {"confirmation-push", QT_TRANSLATE_NOOP("reveille::Sentences", "the confirmation does not say which push it is about")},
    {"confirmation-by", QT_TRANSLATE_NOOP("reveille::Sentences", "the confirmation does not say who confirms")},
    {"confirmation-unasked", QT_TRANSLATE_NOOP("reveille::Sentences", "nobody had asked for a confirmation")},
    {"confirmation-early", QT_TRANSLATE_NOOP("reveille::Sentences", "it had not been sent to this device")},
    {"confirmation-late", QT_TRANSLATE_NOOP("reveille::Sentences", "its time was over, or it had ended otherwise")},
    {"confirmation-negative", QT_TRANSLATE_NOOP("reveille::Sentences", "the device says that its application did not take it")},
    {"ttl-ended", QT_TRANSLATE_NOOP("reveille::Sentences", "its time to live ended")},
    {"not-connected", QT_TRANSLATE_NOOP("reveille::Sentences", "the device was not connected")},
    {"when-reachable", QT_TRANSLATE_NOOP("reveille::Sentences", "waits until the device comes back by itself")},
    {"no-device-chosen", QT_TRANSLATE_NOOP("reveille::Sentences", "no device was chosen; see the explanation")},
    {"attempts-exhausted", QT_TRANSLATE_NOOP("reveille::Sentences", "sent as often as allowed without success")},
    {"by-hand", QT_TRANSLATE_NOOP("reveille::Sentences", "by staff")},
    {"by-initiator", QT_TRANSLATE_NOOP("reveille::Sentences", "by its application server")},
    {"delivered-elsewhere", QT_TRANSLATE_NOOP("reveille::Sentences", "another device of the user got it")},
    {"replaced", QT_TRANSLATE_NOOP("reveille::Sentences", "a newer push took its place")},
    {"device-removed", QT_TRANSLATE_NOOP("reveille::Sentences", "the device was removed")},
    {"device-returned", QT_TRANSLATE_NOOP("reveille::Sentences", "the device came back")},
    {"routes-exhausted", QT_TRANSLATE_NOOP("reveille::Sentences", "all routes and attempts were used up")},
    {"already-connected", QT_TRANSLATE_NOOP("reveille::Sentences", "the device was connected already")},
    {"server-restarted", QT_TRANSLATE_NOOP("reveille::Sentences", "the server restarted")},
    {"queued", QT_TRANSLATE_NOOP("reveille::Sentences", "waits its turn")},
    {"registration-renewed", QT_TRANSLATE_NOOP("reveille::Sentences", "the device renewed its registration")},
    {"wake-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake policy lets only staff wake the device")},
    {"wakes-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "too many wake-ups wait already")},
    {"returned-too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "what the device returned is too large")},
    {"returned-nonce", QT_TRANSLATE_NOOP("reveille::Sentences", "what the device returned names no request that can be read")},
    {"sender-differs", QT_TRANSLATE_NOOP("reveille::Sentences", "it was sent in another user's name")},
    {"wake-active", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake-up is still under way")},
    {"wake-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake-up failed")},
    {"no-wake-route", QT_TRANSLATE_NOOP("reveille::Sentences", "no wake-up route is known")},
    {"bearer-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "the bearer is not configured")},
    {"bearer-cannot-reach", QT_TRANSLATE_NOOP("reveille::Sentences", "the bearer cannot reach the address")},
    {"network-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "the bearer may not send to this network")},
    {"address-not-ip", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not an IP address")},
    {"port-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "the route names no port")},
    {"port-unreachable", QT_TRANSLATE_NOOP("reveille::Sentences", "nobody listens at the port")},
    {"send-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "sending failed")},
    {"bind-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "the bearer cannot use its own address")},
    {"queue-full", QT_TRANSLATE_NOOP("reveille::Sentences", "too much waits already")},
    {"user-not-served", QT_TRANSLATE_NOOP("reveille::Sentences", "this server does not serve the user")},
    {"host-not-served", QT_TRANSLATE_NOOP("reveille::Sentences", "this server does not serve the domain")},
    {"sender-not-served", QT_TRANSLATE_NOOP("reveille::Sentences", "this server does not serve the sender")},
    {"user-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "there is no such user")},
    {"device-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "there is no such device")},
    {"msisdn-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "nobody has this number")},
    {"session-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "there is no such session")},
    {"device-belongs-to-other-user", QT_TRANSLATE_NOOP("reveille::Sentences", "the device belongs to another user")},
    {"third-party", QT_TRANSLATE_NOOP("reveille::Sentences", "it registers somebody else")},
    {"credentials", QT_TRANSLATE_NOOP("reveille::Sentences", "wrong user name or password")},
    {"credentials-syntax", QT_TRANSLATE_NOOP("reveille::Sentences", "the credentials cannot be read")},
    {"credentials-wait", QT_TRANSLATE_NOOP("reveille::Sentences", "too many wrong passwords, it has to wait")},
    {"contact-star", QT_TRANSLATE_NOOP("reveille::Sentences", "the contact * stands with others or without Expires: 0")},
    {"contact-scheme", QT_TRANSLATE_NOOP("reveille::Sentences", "the contact is not a SIP address")},
    {"contact-gruu", QT_TRANSLATE_NOOP("reveille::Sentences", "the contact is a GRUU")},
    {"first-hop-lacks-outbound",
     QT_TRANSLATE_NOOP("reveille::Sentences", "the proxy in front of it keeps no flows (RFC 5626)")},
    {"contacts-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "too many contacts")},
    {"reg-id-repeated", QT_TRANSLATE_NOOP("reveille::Sentences", "a reg-id stands twice")},
    {"scheme", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not a SIP address")},
    {"extension-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "it needs an extension this server does not have")},
    {"interval-too-brief", QT_TRANSLATE_NOOP("reveille::Sentences", "the registration would be too short")},
    {"dialogue-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "there is no such dialogue")},
    {"transaction-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "there is no such transaction")},
    {"too-many-hops", QT_TRANSLATE_NOOP("reveille::Sentences", "too many hops")},
    {"cseq-out-of-order", QT_TRANSLATE_NOOP("reveille::Sentences", "the request is older than the last one")},
    {"method-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "the method is unknown")},
    {"method-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "the method is not allowed here")},
    {"push-service-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "the push service is unknown")},
    {"dtls-needed", QT_TRANSLATE_NOOP("reveille::Sentences", "it has to register over DTLS")},
    {"identity-differs", QT_TRANSLATE_NOOP("reveille::Sentences", "it registers another user than its DTLS identity names")},
    {"base-over-dtls", QT_TRANSLATE_NOOP("reveille::Sentences", "over DTLS it may name no other address")},
    {"base", QT_TRANSLATE_NOOP("reveille::Sentences", "the address it names cannot be read")},
    {"base-not-allowed", QT_TRANSLATE_NOOP("reveille::Sentences", "the address it names is not in the allowed networks")},
    {"sessions-too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "as many application instances are registered as allowed")},
    {"store-behind", QT_TRANSLATE_NOOP("reveille::Sentences", "the disk does not keep up; it is to come back later")},
    {"answers-owed", QT_TRANSLATE_NOOP("reveille::Sentences", "too many wait for their answers; it is to come back later")},
    {"session-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "it names no session")},
    {"session-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "the session identifier cannot be read")},
    {"session-of-other-device", QT_TRANSLATE_NOOP("reveille::Sentences", "another device has this session")},
    {"application-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "the application or name cannot be read")},
    {"lifetime", QT_TRANSLATE_NOOP("reveille::Sentences", "the lifetime cannot be read")},
    {"route", QT_TRANSLATE_NOOP("reveille::Sentences", "the wake-up route cannot be read")},
    {"too-large", QT_TRANSLATE_NOOP("reveille::Sentences", "too large for the device")},
    {"status-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "the answer has no status of OTA-HTTP")},
    {"terminal-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "nobody knows this terminal")},
    {"terminal-device", QT_TRANSLATE_NOOP("reveille::Sentences", "the device identity in the answer cannot be read")},
    {"terminal-user", QT_TRANSLATE_NOOP("reveille::Sentences", "the user in the answer cannot be read")},
    {"credentials-missing", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal did not prove who it is")},
    {"authentication-needs-tls", QT_TRANSLATE_NOOP("reveille::Sentences", "a password would be readable on the way; TLS is needed")},
    {"authentication-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal does not want to prove who it is")},
    {"registration-rejected", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal does not want to register")},
    {"provisioning-context", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal does not know this server")},
    {"ota-version", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal speaks another version of OTA-HTTP")},
    {"tls-unsupported", QT_TRANSLATE_NOOP("reveille::Sentences", "TLS is not available")},
    {"connected", QT_TRANSLATE_NOOP("reveille::Sentences", "connected")},
    {"registered", QT_TRANSLATE_NOOP("reveille::Sentences", "registered")},
    {"closed", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection was closed")},
    {"content-type", QT_TRANSLATE_NOOP("reveille::Sentences", "it does not take this content type")},
    {"bye", QT_TRANSLATE_NOOP("reveille::Sentences", "the device hung up")},
    {"connect-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "no connection to the device came about")},
    {"cseq", QT_TRANSLATE_NOOP("reveille::Sentences", "the request is older than the last one in its dialogue")},
    {"expired", QT_TRANSLATE_NOOP("reveille::Sentences", "the session was not refreshed in time")},
    {"fingerprint", QT_TRANSLATE_NOOP("reveille::Sentences", "another certificate answered than was agreed on")},
    {"icmp", QT_TRANSLATE_NOOP("reveille::Sentences", "the network says that nobody is there")},
    {"malformed", QT_TRANSLATE_NOOP("reveille::Sentences", "what came cannot be understood")},
    {"merged", QT_TRANSLATE_NOOP("reveille::Sentences", "the request came over two ways")},
    {"no-ack", QT_TRANSLATE_NOOP("reveille::Sentences", "its answer was never acknowledged")},
    {"not-reading", QT_TRANSLATE_NOOP("reveille::Sentences", "it does not read what is sent to it")},
    {"not-registered", QT_TRANSLATE_NOOP("reveille::Sentences", "it is not registered")},
    {"not-registered-here", QT_TRANSLATE_NOOP("reveille::Sentences", "it calls from where no device is registered")},
    {"pending", QT_TRANSLATE_NOOP("reveille::Sentences", "a request before it is still open")},
    {"rst", QT_TRANSLATE_NOOP("reveille::Sentences", "nobody there knows the request")},
    {"broken", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection broke")},
    {"session-answer", QT_TRANSLATE_NOOP("reveille::Sentences", "the session description in its answer cannot be used")},
    {"session-interval", QT_TRANSLATE_NOOP("reveille::Sentences", "its session would be refreshed too often")},
    {"session-offer", QT_TRANSLATE_NOOP("reveille::Sentences", "the session it offers cannot be used")},
    {"session-path", QT_TRANSLATE_NOOP("reveille::Sentences", "the session is to lead to another host than its own")},
    {"session-setup", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection of the session did not come about in time")},
    {"session-type", QT_TRANSLATE_NOOP("reveille::Sentences", "it does not take this content type in a session")},
    {"session-there", QT_TRANSLATE_NOOP("reveille::Sentences", "a session with pushes under way is there already")},
    {"sessions-full", QT_TRANSLATE_NOOP("reveille::Sentences", "as many sessions are open as allowed")},
    {"too-many", QT_TRANSLATE_NOOP("reveille::Sentences", "too many requests are under way")},
    {"unbound", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection named no session in time")},
    {"unsent", QT_TRANSLATE_NOOP("reveille::Sentences", "it could not be sent")},
    // of bearers over an SMSC
    {"link-answers", QT_TRANSLATE_NOOP("reveille::Sentences", "the other side answers")},
    {"connecting", QT_TRANSLATE_NOOP("reveille::Sentences", "it is being connected")},
    {"connection-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the connection was refused")},
    {"name-not-found", QT_TRANSLATE_NOOP("reveille::Sentences", "the name cannot be resolved")},
    {"tls-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "TLS did not come about, or its certificate is not trusted")},
    {"link-lost", QT_TRANSLATE_NOOP("reveille::Sentences", "the link to the SMSC broke")},
    {"smsc-unbound", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC ended the link")},
    {"smsc-protocol", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not keep to SMPP")},
    {"smsc-not-bound", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not know the link any more")},
    {"smsc-already-bound", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC knows the link already")},
    {"bind-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC refuses the link")},
    {"bind-password", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take the password")},
    {"bind-system-id", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not know the system_id")},
    {"bind-system-type", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take the system_type")},
    {"throttled", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC asks to slow down")},
    {"smsc-queue-full", QT_TRANSLATE_NOOP("reveille::Sentences", "the queue of the SMSC is full")},
    {"smsc-system-error", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC has a fault of its own")},
    {"smsc-submit-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC could not take the message")},
    {"smsc-unknown-error", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC gives no reason")},
    {"smsc-own-error", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC gives a reason of its own")},
    {"message-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take such messages")},
    {"number-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take the number")},
    {"source-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take the sender")},
    {"service-type-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not take the service type")},
    {"sms-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "there was nothing to send")},
    {"sms-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "it needs more short messages than allowed")},
    {"sms-expired", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal was not there in time")},
    {"sms-deleted", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC deleted the message")},
    {"sms-undeliverable", QT_TRANSLATE_NOOP("reveille::Sentences", "the network cannot deliver the message")},
    {"sms-rejected", QT_TRANSLATE_NOOP("reveille::Sentences", "the network rejected the message")},
    {"sms-state-unknown", QT_TRANSLATE_NOOP("reveille::Sentences", "the SMSC does not know what became of the message")},
    {"ussd-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "too long for a USSD string")},
    {"ussd-busy", QT_TRANSLATE_NOOP("reveille::Sentences", "the terminal has another USSD dialogue")},
    {"ussd-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "the network could not bring the USSD string to the terminal")},
    {"ussd-unanswered", QT_TRANSLATE_NOOP("reveille::Sentences", "the USSD string was not answered")},
    {"msisdn-empty", QT_TRANSLATE_NOOP("reveille::Sentences", "the number is missing")},
    {"msisdn-characters", QT_TRANSLATE_NOOP("reveille::Sentences", "the address is not a phone number")},
    {"msisdn-too-short", QT_TRANSLATE_NOOP("reveille::Sentences", "the number is too short")},
    {"msisdn-too-long", QT_TRANSLATE_NOOP("reveille::Sentences", "the number is too long")},
    {"msisdn-national", QT_TRANSLATE_NOOP("reveille::Sentences", "the number has no country code")},
};

/// The first part of an outcome whose second part is a code of the device, the carrier, or another outcome.
constexpr CodeText outcomePrefixes[] = {
    {"refused", QT_TRANSLATE_NOOP("reveille::Sentences", "refused by the device: %1")},
    {"busy", QT_TRANSLATE_NOOP("reveille::Sentences", "the device is busy: %1")},
    {"failed", QT_TRANSLATE_NOOP("reveille::Sentences", "failed: %1")},
    {"http", QT_TRANSLATE_NOOP("reveille::Sentences", "HTTP status %1")},
    {"refresh", QT_TRANSLATE_NOOP("reveille::Sentences", "the session could not be refreshed: %1")},
};

constexpr CodeText fields[] = {
    {"transport", QT_TRANSLATE_NOOP("reveille::Sentences", "transport")},
    {"peer", QT_TRANSLATE_NOOP("reveille::Sentences", "from")},
    {"rule", QT_TRANSLATE_NOOP("reveille::Sentences", "rule")},
    {"subject", QT_TRANSLATE_NOOP("reveille::Sentences", "about")},
    {"value", QT_TRANSLATE_NOOP("reveille::Sentences", "value")},
    {"reason", QT_TRANSLATE_NOOP("reveille::Sentences", "reason")},
    {"registered_until", QT_TRANSLATE_NOOP("reveille::Sentences", "registered until")},
    {"what", QT_TRANSLATE_NOOP("reveille::Sentences", "what")},
    {"over", QT_TRANSLATE_NOOP("reveille::Sentences", "over")},
    {"waiting", QT_TRANSLATE_NOOP("reveille::Sentences", "waiting")},
    {"repeats", QT_TRANSLATE_NOOP("reveille::Sentences", "repeats")},
    {"before", QT_TRANSLATE_NOOP("reveille::Sentences", "before")},
    {"after", QT_TRANSLATE_NOOP("reveille::Sentences", "after")},
    {"before_reason", QT_TRANSLATE_NOOP("reveille::Sentences", "lost because")},
    {"before_transport", QT_TRANSLATE_NOOP("reveille::Sentences", "before over")},
    {"before_peer", QT_TRANSLATE_NOOP("reveille::Sentences", "before from")},
    {"before_session", QT_TRANSLATE_NOOP("reveille::Sentences", "session before")},
    {"session", QT_TRANSLATE_NOOP("reveille::Sentences", "session")},
    {"subscriptions", QT_TRANSLATE_NOOP("reveille::Sentences", "subscriptions")},
    {"pending", QT_TRANSLATE_NOOP("reveille::Sentences", "waiting pushes")},
    {"network", QT_TRANSLATE_NOOP("reveille::Sentences", "network")},
    {"before_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "before, ms")},
    {"after_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "after, ms")},
    {"confidence", QT_TRANSLATE_NOOP("reveille::Sentences", "confidence, %")},
    {"away_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "away, ms")},
    {"because", QT_TRANSLATE_NOOP("reveille::Sentences", "because")},
    {"mode", QT_TRANSLATE_NOOP("reveille::Sentences", "mode")},
    {"bearer", QT_TRANSLATE_NOOP("reveille::Sentences", "bearer")},
    {"address", QT_TRANSLATE_NOOP("reveille::Sentences", "address")},
    {"port", QT_TRANSLATE_NOOP("reveille::Sentences", "port")},
    {"attempt", QT_TRANSLATE_NOOP("reveille::Sentences", "attempt")},
    {"attempts", QT_TRANSLATE_NOOP("reveille::Sentences", "attempts")},
    {"octets", QT_TRANSLATE_NOOP("reveille::Sentences", "octets")},
    {"identity", QT_TRANSLATE_NOOP("reveille::Sentences", "identity")},
    {"recipient", QT_TRANSLATE_NOOP("reveille::Sentences", "recipient")},
    {"code", QT_TRANSLATE_NOOP("reveille::Sentences", "code")},
    {"carrier_id", QT_TRANSLATE_NOOP("reveille::Sentences", "carrier's id")},
    {"outcome", QT_TRANSLATE_NOOP("reveille::Sentences", "outcome")},
    {"furthest", QT_TRANSLATE_NOOP("reveille::Sentences", "furthest step")},
    {"took_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "took, ms")},
    {"content_type", QT_TRANSLATE_NOOP("reveille::Sentences", "content type")},
    {"when", QT_TRANSLATE_NOOP("reveille::Sentences", "when")},
    {"ttl_s", QT_TRANSLATE_NOOP("reveille::Sentences", "time to live, s")},
    {"initiator", QT_TRANSLATE_NOOP("reveille::Sentences", "initiator")},
    {"targets", QT_TRANSLATE_NOOP("reveille::Sentences", "may address")},
    {"contents", QT_TRANSLATE_NOOP("reveille::Sentences", "may send")},
    {"pushes_per_second", QT_TRANSLATE_NOOP("reveille::Sentences", "pushes a second")},
    {"pushes_per_day", QT_TRANSLATE_NOOP("reveille::Sentences", "pushes a day")},
    {"status", QT_TRANSLATE_NOOP("reveille::Sentences", "status")},
    {"target", QT_TRANSLATE_NOOP("reveille::Sentences", "for")},
    {"subject", QT_TRANSLATE_NOOP("reveille::Sentences", "signed by")},
    {"source", QT_TRANSLATE_NOOP("reveille::Sentences", "content provider")},
    {"topic", QT_TRANSLATE_NOOP("reveille::Sentences", "topic")},
    {"urgency", QT_TRANSLATE_NOOP("reveille::Sentences", "urgency")},
    // fields of messages
    {"version", QT_TRANSLATE_NOOP("reveille::Sentences", "Version")},
    {"application_list", QT_TRANSLATE_NOOP("reveille::Sentences", "Applications")},
    {"application", QT_TRANSLATE_NOOP("reveille::Sentences", "Application")},
    {"wsp_contact_points", QT_TRANSLATE_NOOP("reveille::Sentences", "WSP contact points")},
    {"contact_points", QT_TRANSLATE_NOOP("reveille::Sentences", "Contact points")},
    {"contact_point", QT_TRANSLATE_NOOP("reveille::Sentences", "Contact point")},
    {"protocol_options", QT_TRANSLATE_NOOP("reveille::Sentences", "Protocol options")},
    {"protocol_option", QT_TRANSLATE_NOOP("reveille::Sentences", "Protocol option")},
    {"prov_url", QT_TRANSLATE_NOOP("reveille::Sentences", "Provisioning URL")},
    {"cpi_tags", QT_TRANSLATE_NOOP("reveille::Sentences", "CPI tags")},
    {"cpi_tag", QT_TRANSLATE_NOOP("reveille::Sentences", "CPI tag")},
    {"device", QT_TRANSLATE_NOOP("reveille::Sentences", "Device")},
    {"user", QT_TRANSLATE_NOOP("reveille::Sentences", "User")},
    {"requests", QT_TRANSLATE_NOOP("reveille::Sentences", "Requests")},
    {"application_name", QT_TRANSLATE_NOOP("reveille::Sentences", "Application name")},
    {"gateway", QT_TRANSLATE_NOOP("reveille::Sentences", "Gateway")},
    {"time", QT_TRANSLATE_NOOP("reveille::Sentences", "Time")},
    {"nonce", QT_TRANSLATE_NOOP("reveille::Sentences", "Nonce")},
    {"time_and_nonce", QT_TRANSLATE_NOOP("reveille::Sentences", "Time and nonce")},
    {"authenticator", QT_TRANSLATE_NOOP("reveille::Sentences", "Authenticator")},
    {"charset", QT_TRANSLATE_NOOP("reveille::Sentences", "Character set")},
    {"unknown_record", QT_TRANSLATE_NOOP("reveille::Sentences", "Unknown record")},
    {"extension", QT_TRANSLATE_NOOP("reveille::Sentences", "Extension")},
    {"transaction_id", QT_TRANSLATE_NOOP("reveille::Sentences", "Transaction")},
    {"pdu_type", QT_TRANSLATE_NOOP("reveille::Sentences", "PDU type")},
    {"headers_length", QT_TRANSLATE_NOOP("reveille::Sentences", "Length of headers")},
    {"data", QT_TRANSLATE_NOOP("reveille::Sentences", "Data")},
    {"code_page", QT_TRANSLATE_NOOP("reveille::Sentences", "Code page")},
    {"header", QT_TRANSLATE_NOOP("reveille::Sentences", "Header")},
    {"header_of_other_page", QT_TRANSLATE_NOOP("reveille::Sentences", "Header of another page")},
    {"start_line", QT_TRANSLATE_NOOP("reveille::Sentences", "Start line")},
    {"part", QT_TRANSLATE_NOOP("reveille::Sentences", "Short message")},
    {"user_data_header", QT_TRANSLATE_NOOP("reveille::Sentences", "User data header")},
    {"destination_port", QT_TRANSLATE_NOOP("reveille::Sentences", "Destination port")},
    {"originator_port", QT_TRANSLATE_NOOP("reveille::Sentences", "Originator port")},
    {"reference", QT_TRANSLATE_NOOP("reveille::Sentences", "Reference")},
    {"body", QT_TRANSLATE_NOOP("reveille::Sentences", "Body")},
    {"error", QT_TRANSLATE_NOOP("reveille::Sentences", "Cannot be read")},
    // fields of faults
    {"fault", QT_TRANSLATE_NOOP("reveille::Sentences", "injected fault")},
    {"kind", QT_TRANSLATE_NOOP("reveille::Sentences", "kind")},
    {"scope", QT_TRANSLATE_NOOP("reveille::Sentences", "strikes")},
    {"delay_ms", QT_TRANSLATE_NOOP("reveille::Sentences", "delay, ms")},
    {"chance", QT_TRANSLATE_NOOP("reveille::Sentences", "chance, %")},
    {"until", QT_TRANSLATE_NOOP("reveille::Sentences", "until")},
    {"struck", QT_TRANSLATE_NOOP("reveille::Sentences", "struck")},
    {"note", QT_TRANSLATE_NOOP("reveille::Sentences", "note")},
    {"who", QT_TRANSLATE_NOOP("reveille::Sentences", "by")},
    {"why", QT_TRANSLATE_NOOP("reveille::Sentences", "why")},
};

constexpr CodeText wakeReasons[] = {
    {"push", QT_TRANSLATE_NOOP("reveille::Sentences", "for a push")},
    {"by_hand", QT_TRANSLATE_NOOP("reveille::Sentences", "by hand")},
    {"deterioration", QT_TRANSLATE_NOOP("reveille::Sentences", "because the path got worse")},
    {"before_expiry", QT_TRANSLATE_NOOP("reveille::Sentences", "before the registration runs out")},
};

QString orCode(const QString &text, const QString &code)
{
    return text.isEmpty() ? code : text;
}

QString translated(const char *english)
{
    return QCoreApplication::translate("reveille::Sentences", english);
}

QString outcomeText(const QString &code)
{
    const QString text = textOf(outcomes, code);
    return text.isEmpty() ? textOf(carrierOutcomes(), code) : text;
}

} // namespace

QStringList Sentences::questionCodes()
{
    return explanationtext::questionCodes();
}

QStringList Sentences::outcomeCodes()
{
    return codesOf(outcomes) + codesOf(carrierOutcomes());
}

QStringList Sentences::fieldCodes()
{
    return codesOf(fields);
}

QString Sentences::question(const char *code)
{
    return explanationtext::question(code, translated);
}

QString Sentences::check(const Check &check)
{
    return explanationtext::check(check, translated);
}

QString Sentences::faultValue(const QString &value)
{
    return explanationtext::fault(value, translated);
}

QString Sentences::verdict(const DeviceExplanation &device)
{
    return explanationtext::verdict(device, translated);
}

QString Sentences::outcome(const QByteArray &code)
{
    const QString name = QString::fromLatin1(code);
    if (const QString text = outcomeText(name); !text.isEmpty())
        return text;
    // Whoever seems to have answered, it was the fault.
    if (const qsizetype fault = name.indexOf("fault-"_L1); fault == 0 || (fault > 0 && name[fault - 1] == u'-'))
        return tr("answered with %1 by an injected fault").arg(name.mid(fault + 6));
    const qsizetype dash = name.indexOf(u'-');
    const QString text = dash < 0 ? QString() : textOf(outcomePrefixes, name.left(dash));
    return text.isEmpty() ? name : text.arg(outcome(code.mid(dash + 1)));
}

QString Sentences::fieldName(const QString &code)
{
    return orCode(textOf(fields, code), code);
}

QString Sentences::setting(const char *key)
{
    return explanationtext::setting(key, translated);
}

QString Sentences::wakeReason(const QString &code)
{
    return orCode(textOf(wakeReasons, code), code);
}

} // namespace reveille
