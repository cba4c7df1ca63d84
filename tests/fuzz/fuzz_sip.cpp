// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/sipbuilder.h"
#include "wire/sipdigest.h"
#include "wire/sipframer.h"
#include "wire/sipgruu.h"

using namespace reveille;

namespace {

void checkAnswer(const SipMessage &request)
{
    const QByteArray answer =
        SipResponse(request, 200).source("192.0.2.1", 5060).toTag("t1").recordRoutes().bytes();
    const auto read = SipMessage::parse(answer);
    FUZZ_CHECK(read.ok() || answer.size() > SipLimit::message);
    if (!read)
        return;
    FUZZ_CHECK(read->callId() == request.callId() && read->cseq() == request.cseq());
    FUZZ_CHECK(read->topVia().branch == request.topVia().branch);
}

void checkUser(const SipMessage &message)
{
    (void)message.to().uri.publicUserId();
    (void)SipGruu(QByteArray(32, 'k')).resolve(message.requestUri());
    for (const SipContact &contact : message.contacts()) {
        (void)wakeRoutesOf(contact.address.uri);
        (void)contact.pushApplications();
        FUZZ_CHECK(contact.star || SipUri::parse(contact.uriText()).ok());
    }
    for (const char *name : {"authorization", "proxy-authorization"}) {
        for (QByteArrayView value : message.lines(name)) {
            if (const auto credentials = SipDigestCredentials::parse(value))
                FUZZ_CHECK(SipDigestCredentials::parse(credentials->toHeaderValue()).ok());
        }
    }
    for (QByteArrayView value : message.lines("www-authenticate")) {
        if (const auto challenge = SipDigestChallenge::parse(value))
            FUZZ_CHECK(SipDigestChallenge::parse(challenge->toHeaderValue()).ok());
    }
    for (const char *name : {"supported", "path", "route", "accept-contact"})
        (void)message.values(name);
}

QByteArray framed(QByteArrayView octets, qsizetype step)
{
    QByteArray seen;
    SipFramer framer(SipFramer::Role::Server);
    for (qsizetype at = 0; at < octets.size(); at += step) {
        framer.append(octets.sliced(at, qMin(step, octets.size() - at)));
        for (SipFramer::Item item = framer.next(); item.event != SipFramer::Event::Incomplete;
             item = framer.next()) {
            seen += char('0' + int(item.event)) + item.bytes + '\n';
            if (item.event == SipFramer::Event::Failed)
                return seen;
        }
    }
    return seen;
}

} // namespace

/// A message that is read can be answered, and the answer reads back; a stream cuts the same however it
/// arrives.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const auto message = SipMessage::parse(octets.toByteArray());
    if (message) {
        if (message->isRequest())
            checkAnswer(*message);
        checkUser(*message);
    } else if (message.error().request.answerable) {
        const QByteArray answer =
            SipResponse(message.error().request, message.error().status).source("192.0.2.1", 1).bytes();
        FUZZ_CHECK(answer.indexOf("\r\n\r\n") == answer.size() - 4);
    }
    if (size < 2000)
        FUZZ_CHECK(framed(octets, qMax<qsizetype>(1, octets.size())) == framed(octets, 1));
    (void)SipUri::parse(octets);
    (void)SipAddress::parse(octets);
    (void)SipVia::parse(octets);
    (void)SipDigestCredentials::parse(octets);
    return 0;
}
